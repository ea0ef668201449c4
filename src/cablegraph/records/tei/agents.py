"""State who writes to whom by a head: what its markup says first, then what its words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cablegraph.records.claims import Certainty
from cablegraph.records.draft import Draft
from cablegraph.records.stated import AgentKind, Extent, StatedAgent
from cablegraph.records.tei.dates import certainty_of
from cablegraph.records.tei.heads import Party, Side, read_head
from cablegraph.records.tei.page import Page
from cablegraph.records.tei.parts import Part
from cablegraph.records.tei.sides import is_signature, kind_of
from cablegraph.records.tei.vocabulary import load, names
from cablegraph.records.tei.volume import Volume
from cablegraph.sources.xml import Node

SIDES: tuple[Side, ...] = ("sender", "addressee")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Headed:
    """A head with what its words say.

    Units: the places of the parties count in the draft.
    """

    node: Node
    parties: tuple[tuple[Party, Extent, Extent | None], ...]  # with name and office


def state_agents(draft: Draft, page: Page, volume: Volume, part: Part) -> bool:
    """State the sides of the first head that names any; return whether there is one."""
    heads = page.heads if not part.about else []
    for node in (*heads, *part.find("head")):
        if node not in page.placed:
            continue
        head = read_words(draft, node, page.placed[node])
        if facts := list(_sides(draft, page, volume, head, part.about)):
            for fact in facts:
                draft.state(fact)
            return True
    return False


def read_words(draft: Draft, node: Node, words: Extent) -> Headed:
    """Read the words of a head."""
    text = draft.assembly.words(words.start, words.end)
    parties = []
    for party in read_head(text):
        name, office = (
            Extent(words.start + one[0], words.start + one[1]) if one else None
            for one in (party.name, party.office)
        )
        if name and _LETTER.search(draft.words(name)):
            parties.append((party, name, office))
    return Headed(node, tuple(parties))


def _sides(
    draft: Draft, page: Page, volume: Volume, head: Headed, about: str
) -> Iterator[StatedAgent]:
    typed = [
        (side, node)
        for node in head.node.walk()
        if node in page.placed and (side := side_of(node)) is not None
    ]
    for side in SIDES:
        marked = [node for one, node in typed if one == side]
        for node in marked:
            yield from _marked(draft, page, volume, head, node, side, about)
        others = [node for _, node in typed]
        for party, name, office in head.parties:
            if party.side == side and not _covered(page, others, name, office):
                bearer = _bearer(page, head.node, name)
                if not marked or (bearer is not None and party.kind == "person"):
                    if bearer is not None and party.kind == "person":
                        name = page.placed[bearer]
                    yield _worded(draft, volume, party, (name, office), bearer, about)


def side_of(node: Node) -> Side | None:
    """Return the side that the type of a name gives it."""
    if node.name not in names("agents"):
        return None
    kind = (node.get("type") or node.get("role") or "").casefold()
    if kind in names("senders"):
        return "sender"
    return "addressee" if kind in names("addressees") else None


def _covered(page: Page, nodes: Sequence[Node], name: Extent, office: Extent | None) -> bool:
    """Tell whether markup already states a party."""
    places = [page.placed[node] for node in nodes]
    return any(_meet(place, one) for place in places for one in (name, office) if one)


def _meet(one: Extent, other: Extent) -> bool:
    return one.start < other.end and other.start < one.end


def _marked(
    draft: Draft, page: Page, volume: Volume, head: Headed, node: Node, side: Side, about: str
) -> Iterator[StatedAgent]:
    """State a name that markup puts on a side; its office stands before it in the words.

    Shape: one element may hold several persons, if it does not refer to one of a list.
    """
    place = page.placed[node]
    kind = agent_kind(node)
    sure = certainty_of(node)
    several = [
        (name, post)
        for party, name, post in head.parties
        if party.kind == "person" and place.start <= name.start and name.end <= place.end
    ]
    if kind == "person" and len(several) > 1 and not volume.refs(node):
        for one in several:
            yield _agent(draft, volume, side, kind, one, None, about, sure)
        return
    office: Extent | None = None
    for party, name, post in head.parties:
        if kind == "person" and _meet(name, place):
            office = post
        elif party.kind == "person" and post and _meet(post, place):
            place, office, kind = name, post, "person"  # a post in markup, its holder in brackets
    yield _agent(draft, volume, side, kind, (place, office), node, about, sure)


def _worded(
    draft: Draft,
    volume: Volume,
    party: Party,
    places: tuple[Extent, Extent | None],
    bearer: Node | None,
    about: str,
) -> StatedAgent:
    """State a party that the words alone put on a side."""
    kind = "person" if bearer is not None and bearer.name == "persName" else party.kind
    return _agent(draft, volume, party.side, kind, places, bearer, about, "certain")


def _bearer(page: Page, head: Node, name: Extent) -> Node | None:
    """Return the element that marks a name as one, without a side."""
    for node in head.walk():
        named = node.name in ("persName", "orgName", "rs")
        if named and node in page.placed and _meet(page.placed[node], name):
            return node
    return None


def _agent(
    draft: Draft,
    volume: Volume,
    role: str,
    kind: AgentKind,
    places: tuple[Extent, Extent | None],
    node: Node | None,
    about: str,
    certainty: Certainty,
) -> StatedAgent:
    name, office = places
    return StatedAgent(
        words=(name,),
        about=about,
        certainty=certainty,
        role=role,
        name=draft.words(name).strip(" ,;:"),
        kind=kind,
        refs=volume.refs(node) if node is not None else (),
        full_name=volume.full_name(node) if node is not None else None,
        office=draft.words(office) if office else None,
        office_words=(office,) if office else (),
    )


def agent_kind(node: Node) -> AgentKind:
    """Return what an element that names somebody says of the one it names."""
    kind: AgentKind | None = load("names.toml")["kinds"].get(node.name)
    if kind is None and node.name in ("name", "rs"):
        kind = {"person": "person", "org": "org"}.get(node.get("type") or "")  # type: ignore[assignment]  # literals
    return kind or kind_of(node.text)


def state_signed(draft: Draft, page: Page, volume: Volume, part: Part) -> None:
    """State who signed: the name in ``signed``, without the post on the lines below it.

    Shape: where the text is signed, the same names in its translation are nobody else's.
    """
    every = [
        signed
        for frame in part.find("signed", "closer")
        for signed in ([frame] if frame.name == "signed" else frame.find("signed"))
    ]
    translated = {node for text in page.translations for node in text.walk()}
    own = [node for node in every if node not in translated and node in page.placed]
    for signed in own or every:
        bearer = signed.first("persName")
        place = page.placed.get(bearer or signed)
        if place and (name := _first_name(draft, place, named=bearer is not None)):
            draft.state(
                _agent(draft, volume, "signatory", "person", (name, None), bearer,
                       part.about, "certain")
            )  # fmt: skip


def _first_name(draft: Draft, place: Extent, *, named: bool) -> Extent | None:
    """Return the name on the first line of a signature; a remark in brackets is none.

    Shape: what no element names is a name by its shape alone.
    """
    line = draft.assembly.words(place.start, place.end).split("\n", 1)[0]
    name = line.strip(" ,;:.")
    if "[" in line or not _LETTER.search(name) or not (named or is_signature(name)):
        return None
    start = place.start + line.index(name)
    return Extent(start, start + len(name))
