"""Divide the files of a corpus into buckets, so that one change concerns one bucket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cablegraph.partitions.inventory import Unit

#: Documents of a part: some 150,000 statements, which a worker holds and a reader takes at once.
MOST_DOCUMENTS = 128
#: A file as large as this holds many documents, and is a matter of its own.
_LARGE = 256 * 1024
#: Workers on one large file; each of them reads all of it.
_LANE = 1024 * 1024
_MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class Bucket:
    """Files that are made together, or one lane of a large file.

    Shape: a lane takes every *lanes*-th stretch of documents of its file.
    """

    name: str
    units: tuple[Unit, ...]
    lane: int = 0
    lanes: int = 1

    def fingerprint(self, rules: str) -> str:
        """Return what tells whether the bucket has to be made anew."""
        listed = "\n".join(f"{unit.shown}\t{unit.sha256}" for unit in self.units)
        return hashlib.sha256(f"{rules}\n{self.lanes}\n{listed}".encode()).hexdigest()


def divide(units: Sequence[Unit]) -> list[Bucket]:
    """Return the buckets of a corpus, in order of name.

    Shape: a function of the files' names and sizes; a file more or less concerns one bucket, which
        it may divide into two or join.
    """
    small = [(_bits(unit.shown), unit) for unit in units if unit.size < _LARGE]
    large = [unit for unit in units if unit.size >= _LARGE]
    found = list(_split("", small))
    for unit in large:
        lanes = min(_MOST_LANES, -(-unit.size // _LANE))
        name = f"f{_hash(unit.shown)[:12]}"
        found += [Bucket(f"{name}-{lane}", (unit,), lane, lanes) for lane in range(lanes)]
    return sorted(found, key=lambda bucket: bucket.name)


def _hash(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()


def _bits(shown: str) -> str:
    return f"{int(_hash(shown)[:16], 16):064b}"


def _split(prefix: str, units: list[tuple[str, Unit]]) -> Iterator[Bucket]:
    """Yield buckets by the first bits of the names' digests, as many as are needed."""
    if not units:
        return
    if len(units) <= MOST_DOCUMENTS or len(prefix) == len(units[0][0]):
        yield Bucket(f"d{prefix or 'all'}", tuple(unit for _, unit in units))
        return
    for bit in "01":
        yield from _split(prefix + bit, [one for one in units if one[0][len(prefix)] == bit])
