"""Propose what a mark says where the scan spoilt it, and write its abbreviations out.

What was read is never changed here: a proposal stands beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cablegraph.extraction.lexicon import settings, table

_DATA = settings("marks")
_FORMULAS = [(row["kind"], row["text"]) for row in _DATA["formula"]]
_CONFUSABLE = frozenset(
    pair for two in _DATA["confusable"]["pairs"] for pair in (tuple(two), tuple(reversed(two)))
)
_MONTHS = {row["as_read"]: row["meant"] for row in table("misreadings") if row["where"] == "month"}
_SUFFIXES = {
    wrong: right for right, all_ in _DATA["incoming"]["suffixes"].items() for wrong in all_
}
_SUFFIX = re.compile(_DATA["incoming"]["suffix"], re.IGNORECASE)
_MONTH = re.compile(_DATA["incoming"]["month"])
_ABBREVIATIONS = [
    (re.compile(row["pattern"], re.IGNORECASE), row["full"]) for row in _DATA["abbreviation"]
]
_WORD = re.compile(r"[^\W_]+")
# Share of a formula's letters that may differ. Up to the first, the line is the formula; up to
# the second, which only long formulas are allowed, it may be. Measured on the sentences of 18
# telegrams, of which none that is no such stamp comes nearer than 0.6, and on each formula with
# one letter in eight changed by chance, 300 times, where the worst has 0.125.
SURE = 0.13
OPEN = 0.30
_LONG = 20  # letters; shorter formulas are too near to other words
_LONGEST = 60  # letters of a stretch that is compared


@dataclass(frozen=True, slots=True)
class Repair:
    """A formula that a stretch of text is taken to be; ``end`` is where the stretch ends."""

    kind: str
    end: int
    reading: str
    distance: float

    @property
    def is_sure(self) -> bool:
        """Tell whether only single letters differ."""
        return self.distance <= SURE


def find_formula(text: str, start: int = 0) -> Repair | None:
    """Return the formula of a stamp that the words from *start* spell, with a few slips.

    >>> find_formula("ПОДАЕЖИТ ВОЗВРАТУ через 6 суток").reading
    'ПОДЛЕЖИТ ВОЗВРАТУ'
    >>> find_formula("Подготовка возврата пленных") is None
    True
    """
    found = list(_candidates(text, start))
    return min(found, key=lambda one: (one.distance, -one.end)) if found else None


def _candidates(text: str, start: int) -> Iterator[Repair]:
    ends = [start + word.end() for word in _WORD.finditer(text[start : start + 2 * _LONGEST])]
    spelt = [_letters(text[start:end]) for end in ends]
    for kind, formula in _FORMULAS:
        goal, count = _goal(formula)
        most = OPEN if len(goal) >= _LONG else SURE
        for end, letters in list(zip(ends, spelt, strict=True))[max(0, count - 2) : count + 1]:
            if abs(len(letters) - len(goal)) > most * len(goal) or _is_far(letters, goal, most):
                continue
            share = distance(letters, goal) / len(goal)
            if share <= most:
                reading = formula.upper() if text[start:end].isupper() else formula
                yield Repair(kind, end, reading, share)


@cache
def _goal(formula: str) -> tuple[str, int]:
    return _letters(formula), len(formula.split())


def _is_far(one: str, other: str, most: float) -> bool:
    """Tell by the letters alone that more than a share of them differ: each counts half or more."""
    right = _counts(other)
    extra = sum(max(0, count - right.get(letter, 0)) for letter, count in _counts(one).items())
    lacking = len(other) - (len(one) - extra)
    return max(extra, lacking) / 2 > most * len(other)


@lru_cache(maxsize=256)
def _counts(letters: str) -> Counter[str]:
    return Counter(letters)


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).lower().replace("ё", "е")


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> float:
    """Count the slips between two words; letters that scans confuse count half.

    >>> distance("подаежит", "подлежит"), distance("цк", "ск"), distance("кот", "ток")
    (0.5, 0.5, 2.0)
    """
    before = [float(index) for index in range(len(other) + 1)]
    for row, left in enumerate(one, start=1):
        line = [float(row)]
        for column, right in enumerate(other, start=1):
            same = 0.0 if left == right else 0.5 if (left, right) in _CONFUSABLE else 1.0
            line.append(min(before[column] + 1, line[-1] + 1, before[column - 1] + same))
        before = line
    return before[-1]


def read_incoming(text: str) -> str | None:
    """Return what an incoming stamp is proposed to say where it can't be as read, else None.

    Shape: a month that is no month is taken for the Roman one it looks like, the letters after
        the number for those of an office that they look like; all else stays.

    >>> read_incoming("Вх. № 77 / ст. 4/17 1951 г.")
    'Вх. № 77/шс 4/VII 1951 г.'
    """
    proposed = _MONTH.sub(_roman, text, count=1)
    proposed = _SUFFIX.sub(_office_letters, proposed, count=1)
    return proposed if proposed != text else None


def _roman(match: re.Match[str]) -> str:
    meant = _MONTHS.get(match["month"])
    return f"{match['day']}/{meant}" if meant else match.group()


def _office_letters(match: re.Match[str]) -> str:
    meant = _SUFFIXES.get(match["letters"].lower())
    return f"/{meant}" if meant else match.group()


def write_out(text: str) -> str | None:
    """Return *text* with its abbreviations written out, or None where it has none.

    >>> write_out("КОПИЯ ВХ. ТЕЛЕГРАММЫ")
    'КОПИЯ ВХОДЯЩЕЙ ТЕЛЕГРАММЫ'
    """
    whole = text
    for pattern, full in _ABBREVIATIONS:
        whole = pattern.sub(full.upper() if text.isupper() else full, whole)
    return whole if whole != text else None
