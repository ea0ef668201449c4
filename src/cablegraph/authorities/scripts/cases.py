"""The nominatives that a Russian name in an unknown case may have.

Where inflect.py goes from a known name to its cases, this goes back from a written form, and keeps
every nominative that fits: «Кузнецова» may be a woman, or a man in the genitive.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product

#: A name in an unknown case has at most these many nominatives.
_MOST = 6
_CASES = 6
#: The letter classes of paradigms.csv, as inflect.py has them; D, for numbers, is not needed.
_CLASSES = {
    "V": frozenset("аеёиоуыэюя"),
    "K": frozenset("гкх"),
    "H": frozenset("жшщчц"),
    "C": frozenset("бвдзлмнпрстф"),
}
#: No paradigm has a longer ending.
_LONGEST = 5

#: Class of the letter before, ending, ending of the nominative.
_Ending = tuple[str, str, str]


@cache
def _endings() -> tuple[dict[str, list[_Ending]], ...]:
    """Return, for each case, the endings with what they come from."""
    path = resources.files("cablegraph.authorities").joinpath("paradigms.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    found: tuple[dict[str, list[_Ending]], ...] = tuple({} for _ in range(_CASES))
    for patterns in rows:
        if patterns[0].startswith("D"):
            continue
        letters = patterns[0][0] if patterns[0][0] in _CLASSES else ""
        first = patterns[0].removeprefix(letters)
        for case, pattern in enumerate(patterns):
            ending = pattern.removeprefix(letters)
            found[case].setdefault(ending, []).append((letters, ending, first))
    return found


def _fitting(word: str, case: int) -> tuple[str, ...]:
    """Return the nominatives of a word in a case, by the longest ending that it has."""
    for length in range(min(_LONGEST, len(word) - 2), -1, -1):
        found: dict[str, None] = {}
        for letters, ending, first in _endings()[case].get(word[len(word) - length :], ()):
            stem = word.removesuffix(ending)
            if len(stem) > 1 and (not letters or stem[-1] in _CLASSES[letters]):
                found[stem + first] = None
        if found:
            return tuple(found)
    return (word,)


@lru_cache(maxsize=1 << 14)
def _undone(word: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each case, the nominatives that a word in that case would have."""
    if len(word) < 3:
        return ((word,),) * _CASES
    return tuple(_fitting(word, case) for case in range(_CASES))


def find_nominatives(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words of a name in each nominative they may have, as written first.

    Shape: all words are in one case; a word that has no ending of that case stays as it is.

    >>> find_nominatives(["волковым"])
    [('волковым',), ('волков',)]
    """
    found = {tuple(words): None}
    for column in dict.fromkeys(zip(*map(_undone, words), strict=True)):  # one for each case
        for lemma in islice(product(*column), _MOST):
            found[lemma] = None
    return list(islice(found, _MOST))
