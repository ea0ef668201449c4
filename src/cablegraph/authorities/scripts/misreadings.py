"""Letters that are taken for one another by a scanner, or by a typist with a poor carbon copy."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cablegraph.authorities.scripts.tables import read_table


@cache
def _confusables() -> tuple[re.Pattern[str], dict[str, str], frozenset[tuple[str, str]]]:
    """Return what may be misread, the first of all that are misread for it, and the pairs."""
    pairs = {(row["letters"], row["read_as"]) for row in read_table("confusables.csv")}
    first = {letters: letters for pair in pairs for letters in pair}
    for _ in first:
        for one, other in sorted(pairs):
            first[one] = first[other] = min(first[one], first[other])
    longest = sorted(first, key=lambda letters: (-len(letters), letters))
    both = frozenset((*pairs, *((other, one) for one, other in pairs)))
    return re.compile("|".join((*longest, "."))), first, both


@lru_cache(maxsize=1 << 14)
def shape(letters: str) -> str:
    """Return letters with one letter for all that may be confused with it, also by way of others.

    >>> shape("сталнна") == shape("сталина"), shape("сталина") == shape("сталева")
    (True, False)
    """
    pattern, first, _ = _confusables()
    return pattern.sub(lambda found: first.get(found[0], found[0]), letters)


def count_slips(left: str, right: str) -> int | None:
    """Return how many letters of one were misread to give the other; None if others differ.

    >>> count_slips("сталнна", "сталина"), count_slips("morning", "moming")
    (1, 1)
    """
    pattern, _, pairs = _confusables()
    mine, yours = pattern.findall(left), pattern.findall(right)
    if len(mine) != len(yours):
        return None
    differing = [(one, other) for one, other in zip(mine, yours, strict=True) if one != other]
    return len(differing) if pairs.issuperset(differing) else None
