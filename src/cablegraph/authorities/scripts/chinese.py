"""Chinese names as pinyin syllables, read from pinyin, Wade-Giles, Palladius or characters.

The syllable is what the schemes share: chinese.csv has one row for each, with its spelling in
each scheme. A strict reading takes a spelling at its word; a loose one allows what copyists leave
out (apostrophes, the soft sign, э) and so may give several syllables for one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from cablegraph.authorities.scripts.tables import read_table

Syllables = tuple[str, ...]
Table = Mapping[str, tuple[str, ...]]

#: More readings than this are not told apart by the spelling any more.
_MOST = 16
_LONGEST = 7
_VOWELS = frozenset("aeo")


class Reading(NamedTuple):
    """A name read as Chinese syllables by a scheme."""

    syllables: Syllables
    system: str
    strict: bool


@cache
def _table(system: str) -> Table:
    """Return the spellings of a scheme with the syllables that each may stand for."""
    found: dict[str, list[str]] = {}
    for row in read_table("chinese.csv"):
        for spelling in _SPELLINGS[system](row):
            if row["pinyin"] not in found.setdefault(spelling, []):
                found[spelling].append(row["pinyin"])
    return {spelling: tuple(syllables) for spelling, syllables in found.items()}


def _pinyin(row: Mapping[str, str]) -> Iterable[str]:
    syllable = row["pinyin"]
    return (syllable, syllable.replace("ü", "v"), syllable.replace("ü", "yu"))


def _wade_giles(row: Mapping[str, str]) -> Iterable[str]:
    return [row["wade_giles"], *row["wade_giles_variant"].split()]


def _wade_giles_bare(row: Mapping[str, str]) -> Iterable[str]:
    return [form.replace("'", "").replace("ü", "u") for form in _wade_giles(row)]


def _palladius(row: Mapping[str, str]) -> Iterable[str]:
    return [row["palladius"], *row["palladius_variant"].split()]


def _palladius_period(row: Mapping[str, str]) -> Iterable[str]:
    # Older texts write е for э, leave the soft sign out, write ы for э before н, and дз for цз.
    for form in _palladius(row):
        for plain in (form, form.replace("э", "е"), form.replace("эн", "ын")):
            for softened in {plain, plain.removesuffix("ь")}:
                yield softened
                if softened.startswith("цз"):
                    yield "дз" + softened[2:]


_SPELLINGS = {
    "pinyin": _pinyin,
    "wade-giles": _wade_giles,
    "wade-giles-bare": _wade_giles_bare,
    "palladius": _palladius,
    "palladius-period": _palladius_period,
}


@lru_cache(maxsize=1 << 17)
def _cut(part: str, system: str) -> tuple[tuple[str, ...], ...]:
    """Return the cuts of a stretch of letters into the fewest spellings of a scheme."""
    table = _table(system)
    best: list[list[tuple[str, ...]]] = [[()], *([] for _ in part)]
    for end in range(1, len(part) + 1):
        for start in range(max(0, end - _LONGEST), end):
            spelling = part[start:end]
            if best[start] and spelling in table:
                best[end] += [(*cut, spelling) for cut in best[start][:4]]
        fewest = min(map(len, best[end]), default=0)
        best[end] = [cut for cut in best[end] if len(cut) == fewest]
    cuts = best[-1]
    if system == "pinyin":  # a syllable that begins with a vowel is set off by an apostrophe
        cuts = [c for c in cuts if not any(s[0] in _VOWELS for s in c[1:])] or cuts
    return tuple(cuts)


@lru_cache(maxsize=1 << 17)
def _read_word(word: str, system: str) -> tuple[Syllables, ...]:
    """Return the readings of a word; none if a part of it is no syllable of the scheme."""
    parts = word.replace("'", "-").split("-") if system == "pinyin" else word.split("-")
    if system.startswith("palladius"):
        parts = [part.replace("нъ", "н-") for part in parts]
        parts = [piece for part in parts for piece in part.split("-") if piece]
    choices = [
        [one for cut in _cut(part, system) for one in product(*(_table(system)[s] for s in cut))]
        for part in parts
    ]
    joined = (tuple(s for piece in chosen for s in piece) for chosen in product(*choices))
    return tuple(islice(dict.fromkeys(joined), _MOST))


def _read(words: Iterable[str], system: str) -> list[Syllables]:
    choices = [_read_word(word, system) for word in words]
    if not all(choices):
        return []
    found = (tuple(s for word in chosen for s in word) for chosen in product(*choices))
    return list(islice(dict.fromkeys(found), _MOST))


@lru_cache(maxsize=1 << 17)
def strip_tones(word: str) -> str:
    """Return a Latin word without its tone marks; the dots of ü stay.

    >>> strip_tones("lǚ"), strip_tones("Máo")
    ('lü', 'Mao')
    """
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    kept = (c for c in decomposed if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))


def read_latin(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Latin name as pinyin and as Wade-Giles.

    Shape: what is good pinyin is read so; Wade-Giles is then a loose reading. None if a word
        is no Chinese name.

    >>> [" ".join(one.syllables) for one in read_latin(["mao", "tse-tung"]) if one.strict]
    ['mao ze dong']
    """
    plain = [strip_tones(word) for word in words]
    if not plain or not all(_read_word(word.replace("'", ""), "wade-giles-bare") or
                            _read_word(word, "pinyin") for word in plain):  # fmt: skip
        return []
    pinyin = _read(plain, "pinyin")
    marked = any("'" in word or "ü" in word for word in plain)
    exact = _read(plain, "wade-giles")
    bare = [] if marked and exact else _read([_bare(word) for word in plain], "wade-giles-bare")
    found = [Reading(one, "pinyin", True) for one in pinyin]
    found += [Reading(one, "wade-giles", not pinyin) for one in exact]
    found += [Reading(one, "wade-giles", False) for one in bare if one not in exact]
    return found


def _bare(word: str) -> str:
    return word.replace("'", "").replace("ü", "u")


def read_cyrillic(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Cyrillic name by Palladius, and by the looser period spelling.

    >>> [" ".join(one.syllables) for one in read_cyrillic(["чжоу", "энь-лай"]) if one.strict]
    ['zhou en lai']
    """
    words = list(words)
    period = _read(words, "palladius-period")
    if not period:
        return []
    exact = _read(words, "palladius")
    found = [Reading(one, "palladius", True) for one in exact]
    if found and any("э" in word or "ь" in word for word in words):
        return found  # who writes э or a soft sign at all would have written the others
    return found + [Reading(one, "palladius-period", False) for one in period if one not in exact]


def read_characters(text: str) -> list[Reading]:
    """Return the reading of a name in Chinese characters.

    >>> read_characters("毛泽东")[0].syllables
    ('mao', 'ze', 'dong')
    """
    import pypinyin

    found = pypinyin.lazy_pinyin(text, errors="ignore", v_to_u=True)
    return [Reading(tuple(found), "characters", True)] if found else []


@lru_cache(maxsize=1 << 16)
def to_palladius(syllables: Syllables) -> str:
    """Return pinyin syllables as one Russian word.

    >>> to_palladius(("ze", "dong"))
    'цзэдун'
    """
    return "".join(_spelling_of()[one] for one in syllables if one in _spelling_of())


@cache
def _spelling_of() -> dict[str, str]:
    return {row["pinyin"]: row["palladius"] for row in read_table("chinese.csv")}
