"""Pair what was wanted with what was found, one to one, as many as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")


class Pair(NamedTuple):
    """Indices of two that belong together; ``degree`` is above 0, and 1 if nothing is amiss."""

    wanted: int
    found: int
    degree: float


def pair(
    wanted: Sequence[Wanted], found: Sequence[Found], likeness: Callable[[Wanted, Found], float]
) -> list[Pair]:
    """Return the pairs of two lists, in order; the better likeness is served first.

    Shape: each item stands in one pair at most. Within one degree of likeness no other choice
        gives more pairs; a pair of a higher degree is never given up for two of a lower.

    >>> pair("ab", "ba", lambda one, other: float(one == other))
    [Pair(wanted=0, found=1, degree=1.0), Pair(wanted=1, found=0, degree=1.0)]
    """
    degrees = [[likeness(one, other) for other in found] for one in wanted]
    taken: dict[int, Pair] = {}
    for degree in sorted({d for row in degrees for d in row if d > 0}, reverse=True):
        used = {one.found for one in taken.values()}
        edges = {
            i: [j for j, d in enumerate(row) if d == degree and j not in used]
            for i, row in enumerate(degrees)
            if i not in taken
        }
        for j, i in _most_pairs(edges).items():
            taken[i] = Pair(i, j, degree)
    return [taken[i] for i in sorted(taken)]


def _most_pairs(edges: dict[int, list[int]]) -> dict[int, int]:
    """Return right to left of a largest matching, by augmenting paths (Kuhn)."""
    left_of: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in left_of or place(left_of[j], seen):
                left_of[j] = i
                return True
        return False

    for i in edges:
        place(i, set())
    return left_of
