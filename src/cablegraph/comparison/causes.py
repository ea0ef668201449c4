"""Why a document reads otherwise: computed from what two builds say of their input, not guessed.

What no input explains is put down to a rule of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cablegraph.comparison.claims import Turn
from cablegraph.comparison.lines import find_thing
from cablegraph.comparison.model import KINDS, Cause, Kind
from cablegraph.comparison.records import Claim, Pair, Record, Versions

_DIGITS = 8  # of a digest, as they are told
#: What the numbers of a series may settle from one document to another.
_SETTLED = ("certainty", "status", "reason")


@dataclass(slots=True)
class Inputs:
    """What is known of the inputs of two builds beside the documents.

    Shape: ``labels`` of the things of the shared graphs, old and new; ``unlisted`` are those of
        them that the authority file lacks; ``entries`` are those that both builds have and whose
        entries in the authority file differ.
    """

    old: Versions
    new: Versions
    labels: tuple[dict[str, str], dict[str, str]] = field(default_factory=lambda: ({}, {}))
    unlisted: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    entries: set[str] = field(default_factory=set)
    settings: bool = False  # the collection says other things of itself
    documents: int = 0  # whose records differ

    @property
    def authorities_differ(self) -> bool:
        """Whether the authority file as a whole is another."""
        return self.old.authorities != self.new.authorities

    def is_new(self, thing: str) -> bool:
        """Whether only one build has an entry of the authority file for it."""
        old, new = (
            thing in labels and thing not in unlisted
            for labels, unlisted in zip(self.labels, self.unlisted, strict=True)
        )
        return old != new


class Judge:
    """Says why the claims of one document differ.

    Shape: *twin* is what the file of a document that only one build has gave in the other.
    """

    def __init__(self, pair: Pair, inputs: Inputs, twin: Record | None = None) -> None:
        self.pair, self.inputs, self.twin = pair, inputs, twin
        named = {thing for side in pair if side for c in side.claims for thing in _things(c)}
        fresh = {thing for thing in named if inputs.is_new(thing)}
        #: Entries that the document names and that differ, or that only one build has.
        self._used = (named & inputs.entries) or fresh
        old, new = ({_row(one): one for one in _decisions(side)} for side in pair)
        self._gone = [old[row] for row in sorted(old.keys() - new.keys())]
        self._come = [new[row] for row in sorted(new.keys() - old.keys())]
        self._decided = {
            str(row.get("decides") or row.get("claim")) for row in self._gone + self._come
        }

    def find_kinds(self, turn: Turn) -> tuple[Kind, ...]:
        """Return the causes that bear on one claim."""
        if whole := self._whole():
            return (whole.kind,)
        found: list[Kind] = ["source"] if self._source() else []
        if any(self._decided & {claim.key, *claim.rivals} for claim in turn.sides):
            found.append("decision")
        if self.inputs.authorities_differ and self.inputs.entries & find_things(turn):
            found.append("authority")
        return tuple(found or self._left_over(turn))

    def find_text_kinds(self) -> tuple[Kind, ...]:
        """Return why the words of a text version differ: the file, or how it was divided."""
        return ("source",) if self._source() else ("rule",)

    def find_causes(self, turns: Iterable[Turn]) -> tuple[Cause, ...]:
        """Return why the document as a whole differs, each cause with what it is known by."""
        if whole := self._whole():
            return (whole,)
        turns = list(turns)
        kinds = {kind for turn in turns for kind in self.find_kinds(turn)}
        kinds |= {"source"} if self._source() else set()
        kinds |= {"decision"} if self._decided else set()
        if not kinds:
            kinds = {"settings" if self.inputs.settings and not turns else "rule"}
        details: dict[Kind, Callable[[], str]] = {
            "source": self._source,
            "decision": self._rows,
            "authority": self._entries,
            "documents": lambda: "documents of the same series changed, and its numbers with them",
            "settings": lambda: "the collection says other things of itself",
            "rule": lambda: self._rules(turns),
        }
        return tuple(Cause(kind, details[kind]()) for kind in KINDS if kind in kinds)

    def _whole(self) -> Cause | None:
        old, new = self.pair
        if old is None and new is not None:
            return Cause("document-added", self._only(new, "new", "old"))
        if new is None and old is not None:
            return Cause("document-removed", self._only(old, "old", "new"))
        return None

    def _only(self, one: Record, here: str, there: str) -> str:
        """Tell that a document is in one build, and as what its file is in the other."""
        if self.twin is None:
            return f"{one.source} is only in the {here} build"
        old, new = (one, self.twin) if here == "old" else (self.twin, one)
        turn = tell_change(old.sha256[:_DIGITS], new.sha256[:_DIGITS])
        return f"{one.source} is telegram/{self.twin.key} in the {there} build: SHA-256 {turn}"

    def _source(self) -> str:
        old, new = self.pair
        if old is None or new is None or (old.source, old.sha256) == (new.source, new.sha256):
            return ""
        name = new.source if old.source == new.source else f"{old.source} → {new.source}"
        return f"{name}: SHA-256 {tell_change(old.sha256[:_DIGITS], new.sha256[:_DIGITS])}"

    def _left_over(self, turn: Turn) -> list[Kind]:
        """Name what is left where neither the document nor its decisions nor entries differ."""
        other_tool = self.inputs.old.tool != self.inputs.new.tool
        if self.inputs.documents > 1 and _is_settlement(turn) and not other_tool:
            return ["documents"]
        found: list[Kind] = []
        if self.inputs.authorities_differ and (self._used or not other_tool):
            found.append("authority")
        return found + (["rule"] if other_tool or not found else [])

    def _rows(self) -> str:
        told = [f"taken out: {_tell_row(row)}" for row in self._gone]
        return "; ".join(told + [f"put in: {_tell_row(row)}" for row in self._come])

    def _entries(self) -> str:
        if self._used:
            return f"entries {', '.join(sorted(self._used))}"
        return f"the authority file ({self._files()}), though no entry that is named here"

    def _files(self) -> str:
        old, new = self.inputs.old.authorities, self.inputs.new.authorities
        return tell_change(old[:_DIGITS], new[:_DIGITS])

    def _rules(self, turns: Iterable[Turn]) -> str:
        rules = sorted({c.rule for turn in turns if turn.change != "moved" for c in turn.sides})
        named = f"{', '.join(rules)}; " if rules else ""
        return f"{named}cablegraph {tell_change(self.inputs.old.tool, self.inputs.new.tool)}"


def find_things(turn: Turn) -> set[str]:
    """Return the paths of the things that a claim names, old and new, without their parts."""
    return {thing for claim in turn.sides for thing in _things(claim)}


def tell_change(old: str, new: str) -> str:
    """Return what changed, or that nothing did.

    >>> tell_change("1.0", "1.1"), tell_change("1.0", "1.0")
    ('1.0 → 1.1', '1.0 in both')
    """
    return f"{old} in both" if old == new else f"{old or 'none'} → {new or 'none'}"


def _things(claim: Claim) -> set[str]:
    return {find_thing(b"/id/" + path.encode()).decode() for path in _paths(claim)}


def _paths(claim: Claim) -> Iterator[str]:
    yield claim.about
    yield claim.key
    for name, value in claim.value.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, str) and "/" in one and " " not in one and name != "text":
                yield one


def _is_settlement(turn: Turn) -> bool:
    """Whether only what a series of numbers settles differs: the one rule across documents."""
    if turn.old is None or turn.new is None or turn.new.value.get("is") != "number":
        return False
    taken = {name: getattr(turn.new, name) for name in _SETTLED}
    return msgspec.structs.replace(turn.old, **taken) == turn.new


def _decisions(side: Any) -> tuple[dict[str, Any], ...]:
    return side.decisions if side else ()


def _row(decision: dict[str, Any]) -> tuple[str, ...]:
    """Return a row of the ledger without its line, which says nothing of its content."""
    return tuple(f"{key}={decision[key]}" for key in sorted(decision) if key != "line")


def _tell_row(row: dict[str, Any]) -> str:
    what = f"{row.get('action', '')} {row.get('field', '')}".strip()
    claim = row.get("claim") or row.get("decides")
    return (
        f"{what} of {claim} ({row.get('by', '')}, {row.get('date', '')}: {row.get('reason', '')})"
    )
