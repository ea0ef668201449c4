"""Russian names by the sounds that all their romanisations share.

Sounds are plain Latin letters, coarse enough for ALA-LC, BGN/PCGN, ISO 9, scientific and popular
spellings to meet: Roshchin, Roščin and Roschin; Vyshinsky, Vyshinskii and Vyshinskiy.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cablegraph.authorities.romanise import is_cyrillic, strip_marks
from cablegraph.authorities.scripts.tables import read_table

#: Signs of scientific spelling, where j writes й (in French ж) and x may write х.
_SCIENTIFIC = re.compile(r"[šžčćëèûâ]|[aeioy]j\Z|[bvgzklmnprstfhaeiouy]'?j[aeuo]|\Aj[aeu]|jo(?!u)")
#: In Veljko j is a soft sign.
_SOFT_SIGN = re.compile(r"(?<=[ln])j(?![aeiou])")
_AFTER_HUSHING = re.compile(r"(?<=[sczx]h)o")
_I = re.compile(r"ii+")
_E = re.compile(r"i[eo]|ee+")
_MARKED = re.compile(r"šč|[^\x00-\x7f]")
_SIGNS = re.compile(r"[^\w]+")


@cache
def _cyrillic() -> dict[int, str]:
    return {ord(row["letters"]): row["sounds"] for row in read_table("russian-letters.csv")}


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, str]]:
    sounds = {row["letters"]: row["sounds"] for row in read_table("latin-letters.csv")}
    longest = sorted(sounds, key=lambda letters: (-len(letters), letters))
    return re.compile("|".join(longest)), sounds


@cache
def _given_names() -> dict[str, str]:
    return {row["latin"]: row["russian"] for row in read_table("given-names.csv")}


@lru_cache(maxsize=1 << 14)
def spell_sounds(word: str) -> str:
    """Return the sounds of a word in lower case, Cyrillic or Latin.

    >>> {spell_sounds(word) for word in ("рощин", "roshchin", "roščin", "roschin")}
    {'roshchin'}
    """
    if is_cyrillic(word):
        plain = word.translate(_cyrillic())
    else:
        plain = _given_names().get(word) or _from_latin(word)
    plain = _SIGNS.sub("", plain)
    return _E.sub("e", _E.sub("e", _I.sub("i", _AFTER_HUSHING.sub("e", plain))))


def _from_latin(word: str) -> str:
    if "x" in word and (word[0] == "x" or _SCIENTIFIC.search(word)):
        word = word.replace("x", "h")
    if "j" in word:
        word = _SOFT_SIGN.sub("", word)
        word = word.replace("j", "i" if _SCIENTIFIC.search(word) else "zh")
    pattern, sounds = _latin()
    if not word.isascii():  # marked letters of the table first, then the marks go
        word = strip_marks(_MARKED.sub(lambda found: sounds.get(found[0], found[0]), word))
    return pattern.sub(lambda found: sounds[found[0]], word)


@lru_cache(maxsize=1 << 13)
def find_initials(word: str) -> tuple[str, ...]:
    """Return the sounds that the initial of a name may have.

    Shape: two where the letter has two, as J. for Joseph and for Jurij.

    >>> find_initials("юрий"), find_initials("yuri"), find_initials("j")
    (('i',), ('i',), ('j', 'i'))
    """
    if is_cyrillic(word):
        plain = word.translate(_cyrillic())
        return (plain[0],) if plain else ()
    plain = _from_latin(word)
    first = "e" if plain.startswith("ie") else plain[:1]
    russian = _given_names().get(word, "")[:1]
    found = ("j", "i") if word.startswith("j") else (first,)
    return tuple(dict.fromkeys(one for one in (*found, russian) if one))
