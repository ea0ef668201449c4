"""The words among which names of persons are sought, and the lists of words that tell of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple, overload

from cablegraph.authorities.characters import LETTER, LETTERS, SOME_LETTERS
from cablegraph.authorities.romanise import strip_marks
from cablegraph.extraction.lexicon import settings, words_of

_WORD = re.compile(
    rf"{LETTER}(?:(?:\.[^\W\d_]){{1,3}}(?![^\W\d_])|{LETTERS}(?:['’‘ʼ-]{SOME_LETTERS})*)"
)
_INITIALS = re.compile(r"(?:\w\.)+\w")


class Word(NamedTuple):
    """A word of a text with its place; ``plain`` is in lower case, without marks."""

    start: int
    end: int
    text: str
    plain: str  # lower case, without marks, hyphens kept
    dotted: bool  # a stop follows at once

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        """Whether it is an initial, or several."""
        if len(self.text) == 1 or (self.text[1] == "." and _INITIALS.fullmatch(self.text)):
            return True
        return self.dotted and self.plain in words_in("between", "initials")


@cache
def words_in(table: str, name: str) -> frozenset[str]:
    """Return the words of a list of ``people.toml``."""
    return frozenset(settings("people")[table][name].split())


@cache
def titles() -> frozenset[str]:
    """Return the titles, ranks and trades, in English and Russian."""
    return words_in("titles", "en") | words_in("titles", "ru")


@cache
def given_names() -> frozenset[str]:
    """Return given names, in plain letters."""
    return frozenset(words_of("given-names"))


@cache
def syllables() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Return East Asian family names, each with the syllables of given names after it."""
    table = settings("people")["asian"]
    return tuple(
        (words_in("asian", name), re.compile(rf"(?:{table[f'{name}_syllable']}-?){{1,2}}"))
        for name in ("korean", "chinese", "vietnamese")
    )


@lru_cache(maxsize=1 << 15)
def plain_word(word: str) -> str:
    """Return a word in lower case, without marks."""
    return strip_marks(word)


def without_possessive(written: str) -> str:
    """Return a word without the ending of a possessive.

    >>> without_possessive("Popa's"), without_possessive("Ross")
    ('Popa', 'Ross')
    """
    return written[:-2] if written.endswith(("'s", "’s")) else written


class Words(Sequence[Word]):
    """The words of a text in order, each made when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = list(_WORD.finditer(text))
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Word: ...

    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...

    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        if isinstance(at, slice):
            return [self._word(place) for place in range(*at.indices(len(self._found)))]
        return self._word(at if at >= 0 else at + len(self._found))

    def capitals(self) -> list[tuple[int, str]]:
        """Return the words that begin with a capital as they are written, each after its place."""
        text = self._text
        return [
            (at, match[0]) for at, match in enumerate(self._found) if text[match.start()].isupper()
        ]

    def _word(self, at: int) -> Word:
        word = self._made.get(at)
        if word is None:
            match = self._found[at]
            written = without_possessive(match[0])
            start = match.start()
            end = start + len(written)
            dotted = self._text[end : end + 1] == "."
            word = self._made[at] = Word(start, end, written, plain_word(written), dotted)
        return word


@lru_cache(maxsize=4)
def lower_words(text: str) -> frozenset[str]:
    """Return the words that a text has in small letters."""
    return frozenset(map(plain_word, filter(str.islower, set(_WORD.findall(text)))))
