"""What the overviews keep of each document: who wrote to whom, when, about what."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cablegraph.publication.site.facts import TYPE, term
from cablegraph.publication.site.notes import find_day
from cablegraph.publication.site.passages import Passage
from cablegraph.publication.site.search import pack_words
from cablegraph.publication.site.told import Teller


class Brief(msgspec.Struct, frozen=True, array_like=True):
    """A stance in a few words, for the matrix."""

    proposal: str  # path
    holders: tuple[str, ...]  # paths
    kind: str
    key: str  # anchor of its entry on the telegram's page


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One document; people and places are paths."""

    path: str
    title: str
    date: str
    senders: tuple[str, ...]
    addressees: tuple[str, ...]
    places: tuple[str, ...]
    stances: tuple[Brief, ...]
    words: bytes  # stems for the search, each with how often it stands there, packed


def to_entry(
    path: str,
    passages: Mapping[str, tuple[Passage, ...]],
    words: tuple[tuple[str, int], ...],
    teller: Teller,
) -> Entry:
    """Tell one document to the overviews."""
    node = f"<{teller.addresses.base}id/{path}>"
    facts = teller.facts
    mentioned = {
        *facts.values(node, "schema:mentions"),
        *facts.values(node, "rico:isAssociatedWithPlace"),
    }
    return Entry(
        path=path,
        title=teller.label(node),
        date=find_day(node, facts),
        senders=_paths(facts.values(node, "rico:hasSender"), teller),
        addressees=_paths(facts.values(node, "rico:hasAddressee"), teller),
        places=tuple(p for p in _paths(mentioned, teller) if p.startswith("place/")),
        stances=tuple(_briefs(path, passages, teller)),
        words=pack_words(words),
    )


def _paths(nodes: list[str] | set[str], teller: Teller) -> tuple[str, ...]:
    found = (teller.addresses.path(node) for node in sorted(nodes))
    return tuple(path for path in found if path in teller.known.labels and path is not None)


def _briefs(path: str, passages: Mapping[str, tuple[Passage, ...]], teller: Teller) -> list[Brief]:
    kind = term("cbl:Stance")
    facts = teller.facts
    found = []
    for node in passages:
        if kind not in facts.about(node).get(TYPE, ()):
            continue
        own = (teller.addresses.path(node) or "").removeprefix(f"{path}/")
        for proposal in _paths(facts.values(node, "cbl:onProposal"), teller):
            holders = _paths(facts.values(node, "cbl:holder"), teller)
            found.append(Brief(proposal, holders, teller.words(node, "cbl:kind"), own))
    return found
