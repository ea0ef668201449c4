"""Find which proposals of several text versions are one, from the stances that are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cablegraph.extraction.lines import Line
from cablegraph.extraction.stances.align import Row, Version
from cablegraph.extraction.stances.label import is_bare
from cablegraph.extraction.stances.model import Target, Utterance

# Letters by which two words of one language are taken for forms of one word.
_STEM = 5
# Share of the shorter phrase's words that the longer one has, where both mean one thing.
_SHARED = 0.5

Node = tuple[str, str]  # key of a text version, and of a target in it


@dataclass(slots=True)
class Proposal:
    """One proposal, with every naming of it in every version.

    Shape: ``namings`` in order of version and place; the first in ``nodes`` names it first.
    """

    nodes: list[Node] = field(default_factory=list)
    namings: list[tuple[str, Target]] = field(default_factory=list)
    clauses: list[Line] = field(default_factory=list)  # that take a stance on it

    @property
    def point(self) -> str | None:
        """Number of the point, where the words count it."""
        return next((t.point for _, t in self.namings if t.point), None)

    @property
    def part(self) -> str | None:
        """Letter of the part of that point."""
        return next((t.part for _, t in self.namings if t.part), None)

    @property
    def proposers(self) -> tuple[str, ...]:
        """Who puts it, as the first naming that says so has it."""
        return next((t.proposers for _, t in self.namings if t.proposers), ())

    @property
    def put_in(self) -> str | None:
        """Path of the message in which it was put."""
        return next((t.put_in for _, t in self.namings if t.put_in), None)

    @property
    def is_hypothetical(self) -> bool:
        """Whether every naming has it as something that only might be put."""
        return all(t.is_hypothetical for _, t in self.namings)

    def phrases(self, language: str) -> list[str]:
        """Return the phrases for it in a language, in order of the text, each once."""
        found = [
            (t.words[0].start, t.phrase)
            for _, t in self.namings
            if t.phrase and t.words and t.words[0].layer.language == language
        ]
        return list(dict.fromkeys(phrase for _, phrase in sorted(found)))

    def lines(self) -> Iterator[Line]:
        """Yield every naming that says what it is; where none does, the fullest of a version."""
        for node in self.nodes:
            namings = [t for layer, t in self.namings if (layer, t.key) == node]
            lines = list(dict.fromkeys(line for t in namings for line in t.words))
            telling = [line for line in lines if not is_bare(line.text, line.layer.language)]
            longest = sorted(lines, key=lambda line: (line.start - line.end, line.start))
            yield from telling or longest[:1]


class Proposals:
    """The proposals of one document, found by the target of a version.

    Shape: two targets are one proposal where versions of one stance have them, unless their
        point numbers, or in one language their words, speak against it.
    """

    def __init__(self, versions: Sequence[Version], rows: Iterable[Row]) -> None:
        self._of: dict[Node, Proposal] = {}
        for version in versions:
            for utterance in version.utterances:
                for target in _targets(utterance):
                    self._add(version.layer, target)
                self.of(version.layer, utterance.target).clauses.append(utterance.words)
        for layers in (False, True):  # numbered points first: they are sure
            for one, other in _links(rows):
                if layers or one[1].point:
                    self._join(one, other)

    def of(self, layer: str, target: Target) -> Proposal:
        """Return the proposal that a target of a version is."""
        return self._of[layer, target.key]

    def _add(self, layer: str, target: Target) -> None:
        node = (layer, target.key)
        proposal = self._of.setdefault(node, Proposal([node]))
        proposal.namings.append((layer, target))

    def _join(self, one: tuple[str, Target], other: tuple[str, Target]) -> None:
        a, b = self._of[one[0], one[1].key], self._of[other[0], other[1].key]
        if a is b or not _can_be_one(a, b):
            return
        a.nodes += b.nodes
        a.namings += b.namings
        a.clauses += b.clauses
        for node in b.nodes:
            self._of[node] = a


def _targets(utterance: Utterance) -> Iterator[Target]:
    yield utterance.target
    if utterance.answers:
        yield utterance.answers
    provisos = [*utterance.provisos, *(p for g in utterance.grounds for p in g.provisos)]
    yield from (one.trigger for one in provisos if one.trigger)


def _links(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, Target], tuple[str, Target]]]:
    """Yield the targets that stand in one place of one stance, in two of its versions."""
    for row in rows:
        (first, one), *others = row.told.items()
        for layer, other in others:
            yield (first, one.target), (layer, other.target)
            if one.answers and other.answers:
                yield (first, one.answers), (layer, other.answers)
            for a, b in zip(one.provisos, other.provisos, strict=False):
                if a.trigger and b.trigger:
                    yield (first, a.trigger), (layer, b.trigger)


def _can_be_one(a: Proposal, b: Proposal) -> bool:
    if (a.point, a.part) != (b.point, b.part):
        return False
    for layer, key in a.nodes:
        for other, key2 in b.nodes:
            if layer == other and not _alike(_phrase(a, (layer, key)), _phrase(b, (layer, key2))):
                return False
    return True


def _phrase(proposal: Proposal, node: Node) -> str:
    namings = [t for layer, t in proposal.namings if (layer, t.key) == node]
    return max((t.phrase for t in namings), key=len, default="")


def _alike(one: str, other: str) -> bool:
    """Tell whether two phrases of one language share the beginnings of most of their words."""
    a, b = (
        {word[:_STEM] for word in re.findall(r"\w{4,}", phrase.lower().replace("ё", "е"))}
        for phrase in (one, other)
    )
    return bool(a and b) and len(a & b) >= _SHARED * min(len(a), len(b))
