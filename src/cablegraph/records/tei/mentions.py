"""State who and what the text mentions, where its encoding says which one is meant."""

from __future__ import annotations

from cablegraph.records.draft import Draft
from cablegraph.records.stated import AgentKind, Extent, StatedAgent, StatedPlace
from cablegraph.records.tei.agents import side_of
from cablegraph.records.tei.page import Page
from cablegraph.records.tei.volume import Volume
from cablegraph.sources.xml import Node

_AGENTS: dict[str, AgentKind] = {"persName": "person", "orgName": "org"}
_TYPES = {"person": "persName", "org": "orgName", "place": "placeName"}
_FRAMES = frozenset(("head", "dateline", "signed"))


def state_mentioned(draft: Draft, page: Page, volume: Volume) -> None:
    """State each that a name refers to once, with every place where it does.

    Shape: a name without a reference that leads anywhere is left to the rules for texts, as is
        the one whose holder is a side of the message already.
    """
    found: dict[tuple[str, ...], list[tuple[Node, Extent]]] = {}
    sides: set[tuple[str, ...]] = set()
    for node, words in page.placed.items():
        name = _element(node)
        if name not in ("persName", "orgName", "placeName"):
            continue
        refs = volume.refs(node)
        if refs and (side_of(node) or _framed(node)):
            sides.add(refs)
        elif refs:
            found.setdefault((name, *refs), []).append((node, words))
    for (name, *rest), places in found.items():
        if tuple(rest) not in sides:
            _state(draft, volume, name, tuple(rest), places)


def _element(node: Node) -> str:
    if node.name in ("rs", "name"):
        return _TYPES.get(node.get("type") or "", "")
    return node.name


def _framed(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.name in _FRAMES:
            return True
        parent = parent.parent
    return False


def _state(
    draft: Draft,
    volume: Volume,
    name: str,
    refs: tuple[str, ...],
    places: list[tuple[Node, Extent]],
) -> None:
    node = places[0][0]
    words = tuple(sorted(place for _, place in places))
    written, full = draft.words(places[0][1]), volume.full_name(node)
    if name == "placeName":
        draft.state(
            StatedPlace(words=words, role="mentioned", name=written, refs=refs, full_name=full)
        )
        return
    draft.state(
        StatedAgent(
            words=words,
            role="mentioned",
            name=written,
            kind=_AGENTS[name],
            refs=refs,
            full_name=full,
        )
    )
