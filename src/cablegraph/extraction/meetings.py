"""Find the meeting that a message proposes and the proposals that it answers as a whole.

What is wanted done about each proposal is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.messages import find_messages
from cablegraph.extraction.parts import Line
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Date, Evidence, Happening, Link, Offer

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
    lines = [line for parts in scene.texts for line in parts.lines]
    agreed = [words for line in lines for words, _ in _found("agreed", line)]
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
    for line in lines:
        yield from _venues(scene, line, event)
        yield from _window(scene, line, event)


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
    claims = list(find_messages(scene))
    for proposer in scene.agents("addressee"):
        put_in = sorted(
            {
                claim.about
                for claim in claims
                if isinstance(claim.value, Link)
                and claim.value == Link("rico:hasSender", proposer)
                and not claim.about.rpartition("-")[2].startswith("unknown")
            }
        )
        message = put_in[0] if len(put_in) == 1 else None
        name = proposer.rpartition("/")[2]
        when = next(
            (c.value.edtf for c in claims
             if isinstance(c.value, Date) and c.about == message and c.value.edtf),
            f"before-{scene.date or scene.record.key}",
        )  # fmt: skip
        path = f"proposal/{name}-{slug(re.sub(r'T[0-9:]+', '', when))}"
        for parts in scene.texts:
            for line in parts.body:
                for words, _ in _found("offers", line):
                    label = f"{scene.names.label(proposer)}'s proposals"
                    yield Claim(
                        key=path,
                        about=path,
                        value=Offer(label, (proposer,), message),
                        evidence=(words,),
                        rule="proposals-of-the-correspondent",
                    )
