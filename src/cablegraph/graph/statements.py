"""Turn the claims of one document into statements."""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.authorities.romanise import slug
from cablegraph.graph.evidence import TYPE, Triple
from cablegraph.graph.iris import TERMS, Iris, concept
from cablegraph.graph.kinds import Writer
from cablegraph.graph.lines import Lines
from cablegraph.namespaces import expand
from cablegraph.records.claims import Decision, Link, Reading
from cablegraph.terms import literal

_TELEGRAMS = ("ciphered-telegram", "telegram", "cable", "radio-message")


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
        yield iris.node(reading.path), TERMS["cbl:attestation"], concept("attestation", "extant")
    yield from _file(source, reading.source, reading.sha256)
    for other in (reading.others or {}).values():
        yield from _file(iris.source(other.sha256), other.name, other.sha256)
    for decision in reading.decisions:
        yield from _decision(decision, iris)


def _file(source: str, name: str, sha256: str) -> Iterator[Triple]:
    yield source, TYPE, TERMS["cbl:SourceFile"]
    yield source, TERMS["dcterms:identifier"], literal(name)
    yield source, TERMS["schema:sha256"], literal(sha256)


def _types(reading: Reading) -> Iterator[str]:
    """Yield the classes of what a document is.

    Shape: a document without a named form is a telegram, unless its encoding tells who sent it:
        then it may be any message.
    """
    if reading.kind:
        yield TERMS["rico:Record"]
        return
    forms = {
        claim.value.target.rpartition("/")[2]
        for claim in reading.claims
        if type(claim.value) is Link and claim.value.property == "rico:hasDocumentaryFormType"
    }
    if not forms.isdisjoint(_TELEGRAMS) or not (forms or _is_encoded(reading)):
        yield TERMS["cbl:Telegram"]
    else:
        yield TERMS["cbl:Message"]
        yield TERMS["rico:Record"]


def _is_encoded(reading: Reading) -> bool:
    return any(claim.rule.startswith("encoded-") for claim in reading.claims)


def _decision(decision: Decision, iris: Iris) -> Iterator[Triple]:
    """Yield an entry of the editors' ledger: who decided what on which node, when and why."""
    decided = decision.decides or decision.claim
    name = f"{decision.document}-{decision.action}-{decided}-{decision.field}"
    node = iris.node(f"decision/{slug(name)}")
    yield node, TYPE, TERMS["cbl:Decision"]
    yield node, TERMS["cbl:decides"], iris.node(decided)
    yield node, TERMS["dcterms:type"], literal(decision.action)
    yield node, TERMS["dcterms:creator"], literal(decision.by)
    yield node, TERMS["dcterms:date"], literal(decision.date, datatype=expand("xsd:date"))
    yield node, TERMS["dcterms:description"], literal(decision.reason, language="en")
