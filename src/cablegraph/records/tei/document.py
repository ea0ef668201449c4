"""Read one document of a TEI file: a division of a volume, or the letter that a file is."""

from __future__ import annotations

import re

from cablegraph.errors import LayoutError
from cablegraph.records.draft import Draft
from cablegraph.records.model import Record
from cablegraph.records.stated import Extent, StatedDate, StatedNumber, StatedText
from cablegraph.records.tei.agents import state_agents, state_signed
from cablegraph.records.tei.correspondence import put_correspondence
from cablegraph.records.tei.datelines import state_dateline
from cablegraph.records.tei.dates import read_date, read_stamps
from cablegraph.records.tei.header import put_header
from cablegraph.records.tei.heads import wording
from cablegraph.records.tei.mentions import state_mentioned
from cablegraph.records.tei.page import Page, count_uncovered, put_layers, put_node, read_page
from cablegraph.records.tei.parts import Part, find_parts, state_enclosed
from cablegraph.records.tei.provenance import state_source
from cablegraph.records.tei.volume import Volume, find_stamps
from cablegraph.sources.xml import Node

# "426. Please rush", "No. 482.]": a number that stands at the beginning or alone on its line.
_NUMBER = re.compile(r"\[?(?:No\.?|Nr\.?|№|N[°º])\s*(?P<signed>\d{1,6}[A-Za-z]?)\.?\]?(?=\s|$)"
                     r"|(?P<bare>\d{1,5})\.?(?:\s*$|(?<=\.)\s+(?=[^\W\d_a-z“]))")  # fmt: skip


def read_division(
    volume: Volume, node: Node, key: str, described: Node | None = None
) -> Record | LayoutError:
    """Read a division of a volume that is a document; *described* is its correspDesc."""
    if not _has_words(node):
        return _nothing(volume, node)
    draft, page = Draft(volume.xml, key), read_page(node, headed=True)
    draft.begin("catalogue", "catalogue-entry", volume.editors)
    if described is not None:
        put_correspondence(draft, volume, described)
    _put_editors(draft, page)
    parts = find_parts(page)
    stamps = _put_stamps(draft, volume, node, parts[0])
    return _finish(draft, volume, page, parts, stamps, described=described is not None)


def read_letter(volume: Volume, key: str) -> Record | LayoutError:
    """Read the one document that a file is."""
    text, described = volume.text, volume.descriptions
    page = read_page(text, headed=False) if text is not None else None
    draft = Draft(volume.xml, key)
    draft.begin("catalogue", "catalogue-entry", volume.editors)
    put_header(draft, volume)
    for description in described:
        put_correspondence(draft, volume, description)
    if page is not None:
        _put_editors(draft, page)
    if page is None or not _has_words(page.document):
        if not described:
            return _nothing(volume, volume.tei)
        return draft.record()
    return _finish(draft, volume, page, find_parts(page), [], described=bool(described))


def _has_words(node: Node) -> bool:
    return any(not run.text.isspace() for run in node.runs())


def _nothing(volume: Volume, node: Node) -> LayoutError:
    return LayoutError(
        "a TEI document with neither words nor correspDesc",
        where=volume.xml.where(node.start),
        remedy="put its text or metadata into it, or drop it",
    )


def _put_editors(draft: Draft, page: Page) -> None:
    """Put what the editors wrote over the document: head, source, summary."""
    apart = {*page.heads, *page.sources, *page.summaries}
    for node in sorted(apart, key=lambda one: one.start):
        words = put_node(draft, page, node)
        if node in page.heads:
            draft.mark("title", _without_number(draft, words))
        elif node in page.sources:
            draft.mark("source", words)
        else:
            draft.mark("summary", words)


def _without_number(draft: Draft, words: Extent) -> Extent:
    """Leave out the number that the edition gives a document."""
    text = draft.assembly.words(words.start, words.end)
    found = wording("number").match(text)
    return Extent(words.start + found.end(), words.end) if found else words


def _put_stamps(draft: Draft, volume: Volume, node: Node, main: Part) -> list[Extent]:
    """Put the bounds of the date that a division carries, where no line has a date."""
    lines = main.find("dateline", "date", "docDate")
    if any(read_date(one) for line in lines for one in (line, *line.find("date"))):
        return []
    return [draft.put_line(run) for run in find_stamps(volume, node)]


def _state_stamps(draft: Draft, stamps: list[Extent]) -> None:
    edtf = read_stamps([draft.words(words) for words in stamps])
    if edtf:
        written = " / ".join(draft.words(words) for words in stamps)
        draft.state(
            StatedDate(
                words=tuple(stamps),
                certainty="probable",
                kind="sent",
                written=written,
                edtf=edtf,
            )
        )


def _finish(
    draft: Draft,
    volume: Volume,
    page: Page,
    parts: list[Part],
    stamps: list[Extent],
    *,
    described: bool,
) -> Record | LayoutError:
    """Put the texts, and state what their encoding says."""
    put_layers(draft, page, volume.language, volume.editors)
    for note in page.sources:
        state_source(draft, page.placed.get(note, Extent(0, 0)))
    for part in parts:
        if part.about:
            state_enclosed(draft, page, part)
        if part.about or not described:
            _state_frame(draft, page, volume, part, stamps)
        state_signed(draft, page, volume, part)
    _state_notes(draft, page)
    state_mentioned(draft, page, volume)
    draft.uncovered = count_uncovered(page)
    return draft.record()


def _state_frame(
    draft: Draft, page: Page, volume: Volume, part: Part, stamps: list[Extent]
) -> None:
    """State sides, place, dates and number of a message by its head and first lines."""
    state_agents(draft, page, volume, part)
    dated = state_dateline(draft, page, volume, part)
    if not part.about and not dated:
        _state_stamps(draft, stamps)
    _state_number(draft, page, part)


def _state_number(draft: Draft, page: Page, part: Part) -> None:
    """State the number that begins the text or stands on a line of its own."""
    for node in list(part.find("seg", "p", "ab"))[:2]:
        words = page.placed.get(node)
        if words is None:
            continue
        found = _NUMBER.match(draft.assembly.words(words.start, words.end))
        if found:
            group = "signed" if found["signed"] else "bare"
            place = Extent(words.start + found.start(group), words.start + found.end(group))
            draft.state(
                StatedNumber(
                    words=(place,),
                    about=part.about,
                    kind="outgoing-number",
                    written=draft.words(place),
                )
            )
            return


def _state_notes(draft: Draft, page: Page) -> None:
    for note in page.notes:
        words = page.placed.get(note)
        if words:
            draft.state(StatedText(words=(words,), property="skos:note", text=draft.words(words)))
