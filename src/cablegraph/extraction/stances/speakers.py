"""Say whose words a passage is: the sender's, the signatories', or somebody's whom it reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cablegraph.extraction.drafts import find_drafts, find_embedded
from cablegraph.extraction.envelopes import find_enveloped
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.parts import Line, Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.cues import Taken
from cablegraph.records.claims import Claim, Link, Message
from cablegraph.records.model import Layer

_AGENTS = ("person/", "group/", "org/")
_TO_OTHERS = frozenset({"recommend", "require", "command"})  # said by the voice to somebody
_SINGULAR = frozenset({"he", "she", "он", "она"})
_SIGNED = ("cbl:signatory", "rico:hasSender")
_BESIDE = 12  # characters between a pronoun and the verb that goes with it
_FAR = 90  # characters between a name and the verb of saying that goes with it
_OF = re.compile(r"\s+(?:(?:of|by|from)\s+)?(?:the\s+)?")
_PARTIES = {
    language: {
        who: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        for who, words in GRAMMAR["parties"][language].items()
    }
    for language in GRAMMAR["parties"]
}


def _subjects(language: str, who: str) -> re.Pattern[str]:
    """Return the forms of a pronoun that may be a subject, or go with one: "our delegates"."""
    return _PARTIES[language][f"subject_{who}"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A message, or one inside it, with who speaks in it to whom."""

    path: str
    stretches: tuple[tuple[int, int], ...]  # paragraphs, as offsets of the layer's text
    speakers: tuple[str, ...]
    advised: tuple[str, ...]
    is_drafted: bool  # put to others to send: what it says is no advice to its addressee
    answered: dict[str, str]  # sender to the only message of his that is answered or spoken of


def find_units(scene: Scene, parts: Parts) -> list[Unit]:
    """Return the message of a text version and those inside it, in order of place.

    Shape: the signatories of a draft speak in it, the sender in a message that is repeated.
    """
    claims = [*find_drafts(scene), *find_enveloped(scene)]
    drafts = [claim for claim in claims if isinstance(claim.value, Link)]
    answered = _answered(scene)
    inside = [(path, list(embedded.lines)) for path, embedded in find_embedded(scene, parts)]
    taken = {line for _, lines in inside for line in lines}
    for path, lines in _enclosed(claims, parts):
        if not taken & set(lines):
            inside.append((path, lines))
            taken |= set(lines)
    body = _paragraphs(parts.layer, [line for line in parts.body if line not in taken])
    main = Unit(
        scene.telegram, body, scene.agents("sender"), scene.agents("addressee"), False, answered
    )
    units = [main]
    drafted = {
        claim.key
        for claim in claims
        if isinstance(claim.value, Message) and claim.value.attestation == "drafted"
    }
    for path, lines in inside:
        senders = _linked(drafts, path, _SIGNED)
        addressees = _linked(drafts, path, ("rico:hasAddressee",))
        paragraphs = _paragraphs(parts.layer, lines)
        own = answered if senders == main.speakers else {}
        units.append(Unit(path, paragraphs, senders, addressees, path in drafted, own))
    return [unit for unit in units if unit.stretches]


def _enclosed(claims: Iterable[Claim], parts: Parts) -> Iterator[tuple[str, list[Line]]]:
    """Yield the lines of the message that the wire carries as a whole, where its edges stand."""
    for claim in claims:
        edges = [words for words in claim.evidence if words.layer == parts.layer.key]
        if claim.rule == "enclosed-message" and isinstance(claim.value, Message) and len(edges) > 1:
            start, end = min(edges).start, max(words.end for words in edges)
            places = ((line, line.evidence) for line in parts.body)
            lines = [line for line, words in places if start <= words.start and words.end <= end]
            if lines:
                yield claim.key, lines


def _linked(claims: Iterable[Claim], about: str, properties: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        claim.value.target
        for claim in claims
        if claim.about == about
        and isinstance(claim.value, Link)
        and claim.value.property in properties
    ]
    return tuple(dict.fromkeys(found))


