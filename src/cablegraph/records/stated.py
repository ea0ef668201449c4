"""What the encoding of a file states, as opposed to what its words let one read.

An element, attribute, column or cell says that a name is the sender's or that a day is the one of
sending; a reader hands that on as it stands, and extraction turns it into claims of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cablegraph.records.claims import Certainty

AgentKind = Literal["person", "org", "group", "position"]


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """A stretch of the record's own source.

    Units: offsets in ``source.clean``; a draft counts in the text as it is put together.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """Shape: ``words`` are the places that show it, the name or value first; ``about`` is empty
    for the message itself, else the path below it of the message within (``enclosed/1``).
    """

    words: tuple[Extent, ...]
    about: str = ""
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAgent(_Fact):
    """Somebody in a role of the message, or mentioned in it."""

    role: str  # concept of scheme/role: sender, addressee, intermediary, …; or mentioned
    name: str  # as written, on one line
    kind: AgentKind | None = None  # None where the encoding does not say
    refs: tuple[str, ...] = ()  # IRIs of authority records; a local one is ``FILE#ID``
    full_name: str | None = None  # as a list of persons of the same file has it
    office: str | None = None  # the post in which the agent acts, as written
    office_words: tuple[Extent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPlace(_Fact):
    """A place of the message."""

    role: Literal["origin", "destination", "mentioned"]
    name: str
    refs: tuple[str, ...] = ()
    point: tuple[str, str] | None = None  # latitude and longitude as written
    full_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate(_Fact):
    """A date of the message."""

    kind: str  # concept of scheme/date: sent, received, catalogue-date, …
    written: str
    edtf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber(_Fact):
    """A number or identifier of the message."""

    kind: str  # concept of scheme/number
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedText(_Fact):
    """A literal property: title, abstract, editorial note, language."""

    property: str  # CURIE
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLink(_Fact):
    """An edge to something that has an IRI of its own: page, edition, licence, facsimile."""

    property: str  # CURIE
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReference(_Fact):
    """Where a copy is kept: archive and reference, in parts as far as the encoding has them."""

    written: str
    archive: str  # name as written
    archive_refs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()  # from the fonds down, each as written
    leaves: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMessage(_Fact):
    """A message that stands within this one: an enclosure, an attachment."""

    path: str  # ``enclosed/1``; other facts are about it
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedUnit(_Fact):
    """A unit of description of a finding aid, from the fonds to the item."""

    levels: tuple[str, ...]  # reference of each level from the fonds down to this one
    coded: bool = True  # whether it has a reference; else the last level is made of its title
    parent: tuple[str, ...] = ()  # levels of the unit that holds it, empty for the topmost one
    kind: str  # fonds, series, file, item: the level as the finding aid names it
    title: str
    archive: str
    archive_refs: tuple[str, ...] = ()
    dates: tuple[tuple[str, str | None], ...] = ()  # as written, and as EDTF
    containers: tuple[tuple[str, str], ...] = ()  # type and number: box 3
    note: str | None = None
    order: int = 0  # among its siblings, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedEntity(_Fact):
    """A description of a person, family or body by an authority file."""

    kind: AgentKind
    refs: tuple[str, ...]
    names: tuple[tuple[str, str], ...]  # form and language, the preferred one first
    dates: tuple[tuple[str, str, str | None], ...] = ()  # kind, as written, EDTF
    places: tuple[tuple[str, str], ...] = ()  # role, name
    note: str | None = None
    related: tuple[tuple[str, str, str], ...] = ()  # kind, name, IRI or ""


Stated: TypeAlias = (
    StatedAgent
    | StatedPlace
    | StatedDate
    | StatedNumber
    | StatedText
    | StatedLink
    | StatedReference
    | StatedMessage
    | StatedUnit
    | StatedEntity
)
