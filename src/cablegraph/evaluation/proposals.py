"""Compare the stances on proposals: the passage, the stance, who takes it.

A stance that was read is on the truth's proposal if words of its evidence stand in a sentence of
the quotation. ``proposals`` asks no more than that. ``proposals-coarse`` asks for the coarse
stance too; a near-miss (near-misses.csv) is half right. ``proposals-by`` asks that the holders be
those of the truth, no more and no fewer. ``proposals-fine`` asks for the concept of
scheme/stance, and looks only at proposals of which the truth gives one; stances on others are no
false alarm there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cablegraph.evaluation.concepts import stance_likeness
from cablegraph.evaluation.extracts import ReadStance
from cablegraph.evaluation.likeness import Likeness, spell
from cablegraph.evaluation.matching import pair
from cablegraph.evaluation.passages import Stretch, do_meet, sentences_of
from cablegraph.evaluation.scores import Outcome, Shown, compare
from cablegraph.evaluation.truth import Proposal

FINE = "proposals-fine"


@dataclass(frozen=True, slots=True)
class Passage(Shown):
    """A proposal of the truth, with the sentences that its quotation stands in."""

    proposal: Proposal | None = None
    places: tuple[Stretch, ...] = ()

    def is_met_by(self, stance: ReadStance) -> bool:
        """Say whether words of the stance stand in the same sentence."""
        return do_meet(self.places, stance.places)


def compare_proposals(
    wanted: Sequence[Proposal], found: Sequence[ReadStance], text: str, like: Likeness
) -> Iterator[Outcome]:
    """Yield the outcome of target, coarse stance, holders and, where given, fine stance."""
    passages = [_passage(one, text) for one in wanted]

    def where_met(
        judge: Callable[[Proposal, ReadStance], float],
    ) -> Callable[[Passage, ReadStance], float]:
        return lambda one, other: (
            judge(one.proposal, other) if one.proposal and one.is_met_by(other) else 0.0
        )

    yield compare("proposals", passages, found, where_met(lambda *_: 1.0))
    yield compare("proposals-coarse", passages, found, where_met(_coarse))
    yield compare(
        "proposals-by", passages, found, where_met(lambda one, other: _by(one, other, like))
    )
    fine = [one for one in passages if one.proposal and one.proposal.fine]
    if fine:
        near = [other for other in found if any(one.is_met_by(other) for one in fine)]
        yield compare(FINE, fine, near, where_met(_fine))


def _passage(one: Proposal, text: str) -> Passage:
    shown = f"{one.stance} by {', '.join(one.stance_by)}: {one.quote}"
    return Passage(shown, (one.quote,), one, tuple(sentences_of(text, one.quote)))


def _coarse(one: Proposal, other: ReadStance) -> float:
    return stance_likeness(one.stance, other.coarse)


def _fine(one: Proposal, other: ReadStance) -> float:
    return float(one.fine == other.fine)


def _by(one: Proposal, other: ReadStance, like: Likeness) -> float:
    pairs = pair(one.stance_by, other.holders, lambda name, path: like.is_same(spell(name), path))
    return float(len(pairs) == len(one.stance_by) == len(other.holders))
