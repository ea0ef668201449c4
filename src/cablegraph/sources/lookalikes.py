"""Mend Latin letters in Cyrillic words and Cyrillic letters in Latin words.

No letter changes its place: the mended text is as long as the one given.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Script = Literal["Cyrl", "Latn", "open", "none"]

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0483-\u0489]+[^\W_]*)*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_MIXED = r"[A-Za-z\u00c0-\u024f][\u0400-\u052f]|[\u0400-\u052f][A-Za-z\u00c0-\u024f]"
# M, C and X are digits of Rome as well as look-alikes; the other digits look like nothing.
_ROMAN = re.compile("[MCX]+")
# Tuned on nothing: a typed line is far shorter, and a longer one is data, not prose.
_LONGEST_LINE = 1_000_000
# The shortest word that is moved to the other script by its neighbours alone: of two letters,
# both readings are too often words or initials.
_SHORTEST = 3


class _Tables(NamedTuple):
    to_cyrillic: dict[int, str]
    to_latin: dict[int, str]
    latin: frozenset[str]
    cyrillic: frozenset[str]
    candidate: re.Pattern[str]


@cache
def _tables() -> _Tables:
    data = files(__package__).joinpath("lookalikes.csv").read_text("utf-8")
    rows = [(row["latin"], row["cyrillic"]) for row in csv.DictReader(data.splitlines())]
    latin = "".join(row[0] for row in rows)
    return _Tables(
        {ord(a): b for a, b in rows},
        {ord(b): a for a, b in rows},
        frozenset(latin),
        frozenset(row[1] for row in rows),
        re.compile(rf"{_MIXED}|\b[{latin}]{{{_SHORTEST},}}\b"),
    )


def mend(text: str) -> str:
    """Return *text* with look-alike letters in the script of their word.

    A word is mended by its own letters, or, when it could be either, by the words next to it
    on the line: all Cyrillic. Words with digits, Roman numerals and single pairs of letters stay.

    >>> mend("HAM ИР СЕН, д. 059а") == "НАМ ИР СЕН, д. 059а"
    True
    """
    if not _CYRILLIC.search(text):
        return text
    pieces: list[str] = []
    done = 0
    for found in _tables().candidate.finditer(text):
        if found.start() < done:
            continue
        start = text.rfind("\n", done, found.start()) + 1 or done
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        pieces += (text[done:start], _mend_line(line) if _is_prose(line) else line)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _is_prose(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and _CYRILLIC.search(line) is not None


def _mend_line(line: str) -> str:
    words = [(m.start(), _mend_word(m[0])) for m in _WORD.finditer(line)]
    scripts = [_script(word) for _, word in words]
    decided = _neighbours(scripts)
    pieces: list[str] = []
    done = 0
    for (start, word), script, beside in zip(words, scripts, decided, strict=True):
        if script == "open" and beside == {"Cyrl"}:
            word = word.translate(_tables().to_cyrillic)
        pieces += (line[done:start], word)
        done = start + len(word)
    pieces.append(line[done:])
    return "".join(pieces)


def _mend_word(word: str) -> str:
    """Return a word of two scripts in the one that its telling letters have."""
    tables = _tables()
    cyrillic = {c for c in word if "\u0400" <= c <= "\u052f"}
    latin = set(word) - cyrillic
    if not cyrillic or not latin or not word.isalpha():
        return word
    may_be_cyrillic = latin <= tables.latin
    may_be_latin = cyrillic <= tables.cyrillic
    if may_be_cyrillic and may_be_latin:
        may_be_cyrillic = 2 * sum(c in cyrillic for c in word) >= len(word)
    if may_be_cyrillic:
        return word.translate(tables.to_cyrillic)
    return word.translate(tables.to_latin) if may_be_latin else word


def _script(word: str) -> Script:
    """Say which script a mended word is in; *open* may be moved, *none* says nothing."""
    if not word.isalpha():
        return "none"
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in word)
    if cyrillic:
        return "Cyrl" if cyrillic == len(word) else "none"
    if not set(word) <= _tables().latin:
        return "Latn"
    return "none" if len(word) < _SHORTEST or _ROMAN.fullmatch(word) else "open"


def _neighbours(scripts: list[Script]) -> list[set[Script]]:
    """Return, for each word, the scripts of the nearest words either side that have one."""
    found: list[set[Script]] = [set() for _ in scripts]
    for order in (range(len(scripts)), range(len(scripts) - 1, -1, -1)):
        nearest: Script | None = None
        for i in order:
            if nearest is not None:
                found[i].add(nearest)
            if scripts[i] in ("Cyrl", "Latn"):
                nearest = scripts[i]
    return found
