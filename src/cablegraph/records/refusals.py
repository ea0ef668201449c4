"""Tell what is text but no document: a listing of a search, columns run into each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cablegraph.errors import shown
from cablegraph.records.languages import is_little_word
from cablegraph.records.layout import Line
from cablegraph.records.preamble import is_date
from cablegraph.records.prose import is_title
from cablegraph.records.wordlists import is_in

# A listing says so before anything else: lines with words looked at, buttons left out.
_HEAD = 4
# Without such words, so many dates, each with a title below it, are a listing...
_FEWEST_ENTRIES = 3
# ...if it is made of little else: an entry has a date, a title and a summary of a few lines.
_LONGEST_ENTRY = 4
_OWN_SHARE = 0.8
# Line ends at which no writer breaks off: in good transcripts none to two were found.
_FEWEST_BREAKS = 3
_BREAK_SHARE = 0.06
_MOST_SHOWN = 40

_BULLET = re.compile(r"^[•·*–—-]\s*")
_CUT_WORD = re.compile(r"[^\W\d_]{2,}[-¬]$")
_CUT_INSIDE = re.compile(r"(?<![\w-])[A-Za-z]{2,}- (?!(?:and|or|to|nor|versus)\b)([a-z]{2,})")
_FIRST_WORD = re.compile(r"[a-z]+")
_STOP = re.compile(r"[a-z][.!?]$")
_NO_STOP = re.compile(r"[a-z,]$")
_GUTTER = re.compile(r"\S {3,}\S")
_PAGE_HEAD = re.compile(r"\d{1,4}\s+[A-Z][A-Z ]{10,}|[A-Z][A-Z ]{10,}\s+\d{1,4}")
_SOURCE = re.compile(r"\[\s*sources?:\s.{3,}", re.IGNORECASE)


class Refusal(NamedTuple):
    """Why a text is no document, at which line, and what to do about it."""

    line: Line
    found: str
    remedy: str


def find_listing(lines: Sequence[Line], *, closed: bool) -> Refusal | None:
    """Return why a text is a listing, or None; a page that is *closed* by labels says so itself."""
    filled = [line for line in lines if line.text]
    head = [x for x in filled[: _HEAD * 3] if not is_in("buttons.txt", _bare(x))][:_HEAD]
    for line in head:
        if is_in("listing.txt", _bare(line)):
            return _listing(line, f"({shown(line.text)})")
        if is_date(_bare(line)):
            break
    if closed:
        return None
    dated = [is_date(_bare(line)) for line in filled]
    starts = [
        i
        for i, (this, following) in enumerate(pairwise(dated))
        if this and not following and is_title(_bare(filled[i + 1]))
    ]
    if len(starts) < _FEWEST_ENTRIES:
        return None
    stops = [*starts[1:], min(len(filled), starts[-1] + _LONGEST_ENTRY)]
    own = sum(min(b - a, _LONGEST_ENTRY) for a, b in zip(starts, stops, strict=True))
    close = all(b - a <= _LONGEST_ENTRY + 2 for a, b in zip(starts, stops, strict=True))
    if not close or own < _OWN_SHARE * (len(filled) - starts[0]):
        return None
    return _listing(filled[starts[0]], f"of {len(starts)} records with date and title")


def _listing(line: Line, which: str) -> Refusal:
    return Refusal(line, f"a listing {which}, not a document", "save each document that it lists")


def _bare(line: Line) -> str:
    return _BULLET.sub("", line.text)


def find_mixture(lines: Sequence[Line]) -> Refusal | None:
    """Return why a text is a mixture of others, or None.

    Columns of a printed page that were read across leave words cut off at line ends whose rest
    is elsewhere, sentences that go on after a full stop, and gutters within the lines.
    """
    filled = [line for line in lines if line.text]
    breaks = [line for i, line in enumerate(filled) if _breaks(filled, i)]
    if len(breaks) >= _FEWEST_BREAKS and len(breaks) >= _BREAK_SHARE * len(filled):
        return _columns(breaks[0], f"{len(breaks)} line ends at which the sentence breaks off")
    inside = [line for line in filled for rest in _CUT_INSIDE.findall(line.text) if _is_whole(rest)]
    if len(inside) >= _FEWEST_BREAKS:
        return _columns(inside[0], "words cut off in the middle of lines")
    gutters = [line for line in filled if len(_GUTTER.findall(line.text)) and len(line.text) > 50]
    if len(gutters) >= 2 * _FEWEST_BREAKS and len(gutters) > len(filled) / 2:
        return _columns(gutters[0], "columns side by side")
    sources = [line for line in filled if _SOURCE.match(line.text)]
    if len(sources) > 1:
        found = f"a second document, for {shown(sources[1].text)} is not the only note of its kind"
        return Refusal(sources[1], found, "split it into one file a document")
    return None


def _columns(line: Line, sign: str) -> Refusal:
    words = shown(line.text[-_MOST_SHOWN:])
    found = f"the columns of a page run into each other ({sign}, first at {words})"
    return Refusal(line, found, "read the page again column by column")


def _is_whole(word: str) -> bool:
    """Say whether what follows a hyphen is a word by itself, so no rest of the word before it."""
    return is_little_word(word, "en")


def _breaks(lines: Sequence[Line], index: int) -> bool:
    """Say whether what stands after a line can't be its continuation.

    A cut word goes on in small letters and not with a whole word; a full stop is not followed by
    small letters; a running head does not stand within a sentence.
    """
    if index + 1 >= len(lines):
        return False
    here, after = lines[index].text, lines[index + 1].text
    if _CUT_WORD.search(here):
        first = _FIRST_WORD.match(after)
        return _is_whole(first[0]) if first else not after[0].isdecimal()
    if _STOP.search(here) and len(here.split()) > 3:
        return after[0].islower() and len(after.split()) > 3
    return _NO_STOP.search(here) is not None and _PAGE_HEAD.fullmatch(after) is not None
