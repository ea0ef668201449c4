"""A small graph with what is hard to write, and a context for it."""

from __future__ import annotations

from typing import Any

from cablegraph.namespaces import CBL, PREFIXES, SCHEME, expand
from cablegraph.serialise.rdf import iri, literal, quad_line

BASE = "https://example.org/archive/id/"
DOCUMENT = "https://example.org/archive/graph/document/x-1"
AUTHORITIES = "https://example.org/archive/graph/authorities"
TELEGRAM = BASE + "telegram/x-1"

AWKWARD = [
    'He said: "Нет".',
    "первая\nвторая\r\nтретья\\",
    'ends with a mark\n"',
    'three """ marks\nover lines',
    "\u2028 and \u2029 and \x85 are not ends of a line",
    "\x01\x08\t\x0b\x0c\x1f\x7f",
    "",
    " ",
    "\n",
    "𐍈 beyond the basic plane",
]

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    **PREFIXES,
    "Telegram": "cbl:Telegram",
    "TextVersion": "cbl:TextVersion",
    "title": {"@id": "dcterms:title", "@container": ["@language", "@set"]},
    "label": {"@id": "skos:prefLabel", "@container": ["@language", "@set"]},
    "language": {"@id": "dcterms:language", "@container": "@set"},
    "textVersions": {"@id": "cbl:textVersion", "@type": "@id", "@container": "@set"},
    "numbers": {"@id": "rico:hasOrHadIdentifier", "@type": "@id", "@container": "@set"},
    "value": {"@id": "rico:textualValue", "@container": "@set"},
    "conflictsWith": {"@id": "cbl:conflictsWith", "@type": "@id", "@container": "@set"},
    "evidence": {"@id": "cbl:evidence", "@type": "@id", "@container": "@set"},
    "mentions": {"@id": "schema:mentions", "@type": "@id", "@container": "@set"},
    "status": {"@id": "cbl:status", "@type": "@id"},
    "kind": {"@id": "cbl:kind", "@type": "@vocab"},
    "certainty": {"@id": "cbl:certainty", "@type": "@id"},
    "rule": {"@id": "cbl:rule", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id", "@container": "@set"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "text": "cbl:text",
    "firstLeaf": {"@id": "cbl:firstLeaf", "@type": "xsd:integer"},
    "edtfDate": {"@id": "cbl:edtf", "@type": "edtf:EDTF"},
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@vocab"},
    "object": "rdf:object",
}


def statement(subject: str, curie: str, value: str, graph: str = DOCUMENT) -> str:
    """Return a line; *subject* is a path under the base, *value* a term."""
    return quad_line(iri(BASE + subject), iri(expand(curie)), value, iri(graph))


def node(path: str) -> str:
    """Return the term of a path under the base."""
    return iri(BASE + path)


def sample_lines() -> list[str]:
    """A telegram with two rival numbers, a span, two claims, and an authority graph."""
    t, span = "telegram/x-1", "telegram/x-1/text/scan/span/0-2"
    found = [
        statement(t, "rdf:type", iri(CBL.Telegram)),
        statement(t, "dcterms:title", literal("Telegram", "en")),
        statement(t, "dcterms:title", literal("Телеграмма", "ru")),
        statement(t, "dcterms:title", literal("no language")),
        statement(t, "dcterms:language", literal("ru")),
        statement(t, "cbl:textVersion", node(f"{t}/text/scan")),
        statement(t, "rico:hasOrHadIdentifier", node(f"{t}/number/a-10")),
        statement(t, "rico:hasOrHadIdentifier", node(f"{t}/number/a-9")),
        statement(t, "schema:mentions", node("person/mao")),
        statement(f"{t}/text/scan", "rdf:type", iri(CBL.TextVersion)),
        statement(f"{t}/text/scan", "cbl:firstLeaf", literal("7", datatype=expand("xsd:integer"))),
        statement(span, "rdf:type", iri(expand("oa:SpecificResource"))),
        statement(span, "oa:hasSource", node(f"{t}/text/scan")),
        statement(span, "oa:hasSelector", node(f"{span}#position")),
        statement(f"{span}#position", "rdf:type", iri(expand("oa:TextPositionSelector"))),
        statement(
            f"{span}#position",
            "oa:start",
            literal("0", datatype=expand("xsd:nonNegativeInteger")),
        ),
        statement("person/mao", "skos:prefLabel", literal("Mao Zedong", "en"), AUTHORITIES),
        statement("person/mao", "skos:prefLabel", literal("Мао Цзэдун", "ru"), AUTHORITIES),
        *(statement(f"{t}/text/scan", "cbl:text", literal(text)) for text in AWKWARD),
        *_numbers(t, span),
        *_claims(t, span),
    ]
    return sorted(found)


def _numbers(telegram: str, span: str) -> list[str]:
    nine, ten = f"{telegram}/number/a-9", f"{telegram}/number/a-10"
    return [
        statement(nine, "rico:textualValue", literal("9")),
        statement(nine, "cbl:conflictsWith", node(ten)),
        statement(nine, "cbl:kind", iri(SCHEME + "number/cipher-telegram-number")),
        statement(nine, "cbl:evidence", node(span)),
        statement(ten, "rico:textualValue", literal("10")),
        statement(ten, "cbl:conflictsWith", node(nine)),
        statement(ten, "cbl:edtf", literal("1951-07/1951-08", datatype=expand("edtf:EDTF"))),
    ]


def _claims(telegram: str, span: str) -> list[str]:
    """One claim repeats what is asserted, the other says what is not."""
    found = []
    for key, mentioned in (("asserted", "person/mao"), ("guessed", "person/kim")):
        claim = f"{telegram}/claim/{key}"
        found += [
            statement(claim, "rdf:type", iri(CBL.Claim)),
            statement(claim, "rdf:subject", node(telegram)),
            statement(claim, "rdf:predicate", iri(expand("schema:mentions"))),
            statement(claim, "rdf:object", node(mentioned)),
            statement(claim, "cbl:certainty", iri(SCHEME + "certainty/probable")),
            statement(claim, "cbl:evidence", node(span)),
            statement(claim, "cbl:rule", iri(SCHEME + "rule/lead-word")),
        ]
    guessed = f"{telegram}/claim/guessed"
    return [*found, statement(guessed, "cbl:status", iri(SCHEME + "status/hypothetical"))]
