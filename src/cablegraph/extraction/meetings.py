"""Find the meeting that a message proposes and the proposals that it answers as a whole.

What is wanted done about each proposal is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.letter_places import find_letters, lies_within
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.needed import find_needed
from cablegraph.extraction.parts import Line
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Date, Evidence, Happening, Link, Offer
from cablegraph.records.model import Layer

_DATA = {
    name: {language: re.compile(p, re.IGNORECASE) for language, p in patterns.items()}
    for name, patterns in settings("meetings").items()
}
_LABEL = "Meeting proposed in the message"


def find_meetings(scene: Scene) -> Iterator[Claim]:
    """Yield the proposed meeting with its places and days, marked as hypothetical.

    Shape: one event a document; that it took place is never said. No event without words that
        agree to a meeting or propose one.
    """
    event = f"{scene.telegram}/event/meeting"
    agreed = [
        words
        for parts in scene.texts
        for line in _may_hold("agreed", parts.layer, parts.lines)
        for words, _ in _found("agreed", line)
    ]
    if not agreed:
        return
    for words in agreed:
        yield Claim(
            key=event,
            about=event,
            value=Happening(_LABEL, "hypothetical"),
            evidence=(words,),
            rule="meeting-agreed-to",
            status="hypothetical",
            reason="proposed; that it took place is not attested here",
        )
    for line in (line for parts in scene.texts for line in parts.lines):
        yield from _venues(scene, line, event)
        yield from _window(scene, line, event)


def _may_hold(name: str, layer: Layer, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines of a layer that hold letters which a pattern needs."""
    needed = _needed(name, layer.language)
    places = find_letters(layer.text, needed) if needed else []
    if places != []:
        yield from (line for line in lines if lies_within(places, line.start, line.end))


@lru_cache
def _needed(name: str, language: str) -> frozenset[str]:
    """Return letters of which a match of a pattern needs some; none where there is no pattern."""
    pattern = _DATA[name].get(language)
    return find_needed(pattern) if pattern else frozenset()


def _found(name: str, line: Line) -> Iterator[tuple[Evidence, re.Match[str]]]:
    pattern = _DATA[name].get(line.layer.language)
    if pattern:
        for match in pattern.finditer(line.text):
            end = len(line.text[: match.end()].rstrip(' "”»“'))
            yield line.part(match.start(), end).evidence, match


def _venues(scene: Scene, line: Line, event: str) -> Iterator[Claim]:
    for words, match in _found("venue", line):
        for _, known in scene.names.find(match.group(), line.layer.language):
            if known.entity.startswith("place/"):
                yield Claim(
                    key=f"{event}/claim/place-{known.entity.rpartition('/')[2]}",
                    about=event,
                    value=Link("rico:isAssociatedWithPlace", known.entity),
                    evidence=(words,),
                    rule="venue-proposed",
                )


def _window(scene: Scene, line: Line, event: str) -> Iterator[Claim]:
    for _, match in _found("ready", line):
        for date in find_dates(match.group()):
            start = match.start() + date.start
            words = line.part(start, match.start() + date.end).evidence
            yield Claim(
                key=f"{event}/date/window",
                about=event,
                value=Date("proposed-window", (date.written,), date.edtf(scene.date)),
                evidence=(words,),
                rule="days-proposed",
            )


def find_offers(scene: Scene) -> Iterator[Claim]:
    """Yield the correspondent's proposals as a whole, where the message speaks of "yours"."""
    offered = [
        words
        for parts in scene.texts
        for line in _may_hold("offers", parts.layer, parts.body)
        for words, _ in _found("offers", line)
    ]
    claims = scene.told(find_messages) if offered else ()
    for proposer in scene.agents("addressee") if offered else ():
        message = _only_message(claims, proposer)
        day = _day_of(claims, message) if message else None
        path = scope_of(scene, proposer, message, day)
        if not day:
            path += f"/{proposer.rpartition('/')[2]}-proposals"
        label = f"{scene.names.label(proposer)}'s proposals"
        for words in offered:
            yield Claim(
                key=path,
                about=path,
                value=Offer(label, (proposer,), message),
                evidence=(words,),
                rule="proposals-of-the-correspondent",
            )


def scope_of(
    scene: Scene, proposer: str = "", message: str | None = None, day: str | None = None
) -> str:
    """Return how the paths of proposals begin: by who put them and when, else by the document.

    Shape: a number of the message stays in the path, for several messages of one day.
    """
    if proposer and day:
        number = re.search(r"-no-[a-z0-9-]+$", message or "")
        name = proposer.rpartition("/")[2]
        return f"proposal/{name}-{_bare(day)}{number.group() if number else ''}"
    return "proposal/" + "-".join([*([_bare(scene.date)] if scene.date else []), scene.record.key])


def _bare(day: str) -> str:
    return slug(re.sub(r"T[0-9:]+", "", day))


def _only_message(claims: Sequence[Claim], sender: str) -> str | None:
    """Return the one message of *sender* that the text refers to."""
    sent = Link("rico:hasSender", sender)
    found = {
        claim.about
        for claim in claims
        if claim.value == sent and not claim.about.rpartition("-")[2].startswith("unknown")
    }
    return found.pop() if len(found) == 1 else None


def _day_of(claims: Sequence[Claim], message: str) -> str | None:
    days = (c.value.edtf for c in claims if isinstance(c.value, Date) and c.about == message)
    return next((day for day in days if day), None)
