"""The words of a text as phrases see them: folded, with their places, read once a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

BREAK = "|"  # stands for what no phrase reaches across
_TOKEN = re.compile(r"(\w+(?:['’-]\w+)*)|[;:()«»“”„\"\[\]]|[.!?…](?=\s)")
# Letters that regular expressions take for others, whatever their case.
_ALIKE = str.maketrans({"ё": "е", "ſ": "s", "ı": "i", "ᲀ": "в", "ᲁ": "д", "ᲂ": "о", "ᲃ": "с",
                        "ᲄ": "т", "ᲅ": "т", "ᲆ": "ъ", "ᲇ": "ѣ", "\u0307": None})  # fmt: skip
_STOPS = ".!?…"  # marks that end a phrase only before a space
_TEXTS = 4  # of one document, in its languages; rules go from text to text


@dataclass(slots=True, eq=False)  # not frozen: it is made of every clause, and made faster
class Words:
    """The words of a stretch of text, folded, with the place of each.

    Units: ``spans`` count code points of the whole text; ``starts`` and ``stop`` count those of
        ``folded``, in which more words may stand before and after those of the stretch.
    """

    folded: str  # each word with a space after it
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...] = field(repr=False)
    tokens: tuple[str, ...] = field(repr=False)
    stop: int = field(repr=False)


_NONE = Words("", (), (), (), 0)


def fold(text: str) -> str:
    """Return words as phrases see them.

    >>> print(fold("Её Can’t"))
    ее can't
    """
    return text.lower().replace("ё", "е").replace("’", "'")


def find_words(text: str, start: int, end: int) -> Words:
    """Return the words of a stretch of *text*; marks that end a phrase are words of their own.

    >>> find_words("Yes. No, never. ", 4, 15).tokens
    ('no', 'never')
    """
    if start >= end:
        return _NONE
    if start == 0 and end == len(text):
        return _read(text, start, end)
    words, begins, ends = _whole(text)
    low = bisect_left(begins, start)
    high = bisect_left(begins, end, low)
    if (low and ends[low - 1] > start) or (high and ends[high - 1] > end):
        return _read(text, start, end)  # an edge of the stretch cuts a word
    if high > low and ends[high - 1] == end and text[end - 1] in _STOPS:
        high -= 1  # nothing of the stretch follows the mark
    if low == high:
        return _NONE
    stop = words.starts[high - 1] + len(words.tokens[high - 1]) + 1
    return Words(
        words.folded, words.spans[low:high], words.starts[low:high], words.tokens[low:high], stop
    )


def whole_words(text: str) -> Words:
    """Return the words of a whole text, read once for all its stretches."""
    return _whole(text)[0]


@lru_cache(maxsize=1 << 13)
def fold_letters(word: str) -> str:
    """Return a word with one letter for those that a pattern without case takes for one."""
    return word.lower().translate(_ALIKE)


@lru_cache(maxsize=_TEXTS)
def _whole(text: str) -> tuple[Words, list[int], list[int]]:
    """Return the words of a whole text, and where each of them begins and ends."""
    words = _read(text, 0, len(text))
    return words, [start for start, _ in words.spans], [end for _, end in words.spans]


def _read(text: str, start: int, end: int) -> Words:
    piece = text[start:end]
    folded = fold(piece)
    if len(folded) != len(piece) or "Σ" in piece:
        return _read_each(text, start, end)  # a letter has two small ones, or one by its place
    found = list(_TOKEN.finditer(folded))
    spans = [match.span() for match in found]
    if start:
        spans = [(first + start, last + start) for first, last in spans]
    return _made(spans, [match[1] or BREAK for match in found])


def _read_each(text: str, start: int, end: int) -> Words:
    """Return the words of a stretch, each made small by itself."""
    found = list(_TOKEN.finditer(text, start, end))
    return _made(
        [match.span() for match in found],
        [fold(match[1]) if match[1] else BREAK for match in found],
    )


def _made(spans: list[tuple[int, int]], tokens: list[str]) -> Words:
    if not spans:
        return _NONE
    folded = " ".join(tokens) + " "
    ends = accumulate([len(token) + 1 for token in tokens], initial=0)
    return Words(folded, tuple(spans), tuple(ends)[:-1], tuple(tokens), len(folded))
