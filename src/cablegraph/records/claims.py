"""The typed claims of one document: what was read, where, by which rule, with which rivals.

This is the form that ``output/records/KEY.json`` holds and that every later stage reads.
An agent, place or message is named by its path under ``{base}id/``: ``person/mao``.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Certainty = Literal["certain", "probable", "possible", "doubtful"]
Status = Literal["preferred", "alternative", "rejected", "hypothetical", "unresolved"]


class Evidence(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """The words that support a claim.

    Units: ``start`` and ``end`` count code points of the source file as decoded, from 0, end
        excluded; ``line`` and ``column`` count from 1; ``quote`` is exactly those words, with the
        markup between them; ``within`` counts in the words of the layer, where these are not
        simply a stretch of the file.
    """

    layer: str
    start: int
    end: int
    line: int
    column: int
    quote: str
    within: tuple[int, int] | None = None


class Text(msgspec.Struct, frozen=True, tag_field="is", tag="text"):
    """A literal property of the subject: title, abstract, citation, language."""

    property: str  # CURIE, such as dcterms:title
    text: str
    language: str | None = None  # language of the words; None for a plain string


class Link(msgspec.Struct, frozen=True, tag_field="is", tag="link"):
    """An edge without a node of its own; ``target`` is a path under ``{base}id/`` or an IRI."""

    property: str  # CURIE, such as schema:mentions
    target: str
    role: str | None = None  # concept of scheme/role, where the edge alone is too coarse


class Number(msgspec.Struct, frozen=True, tag_field="is", tag="number"):
    """A number that an office gave to the message or to a copy."""

    kind: str  # concept of scheme/number
    written: str


class Date(msgspec.Struct, frozen=True, tag_field="is", tag="date"):
    """A date as written and, where it can be read, as EDTF."""

    kind: str  # concept of scheme/date
    written: tuple[str, ...]
    edtf: str | None = None


class Reference(msgspec.Struct, frozen=True, tag_field="is", tag="reference"):
    """One copy in one archive, the shelf reference split into its parts.

    Parts are kept as written (zeros and letters) with a Cyrillic letter folded to Latin;
    leaves are numbers.
    """

    archive: str  # path of the archive, such as archive/aprf
    written: str
    fond: str | None = None
    opis: str | None = None
    delo: str | None = None
    papka: str | None = None
    first_leaf: int | None = None
    last_leaf: int | None = None


class Party(msgspec.Struct, frozen=True, tag_field="is", tag="party"):
    """An agent in a role; ``under`` is the key of the name form used, where one is known."""

    role: str  # concept of scheme/role
    agent: str
    under: str | None = None


class Name(msgspec.Struct, frozen=True, tag_field="is", tag="name"):
    """One written form of a name, in the nominative, with its kind; the claim is about it."""

    key: str  # last step of the IRI: mao-zedong-latn
    form: str
    language: str
    kind: str  # concept of scheme/name
    correct: str | None = None  # for a misspelling: key of the form it stands for


class Entity(msgspec.Struct, frozen=True, tag_field="is", tag="entity"):
    """An agent or place that the authority file does not hold; the claim is about it."""

    type: str  # CURIE of the class, such as rico:Person
    labels: dict[str, str]  # language to label


class Message(msgspec.Struct, frozen=True, tag_field="is", tag="message"):
    """Another message: referred to, or standing inside this one; the claim is about it."""

    type: str  # CURIE: cbl:Telegram, cbl:Message, cbl:EmbeddedMessage, rico:RecordSet
    label: str
    attestation: str | None  # concept of scheme/attestation; None for a set


class Version(msgspec.Struct, frozen=True, tag_field="is", tag="version"):
    """A text version; start, end and line say where it stands in the source file."""

    layer: str
    kind: str  # concept of scheme/version
    language: str
    start: int
    end: int
    line: int
    derived_from: tuple[str, ...] = ()  # layers that it normalises or translates


class Bracket(msgspec.Struct, frozen=True, tag_field="is", tag="bracket"):
    """An intervention of an editor, transcriber or translator in the text."""

    kind: str  # concept of scheme/editorial
    reading: str | None = None


class Position(msgspec.Struct, frozen=True, tag_field="is", tag="position"):
    """A post that a person holds; the claim is about the person."""

    key: str
    labels: dict[str, str]
    body: str | None = None  # the body whose post it is


class Happening(msgspec.Struct, frozen=True, tag_field="is", tag="event"):
    """An event that the message speaks of (a proposed meeting); the claim is about it."""

    label: str
    status: Status


class Offer(msgspec.Struct, frozen=True, tag_field="is", tag="offer"):
    """What a party puts, or might put, to another: the proposal that the claim is about."""

    label: str
    proposed_by: tuple[str, ...] = ()  # empty: nobody says who put it
    proposed_in: str | None = None  # path of the message in which it was put
    point: str | None = None  # number of the point in that message, as the source counts
    part_of: str | None = None  # key of the proposal of which this is a part
    language: str = "en"  # of the label


class Stance(msgspec.Struct, frozen=True, tag_field="is", tag="stance"):
    """What one agent wants done about one proposal; the claim is about the message.

    Shape: ``holders`` is empty only where nobody can be told; every path but those of agents
        is the key of a claim of the same document.
    """

    on: str  # proposal
    kind: str  # concept of scheme/stance
    force: str | None = None  # concept of scheme/force
    holders: tuple[str, ...] = ()  # agents
    advises: tuple[str, ...] = ()  # agents
    conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    answers: str | None = None  # proposal to which a counter-proposal answers


class Condition(msgspec.Struct, frozen=True, tag_field="is", tag="condition"):
    """The event on which stances of the message depend; the claim is about the message."""

    kind: str  # concept of scheme/condition
    actors: tuple[str, ...] = ()
    triggered_by: str | None = None  # proposal whose advance fulfils it


class Reason(msgspec.Struct, frozen=True, tag_field="is", tag="reason"):
    """A ground given for a stance; the claim is about the message."""

    label: str
    condition: str | None = None
    language: str = "en"  # of the label


class Mark(msgspec.Struct, frozen=True, tag_field="is", tag="mark"):
    """A stamp, note or number on a copy, as read; the claim is about the copy."""

    kind: str  # concept of scheme/mark
    text: str
    language: str
    reading: str | None = None  # what it is proposed to say, where that differs
    within: str | None = None  # xsd:duration after which the copy is to be returned


class Statement(msgspec.Struct, frozen=True, tag_field="is", tag="statement"):
    """A statement that is recorded without being asserted (a hypothesis, a task)."""

    subject: str
    property: str
    object: str


Value: TypeAlias = (
    Text
    | Link
    | Number
    | Date
    | Reference
    | Party
    | Name
    | Entity
    | Message
    | Version
    | Bracket
    | Position
    | Happening
    | Offer
    | Stance
    | Condition
    | Reason
    | Mark
    | Statement
)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing read from one document.

    Shape: ``key`` is unique in the document and stable, and is the path under ``{base}id/`` of the
        node made of it; ``about`` is the path of the thing it speaks of;
        ``evidence`` is in order of position; ``rivals`` are keys of claims of this document
        that cannot be right together with this one; ``reason`` says why the status was given.
    """

    key: str
    about: str
    value: Value
    evidence: tuple[Evidence, ...]
    rule: str  # concept of scheme/rule
    certainty: Certainty = "certain"
    status: Status | None = None
    reason: str | None = None
    rivals: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something an editor should look at, with its place in the source file."""

    path: str
    line: int
    column: int
    severity: Literal["violation", "warning", "info"]
    code: str  # shape or rule that reports it
    message: str
    remedy: str
    focus: str | None = None  # IRI of the node


class Decision(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A row of the editors' ledger: what one claim of one document is taken to be, and why.

    Units: ``date`` is an ISO date; ``line`` counts from 1 in the ledger.
    """

    document: str  # key of the document, such as wcda-1234
    claim: str  # key of the claim
    action: Literal["prefer", "reject", "correct", "add"]
    field: str  # for correct: the field of the value; for add: a property, or a kind of claim
    value: str  # for correct and add: what it is to be
    by: str
    date: str
    reason: str
    line: int
    words: str = ""  # those of the document on which it rests
    decides: str = ""  # key of the claim that was decided about, once applied


Kind = Literal["message", "finding-aid", "agent-file"]


def path_of(key: str, kind: Kind) -> str:
    """Return the path, under ``{base}id/``, of what a document of a kind is.

    >>> path_of("wcda-1234", "message"), path_of("fonds-5", "finding-aid")
    ('telegram/wcda-1234', 'description/fonds-5')
    """
    return f"{'telegram' if kind == 'message' else 'description'}/{key}"


class Origin(msgspec.Struct, frozen=True):
    """A file other than the document's own, from which one of its layers comes."""

    name: str
    sha256: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that one document gives: the content of ``output/records/KEY.json``.

    Shape: ``kind`` is unset for a message; ``others`` has the layers that another file holds.
    """

    key: str
    source: str  # file name
    sha256: str
    claims: tuple[Claim, ...]
    texts: dict[str, str]  # layer key to the words of the layer, as decoded
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()  # those that were applied
    uncovered: int = 0
    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    others: dict[str, Origin] | msgspec.UnsetType = msgspec.UNSET

    @property
    def path(self) -> str:
        """The path, under ``{base}id/``, of what the document is."""
        return path_of(self.key, self.kind or "message")
