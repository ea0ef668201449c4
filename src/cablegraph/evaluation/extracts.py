"""What a reading says in each field that a truth speaks of.

Claims that are rejected, hypothetical or an alternative are not what the reading says; of the
numbers alone the alternatives count, since a truth lists every number that stands in a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cablegraph.evaluation.concepts import coarse_stance, is_telegram
from cablegraph.evaluation.passages import Stretch
from cablegraph.evaluation.scores import Extract
from cablegraph.records.claims import (
    Claim,
    Date,
    Entity,
    Link,
    Mark,
    Message,
    Name,
    Number,
    Party,
    Reading,
    Reference,
    Stance,
    Text,
    Version,
)

_NOT_HELD = ("rejected", "hypothetical", "alternative")
#: Numbers that the publisher or the maker of copies gave, not an office to the message.
_NOT_OF_MESSAGE = ("repository-record-id", "copy-number")
#: The kinds of date that may be the document's own, the best first.
_OWN_DATES = ("catalogue-date", "dated-in-text", "dated-in-translation")
_UNSURE = re.compile(r"[?~%]")
_PARTIES = ("sender", "addressee", "intermediary", "copy-recipient", "typist", "certifier")
_PARTY_LINKS = ("rico:hasSender", "rico:hasAddressee", "rico:hasCreator", "cbl:signatory")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadMessage(Extract):
    """A message inside the message; ``day`` is when it was sent."""

    senders: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class ReadCopy(Extract):
    """A copy in an archive, with the parts of its shelf reference."""

    archive: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadStance(Extract):
    """A stance: coarse and fine, who takes it, and where its words stand."""

    coarse: str | None = None
    fine: str = ""
    holders: tuple[str, ...] = ()
    places: tuple[Stretch, ...] = ()


class Extracts:
    """The claims of one reading, by field; a reading without claims gives nothing."""

    def __init__(self, reading: Reading) -> None:
        self._claims = reading.claims
        self._document = next((about for about, _, _ in self._of(Version)), "")

    @property
    def labels(self) -> dict[str, list[str]]:
        """The names that the document itself gives to whom the authority file lacks."""
        found: dict[str, list[str]] = {}
        for about, entity, _ in self._of(Entity):
            found.setdefault(about, []).extend(entity.labels.values())
        for about, name, _ in self._of(Name):
            found.setdefault(about, []).append(name.form)
        return found

    @property
    def dates(self) -> list[Extract]:
        """The day of the document: the catalogue's, else that of the text, else none."""
        for kind in _OWN_DATES:
            for about, date, claim in self._of(Date):
                if date.kind == kind and about == self._document and date.edtf:
                    return [Extract(_day(date.edtf), _line(claim))]
        return []

    @property
    def numbers(self) -> list[Extract]:
        """The numbers of the message and its copies."""
        found = [
            Extract(number.written, _line(claim))
            for about, number, claim in self._of(Number, ("rejected", "hypothetical"))
            if self._is_own(about) and number.kind not in _NOT_OF_MESSAGE
        ]
        return _without_twins(found)

    def parties(self, role: str) -> list[Extract]:
        """The agents in a role of the message or of a copy, each once."""
        found = [
            Extract(party.agent, _line(claim))
            for about, party, claim in self._of(Party)
            if self._is_own(about) and party.role == role
        ]
        return _without_twins(found)

    def places(self, role: str) -> list[Extract]:
        """The places that the message is bound to in a role: origin, destination."""
        found = [
            Extract(link.target, _line(claim))
            for about, link, claim in self._of(Link)
            if about == self._document and link.role == role
        ]
        return _without_twins(found)

    def mentions(self, *folders: str) -> list[Extract]:
        """The entities of some folders that the text names.

        Shape: who takes part in the message or in one inside it, and the message's own places,
            are optional, whether the text names them again or not; so are groups.
        """
        involved = self._involved()
        found = [
            Extract(link.target, _line(claim), _is_optional(link.target, involved))
            for about, link, claim in self._of(Link)
            if about == self._document and link.property == "schema:mentions"
        ]
        found += [Extract(path, line, optional=True) for path, line in involved.items()]
        return _without_twins([one for one in found if one.value.startswith(folders)])

    @property
    def languages(self) -> list[Extract]:
        """The tags of the languages that the catalogue gives."""
        return _without_twins(
            Extract(text.text, _line(claim))
            for about, text, claim in self._of(Text)
            if about == self._document and text.property == "dcterms:language"
        )

    @property
    def markings(self) -> list[Extract]:
        """The marks that say how the message is to be handled, such as its secrecy."""
        return [
            Extract(mark.text, _line(claim))
            for _, mark, claim in self._of(Mark)
            if mark.kind == "handling"
        ]

    @property
    def telegrams(self) -> list[Extract]:
        """One item if the document's form is a telegram."""
        return [
            Extract("telegram", _line(claim))
            for about, link, claim in self._of(Link)
            if about == self._document
            and link.property == "rico:hasDocumentaryFormType"
            and is_telegram(link.target)
        ][:1]

    @property
    def copies(self) -> list[ReadCopy]:
        """The copies in archives; a reference that stands twice is one."""
        found = [
            ReadCopy(ref.written, _line(claim), archive=ref.archive, parts=_parts(ref))
            for _, ref, claim in self._of(Reference)
        ]
        return list({(one.archive, one.parts): one for one in reversed(found)}.values())[::-1]

    @property
    def messages(self) -> list[ReadMessage]:
        """The messages inside the message, with who sends and receives them."""
        inside = {
            link.target
            for about, link, _ in self._of(Link)
            if about == self._document and link.property == "rico:hasOrHadConstituent"
        }
        return [
            self._message(about, claim)
            for about, message, claim in self._of(Message)
            if about in inside or message.type == "cbl:EmbeddedMessage"
        ]

    @property
    def stances(self) -> list[ReadStance]:
        """The stances on proposals, of the message and of those inside it."""
        found = []
        for _, stance, claim in self._of(Stance):
            coarse = coarse_stance(stance.kind, conditional=bool(stance.conditions))
            words = claim.evidence[0].quote if claim.evidence else ""
            found.append(
                ReadStance(
                    value=f"{coarse or stance.kind}: {' '.join(words.split())}",
                    line=_line(claim),
                    coarse=coarse,
                    fine=stance.kind,
                    holders=stance.holders,
                    places=tuple((one.start, one.end) for one in claim.evidence),
                )
            )
        return found

    def _of(
        self, kind: type[T], without: Sequence[str] = _NOT_HELD
    ) -> Iterator[tuple[str, T, Claim]]:
        """Yield subject, value and claim of one kind of value, those held to be so."""
        for claim in self._claims:
            if isinstance(claim.value, kind) and claim.status not in without:
                yield claim.about, claim.value, claim

    def _is_own(self, about: str) -> bool:
        return about == self._document or about.startswith("holding/")

    def _involved(self) -> dict[str, int | None]:
        """Return who takes part in the message or in one inside it, and its own places."""
        found: dict[str, int | None] = {}
        for about, party, claim in self._of(Party):
            if party.role in _PARTIES and not about.startswith("message/"):
                found.setdefault(party.agent, _line(claim))
        for about, link, claim in self._of(Link):
            if link.role in ("origin", "destination") or (
                link.property in _PARTY_LINKS and not about.startswith("message/")
            ):
                found.setdefault(link.target, _line(claim))
        return found

    def _message(self, path: str, claim: Claim) -> ReadMessage:
        senders = self._agents(path, "sender", "rico:hasSender", "cbl:signatory")
        senders = senders or self._agents(path, "author", "rico:hasCreator")
        addressees = self._agents(path, "addressee", "rico:hasAddressee")
        dates = [date for about, date, _ in self._of(Date) if about == path]
        days = [date.edtf for date in dates if date.kind == "sent" and date.edtf]
        return ReadMessage(
            value=f"{' + '.join(senders) or '?'} to {' + '.join(addressees) or '?'}",
            line=_line(claim),
            senders=senders,
            addressees=addressees,
            day=_day(days[0]) if days else None,
        )

    def _agents(self, path: str, role: str, *properties: str) -> tuple[str, ...]:
        links = [x.target for a, x, _ in self._of(Link) if a == path and x.property in properties]
        parties = [x.agent for a, x, _ in self._of(Party) if a == path and x.role == role]
        return tuple(dict.fromkeys([*links, *parties]))


def _day(edtf: str) -> str:
    """Return a date without its time of day and the marks of doubt."""
    return _UNSURE.sub("", edtf).partition("T")[0]


def _line(claim: Claim) -> int | None:
    return min((one.line for one in claim.evidence), default=None)


def _is_optional(path: str, involved: dict[str, int | None]) -> bool:
    return path in involved or path.startswith("group/")


def _without_twins(found: Iterator[Extract] | Sequence[Extract]) -> list[Extract]:
    """Keep the first of several items of one value."""
    kept: dict[str, Extract] = {}
    for one in found:
        kept.setdefault(one.value, one)
    return list(kept.values())


def _parts(ref: Reference) -> tuple[tuple[str, str], ...]:
    pages = None
    if ref.first_leaf is not None:
        last = ref.first_leaf if ref.last_leaf is None else ref.last_leaf
        pages = f"{ref.first_leaf}-{last}"
    found = (("fond", ref.fond), ("opis", ref.opis), ("delo", ref.delo), ("papka", ref.papka))
    return tuple((name, value) for name, value in (*found, ("pages", pages)) if value)
