"""Build a corpus as one graph, unless nothing changed since: then say again what was said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cablegraph import errors
from cablegraph.config import read_settings
from cablegraph.errors import CablegraphError, OutputError
from cablegraph.output import OWN
from cablegraph.partitions.fingerprints import describe_corpus, find_components
from cablegraph.partitions.inventory import TABLES, Inventory
from cablegraph.partitions.plan import MANIFEST, Reason, absolute_order
from cablegraph.partitions.store import state_folder
from cablegraph.partitions.summary import Fault
from cablegraph.partitions.task import Order
from cablegraph.records.claims import Finding
from cablegraph.serialise.files import write_file

if TYPE_CHECKING:
    from cablegraph.pipeline import Built

_NAME = "whole.json"
_Stamps = dict[str, tuple[int, int]]


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What was built of what.

    Shape: ``made_by`` are the components by name; ``files`` the documents in order, with digests;
        ``output`` sizes and times of change of the files that were written.
    """

    made_by: dict[str, str]
    files: list[tuple[str, str]]
    output: _Stamps
    numbers: dict[str, int] = {}
    entities: dict[str, int] = {}
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()


def build_whole(
    sources: Sequence[Path],
    order: Order,
    *,
    workers: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
) -> Built:
    """Build as the pipeline does, if anything changed since the last time.

    Raises:
        CablegraphError: if settings, authority file or ledger can't be read, or the output can't
            be written.
    """
    now = _look(sources, order)
    before = _read(order)
    if before is not None and not list(_reasons(before, now)):
        return _again(before, Path(order.output))
    from cablegraph import pipeline

    config = Path(order.config) if order.config else None
    built = pipeline.build(
        sources, Path(order.output), config=config, workers=workers, progress=progress,
        validator=order.validator,
    )  # fmt: skip
    _keep(built, now, order)
    return built


def explain_whole(sources: Sequence[Path], order: Order) -> list[Reason]:
    """Return what changed since the last build, which would be made anew as a whole."""
    before = _read(order)
    if before is None:
        return [Reason(order.output, 0, ("nothing is known of a build",))]
    return list(_reasons(before, _look(sources, order)))


def _reasons(before: _Kept, now: _Kept) -> Iterator[Reason]:
    for name in sorted(before.made_by.keys() | now.made_by.keys()):
        if before.made_by.get(name) != now.made_by.get(name):
            yield Reason(name, 0, (f"{name} changed",))
    old, new = dict(before.files), dict(now.files)
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            what = "is new" if path not in old else "is gone" if path not in new else "changed"
            yield Reason(path, 1, (f"it {what}",))
    for path in sorted(before.output.keys() | now.output.keys()):
        if before.output.get(path) != now.output.get(path):
            yield Reason(path, 0, ("it is not as it was written",))
    if [path for path, _ in before.files] != [path for path, _ in now.files] and old == new:
        yield Reason("sources", len(now.files), ("they are named in another order",))


def _look(sources: Sequence[Path], order: Order) -> _Kept:
    """Return what a build would be made of, and what lies in its output now."""
    config = absolute_order(order, sources).config
    settings = read_settings(Path(config) if config else None)
    ledger = settings.decisions.read_text("utf-8") if settings.decisions else ""
    made_by = find_components(settings, "whole", validator=order.validator)
    made_by |= {**describe_corpus(settings), "decisions": ledger}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(TABLES)
        inventory = Inventory(db)
        missing = [(str(fault), "") for fault in inventory.take(sources)]
        files = [(str(source), "") for source in sources] + list(inventory.digests())
    return _Kept(made_by=made_by, files=files + missing, output=_stamps(Path(order.output)))


def _stamps(output: Path) -> _Stamps:
    places = [path for own in OWN for path in [output / own, *(output / own).rglob("*")]]
    found = {path.relative_to(output).as_posix(): path for path in places if path.is_file()}
    return {
        name: (path.stat().st_size, path.stat().st_mtime_ns) for name, path in sorted(found.items())
    }


def _place(order: Order) -> Path:
    return state_folder(Path(order.output)) / _NAME


def _read(order: Order) -> _Kept | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(_place(order).read_bytes(), type=_Kept)
    return None


def _keep(built: Built, now: _Kept, order: Order) -> None:
    """Keep what was said; where it can't be kept, the next build is made as this one was."""
    output = _stamps(Path(order.output))
    if not built.files or MANIFEST not in output:
        return
    faults = tuple(
        Fault("", one.where, type(one).__name__, one.problem, one.remedy) for one in built.faults
    )
    numbers = {
        "documents": built.documents, "claims": built.claims, "decided": built.decided,
        "statements": built.statements, "added": built.added,
        "statements_decided": built.statements_decided,
    }  # fmt: skip
    kept = _Kept(
        made_by=now.made_by, files=now.files, output=output, numbers=numbers,
        entities=built.entities, findings=built.findings, faults=faults,
    )  # fmt: skip
    with suppress(OutputError):
        write_file(_place(order), [msgspec.json.encode(kept)])


def _again(kept: _Kept, output: Path) -> Built:
    """Return what the last build said."""
    from cablegraph.pipeline import Built

    return Built(
        **kept.numbers,
        findings=kept.findings,
        faults=tuple(_error(fault) for fault in kept.faults),
        files=tuple(sorted(output / name for name in kept.output)),
        entities=kept.entities,
    )


def _error(fault: Fault) -> CablegraphError:
    kind: type[CablegraphError] = getattr(errors, fault.kind)
    return kind(fault.problem, where=fault.place, remedy=fault.remedy)
