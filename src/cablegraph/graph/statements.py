"""Turn the claims of one document into statements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cablegraph.authorities.romanise import slug
from cablegraph.graph.evidence import TYPE, Triple
from cablegraph.graph.iris import Iris, concept
from cablegraph.graph.kinds import Writer
from cablegraph.graph.lines import Lines
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import Decision, Link, Reading
from cablegraph.terms import iri, literal

_TELEGRAMS = ("ciphered-telegram", "telegram", "cable", "radio-message")


@lru_cache(maxsize=1 << 8)
def _p(curie: str) -> str:
    return iri(expand(curie))


def to_lines(reading: Reading, iris: Iris, rights: str = "") -> list[str]:
    """Return the N-Quads lines of one document, sorted, each once."""
    return state(reading, iris, rights).sorted()


def state(reading: Reading, iris: Iris, rights: str = "") -> Lines:
    """Return the statements of one document.

    Shape: no blank node; the same claims give the same lines whatever their order. Which graph a
        statement is in, ``Lines`` says.
    """
    lines = Lines(reading, iris)
    source = iris.source(reading.sha256)
    for triple in _document(reading, iris, source):
        lines.add(*triple)
    writer = Writer(reading, iris, lines, source, rights)
    for claim in reading.claims:
        writer.write(claim)
    lines.settle()
    return lines


def _document(reading: Reading, iris: Iris, source: str) -> Iterator[Triple]:
    """Yield what the document is, its files, and what was decided about it."""
    for type_ in _types(reading):
        yield iris.node(reading.path), TYPE, type_
    if not reading.kind:
        yield iris.node(reading.path), iri(CBL.attestation), concept("attestation", "extant")
    yield from _file(source, reading.source, reading.sha256)
    for other in (reading.others or {}).values():
        yield from _file(iris.source(other.sha256), other.name, other.sha256)
    for decision in reading.decisions:
        yield from _decision(decision, iris)


def _file(source: str, name: str, sha256: str) -> Iterator[Triple]:
    yield source, TYPE, iri(CBL.SourceFile)
    yield source, _p("dcterms:identifier"), literal(name)
    yield source, _p("schema:sha256"), literal(sha256)


def _types(reading: Reading) -> Iterator[str]:
    """Yield the classes of what a document is.

    Shape: a document without a named form is a telegram, unless its encoding tells who sent it:
        then it may be any message.
    """
    if reading.kind:
        yield _p("rico:Record")
        return
    forms = {
        claim.value.target.rpartition("/")[2]
        for claim in reading.claims
        if type(claim.value) is Link and claim.value.property == "rico:hasDocumentaryFormType"
    }
    if not forms.isdisjoint(_TELEGRAMS) or not (forms or _is_encoded(reading)):
        yield iri(CBL.Telegram)
    else:
        yield iri(CBL.Message)
        yield _p("rico:Record")


def _is_encoded(reading: Reading) -> bool:
    return any(claim.rule.startswith("encoded-") for claim in reading.claims)


def _decision(decision: Decision, iris: Iris) -> Iterator[Triple]:
    """Yield an entry of the editors' ledger: who decided what on which node, when and why."""
    decided = decision.decides or decision.claim
    name = f"{decision.document}-{decision.action}-{decided}-{decision.field}"
    node = iris.node(f"decision/{slug(name)}")
    yield node, TYPE, iri(CBL.Decision)
    yield node, iri(CBL.decides), iris.node(decided)
    yield node, _p("dcterms:type"), literal(decision.action)
    yield node, _p("dcterms:creator"), literal(decision.by)
    yield node, _p("dcterms:date"), literal(decision.date, datatype=expand("xsd:date"))
    yield node, _p("dcterms:description"), literal(decision.reason, language="en")
