"""Cut running text into sentences, in English and Russian."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

_SHORT = frozenset(
    (resources.files(__package__) / "data" / "abbreviations.txt")
    .read_text(encoding="utf-8")
    .lower()
    .split()
)
# Every end begins with one of a few characters, named first so that the others are passed at once.
_END = re.compile(
    r"[.!?…:\n](?:(?<!\n)[.!?…:]*[\"”»“)\]]*(?=\s)|(?<=\n)(?:\s*\n|(?=\s*[\"“«A-ZА-ЯЁ])))"
)
_LONGEST = 24  # no abbreviation is longer; a search from the start of the text would be slow
_WORD_BEFORE = re.compile(r"[\w.]+$")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of *text*, without the white space around it.

    Shape: a full stop after an abbreviation, an initial or inside a number ends nothing; a line
        that the next one does not carry on in small letters is a sentence.

    >>> text = "Это подпишут тов. Ким и тов. Пэн. Да."
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['Это подпишут тов. Ким и тов. Пэн.', 'Да.']
    """
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _is_short(text, match.start()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the sentence in which *offset* lies."""
    found, starts = _all_sentences(text)
    return found[max(0, bisect_right(starts, offset) - 1)]


@lru_cache(maxsize=16)
def _all_sentences(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Cut a text once, however many of its sentences are asked for."""
    found = list(find_sentences(text))
    return found, [start for start, _ in found]


def _is_short(text: str, stop: int) -> bool:
    word = _WORD_BEFORE.search(text[max(0, stop - _LONGEST) : stop])
    if word is None:
        return False
    bare = word.group().strip(".")
    return bare.lower() in _SHORT or (len(bare) == 1 and bare.isupper())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
