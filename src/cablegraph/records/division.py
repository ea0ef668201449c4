"""Divide the lines of a document into catalogue and texts, by the layout it is in.

The layouts, in the order in which they are tried: a page of the old site (buttons above the
text), an entry of labels before the texts, a sheet of a third party, a page that labels close, a
telegram of *Foreign Relations*, and a text with a date, a title or a heading alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cablegraph.errors import shown
from cablegraph.records.catalogue import Catalogue, read_catalogue
from cablegraph.records.closing import find_closing, read_closing
from cablegraph.records.flat import unflatten
from cablegraph.records.frus import find_heading, read_frus
from cablegraph.records.head import heads_text, is_furniture, read_head
from cablegraph.records.layout import Label, Line, find_label, find_labels, split_paragraphs
from cablegraph.records.old_site import find_citation, has_buttons, read_old_site
from cablegraph.records.prose import is_summary, is_telegram
from cablegraph.records.refusals import Refusal, find_listing, find_mixture
from cablegraph.records.sheet import find_sheet, read_sheet

_EXPECTED = "begin with a date and a title, then 'Citation:', 'Summary:', 'Contents:'"
# Lines with words among which a text without date and title has the heading of a telegram.
_HEAD = 8
# Lines of a date, a title in two lines and who paid, above the labels of an entry.
_LONGEST_HEAD = 5
# The last line of a wrapped paragraph is not looked for in a page that keeps no blank lines.
_SHORTEST_WRAPPED = 45
_NOTE = re.compile(r"\[\s*sources?:\s*", re.IGNORECASE)
_NOTHING = Line(0, 0, 0, "")
_VALUES = {"citation", "summary", "credits", "language", "contents"}


@dataclass(frozen=True, slots=True)
class Division:
    """What catalogues a document, and the lines of its texts.

    Units: ``head`` is the offset where the catalogue before the texts ends, 0 where there is
        none; ``tail`` has those of the catalogue after them.
    """

    entry: Catalogue
    head: int
    body: Sequence[Line]
    tail: tuple[int, int] | None = None
    is_edition: bool = True  # whether words in English are a translation unless they say otherwise


def divide(text: str, lines: Sequence[Line]) -> Division | Refusal:
    """Return the parts of a document, or why it is none."""
    closing = find_closing(lines)
    if listing := find_listing(lines, closed=closing is not None):
        return listing
    if has_buttons(lines):
        return _old_site(text, lines)
    lines = unflatten(lines)
    closing = find_closing(lines)
    labels = find_labels(lines)
    if labels and _has_entry(lines, labels, len(lines) if closing is None else closing):
        return _entry(text, lines, labels)
    if (last := find_sheet(lines)) is not None:
        return _open(text, lines, lambda entry: read_sheet(entry, lines, last))
    if find_citation(lines[:closing]) is not None:
        return _old_site(text, lines)
    if closing is not None:
        return _closed(text, lines, closing)
    if places := find_heading(lines):
        return _open(text, lines, lambda entry: read_frus(entry, lines, places), is_edition=False)
    return _bare(text, lines)


def _has_entry(lines: Sequence[Line], labels: Sequence[Label], closing: int) -> bool:
    """Say whether labels are those of a catalogue entry, not headings within a text.

    A text too has a summary or contents; but then more than a date and a title is above them.
    """
    names = {label.name for label in labels if label.line < closing}
    if names & {"citation", "language"}:
        return True
    above = [x for x in lines[: labels[0].line] if x.text and not is_furniture(x)]
    return closing == len(lines) and len(above) <= _LONGEST_HEAD


def _entry(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Division | Refusal:
    """Read an entry of labels that stands before the texts."""
    entry = read_catalogue(text, lines, labels)
    refusal = _check_entry(lines, labels, entry)
    if refusal:
        return refusal
    return Division(entry, _end(lines[: entry.end]), lines[entry.end :], is_edition=False)


def _check_entry(
    lines: Sequence[Line], labels: Sequence[Label], entry: Catalogue
) -> Refusal | None:
    first = lines[labels[0].line]
    if not {"citation", "title"} & entry.places.keys():
        found = f"neither a title nor a citation by {shown(first.text)}"
        return Refusal(first, found, "put the title above it, under the date")
    if not _VALUES & entry.places.keys():
        found = f"labels without values, from {shown(first.text)}"
        return Refusal(first, found, "put a value under each label")
    second = [line for line in lines[entry.end :] if line.text and _is_label_of_entry(line)]
    if len(second) > 1:
        found = f"a second catalogue entry, from {shown(second[0].text)}"
        return Refusal(second[0], found, "split it into one file a document")
    return None


def _is_label_of_entry(line: Line) -> bool:
    label = find_label(line, 0)
    return label is not None and label.name in ("citation", "language", "contents")


def _old_site(text: str, lines: Sequence[Line]) -> Division | Refusal:
    """Read a page of the old site, which may have closing labels too."""
    entry = Catalogue(text, frozenset())
    start = read_old_site(entry, lines)
    closing = find_closing(lines, start)
    if closing is None:
        return _with_text(Division(entry, _end(lines[:start]), lines[start:]), lines)
    return _close(entry, lines, start, closing)


def _closed(text: str, lines: Sequence[Line], closing: int) -> Division:
    """Read a page that labels close."""
    entry = Catalogue(text, frozenset())
    return _close(entry, lines, read_head(entry, lines[:closing], is_page=True), closing)


def _close(entry: Catalogue, lines: Sequence[Line], start: int, closing: int) -> Division:
    stop = closing
    if "summary" not in entry.places:
        stop = _summary_start(lines, start, closing)
        if stop < closing:
            last = [line for line in lines[stop:closing] if line.text][-1]
            entry.add("summary", lines[stop].first, last.last)
    read_closing(entry, lines[closing:])
    tail = lines[stop].start, _end(lines)
    return Division(entry, _end(lines[:start]), lines[start:stop], tail)


def _summary_start(lines: Sequence[Line], start: int, closing: int) -> int:
    """Return where the summary after a text begins: its last paragraph, if it sounds like one.

    A page without blank lines has its paragraphs one a line.
    """
    end = closing
    while end > start and not lines[end - 1].text:
        end -= 1
    first = end
    while first > start and lines[first - 1].text:
        first -= 1
    if not all(map(_is_wrapped, lines[first : end - 1])):
        first = end - 1
    if first <= start or first >= end:
        return closing
    words = " ".join(line.text for line in lines[first:end])
    return first if is_summary(words) else closing


def _is_wrapped(line: Line) -> bool:
    return len(line.text) >= _SHORTEST_WRAPPED and line.text[-1] not in '.!?:”"])'


def _open(
    text: str,
    lines: Sequence[Line],
    read: Callable[[Catalogue], int],
    *,
    is_edition: bool = True,
) -> Division | Refusal:
    """Read a document whose catalogue is all before its text."""
    entry = Catalogue(text, frozenset())
    start = read(entry)
    note = _find_note(lines, start)
    tail = None
    if note is not None:
        last = [line for line in lines[note:] if line.text and not line.is_end][-1]
        entry.add("source", *_note_place(lines[note], last))
        tail = lines[note].start, _end(lines)
    body = lines[start:note]
    division = Division(entry, _end(lines[:start]), body, tail, is_edition)
    return _with_text(division, lines)


def _find_note(lines: Sequence[Line], start: int) -> int | None:
    """Return where a note of the source in brackets begins that ends a text, or None."""
    paragraphs = list(split_paragraphs([x for x in lines[start:] if not x.is_end]))
    last = paragraphs[-1] if paragraphs else []
    first = next((line for line in last if _NOTE.match(line.text)), None)
    if first is None or not last[-1].text.endswith(("]", "].")):
        return None
    return next(i for i in range(start, len(lines)) if lines[i] is first)


def _note_place(first: Line, last: Line) -> tuple[int, int]:
    """Return where the words of a note are, without its bracket and label."""
    label = _NOTE.match(first.text)
    lead = label.end() if label else 0
    return first.first + lead, last.first + len(last.text.rstrip(".").rstrip("]"))


def _bare(text: str, lines: Sequence[Line]) -> Division | Refusal:
    """Read a text with date and title, or with a heading of its own, and nothing else."""
    if mixture := find_mixture(lines):
        return mixture
    division = _open(text, lines, lambda entry: read_head(entry, lines))
    if isinstance(division, Refusal) or division.entry.places:
        return division
    filled = [line for line in lines if line.text and not is_furniture(line)]
    heads = [x for x in filled[:_HEAD] if is_telegram(x.text) or heads_text(x)]
    if heads and len(filled) > 1:
        return division
    return _no_labels(lines)


def _with_text(division: Division, lines: Sequence[Line]) -> Division | Refusal:
    if any(line.text and not line.is_gap and not line.is_end for line in division.body):
        return division
    first = next((line for line in lines if line.text), _NOTHING)
    found = f"nothing after the title, from {shown(first.text[:80])}"
    return Refusal(first, found, "add the text of the document")


def _no_labels(lines: Sequence[Line]) -> Refusal:
    first = next((line for line in lines if line.text), _NOTHING)
    found = f"no label of a catalogue entry, such as 'Citation:', after {shown(first.text[:80])}"
    return Refusal(first, found, _EXPECTED)


def _end(lines: Sequence[Line]) -> int:
    return max((line.end for line in lines if line.text), default=0)
