"""A small invented graph as an output folder, for the tests of publication."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cablegraph.manifest import write_manifest
from cablegraph.namespaces import CBL, expand
from cablegraph.serialise.rdf import write_nquads, write_turtle
from cablegraph.terms import iri, literal, quad_line

BASE = "https://data.example.org/wires/"
HOSTILE = '"/><script>alert(1)</script>\u202egnp.exe'
T1, T2 = "telegram/t-1", "telegram/t-2"

TITLE = "Invented wires"
RIGHTS = "The texts are invented & nobody's."
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def thing(path: str) -> str:
    """Return the term of a thing."""
    return iri(f"{BASE}id/{path}")


def term(curie: str) -> str:
    """Return the term of a CURIE."""
    return iri(expand(curie))


def sample_lines() -> list[str]:
    """Return the graph: two telegrams, two people, a place, two units of an archive."""
    found: list[str] = []

    def say(graph: str, subject: str, predicate: str, value: str) -> None:
        found.append(quad_line(subject, predicate, value, iri(f"{BASE}graph/{graph}")))

    kind, label = term("rdf:type"), term("skos:prefLabel")
    for path, curie, name in (
        ("person/ann", "rico:Person", "Ann"), ("person/bob", "rico:Person", HOSTILE),
        ("place/port", "rico:Place", "Port"), ("unit/a/1", "rico:RecordSet", "fond 1"),
        ("unit/a/1/2", "rico:RecordSet", "opis 2"), ("person/old", "rico:Person", "Old"),
        ("person/gone", "rico:Person", "Gone"),
    ):  # fmt: skip
        say("authorities", thing(path), kind, term(curie))
        say("authorities", thing(path), label, literal(name, "en"))
    say("authorities", thing("unit/a/1/2"), term("rico:isOrWasIncludedIn"), thing("unit/a/1"))
    say("authorities", thing("person/old"), term("dcterms:isReplacedBy"), thing("person/ann"))
    true = literal("true", datatype=expand("xsd:boolean"))
    say("authorities", thing("person/gone"), term("owl:deprecated"), true)
    match = term("skos:exactMatch")
    say("authorities", thing("person/ann"), match, iri("http://authority.example.net/a/1"))
    say("authorities", thing("place/port"), match, iri("http://authority.example.net/p/2"))
    for graph, path in ((T1, T1), (T2, T2)):
        name, span = f"person/ann/name/{path[-1]}", f"{path}/text/transcript/span/0-3"
        say(graph, thing(path), kind, iri(CBL.Telegram))
        say(graph, thing(path), label, literal(f"Wire {path[-1]}", "en"))
        say(graph, thing(path), term("rico:hasSender"), thing("person/ann"))
        say(graph, thing(f"{path}/claim/1"), kind, iri(CBL.Claim))
        say(graph, thing(f"{path}/claim/1"), term("rdf:subject"), thing("person/ann"))
        say(graph, thing(f"{path}/claim/1"), iri(CBL.evidence), thing(span))
        say(graph, thing(f"{path}/date/sent"), kind, term("rico:Date"))
        edtf = literal(f"1951-0{path[-1]}-03", datatype=expand("edtf:EDTF"))
        say(graph, thing(f"{path}/date/sent"), iri(CBL.edtf), edtf)
        say(graph, thing(span), kind, term("oa:SpecificResource"))
        say(graph, thing(span), term("oa:hasSelector"), thing(f"{span}#quote"))
        say(graph, thing(f"{span}#quote"), kind, term("oa:TextQuoteSelector"))
        say(graph, thing(f"{span}#quote"), term("oa:exact"), literal("Ann"))
        say(graph, thing("person/ann"), term("rico:hasOrHadName"), thing(name))
        say(graph, thing(name), kind, iri(CBL.NameForm))
        say(graph, thing(name), iri(CBL.evidence), thing(span))
        # Said by each document: one statement of the whole.
        say(graph, thing("place/port"), term("skos:altLabel"), literal("Harbour", "en"))
    dataset = iri(f"{BASE}dataset")
    for curie, value in (
        ("rdf:type", term("void:Dataset")), ("rdf:type", term("dcat:Dataset")),
        ("dcterms:title", literal(TITLE, "en")), ("dcterms:rights", literal(RIGHTS, "en")),
        ("dcterms:publisher", literal("A. Publisher", "en")), ("dcterms:license", iri(LICENCE)),
        ("dcterms:issued", literal("2026-01-02", datatype=expand("xsd:date"))),
        ("dcterms:conformsTo", iri("https://w3id.org/cablegraph/def")),
        ("void:uriSpace", literal(f"{BASE}id/")),
    ):  # fmt: skip
        say("dataset", dataset, term(curie), value)
    return sorted(found)


def write_output(folder: Path, lines: Iterable[str]) -> Path:
    """Write an output folder with these statements, and return it."""
    kept = list(lines)
    write_nquads(kept, folder / "graph" / "cablegraph.nq")
    write_turtle(kept, folder / "graph" / "cablegraph.ttl")
    write_manifest(folder, {"documents": 2}, {"tool": "0"})
    return folder
