"""What an encoding says of each letter of a file, as a small reader of its own finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

#: Line and column, both from 1.
Place: TypeAlias = tuple[int, int]

FieldName = Literal[
    "sender",
    "sender-id",
    "addressee",
    "addressee-id",
    "sent",
    "received",
    "origin",
    "origin-id",
    "destination",
    "destination-id",
    "source-note",
    "shelf-mark",
    "mention-id",
]

#: Every field, in the order in which it is shown.
FIELDS: tuple[FieldName, ...] = get_args(FieldName)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the encoding says; *end* is where its element ends.

    Shape: ``value`` is a name, an IRI, a date as its attribute has it, or the words of a note;
        ``bearer`` is the name that an IRI belongs to, and ``bearers`` are the IRIs of a name.
    """

    field: FieldName
    value: str
    start: Place
    end: Place
    bearer: str = ""
    bearers: frozenset[str] = frozenset()


@dataclass(slots=True)
class Letter:
    """One document of a file, from where it starts to where it ends."""

    path: Path
    name: str
    start: Place
    end: Place
    told: list[Told] = field(default_factory=list)

    def holds(self, place: Place) -> bool:
        """Tell whether a place of the file lies in the letter."""
        return self.start <= place <= self.end
