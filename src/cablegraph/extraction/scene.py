"""What every rule of one document works on: its record, names, parts, title and parties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cablegraph.extraction.names import Known, Names
from cablegraph.extraction.parts import Parts
from cablegraph.extraction.titles import Naming, Title
from cablegraph.records.claims import Claim, Evidence
from cablegraph.records.model import Record

Told = TypeVar("Told")  # claims, of a rule


@dataclass(frozen=True, slots=True)
class Role:
    """An agent (or place) in a role of the message, with every naming that shows it."""

    role: str  # sender, addressee, intermediary, destination, origin
    known: Known
    namings: tuple[Naming, ...]
    forms: tuple[Known, ...]  # as each naming gives it, in the same order
    rule: str | None = None  # where the encoding states it, and not the routing

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of every naming, in order of position."""
        return tuple(sorted({naming.evidence for naming in self.namings}))


@dataclass(frozen=True, slots=True)
class Scene:
    """One document, made ready for the rules."""

    record: Record
    names: Names
    titles: tuple[Title, ...]  # the title, and the same one in the citation
    parts: Mapping[str, Parts]  # layer key to parts; the catalogue has none
    roles: tuple[Role, ...]
    date: str | None  # EDTF day that the catalogue, else the text, gives
    telegram: str  # path of the message itself
    holdings: tuple[str, ...] = ()  # paths of the copies that the citation names
    held: tuple[Claim, ...] = ()  # all that the citation says of them
    #: Every entity that sends, receives or passes on the message.
    parties: frozenset[str] = field(init=False, repr=False, compare=False)
    _agents: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _told: dict[Callable[[Scene], Iterable[Any]], tuple[Any, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        agents: dict[str, tuple[str, ...]] = {}
        for one in self.roles:
            agents[one.role] = (*agents.get(one.role, ()), one.known.entity)
        routed = (agents.get(role, ()) for role in ("sender", "addressee", "intermediary"))
        object.__setattr__(self, "parties", frozenset().union(*routed))
        object.__setattr__(self, "_agents", agents)

    def told(self, rule: Callable[[Scene], Iterable[Told]]) -> tuple[Told, ...]:
        """Return what a rule yields, read once however many other rules ask for it."""
        if rule not in self._told:
            self._told[rule] = tuple(rule(self))
        return self._told[rule]

    def agents(self, role: str) -> tuple[str, ...]:
        """Return the entities in that role, in order."""
        return self._agents.get(role, ())

    @property
    def texts(self) -> Iterator[Parts]:
        """The text versions' parts, in the order of the file."""
        for layer in self.record.layers:
            if layer.key in self.parts:
                yield self.parts[layer.key]
