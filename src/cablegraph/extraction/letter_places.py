"""Where a text holds letters that patterns need, so that each line need not be searched for all.

Which letters a pattern needs is told in needed.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from cablegraph.extraction.needed import fold_case

Thing = TypeVar("Thing")


def find_letters(text: str, needed: Collection[str]) -> list[int] | None:
    """Return where *text* holds one of *needed*, letters as ``find_needed`` gives them, in order.

    Shape: None where that can't be told: a pattern needs no letters, or the small letters of the
        text do not stand where its own ones do.

    >>> find_letters("No Telegram, but a letter", {"telegram", "letter"})
    [3, 19]
    """
    folded = fold_case(text)
    if len(folded) != len(text) or "" in needed:
        return None
    found = []
    for letters in _least(frozenset(needed)):
        at = folded.find(letters)
        while at >= 0:
            found.append(at)
            at = folded.find(letters, at + 1)
    return sorted(found)


@lru_cache(maxsize=1 << 10)
def _least(needed: frozenset[str]) -> tuple[str, ...]:
    """Leave out letters that hold others of *needed*."""
    return tuple(one for one in sorted(needed) if not any(o in one for o in needed - {one}))


def lies_within(places: Sequence[int] | None, start: int, end: int) -> bool:
    """Tell whether one of some places, in order, lies in a stretch; any may, where none is told."""
    if places is None:
        return True
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


class Needs(Generic[Thing]):
    """Things that may be said in a text, each with the letters of which it needs some."""

    def __init__(self, things: Iterable[tuple[Thing, Collection[str]]]) -> None:
        self.things: list[Thing] = []
        self.always: list[int] = []
        self._by_letters: dict[str, list[int]] = {}
        for index, (thing, needed) in enumerate(things):
            self.things.append(thing)
            if "" in needed:
                self.always.append(index)
            else:
                for letters in _least(frozenset(needed)):
                    self._by_letters.setdefault(letters, []).append(index)

    def chances(self, text: str) -> Chances[Thing]:
        """Return which of them may be said where in a text."""
        folded = fold_case(text)
        if len(folded) != len(text):
            return Chances(self.things, range(len(self.things)), [])
        found: list[tuple[int, int]] = []
        for letters, whose in self._by_letters.items():
            at = folded.find(letters)
            while at >= 0:
                found += [(at, index) for index in whose]
                at = folded.find(letters, at + 1)
        return Chances(self.things, self.always, sorted(found))


class Chances(Generic[Thing]):
    """Which of some things may be said in a stretch of one text, by the letters they need."""

    def __init__(
        self, things: Sequence[Thing], always: Iterable[int], found: Sequence[tuple[int, int]]
    ) -> None:
        """Take places with the number of the thing that may be said there, in order."""
        self._things, self._always = things, always
        self._places = [place for place, _ in found]
        self._whose = [index for _, index in found]

    def within(self, start: int, end: int) -> list[Thing]:
        """Return the things that may be said from *start* to *end*, in their order."""
        first = bisect_left(self._places, start)
        last = bisect_left(self._places, end, first)
        if first == last and not self._always:
            return []
        return [self._things[one] for one in sorted({*self._always, *self._whose[first:last]})]
