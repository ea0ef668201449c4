"""The words of a text as phrases see them: folded, with their places, read once a text."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

BREAK = "|"  # stands for what no phrase reaches across
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[;:()«»“”„\"\[\]]|[.!?…](?=\s)")
_WORD = re.compile(r"\w+")
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


@lru_cache(maxsize=1 << 15)
def _token(written: str) -> str:
    word = fold(written)
    return word if word[0].isalnum() or word[0] == "_" else BREAK


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


def place_words(text: str) -> dict[str, list[int]]:
    """Return where each word of a text begins, by the word; a hyphen parts words here.

    >>> sorted(place_words("No-one said no.").items())
    [('no', [0, 12]), ('one', [3]), ('said', [7])]
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    words, begins, _ = _whole(text)
    for token, start in zip(words.tokens, begins, strict=True):
        places[token].append(start)
    places.pop(BREAK, None)
    for token in [one for one in places if not (one.isalnum() and one.isascii())]:
        for start in places.pop(token):
            end = words.spans[bisect_left(begins, start)][1]
            for match in _WORD.finditer(text, start, end):
                insort(places[fold_letters(match[0])], match.start())
    return dict(places)


@lru_cache(maxsize=1 << 15)
def fold_letters(word: str) -> str:
    """Return a word with one letter for those that a pattern without case takes for one."""
    return word.lower().translate(_ALIKE)


@lru_cache(maxsize=_TEXTS)
def _whole(text: str) -> tuple[Words, list[int], list[int]]:
    """Return the words of a whole text, and where each of them begins and ends."""
    words = _read(text, 0, len(text))
    return words, [start for start, _ in words.spans], [end for _, end in words.spans]


def _read(text: str, start: int, end: int) -> Words:
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    if not spans:
        return _NONE
    tokens = [_token(text[first:last]) for first, last in spans]
    folded = " ".join(tokens) + " "
    ends = accumulate([len(token) + 1 for token in tokens], initial=0)
    return Words(folded, tuple(spans), tuple(ends)[:-1], tuple(tokens), len(folded))
