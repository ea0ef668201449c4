"""Tell whether two stances of one message say the same again, or against each other."""

from __future__ import annotations

from cablegraph.extraction.stances.align_score import families
from cablegraph.extraction.stances.assemble import Draft
from cablegraph.extraction.stances.lexicon import coarse_kind

_OPPOSED = {"favourable", "unfavourable"}


def contradicts(one: Draft, other: Draft) -> bool:
    """Tell whether one party is for and against one thing under the same conditions."""
    sides = {families().get(one.kind), families().get(other.kind)}
    same = one.naming.key == other.naming.key and one.unit is other.unit and not one.naming.point
    parted = bool(one.conditions) != bool(other.conditions)
    held = set(one.speakers or one.unit.speakers) & set(other.speakers or other.unit.speakers)
    return sides == _OPPOSED and same and not parted and bool(held)


def repeats(one: Draft, other: Draft) -> bool:
    """Tell whether a clause says the same again: "inconceivable and not necessary"."""
    same_clause = (one.start, one.end) == (other.start, other.end)
    same_thing = one.naming.key == other.naming.key
    content = same_clause and one.naming.is_content and other.naming.is_content
    same_kind = coarse_kind(one.kind) == coarse_kind(other.kind)
    if same_kind and one.kind == "inform-intent":
        return one.speakers == other.speakers  # one announcement a sentence
    return same_kind and one.speakers == other.speakers and (same_thing or content)
