"""The vocabulary on one page: an anchor for each class, property and concept."""

from __future__ import annotations

from dataclasses import dataclass

from cablegraph.explain.nodes import short
from cablegraph.namespaces import DEF, SCHEME
from cablegraph.publication.site.addresses import term_anchor
from cablegraph.publication.site.facts import TYPE, Facts, term
from cablegraph.publication.site.told import Teller, Value
from cablegraph.terms import LiteralParts, natural_key

_CLASS = term("owl:Class")
_APART = {
    TYPE,
    *(term(name) for name in (
        "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:inScheme",
        "skos:topConceptOf", "rdfs:isDefinedBy", "skos:broaderTransitive",
    )),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept."""

    key: str
    short: str
    label: str
    others: list[LiteralParts]
    definitions: list[str]
    said: list[tuple[Value, list[Value]]]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms under one heading."""

    key: str
    title: str
    definition: str
    terms: list[Term]


def read_vocabulary(teller: Teller) -> list[Section]:
    """Return classes, properties and the concept schemes, each with its terms."""
    facts = teller.facts
    own = sorted((node for node in facts if node.startswith(f"<{DEF}")), key=natural_key)
    classes = [node for node in own if _CLASS in facts.about(node).get(TYPE, ())]
    properties = [node for node in own if node not in set(classes)]
    sections = [
        Section("classes", "Classes", "", [_term(node, teller) for node in classes]),
        Section("properties", "Properties", "", [_term(node, teller) for node in properties]),
    ]
    concepts: dict[str, list[str]] = {}
    for node in facts:
        scheme = facts.first(node, "skos:inScheme")
        if scheme and node.startswith(f"<{SCHEME}"):
            concepts.setdefault(scheme, []).append(node)
    for scheme in sorted(concepts, key=natural_key):
        found = facts.literals(scheme, "skos:definition")
        terms = [_term(node, teller) for node in sorted(concepts[scheme], key=natural_key)]
        key = term_anchor(scheme.strip("<>"))
        sections.append(Section(key, teller.label(scheme), found[0].text if found else "", terms))
    return [section for section in sections if section.terms]


def vocabulary_facts(shared: Facts) -> Facts:
    """Return the vocabulary of the data, or that of the package where the data bring none."""
    if any(node.startswith(f"<{SCHEME}") for node in shared):
        return shared
    import pyoxigraph

    from cablegraph.resources import ontology_path

    files = [ontology_path("cablegraph.ttl"), *sorted(ontology_path("schemes").glob("*.ttl"))]
    lines = [
        f"{quad.triple} ."
        for file in files
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    ]
    return Facts(sorted(lines))


def _term(node: str, teller: Teller) -> Term:
    facts = teller.facts
    names = ("rdfs:label", "skos:prefLabel", "skos:altLabel")
    labels = [one for name in names for one in facts.literals(node, name)]
    said = facts.about(node)
    return Term(
        key=term_anchor(node.strip("<>")),
        short=short(node.strip("<>")),
        label=teller.label(node),
        others=[one for one in labels if one.language not in ("en", None)],
        definitions=[one.text for one in facts.literals(node, "skos:definition")],
        said=[
            (
                Value(teller.label(name)),
                [teller.value(one) for one in sorted(said[name], key=natural_key)],
            )
            for name in sorted(said.keys() - _APART, key=natural_key)
        ],
    )


def _values(terms: list[str], teller: Teller) -> list[Value]:
    return [teller.value(one) for one in sorted(terms, key=natural_key)]
