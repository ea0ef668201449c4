"""The words among which names of persons are sought, and the lists of words that tell of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cablegraph.authorities.romanise import strip_marks
from cablegraph.extraction.lexicon import settings, words_of

_WORD = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_](?![^\W\d_])|[^\W\d_](?:['’‘ʼ-]?[^\W\d_])*")


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
        if len(self.text) == 1 or re.fullmatch(r"(?:\w\.)+\w", self.text):
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


def split_words(text: str) -> list[Word]:
    """Return the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        word = word[:-2] if word.endswith(("'s", "’s")) else word
        end = match.start() + len(word)
        found.append(Word(match.start(), end, word, plain_word(word), text[end : end + 1] == "."))
    return found


@lru_cache(maxsize=4)
def lower_words(text: str) -> frozenset[str]:
    """Return the words that a text has in small letters."""
    return frozenset(strip_marks(m[0]) for m in _WORD.finditer(text) if m[0].islower())
