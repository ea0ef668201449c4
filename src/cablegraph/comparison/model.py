"""What a comparison of two builds finds; as JSON it is what ``cablegraph diff --json`` prints."""

from __future__ import annotations

from typing import Literal

import msgspec

from cablegraph.comparison.records import Versions, Words

#: Why something differs. Each is computed from what the two builds say of their input: the
#: document itself, its SHA-256, the ledger, the authority file, links, other documents of a
#: series, the settings, the vocabulary; what is left over is a rule of the program.
Kind = Literal[
    "document-added", "document-removed", "source", "decision", "authority", "link",
    "documents", "settings", "vocabulary", "rule",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "document-added", "document-removed", "source", "decision", "authority", "link",
    "documents", "settings", "vocabulary", "rule",
)  # fmt: skip


class Cause(msgspec.Struct, frozen=True, order=True):
    """Why something differs, and by what that is known."""

    kind: Kind
    detail: str


class Side(msgspec.Struct, frozen=True):
    """A claim as one build has it, in words."""

    key: str
    value: str
    rule: str
    certainty: str
    status: str | None
    words: tuple[Words, ...]


class Told(msgspec.Struct, frozen=True):
    """What became of a claim; ``differences`` are those beside value and words."""

    change: str  # added, removed or changed
    field: str
    about: str
    old: Side | None
    new: Side | None
    differences: tuple[str, ...]
    why: tuple[Kind, ...]


class Group(msgspec.Struct, frozen=True):
    """The changes of one telegram, or of one thing of a graph that documents share.

    Shape: ``added`` and ``removed`` are lines of N-Quads; ``moved`` are keys of claims that rest
        on the same words at another place.
    """

    graph: str  # name of the graph after {base}graph/
    thing: str  # path of the thing in a shared graph, else empty
    title: str
    why: tuple[Cause, ...]
    claims: tuple[Told, ...]
    moved: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_telegram(self) -> bool:
        """Whether it is of one document."""
        return not self.thing


class Build(msgspec.Struct, frozen=True):
    """One of the two builds."""

    output: str
    versions: Versions


class Totals(msgspec.Struct):
    """How much differs; ``why`` counts telegrams by cause."""

    telegrams: int = 0
    added: int = 0
    removed: int = 0
    why: dict[str, int] = msgspec.field(default_factory=dict)

    def count(self, group: Group) -> None:
        """Take a group into account."""
        self.added += len(group.added)
        self.removed += len(group.removed)
        if group.is_telegram:
            self.telegrams += 1
            for kind in {cause.kind for cause in group.why}:
                self.why[kind] = self.why.get(kind, 0) + 1
