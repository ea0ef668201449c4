"""What a reading says in each field that an encoding tells of, with the place of its words."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.authorities.table import Authorities
from cablegraph.evaluation.encoded.model import FieldName, Place
from cablegraph.records.claims import (
    Claim,
    Date,
    Entity,
    Link,
    Name,
    Number,
    Party,
    Position,
    Reading,
    Reference,
    Text,
)

_TAG = re.compile(r"<[^<>]*>")
_SCHEME = re.compile(r"https?://(?:www\.)?")
_NOT_HELD = ("rejected", "hypothetical", "alternative")
_DATES = {"sent": "sent", "received": "received"}
_PARTIES: dict[str, FieldName] = {"sender": "sender", "addressee": "addressee"}
_PLACES: dict[str, FieldName] = {"origin": "origin", "destination": "destination"}


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a reading.

    Shape: ``keys`` are the letters of every form that the value has, or the value itself.
    """

    shown: str
    keys: frozenset[str]
    place: Place | None
    path: str = ""  # of the agent or place


def fold_name(words: str) -> str:
    """Return the letters and figures of a name.

    >>> fold_name("E. H. <hi>Marsh</hi>") == fold_name("E.H. Marsh")
    True
    """
    return re.sub(r"[\W_]", "", html.unescape(_TAG.sub("", words))).casefold()


def fold_iri(iri: str) -> str:
    """Return what two ways to write an IRI share.

    >>> fold_iri("http://www.a.org/1/") == fold_iri("https://a.org/1")
    True
    """
    return _SCHEME.sub("", iri.strip()).rstrip("/").casefold()


class Sayings:
    """The claims of a reading about the message itself, by field."""

    def __init__(self, reading: Reading, authorities: Authorities) -> None:
        self._reading = reading
        self._claims = [one for one in reading.claims if one.status not in _NOT_HELD]
        self._authorities = authorities
        self._names: dict[str, set[str]] = defaultdict(set)
        self._same: dict[str, set[str]] = defaultdict(set)
        for claim in self._claims:
            self._learn(claim)

    def _learn(self, claim: Claim) -> None:
        """Remember the names of whom the claims speak, and which records elsewhere they are."""
        value, names = claim.value, self._names[claim.about]
        if isinstance(value, Entity):
            names.update(map(fold_name, value.labels.values()))
        elif isinstance(value, Name):
            names.add(fold_name(value.form))
        elif isinstance(value, Position):
            names.update(map(fold_name, value.labels.values()))
        elif isinstance(value, Link) and value.property == "skos:exactMatch":
            self._same[claim.about].add(fold_iri(value.target))

    def places(self) -> Iterator[Place]:
        """Yield where the words of the document stand that its claims rest on."""
        elsewhere = self._reading.others or {}
        for claim in self._claims:
            yield from (
                (one.line, one.column) for one in claim.evidence if one.layer not in elsewhere
            )

    def named(self, field: FieldName) -> list[Said]:
        """Return the agents of a role, or the places of one, each once."""
        found: dict[str, Said] = {}
        for claim in self._claims:
            bearer = self._bearer(claim, field)
            if bearer and claim.about == self._reading.path:
                quotes = {fold_name(one.quote) for one in claim.evidence}
                before = found[bearer].keys if bearer in found else frozenset()
                keys = frozenset({*quotes, *self._labels(bearer), *before} - {""})
                found[bearer] = Said(bearer, keys, _place(claim), bearer)
        return list(found.values())

    def _bearer(self, claim: Claim, field: FieldName) -> str | None:
        value = claim.value
        if isinstance(value, Party) and _PARTIES.get(value.role) == field:
            return value.agent
        if isinstance(value, Link) and _PLACES.get(value.role or "") == field:
            return value.target
        return None

    def _labels(self, path: str) -> set[str]:
        names = set(self._names.get(path, ()))
        if path in self._authorities:
            names.update(map(fold_name, self._authorities.entity(path).labels.values()))
        return names

    def identifiers(self, path: str) -> frozenset[str]:
        """Return the records elsewhere that an agent or place is said to be."""
        return frozenset(self._same.get(path, ()))

    def every_identifier(self) -> frozenset[str]:
        """Return the records elsewhere that anybody or anything is said to be."""
        return frozenset().union(*self._same.values())

    def dates(self, field: FieldName) -> list[Said]:
        """Return the dates of a kind of the message."""
        return [
            Said(claim.value.edtf or claim.value.written[0],
                 frozenset([claim.value.edtf or ""]), _place(claim))
            for claim in self._claims
            if isinstance(claim.value, Date)
            and claim.about == self._reading.path
            and _DATES.get(claim.value.kind) == field
        ]  # fmt: skip

    def sourced(self) -> Iterator[Said]:
        """Yield the numbers, references and texts, once for each place of their words."""
        for claim in self._claims:
            if isinstance(claim.value, Number | Reference | Text):
                words = claim.value.text if isinstance(claim.value, Text) else claim.value.written
                for one in claim.evidence:
                    keys = frozenset([fold_name(words), fold_name(one.quote)])
                    yield Said(words, keys, (one.line, one.column))


def _place(claim: Claim) -> Place | None:
    return min(((one.line, one.column) for one in claim.evidence), default=None)
