"""Cut the lines of a page that was flattened where its labels and its text begin.

A converter joins the lines of a page: ``... Citation: ... Summary: ... Contents: English
Translation To the Minister``. The pieces are lines like any other, with their true places.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from cablegraph.records.catalogue import names_languages
from cablegraph.records.contents import is_item, parse_item
from cablegraph.records.layout import Line

# Lines in which a page's labels stand; a flattened page has few.
_HEAD = 200
# One label within a line may be words of a text.
_FEWEST = 2
# Words of an item of the list of contents ("Translation - Serbo-Croatian") and of languages.
_LONGEST_ITEM = 5
_CORE = ("citation", "summary", "credits", "language", "contents")
_SITE = re.compile(r".{0,120}?international history declassified\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"\S+")


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    data = files(__package__).joinpath("labels.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(data.splitlines()) if row["field"] in _CORE]
    words = "|".join(sorted((re.escape(row["label"]) for row in rows), reverse=True))
    pattern = re.compile(rf"(?<![\w(])\**({words})\s?:\**(?=\s|$)")
    return pattern, {row["label"].casefold(): row["field"] for row in rows}


def unflatten(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those cut that hold a label inside, and the last item before a text."""
    cut: list[Line] = []
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if index >= _HEAD or "contents" in seen:
            cut += lines[index:]
            break
        cut += _pieces(line, _label_places(line, seen))
    if len(seen) < _FEWEST:
        cut = list(lines)
    return _cut_value(_cut_site(cut))


def _pieces(line: Line, places: Sequence[int]) -> Iterator[Line]:
    """Yield a line in pieces that begin at *places*, offsets in its text."""
    if not places:
        yield line
        return
    bounds = [0, *places, len(line.text)]
    for start, end in pairwise(bounds):
        words = line.text[start:end]
        first = line.first + start + len(words) - len(words.lstrip())
        at = line.start if start == 0 else first
        until = line.end if end == len(line.text) else line.first + end
        yield Line(at, until, first, words.strip())


def _label_places(line: Line, seen: set[str]) -> list[int]:
    """Return where labels not yet *seen* begin inside a line, and note them."""
    pattern, fields = _labels()
    places: list[int] = []
    if ":" not in line.text:
        return places
    for found in pattern.finditer(line.text):
        name = fields[found[1].casefold()]
        if name in seen or "contents" in seen:
            continue
        seen.add(name)
        if found.start():
            places.append(found.start())
    return places


def _cut_site(lines: Sequence[Line]) -> list[Line]:
    """Cut the name of the site off the line that goes on with date and title."""
    for index, line in enumerate(lines[:_HEAD]):
        text = line.text
        # The pattern is slow where its words are lacking.
        found = _SITE.match(text) if "declassified" in text.lower() or not text.isascii() else None
        if found and found.end() < len(line.text):
            return [*lines[:index], *_pieces(line, [found.end()]), *lines[index + 1 :]]
    return list(lines)


def _cut_value(lines: Sequence[Line]) -> list[Line]:
    """Cut the text off the last value: an item of the contents, or the original language."""
    pattern, fields = _labels()
    heads = [
        (index, found)
        for index, line in enumerate(lines[:_HEAD])
        if ":" in line.text and (found := pattern.match(line.text))
    ]
    if not heads:
        return list(lines)
    index, label = heads[-1]
    line = lines[index]
    name = fields[label[1].casefold()]
    rest = line.text[label.end() :].strip()
    if rest:
        ahead = [*lines[:index], *_pieces(line, [line.text.index(rest, label.end())])]
        return [*ahead[: index + 1], *_cut_text(ahead[-1:] + list(lines[index + 1 :]), name)]
    return [*lines[: index + 1], *_cut_text(lines[index + 1 :], name)]


def _cut_text(lines: Sequence[Line], name: str) -> list[Line]:
    """Return the lines under a label, the one cut where a text follows the value on its line."""
    for index, line in enumerate(lines[:_HEAD]):
        if not line.text or (name == "contents" and is_item(line.text)):
            continue
        places = _item_ends(line.text) if name == "contents" else _language_end(line.text, name)
        if not places:
            break
        pieces = list(_pieces(line, places))
        gap = Line(pieces[-1].start, pieces[-1].start, pieces[-1].start, "")
        return [*lines[:index], *pieces[:-1], gap, pieces[-1], *lines[index + 1 :]]
    return list(lines)


def _item_ends(words: str) -> list[int]:
    """Return where the items end that *words* begin with, each before a capital or a digit."""
    ends: list[int] = []
    while end := _item_end(words[ends[-1] if ends else 0 :]):
        ends.append(end + (ends[-1] if ends else 0))
    return ends


def _item_end(words: str) -> int:
    found = [m.end() for m in list(_WORD.finditer(words))[:_LONGEST_ITEM]]
    known = [end for end in found if is_item(words[:end]) and _begins_text(words[end:])]
    spoken = [end for end in known if parse_item(words[:end]).language]
    return min(spoken) if spoken else max(known, default=0)


def _begins_text(rest: str) -> bool:
    first = rest.lstrip()[:1]
    return bool(first) and not first.islower() and first not in "-–—:,;("


def _language_end(words: str, name: str) -> list[int]:
    if name != "language" or names_languages(words):
        return []
    found = [m.end() for m in list(_WORD.finditer(words))[:_LONGEST_ITEM]]
    known = [end for end in found if names_languages(words[:end]) and _begins_text(words[end:])]
    return [max(known)] if known else []
