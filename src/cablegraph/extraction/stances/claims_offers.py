"""Give each proposal its path, its label and its claim; a point of a message keeps its number.

The path of a proposal put in a message whose day is known is made of who put it, that day and the
point: ``proposal/mao-1951-07-03/3b``, or the words of a point that has no number. Whatever
document speaks of that message means the same proposal. Any other proposal stays with the
document that speaks of it: ``proposal/1951-07-03-wcda-1/peace-talks``, so that those of two
messages of one day are never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.drafts import find_drafts
from cablegraph.extraction.meetings import find_offers, scope_of
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align_targets import Proposal
from cablegraph.extraction.stances.claims_summary import named_in_summary
from cablegraph.extraction.stances.label import (
    is_bare,
    is_poor,
    is_sentence,
    key_of,
    label_phrase,
    label_point,
    short_name,
)
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Link, Offer, Status

# A word that says something: one of at least four letters, or an abbreviation.
_TELLING = re.compile(r"[^\W\d_]{4}|\b[^\W\d_a-zа-яё]{2}")
_HYPOTHETICAL = "named as something that might be put, not as put"
_FROM_SUMMARY = "the summary too tells who puts it, in other words for the matter"


@dataclass(slots=True)
class _Entry:
    """What is known of the proposal that a path stands for."""

    label: str
    language: str
    proposals: list[Proposal] = field(default_factory=list)
    proposers: tuple[str, ...] = ()
    summary: tuple[Evidence, ...] = ()
    point: str | None = None
    part_of: str | None = None


class Offers:
    """The proposals of one document by their paths, in the order in which they are asked for."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._entries: dict[str, _Entry] = {}
        self._paths: dict[int, str] = {}
        self._wholes = list(find_offers(scene))
        self._days = {
            claim.about: claim.value.edtf
            for claim in scene.told(find_messages)
            if isinstance(claim.value, Date) and claim.value.kind == "sent"
        }
        self._authors = _authors(scene)

    def path(self, proposal: Proposal) -> str:
        """Return the path of a proposal; the same one for the same proposal."""
        if id(proposal) not in self._paths:
            self._paths[id(proposal)] = self._enter(proposal)
        return self._paths[id(proposal)]

    def proposers(self, proposal: Proposal) -> tuple[str, ...]:
        """Return who puts a proposal, as the whole document tells."""
        return self._entries[self.path(proposal)].proposers

    def claims(self) -> Iterator[Claim]:
        """Yield the claim of every proposal asked for, of the points that they are parts of, and
        of the whole that a correspondent put.
        """
        wholes = set()
        for path, entry in self._entries.items():
            yield self._claim(path, entry)
            if entry.part_of:
                wholes.add(entry.part_of)
        yield from (claim for claim in self._wholes if claim.key in wholes)

    def _enter(self, proposal: Proposal) -> str:
        proposers, summary = self._who(proposal)
        scope = self._scope(proposal, proposers)
        if proposal.point:
            return self._enter_point(proposal, proposers, scope)
        label, language = self._label(proposal)
        bare = is_bare(label, language)
        path = self._whole(scope, proposers) if bare else f"{scope}/{key_of(label, language)}"
        if bare and proposers:
            label, language = f"{self.scene.names.label(proposers[0])}'s proposals", "en"
        before = self._entries.get(path)
        if before and before.proposers and proposers and before.proposers != proposers:
            path += f"-{proposers[0].rpartition('/')[2]}"
        entry = self._entries.setdefault(path, _Entry(label, language))
        entry.proposals.append(proposal)
        entry.proposers = entry.proposers or proposers
        entry.summary += summary
        if not bare and not self._is_own(scope):
            entry.part_of = self._part_of(scope)
        return path

    def _enter_point(self, proposal: Proposal, proposers: tuple[str, ...], scope: str) -> str:
        """Enter a point, and where it is only a part of one, the point itself."""
        point = proposal.point or ""
        whose = proposers[0] if proposers else None
        start = f"{scope}/"
        if self._is_own(scope):
            start += f"{whose.rpartition('/')[2]}-point-" if whose else "point-"
        path = start + slug(point + (proposal.part or ""))
        whole = start + slug(point)
        for key, part in {whole: None, path: proposal.part}.items():
            label = self._point_label(proposal, whose, part)
            entry = self._entries.setdefault(key, _Entry(label, "en"))
            entry.proposals.append(proposal)
            entry.proposers = entry.proposers or proposers
            entry.part_of = whole if part else self._part_of(scope)
            entry.point = None if part else point
        return path

    def _point_label(self, proposal: Proposal, whose: str | None, part: str | None) -> str:
        name = short_name(whose, self.scene.names.label(whose)) if whose else None
        return label_point(proposal.point or "", part, name, self._days.get(proposal.put_in or ""))

    def _label(self, proposal: Proposal) -> tuple[str, str]:
        """Return a label in English where one version is, else in the language of the words.

        Shape: of the first phrase that names the matter; of a sentence only where there is no
            phrase, of the clause that takes the stance only where neither names a matter.
        """
        lines = [*proposal.lines(), *proposal.clauses]
        languages = dict.fromkeys(["en", *(line.layer.language for line in lines)])
        for language in languages:
            found = proposal.phrases(language)
            if found and all(is_bare(phrase, language) for phrase in found):
                return found[0], language
            found.sort(key=lambda phrase: is_sentence(phrase, language))
            found += [line.text for line in lines if line.layer.language == language]
            label = ""
            for phrase in found:
                told = label_phrase(phrase, language)
                label = told if _TELLING.search(told) else label
                if label and label is told and not is_poor(told, language):
                    break
            if label:
                return label, language
        return lines[0].text.strip(), lines[0].layer.language

    def _who(self, proposal: Proposal) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
        """Return who puts a proposal: who wrote the draft in which the signatories put it."""
        proposers = proposal.proposers
        for signatories, authors in self._authors:
            if proposers and signatories.issuperset(proposers):
                return authors, ()
        if proposal.is_hypothetical or self.scene.parties.intersection(proposers):
            return proposers, ()
        others, words = named_in_summary(self.scene, proposal)
        return tuple(dict.fromkeys((*proposers, *others))), words

    def _scope(self, proposal: Proposal, proposers: tuple[str, ...]) -> str:
        day = self._days.get(proposal.put_in or "")
        if proposers and day:
            return scope_of(self.scene, proposers[0], proposal.put_in, day)
        return scope_of(self.scene)

    def _is_own(self, scope: str) -> bool:
        return scope == scope_of(self.scene)

    def _whole(self, scope: str, proposers: tuple[str, ...]) -> str:
        if not self._is_own(scope):
            return scope
        name = proposers[0].rpartition("/")[2] if proposers else "unnamed"
        return f"{scope}/{name}-proposals"

    def _part_of(self, scope: str) -> str | None:
        return scope if any(claim.key == scope for claim in self._wholes) else None

    def _claim(self, path: str, entry: _Entry) -> Claim:
        first = entry.proposals[0]
        hypothetical = all(one.is_hypothetical for one in entry.proposals)
        words = {line.evidence for one in entry.proposals for line in one.lines()}
        certainty: Certainty = "certain" if entry.proposers and not entry.summary else "probable"
        status: Status | None = "hypothetical" if hypothetical else None
        reason = _HYPOTHETICAL if hypothetical else (_FROM_SUMMARY if entry.summary else None)
        return Claim(
            key=path,
            about=path,
            value=Offer(
                label=entry.label,
                proposed_by=entry.proposers,
                proposed_in=next((one.put_in for one in entry.proposals if one.put_in), None),
                point=entry.point,
                part_of=entry.part_of,
                language=entry.language,
            ),
            evidence=tuple(sorted({*words, *entry.summary})),
            rule="point-discussed" if first.point else "proposal-discussed",
            certainty=certainty,
            status=status,
            reason=reason,
        )


def _authors(scene: Scene) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """Return the signatories and the creators of each draft that stands in the message."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for claim in scene.told(find_drafts):
        if isinstance(claim.value, Link):
            signatories, creators = found.setdefault(claim.about, (set(), set()))
            if claim.value.property == "cbl:signatory":
                signatories.add(claim.value.target)
            elif claim.value.property == "rico:hasCreator":
                creators.add(claim.value.target)
    return [
        (frozenset(signatories), tuple(sorted(creators)))
        for _, (signatories, creators) in sorted(found.items())
        if signatories and creators
    ]
