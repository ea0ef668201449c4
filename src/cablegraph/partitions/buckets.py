"""Divide the files of a corpus into buckets, so that one change concerns one bucket."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

#: Documents of a part: some 150,000 statements, which a worker holds and a reader takes at once.
MOST_DOCUMENTS = 128
#: A file as large as this holds many documents, and is a matter of its own.
LARGE = 256 * 1024
#: Bytes of a large file that are made at a time, and how many at most share it: each worker looks
#: through the whole of it. Of a file that no worker would keep, so many fewer look through it.
_LANE, _MOST_LANES, _FEW_LANES = LARGE, 16, 4
#: Bytes of a large file whose documents a worker may keep in memory, from one lane to the next.
MOST_KEPT = 16 * 1024 * 1024
#: Bits of the digest of a name by which files are divided; a database holds as many in a number.
BITS = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A file of documents.

    Units: ``path`` is absolute, or a URL; ``shown`` is how the output names the file; ``sha256``
        covers the file and what it takes with it.
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
        """Return what tells whether the bucket has to be made anew: its files, and its rules."""
        listed = "\n".join(f"{unit.shown}\t{unit.sha256}" for unit in self.units)
        files = hashlib.sha256(f"{self.lanes}\n{listed}".encode()).hexdigest()
        return f"{files} {digest_of(rules)}"


def digest_of(rules: str) -> str:
    """Return how a fingerprint ends if the bucket was made by some rules."""
    return hashlib.sha256(rules.encode()).hexdigest()


def number_of(shown: str) -> int:
    """Return the first bits of the digest of a name, as a number."""
    return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:8], "big") >> (64 - BITS)


def divide(numbers: Iterable[int], large: Iterable[tuple[str, int]]) -> Iterator[Slot]:
    """Yield the slots of a corpus, in order of name.

    Shape: a function of the sorted *numbers* of the small files, and of name and size of the
        large ones; a file more or less concerns one bucket, which it may divide into two or join.
        No more numbers are held than one bucket may have.
    """
    yield from _split("", 0, _Ahead(numbers))
    found = []
    for shown, size in large:
        lanes = min(_MOST_LANES if size <= MOST_KEPT else _FEW_LANES, -(-size // _LANE))
        name, number = f"f{hashlib.sha256(shown.encode()).hexdigest()[:16]}", number_of(shown)
        found += [
            Slot(f"{name}-{lane:02d}", number, number + 1, shown, lane, lanes)
            for lane in range(lanes)
        ]
    yield from sorted(found, key=lambda slot: slot.name)


class _Ahead:
    """Sorted numbers of which the next few can be looked at."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = iter(numbers)
        self._held: deque[int] = deque()

    def is_below(self, place: int, high: int) -> bool:
        """Tell whether the number at a place, counted from the next one, is below another."""
        missing = place + 1 - len(self._held)
        if missing > 0:
            self._held.extend(islice(self._numbers, missing))
        return place < len(self._held) and self._held[place] < high

    def drop_below(self, high: int) -> None:
        """Go on to the first number that is not below another."""
        while self.is_below(0, high):
            self._held.popleft()


def _split(prefix: str, low: int, ahead: _Ahead) -> Iterator[Slot]:
    """Yield slots by the first bits of the numbers that are ahead, as many as are needed."""
    width = 1 << (BITS - len(prefix))
    if not ahead.is_below(0, low + width):
        return
    if width == 1 or not ahead.is_below(MOST_DOCUMENTS, low + width):
        yield Slot(f"d{prefix or 'all'}", low, low + width)
        ahead.drop_below(low + width)
        return
    yield from _split(prefix + "0", low, ahead)
    yield from _split(prefix + "1", low + width // 2, ahead)
