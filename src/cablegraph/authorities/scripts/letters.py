"""The letters of a name: cleaned of what the copyist or the keyboard added, cut into words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from cablegraph.authorities.inflect import letter_spaced
from cablegraph.authorities.romanise import strip_marks
from cablegraph.authorities.scripts.tables import read_table

#: A word with its hyphens and apostrophes, or an initial with its full stop.
_TOKEN = re.compile(r"[^\W\d_][^\W\d_'-]*(?:-[^\W\d_'-]+|'[^\W\d_'-]+)*'?\.?")
_APOSTROPHES = re.compile(r"[’ʼ‘`´ʹ′]")
_TIES = re.compile(r"[\u0361\ufe20\ufe21]")  # of ALA-LC
_HYPHENS = re.compile(r"[\u2010-\u2015\u00ad]")
_SINGLES = re.compile(r"\b\w \w\b|\b\w - \w\b")
_POSSESSIVE = re.compile(r"'s?(?=\s*$)")
_NO_LETTER = re.compile(r"[\W_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAME = str.maketrans("ёэ", "ее")
#: An initial has one letter, or two that write one Russian letter (Yu., Дж.), and a full stop.
_INITIAL = re.compile(r"[^\W\d_]{1,2}\.")


class Name(NamedTuple):
    """A written name taken apart; words are in lower case, their hyphens and apostrophes kept."""

    text: str
    words: tuple[str, ...]
    initials: tuple[str, ...]  # without full stops
    before: bool  # the initials stand before the words
    turned: bool  # a comma stood after the family name, which comes first in ``words``
    script: str  # cyrl, latn, hang, hani or empty


@cache
def _homoglyphs() -> tuple[dict[int, str], dict[int, str]]:
    rows = read_table("homoglyphs.csv")
    return (
        {ord(row["latin"]): row["cyrillic"] for row in rows},
        {ord(row["cyrillic"]): row["latin"] for row in rows},
    )


def clean(form: str) -> str:
    """Return a form with plain apostrophes and hyphens, joined letters and one script a word.

    >>> clean("Стaлин"), clean("М А О  Ц З Е - Д У Н")
    ('Сталин', 'МАО ЦЗЕ-ДУН')
    """
    text = unicodedata.normalize("NFC", _TIES.sub("", form)).strip()
    text = _HYPHENS.sub("-", _APOSTROPHES.sub("'", text))
    if _SINGLES.search(text):
        text = letter_spaced(text)
    if _CYRILLIC.search(text) and _LATIN.search(text):
        text = " ".join(map(_one_script, text.split()))
    return text


def _one_script(word: str) -> str:
    to_cyrillic, to_latin = _homoglyphs()
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(to_cyrillic if cyrillic >= latin else to_latin)


def fold(form: str) -> str:
    """Return what spellings of a name in one script share: its bare letters and digits.

    Shape: case, spaces, hyphens, accents and the dots of ё do not count, nor э for е; a soft
        sign does.

    >>> fold("МАО ЦЗЭ-ДУН") == fold("Мао Цзедун"), fold("Линь") == fold("Лин")
    (True, False)
    """
    return fold_letters(clean(form))


def fold_letters(text: str) -> str:
    """Fold a text that is clean already."""
    return _NO_LETTER.sub("", strip_marks(text).translate(_SAME))


@lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """Fold a word of a name; the words of many names are the same."""
    return fold_letters(word)


def script_of(text: str) -> str:
    """Return the script of a text: cyrl, latn, hang or hani, or nothing."""
    if _CYRILLIC.search(text):
        return "cyrl"
    if _LATIN.search(text):
        return "latn"
    if _HANGUL.search(text):
        return "hang"
    return "hani" if _HAN.search(text) else ""


@lru_cache(maxsize=1 << 12)
def find_name(form: str) -> Name:
    """Take a written name apart.

    >>> find_name("Рощин Н.В.").initials, find_name("Kim, Il-sung").words
    (('н', 'в'), ('kim', 'il-sung'))
    """
    text = clean(form)
    family, comma, given = text.partition(",")
    turned = bool(comma and family.strip() and given.strip() and "," not in given)
    words, initials, first = [], [], -1
    for place, token in enumerate(_TOKEN.findall(_POSSESSIVE.sub("", text.lower()))):
        if _INITIAL.fullmatch(token):
            initials.append(token[:-1])
            first = place if first < 0 else first
        else:
            words.append(token.rstrip(".'"))
    return Name(
        text, tuple(words), tuple(initials), first == 0 and not turned, turned, script_of(text)
    )
