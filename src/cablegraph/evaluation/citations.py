"""Compare the copies in archives: each archive, and the parts of its shelf reference.

A copy of the truth and one that was read belong together if the archive is the same; of several
in one archive, those that share most parts. What belongs to no copy is missed, or a false alarm,
with all its parts. ``citation`` counts the archives and all parts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cablegraph.authorities.inflect import fold
from cablegraph.evaluation.extracts import ReadCopy
from cablegraph.evaluation.likeness import Likeness, is_same_spelling, spell
from cablegraph.evaluation.matching import pair
from cablegraph.evaluation.scores import Alarm, Miss, Outcome
from cablegraph.evaluation.truth import Citation

PARTS = ("fond", "opis", "delo", "papka", "pages")
_NUMBER = re.compile(r"\d+")
#: Shares of likeness in which copies of one archive are told apart: one for each part.
_SHARE = 1 / (len(PARTS) + 1)


def fold_pages(written: str) -> str:
    """Return first and last leaf, without zeros before; of a list, the first and the last of all.

    >>> fold_pages("0104-0105"), fold_pages("78"), fold_pages("3, 5-6")
    ('104-105', '78-78', '3-6')
    """
    numbers = [int(one) for one in _NUMBER.findall(written)]
    return f"{numbers[0]}-{numbers[-1]}" if numbers else fold(written)


def compare_citations(
    wanted: Sequence[Citation], found: Sequence[ReadCopy], like: Likeness
) -> Iterator[Outcome]:
    """Yield the outcome of archive, of each part, and of all together."""
    pairs = pair(wanted, found, lambda one, other: _likeness(one, other, like))
    matched = [(wanted[one.wanted], found[one.found]) for one in pairs]
    alone = [(one, None) for i, one in enumerate(wanted) if i not in {p.wanted for p in pairs}]
    strange = [(None, one) for j, one in enumerate(found) if j not in {p.found for p in pairs}]
    rows: list[tuple[Citation | None, ReadCopy | None]] = [*matched, *alone, *strange]
    outcomes = [_compare_part(part, rows) for part in ("archive", *PARTS)]
    yield from outcomes
    yield Outcome(
        field="citation",
        correct=sum(one.correct for one in outcomes),
        found=sum(one.found for one in outcomes),
        wanted=sum(one.wanted for one in outcomes),
    )


def _likeness(one: Citation, other: ReadCopy, like: Likeness) -> float:
    if not is_same_archive(one.archive, other.archive, like):
        return 0.0
    shared = sum(_wanted(one, part) == _found(other, part) is not None for part in PARTS)
    return (shared + 1) * _SHARE


def is_same_archive(name: str, path: str, like: Likeness) -> bool:
    """Say whether an archive is the one of that name or abbreviation."""
    spellings = spell(name)
    if like.is_same(spellings, path):
        return True
    return any(is_same_spelling(one, label) for one in spellings for label in like.labels(path))


def _compare_part(part: str, rows: Sequence[tuple[Citation | None, ReadCopy | None]]) -> Outcome:
    misses, alarms = [], []
    correct = found = wanted = 0
    for one, other in rows:
        is_wanted = one is not None and _wanted(one, part) is not None
        is_found = other is not None and _found(other, part) is not None
        is_right = bool(is_wanted and is_found and one and other and _agree(part, one, other))
        wanted, found, correct = wanted + is_wanted, found + is_found, correct + is_right
        if one and is_wanted and not is_right:
            misses.append(Miss(f"{getattr(one, part)} in {one.raw or one.archive}", (one.raw,)))
        if other and is_found and not is_right:
            alarms.append(Alarm(f"{_found(other, part)} in {other.value}", other.line))
    return Outcome(f"citation-{part}", correct, found, wanted, tuple(misses), tuple(alarms))


def _agree(part: str, one: Citation, other: ReadCopy) -> bool:
    # A pair is one of the same archive, however it is written.
    return part == "archive" or _wanted(one, part) == _found(other, part)


def _wanted(one: Citation, part: str) -> str | None:
    written: str | None = getattr(one, part)
    return _fold(part, written) if written else None


def _found(other: ReadCopy, part: str) -> str | None:
    written = other.archive if part == "archive" else dict(other.parts).get(part)
    return _fold(part, written) if written else None


def _fold(part: str, written: str) -> str:
    """Return a part without white space and case; zeros before it and hyphens count."""
    if part == "pages":
        return fold_pages(written)
    return written if part == "archive" else "".join(written.casefold().split())
