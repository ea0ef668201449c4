"""Turn the claims of one document into statements.

A value that has a node of its own carries its evidence there; an edge or a plain literal is
asserted and carries it on a cbl:Claim that names the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from cablegraph.authorities.romanise import slug
from cablegraph.graph.evidence import TYPE, Spans, Triple
from cablegraph.graph.holdings import holding_triples
from cablegraph.graph.iris import Iris, concept
from cablegraph.namespaces import CBL, expand
from cablegraph.records.claims import (
    Bracket,
    Claim,
    Condition,
    Date,
    Decision,
    Entity,
    Happening,
    Link,
    Mark,
    Message,
    Name,
    Number,
    Offer,
    Party,
    Position,
    Reading,
    Reason,
    Reference,
    Stance,
    Statement,
    Text,
    Version,
)
from cablegraph.terms import iri, literal, quad_line

#: First steps of the paths of things that documents share.
SHARED = frozenset(
    {"person", "org", "group", "position", "place", "archive", "unit", "message", "recordset"}
)
_TELEGRAMS = ("ciphered-telegram", "telegram", "cable", "radio-message")
_ROLES = {
    "sender": expand("rico:hasSender"),
    "addressee": expand("rico:hasAddressee"),
    "intermediary": CBL.intermediary,
}


@lru_cache(maxsize=1 << 10)
def _p(curie: str) -> str:
    return iri(expand(curie))


def to_lines(reading: Reading, iris: Iris, rights: str = "") -> list[str]:
    """Return the N-Quads lines of one document, sorted, each once.

    Shape: in the graph of the document, save what several documents may say in the same words
        of a person, place, unit, absent message or what was put in one: that is said once, in the
        graph of the authorities, and only its evidence stays with the document. No blank node;
        the same claims give the same lines whatever their order.
    """
    own, shared = iris.graph(reading.path), iris.graph("authorities")
    first = len(iris.base) + len("<id/")
    evidence = iri(CBL.evidence)
    lines = set()
    graphs: dict[str, str] = {}
    for subject, predicate, term in _document(reading, iris, rights):
        if subject not in graphs:
            graphs[subject] = shared if _is_shared(subject[first:-1], reading.key) else own
        graph = own if predicate == evidence else graphs[subject]
        lines.add(quad_line(subject, predicate, term, graph))
    return sorted(lines)


def _is_shared(path: str, key: str) -> bool:
    """Tell whether several documents may speak of a thing: a proposal, unless its path has theirs.

    Source: the paths of proposals are told in extraction/stances/claims_offers.py.
    """
    kind, _, rest = path.partition("/")
    return kind in SHARED or (kind == "proposal" and not rest.partition("/")[0].endswith(key))


def _document(reading: Reading, iris: Iris, rights: str) -> Iterator[Triple]:
    spans = Spans(reading, iris)
    source = iris.source(reading.sha256)
    for type_ in _types(reading):
        yield iris.node(reading.path), TYPE, type_
    if not reading.kind:
        yield iris.node(reading.path), iri(CBL.attestation), concept("attestation", "extant")
    yield from _file(source, reading.source, reading.sha256)
    for other in (reading.others or {}).values():
        yield from _file(iris.source(other.sha256), other.name, other.sha256)
    writer = _Writer(reading, iris, spans, source, rights)
    for claim in reading.claims:
        yield from writer.write(claim)
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
        if isinstance(claim.value, Link) and claim.value.property == "rico:hasDocumentaryFormType"
    }
    encoded = any(claim.rule.startswith("encoded-") for claim in reading.claims)
    if not forms.isdisjoint(_TELEGRAMS) or not (forms or encoded):
        yield iri(CBL.Telegram)
    else:
        yield iri(CBL.Message)
        yield _p("rico:Record")


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


class _Writer:
    """Writes each kind of claim of one document."""

    def __init__(
        self, reading: Reading, iris: Iris, spans: Spans, source: str, rights: str
    ) -> None:
        self.reading, self.iris, self.spans = reading, iris, spans
        self.source, self.rights = source, rights

    def write(self, claim: Claim) -> Iterator[Triple]:
        """Yield the statements of one claim."""
        yield from _WRITERS[type(claim.value)](self, claim, claim.value)

    def node(self, claim: Claim, *types: str) -> Iterator[Triple]:
        """Yield types, evidence, certainty, status, rule and rivals of a claim's own node."""
        node = self.iris.node(claim.key)
        for type_ in types:
            yield node, TYPE, iri(expand(type_))
        yield from self.spans.support(node, claim.evidence)
        yield node, iri(CBL.certainty), concept("certainty", claim.certainty)
        yield node, iri(CBL.rule), concept("rule", claim.rule)
        if claim.status:
            yield node, iri(CBL.status), concept("status", claim.status)
        if claim.reason:
            yield node, iri(CBL.statusReason), literal(claim.reason)
        for rival in claim.rivals:
            yield node, iri(CBL.conflictsWith), self.iris.node(rival)

    def asserted(self, claim: Claim, predicate: str, term: str, key: str = "") -> Iterator[Triple]:
        """Yield a statement and the claim that shows its evidence."""
        about = self.iris.node(claim.about)
        if claim.status not in ("rejected", "hypothetical"):
            yield about, iri(predicate), term
        yield from self.reified(claim, about, predicate, term)

    def reified(self, claim: Claim, about: str, predicate: str, term: str) -> Iterator[Triple]:
        """Yield the claim that names a statement, without asserting it."""
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:Claim")
        yield node, _p("rdf:subject"), about
        yield node, _p("rdf:predicate"), iri(predicate)
        yield node, _p("rdf:object"), term

    def text(self, claim: Claim, value: Text) -> Iterator[Triple]:
        term = literal(value.text, language=value.language)
        yield from self.asserted(claim, expand(value.property), term)

    def link(self, claim: Claim, value: Link) -> Iterator[Triple]:
        yield from self.asserted(claim, expand(value.property), self.iris.node(value.target))
        if value.role:
            yield self.iris.node(claim.key), iri(CBL.role), concept("role", value.role)

    def number(self, claim: Claim, value: Number) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:RecordNumber")
        yield node, iri(CBL.kind), concept("number", value.kind)
        yield node, _p("rico:textualValue"), literal(value.written)
        yield self.iris.node(claim.about), _p("rico:hasOrHadIdentifier"), node

    def date(self, claim: Claim, value: Date) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "rico:Date")
        yield node, iri(CBL.kind), concept("date", value.kind)
        for written in value.written:
            yield node, _p("rico:expressedDate"), literal(written)
        if value.edtf:
            yield node, iri(CBL.edtf), literal(value.edtf, datatype=expand("edtf:EDTF"))
        yield self.iris.node(claim.about), _p("rico:isAssociatedWithDate"), node

    def reference(self, claim: Claim, value: Reference) -> Iterator[Triple]:
        yield from self.node(claim, "cbl:ArchivalReference")
        telegram = self.iris.node(self.reading.path)
        yield from holding_triples(claim, value, telegram, self.iris)

    def party(self, claim: Claim, value: Party) -> Iterator[Triple]:
        """A role with a property of its own is asserted; any other is a participation."""
        agent, about = self.iris.node(value.agent), self.iris.node(claim.about)
        predicate = _ROLES.get(value.role)
        if predicate and value.under is None:
            yield from self.asserted(claim, predicate, agent)
            return
        node = self.iris.node(claim.key)
        if predicate:
            yield about, iri(predicate), agent
        yield from self.node(claim, "cbl:Participation")
        yield node, iri(CBL.agent), agent
        yield node, iri(CBL.role), concept("role", value.role)
        yield about, iri(CBL.participation), node
        if value.under:
            yield node, iri(CBL.underName), self.iris.node(f"{value.agent}/name/{value.under}")

    def name(self, claim: Claim, value: Name) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:NameForm")
        yield node, iri(CBL.kind), concept("name", value.kind)
        yield node, _p("rico:textualValue"), literal(value.form, language=value.language)
        yield self.iris.node(claim.about), _p("rico:hasOrHadName"), node
        if value.correct:
            correct = self.iris.node(f"{claim.about}/name/{value.correct}")
            yield node, iri(CBL.misspells), correct

    def entity(self, claim: Claim, value: Entity) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, value.type)
        if claim.key.startswith("position/"):
            yield node, TYPE, _p("rico:Agent")  # it acts by itself: nobody says who holds it
        yield from _labels(node, value.labels)
        if claim.status is None:
            yield node, iri(CBL.status), concept("status", "unlisted")

    def message(self, claim: Claim, value: Message) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, value.type)
        yield node, _p("skos:prefLabel"), literal(value.label, language="en")
        if value.attestation:
            yield node, iri(CBL.attestation), concept("attestation", value.attestation)

    def version(self, claim: Claim, value: Version) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        selector = self.iris.node(f"{claim.key}#place")
        integer = expand("xsd:nonNegativeInteger")
        yield from self.node(claim, "cbl:TextVersion")
        yield self.iris.node(claim.about), iri(CBL.textVersion), node
        yield node, iri(CBL.kind), concept("version", value.kind)
        yield node, _p("dcterms:language"), literal(value.language)
        words = literal(self.reading.texts[value.layer], language=value.language)
        yield node, iri(CBL.text), words
        other = (self.reading.others or {}).get(value.layer)
        source = self.iris.source(other.sha256) if other else self.source
        yield node, _p("prov:wasDerivedFrom"), source
        yield node, _p("oa:hasSource"), source
        yield node, _p("oa:hasSelector"), selector
        yield selector, TYPE, _p("oa:TextPositionSelector")
        yield selector, _p("oa:start"), literal(str(value.start), datatype=integer)
        yield selector, _p("oa:end"), literal(str(value.end), datatype=integer)
        yield node, iri(CBL.startLine), literal(str(value.line), datatype=expand("xsd:integer"))
        if self.rights:
            yield node, _p("dcterms:rights"), literal(self.rights, language="en")
        for layer in value.derived_from:
            origin = self.iris.node(f"{claim.about}/text/{layer}")
            yield node, _p("prov:wasDerivedFrom"), origin

    def bracket(self, claim: Claim, value: Bracket) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:EditorialMark")
        yield node, iri(CBL.kind), concept("editorial", value.kind)
        if value.reading:
            yield node, iri(CBL.reading), literal(value.reading)
        for _, predicate, span in self.spans.support(node, claim.evidence):
            if predicate == iri(CBL.evidence):
                yield node, _p("oa:hasTarget"), span

    def position(self, claim: Claim, value: Position) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "rico:Position")
        yield from _labels(node, value.labels)
        yield self.iris.node(claim.about), _p("rico:occupiesOrOccupied"), node
        if value.body:
            yield node, _p("rico:existsOrExistedIn"), self.iris.node(value.body)

    def happening(self, claim: Claim, value: Happening) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "rico:Event")
        yield node, _p("skos:prefLabel"), literal(value.label, language="en")
        telegram = self.iris.node(self.reading.path)
        yield telegram, _p("rico:isAssociatedWithEvent"), node

    def offer(self, claim: Claim, value: Offer) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:Proposal")
        yield node, _p("skos:prefLabel"), literal(value.label, language=value.language)
        for agent in value.proposed_by:
            yield node, iri(CBL.proposedBy), self.iris.node(agent)
        if not value.proposed_by:
            yield node, iri(CBL.status), concept("status", "proposer-unstated")
        if value.proposed_in:
            yield node, iri(CBL.proposedIn), self.iris.node(value.proposed_in)
        if value.point:
            yield node, iri(CBL.pointNumber), literal(value.point)
        if value.part_of:
            yield node, _p("dcterms:isPartOf"), self.iris.node(value.part_of)
        yield self.iris.node(self.reading.path), iri(CBL.discusses), node

    def stance(self, claim: Claim, value: Stance) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:Stance")
        yield self.iris.node(claim.about), iri(CBL.expresses), node
        yield node, iri(CBL.onProposal), self.iris.node(value.on)
        yield node, iri(CBL.kind), concept("stance", value.kind)
        if value.force:
            yield node, iri(CBL.force), concept("force", value.force)
        for predicate, paths in (
            (CBL.holder, value.holders),
            (CBL.advises, value.advises),
            (CBL.condition, value.conditions),
            (CBL.reason, value.reasons),
            (CBL.answers, (value.answers,) if value.answers else ()),
        ):
            for path in paths:
                yield node, iri(predicate), self.iris.node(path)

    def condition(self, claim: Claim, value: Condition) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:Condition")
        yield node, iri(CBL.kind), concept("condition", value.kind)
        for agent in value.actors:
            yield node, iri(CBL.actor), self.iris.node(agent)
        if value.triggered_by:
            yield node, iri(CBL.triggeredBy), self.iris.node(value.triggered_by)

    def reason(self, claim: Claim, value: Reason) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:Reason")
        yield node, _p("skos:prefLabel"), literal(value.label, language=value.language)
        if value.condition:
            yield node, iri(CBL.condition), self.iris.node(value.condition)

    def mark(self, claim: Claim, value: Mark) -> Iterator[Triple]:
        node = self.iris.node(claim.key)
        yield from self.node(claim, "cbl:InscribedMark")
        yield self.iris.node(claim.about), iri(CBL.bearsMark), node
        yield node, iri(CBL.kind), concept("mark", value.kind)
        yield node, _p("rico:textualValue"), literal(value.text, language=value.language)
        if value.reading:
            yield node, iri(CBL.reading), literal(value.reading, language=value.language)
        if value.within:
            within = literal(value.within, datatype=expand("xsd:duration"))
            yield node, iri(CBL.returnWithin), within

    def statement(self, claim: Claim, value: Statement) -> Iterator[Triple]:
        about, term = self.iris.node(value.subject), self.iris.node(value.object)
        yield from self.reified(claim, about, expand(value.property), term)


def _labels(node: str, labels: dict[str, str]) -> Iterator[Triple]:
    for language, label in sorted(labels.items()):
        yield node, _p("skos:prefLabel"), literal(label, language=language)


_WRITERS: dict[type, Callable[[_Writer, Claim, Any], Iterable[Triple]]] = {
    Text: _Writer.text,
    Link: _Writer.link,
    Number: _Writer.number,
    Date: _Writer.date,
    Reference: _Writer.reference,
    Party: _Writer.party,
    Name: _Writer.name,
    Entity: _Writer.entity,
    Message: _Writer.message,
    Version: _Writer.version,
    Bracket: _Writer.bracket,
    Position: _Writer.position,
    Happening: _Writer.happening,
    Offer: _Writer.offer,
    Stance: _Writer.stance,
    Condition: _Writer.condition,
    Reason: _Writer.reason,
    Mark: _Writer.mark,
    Statement: _Writer.statement,
}
