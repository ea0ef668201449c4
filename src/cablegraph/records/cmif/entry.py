"""Read the entry of one letter, and what the file says of the edition that it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from cablegraph.errors import CablegraphError, LayoutError, shown
from cablegraph.records.claims import Certainty
from cablegraph.records.cmif.dates import ATTRIBUTES, write_edtf
from cablegraph.records.cmif.lines import Lines
from cablegraph.records.draft import Draft
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    Extent,
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedNumber,
    StatedPlace,
    StatedText,
)
from cablegraph.sources.xml import Node, XmlFile

_STEPS: tuple[Certainty, ...] = ("certain", "probable", "possible", "doubtful")
_IRI = re.compile(r"https?://\S+")


@cache
def _terms() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _unknown(what: str) -> re.Pattern[str]:
    return re.compile(_terms()["unknown"][what])


@dataclass(frozen=True, slots=True)
class Edition:
    """What the head of a list says of all its letters."""

    nodes: tuple[Node, ...]  # editor, publisher, licence, in the order of the file
    sources: dict[str, Node] = field(default_factory=dict)  # by identifier, in that order

    @classmethod
    def of(cls, xml: XmlFile, header: Node) -> Edition:
        """Find what is told in a header."""
        file = header.first("fileDesc")
        if file is None:
            return cls(())
        nodes = (
            node
            for node in file.find("editor", "publisher", "licence")
            if node.parent and node.parent.name in ("titleStmt", "publicationStmt", "availability")
        )
        bibls = (bibl for part in file.find("sourceDesc") for bibl in part.find("bibl"))
        return cls(tuple(nodes), {name: one for one in bibls if (name := one.get("xml:id"))})

    def of_entry(self, entry: Node) -> tuple[Node, ...]:
        """Return the sources that an entry names; the only one where it names none."""
        named = [part.removeprefix("#") for part in (entry.get("source") or "").split()]
        if not named and len(self.sources) == 1:
            return tuple(self.sources.values())
        return tuple(self.sources[name] for name in dict.fromkeys(named) if name in self.sources)


def read_entry(
    xml: XmlFile, edition: Edition, entry: Node, key: str
) -> Iterator[Record | CablegraphError]:
    """Yield the record of one letter, or the reason why there is none; and what it can't say."""
    actions = list(entry.find("correspAction"))
    if not actions:
        yield LayoutError(
            "a correspDesc without correspAction",
            where=xml.where(entry.start),
            remedy='state who sent the letter: <correspAction type="sent">',
        )
        return
    draft = Draft(xml, key)
    draft.begin("catalogue", "catalogue-entry")
    reader = _Entry(xml, draft, Lines(xml, draft))
    sources = edition.of_entry(entry)
    for node in sorted((*edition.nodes, *sources, entry), key=lambda one: one.start):
        reader.lines.put(node)
    reader.read_edition(edition, sources)
    reader.read_identity(entry)
    faults = [fault for action in actions if (fault := reader.read_action(action))]
    for note in entry.find("note", "correspContext"):
        reader.read_note(note)
    yield draft.record()
    yield from faults


