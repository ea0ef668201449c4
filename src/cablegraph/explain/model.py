"""What an explanation holds; as JSON it is what ``cablegraph explain --json`` prints."""

from __future__ import annotations

from typing import Literal

import msgspec

#: Where a statement comes from: words of a document, words that another node carries, the file
#: itself, or one of the graphs that belong to no document.
Origin = Literal["words", "carried", "file", "authorities", "dataset", "external", "vocabulary"]


class Term(msgspec.Struct, frozen=True):
    """An IRI with its label, or the words of a literal (``iri`` is then None)."""

    text: str
    iri: str | None = None
    language: str | None = None
    datatype: str | None = None


class Words(msgspec.Struct, frozen=True, order=True):
    """The words of a span and where they stand.

    Units: line and column count from 1, columns in code points; ``before`` and ``after`` are
        words of the same text version around them.
    """

    file: str
    line: int
    column: int
    version: str  # label of the text version
    before: str
    exact: str
    after: str


class Rival(msgspec.Struct, frozen=True):
    """A value that can't be right together with the one explained."""

    node: Term
    certainty: str | None
    status: str | None
    reason: str | None
    words: tuple[Words, ...]


class Support(msgspec.Struct, frozen=True):
    """The node that shows the evidence of a statement."""

    node: Term
    words: tuple[Words, ...]
    rule: Term | None
    definition: str | None  # of the rule
    certainty: str | None
    status: str | None
    reason: str | None
    rivals: tuple[Rival, ...]


class Told(msgspec.Struct, frozen=True):
    """A statement; ``support`` are keys of the explanation's ``support``.

    Shape: ``asserted`` is False for what the graph only names: a hypothesis, a rejected value.
    """

    subject: Term
    predicate: Term
    object: Term
    graphs: tuple[str, ...]
    asserted: bool
    origin: Origin
    support: tuple[str, ...]


class Explanation(msgspec.Struct, frozen=True):
    """Every statement about a node, and what each rests on."""

    node: Term
    types: tuple[Term, ...]
    incoming: bool
    statements: tuple[Told, ...]
    support: dict[str, Support]  # IRI of the node that carries it
    others: int  # statements in the other direction
    notices: tuple[str, ...]  # files that are missing or have changed
