"""Korean names as a row of sounds, read from McCune-Reischauer, Revised Romanization, the popular
Latin spellings, Kontsevich, the older Russian spellings or hangul.

The schemes part what the others join (k and g, ŏ and o, n and ng), so that the sounds here are as
coarse as the coarsest of them. What a letter stands for is in korean-letters.csv; ``loose`` sounds
hold only for popular and older spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from cablegraph.authorities.scripts.tables import read_table

#: More readings than this are not told apart by the spelling any more.
_MOST = 27
# Atomic, since a run of vowels can be cut in many ways.
_SYLLABLES = re.compile(
    r"(?>[ktpcshmnl]?(?:eu|ui|y[aou]|w[aeio]|[aeiou])(?:[ktpmnl](?![aeiouyw]))?)++"
)
#: Endings of Russian surnames, which also cut into Korean syllables.
_RUSSIAN = re.compile(r"(?:ин|ян|ко|[оеё]в|ий|ый|ой|ина|ова|ева|ия|ика|in|ian|yan|ko|sky)\Z")
#: Kontsevich writes ль, not р, where no vowel follows, and р or лл, not л, between vowels.
_OLDER = re.compile(r"р(?![аеёиоуыэюяйв])|(?<=[аеёиоуыэюя])л(?=[аеёиоуыэюя])")
_LATIN_G = re.compile(r"ng(?=[aeiouyw\u00e0-\u024f])")


class Reading(NamedTuple):
    """A name read as a row of Korean sounds by a scheme."""

    sounds: str
    system: str
    strict: bool


class _Letters(NamedTuple):
    """Letters of one script, the sounds of each: the strict one first, if it has one."""

    pattern: re.Pattern[str]
    sounds: dict[str, tuple[str, tuple[str, ...]]]
    surnames: dict[str, str]


@cache
def _letters(script: str) -> _Letters:
    sounds: dict[str, tuple[str, tuple[str, ...]]] = {}
    for row in read_table("korean-letters.csv"):
        if row["script"] == script:
            strict = row["sounds"]
            every = (*([strict] if strict else []), *row["loose"].split())
            sounds[row["letters"]] = (strict, every)
    longest = sorted(sounds, key=lambda letters: (-len(letters), letters))
    column = "cyrillic" if script == "cyrl" else "latin"
    surnames = {
        spelling: row["sounds"]
        for row in read_table("korean-surnames.csv")
        for spelling in row[column].split()
    }
    return _Letters(re.compile("|".join(map(re.escape, longest))), sounds, surnames)


@lru_cache(maxsize=1 << 14)
def _read_word(word: str, script: str) -> tuple[str, tuple[str, ...]]:
    """Return the strict reading of a word (empty for none) and all readings of it."""
    letters = _letters(script)
    strict, choices, place = "", [], 0
    sure = True
    while place < len(word):
        match = letters.pattern.match(word, place)
        if match is None:
            return "", ()
        one, every = letters.sounds[match[0]]
        sure = sure and bool(one)
        strict += one
        choices.append(every)
        place = match.end()
    every_reading = dict.fromkeys(map("".join, islice(product(*choices), _MOST)))
    found = tuple(one for one in every_reading if _SYLLABLES.fullmatch(one))
    return (strict if sure and strict in found else ""), found


def _readings(parts: Sequence[str], script: str) -> tuple[list[str], list[str]]:
    """Return the strict readings of the parts of a name, and all readings."""
    surname = _letters(script).surnames.get(parts[0]) if len(parts) > 1 else None
    strict = [surname or ""]
    every: list[tuple[str, ...]] = [(surname,)] if surname else []
    for part in parts[1:] if surname else parts:
        one, several = _read_word(part, script)
        if not several:
            return [], []
        strict.append(one if one or not part else "?")
        every.append(several)
    readings = map("".join, islice(product(*every), _MOST))
    joined = list(dict.fromkeys(map(_joined, readings)))
    exact = _joined("".join(strict))
    return ([exact] if "?" not in exact else []), joined


def _joined(sounds: str) -> str:
    # Il-ryong is written Il-lyong as well, and r after another sound as n.
    return sounds.replace("ll", "l").replace("nn", "n")


def read_latin(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Latin name, if it may be Korean.

    >>> [one.sounds for one in read_latin(["pak", "hŏn-yŏng"]) if one.strict]
    ['pakhonyon']
    """
    parts = _family_first([_plain(word) for word in words])
    if not _may_be_korean(parts, "latn"):
        return []
    found: list[Reading] = []
    # A g after n may begin the next syllable, where no hyphen tells.
    for cut in dict.fromkeys((tuple(parts), tuple(_LATIN_G.sub("n-g", p) for p in parts))):
        pieces = [piece for part in cut for piece in part.split("-")]
        strict, every = _readings(pieces, "latn")
        found += [Reading(one, "romanised Korean", True) for one in strict]
        found += [Reading(one, "popular spelling", False) for one in every if one not in strict]
    return found


def read_cyrillic(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Cyrillic name by Kontsevich, and by the older spelling.

    >>> [one.sounds for one in read_cyrillic(["ким", "ильсон"]) if one.strict]
    ['kimilson']
    """
    parts = [part for word in words for part in word.split("-") if part]
    if not _may_be_korean(parts, "cyrl"):
        return []
    strict, every = _readings(parts, "cyrl")
    if _OLDER.search("-".join(parts)):
        strict = []
    found = [Reading(one, "kontsevich", True) for one in strict]
    if len(parts) == 1:
        return found  # a loose reading of one word is found in names of any language
    return found + [
        Reading(one, "older Russian spelling", False) for one in every if one not in strict
    ]


def read_hangul(text: str) -> list[Reading]:
    """Return the reading of a name in hangul.

    >>> read_hangul("김일성")[0].sounds
    'kimilson'
    """
    import ko_pron

    syllables = [str(ko_pron.romanise(one, "mr")) for one in text if one.isalpha()]
    found = [one.sounds for one in read_latin(syllables) if one.strict]
    found += [_joined("".join(_read_word(_plain(one), "latn")[0] for one in syllables))]
    return [Reading(one, "hangul", True) for one in dict.fromkeys(found) if one]


def _family_first(words: list[str]) -> list[str]:
    """Return the parts of a Latin name, the family name first (Il-sung Kim, Syngman Rhee)."""
    surnames = _letters("latn").surnames
    if len(words) > 1 and words[0] not in surnames and words[-1] in surnames:
        words = [words[-1], *words[:-1]]
    return [part for word in words for part in word.split("-") if part]


def _may_be_korean(parts: Sequence[str], script: str) -> bool:
    """Say whether a name begins with a Korean surname, or is one word and no Russian name."""
    if len(parts) > 1:
        return parts[0] in _letters(script).surnames
    return bool(parts) and len(parts[0]) > 3 and not _RUSSIAN.search(parts[0])


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    """Return a word in the letters of the table: breves kept, other marks taken off."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    kept = (c for c in decomposed if c == "\u0306" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))
