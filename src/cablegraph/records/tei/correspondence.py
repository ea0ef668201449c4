"""State what a correspDesc says: who sent, got and passed on a letter, where, and when."""

from __future__ import annotations

import re

from cablegraph.records.claims import Certainty
from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent, StatedAgent, StatedDate, StatedLink, StatedPlace
from cablegraph.records.tei.agents import agent_kind
from cablegraph.records.tei.dates import certainty_of, date_attributes, find_date, read_date
from cablegraph.records.tei.vocabulary import load, manner
from cablegraph.records.tei.volume import Volume
from cablegraph.sources.xml import Node

_AGENTS = ("persName", "orgName", "name", "rs")
_PLACES = ("placeName", "settlement", "country", "region", "geogName")
_DATES = ("date", "time")
_ORDER = ("sent", "received")
_LETTER = re.compile(r"[^\W\d_]")


def put_correspondence(draft: Draft, volume: Volume, description: Node) -> None:
    """Put every action of a description on its lines and state it.

    Shape: actions without a type, where none has one, are the sending and the receipt.
    """
    actions = [node for node in description.children if node.name == "correspAction"]
    typed = any(node.get("type") for node in actions)
    for number, action in enumerate(actions):
        kind = (action.get("type") or "").casefold()
        certainty = certainty_of(action)
        if not typed and number < len(_ORDER):
            kind, certainty = _ORDER[number], "probable"
        _put_action(draft, volume, action, kind, certainty)
    for node in description.children:
        if node.name in ("note", "correspContext"):
            _put_context(draft, volume, node)


def _put_action(
    draft: Draft, volume: Volume, action: Node, kind: str, certainty: Certainty
) -> None:
    roles = load("names.toml")["actions"].get(kind, {})
    for node in action.children:
        words = _put(draft, volume, node)
        if not words:
            continue
        sure = _surer(node, certainty)
        if node.name in _AGENTS and not _is_place(node):
            _state_agent(draft, volume, node, words, roles.get("agent"), sure)
        elif node.name in _PLACES or node.name in _AGENTS:
            _state_place(draft, volume, node, words, roles.get("place"), sure)
        elif node.name in _DATES:
            _state_date(draft, node, words, roles.get("date"), sure)


def _put(draft: Draft, volume: Volume, node: Node) -> list[Extent]:
    """Put the words of an item and then the values that refine them, each on its line."""
    draft.assembly.line()
    places = [draft.put_words(node, manner())]
    draft.assembly.line()
    names = date_attributes() if node.name in _DATES else ("ref", "key")
    for name in names:
        run = volume.value(node, name)
        if run is not None and run.text.strip():
            places.append(draft.put_line(run))
    return [place for place in places if place.start < place.end]


def _surer(node: Node, certainty: Certainty) -> Certainty:
    """Return how sure an item is: by itself, by its evidence, by the action it is in."""
    if node.get("cert"):
        return certainty_of(node)
    known: dict[str, Certainty] = load("names.toml")["evidence"]
    return known.get(node.get("evidence") or "", certainty)


def _is_place(node: Node) -> bool:
    return node.name in ("name", "rs") and node.get("type") == "place"


def _state_agent(
    draft: Draft,
    volume: Volume,
    node: Node,
    words: list[Extent],
    role: str | None,
    certainty: Certainty,
) -> None:
    name = node.text or volume.full_name(node) or ""
    if role is None or not _LETTER.search(name) or not node.text:
        return
    post = node.first("roleName")
    draft.state(
        StatedAgent(
            words=tuple(words),
            certainty=certainty,
            role=role,
            name=name.strip(" ,;"),
            kind=agent_kind(node) if node.name != "name" or node.get("type") else None,
            refs=volume.refs(node),
            full_name=volume.full_name(node),
            office=post.text if post is not None and post.text != name else None,
        )
    )


def _state_place(
    draft: Draft,
    volume: Volume,
    node: Node,
    words: list[Extent],
    role: str | None,
    certainty: Certainty,
) -> None:
    if role in ("origin", "destination", "mentioned") and _LETTER.search(node.text):
        draft.state(
            StatedPlace(
                words=tuple(words),
                certainty=certainty,
                role=role,  # type: ignore[arg-type]  # one of the three
                name=node.text.strip(" ,;"),
                refs=volume.refs(node),
                full_name=volume.full_name(node),
            )
        )


def _state_date(
    draft: Draft, node: Node, words: list[Extent], kind: str | None, certainty: Certainty
) -> None:
    edtf = read_date(node)
    if edtf is None and (found := find_date(node.text)):
        edtf = found.edtf()
    if kind:
        written = node.text or draft.words(words[0])
        draft.mark("date", words[0])
        draft.state(
            StatedDate(
                words=tuple(words), certainty=certainty, kind=kind, written=written, edtf=edtf
            )
        )


def _put_context(draft: Draft, volume: Volume, node: Node) -> None:
    """Put what stands around the letter; a neighbour with an address of its own is linked."""
    draft.assembly.line()
    draft.put_words(node, manner())
    draft.assembly.line()
    for ref in node.find("ref"):
        run = volume.value(ref, "target")
        if run is not None and re.match(r"https?://\S+$", run.text.strip()):
            words = draft.put_line(run)
            target = run.text.strip()
            draft.state(StatedLink(words=(words,), property="dcterms:relation", target=target))
