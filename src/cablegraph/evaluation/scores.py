"""The arithmetic: what was right, found and wanted in a field, and the measures made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import msgspec

from cablegraph.evaluation.matching import pair

#: Decimals of a measure in files and JSON; F1 is compared as rounded so.
DECIMALS = 4

Item = TypeVar("Item", bound="Shown")
Other = TypeVar("Other", bound="Extract")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of the truth: how it is printed, and the words that may stand for it in the text."""

    value: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """A value that was read, with the line of its evidence.

    Shape: an ``optional`` value counts where the truth has it, and is no false alarm where not.
    """

    value: str
    line: int | None = None
    optional: bool = False


class Miss(NamedTuple):
    """A value of the truth that was not read; *words* say where to look for it."""

    value: str
    words: tuple[str, ...] = ()


class Alarm(NamedTuple):
    """A value that was read and is not in the truth, with the line of its evidence."""

    value: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field of one document.

    Units: ``correct`` counts halves for near-misses; ``found`` and ``wanted`` are whole values.
    """

    field: str
    correct: float
    found: int
    wanted: int
    misses: tuple[Miss, ...] = ()
    alarms: tuple[Alarm, ...] = ()


class Score(msgspec.Struct, frozen=True):
    """The measures of a field; ``support`` is the number of values that the truth has."""

    precision: float
    recall: float
    f1: float
    support: int

    @property
    def rounded(self) -> Score:
        """The same, as it is written."""
        p, r, f = (round(one, DECIMALS) for one in (self.precision, self.recall, self.f1))
        return Score(p, r, f, self.support)


def measure(outcomes: Iterable[Outcome]) -> Score:
    """Return the measures over several documents, every value weighing the same.

    Shape: where nothing is wanted and nothing found all three are 1, there being no mistake;
        where only one of the two is, they are 0.

    >>> measure([Outcome("place", 1, 1, 2), Outcome("place", 0.5, 1, 1)])
    Score(precision=0.75, recall=0.5, f1=0.6, support=3)
    """
    every = list(outcomes)
    correct = sum(one.correct for one in every)
    found = sum(one.found for one in every)
    wanted = sum(one.wanted for one in every)
    if not found and not wanted:
        return Score(1.0, 1.0, 1.0, 0)
    precision = correct / found if found else 0.0
    recall = correct / wanted if wanted else 0.0
    f1 = 2 * correct / (found + wanted)
    return Score(precision, recall, f1, wanted)


def compare(
    field: str,
    wanted: Sequence[Item],
    found: Sequence[Other],
    likeness: Callable[[Item, Other], float],
) -> Outcome:
    """Pair the values of one field; a pair of degree ½ is half right and told among the misses."""
    ordered = sorted(found, key=lambda one: one.optional)
    pairs = pair(wanted, ordered, likeness)
    met = {one.wanted: one for one in pairs}
    used = {one.found for one in pairs}
    misses = [Miss(one.value, one.words) for i, one in enumerate(wanted) if i not in met]
    misses += [
        Miss(f"{wanted[i].value} (half right: {ordered[one.found].value})", wanted[i].words)
        for i, one in met.items()
        if one.degree < 1
    ]
    wrong = [one for j, one in enumerate(ordered) if j not in used and not one.optional]
    return Outcome(
        field=field,
        correct=sum(one.degree for one in pairs),
        found=len(pairs) + len(wrong),
        wanted=len(wanted),
        misses=tuple(misses),
        alarms=tuple(Alarm(one.value, one.line) for one in wrong),
    )


def find_drops(now: Mapping[str, Score], before: Mapping[str, Score]) -> list[str]:
    """Say which fields of *before* have a lower F1 now, or are gone; one line each.

    Units: F1 is rounded first, so that the last digits of a float are no drop.
    """
    drops = []
    for name in sorted(before):
        was = before[name].rounded.f1
        if name not in now:
            drops.append(f"{name}: F1 was {was}, and nothing is measured now")
        elif now[name].rounded.f1 < was:
            drops.append(f"{name}: F1 fell from {was} to {now[name].rounded.f1}")
    return drops
