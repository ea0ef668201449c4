"""The claims of one document in two builds, each beside the one that took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from cablegraph.comparison.records import Claim
from cablegraph.comparison.wording import tell_field

#: Fields of a text version that say where it stands in its file.
_PLACE = frozenset({"start", "end", "line"})


class Turn(NamedTuple):
    """What became of a claim: changed, added (no old one) or removed (no new one)."""

    old: Claim | None
    new: Claim | None

    @property
    def change(self) -> str:
        """``added``, ``removed``, ``moved`` or ``changed``."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "moved" if _placeless(self.old) == _placeless(self.new) else "changed"

    @property
    def sides(self) -> list[Claim]:
        """The claims there are, the old one first."""
        return [claim for claim in self if claim is not None]


def find_turns(old: Iterable[Claim], new: Iterable[Claim]) -> list[Turn]:
    """Return what became of every claim that is not the same in both, by key.

    Shape: claims of one key belong together; of the others those that are the only ones to fill
        their field of their thing. ``moved`` are those with the same words at another place.
    """
    olds, news = {one.key: one for one in old}, {one.key: one for one in new}
    found = [Turn(olds[key], news[key]) for key in olds.keys() & news.keys()]
    gone = [olds[key] for key in olds.keys() - news.keys()]
    come = [news[key] for key in news.keys() - olds.keys()]
    found += _match(gone, come)
    return sorted((turn for turn in found if turn.old != turn.new), key=_order)


def _match(gone: list[Claim], come: list[Claim]) -> Iterator[Turn]:
    fields: defaultdict[tuple[str, ...], tuple[list[Claim], list[Claim]]]
    fields = defaultdict(lambda: ([], []))
    for side, claims in enumerate((gone, come)):
        for claim in claims:
            about = "" if claim.about == claim.key else claim.about
            kind = str(claim.value.get("is", ""))
            fields[about, kind, tell_field(claim)][side].append(claim)
    for olds, news in fields.values():
        if len(olds) == len(news) == 1:
            yield Turn(olds[0], news[0])
        else:
            yield from (Turn(one, None) for one in olds)
            yield from (Turn(None, one) for one in news)


def _placeless(claim: Claim) -> Claim:
    """Return a claim without places; of a text version not the words either, told as passages."""
    if claim.value.get("is") == "version":
        value = {name: claim.value[name] for name in claim.value if name not in _PLACE}
        return msgspec.structs.replace(claim, evidence=(), value=value)
    words = tuple(msgspec.structs.replace(one, line=0, column=0) for one in claim.evidence)
    return msgspec.structs.replace(claim, evidence=words)


def _order(turn: Turn) -> tuple[str, str]:
    return turn.sides[-1].about, turn.sides[-1].key
