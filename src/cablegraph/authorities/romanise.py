"""Latin forms of Cyrillic names: one for people to read, one for stable keys.

The two differ on purpose: a reading follows English habit and may be improved, a key may not
change once it is part of an IRI.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_APOSTROPHE = re.compile(r"['’ʼ`]")
_NO_KEY = re.compile(r"[^a-z0-9]+")
_MARKED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")

#: Letters that Unicode does not decompose into a base letter and a mark.
_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def _key_letters() -> dict[int, str]:
    text = resources.files(__package__).joinpath("letters.csv").read_text(encoding="utf-8")
    return {ord(row["letter"]): row["key"] for row in csv.DictReader(text.splitlines())}


def is_cyrillic(text: str) -> bool:
    """Say whether *text* holds at least one Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def strip_marks(text: str) -> str:
    """Return *text* in lower case with accents taken off its Latin letters.

    >>> strip_marks("Pak Hŏn-yŏng, Drożniak, Красовский")
    'pak hon-yong, drozniak, красовский'
    """
    low = text.lower()
    return _MARKED.sub(_bare, low.translate(_WHOLE)) if _MARKED.search(low) else low


def _bare(letter: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", letter[0])
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 14)
def romanise(russian: str) -> str:
    """Write a Russian name as English readers expect it; other letters stay.

    Source: the ``wikipedia`` scheme of iuliia, which is BGN/PCGN with the simplifications of
        English usage (-sky for -ский, no apostrophe for a soft sign).

    >>> romanise("Красовский"), romanise("Рощин")
    ('Krasovsky', 'Roshchin')
    """
    import iuliia

    if not is_cyrillic(russian):
        return russian
    return " ".join(str(iuliia.WIKIPEDIA.translate(word)) for word in russian.split())


#: The longest step of a path made of words; what is longer is told apart by its digest.
_LONGEST = 40


def path_step(words: str) -> str:
    """Return a step of a path for words of any length and script.

    >>> path_step("Gesandtschaft, Südland I"), path_step("«…»")
    ('gesandtschaft-sudland-i', '3f1d68b8')
    """
    try:
        whole = slug(romanise(words))
    except ValueError:
        whole = ""
    if 0 < len(whole) <= _LONGEST:
        return whole
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{whole[:_LONGEST].strip('-')}-{digest}".lstrip("-")


@lru_cache(maxsize=1 << 13)
def slug(text: str) -> str:
    """Return a readable key (a-z, 0-9, single hyphens) for a name no authority holds.

    Raises:
        ValueError: if no letter or digit remains.

    >>> slug("ЧЕСНОКОВА"), slug("340/ш"), slug("İzmir")
    ('chesnokova', '340-sh', 'izmir')
    """
    # A capital İ is two code points in lower case, of which the second is no letter.
    plain = _hyphenated(romanise(text.lower().replace("i\u0307", "i")))
    if not plain:
        raise ValueError(f"{text!r} has no letter that a key can be made of")
    return plain


@lru_cache(maxsize=1 << 14)
def name_key(form: str, language: str) -> str:
    """Return the last step of the IRI of a name form: its letters, then its script.

    Shape: ``-cyrl`` or ``-latn`` after the script the form is written in; a form in another
        script is spelt by code points and carries the language tag instead.
    Source: letters.csv, a fixed table of one key for each Cyrillic letter.

    >>> name_key("Мао Цзе-дун", "ru"), name_key("Mao Zedong", "en")
    ('mao-cze-dun-cyrl', 'mao-zedong-latn')
    """
    if is_cyrillic(form):
        return _hyphenated(form.lower().translate(_key_letters())) + "-cyrl"
    plain = _hyphenated(form)
    if plain:
        return plain + "-latn"
    return "-".join([*(f"u{ord(c):x}" for c in form if c.isalnum()), language.lower()])


def _hyphenated(text: str) -> str:
    # An apostrophe stands inside a word (P'eng, People's) and must not cut the key.
    return _NO_KEY.sub("-", _APOSTROPHE.sub("", strip_marks(text))).strip("-")
