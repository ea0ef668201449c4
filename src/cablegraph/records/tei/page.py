"""Lay a document out: what the editors put before it, the text itself, the notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent
from cablegraph.records.tei.vocabulary import load, manner, names
from cablegraph.sources.xml import Node

_INLINE = ("inline", "inlined", "left", "#left")


@dataclass(slots=True)
class Page:
    """The nodes of a document by their place on the page, and where their words stand.

    Units: ``placed`` counts in the draft.
    """

    document: Node
    heads: list[Node] = field(default_factory=list)
    sources: list[Node] = field(default_factory=list)
    summaries: list[Node] = field(default_factory=list)
    notes: list[Node] = field(default_factory=list)
    enclosed: list[Node] = field(default_factory=list)
    translations: list[Node] = field(default_factory=list)
    left_out: list[Node] = field(default_factory=list)  # readings not chosen
    placed: dict[Node, Extent] = field(default_factory=dict)

    def place(self, node: Node, words: Extent) -> None:
        """Remember where the words of a node stand."""
        self.placed[node] = words

    def outside(self, *kept: list[Node]) -> frozenset[Node]:
        """Return the nodes that are not part of the words, but for those in the lists *kept*."""
        keep = {node for nodes in kept for node in nodes}
        apart = (*self.heads, *self.sources, *self.summaries, *self.notes, *self.translations)
        return frozenset({*apart, *self.left_out} - keep)


def read_page(document: Node, *, headed: bool) -> Page:
    """Sort the nodes of a document; with *headed* the head is the editors' and not of the text."""
    page = Page(document)
    _sort(page, document, within=False, headed=headed)
    return page


def _sort(page: Page, node: Node, *, within: bool, headed: bool) -> None:
    """Put the nodes below *node* into their lists; *within* tells that it is enclosed."""
    for child in node.children:
        if child.name == "note" and _sort_note(page, child, within=within):
            continue
        enclosed = is_enclosed(child)
        if child.name == "choice":
            page.left_out += _not_chosen(child)
        elif child.name == "head" and headed and not within and node is page.document:
            page.heads.append(child)
        elif enclosed:
            page.enclosed.append(child)
        elif is_translation(child) and not within:
            page.translations.append(child)
        _sort(page, child, within=within or enclosed, headed=headed)


def _sort_note(page: Page, note: Node, *, within: bool) -> bool:
    """Put a note into its list; return whether it is apart from the words."""
    kind = (note.get("type") or "").casefold()
    if kind in names("sources"):
        if not within:
            page.sources.append(note)
        return not within
    if kind in names("summaries"):
        page.summaries.append(note)
    elif (note.get("rend") or note.get("place") or "").casefold() in _INLINE:
        return False
    else:
        page.notes.append(note)
    return True


def _not_chosen(choice: Node) -> Iterator[Node]:
    """Yield the readings that give way to the first one of the order of preference."""
    order = {name: rank for rank, name in enumerate(load("names.toml")["chosen"])}
    readings = sorted(choice.children, key=lambda one: order.get(one.name, len(order)))
    yield from readings[1:]


def is_enclosed(node: Node) -> bool:
    """Tell whether a node is a message within the message."""
    if node.name in names("enclosing"):
        return True
    return node.name.startswith("div") and _kind(node) in names("enclosed")


def is_translation(node: Node) -> bool:
    """Tell whether a node is the text in another language."""
    return node.name.startswith("div") and _kind(node) in names("translations")


def _kind(node: Node) -> str:
    return (node.get("type") or "").casefold()


def put_layers(draft: Draft, page: Page, language: str | None, editors: str | None) -> None:
    """Put the text, its translations and the notes; what the editors put first is put already."""
    draft.begin("transcript", "normalised-transcript", _language(page.document) or language)
    draft.put_words(page.document, manner(), page.place, page.outside())
    for number, node in enumerate(page.translations, 1):
        key = "translation" if number == 1 else f"translation-{number}"
        draft.begin(key, "translation", node.get("xml:lang"))
        draft.put_words(node, manner(), page.place, page.outside([node]))
    draft.begin("catalogue-2", "catalogue-entry", editors)
    for note in page.notes:
        draft.put_words(note, manner(), page.place, page.outside([note]))


def _language(document: Node) -> str | None:
    """Return the language that the text itself is marked with."""
    for node in (
        document,
        *(one for one in document.find("body", "div") if not is_translation(one)),
    ):
        if language := node.get("xml:lang"):
            return language
    return None


def put_node(draft: Draft, page: Page, node: Node) -> Extent:
    """Put an editors' node on lines of its own."""
    draft.assembly.line()
    return draft.put_words(node, manner(), page.place, page.outside([node]))


def count_uncovered(page: Page) -> int:
    """Count the letters and signs of a document that no layer has."""
    hidden = [node for node in page.document.walk() if node.name in manner().skipped]
    words = "".join(run.text for node in (*page.left_out, *hidden) for run in node.runs())
    return len(re.sub(r"\s", "", words))
