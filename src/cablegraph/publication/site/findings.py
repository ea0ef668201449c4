"""What was read in a document: each node that has words of it, with all that can be said of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from cablegraph.explain.nodes import short as shorten
from cablegraph.namespaces import CBL, expand
from cablegraph.publication.site.addresses import anchor
from cablegraph.publication.site.facts import TYPE, first_of, term, text_of
from cablegraph.publication.site.passages import Passage
from cablegraph.publication.site.told import Teller, Value
from cablegraph.terms import natural_key, parse_literal

#: Told in places of their own, or said already by the heading.
_APART = {
    TYPE, *(f"<{one}>" for one in (
        CBL.evidence, CBL.rule, CBL.certainty, CBL.status, CBL.statusReason, CBL.conflictsWith,
        CBL.text,
    )),
    *(term(name) for name in (
        "oa:hasSource", "oa:hasSelector", "oa:hasTarget",
        "rdf:subject", "rdf:predicate", "rdf:object",
    )),
}  # fmt: skip
#: Longer literals (a whole text) are cut among the triples; the text stands on the page itself.
_TRIPLE_LIMIT = 300
_READ = "read"
_RIVAL = "cbl:conflictsWith"


class Category(NamedTuple):
    """A kind of finding, with the name of its style."""

    key: str
    title: str
    classes: tuple[str, ...]  # terms


class Rival(NamedTuple):
    """Another reading that can't be right together with this one."""

    value: Value
    status: str
    reason: str


class Decision(NamedTuple):
    """What an editor has settled."""

    by: str
    date: str
    reason: str
    action: str


class Finding(NamedTuple):
    """A node with its words, the rule that read them, its rivals and its triples."""

    key: str  # the anchor of its entry on the page
    category: str
    kind: str  # label of its class
    is_message: bool  # a message that stands inside another
    title: Value
    reading: str  # what an editor puts beside the words, with what it is; empty if nothing
    said: tuple[tuple[Value, tuple[Value, ...]], ...]
    passages: tuple[Passage, ...]
    rule: Value | None
    definition: str
    certainty: str
    status: str
    reason: str
    rivals: tuple[Rival, ...]
    decisions: tuple[Decision, ...]
    triples: str


#: The same terms come again and again in every document.
short = lru_cache(maxsize=65536)(shorten)


@cache
def list_categories() -> tuple[Category, ...]:
    """Return the categories in the order of the page."""
    text = resources.files(__package__).joinpath("categories.toml").read_text("utf-8")
    return tuple(
        Category(row["key"], row["title"], tuple(term(name) for name in row["classes"]))
        for row in tomllib.loads(text)["category"]
    )


