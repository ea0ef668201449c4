"""What each kind of claim states.

A value that has a node of its own carries its evidence there; an edge or a plain literal is
asserted and carries it on a cbl:Claim that names the statement.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cablegraph.graph.evidence import TYPE, Spans
from cablegraph.graph.holdings import write_holding
from cablegraph.graph.iris import TERMS, Iris, concept
from cablegraph.graph.lines import Lines
from cablegraph.graph.spans import START_LINE
from cablegraph.namespaces import expand
from cablegraph.records.claims import (
    Bracket,
    Claim,
    Condition,
    Date,
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
from cablegraph.terms import iri, literal


@lru_cache(maxsize=1 << 10)
def _p(curie: str) -> str:
    return iri(expand(curie))


_CERTAINTY, _RULE, _STATUS = TERMS["cbl:certainty"], TERMS["cbl:rule"], TERMS["cbl:status"]
_ROLE = TERMS["cbl:role"]
_KIND, _WRITTEN, _LABEL = TERMS["cbl:kind"], TERMS["rico:textualValue"], TERMS["skos:prefLabel"]
_COUNT, _LINE = (f"^^{TERMS[name]}" for name in ("xsd:nonNegativeInteger", "xsd:integer"))
_SUBJECT, _PREDICATE, _OBJECT = TERMS["rdf:subject"], TERMS["rdf:predicate"], TERMS["rdf:object"]
_EDTF, _DURATION = expand("edtf:EDTF"), expand("xsd:duration")
_ROLES = {
    "sender": TERMS["rico:hasSender"],
    "addressee": TERMS["rico:hasAddressee"],
    "intermediary": TERMS["cbl:intermediary"],
}


@lru_cache(maxsize=1 << 10)
def _say_origin(type_: str, certainty: str, rule: str) -> tuple[tuple[str, str], ...]:
    """Return what is stated of every claim's own node: class, certainty and rule."""
    return (
        (TYPE, _p(type_)),
        (_CERTAINTY, concept("certainty", certainty)),
        (_RULE, concept("rule", rule)),
    )