@dataclass(slots=True)
class _Entry:
    """The letter that is being read."""

    xml: XmlFile
    draft: Draft
    lines: Lines

    def read_edition(self, edition: Edition, sources: tuple[Node, ...]) -> None:
        """State editor, publisher, licence and the editions that the letter comes from."""
        for node in edition.nodes:
            words = self.lines.of(node, "target")
            if node.name == "licence":
                self._state_licence(node, words)
            elif name := _own_words(node):
                term = "dcterms:contributor" if node.name == "editor" else "dcterms:publisher"
                self.draft.state(StatedText(words=words[:1], property=term, text=name))
        for bibl in sources:
            self._state_source(bibl)

    def _state_licence(self, node: Node, words: tuple[Extent, ...]) -> None:
        if words:
            self.draft.mark("rights", words[0])
        if (target := node.get("target")) and _IRI.fullmatch(target):
            words = self.lines.of(node, "target")[-1:]
            self.draft.state(StatedLink(words=words, property="dcterms:license", target=target))

    def _state_source(self, bibl: Node) -> None:
        words = self.lines.of(bibl)
        if bibl.text:
            term = "dcterms:bibliographicCitation"
            self.draft.state(StatedText(words=words, property=term, text=bibl.text))
        for ref in bibl.find("ref", "idno", "ptr"):
            target = ref.get("target") or ref.text
            place = self.lines.of(ref, "target")[-1:]
            if _IRI.fullmatch(target) and place:
                self.draft.state(StatedLink(words=place, property="dcterms:source", target=target))

    def read_identity(self, entry: Node) -> None:
        """State page, number and source of the letter."""
        for attribute, term in (
            ("ref", "schema:url"),
            ("source", "dcterms:source"),
            ("sameAs", "skos:exactMatch"),
        ):
            place = self.lines.values.get((entry, attribute))
            for target in (entry.get(attribute) or "").split():
                if place and _IRI.fullmatch(target):
                    self.draft.state(StatedLink(words=(place,), property=term, target=target))
        if place := self.lines.values.get((entry, "ref")):
            self.draft.mark("url", place)
        if (key := entry.get("key")) and (place := self.lines.values.get((entry, "key"))):
            number = StatedNumber(words=(place,), kind="repository-record-id", written=key)
            self.draft.state(number)

    def read_action(self, action: Node) -> LayoutError | None:
        """State who did what, where and when; a kind of action that is not known is a fault."""
        kind = action.get("type") or ""
        if kind not in _terms()["actions"]:
            known = ", ".join(_terms()["actions"])
            return LayoutError(
                f"a correspAction of type {shown(kind)}",
                where=self.xml.where(action.start),
                remedy=f"use one of {known}; the rest of the letter is kept",
            )
        role, place, day = _terms()["actions"][kind]
        shown_by = self.lines.of(action, "type")[-1:] if action.get("type") else ()
        for node in action.walk():
            if node.name == "date" and day:
                self._state_date(node, day)
            elif node.name in _terms()["places"]["elements"] or _kind(node) == "place":
                self._state_place(node, place, shown_by)
            elif node.name in _terms()["agents"] and not _is_part(node):
                self._state_agent(node, role, shown_by)
        return None

    def _state_agent(self, node: Node, role: str, shown_by: tuple[Extent, ...]) -> None:
        name, refs = _named(node, self.xml.file.path.name)
        self.draft.state(
            StatedAgent(
                words=(*self.lines.of(node, "ref"), *shown_by),
                certainty=_certainty(node),
                role=role,
                name=name,
                kind=_kind(node),  # type: ignore[arg-type]  # the table holds kinds of agents
                refs=refs,
            )
        )

    def _state_place(self, node: Node, role: Any, shown_by: tuple[Extent, ...]) -> None:
        name, refs = _named(node, self.xml.file.path.name)
        words = (*self.lines.of(node, "ref"), *shown_by)
        self.draft.state(
            StatedPlace(words=words, certainty=_certainty(node), role=role, name=name, refs=refs)
        )

    def _state_date(self, node: Node, kind: str) -> None:
        found = {
            name: value
            for name in ATTRIBUTES
            if (value := node.get(name) or node.get(f"{name}-iso"))
        }
        places = self.lines.of(node, *ATTRIBUTES, *(f"{name}-iso" for name in ATTRIBUTES))
        certainty = _certainty(node)
        doubtful = _STEPS.index(certainty) >= _STEPS.index("possible")
        written = node.text or "/".join(found.values())
        edtf = write_edtf(found, doubtful=doubtful)
        self.draft.state(
            StatedDate(words=places, certainty=certainty, kind=kind, written=written, edtf=edtf)
        )

    def read_note(self, note: Node) -> None:
        """State what version 2 says of a letter in references of a note."""
        for ref in note.find("ref"):
            name = re.split(r"[:/#]", ref.get("type") or "")[-1]
            what, _, term = str(_terms()["notes"].get(name, "")).partition(" ")
            target = ref.get("target") or ""
            words = self.lines.of(ref, "target")
            if what == "link" and _IRI.fullmatch(target):
                self.draft.state(StatedLink(words=words[-1:], property=term, target=target))
            elif what == "text" and (text := ref.text or target):
                self.draft.state(StatedText(words=words[:1], property=term, text=text))
            elif what == "place":
                found, refs = _named(ref, self.xml.file.path.name, "target")
                place = StatedPlace(words=words, role="mentioned", name=found, refs=refs)
                self.draft.state(place)
            elif what in ("person", "org"):
                self._state_mention(ref, what, words)
        text = _own_words(note)
        if note.name == "note" and text and not note.first("ref"):
            words = self.lines.of(note)
            self.draft.state(StatedText(words=words, property="skos:note", text=text))

    def _state_mention(self, ref: Node, kind: Any, words: tuple[Extent, ...]) -> None:
        name, refs = _named(ref, self.xml.file.path.name, "target")
        agent = StatedAgent(words=words, role="mentioned", name=name, kind=kind, refs=refs)
        self.draft.state(agent)


def _named(node: Node, file: str, attribute: str = "ref") -> tuple[str, tuple[str, ...]]:
    """Return name and references; both are empty for somebody of whom nothing is known.

    Shape: a reference within the file is told by the file's name, as ``list.xml#p1``.
    """
    refs = (node.get(attribute) or "").split()
    known = tuple(ref for ref in refs if not _unknown("references").fullmatch(ref))
    name = node.text
    if not known and (len(refs) or _unknown("names").fullmatch(name)):
        return "", ()
    full = tuple(f"{file}{ref}" if ref.startswith("#") else ref for ref in known)
    return name or next(iter(full), ""), full


def _kind(node: Node) -> str | None:
    kind = _terms()["agents"].get(node.name)
    if kind == "":
        kind = _terms()["kinds"].get((node.get("type") or "").lower())
    return str(kind) if kind else None


def _is_part(node: Node) -> bool:
    """Tell whether a name is part of another one, or a place that is no agent."""
    above = node.parent
    return above is not None and (above.name in _terms()["agents"] or _is_part(above))


def _certainty(node: Node) -> Certainty:
    """Return the lower one of what @cert and @evidence say, or of what the action says."""
    steps = _terms()["certainty"]
    values = [one.get(name) for one in (node, node.parent) if one for name in ("cert", "evidence")]
    found = [steps[value] for value in values if value in steps]
    return max(found, key=_STEPS.index, default="certain")


def _own_words(node: Node) -> str:
    """Return the words of an element without those of an address within it."""
    parts = [run.text for run in node.content if not isinstance(run, Node)]
    names = [child.text for child in node.children if child.name != "email"]
    return " ".join(" ".join([*parts, *names]).split())
