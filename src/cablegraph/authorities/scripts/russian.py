"""Russian names by the sounds that all their romanisations share.

Sounds are plain Latin letters, coarse enough for ALA-LC, BGN/PCGN, ISO 9, scientific and popular
spellings to meet: Roshchin, Roščin and Roschin; Vyshinsky, Vyshinskii and Vyshinskiy.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cablegraph.authorities.romanise import is_cyrillic, strip_marks
from cablegraph.authorities.scripts.tables import read_table

#: Signs that j writes й, as in scientific spelling, and not ж, as in French.
_SCIENTIFIC = re.compile(r"[šžčëèûâ]|[aeioy]j\Z|[bvgdzklmnprstfh]'?j[aeuo]|\Aj[aeu]")
_AFTER_HUSHING = re.compile(r"(?<=[sczx]h)o")
_I = re.compile(r"ii+")
_E = re.compile(r"i[eo]|ee+")
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


@lru_cache(maxsize=1 << 17)
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
    if "j" in word:
        word = word.replace("j", "i" if _SCIENTIFIC.search(word) else "zh")
    pattern, sounds = _latin()
    return strip_marks(pattern.sub(lambda found: sounds[found[0]], word))
