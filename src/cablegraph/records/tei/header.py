"""Put the metadata of one letter's own header into its catalogue entry, and state it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.records.draft import Draft
from cablegraph.records.model import FieldName
from cablegraph.records.stated import Extent, StatedLink, StatedNumber, StatedReference, StatedText
from cablegraph.records.tei.provenance import find_leaves, without_leaves
from cablegraph.records.tei.vocabulary import manner
from cablegraph.records.tei.volume import Volume
from cablegraph.sources.xml import Node

_HELD = ("country", "settlement", "institution", "repository", "collection", "idno", "msName")
_KEEPERS = ("repository", "institution", "settlement")


def put_header(draft: Draft, volume: Volume) -> None:
    """Put title, holding, subjects, summary, language and rights of a file on their lines."""
    header = volume.header
    if header is None:
        return
    _put_titles(draft, header)
    for identifier in header.find("msIdentifier"):
        if identifier.parent is not None and identifier.parent.name != "msPart":
            _put_holding(draft, volume, identifier)
    _put_texts(draft, header)
    _put_languages(draft, volume, header)
    _put_rights(draft, volume, header)
    _put_number(draft, header)


def _put(draft: Draft, node: Node) -> Extent:
    draft.assembly.line()
    words = draft.put_words(node, manner(), skip=tuple(node.find("note")))
    draft.assembly.line()
    return words


def _put_titles(draft: Draft, header: Node) -> None:
    """Put every title; the first is the one of the document, others stand beside it."""
    statement = header.first("titleStmt")
    titles = [node for node in statement.children if node.name == "title"] if statement else []
    titles = [node for node in titles if node.text]
    main = [node for node in titles if node.get("type") in (None, "main", "complete")] or titles
    for node in main:
        words = _put(draft, node)
        if node is main[0]:
            draft.mark("title", words)
        else:
            _state_text(draft, "dcterms:title", words, node.get("xml:lang"))


def _state_text(draft: Draft, name: str, words: Extent, language: str | None) -> None:
    if words.start < words.end:
        draft.state(
            StatedText(words=(words,), property=name, text=draft.words(words), language=language)
        )


def _put_holding(draft: Draft, volume: Volume, identifier: Node) -> None:
    """Put where the original is kept, each part on its line, and state it as a reference."""
    held = [node for node in identifier.children if node.name in _HELD and node.text]
    if not held:
        return
    placed = {node: _put(draft, node) for node in held}
    whole = Extent(placed[held[0]].start, placed[held[-1]].end)
    draft.mark("source", whole)
    keeper = next((n for kind in _KEEPERS for n in held if n.name == kind), None)
    if keeper is None:
        return
    levels = [draft.words(placed[n]) for n in held if n.name in ("collection", "idno")]
    draft.state(
        StatedReference(
            words=(whole,),
            written=", ".join(draft.words(placed[node]) for node in held),
            archive=draft.words(placed[keeper]),
            archive_refs=volume.refs(keeper),
            levels=without_leaves(levels),
            leaves=find_leaves(", ".join(levels)),
        )
    )


def _put_texts(draft: Draft, header: Node) -> None:
    """Put summary and subjects."""
    for node in header.find("abstract"):
        if node.text:
            draft.mark("summary", _put(draft, node))
    for words in header.find("keywords"):
        for term in words.find("term", "item"):
            if term.text and not any(True for _ in term.find("term")):
                language = term.get("xml:lang") or words.get("xml:lang")
                _state_text(draft, "schema:keywords", _put(draft, term), language)


def _put_languages(draft: Draft, volume: Volume, header: Node) -> None:
    for node in header.find("language"):
        run = volume.value(node, "ident")
        if run is not None and run.text.strip():
            _state_text(draft, "dcterms:language", draft.put_line(run), None)


def _put_rights(draft: Draft, volume: Volume, header: Node) -> None:
    """Put the terms of use, and state the licence where it is named by an address."""
    for available in header.find("availability"):
        marked: FieldName = "rights"
        words = _put(draft, available)
        draft.mark(marked, words)
        for node in (available, *available.find("licence", "license", "ref")):
            run = volume.value(node, "target")
            if run is not None and re.match(r"https?://\S+$", run.text.strip()):
                line = draft.put_line(run)
                draft.state(
                    StatedLink(words=(line,), property="dcterms:license", target=run.text.strip())
                )


def _put_number(draft: Draft, header: Node) -> None:
    """Put the identifiers under which the edition publishes the document."""
    for node in _published(header):
        words = _put(draft, node)
        draft.state(
            StatedNumber(words=(words,), kind="repository-record-id", written=draft.words(words))
        )


def _published(header: Node) -> Iterator[Node]:
    statement = header.first("publicationStmt")
    if statement is not None:
        yield from (node for node in statement.find("idno") if node.text)
