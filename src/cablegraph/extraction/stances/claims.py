"""Make claims of what the text versions say of proposals: offers, stances, conditions, reasons.

Where versions agree, one claim has the words of each. Where they differ in what is wanted or of
which proposal, every reading is kept, joined to its rivals and left open. Where they differ only
in force, the words of the message itself outrank those of a translator, who often renders one
modal verb by another; both stand in the graph, one preferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align import Row, Version, align, prepare_version
from cablegraph.extraction.stances.align_notices import READ_ONLY_IN, VERSIONS_DIFFER
from cablegraph.extraction.stances.align_targets import Proposal, Proposals
from cablegraph.extraction.stances.claims_grounds import Grounds
from cablegraph.extraction.stances.claims_offers import Offers
from cablegraph.extraction.stances.claims_opposed import join_opposed
from cablegraph.extraction.stances.claims_same import find_same
from cablegraph.extraction.stances.model import Target, Utterance
from cablegraph.extraction.stances.parties import Parties
from cablegraph.extraction.stances.read import read_utterances
from cablegraph.records.claims import Certainty, Claim, Stance, Status

# Forces by which the speaker speaks for himself.
_BINDING = ("commit", "refuse")
_FORCE_OF_KIND = "no word gives the force: it is that of the kind"


@dataclass(slots=True)
class _Telling:
    """The versions of one stance that agree on kind, force and proposal."""

    kind: str
    force: str | None
    proposal: Proposal
    told: dict[str, Utterance]

    def first(self, name: str) -> tuple[str, ...]:
        """Return the agents that the first version to name any has."""
        found: Iterator[tuple[str, ...]] = (getattr(one, name) for one in self.told.values())
        return next((agents for agents in found if agents), ())


def find_stances(scene: Scene) -> Iterator[Claim]:
    """Yield the stances that a message takes on proposals, with the proposals, conditions and
    reasons.

    Shape: stances are numbered in order of the text, those of the message before those of the
        messages that stand in it; what they name is claimed once, with the words of every version.
    """
    parties = Parties(scene)
    read = [(p.layer.key, read_utterances(scene, p, parties=parties)) for p in scene.texts]
    claims = list(join_opposed(claims_of(scene, read)))
    yield from parties.introduce(claims)
    yield from claims


def claims_of(scene: Scene, read: Sequence[tuple[str, Sequence[Utterance]]]) -> Iterator[Claim]:
    """Yield the claims of what was read from each text version, named by its layer."""
    if not any(found for _, found in read):
        return
    alone = len(read) == 1
    versions = [
        prepare_version(scene, scene.parts[layer], found, alone=alone) for layer, found in read
    ]
    rows = align(versions)
    proposals = Proposals(versions, rows)
    offers = Offers(scene)
    maker = _Maker(scene, versions, proposals, offers)
    for number, row in enumerate(rows, 1):
        yield from maker.stances(row, number)
    yield from maker.grounds.claims()
    yield from offers.claims()
    yield from find_same(scene, rows, proposals, offers)


class _Maker:
    """Makes the claims of the stances of one document."""

    def __init__(
        self, scene: Scene, versions: Sequence[Version], proposals: Proposals, offers: Offers
    ) -> None:
        self.scene, self.proposals, self.offers = scene, proposals, offers
        self.originals = {version.layer for version in versions if version.is_original}
        self.grounds = Grounds(scene.telegram, proposals, offers)

    def stances(self, row: Row, number: int) -> Iterator[Claim]:
        """Yield the one stance of a row, or the rival readings of it."""
        tellings = self._tellings(row)
        key = f"{row.message}/stance/{number:02}"
        keys = [key, *(f"{key}-{next(iter(one.told))}" for one in tellings[1:])]
        claims = [self._claim(k, row, one) for k, one in zip(keys, tellings, strict=True)]
        if len(claims) > 1:
            yield from self._rivals(claims, tellings)
        elif row.missing:
            has, others = " and the ".join(row.told), " and the ".join(row.missing)
            reason = f"{READ_ONLY_IN}{has}, though the {others} has the passage"
            yield msgspec.structs.replace(claims[0], certainty="probable", reason=reason)
        else:
            yield claims[0]

    def _tellings(self, row: Row) -> list[_Telling]:
        """Part the versions by what they say; those of the message itself come first."""
        found: list[_Telling] = []
        for layer in sorted(row.told, key=lambda name: name not in self.originals):
            one = row.told[layer]
            proposal = self.proposals.of(layer, one.target)
            for telling in found:
                forces = {telling.force, one.force} - {None}
                if telling.kind == one.kind and telling.proposal is proposal and len(forces) < 2:
                    telling.told[layer] = one
                    telling.force = telling.force or one.force
                    break
            else:
                found.append(_Telling(one.kind, one.force, proposal, {layer: one}))
        return found

    def _claim(self, key: str, row: Row, one: _Telling) -> Claim:
        told = one.told
        conditions = self.grounds.conditions(
            row.message, one.proposal, {layer: u.provisos for layer, u in told.items()}
        )
        reasons = self.grounds.reasons(
            row.message, one.proposal, {layer: u.grounds for layer, u in told.items()}
        )
        answers = self._answers(one)
        kind = one.kind
        if kind == "counter-propose" and not (answers and conditions):
            kind = "propose"  # put in place of nothing that the words name
        holders = one.first("speakers") or self.scene.agents("sender")
        force = one.force or settings("proposals")["forces"].get(kind)
        return Claim(
            key=key,
            about=row.message,
            value=Stance(
                on=self.offers.path(one.proposal),
                kind=kind,
                force=force,
                holders=holders,
                advises=self._advised(row, one, {*holders, *self.grounds.opponents(conditions)}),
                conditions=conditions,
                reasons=reasons,
                answers=answers if kind == "counter-propose" else None,
            ),
            evidence=tuple(sorted({u.words.evidence for u in told.values()})),
            rule="stance-cue",
            certainty="certain" if one.force else "probable",
            reason=None if one.force else _FORCE_OF_KIND,
        )

    def _advised(self, row: Row, one: _Telling, others: set[str]) -> tuple[str, ...]:
        """Return who is told what to do: not the other side, to whom a draft binds its signers."""
        if row.message != self.scene.telegram and one.force in _BINDING:
            return ()
        return tuple(agent for agent in one.first("advised") if agent not in others)

    def _answers(self, one: _Telling) -> str | None:
        found: Iterator[tuple[str, Target]] = (
            (layer, u.answers) for layer, u in one.told.items() if u.answers
        )
        pair = next(found, None)
        return self.offers.path(self.proposals.of(*pair)) if pair else None

    def _rivals(self, claims: list[Claim], tellings: list[_Telling]) -> Iterator[Claim]:
        """Join rival readings and judge them: by their original, where only the force differs."""
        said = "; ".join(
            f"{one.kind} ({one.force or 'no force'}) on {self.offers.path(one.proposal)} in the "
            + " and the ".join(one.told)
            for one in tellings
        )
        only_force = len({(one.kind, id(one.proposal)) for one in tellings}) == 1
        original = [bool(self.originals & set(one.told)) for one in tellings]
        settled = only_force and sum(original) == 1
        for claim, own in zip(claims, original, strict=True):
            others = sorted(other.key for other in claims if other.key != claim.key)
            certainty, status = _standing(settled, own)
            reason = f"{VERSIONS_DIFFER}: {said}"
            if settled:
                reason += "; in force the message outranks its translation"
            yield msgspec.structs.replace(
                claim, rivals=tuple(others), certainty=certainty, status=status, reason=reason
            )


def _standing(settled: bool, own: bool) -> tuple[Certainty, Status]:
    if not settled:
        return "possible", "unresolved"
    return ("probable", "preferred") if own else ("doubtful", "alternative")
