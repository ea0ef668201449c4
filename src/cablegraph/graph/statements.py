"""Turn the claims of one document into statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cablegraph.authorities.romanise import slug
from cablegraph.graph.evidence import TYPE
from cablegraph.graph.iris import TERMS, Iris, concept
from cablegraph.graph.kinds import Writer
from cablegraph.graph.lines import Lines, Said
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
    for subject, said in _document(reading, iris, source):
        lines.said[subject] += said
    writer = Writer(reading, iris, lines, source, rights)
    for claim in reading.claims:
        writer.write(claim)
    lines.settle()
    return lines


def _document(reading: Reading, iris: Iris, source: str) -> Iterator[tuple[str, Sequence[Said]]]:
    """Yield what the document is, its files, and what was decided about it, by subject."""
    said = [(TYPE, type_) for type_ in _types(reading)]
    if not reading.kind:
        said.append((TERMS["cbl:attestation"], concept("attestation", "extant")))
    yield iris.node(reading.path), said
    yield source, _say_file(reading.source, reading.sha256)
    for other in (reading.others or {}).values():
        yield iris.source(other.sha256), _say_file(other.name, other.sha256)
    for decision in reading.decisions:
        yield _decision(decision, iris)


def _say_file(name: str, sha256: str) -> Sequence[Said]:
    return (
        (TYPE, TERMS["cbl:SourceFile"]),
        (TERMS["dcterms:identifier"], literal(name)),
        (TERMS["schema:sha256"], literal(sha256)),
    )


def _types(reading: Reading) -> Sequence[str]:
    """Return the classes of what a document is.

    Shape: a document without a named form is a telegram, unless its encoding tells who sent it:
        then it may be any message.
    """
    if reading.kind:
        return (TERMS["rico:Record"],)
    forms = {
        claim.value.target.rpartition("/")[2]
        for claim in reading.claims
        if type(claim.value) is Link and claim.value.property == "rico:hasDocumentaryFormType"
    }
    if not forms.isdisjoint(_TELEGRAMS) or not (forms or _is_encoded(reading)):
        return (TERMS["cbl:Telegram"],)
    return TERMS["cbl:Message"], TERMS["rico:Record"]


def _is_encoded(reading: Reading) -> bool:
    return any(claim.rule.startswith("encoded-") for claim in reading.claims)


def _decision(decision: Decision, iris: Iris) -> tuple[str, Sequence[Said]]:
    """Return an entry of the editors' ledger: who decided what on which node, when and why."""
    decided = decision.decides or decision.claim
    name = f"{decision.document}-{decision.action}-{decided}-{decision.field}"
    return iris.node(f"decision/{slug(name)}"), (
        (TYPE, TERMS["cbl:Decision"]),
        (TERMS["cbl:decides"], iris.node(decided)),
        (TERMS["dcterms:type"], literal(decision.action)),
        (TERMS["dcterms:creator"], literal(decision.by)),
        (TERMS["dcterms:date"], literal(decision.date, datatype=expand("xsd:date"))),
        (TERMS["dcterms:description"], literal(decision.reason, language="en")),
    )
