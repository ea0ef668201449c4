"""A link: one row of a mapping set, with who made it, when, why and how sure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from cablegraph.links.schemes import Scheme, find_scheme

Head = Mapping[str, "str | list[str] | dict[str, str]"]
Decision = Literal["accepted", "rejected", "none"]


@dataclass(frozen=True, slots=True)
class Slots:
    """What SSSOM knows, in the order of its schema."""

    mapping: list[str]
    set: list[str]
    needed: list[str]
    needed_set: list[str]
    nothing: list[str]
    predicates: list[str]


@cache
def read_slots() -> Slots:
    """Return the slots, from the data file beside this module."""
    text = resources.files(__package__).joinpath("slots.toml").read_text(encoding="utf-8")
    return Slots(**tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Link:
    """One mapping; ``cells`` has the filled slots as written, ``line`` its place, 0 if new.

    Shape: ``subject`` is a path under ``{base}id/``; ``object`` an IRI, empty where somebody
        looked for one in ``source`` and found none.
    """

    cells: Mapping[str, str]
    subject: str
    object: str
    source: str = ""  # prefix of the authority that was searched, for a link to nothing
    line: int = field(default=0, compare=False)

    @property
    def predicate(self) -> str:
        """The CURIE of the property, such as ``skos:exactMatch``."""
        return self.cells["predicate_id"]

    @property
    def decision(self) -> Decision:
        """What was decided of the two: accepted, rejected, or that there is none."""
        if not self.object:
            return "none"
        return "rejected" if self.cells.get("predicate_modifier") == "Not" else "accepted"

    @property
    def confidence(self) -> float:
        """From 0 to 1; a link without a number is taken as sure."""
        return float(self.cells.get("confidence") or 1)

    @property
    def scheme(self) -> Scheme | None:
        """The authority that the object belongs to, if it is a known one."""
        found = find_scheme(self.object)
        return found[0] if found else None

    @property
    def order(self) -> tuple[str, ...]:
        """Where the row stands in a canonical file."""
        return tuple(self.cells.get(slot, "") for slot in read_slots().mapping)


@dataclass(frozen=True, slots=True)
class LinkSet:
    """The links of one file, with the head of the file."""

    head: Head
    links: tuple[Link, ...]
    path: Path | None = None

    @property
    def curie_map(self) -> dict[str, str]:
        """Prefix to namespace."""
        found = self.head.get("curie_map", {})
        return dict(found) if isinstance(found, dict) else {}

    @property
    def iri(self) -> str:
        """The name of the set."""
        return str(self.head.get("mapping_set_id", ""))

    def find(self, subject: str, object_iri: str) -> Link | None:
        """Return the link that decides on the two, if there is one."""
        both = (subject, object_iri)
        return next((one for one in self.links if (one.subject, one.object) == both), None)

    def of(self, subject: str) -> list[Link]:
        """Return the links of one subject, in the order of the file."""
        return [link for link in self.links if link.subject == subject]

    def with_link(self, link: Link) -> LinkSet:
        """Return the set with one link more, in canonical order; one on the same two is replaced.

        Shape: a second search of one authority replaces the first, and what is found there
            replaces that there was nothing.
        """
        gone = {_about(link)}
        if link.decision == "accepted" and link.scheme:
            gone.add((link.subject, "", link.scheme.prefix))
        kept = [one for one in self.links if _about(one) not in gone]
        ordered = sorted([*kept, link], key=lambda one: one.order)
        return replace(self, links=tuple(ordered))


def _about(link: Link) -> tuple[str, str, str]:
    return link.subject, link.object, link.source