def _answered(scene: Scene) -> dict[str, str]:
    """Return, for each sender, the only message of his that this one answers or refers to."""
    links = [claim for claim in find_messages(scene) if isinstance(claim.value, Link)]
    for properties in (("rico:isReplyTo",), ("rico:isReplyTo", "dcterms:references")):
        meant = set(_linked(links, scene.telegram, properties))
        by_sender: dict[str, set[str]] = {}
        for claim in links:
            value = claim.value
            if claim.about not in meant or not isinstance(value, Link):
                continue
            if value.property == "rico:hasSender":
                by_sender.setdefault(value.target, set()).add(claim.about)
        if by_sender:
            return {who: min(paths) for who, paths in by_sender.items() if len(paths) == 1}
    return {}


def _paragraphs(layer: Layer, lines: Iterable[Line]) -> tuple[tuple[int, int], ...]:
    """Join lines that a single line break parts; a blank line, or another part, ends one."""
    found: list[tuple[int, int]] = []
    for line in sorted(lines, key=lambda line: line.start):
        between = layer.text[found[-1][1] : line.start] if found else ""
        if found and not re.search(r"[^\s*]", between) and between.count("\n") <= 1:
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return tuple(found)


def _first_person(named: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return the first person of whoever is named, and no group or body."""
    return next(((who,) for _, who in named if who.startswith("person/")), ())


@dataclass(slots=True)
class Voices:
    """Who is meant by the names and pronouns of a unit, read from its beginning on."""

    scene: Scene
    layer: Layer
    unit: Unit
    they: tuple[str, ...] = ()  # whom "they" means at present: whoever was named last
    he: tuple[str, ...] = ()  # whom "he" means: the last person
    _named: list[tuple[int, int, str]] = field(default_factory=list)

    def enter(self, start: int, end: int) -> None:
        """Take up the names of a paragraph, before its sentences are read."""
        text = self.layer.text[start:end]
        self._named = [
            (start + match.start, start + match.end, known.entity)
            for match, known in self.scene.names.find(text, self.layer.language)
            if known.entity.startswith(_AGENTS)
        ]

    def pass_by(self, start: int, end: int) -> None:
        """Take whoever a sentence is about for whom a later pronoun means."""
        named = self._others(start, end)
        pronoun = _subjects(self.layer.language, "they").search(self.layer.text, start, end)
        if named and not (pronoun and self.they and pronoun.start() < named[0][0]):
            self.they = (named[0][1],)
            self.he = _first_person(named) or self.he

    def _others(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return who is named in a stretch beside those who speak to each other."""
        own = {*self.unit.speakers, *self.unit.advised}
        return [(a, who) for a, b, who in self._named if start <= a and b <= end and who not in own]

    def _they_at(self, sentence: int, place: int, word: str = "") -> tuple[str, ...]:
        """Return whom "he" or "they" means at a place: who is named first in the sentence."""
        named = self._others(sentence, place)
        if word.lower() in _SINGULAR:
            return _first_person(named) or self.he
        return (named[0][1],) if named else self.they

    def named(self, start: int, end: int) -> list[str]:
        """Return the agents that are named in a stretch, in order, each once."""
        inside = [who for a, b, who in self._named if start <= a and b <= end]
        return list(dict.fromkeys(inside))

    def mentioned(self, start: int, end: int) -> tuple[str, ...]:
        """Return the agents that a stretch names or means by "you" and "we"."""
        found = self.named(start, end)
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if not found and self._has(who, start, end):
                found = list(agents)
        if not found and self._has("they", start, end):
            found = list(self.they)
        return tuple(found)

    def agent_after(self, place: int) -> tuple[str, int] | None:
        """Return who is named right after a noun, and where the name ends: "the plan of X"."""
        link = _OF.match(self.layer.text, place)
        for a, b, who in self._named:
            if link and link.start() < a <= link.end():
                return who, b
        return None

    def owner(self, start: int, end: int) -> tuple[str, ...]:
        """Return whose a proposal is by the possessive or the name before it."""
        for who, agents in (("you", self.unit.advised), ("we", self.unit.speakers)):
            if self._has(who, start, end):
                return agents
        named = self.named(start, end)
        if named:
            return tuple(named[:1])
        return self.they if self._has("they", start, end) else ()

    def voice(self, sentence: int, cue: int) -> tuple[str, ...]:
        """Return whose words stand at *cue*: whoever is said to say them in the sentence."""
        frames = list(self._frames(sentence, cue))
        return frames[-1] if frames else self.unit.speakers

    def holder(
        self, sentence: int, clause: int, cue: tuple[int, int], taken: Taken
    ) -> tuple[str, ...]:
        """Return who takes a stance: the voice, or the grammatical subject before the cue."""
        if taken.holder == "subject":
            subject = self._subject(sentence, clause, cue)
            if subject is not None:
                return subject
        elif taken.modal is None and taken.force not in _TO_OTHERS:
            # A whole cue whose row does not say: "Controls he could not accept".
            subject = self._beside(sentence, clause, cue)
            if subject is not None:
                return subject
        return self.voice(sentence, cue[0])

    def _beside(self, sentence: int, clause: int, cue: tuple[int, int]) -> tuple[str, ...] | None:
        """Return whom a name or "he" means that stands at a cue or within its words."""
        low = max(clause, cue[0] - _BESIDE)
        inside = [who for a, b, who in self._named if low <= a and b <= cue[0]]
        if inside:
            return (inside[-1],)
        they = _subjects(self.layer.language, "they").search(self.layer.text, low, cue[1])
        return self._they_at(sentence, clause, they.group()) or None if they else None

    def _subject(self, sentence: int, clause: int, cue: tuple[int, int]) -> tuple[str, ...] | None:
        """Return whom the last name or pronoun before a cue means, else the first within it.

        Shape: None is whoever speaks: "we", or nobody who is named.
        """
        before = self._subjects_in(sentence, clause, clause, cue[0])
        if before:
            return max(before, key=lambda place: place[0])[1] or None
        inside = self._subjects_in(sentence, clause, cue[0], cue[1])
        return min(inside, key=lambda place: place[0])[1] or None if inside else None

    def _subjects_in(
        self, sentence: int, clause: int, start: int, end: int
    ) -> list[tuple[int, tuple[str, ...] | None]]:
        places: list[tuple[int, tuple[str, ...] | None]] = [
            (b, (who,)) for a, b, who in self._named if start <= a and b <= end
        ]
        for who, agents in (("we", None), ("they", ()), ("you", self.unit.advised)):
            pattern = _subjects(self.layer.language, who)
            for match in pattern.finditer(self.layer.text, start, end):
                they = self._they_at(sentence, clause, match.group())
                places.append((match.end(), they if who == "they" else agents))
        return places

    def _frames(self, start: int, end: int) -> Iterator[tuple[str, ...]]:
        """Yield who is said to speak, for each verb of saying before the cue."""
        text, language = self.layer.text, self.layer.language
        for verb in _PARTIES[language]["say"].finditer(text, start, end):
            low = max(start, verb.start() - _FAR)
            names: list[tuple[int, tuple[str, ...]]] = [
                (b, (who,)) for a, b, who in self._named if low <= a and b <= verb.start()
            ]
            for who in ("they", "we"):
                for match in _subjects(language, who).finditer(text, low, verb.start()):
                    if match.end() >= verb.start() - _BESIDE:
                        they = self._they_at(start, low, match.group())
                        speakers = they if who == "they" else self.unit.speakers
                        names.append((match.end(), speakers))
            if names and (agents := max(names)[1]):
                yield agents
        for match in _PARTIES[language]["according"].finditer(text, start, end):
            named = [who for a, _, who in self._named if 0 <= a - match.end() <= _BESIDE]
            pronoun = _PARTIES[language]["they"].match(text, match.end())
            if named or (pronoun and self.they):
                yield (named[0],) if named else self.they

    def _has(self, who: str, start: int, end: int) -> bool:
        return bool(_PARTIES[self.layer.language][who].search(self.layer.text, start, end))
