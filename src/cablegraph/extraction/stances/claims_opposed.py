"""Join the stances of one message that are for and against one proposal, and leave them open.

One party seldom holds both: mostly one of the two is misread, or they are on two things that go by
one name. Which, only a reader can tell, so both stand, each as a possibility.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec

from cablegraph.extraction.stances.align_notices import OPPOSED
from cablegraph.extraction.stances.align_score import families
from cablegraph.records.claims import Claim, Stance

_SIDES = {"favourable", "unfavourable"}


def join_opposed(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield *claims*, with stances that are opposed to each other joined as rivals.

    Shape: opposed are a favourable and an unfavourable stance of one message on one proposal,
        with a holder in common, under one condition or none.
    """
    listed = list(claims)
    groups: dict[tuple[str | None, str], list[Claim]] = {}
    for claim in listed:
        if isinstance(claim.value, Stance) and families().get(claim.value.kind) in _SIDES:
            groups.setdefault((claim.about, claim.value.on), []).append(claim)
    rivals: dict[str, set[str]] = {}
    for group in groups.values():
        for one, other in combinations(group, 2):
            if _are_opposed(one.value, other.value) and other.key not in one.rivals:
                rivals.setdefault(one.key, set()).add(other.key)
                rivals.setdefault(other.key, set()).add(one.key)
    yield from (_opposed(claim, rivals[claim.key]) if claim.key in rivals else claim
                for claim in listed)  # fmt: skip


def _are_opposed(one: object, other: object) -> bool:
    if not (isinstance(one, Stance) and isinstance(other, Stance)):
        return False
    sides = {families()[one.kind], families()[other.kind]}
    same = set(one.conditions) & set(other.conditions) or not (one.conditions or other.conditions)
    return sides == _SIDES and bool(same) and bool(set(one.holders) & set(other.holders))


def _opposed(claim: Claim, others: set[str]) -> Claim:
    kind = claim.value.kind if isinstance(claim.value, Stance) else ""
    said = f"{OPPOSED}: {kind} here, otherwise in " + " and ".join(
        other.rpartition("/")[2] for other in sorted(others)
    )
    return msgspec.structs.replace(
        claim,
        rivals=tuple(sorted({*claim.rivals, *others})),
        certainty="possible",
        status="unresolved",
        reason=f"{claim.reason}; {said}" if claim.rivals and claim.reason else said,
    )