class Writer:
    """Writes each kind of claim of one document; *source* is the term of its file."""

    def __init__(
        self, reading: Reading, iris: Iris, lines: Lines, source: str, rights: str
    ) -> None:
        self.reading, self.iris, self.lines = reading, iris, lines
        self.term = iris.namer()
        self.add, self.add_all, self.said = lines.add, lines.add_all, lines.said
        self.spans = Spans(reading, iris, lines)
        self.source, self.rights = source, rights

    def write(self, claim: Claim) -> None:
        """State one claim."""
        _WRITERS[type(claim.value)](self, claim, claim.value)

    def node(self, claim: Claim, type_: str, *said: tuple[str, str]) -> str:
        """State class, evidence, certainty, status, rule and rivals of a claim's own node.

        Shape: *said* is what else there is to state of it, as predicates and terms.
        """
        node = self.term(claim.key)
        rows = self.said[node]
        rows += said
        rows += _say_origin(type_, claim.certainty, claim.rule)
        if claim.evidence:
            self.spans.support(node, claim.evidence)
        if claim.status:
            self.add(node, _STATUS, concept("status", claim.status))
        if claim.reason:
            self.add(node, TERMS["cbl:statusReason"], literal(claim.reason))
        for rival in claim.rivals:
            self.add(node, TERMS["cbl:conflictsWith"], self.term(rival))
        return node

    def asserted(self, claim: Claim, predicate: str, term: str) -> str:
        """State something, and name it by the claim that shows its evidence."""
        about = self.term(claim.about)
        if claim.status not in ("rejected", "hypothetical"):
            self.add(about, predicate, term)
        return self.reified(claim, about, predicate, term)

    def reified(self, claim: Claim, about: str, predicate: str, term: str) -> str:
        """State the claim that names a statement, without asserting it."""
        return self.node(
            claim, "cbl:Claim", (_OBJECT, term), (_PREDICATE, predicate), (_SUBJECT, about)
        )

    def text(self, claim: Claim, value: Text) -> None:
        """State a literal property."""
        term = literal(value.text, language=value.language)
        self.asserted(claim, _p(value.property), term)

    def link(self, claim: Claim, value: Link) -> None:
        """State an edge."""
        node = self.asserted(claim, _p(value.property), self.term(value.target))
        if value.role:
            self.add(node, _ROLE, concept("role", value.role))

    def number(self, claim: Claim, value: Number) -> None:
        """State a number that an office gave."""
        kind, written = concept("number", value.kind), literal(value.written)
        node = self.node(claim, "cbl:RecordNumber", (_KIND, kind), (_WRITTEN, written))
        self.add(self.term(claim.about), TERMS["rico:hasOrHadIdentifier"], node)

    def date(self, claim: Claim, value: Date) -> None:
        """State a date as written and in its normal form."""
        node = self.node(claim, "rico:Date", (_KIND, concept("date", value.kind)))
        for written in value.written:
            self.add(node, TERMS["rico:expressedDate"], literal(written))
        if value.edtf:
            self.add(node, TERMS["cbl:edtf"], literal(value.edtf, datatype=_EDTF))
        self.add(self.term(claim.about), TERMS["rico:isAssociatedWithDate"], node)

    def reference(self, claim: Claim, value: Reference) -> None:
        """State a copy with its shelf reference."""
        telegram = self.term(self.reading.path)
        parts = write_holding(claim, value, telegram, self.iris, self.lines)
        self.node(claim, "cbl:ArchivalReference", *parts)

    def party(self, claim: Claim, value: Party) -> None:
        """A role with a property of its own is asserted; any other is a participation."""
        agent, about = self.term(value.agent), self.term(claim.about)
        predicate = _ROLES.get(value.role)
        if predicate and value.under is None:
            self.asserted(claim, predicate, agent)
            return
        role = concept("role", value.role)
        node = self.node(claim, "cbl:Participation", (TERMS["cbl:agent"], agent), (_ROLE, role))
        if predicate:
            self.add(about, predicate, agent)
        self.add(about, TERMS["cbl:participation"], node)
        if value.under:
            self.add(node, TERMS["cbl:underName"], self.term(f"{value.agent}/name/{value.under}"))

    def name(self, claim: Claim, value: Name) -> None:
        """State a written form of a name."""
        form = literal(value.form, language=value.language)
        node = self.node(
            claim, "cbl:NameForm", (_KIND, concept("name", value.kind)), (_WRITTEN, form)
        )
        self.add(self.term(claim.about), TERMS["rico:hasOrHadName"], node)
        if value.correct:
            correct = self.term(f"{claim.about}/name/{value.correct}")
            self.add(node, TERMS["cbl:misspells"], correct)

    def entity(self, claim: Claim, value: Entity) -> None:
        """State an entity that the authority file does not hold."""
        node = self.node(claim, value.type)
        if claim.key.startswith("position/"):
            self.add(node, TYPE, TERMS["rico:Agent"])  # acts by itself: nobody says who holds it
        self.labels(node, value.labels)
        if claim.status is None:
            self.add(node, _STATUS, concept("status", "unlisted"))

    def message(self, claim: Claim, value: Message) -> None:
        """State another message."""
        node = self.node(claim, value.type)
        self.add(node, _LABEL, literal(value.label, language="en"))
        if value.attestation:
            self.add(node, TERMS["cbl:attestation"], concept("attestation", value.attestation))

    def version(self, claim: Claim, value: Version) -> None:
        """State a text version with its words."""
        node = self.term(claim.key)
        selector = self.term(f"{claim.key}#place")
        words = literal(self.reading.texts[value.layer], language=value.language)
        other = (self.reading.others or {}).get(value.layer)
        source = self.iris.source(other.sha256) if other else self.source
        self.node(
            claim,
            "cbl:TextVersion",
            (_KIND, concept("version", value.kind)),
            (TERMS["dcterms:language"], literal(value.language)),
            (TERMS["cbl:text"], words),
            (TERMS["prov:wasDerivedFrom"], source),
            (TERMS["oa:hasSource"], source),
            (TERMS["oa:hasSelector"], selector),
            (START_LINE, f'"{value.line}"{_LINE}'),
        )
        self.add_all(
            selector,
            (TYPE, TERMS["oa:TextPositionSelector"]),
            (TERMS["oa:start"], f'"{value.start}"{_COUNT}'),
            (TERMS["oa:end"], f'"{value.end}"{_COUNT}'),
        )
        self.add(self.term(claim.about), TERMS["cbl:textVersion"], node)
        if self.rights:
            self.add(node, TERMS["dcterms:rights"], literal(self.rights, language="en"))
        for layer in value.derived_from:
            origin = self.term(f"{claim.about}/text/{layer}")
            self.add(node, TERMS["prov:wasDerivedFrom"], origin)

    def bracket(self, claim: Claim, value: Bracket) -> None:
        """State a trace of an editor."""
        node = self.node(claim, "cbl:EditorialMark", (_KIND, concept("editorial", value.kind)))
        if value.reading:
            self.add(node, TERMS["cbl:reading"], literal(value.reading))
        for span in self.spans.support(node, claim.evidence):
            self.add(node, TERMS["oa:hasTarget"], span)

    def position(self, claim: Claim, value: Position) -> None:
        """State a post and who holds it."""
        node = self.node(claim, "rico:Position")
        self.labels(node, value.labels)
        self.add(self.term(claim.about), TERMS["rico:occupiesOrOccupied"], node)
        if value.body:
            self.add(node, TERMS["rico:existsOrExistedIn"], self.term(value.body))

    def happening(self, claim: Claim, value: Happening) -> None:
        """State an event of which the message speaks."""
        node = self.node(claim, "rico:Event", (_LABEL, literal(value.label, language="en")))
        telegram = self.term(self.reading.path)
        self.add(telegram, TERMS["rico:isAssociatedWithEvent"], node)

    def offer(self, claim: Claim, value: Offer) -> None:
        """State a proposal."""
        node = self.node(claim, "cbl:Proposal")
        self.add(node, _LABEL, literal(value.label, language=value.language))
        for agent in value.proposed_by:
            self.add(node, TERMS["cbl:proposedBy"], self.term(agent))
        if not value.proposed_by:
            self.add(node, _STATUS, concept("status", "proposer-unstated"))
        if value.proposed_in:
            self.add(node, TERMS["cbl:proposedIn"], self.term(value.proposed_in))
        if value.point:
            self.add(node, TERMS["cbl:pointNumber"], literal(value.point))
        if value.part_of:
            self.add(node, TERMS["dcterms:isPartOf"], self.term(value.part_of))
        self.add(self.term(self.reading.path), TERMS["cbl:discusses"], node)

    def stance(self, claim: Claim, value: Stance) -> None:
        """State what an agent wants done about a proposal."""
        kind = concept("stance", value.kind)
        on = self.term(value.on)
        node = self.node(claim, "cbl:Stance", (_KIND, kind), (TERMS["cbl:onProposal"], on))
        self.add(self.term(claim.about), TERMS["cbl:expresses"], node)
        if value.force:
            self.add(node, TERMS["cbl:force"], concept("force", value.force))
        for predicate, paths in (
            ("cbl:holder", value.holders),
            ("cbl:advises", value.advises),
            ("cbl:condition", value.conditions),
            ("cbl:reason", value.reasons),
            ("cbl:answers", (value.answers,) if value.answers else ()),
        ):
            for path in paths:
                self.add(node, TERMS[predicate], self.term(path))

    def condition(self, claim: Claim, value: Condition) -> None:
        """State an event on which stances depend."""
        node = self.node(claim, "cbl:Condition")
        self.add(node, _KIND, concept("condition", value.kind))
        for agent in value.actors:
            self.add(node, TERMS["cbl:actor"], self.term(agent))
        if value.triggered_by:
            self.add(node, TERMS["cbl:triggeredBy"], self.term(value.triggered_by))

    def reason(self, claim: Claim, value: Reason) -> None:
        """State a ground for a stance."""
        node = self.node(claim, "cbl:Reason")
        self.add(node, _LABEL, literal(value.label, language=value.language))
        if value.condition:
            self.add(node, TERMS["cbl:condition"], self.term(value.condition))

    def mark(self, claim: Claim, value: Mark) -> None:
        """State a stamp or note on a copy."""
        node = self.node(claim, "cbl:InscribedMark")
        self.add(self.term(claim.about), TERMS["cbl:bearsMark"], node)
        self.add(node, _KIND, concept("mark", value.kind))
        self.add(node, _WRITTEN, literal(value.text, language=value.language))
        if value.reading:
            self.add(node, TERMS["cbl:reading"], literal(value.reading, language=value.language))
        if value.within:
            within = literal(value.within, datatype=_DURATION)
            self.add(node, TERMS["cbl:returnWithin"], within)

    def statement(self, claim: Claim, value: Statement) -> None:
        """Name a statement without asserting it."""
        about, term = self.term(value.subject), self.term(value.object)
        self.reified(claim, about, _p(value.property), term)

    def labels(self, node: str, labels: dict[str, str]) -> None:
        """State the labels of a thing."""
        for language, label in sorted(labels.items()):
            self.add(node, _LABEL, literal(label, language=language))


_WRITERS: dict[type, Callable[[Writer, Claim, Any], None]] = {
    Text: Writer.text,
    Link: Writer.link,
    Number: Writer.number,
    Date: Writer.date,
    Reference: Writer.reference,
    Party: Writer.party,
    Name: Writer.name,
    Entity: Writer.entity,
    Message: Writer.message,
    Version: Writer.version,
    Bracket: Writer.bracket,
    Position: Writer.position,
    Happening: Writer.happening,
    Offer: Writer.offer,
    Stance: Writer.stance,
    Condition: Writer.condition,
    Reason: Writer.reason,
    Mark: Writer.mark,
    Statement: Writer.statement,
}