@cache
def list_readings() -> dict[str, str]:
    """Return what a reading is called beside the words, by the kind of editorial mark."""
    text = resources.files(__package__).joinpath("categories.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)["readings"]
    return found


def find_category(types: list[str]) -> str:
    """Return the key of the first category that names one of the classes, else the last."""
    for category in list_categories():
        if not set(types).isdisjoint(category.classes):
            return category.key
    return list_categories()[-1].key


def to_finding(node: str, passages: tuple[Passage, ...], teller: Teller, page: str) -> Finding:
    """Tell a node that has words."""
    said = teller.facts.about(node)
    types = sorted(said.get(TYPE, ()))
    rule = first_of(said, "cbl:rule")
    path = teller.addresses.path(node) or node.strip("<>")
    return Finding(
        key=key_of(path, page),
        category=find_category(types),
        kind=teller.label(types[0]) if types else "",
        is_message=term("cbl:EmbeddedMessage") in types,
        title=_title(node, teller),
        reading=_beside(node, teller),
        said=_said(node, teller, f"<{teller.addresses.base}id/{page}>"),
        passages=passages,
        rule=teller.value(rule) if rule else None,
        definition=teller.definition(rule) if rule else "",
        certainty=_words(said, "cbl:certainty", teller),
        status=_words(said, "cbl:status", teller),
        reason=_words(said, "cbl:statusReason", teller),
        rivals=tuple(_rival(one, teller) for one in sorted(set(said.get(term(_RIVAL), ())))),
        decisions=_decisions(node, teller),
        triples=_triples(node, teller),
    )


def key_of(path: str, page: str) -> str:
    """Return the anchor of a node: below its own page short, else its whole path."""
    inside = path.startswith(f"{page}/")
    return anchor(path, page) if inside else anchor(path, "")


def _words(said: Mapping[str, list[str]], name: str, teller: Teller) -> str:
    found = said.get(term(name))
    return "; ".join(teller.value(one).text for one in sorted(set(found))) if found else ""


def _beside(node: str, teller: Teller) -> str:
    """Return the reading that is shown beside the words, unless they have it already."""
    reading = teller.facts.word(node, "cbl:reading")
    if not reading:
        return ""
    kind = (teller.facts.word(node, "cbl:kind") or "").rpartition("/")[2]
    if teller.facts.has_type(node, "cbl:EditorialMark") and kind:
        word = list_readings().get(kind, "")
    else:
        word = _READ
    return f"{word}: {reading}" if word else ""


def in_order(terms: list[str]) -> list[str]:
    """Return terms in the order of a reader, numbers by their value."""
    return sorted(terms, key=natural_key) if len(terms) > 1 else terms


def _title(node: str, teller: Teller) -> Value:
    facts = teller.facts
    said = facts.about(node)
    predicate, value = first_of(said, "rdf:predicate"), first_of(said, "rdf:object")
    if predicate and value:
        return Value(f"{teller.label(predicate)}: {teller.value(value).text}")
    kind = first_of(said, "cbl:kind")
    literals = [*facts.literals(node, "rico:textualValue"),
                *facts.literals(node, "rico:expressedDate")]  # fmt: skip
    if literals:
        text = " · ".join(dict.fromkeys(one.text for one in literals))
        whose = _owner(node, teller)
        told = f"{teller.label(kind)}: {text}" if kind else text
        return Value(f"{told} ({whose})" if whose else told)
    if kind and facts.has_type(node, "cbl:EditorialMark"):
        return Value(teller.label(kind))
    return Value(teller.label(node))


def _owner(node: str, teller: Teller) -> str:
    """Return whose name or post it is: of the thing that its path begins with."""
    place = teller.addresses.place(node)
    if place is None or place[0].startswith(("telegram/", "holding/")):
        return ""
    return teller.known.labels.get(place[0], "")


def _said(node: str, teller: Teller, whole: str) -> tuple[tuple[Value, tuple[Value, ...]], ...]:
    facts = teller.facts
    rows = []
    said = facts.about(node)
    predicate = first_of(said, "rdf:predicate")
    if predicate:
        about = [one for one in facts.values(node, "rdf:subject") if one != whole]
        if about:
            rows.append((Value("about"), tuple(teller.value(one) for one in about)))
        rows.append((teller.name(predicate), tuple(teller.values(node, "rdf:object"))))
    for name in sorted(said.keys() - _APART):
        values = tuple(teller.value(value) for value in in_order(said[name]))
        rows.append((teller.name(name), values))
    return tuple(rows)


def _rival(node: str, teller: Teller) -> Rival:
    value = Value(_title(node, teller).text, teller.addresses.href(node, teller.root))
    words = teller.words
    return Rival(value, words(node, "cbl:status"), words(node, "cbl:statusReason"))


def _decisions(node: str, teller: Teller) -> tuple[Decision, ...]:
    facts = teller.facts
    return tuple(
        Decision(
            by=facts.word(one, "dcterms:creator") or "",
            date=facts.word(one, "dcterms:date") or "",
            reason=facts.word(one, "dcterms:description") or "",
            action=facts.word(one, "dcterms:type") or "",
        )
        for one in facts.pointing(node, "cbl:decides")
    )


def _triples(node: str, teller: Teller) -> str:
    said = teller.facts.about(node)
    lines = [short(text_of(node))]
    for name in sorted(said):
        shown = "a" if name == TYPE else _written(name)
        values = said[name]
        for value in sorted(values) if len(values) > 1 else values:
            lines.append(f"    {shown} {_written(value)} ;")
    return "\n".join(lines).removesuffix(";") + "."


@lru_cache(maxsize=65536)
def _written(value: str) -> str:
    if value.startswith("<"):
        return short(text_of(value))
    text, language, datatype = parse_literal(value)
    shown = text if len(text) <= _TRIPLE_LIMIT else text[:_TRIPLE_LIMIT] + "…"
    tail = f"@{language}" if language else ""
    if datatype and datatype != expand("xsd:string"):
        tail = f"^^{short(datatype)}"
    return f'"{shown}"{tail}'
