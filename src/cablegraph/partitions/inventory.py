"""List the files of a corpus with their digests; what has not been touched is not read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cablegraph.errors import SourceError
from cablegraph.records.readers import find_companions, find_files
from cablegraph.sources.files import refuse

#: A file changed as shortly before it was looked at could change again within the same tick.
_TICK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A file of documents.

    Units: ``stamp`` is size, times of change of content and of entry in nanoseconds; ``sha256``
        covers the file and what it takes with it.
    """

    path: str
    shown: str
    size: int
    stamp: str
    sha256: str


def take_inventory(
    sources: Sequence[Path], known: Mapping[str, tuple[str, str]]
) -> tuple[list[Unit], list[SourceError]]:
    """Return the files that *sources* name, sorted as shown, and what can't be found.

    Shape: *known* has stamp and digest by path, from the last time.
    """
    units: dict[str, Unit] = {}
    faults: list[SourceError] = []
    for source in sources:
        try:
            for path, shown in _find(source):
                if path not in units:
                    units[path] = _look_at(path, shown, known)
        except SourceError as fault:
            faults.append(fault)
        except OSError as fault:
            faults.append(refuse(source, fault.strerror or str(fault), remedy="check the path"))
    return sorted(units.values(), key=lambda unit: (unit.shown, unit.path)), faults


def _find(source: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a source, and how the output names each."""
    if not source.is_dir():
        for path in find_files([source]):
            yield str(path), path.name
        return
    root = str(source)
    name = source.resolve().name
    for path in find_files([source]):
        yield str(path), f"{name}/{os.path.relpath(path, root)}".replace(os.sep, "/")


def _look_at(path: str, shown: str, known: Mapping[str, tuple[str, str]]) -> Unit:
    companions = find_companions(Path(path))
    size, stamp = 0, ""
    for one in (path, *map(str, companions)):
        try:
            status = os.stat(one)  # noqa: PTH116  a hundred thousand times
        except OSError:
            stamp += ";-"
            continue
        size = size or status.st_size
        stamp += f";{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns},{status.st_ino}"
    before = known.get(path)
    if before is not None and before[0] == stamp:
        return Unit(path, shown, size, stamp, before[1])
    return Unit(path, shown, size, stamp, _digest(path, companions))


def _digest(path: str, companions: Sequence[Path]) -> str:
    """Return the digest of a file, or of its digest and those of its companions."""
    found = [_digest_one(one) for one in (path, *map(str, companions))]
    return found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest()


def _digest_one(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  a hundred thousand times
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "-"


def is_settled(unit: Unit, now_ns: int) -> bool:
    """Tell whether a stamp is old enough to prove that the file stays as it was looked at."""
    parts = [part.split(",") for part in unit.stamp.split(";") if "," in part]
    latest = max((int(one) for part in parts for one in part[1:3]), default=0)
    return now_ns - latest > _TICK_NS
