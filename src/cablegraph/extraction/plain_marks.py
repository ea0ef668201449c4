"""Read the shelf marks of the usual citations without a parser: one part after the other.

Most references are an archive and its parts, parted by commas; those are read from left to right
by the patterns of data/citation.lark itself. Where anything else stands in them, or a part may be
read in two ways, the grammar has to decide.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cablegraph.extraction.lexicon import _text

_TERMINAL = re.compile(r"^([A-Z]+)(?:\.\d+)?: /(.*)/[is]*$", re.MULTILINE)
#: Parts with a number, by the names of their key words in the grammar.
_NUMBERED = ("FOND", "OPIS", "DELO", "PAPKA", "POR", "OTHER")
#: What makes a reference of a text: without one of these there is none.
_TELLING = (*_NUMBERED[:-1], "LEAF", "MISSING")
_BETWEEN = r"(?:\s*[,:.])?\s*"
_WORD = r"[^\W\d_]+"
_AFTER_ARCHIVE = r"(?=\s*[,:]\s)"


class Mark(NamedTuple):
    """A part of a reference: its place in the text, and its number or its leaves as written."""

    name: str
    start: int
    end: int
    value: str = ""
    leaves: tuple[tuple[str, ...], ...] = ()


@cache
def _terminals() -> dict[str, str]:
    return dict(_TERMINAL.findall(_text("citation.lark")))


@cache
def _telling() -> re.Pattern[str]:
    found = "|".join(f"(?:{_terminals()[name]})" for name in _TELLING)
    return re.compile(found, re.IGNORECASE)


@cache
def _archive() -> re.Pattern[str]:
    key_words = "|".join(f"(?:{_terminals()[name]})" for name in (*_NUMBERED, "LEAF", "MISSING"))
    word = rf"(?!{key_words}){_WORD}"
    # Words of letters alone, an abbreviation in brackets behind them.
    name = rf"{word}(?: {word})*(?: \({_WORD}\))?"
    # Whose collection it is may stand before an archive: "Digital Archive, ABC, f. 1".
    return re.compile(rf"{name}(?:, {name})*{_AFTER_ARCHIVE}", re.IGNORECASE)


@cache
def _part() -> re.Pattern[str]:
    words = _terminals()
    keys = "|".join(f"(?P<{name.lower()}>{words[name]})" for name in _NUMBERED)
    leaf_range = rf"{words['LEAFNO']}(?:{words['DASH']}{words['LEAFNO']})?"
    leaves = rf"(?P<leaves>{words['LEAF']})(?P<ranges>{leaf_range}(?:\s*,\s*{leaf_range})*)"
    return re.compile(
        rf"{_BETWEEN}(?P<part>(?:{keys})(?P<value>{words['NUMBER']})|{leaves})", re.IGNORECASE
    )


@cache
def _leaf() -> re.Pattern[str]:
    return re.compile(_terminals()["LEAFNO"], re.IGNORECASE)


def find_plain_marks(piece: str) -> tuple[Mark, ...] | None:
    """Return the parts of a reference in order; None where the grammar has to read it.

    Shape: empty where the text holds no part of a reference at all.
    """
    if not _telling().search(piece):
        return ()
    archive = _archive().match(piece)
    at = archive.end() if archive else 0
    marks = [Mark("archive", 0, at)] if archive else []
    while at < len(piece):
        found = _part().match(piece, at)
        if found is None:
            return None
        marks.append(_mark(found))
        at = found.end()
    return tuple(marks)


def _mark(found: re.Match[str]) -> Mark:
    start, end = found.span("part")
    if found["leaves"] is None:
        name = next(name.lower() for name in _NUMBERED if found[name.lower()] is not None)
        return Mark(name, start, end, found["value"])
    ranges = (_leaf().findall(words) for words in found["ranges"].split(","))
    return Mark("leaves", start, end, "", tuple(map(tuple, ranges)))
