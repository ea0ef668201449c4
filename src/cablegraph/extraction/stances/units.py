"""Part a text version into the messages that stand in it, with who speaks in each to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cablegraph.extraction.drafts import find_drafts, find_embedded
from cablegraph.extraction.envelopes import find_enveloped
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.parts import Line, Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.enclosed import Enclosed, find_enclosed
from cablegraph.records.claims import Claim, Link, Message
from cablegraph.records.model import Layer

_SIGNED = ("cbl:signatory", "rico:hasSender")


@dataclass(frozen=True, slots=True)
class Unit:
    """A message, or one inside it, with who speaks in it to whom."""

    path: str
    stretches: tuple[tuple[int, int], ...]  # paragraphs, as offsets of the layer's text
    speakers: tuple[str, ...]
    advised: tuple[str, ...]
    is_drafted: bool  # put to others to send: what it says is no advice to its addressee
    answered: dict[str, str]  # sender to the only message of his that is answered or spoken of
    heading: str = ""  # what says who writes to whom
    is_enclosed: bool = False  # by the encoding: nobody of the message around it speaks in it


def find_units(scene: Scene, parts: Parts) -> list[Unit]:
    """Return the message of a text version and those inside it, in order of place.

    Shape: the signatories of a draft speak in it, the sender in a message that is repeated.
    """
    claims = [*scene.told(find_drafts), *scene.told(find_enveloped)]
    drafts = [claim for claim in claims if isinstance(claim.value, Link)]
    answered = _answered(scene)
    inside = [(path, list(embedded.lines)) for path, embedded in find_embedded(scene, parts)]
    taken = {line for _, lines in inside for line in lines}
    for path, lines in _enclosed(claims, parts):
        if not taken & set(lines):
            inside.append((path, lines))
            taken |= set(lines)
    enclosed = list(find_enclosed(scene, parts))
    taken |= {line for one in enclosed for line in one.lines}
    body = _paragraphs(parts.layer, [line for line in parts.body if line not in taken])
    senders = _people(scene.agents("sender"))
    title = scene.record.first("title")
    heading = " ".join(title.raw.split()) if title else ""
    main = Unit(scene.telegram, body, senders, scene.agents("addressee"), False, answered, heading)
    units = [main]
    drafted = {
        claim.key
        for claim in claims
        if isinstance(claim.value, Message) and claim.value.attestation == "drafted"
    }
    for path, lines in inside:
        senders = _people(_linked(drafts, path, _SIGNED))
        addressees = _linked(drafts, path, ("rico:hasAddressee",))
        paragraphs = _paragraphs(parts.layer, lines)
        own = answered if senders == main.speakers else {}
        units.append(Unit(path, paragraphs, senders, addressees, path in drafted, own))
    units += [_unit_of(parts, one) for one in enclosed]
    return [unit for unit in units if unit.stretches]


def _unit_of(parts: Parts, one: Enclosed) -> Unit:
    paragraphs = _paragraphs(parts.layer, one.lines)
    return Unit(
        one.path, paragraphs, _people(one.speakers), one.advised, False, {}, one.heading, True
    )


def _people(agents: tuple[str, ...]) -> tuple[str, ...]:
    """Return the people among senders: an embassy speaks by who signs for it."""
    return tuple(agent for agent in agents if agent.startswith("person/")) or agents


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
    links = [claim for claim in scene.told(find_messages) if isinstance(claim.value, Link)]
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
