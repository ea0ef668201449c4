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

Table = Mapping[str, tuple[str, ...]]

#: More readings than this are not told apart by the spelling any more.
_MOST = 16
_LONGEST = 7
#: No name has a longer word.
_LONGEST_PART = 40
_VOWELS = frozenset("aeo")
#: Macron, acute, caron and grave are tones, a circumflex writes ê; a breve would be Korean.
_TONES = frozenset("\u0304\u0301\u030c\u0300\u0302")


class Reading(NamedTuple):
    """A name read as Chinese syllables by a scheme."""

    syllables: str  # parted by spaces
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
            for softened in (plain, plain.removesuffix("ь")):
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


def _cut(part: str, system: str) -> list[tuple[str, ...]]:
    """Return the cuts of a stretch of letters into the fewest spellings of a scheme."""
    table = _table(system)
    if part in table:
        return [(part,)]
    best: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for start in range(min(len(part), _LONGEST_PART)):
        for end in range(start + 1, min(len(part), start + _LONGEST) + 1) if start in best else ():
            spelling = part[start:end]
            if spelling in table:
                cuts = [(*cut, spelling) for cut in best[start][:4]]
                known = best.get(end)
                if known is None or len(cuts[0]) < len(known[0]):
                    best[end] = cuts
                elif len(cuts[0]) == len(known[0]):
                    known += cuts
    cuts = best.get(len(part), [])
    if system == "pinyin":  # a syllable that begins with a vowel is set off by an apostrophe
        cuts = [c for c in cuts if not any(s[0] in _VOWELS for s in c[1:])] or cuts
    return cuts


@lru_cache(maxsize=1 << 14)
def _read_word(word: str, system: str) -> tuple[str, ...]:
    """Return the readings of a word; none if a part of it is no syllable of the scheme."""
    parts = word.replace("'", "-").split("-") if system == "pinyin" else word.split("-")
    if system.startswith("palladius"):
        parts = [part.replace("нъ", "н-") for part in parts]
        parts = [piece for part in parts for piece in part.split("-") if piece]
    choices = [
        [one for cut in _cut(part, system) for one in product(*(_table(system)[s] for s in cut))]
        for part in parts
    ]
    joined = (" ".join(s for piece in chosen for s in piece) for chosen in product(*choices))
    return tuple(islice(dict.fromkeys(joined), _MOST))


def _read(words: Iterable[str], system: str) -> tuple[str, ...]:
    readings: tuple[str, ...] = ()
    for place, word in enumerate(words):
        found = _read_word(word, system)
        if not found:
            return ()
        if place:
            found = tuple(islice(map(" ".join, product(readings, found)), _MOST))
        readings = found
    return readings


@lru_cache(maxsize=1 << 14)
def strip_tones(word: str) -> str:
    """Return a Latin word without its tone marks; the dots of ü stay.

    >>> strip_tones("lǚ"), strip_tones("Máo")
    ('lü', 'Mao')
    """
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))


def read_latin(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Latin name as pinyin and as Wade-Giles.

    Shape: what is good pinyin is read so; Wade-Giles is then a loose reading. None if a word
        is no Chinese name.

    >>> [one.syllables for one in read_latin(["mao", "tse-tung"]) if one.strict]
    ['mao ze dong']
    """
    plain = [strip_tones(word) for word in words]
    for word in plain:
        if not _read_word(_bare(word), "wade-giles-bare") and not _read_word(word, "pinyin"):
            return []
    pinyin = _read(plain, "pinyin")
    marked = any("'" in word or "ü" in word for word in plain)
    exact = _read(plain, "wade-giles")
    bare = () if marked and exact else _read([_bare(word) for word in plain], "wade-giles-bare")
    found = [Reading(one, "pinyin", True) for one in pinyin]
    found += [Reading(one, "wade-giles", not pinyin) for one in exact]
    found += [Reading(one, "wade-giles", False) for one in bare if one not in exact]
    return found


def _bare(word: str) -> str:
    return word.replace("'", "").replace("ü", "u")


def read_cyrillic(words: Iterable[str]) -> list[Reading]:
    """Return the readings of a Cyrillic name by Palladius, and by the looser period spelling.

    >>> [one.syllables for one in read_cyrillic(["чжоу", "энь-лай"]) if one.strict]
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
    'mao ze dong'
    """
    import pypinyin

    found = pypinyin.lazy_pinyin(text, errors="ignore", v_to_u=True)
    return [Reading(" ".join(found), "characters", True)] if found else []
