"""The names that a thing bears in the documents, and the posts that a person held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cablegraph.publication.site.addresses import anchor
from cablegraph.publication.site.told import Teller, Value
from cablegraph.terms import LiteralParts


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a name with the number of telegrams that have it."""

    key: str
    text: str
    language: str
    kind: str
    note: str
    count: int


@dataclass(frozen=True, slots=True)
class Post:
    """A post, where, and from when to when."""

    key: str
    also: str  # anchor of the post itself, where the first is that of its holding
    title: Value
    others: list[LiteralParts]
    where: Value | None
    time: str
    source: str


def read_forms(nodes: Sequence[str], path: str, teller: Teller) -> list[Form]:
    """Return the forms of a name, those in Latin letters first, then by their words."""
    facts = teller.facts
    found = []
    for node in nodes:
        written = facts.literals(node, "rico:textualValue")
        if not written:
            continue
        misspelt = facts.first(node, "cbl:misspells")
        documents = {
            place[0]
            for span in facts.values(node, "cbl:evidence")
            if (place := teller.addresses.place(span))
        }
        found.append(
            Form(
                key=anchor(teller.addresses.path(node) or "", path),
                text=written[0].text,
                language=written[0].language or "und",
                kind=teller.words(node, "cbl:kind"),
                note=f"misspells {teller.label(misspelt)}" if misspelt else "",
                count=len(documents),
            )
        )
    return sorted(found, key=lambda one: (one.language != "en", one.language, one.text, one.key))


def read_posts(nodes: Sequence[str], path: str, teller: Teller) -> list[Post]:
    """Return posts in order of their first day, those without days last."""
    facts = teller.facts
    times: dict[str, list[tuple[str, str, str]]] = {}
    posts = []
    for node in nodes:
        if facts.has_type(node, "rico:PositionHoldingRelation"):
            begin, end = facts.word(node, "rico:beginningDate"), facts.word(node, "rico:endDate")
            key = anchor(teller.addresses.path(node) or "", path)
            for post in facts.values(node, "rico:relationHasTarget"):
                time = f"{begin or '…'} – {end or '…'}" if begin or end else ""
                times.setdefault(post, []).append(
                    (time, key, facts.word(node, "rico:relationSource") or "")
                )
        elif facts.has_type(node, "rico:Position"):
            posts.append(node)
    found = []
    for post in posts:
        own = anchor(teller.addresses.path(post) or "", path)
        for number, (time, key, source) in enumerate(
            sorted(times.get(post, [])) or [("", own, "")]
        ):
            also = own if number == 0 and key != own else ""
            found.append(_post(post, (key, also), time, source, teller))
    return sorted(found, key=lambda one: (one.time or "~", one.title.text, one.key))


def _post(node: str, keys: tuple[str, str], time: str, source: str, teller: Teller) -> Post:
    labels = teller.facts.literals(node, "skos:prefLabel")
    where = teller.facts.first(node, "rico:existsOrExistedIn")
    return Post(
        key=keys[0],
        also=keys[1],
        title=Value(teller.label(node)),
        others=[one for one in labels if one.text != teller.label(node)],
        where=teller.value(where) if where else None,
        time=time,
        source=source,
    )
