"""What is matched and what a match is: entities, queries, candidates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

NameKind = Literal["label", "variant", "misspelling"]
Strictness = Literal["any", "all", "should"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of entities that the service offers; ``broader`` is the id of a wider one."""

    id: str
    name: str
    class_curie: str
    folder: str
    broader: str


@dataclass(frozen=True, slots=True)
class Name:
    """A written form of the name of an entity."""

    form: str
    language: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: words to show; id and IRI of what they name, where it has one."""

    text: str
    id: str = ""
    iri: str = ""
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity that can be found; ``id`` is the end of its IRI after the identifier space.

    Shape: ``names`` has labels before variants before misspellings; ``values`` is by CURIE.
    """

    id: str
    iri: str
    kinds: tuple[str, ...]
    names: tuple[Name, ...]
    values: Mapping[str, tuple[Value, ...]]

    def label(self, language: str = "en") -> str:
        """Return the label in that language, else the first there is, else the id."""
        labels = [name for name in self.names if name.kind == "label"] or list(self.names)
        fitting = [name for name in labels if name.language == language]
        return next((name.form for name in [*fitting, *labels]), self.id)

    @property
    def description(self) -> str:
        """What tells the entity from its namesakes: its note, else its other names."""
        notes = self.values.get("skos:scopeNote", ())
        if notes:
            return notes[0].text
        shown = self.label()
        return "; ".join(n.form for n in self.names[:4] if n.form != shown and n.kind == "label")


@dataclass(frozen=True, slots=True)
class Hint:
    """A property that the entity sought should have, with any of the values."""

    pid: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a client asks about one name."""

    text: str
    kinds: tuple[str, ...] = ()
    strictness: Strictness = "any"
    limit: int = 10
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a query may mean.

    Units: ``score`` from 0 to 100. ``match`` says that nothing else can be meant.
    """

    entity: Entity
    score: float
    match: bool
    features: tuple[tuple[str, bool | float], ...]


@cache
def read_settings(name: str) -> Mapping[str, Any]:
    """Return a table that lies beside the code, such as ``rules``."""
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def list_kinds() -> tuple[Kind, ...]:
    """Return the types that are offered, in the order of kinds.toml."""
    rows = cast(list[dict[str, str]], read_settings("kinds")["kind"])
    return tuple(
        Kind(r["id"], r["name"], r["class"], r.get("folder", ""), r.get("broader", ""))
        for r in rows
    )
