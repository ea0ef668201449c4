"""State by its line of place and date where and when a message was sent, and when received."""

from __future__ import annotations

import re

from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent, StatedDate, StatedPlace
from cablegraph.records.tei.dates import certainty_of, find_date, has_date, read_date
from cablegraph.records.tei.page import Page
from cablegraph.records.tei.parts import Part
from cablegraph.records.tei.sides import find_noun
from cablegraph.records.tei.volume import Volume
from cablegraph.sources.xml import Node

_OPENING = 12
_RECEIVED = re.compile(r"\breceived\b[^\]]{0,120}", re.IGNORECASE)
# What stands before the date where no element marks it: a name, no figures.
_PLACE = re.compile(
    r"(?P<place>[^\W\d_a-z][^\d,;\[\]]{1,40}(?:,\s+[^\W\d_a-z][^\d,;\[\]]{1,40})?),?\s*"
)
# A full stop that belongs to the name: "Newport, R. I."
_INITIAL = re.compile(r"\b[A-Z]\.$")
_LAST = re.compile(r"[\s,/]+(?P<word>[^\W\d_]+)?$")
_UNDATED = re.compile(r"\bundated\b|\bn\.?\s?d\.?\b", re.IGNORECASE)


def state_dateline(draft: Draft, page: Page, volume: Volume, part: Part) -> bool:
    """State place and dates of the first line of each kind; return whether the day is told."""
    placed = sent = False
    day: str | None = None
    for line in part.find("dateline", "docDate", "date"):
        if line not in page.placed:
            continue
        if not placed:
            placed = _state_place(draft, page, volume, line, part.about)
        if not sent and (fact := _sent(draft, page, line, part.about)):
            draft.state(fact)
            sent, day = True, fact.edtf
    for line in part.find("dateline", "p", "note"):
        place = page.placed.get(line)
        if place is None or not (line.name == "dateline" or _tells_receipt(draft, place)):
            continue
        if received := _received(draft, place, day, part.about):
            draft.state(received)
            break
    return day is not None


def _tells_receipt(draft: Draft, place: Extent) -> bool:
    """Tell whether a paragraph begins with the word "received", in brackets or not."""
    words = draft.assembly.words(place.start, min(place.end, place.start + _OPENING))
    return _RECEIVED.match(words.lstrip(" [(")) is not None


def _state_place(draft: Draft, page: Page, volume: Volume, line: Node, about: str) -> bool:
    node = next((n for n in line.find("placeName", "settlement", "name") if n in page.placed), None)
    if node is not None:
        words = _seat(draft, page, node)
        draft.state(
            StatedPlace(
                words=(words,),
                about=about,
                certainty=certainty_of(node),
                role="origin",
                name=draft.words(words).strip(" ,;"),
                refs=volume.refs(node),
                full_name=volume.full_name(node),
            )
        )
        return True
    unmarked = _unmarked(draft, page, line)
    if unmarked:
        name = draft.words(unmarked)
        draft.state(StatedPlace(words=(unmarked,), about=about, certainty="probable",
                                role="origin", name=name))  # fmt: skip
    return unmarked is not None


def _seat(draft: Draft, page: Page, node: Node) -> Extent:
    """Leave out the office before the town, where a line or an element ends between them.

    Source: "Legation of …, / Peking, China" in volumes of correspondence.
    """
    place = page.placed[node]
    words = draft.assembly.words(place.start, place.end)
    ends = {page.placed[one].end - place.start for one in node.children if one in page.placed}
    ends |= {at for at, letter in enumerate(words) if letter == "\n"}
    start = 0
    for end in sorted(ends):
        if end < len(words) and find_noun(words[start:end].strip(" ,.\n")) is not None:
            start = end
    rest = words[start:].strip(" ,;\n")
    rest = rest if _INITIAL.search(rest) else rest.rstrip(" .")
    if not re.search(r"[^\W\d_]", rest):
        return place
    start = place.start + words.index(rest, start)
    return Extent(start, start + len(rest))


def _unmarked(draft: Draft, page: Page, line: Node) -> Extent | None:
    """Return the words before the date, where they can be the name of a place."""
    whole = page.placed[line]
    words = draft.assembly.words(whole.start, whole.end)
    dates = [page.placed[node].start for node in line.find("date") if node in page.placed]
    if dates:
        end = dates[0] - whole.start
    else:
        found = _UNDATED.search(words) or find_date(words)
        if found is None:
            return None
        end = found.start() if isinstance(found, re.Match) else found.start
    before = words[:end].replace("\n", " ")
    match = _PLACE.fullmatch(before.strip())
    if match is None or _RECEIVED.search(before):
        return None
    start = whole.start + before.index(match["place"])
    return Extent(start, start + len(_without_lead(match["place"])))


def _without_lead(name: str) -> str:
    """Leave out what leads from a place to its date: a stroke, an article or preposition.

    >>> _without_lead("Altdorf / vom"), _without_lead("Newport, R. I.")
    ('Altdorf', 'Newport, R. I')
    """
    while (last := _LAST.search(name)) and (not last["word"] or last["word"].islower()):
        name = name[: last.start()]
    return name.rstrip(" ,.")


def _sent(draft: Draft, page: Page, line: Node, about: str) -> StatedDate | None:
    """Return the date of sending: an element's, else the one in the words."""
    nodes = [line] if line.name in ("date", "docDate") else list(line.find("date"))
    for node in nodes:
        if node not in page.placed or _is_receipt(draft, page, line, node):
            continue
        words = page.placed[node]
        written = draft.words(words).strip(" ,")
        edtf = read_date(node)
        if edtf is None and (found := find_date(written)):
            edtf = found.edtf()
        if edtf or not (has_date(node) or _UNDATED.fullmatch(written.strip(" .[]"))):
            return StatedDate(words=(words,), about=about, certainty=certainty_of(node),
                              kind="sent", written=written, edtf=edtf)  # fmt: skip
    if nodes or line.name == "date":
        return None
    return _worded(draft, page.placed[line], about)


def _worded(draft: Draft, whole: Extent, about: str) -> StatedDate | None:
    words = draft.assembly.words(whole.start, whole.end).replace("\n", " ")
    words = words.partition("[")[0]
    found = find_date(words)
    if found is None or found.month == 0:
        return None
    place = Extent(whole.start + found.start, whole.start + found.end)
    return StatedDate(words=(place,), about=about, kind="sent",
                      written=draft.words(place), edtf=found.edtf())  # fmt: skip


def _is_receipt(draft: Draft, page: Page, line: Node, node: Node) -> bool:
    """Tell whether a date stands after the word "received"."""
    start = page.placed[line].start
    before = draft.words(Extent(start, page.placed[node].start))
    return re.search(r"\breceived\b[^\]]*$", before, re.IGNORECASE) is not None


def _received(draft: Draft, whole: Extent, day: str | None, about: str) -> StatedDate | None:
    """Return the date of receipt; what it leaves out is that of sending."""
    words = draft.assembly.words(whole.start, whole.end).replace("\n", " ")
    for match in _RECEIVED.finditer(words):
        found = find_date(match[0])
        if found is not None:
            start = whole.start + match.start()
            place = Extent(start + found.start, start + found.end)
            written = draft.words(place).strip(" ,")
            return StatedDate(words=(place,), about=about, kind="received",
                              written=written, edtf=found.edtf(day))  # fmt: skip
    return None
