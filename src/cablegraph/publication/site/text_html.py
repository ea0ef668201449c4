"""A text version as HTML: one element a line, the words of each mark a link to its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from cablegraph.publication.site.addresses import quote_anchor
from cablegraph.publication.site.findings import Finding
from cablegraph.publication.site.marked import Line, Mark, Piece, cut_lines
from cablegraph.publication.site.passages import Version

#: Kinds that most words have: they underline, and colour only where nothing else does.
_PALE = ("other", "part")


def text_html(version: Version, findings: Mapping[str, Finding]) -> Markup:
    """Return the lines of a version with every mark in place.

    Shape: without the elements of class ``reading`` the words are those of the text; each link
        leads to the shortest mark over its words and names all of them in ``data-c``.
    """
    marks = [
        Mark(passage.start, passage.end, finding.key, finding.category)
        for finding in findings.values()
        for passage in finding.passages
        if passage.version == version.name
    ]
    lines = cut_lines(version.text, marks, version.first_line)
    numbers = _numbers(version, findings)
    inset = _inset(lines, [mark for mark in marks if findings[mark.key].is_message])
    parts = []
    for line in lines:
        style = "line" + " inset" * (line.number in inset) + " blank" * (not line.pieces)
        place = f"{version.name}/{line.number}"
        number = line.number if numbers is None else numbers.get(line.number, "")
        parts.append(f'<div class="{style}" id="{escape(place)}" data-n="{number}">')
        parts.extend(_piece_html(piece, findings) for piece in line.pieces)
        parts.append("</div>\n")
    return Markup("".join(parts))  # every part is escaped where it is made


def _numbers(version: Version, findings: Mapping[str, Finding]) -> dict[int, int] | None:
    """Return the lines of the file that lines of a text without its markup are known to be on.

    Shape: by the name of the line on the page; None where the lines are those of the file.
    """
    passages = [
        one for finding in findings.values() for one in finding.passages
        if one.version == version.name
    ]  # fmt: skip
    if all(one.line == one.row for one in passages):
        return None
    known: dict[int, int] = {}
    for one in sorted(passages, key=lambda one: one.start):
        known.setdefault(one.row, one.line)
    return known


def _piece_html(piece: Piece, findings: Mapping[str, Finding]) -> str:
    words = str(escape(piece.text))
    if not piece.marks:
        return words
    if not piece.text.strip():  # a link of nothing but space has no name
        return words + _readings(piece.ends, findings)
    keys = list(dict.fromkeys(mark.key for mark in piece.marks))
    style = _style(tuple(dict.fromkeys(mark.kind for mark in piece.marks)))
    named = escape(" ".join(keys))
    link = f'<a class="{style}" href="#{quote_anchor(keys[0])}" data-c="{named}">{words}</a>'
    return link + _readings(piece.ends, findings) if piece.ends else link


@lru_cache(maxsize=4096)
def _style(kinds: tuple[str, ...]) -> str:
    """Return the classes of words under marks of some kinds, the shortest mark first.

    That one colours the words, if it is no mere statement.
    """
    first = next((kind for kind in kinds if kind not in _PALE), kinds[0])
    return " ".join(["m", f"p-{first}", *sorted(f"k-{kind}" for kind in kinds)])


def _readings(ends: Sequence[Mark], findings: Mapping[str, Finding]) -> str:
    """Return the readings proposed for the marks that end here, unless the words have them."""
    found = []
    for finding in (findings[mark.key] for mark in ends):
        if not finding.reading:
            continue
        said = " ".join(one.exact.casefold() for one in finding.passages)
        if finding.reading.partition(": ")[2].casefold() not in said:
            found.append(finding.reading)
    return "".join(
        f' <span class="reading">[<bdi>{escape(text)}</bdi>]</span>'
        for text in dict.fromkeys(found)
    )


def _inset(lines: Sequence[Line], parts: Sequence[Mark]) -> set[int]:
    """Return the lines of each message inside this one, from its first words to its last."""
    hulls: dict[str, tuple[int, int]] = {}
    for mark in parts:
        start, end = hulls.get(mark.key, (mark.start, mark.end))
        hulls[mark.key] = (min(start, mark.start), max(end, mark.end))
    return {
        line.number
        for line in lines
        if any(line.start < end and line.end > start for start, end in hulls.values())
    }
