"""Keys of a written name: what it shares with other spellings of it, in any script.

Two forms that share a key are candidates of each other. A key names the rule that joins, and its
value is comparable across scripts and schemes: pinyin syllables for Chinese, coarse sounds for
Korean and Russian. A key proves nothing; candidates.py weighs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from cablegraph.authorities.scripts import chinese, korean
from cablegraph.authorities.scripts.cases import find_nominatives
from cablegraph.authorities.scripts.letters import Name, find_name, fold_letters, fold_word
from cablegraph.authorities.scripts.russian import find_initials, spell_sounds
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
#: A longer form is no name, and only its letters are compared.
_LONGEST = 200


class Key(NamedTuple):
    """What two forms of one name share; the pair as a whole is compared."""

    rule: str
    value: str


_Keys = dict[Key, str]


def keys_of(form: str, language: str | None = None) -> Iterator[Key]:
    """Yield the keys of a form, each once, its bare letters first.

    Shape: *language* is the BCP 47 tag of the form; ``zh`` and ``ko``, also with Latin script
        (``zh-Latn``), keep it from being read by the schemes of other languages.

    >>> shared = set(keys_of("Мао Цзэ-дуну", "ru")) & set(keys_of("Mao Tse-tung", "en"))
    >>> [tuple(key) for key in sorted(shared)]
    [('chinese', 'mao ze dong'), ('chinese-loose', 'mao ze dong')]
    """
    yield from read_keys(form, language)


def read_keys(form: str, language: str | None = None) -> Mapping[Key, str]:
    """Return the keys of a form, each with the scheme by which the form was read to get it."""
    return _read_keys(form, (language or "").partition("-")[0])


@lru_cache(maxsize=1 << 12)
def _read_keys(form: str, language: str) -> Mapping[Key, str]:
    if len(form) > _LONGEST:
        return {Key(FOLD, fold_letters(form)): "as written"}
    name = find_name(form)
    folded = fold_letters(name.text)
    if not folded:
        return {}
    found: _Keys = {Key(FOLD, folded): "as written"}
    only = _ONLY.get(language)
    if name.script == "cyrl" and name.words:
        _read_cyrillic(found, name, only)
    elif name.script == "latn" and name.words:
        _add_place(found, folded)
        _read_latin(found, name, only)
    elif name.script == "hang":
        _add_korean(found, korean.read_hangul(name.text))
    elif name.script == "hani":
        _add_chinese(found, chinese.read_characters(name.text))
    return MappingProxyType(found)


def _read_cyrillic(found: _Keys, name: Name, only: str | None) -> None:
    nominatives = find_nominatives(name.words)
    for words in nominatives:
        joined = "".join(map(fold_word, words))
        if not name.initials:
            found.setdefault(Key(CASE, joined), "case ending")
        _add_place(found, joined)
    for words in nominatives:
        if not name.initials and only != KOREAN:
            _add_chinese(found, chinese.read_cyrillic(words))
        if not name.initials and only != CHINESE:
            _add_korean(found, korean.read_cyrillic(words))
        _add_sounds(found, name, words)


def _read_latin(found: _Keys, name: Name, only: str | None) -> None:
    words = name.words
    readings = [] if only == KOREAN or name.initials else chinese.read_latin(words)
    _add_chinese(found, readings)
    if len(words) == 2 and readings:
        _add_turned(found, words)
    if only != CHINESE and not name.initials:
        _add_korean(found, korean.read_latin(words))
    # A name that is good Chinese (Jin, Yin) must not meet others by the sounds of Russian.
    if not only and not _is_chinese(words, readings):
        _add_sounds(found, name, words)


def _is_chinese(words: tuple[str, ...], readings: list[chinese.Reading]) -> bool:
    # One word of several syllables may be Mikoyan as well.
    if not readings or not readings[0].strict:
        return False
    return len(words) > 1 or " " not in readings[0].syllables


def _add_place(found: _Keys, folded: str) -> None:
    for place in _places().get(folded, ()):
        found.setdefault(Key(PLACE, place), "table of place names")


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


def _add_chinese(found: _Keys, readings: Iterable[chinese.Reading]) -> None:
    for syllables, system, strict in readings:
        if strict:
            found.setdefault(Key(CHINESE, syllables), system)
        found.setdefault(Key(CHINESE_LOOSE, syllables), system)


def _add_turned(found: _Keys, words: tuple[str, ...]) -> None:
    """Read Zedong Mao as Mao Zedong: several syllables are a given name, one a family name."""
    family = chinese.read_latin(words[1:])
    if not family or " " in family[0].syllables:
        return
    for one in chinese.read_latin(words[::-1]):
        if one.syllables.count(" ") > 1:
            found.setdefault(
                Key(CHINESE_LOOSE, one.syllables), f"{one.system} with the given name first"
            )


def _add_korean(found: _Keys, readings: Iterable[korean.Reading]) -> None:
    for sounds, system, strict in readings:
        if strict:
            found.setdefault(Key(KOREAN, sounds), system)
        found.setdefault(Key(KOREAN_LOOSE, sounds), system)


def _add_sounds(found: _Keys, name: Name, words: tuple[str, ...]) -> None:
    """Add the keys by sounds: of the whole name, its words in any order, initials, surname."""
    sounds = [sound for sound in map(spell_sounds, words) if sound]
    if not sounds:
        return
    east_asian = words[0] in _family_names()
    if not name.initials:
        found.setdefault(Key(SOUNDS, "".join(sounds)), "romanisation")
    if len(sounds) > 1 and not name.initials:
        _add_orders(found, name, words, sounds)
    elif len(sounds) == 1:
        for letter in find_initials(name.initials[0]) if name.initials else ():
            found.setdefault(Key(INITIALS, f"{sounds[0]} {letter}"), "initials")
        if not east_asian:
            found.setdefault(Key(SURNAME, sounds[0]), "family name")


def _add_orders(found: _Keys, name: Name, words: tuple[str, ...], sounds: list[str]) -> None:
    east_asian = words[0] in _family_names()
    if name.turned or (not east_asian and any(len(word) > 4 for word in words)):
        found.setdefault(Key(ORDER, " ".join(sorted(sounds))), "order of the words")
    first = is_family_first(name)
    family, given = (sounds[0], words[1]) if first else (sounds[-1], words[0])
    for letter in find_initials(given):
        found.setdefault(Key(INITIALS, f"{family} {letter}"), "initials")
    if not east_asian:
        found.setdefault(Key(SURNAME, family), "family name")


def is_family_first(name: Name) -> bool:
    """Say whether the family name stands first: a comma, a patronymic or the name itself shows it.

    >>> is_family_first(find_name("Рощин Николай Васильевич")), is_family_first(find_name("Kim Il"))
    (True, True)
    """
    words = name.words
    return name.turned or words[0] in _family_names() or words[-1].endswith(_PATRONYMICS)
