"""Find the messages that the encoding encloses in another one, with who speaks in each to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.extraction.encoded.who import know
from cablegraph.extraction.lines import Line
from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.records.stated import StatedAgent, StatedMessage

_SPEAKING = ("sender", "signatory")  # who signs speaks where no heading names a sender


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An enclosed message: its path, its heading, its lines, and its agents."""

    path: str
    heading: str
    lines: tuple[Line, ...]
    speakers: tuple[str, ...]
    advised: tuple[str, ...]


def find_enclosed(scene: Scene, parts: Parts) -> Iterator[Enclosed]:
    """Yield the enclosed messages of a text version, in order of place.

    Shape: one goes from its heading to the next heading; nobody speaks in one of which no agent
        is stated, such as a decree or a list.
    """
    places = sorted(_headings(scene, parts), key=lambda place: place[0])
    edges = [start for start, _ in (*places, (len(parts.layer.text), None))][1:]
    for (start, fact), end in zip(places, edges, strict=True):
        yield Enclosed(
            path=f"{scene.telegram}/{fact.path}",
            heading=fact.label,
            lines=tuple(line for line in parts.body if start <= line.start < end),
            speakers=next(
                (found for role in _SPEAKING if (found := _agents(scene, parts, fact.path, role))),
                (),
            ),
            advised=_agents(scene, parts, fact.path, "addressee"),
        )


def _headings(scene: Scene, parts: Parts) -> Iterator[tuple[int, StatedMessage]]:
    """Yield where each heading begins, as an offset of the layer's text."""
    layer, record = parts.layer, scene.record
    for fact in record.stated:
        if isinstance(fact, StatedMessage) and fact.words and layer.source is record.source:
            place = min(words.start for words in fact.words)
            if layer.start <= place < layer.end:
                yield place - layer.start, fact


def _agents(scene: Scene, parts: Parts, about: str, role: str) -> tuple[str, ...]:
    """Return the agents that the encoding states to have a role of an enclosed message."""
    found = (
        know(fact, scene.names, parts.layer.language)
        for fact in scene.record.stated
        if isinstance(fact, StatedAgent) and fact.about == about and fact.role == role
    )
    return tuple(dict.fromkeys(known.entity for known in found if known))
