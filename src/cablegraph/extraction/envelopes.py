"""Read a message that the wire carries as a whole, inside its own routing.

It stands in quotation marks below an order to pass it on, or the title says that the wire
carries it. Messages that a paragraph announces are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.extraction.correspondents import senders_of
from cablegraph.extraction.cues import is_name_line, passed_to, without_honorific
from cablegraph.extraction.drafts import find_embedded
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import Line, letter_before
from cablegraph.extraction.names import Known
from cablegraph.extraction.offices import find_parties
from cablegraph.extraction.parts import Parts, tail_name
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.extraction.titles import Naming, Title, find_names
from cablegraph.records.claims import Claim, Evidence, Link, Message

_DATA = settings("relays")
_TITLED = {
    language: re.compile(row.replace("{message}", _DATA["message"][language]), re.IGNORECASE)
    for language, row in _DATA["titled"].items()
}
_CLOSE = {"«": "»", "“": "”", "„": "“", '"': '"'}
_NOUNS = settings("drafts")["nouns"]
_FLAT = str.maketrans("\n*", "  ")


@dataclass(frozen=True, slots=True)
class _Carried:
    """A message in the wire: who wrote it to whom, and the words that show it."""

    label: str
    words: tuple[Evidence, ...]
    senders: tuple[tuple[str, Evidence], ...]
    addressees: tuple[tuple[str, Evidence], ...]


def find_enveloped(scene: Scene) -> Iterator[Claim]:
    """Yield the message that the wire carries, with who sends it and to whom.

    Shape: one message a document, at ``{telegram}/enclosed/1``; where the text has the message
        that the title speaks of as one that a paragraph announces, the title is one more witness
        of that.
    """
    for title in scene.titles:
        if carried := _titled(scene, title):
            yield from _claims(scene, carried, _announced(scene, carried))
    for parts in scene.texts:
        if carried := _quoted(scene, parts):
            yield from _claims(scene, carried, f"{scene.telegram}/enclosed/1")


def _claims(scene: Scene, carried: _Carried, path: str) -> Iterator[Claim]:
    value = Message("cbl:EmbeddedMessage", carried.label, "extant")
    yield Claim(key=path, about=path, value=value, evidence=carried.words, rule="enclosed-message")
    yield _link(scene.telegram, path, "constituent", "rico:hasOrHadConstituent", path,
                carried.words[0])  # fmt: skip
    for agent, words in carried.senders:
        yield _link(path, path, "sender", "rico:hasSender", agent, words)
    for agent, words in carried.addressees:
        yield _link(path, path, "addressee", "rico:hasAddressee", agent, words)


def _link(about: str, path: str, name: str, prop: str, target: str, words: Evidence) -> Claim:
    last = "draft" if target == path else target.rpartition("id/")[2].replace("/", "-")
    if target == path:
        last = path.replace("/", "-")
    return Claim(
        key=f"{path}/claim/{name}-{last}",
        about=about,
        value=Link(prop, target),
        evidence=(words,),
        rule="enclosed-message" if target == path else f"embedded-{name}",
    )


def _announced(scene: Scene, carried: _Carried) -> str:
    """Return the path of the message of the same writer that a paragraph of the text announces."""
    writers = {agent for agent, _ in carried.senders}
    for parts in scene.texts:
        for path, embedded in find_embedded(scene, parts):
            if writers & {known.entity for known, _ in senders_of(scene, parts.layer, embedded)}:
                return path
    return f"{scene.telegram}/enclosed/1"


def _titled(scene: Scene, title: Title) -> _Carried | None:
    """Return the message that a title says the wire carries: "with a Message from A to B"."""
    pattern = _TITLED.get(title.layer.language)
    text = title.layer.text[title.start : title.end].translate(_FLAT)
    match = pattern.search(text) if pattern else None
    if match is None:
        return None
    senders = tuple(_parties(scene, title, text, *match.span("from"), "sender"))
    addressees = tuple(_parties(scene, title, text, *match.span("to"), "for"))
    start, end = title.start + match.start(), title.start + match.end()
    words = title.layer.evidence(start, title.start + len(text[: match.end()].rstrip()))
    if not senders or start >= end:
        return None
    label = _label(scene, match["noun"], [agent for agent, _ in addressees])
    return _Carried(label, (words,), senders, addressees)


def _parties(
    scene: Scene, title: Title, text: str, start: int, end: int, hint: str
) -> Iterator[tuple[str, Evidence]]:
    if start < 0:
        return
    for first, last in find_names(text[start:end]):
        a, b = title.start + start + first, title.start + start + last
        naming = Naming(title.layer, hint, text[start + first : start + last].strip(), a, b)
        for party in find_parties(naming, scene.names):
            known = scene.names.party(party.words, title.layer.language)
            if known and not known.entity.startswith("place/"):
                yield known.entity, naming.evidence


def _label(scene: Scene, words: str, addressees: list[str]) -> str:
    noun = next(
        (n for n, forms in _NOUNS.items() if re.match(rf"(?:{'|'.join(forms)})", words, re.I)),
        "message",
    )
    to = f" to {scene.names.label(addressees[0])}" if addressees else ""
    return f"Embedded {noun}{to}"


def _quoted(scene: Scene, parts: Parts) -> _Carried | None:
    """Return the message in quotation marks that is the body of the wire.

    Shape: there is an order to pass it on above it, or somebody else signs the wire below it.
    """
    lines = [*parts.address, *parts.body, *parts.signatures]
    block = _block(sorted(lines, key=lambda line: line.start))
    if block is None:
        return None
    signer = _signer(scene, block)
    order = next((line for line in parts.address if passed_to(line.text)), None)
    others = {one.known.entity for one in scene.roles if one.role == "sender"}
    if signer is None or not (order or others - {signer[0].entity}):
        return None
    addressee = _salutation(scene, block[0])
    addressees = [(addressee[0].entity, addressee[1])] if addressee else []
    addressees = addressees or [
        (one.known.entity, one.evidence[0]) for one in scene.roles if one.role == "addressee"
    ]
    first, last = block[0], block[-1]
    opening = parts.layer.text.rindex(parts.layer.text[: first.start].rstrip()[-1], 0, first.start)
    end = sentence_at(parts.layer.text, first.start)[1]
    words = (parts.layer.evidence(opening, min(end, first.end)), last.evidence)
    label = _label(scene, order.text if order else "", [agent for agent, _ in addressees])
    return _Carried(label, words, ((signer[0].entity, signer[1]),), tuple(addressees))


def _block(lines: list[Line]) -> list[Line] | None:
    """Return the lines of the first quotation that begins and ends with a line."""
    for first, line in enumerate(lines):
        text = line.layer.text
        close = _CLOSE.get(letter_before(line))
        if close is None:
            continue
        for last in range(first, len(lines)):
            after = text[lines[last].start :].partition("\n")[0].rstrip(" .,;")
            if after.endswith(close) and last > first:
                return lines[first : last + 1]
        return None
    return None


def _signer(scene: Scene, block: list[Line]) -> tuple[Known, Evidence] | None:
    line = block[-1]
    at = tail_name(line.text) if not is_name_line(line.text) else 0
    if not at and not is_name_line(line.text):
        return None
    words = line.part(at, len(line.text.rstrip('"”»“ .')))
    known = scene.names.party(words.text, line.layer.language, "nomn")
    return (known, words.evidence) if known else None


def _salutation(scene: Scene, line: Line) -> tuple[Known, Evidence] | None:
    """Return to whom the first sentence of the quotation speaks."""
    end = sentence_at(line.layer.text, line.start)[1]
    words = line.part(0, min(end, line.end) - line.start)
    at = without_honorific(words.text)
    for match, known in scene.names.find(words.text, line.layer.language):
        if known.entity.startswith("person/") and match.start <= max(at, 4):
            return known, words.part(0, match.end).evidence
    return None
