"""Suspect a point known by its number and a proposal known by its words to be one and the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align import Row
from cablegraph.extraction.stances.align_targets import Proposal, Proposals
from cablegraph.extraction.stances.claims_offers import Offers
from cablegraph.records.claims import Claim, Statement

# What is put in answer follows the point that is kept back, after what it answers.
_NEAR = 2
_REASON = (
    "a point that is to be kept back, and right after it a proposal of the same message that has "
    "no number and is to be put only in answer to another: the words may mean one thing"
)


def find_same(
    scene: Scene, rows: Sequence[Row], proposals: Proposals, offers: Offers
) -> Iterator[Claim]:
    """Yield, as a mere possibility, that a withheld point is the counter-proposal after it.

    Shape: one statement a pair, never asserted; both were put by one party in one message.
    Source: the fourth point is not to be advanced, but if the other side proposes a commission,
        "your proposal about a commission of neutral states" is.
    """
    for index, row in enumerate(rows):
        if not _has_kind(row, "withhold"):
            continue
        point = _proposal(row, proposals)
        for other in islice(rows, index + 1, index + 1 + _NEAR):
            put = _proposal(other, proposals)
            if _has_kind(other, "counter-propose") and _may_be_one(point, put):
                one, two = offers.path(point), offers.path(put)
                words = (u.words.evidence for x in (row, other) for u in x.told.values())
                yield Claim(
                    key=f"{scene.telegram}/claim/same-as-{one.replace('/', '-')}",
                    about=one,
                    value=Statement(one, "prov:alternateOf", two),
                    evidence=tuple(sorted(set(words))),
                    rule="point-put-in-answer",
                    certainty="possible",
                    status="hypothetical",
                    reason=_REASON,
                )


def _has_kind(row: Row, kind: str) -> bool:
    return all(one.kind == kind for one in row.told.values())


def _proposal(row: Row, proposals: Proposals) -> Proposal:
    layer, one = next(iter(row.told.items()))
    return proposals.of(layer, one.target)


def _may_be_one(point: Proposal, put: Proposal) -> bool:
    same = point.proposers == put.proposers and point.put_in == put.put_in
    return bool(same and point.put_in and point.point and not point.part and not put.point)
