"""Make utterances of what was read: one target a proposal, with every naming of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cablegraph.extraction.lines import Line
from cablegraph.extraction.stances.clauses import Piece
from cablegraph.extraction.stances.model import Ground, Proviso, Target, Utterance
from cablegraph.extraction.stances.phrases import Naming, Register
from cablegraph.extraction.stances.provisos import Condition
from cablegraph.extraction.stances.units import Unit
from cablegraph.records.model import Layer


@dataclass(slots=True)
class Draft:
    """A stance while its message is being read; offsets count code points of the layer."""

    start: int
    end: int
    sentence: int  # where its sentence begins
    kind: str
    force: str
    naming: Naming
    cue: str
    unit: Unit
    speakers: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()
    grounds: list[tuple[int, int, tuple[Condition, ...]]] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    answers: Naming | None = None
    told: int = 0  # where the words of its cue end


def assemble(layer: Layer, register: Register, drafts: Iterable[Draft]) -> list[Utterance]:
    """Return the utterances of a text version, in the order of *drafts*."""
    listed = list(drafts)
    answered = {who: path for draft in listed for who, path in sorted(draft.unit.answered.items())}
    targets = _Targets(layer, register, answered)
    return [_utterance(layer, draft, targets) for draft in listed]


def _utterance(layer: Layer, draft: Draft, targets: _Targets) -> Utterance:
    own = draft.speakers == draft.unit.speakers and not draft.unit.is_drafted
    return Utterance(
        words=_line(layer, draft.start, draft.end),
        kind=draft.kind,
        force=draft.force or None,
        target=targets.of(draft.naming),
        message=draft.unit.path,
        speakers=draft.speakers,
        advised=draft.unit.advised if own else (),
        provisos=tuple(_proviso(layer, one, targets) for one in draft.conditions),
        grounds=tuple(
            Ground(
                _line(layer, start, end),
                tuple(_proviso(layer, one, targets) for one in conditions),
            )
            for start, end, conditions in draft.grounds
        ),
        answers=targets.of(draft.answers) if draft.answers else None,
        cue=draft.cue,
    )


def _proviso(layer: Layer, condition: Condition, targets: _Targets) -> Proviso:
    return Proviso(
        words=_line(layer, condition.start, condition.end),
        kind=condition.kind,
        actors=condition.actors,
        trigger=targets.of(condition.trigger) if condition.trigger else None,
    )


def _line(layer: Layer, start: int, end: int) -> Line:
    text = layer.text[start:end]
    return Line(layer, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


class _Targets:
    """The proposals of a version, each made once of all its namings."""

    def __init__(self, layer: Layer, register: Register, answered: dict[str, str]) -> None:
        self.layer, self.answered = layer, answered
        self._namings: dict[str, list[Naming]] = {}
        for naming in register.namings:
            self._namings.setdefault(naming.key, []).append(naming)
        # Points are those of one list: whose one of them is, theirs are the others too.
        self._of_points = next(
            (n.proposers for n in register.namings if n.point and n.proposers), ()
        )
        self._made: dict[str, Target] = {}

    def of(self, naming: Naming) -> Target:
        """Return the proposal that a naming names."""
        if naming.key not in self._made:
            self._made[naming.key] = self._make(naming.key)
        return self._made[naming.key]

    def _make(self, key: str) -> Target:
        namings = self._namings[key]
        fullest = sorted(namings, key=lambda n: (n.start - n.end, n.start))
        named = sorted(fullest, key=lambda n: n.is_content)  # what a noun says of it, first
        places = dict.fromkeys((naming.start, naming.end) for naming in fullest)
        proposers = next((n.proposers for n in namings if n.proposers), ())
        if not proposers and namings[0].point:
            proposers = self._of_points
        return Target(
            key=key,
            words=tuple(_line(self.layer, *place) for place in places),
            phrase=next((n.phrase for n in named if n.phrase), ""),
            point=namings[0].point,
            part=namings[0].part,
            proposers=proposers,
            put_in=self.answered.get(proposers[0]) if len(proposers) == 1 else None,
            is_hypothetical=all(naming.is_hypothetical for naming in namings),
        )
