"""Tell by its own words whether a stretch may be somebody's name, and what of it is the surname."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.extraction.people_words import (
    Word,
    Words,
    given_names,
    plain_word,
    syllables,
    titles,
    without_possessive,
    words_in,
)

_NUMERAL = re.compile(r"[ivxlc]{2,}")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name found; ``full`` is the whole name, which a bracket may bring, ``start``-``end`` stand.

    Shape: ``family`` is the part that may stand for the person later: the surname, or the whole of
        a name that begins with the family name.
    """

    start: int
    end: int
    full: str
    family: str


def family_of(name: str) -> str:
    """Return the part of a whole name that may stand for it later.

    >>> family_of("Luiz Leivas Bastian Pinto"), family_of("Ri Jong-mok")
    ('Bastian Pinto', 'Ri Jong-mok')
    """
    words = Words(name)
    return family_in(words) if words else name


def is_common(word: Word) -> bool:
    """Tell whether a word is a title, a month, the beginning of a sentence: nobody's name."""
    plain = word.plain.rstrip(".")
    if len(plain) == 1 and word.dotted:
        return False
    numeral = word.text.isupper() and _NUMERAL.fullmatch(plain) and not _is_asian_family(plain)
    return _is_nobody(plain) or bool(numeral)


@lru_cache(maxsize=1 << 14)
def is_never(written: str) -> bool:
    """Tell whether a word is a common one whatever stands behind it: all but an initial."""
    plain = plain_word(without_possessive(written)).rstrip(".")
    return len(plain) > 1 and _is_nobody(plain)


@lru_cache(maxsize=1 << 14)
def _is_nobody(plain: str) -> bool:
    """Tell whether a word is on a list of those that are nobody's name."""
    if _is_asian_family(plain):
        return plain in titles()
    stop = words_in("words", "stop")
    return (
        plain in stop
        or plain in words_in("words", "stop_ru")
        or plain in titles()
        or plain.removesuffix("s") in stop
    )


def _is_asian_family(plain: str) -> bool:
    return plain in words_in("asian", "chinese") or plain in words_in("asian", "korean")


def bare_name(text: str, one: Sequence[Word]) -> Sighting:
    """Return the name that words are by themselves."""
    start, end = one[0].start, one[-1].end
    return Sighting(start, end, text[start:end], family_in(one))


def family_in(one: Sequence[Word]) -> str:
    """Return the part of a name that stands for it later: what follows the given names."""
    if is_asian(one):
        return " ".join(word.text for word in one)
    rest = list(one)
    while len(rest) > 1 and (rest[0].initial or rest[0].plain in given_names()):
        rest.pop(0)
    most = 1 if len(rest) == len(one) else 2  # a given name may be one that is not listed
    if len(rest) > most and rest[0].plain not in words_in("between", "particles"):
        rest = rest[1:]
    return " ".join(word.text for word in rest)


def is_full(one: Sequence[Word]) -> bool:
    """Tell whether words make a whole name by themselves: given name or initials, and surname."""
    first, last = one[0], one[-1]
    if len(one) < 2:
        return False
    if last.initial or len(last.plain) < 2:
        return False
    if first.initial:
        letters = "".join(word.plain for word in one if word.initial).replace(".", "")
        return letters not in words_in("between", "no_initials") and not last.text.isdigit()
    return first.plain in given_names() or is_asian(one)


def is_asian(one: Sequence[Word]) -> bool:
    """Tell whether words are a family name of East Asia and the syllables of given names."""
    if not 2 <= len(one) <= 4 or any(word.initial for word in one):
        return False
    rest = [word.plain.replace("’", "'").replace("‘", "'") for word in one[1:]]
    return any(
        one[0].plain in surnames and all(map(given.fullmatch, rest))
        for surnames, given in syllables()
    )


def is_post(word: Word) -> bool:
    """Tell whether a word, or a part of it between hyphens, is a title, a rank or a trade."""
    parts = word.plain.split("-")
    return any(part in titles() for part in (word.plain, *parts))
