"""Where names may begin in a text: the words that are all of a name or the first of one.

A word is looked up with the mark that stands behind it, which tells whether it may be a piece of a
word only; most words begin no name, and of the others most are told by the letter after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from cablegraph.authorities.spelling import (
    WORD,
    WORD_OR_ADDRESS,
    WORD_OR_GLUED,
    fold_word,
    has_address,
)
from cablegraph.authorities.variants import Start, Variants

#: The marks that may part two pieces of one word; before a hyphen, a space may stand.
_JOINS = " -‐‑\u00ad'’ʼ."
_SPACED_JOINS = (" -", " ‐", " ‑", " \u00ad")
_TOKEN = re.compile(rf"{WORD.pattern}[-‐‑\u00ad'’ʼ.]?")
_TOKEN_WITH_SPACE = re.compile(rf"{WORD.pattern}(?:[-‐‑\u00ad'’ʼ.]| [-‐‑\u00ad])?")
_GLUED_TOKEN = re.compile(rf"(?:{WORD_OR_GLUED.pattern})(?:[-‐‑\u00ad'’ʼ.]| [-‐‑\u00ad])?")
_TOKEN_OR_ADDRESS = re.compile(
    WORD_OR_ADDRESS.pattern.replace(WORD_OR_GLUED.pattern, _GLUED_TOKEN.pattern)
)
_GLUED_WORD = re.compile(r"[^\W\d_]{3,}\d{1,2}(?!\w)")  # a footnote's number may be glued to a name
_WHOLE, _GLUED = Start.WHOLE, Start.GLUED
_MOST = 1 << 15  # words that are remembered


class _Starts(dict[str, Start]):
    """What words may begin, each told once; begun anew where a corpus has more words than these.

    Every word of every text is looked up here, which is why it is no ``lru_cache``: to keep words
    in the order of their use costs more than to find one.
    """

    def __init__(self, tell: Callable[[str], Start]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, token: str) -> Start:
        if len(self) >= _MOST:
            self.clear()
        start = self[token] = self._tell(token)
        return start


class Beginnings:
    """The words of texts with which a name may begin."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._starts = _Starts(self._begin_whole)
        self._pairs = lru_cache(maxsize=1 << 14)(self._pair)
        self._letters_after = lru_cache(maxsize=1 << 12)(variants.letters_after)

    def find(self, text: str) -> list[int]:
        """Return where words stand with which a name may begin."""
        words = _find_tokens(text)
        begins = map(self._starts.__getitem__, [word[0] for word in words])
        places = [(place, start) for place, start in enumerate(begins) if start]
        if any(start is _GLUED for _, start in places):
            words = _find_tokens(text, glued=True)
            places = [(place, self._begin(word[0])) for place, word in enumerate(words)]
        return [
            words[place].start()
            for place, start in places
            if start is _WHOLE or (start and self._goes_on(words, place, start))
        ]

    def _begin_whole(self, token: str) -> Start:
        return Start.GLUED if _is_glued(token) else self._begin(token)

    def _begin(self, token: str) -> Start:
        """Tell what a word may begin, with the mark behind it that may part it from its rest."""
        word = token.rstrip(_JOINS)
        return self._variants.start(word, pieces=len(word) == 1 or len(word) < len(token))

    def _goes_on(self, words: list[re.Match[str]], place: int, begins: Start) -> bool:
        """Tell whether the next word may go on with what a word begins."""
        if place + 1 == len(words):
            return False
        word, following = words[place][0], words[place + 1][0]
        if begins == Start.PIECE and len(word) == 1 and len(following.rstrip(_JOINS)) > 1:
            return False  # a lone letter without a mark behind it goes on with another only
        if begins == Start.HEAD and len(word) > 1 and word[-1] not in _JOINS:
            # All of a word, of which no mark tells that it goes on, stands before a cut only.
            letter = following[0].lower()
            if letter.isascii() and letter not in self._letters_after(word):
                return False
        return self._pairs(word, following)

    def _pair(self, word: str, following: str) -> bool:
        return self._variants.begins(
            fold_word(word.rstrip(_JOINS)) + fold_word(following.rstrip(_JOINS))
        )


def _find_tokens(text: str, *, glued: bool = False) -> list[re.Match[str]]:
    """Return the words of a text in order, each with one mark of ``_JOINS`` that stands behind it.

    Shape: without those of web addresses; the number of a footnote is cut off a word where the
        caller saw that some are *glued*.
    """
    if has_address(text):
        return [found for found in _TOKEN_OR_ADDRESS.finditer(text) if found.lastindex is None]
    if glued:
        return list(_GLUED_TOKEN.finditer(text))
    spaced = any(join in text for join in _SPACED_JOINS)
    return list((_TOKEN_WITH_SPACE if spaced else _TOKEN).finditer(text))


def _is_glued(token: str) -> bool:
    """Tell whether the number of a footnote ends a word: JELEŃ1."""
    return _GLUED_WORD.match(token) is not None
