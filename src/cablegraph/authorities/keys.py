"""Keys of a written name: what it shares with other spellings of it, in any script.

Two forms that share a key are candidates of each other. A key names the rule that joins, and its
value is comparable across scripts and schemes: pinyin syllables for Chinese, coarse sounds for
Korean and Russian. A key proves nothing; candidates.py weighs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from cablegraph.authorities.scripts import chinese, korean
from cablegraph.authorities.scripts.cases import find_nominatives
from cablegraph.authorities.scripts.letters import Name, find_name, fold_letters
from cablegraph.authorities.scripts.russian import spell_sounds
from cablegraph.authorities.scripts.tables import read_table

#: Rules in order of trust; see trust.csv for what each is worth.
FOLD = "fold"
PLACE = "place-name"
CASE = "russian-case"
ORDER = "name-order"
CHINESE = "chinese"
KOREAN = "korean"
SOUNDS = "russian-romanisation"
INITIALS = "initials"
CHINESE_LOOSE = "chinese-loose"
KOREAN_LOOSE = "korean-loose"
SURNAME = "surname"

_PATRONYMICS = ("ович", "евич", "овна", "евна", "ична", "ovich", "evich", "ovna", "evna", "ichna")
#: Writers of these languages have no names in these schemes.
_ONLY = {"zh": CHINESE, "ko": KOREAN}


class Key(NamedTuple):
    """What two forms of one name share; the pair as a whole is compared."""

    rule: str
    value: str


class Found(NamedTuple):
    """A key, and the scheme by which the form was read to get it."""

    key: Key
    system: str


def keys_of(form: str, language: str | None = None) -> Iterator[Key]:
    """Yield the keys of a form, each once, those that are trusted most first.

    Shape: *language* is the BCP 47 tag of the form; ``zh`` and ``ko``, also with Latin script
        (``zh-Latn``), keep it from being read by the schemes of other languages.

    >>> set(keys_of("Мао Цзэ-дуну", "ru")) & set(keys_of("Mao Tse-tung", "en"))
    {Key(rule='chinese', value='mao ze dong'), Key(rule='chinese-loose', value='mao ze dong')}
    """
    for found in read_keys(form, language):
        yield found.key


def read_keys(form: str, language: str | None = None) -> tuple[Found, ...]:
    """Return the keys of a form with the scheme that gave each."""
    return _read_keys(form, (language or "").partition("-")[0])


@lru_cache(maxsize=1 << 12)
def _read_keys(form: str, language: str) -> tuple[Found, ...]:
    name = find_name(form)
    folded = fold_letters(name.text)
    if not folded:
        return ()
    found: dict[Key, str] = {Key(FOLD, folded): "as written"}
    if not name.words:
        return tuple(Found(key, system) for key, system in found.items())
    only = _ONLY.get(language)
    for key, system in _by_script(name, folded, only):
        found.setdefault(key, system)
    return tuple(Found(key, system) for key, system in found.items())


def _by_script(name: Name, folded: str, only: str | None) -> Iterator[tuple[Key, str]]:
    if name.script == "cyrl":
        yield from _cyrillic(name, only)
    elif name.script == "latn":
        yield from _place(folded)
        yield from _latin(name, only)
    elif name.script == "hang":
        yield from _korean(korean.read_hangul(name.text))
    elif name.script == "hani":
        yield from _chinese(chinese.read_characters(name.text))


def _cyrillic(name: Name, only: str | None) -> Iterator[tuple[Key, str]]:
    nominatives = find_nominatives(name.words)
    for words in nominatives:
        joined = fold_letters("".join(words))
        if not name.initials:
            yield Key(CASE, joined), "case ending"
        yield from _place(joined)
    for words in nominatives:
        if not name.initials:
            if only != KOREAN:
                yield from _chinese(chinese.read_cyrillic(words))
            if only != CHINESE:
                yield from _korean(korean.read_cyrillic(words))
        yield from _sounds(name, words, east_asian=words[0] in _family_names())


def _latin(name: Name, only: str | None) -> Iterator[tuple[Key, str]]:
    words = name.words
    readings = [] if only == KOREAN or name.initials else chinese.read_latin(words)
    yield from _chinese(readings)
    if len(words) == 2 and readings:
        yield from _given_name_first(words)
    exact = any(one.strict for one in readings) and only != KOREAN
    if only != CHINESE and not name.initials and (not exact or not _is_pinyin(readings)):
        yield from _korean(korean.read_latin(words))
    east_asian = words[0] in _family_names()
    # A name that is good pinyin (Jin, Yin) must not meet others by the sounds of Russian.
    if not only and not (exact and (len(words) > 1 or len(readings[0].syllables) == 1)):
        yield from _sounds(name, words, east_asian=east_asian)


def _is_pinyin(readings: Iterable[chinese.Reading]) -> bool:
    return any(one.system == "pinyin" for one in readings)


def _place(folded: str) -> Iterator[tuple[Key, str]]:
    for place in _places().get(folded, ()):
        yield Key(PLACE, place), "table of place names"


@cache
def _places() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("places.csv"):
        for form in row["forms"].split(";"):
            folded = fold_letters(form)
            found[folded] = tuple(dict.fromkeys((*found.get(folded, ()), row["place"])))
    return found


@cache
def _family_names() -> frozenset[str]:
    rows = read_table("korean-surnames.csv")
    latin = (form for row in rows for form in row["latin"].split())
    return frozenset((*latin, *(form for row in rows for form in row["cyrillic"].split())))


def _chinese(readings: Iterable[chinese.Reading]) -> Iterator[tuple[Key, str]]:
    for one in readings:
        value = " ".join(one.syllables)
        if one.strict:
            yield Key(CHINESE, value), one.system
        yield Key(CHINESE_LOOSE, value), one.system


def _given_name_first(words: tuple[str, ...]) -> Iterator[tuple[Key, str]]:
    """Read Zedong Mao as Mao Zedong: several syllables are a given name, one a family name."""
    for one in chinese.read_latin(words[::-1]):
        if len(chinese.read_latin(words[1:])[0].syllables) == 1 < len(one.syllables) - 1:
            yield Key(CHINESE_LOOSE, " ".join(one.syllables)), f"{one.system}, given name first"


def _korean(readings: Iterable[korean.Reading]) -> Iterator[tuple[Key, str]]:
    for one in readings:
        if one.strict:
            yield Key(KOREAN, one.sounds), one.system
        yield Key(KOREAN_LOOSE, one.sounds), one.system


def _sounds(name: Name, words: tuple[str, ...], *, east_asian: bool) -> Iterator[tuple[Key, str]]:
    """Yield the keys by sounds: of the whole name, its words in any order, and the initials."""
    sounds = [sound for sound in map(spell_sounds, words) if sound]
    if not sounds:
        return
    if name.initials:
        letters = "".join(map(_initial, name.initials))
        if len(sounds) == 1 and letters:
            yield Key(INITIALS, f"{sounds[0]} {letters[0]}"), "initials"
            if not east_asian:
                yield Key(SURNAME, sounds[0]), "family name"
        return
    yield Key(SOUNDS, "".join(sounds)), "romanisation"
    if len(sounds) == 1:
        if not east_asian:
            yield Key(SURNAME, sounds[0]), "family name"
        return
    yield from _orders(name, words, sounds, east_asian)


def _orders(
    name: Name, words: tuple[str, ...], sounds: list[str], east_asian: bool
) -> Iterator[tuple[Key, str]]:
    if name.turned or (not east_asian and any(len(word) > 4 for word in words)):
        yield Key(ORDER, " ".join(sorted(sounds))), "order of the words"
    first = name.turned or east_asian or words[-1].endswith(_PATRONYMICS)
    family, given = (sounds[0], sounds[1:]) if first else (sounds[-1], sounds[:-1])
    yield Key(INITIALS, f"{family} {_initial(given[0])}"), "initials"
    if not east_asian:
        yield Key(SURNAME, family), "family name"


def _initial(word: str) -> str:
    """Return the sound of an initial: the first of its letters."""
    return spell_sounds(word)[:1]
