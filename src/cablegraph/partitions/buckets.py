"""Divide the files of a corpus into buckets, so that one change concerns one bucket."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: Documents of a part: some 150,000 statements, which a worker holds and a reader takes at once.
MOST_DOCUMENTS = 128
#: A file as large as this holds many documents, and is a matter of its own.
LARGE = 256 * 1024
#: Workers on one large file; each of them reads all of it.
_LANE = 1024 * 1024
_MOST_LANES = 4
#: Bits of the digest of a name by which files are divided; a database holds as many in a number.
BITS = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A file of documents.

    Units: ``path`` is absolute; ``shown`` is how the output names the file; ``sha256`` covers the
        file and what it takes with it.
    """

    path: str
    shown: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the files of a bucket are found: from one digest to the next, or one large file.

    Shape: a lane takes every *lanes*-th stretch of documents of its file.
    """

    name: str
    low: int
    high: int
    large: str = ""  # the file shown
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Bucket:
    """Files that are made together, or one lane of a large file."""

    name: str
    units: tuple[Unit, ...]
    lane: int = 0
    lanes: int = 1

    def fingerprint(self, rules: str) -> str:
        """Return what tells whether the bucket has to be made anew."""
        listed = "\n".join(f"{unit.shown}\t{unit.sha256}" for unit in self.units)
        return hashlib.sha256(f"{rules}\n{self.lanes}\n{listed}".encode()).hexdigest()


def number_of(shown: str) -> int:
    """Return the first bits of the digest of a name, as a number."""
    return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:8], "big") >> (64 - BITS)


def divide(numbers: Sequence[int], large: Iterable[tuple[str, int]]) -> list[Slot]:
    """Return the slots of a corpus, in order of name.

    Shape: a function of the sorted *numbers* of the small files, and of name and size of the
        large ones; a file more or less concerns one bucket, which it may divide into two or join.
    """
    found = list(_split("", 0, numbers, 0, len(numbers)))
    for shown, size in large:
        lanes = min(_MOST_LANES, -(-size // _LANE))
        name, number = f"f{hashlib.sha256(shown.encode()).hexdigest()[:16]}", number_of(shown)
        found += [
            Slot(f"{name}-{lane}", number, number + 1, shown, lane, lanes) for lane in range(lanes)
        ]
    return sorted(found, key=lambda slot: slot.name)


def _split(prefix: str, low: int, numbers: Sequence[int], first: int, end: int) -> Iterator[Slot]:
    """Yield slots by the first bits of the numbers from *first* to *end*, as many as are needed."""
    width = 1 << (BITS - len(prefix))
    if first == end:
        return
    if end - first <= MOST_DOCUMENTS or width == 1:
        yield Slot(f"d{prefix or 'all'}", low, low + width)
        return
    half = low + width // 2
    middle = bisect_left(numbers, half, first, end)
    yield from _split(prefix + "0", low, numbers, first, middle)
    yield from _split(prefix + "1", half, numbers, middle, end)
