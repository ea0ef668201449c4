"""Number the conditions and reasons of a message and give each its claim.

A condition named in several stances, or in several versions, is one; so is a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cablegraph.extraction.lines import Line
from cablegraph.extraction.stances.align_notices import VERSIONS_DIFFER
from cablegraph.extraction.stances.align_targets import Proposal, Proposals
from cablegraph.extraction.stances.claims_offers import Offers
from cablegraph.extraction.stances.label import label_phrase
from cablegraph.extraction.stances.model import Ground, Proviso
from cablegraph.records.claims import Claim, Condition, Evidence, Reason

_OPPONENT = ("if-opponent-proposes", "if-opponent-agrees", "if-opponent-refuses")
_OTHERWISE = "if-third-party"
_LONGEST = 160  # of the label of a reason, which is a sentence

Place = tuple[str, int, int]


@dataclass(slots=True)
class _Entry:
    """A condition or a reason: every telling of it, and the message in which it stands."""

    message: str
    proposal: Proposal  # the one that the first stance with it is about
    told: list[tuple[str, Proviso | Ground]] = field(default_factory=list)
    condition: str | None = None  # of a reason

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(sorted({one.words.evidence for _, one in self.told}))


class Grounds:
    """The conditions and reasons of one document, numbered as they are asked for."""

    def __init__(self, telegram: str, proposals: Proposals, offers: Offers) -> None:
        self.telegram, self.proposals, self.offers = telegram, proposals, offers
        self._entries: dict[str, _Entry] = {}
        self._places: dict[Place, str] = {}

    def conditions(
        self, message: str, proposal: Proposal, told: Mapping[str, Sequence[Proviso]]
    ) -> tuple[str, ...]:
        """Return the keys of the conditions that the versions of one stance name."""
        return self._enter("condition", message, proposal, told)

    def reasons(
        self, message: str, proposal: Proposal, told: Mapping[str, Sequence[Ground]]
    ) -> tuple[str, ...]:
        """Return the keys of the reasons that the versions of one stance give."""
        keys = self._enter("reason", message, proposal, told)
        for key in keys:
            entry = self._entries[key]
            within = {layer: one.provisos for layer, one in entry.told if isinstance(one, Ground)}
            if found := self.conditions(message, proposal, within):
                entry.condition = entry.condition or found[0]
        return keys

    def opponents(self, keys: Sequence[str]) -> set[str]:
        """Return who, by those conditions, is the other side."""
        values = [self._condition(self._entries[key]) for key in keys]
        return {actor for one in values if one.kind in _OPPONENT for actor in one.actors}

    def claims(self) -> Iterator[Claim]:
        """Yield the claim of every condition and reason, in order of their numbers."""
        for key, entry in self._entries.items():
            is_reason = isinstance(entry.told[0][1], Ground)
            yield Claim(
                key=key,
                about=entry.message,
                value=self._reason(entry) if is_reason else self._condition(entry),
                evidence=entry.evidence,
                rule="reason-of-stance" if is_reason else "condition-of-stance",
                reason=_kinds_differ(entry),
            )

    def _enter(
        self,
        what: str,
        message: str,
        proposal: Proposal,
        told: Mapping[str, Sequence[Proviso] | Sequence[Ground]],
    ) -> tuple[str, ...]:
        """Return the keys of things told in the same order by several versions."""
        keys = []
        for group in zip_longest(*([(layer, x) for x in found] for layer, found in told.items())):
            one = [pair for pair in group if pair]
            places = [(layer, *_span(thing.words)) for layer, thing in one]
            known = [self._places[place] for place in places if place in self._places]
            number = sum(key.startswith(f"{self.telegram}/{what}/") for key in self._entries) + 1
            key = known[0] if known else f"{self.telegram}/{what}/{number}"
            entry = self._entries.setdefault(key, _Entry(message, proposal))
            entry.told += [pair for pair in one if pair not in entry.told]
            self._places.update(dict.fromkeys(places, key))
            keys.append(key)
        return tuple(dict.fromkeys(keys))

    def _condition(self, entry: _Entry) -> Condition:
        """Return a condition as its first version has it.

        Shape: that an opponent proposes something needs the opponent and the proposal: what the
            stance is about, if the words name nothing else, and who might put that, if they
            name nobody; else it is the act of somebody left open.
        """
        told = [(layer, one) for layer, one in entry.told if isinstance(one, Proviso)]
        kind = told[0][1].kind
        actors = next((one.actors for _, one in told if one.actors), ())
        triggers = (self.proposals.of(layer, p.trigger) for layer, p in told if p.trigger)
        trigger = next(triggers, None)
        if kind == "if-opponent-proposes":
            trigger = trigger or entry.proposal
            if trigger.is_hypothetical:  # what was put already is not theirs who might put it
                actors = actors or self.offers.proposers(trigger)
            elif set(actors) & set(self.offers.proposers(trigger)):
                return Condition(_OTHERWISE, actors, None)  # no opponent puts it again
            kind = kind if actors else _OTHERWISE
        return Condition(kind, actors, self.offers.path(trigger) if trigger else None)

    def _reason(self, entry: _Entry) -> Reason:
        """Return a reason in the words of the English version, else of the first."""
        lines = [one.words for _, one in entry.told]
        english = [line for line in lines if line.layer.language == "en"]
        line = (english or lines)[0]
        language = line.layer.language
        label = label_phrase(line.text, language, _LONGEST) or line.text
        return Reason(label, entry.condition, language)


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _kinds_differ(entry: _Entry) -> str | None:
    kinds = {layer: one.kind for layer, one in entry.told if isinstance(one, Proviso)}
    if len(set(kinds.values())) < 2:
        return None
    return f"{VERSIONS_DIFFER}: " + ", ".join(f"{k} in the {layer}" for layer, k in kinds.items())
