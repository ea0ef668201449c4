"""Say who wrote a message that stands inside the message, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.extraction.embedded import Embedded
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Known
from cablegraph.extraction.parts import is_name_line, without_honorific
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import find_sentences, sentence_at
from cablegraph.records.claims import Evidence
from cablegraph.records.model import Layer

Named = tuple[Known, Evidence]

_DATA = settings("relays")
_OWN, _TOLD, _COPIES = (
    {
        language: re.compile(row.replace("{message}", _DATA["message"][language]), re.IGNORECASE)
        for language, row in _DATA[name].items()
    }
    for name in ("own", "told", "copies")
)
_PLACEHOLDER = re.compile("|".join(settings("drafts")["placeholder"]["words"]), re.IGNORECASE)
_INITIALS = re.compile(r"(?:\s+[^\W\d_]\.?){1,2}(?=\W*$|\s*,|\s+(?:and|и)\b)")
_JOINED = re.compile(r"[\s,]*(?:(?:and|и)\s+)?(?:\w+\.?\s+)*", re.IGNORECASE)


def announcement(layer: Layer, embedded: Embedded) -> tuple[int, int]:
    """Return the last sentence of the paragraph that announces the message."""
    *_, last = find_sentences(embedded.intro.text)
    return embedded.intro.start + last[0], embedded.intro.start + last[1]


def addressees_of(scene: Scene, layer: Layer, embedded: Embedded) -> list[Named]:
    """Return to whom the message speaks in its first sentence, else to whom it was sent.

    Shape: those who get a copy are left out.
    """
    start, end = _salutation(layer, embedded)
    copied = _COPIES[layer.language].search(layer.text, start, end) if _knows(layer) else None
    if found := _addressed(scene, layer, start, copied.start() if copied else end):
        return found
    told = _TOLD.get(layer.language)
    start, end = announcement(layer, embedded)
    for match, known in scene.names.find(layer.text[start:end], layer.language):
        before = layer.text[start : start + match.start]
        rank = re.search(r"(?:\w+\.?\s+)?$", before)
        at = rank.start() if rank and without_honorific(rank.group()) else len(before)
        if not known.entity.startswith("person/") or not told or layer.language != "en":
            continue
        if re.search(rf"(?:{told.pattern})$", before[:at], re.IGNORECASE):
            return [(known, layer.evidence(start + match.start, start + match.end))]
    return []


def copied_to(scene: Scene, layer: Layer, embedded: Embedded) -> list[Named]:
    """Return who gets a copy by the first sentence: "Comrade X, copy to Comrade Y."."""
    start, end = _salutation(layer, embedded)
    if not _knows(layer) or not (copied := _COPIES[layer.language].search(layer.text, start, end)):
        return []
    return [
        (known, layer.evidence(copied.end() + match.start, copied.end() + match.end))
        for match, known in scene.names.find(layer.text[copied.end() : end], layer.language)
        if known.entity.startswith("person/")
    ]


def signers_of(scene: Scene, layer: Layer, embedded: Embedded) -> Iterator[Named]:
    """Yield who is to sign: names alone on a line, with the post on the line above."""
    for before, line in zip(embedded.lines, embedded.lines[1:], strict=False):
        if not is_name_line(line.text) or _PLACEHOLDER.match(line.text):
            continue
        known = scene.names.party(line.text, layer.language, "nomn")
        if known is None:
            continue
        apart = layer.text[before.end : line.start].count("\n") > 1
        is_post = not apart and not is_name_line(before.text) and before is not embedded.lines[0]
        yield known, layer.evidence(before.start if is_post else line.start, line.end)


def senders_of(scene: Scene, layer: Layer, embedded: Embedded) -> list[Named]:
    """Return who wrote a message that is repeated; several where that is not clear.

    Shape: the one who signs it, else the one whom the announcement names as its writer, else
        the writer of the telegram, where he says that the message is his own.
    """
    receivers = {known.entity for known, _ in addressees_of(scene, layer, embedded)}
    signers = [one for one in signers_of(scene, layer, embedded) if one[0].entity not in receivers]
    if signers:
        return signers
    start, end = announcement(layer, embedded)
    named = {
        known.entity: (known, layer.evidence(start + match.start, start + match.end))
        for match, known in scene.names.find(layer.text[start:end], layer.language)
        if known.entity.startswith("person/") and known.entity not in receivers
    }
    own = _OWN[layer.language].search(layer.text, start, end) if _knows(layer) else None
    if own:
        words = layer.evidence(*own.span())
        return [(one.known, words) for one in scene.roles if one.role == "sender"]
    return [named[entity] for entity in sorted(named)]


def _knows(layer: Layer) -> bool:
    return layer.language in _OWN


def _salutation(layer: Layer, embedded: Embedded) -> tuple[int, int]:
    first = embedded.lines[0]
    return first.start, min(sentence_at(layer.text, first.start)[1], first.end)


def _addressed(scene: Scene, layer: Layer, start: int, end: int) -> list[Named]:
    """Return the people named last in a sentence that says nothing after them."""
    found = [
        (match, known)
        for match, known in scene.names.find(layer.text[start:end], layer.language)
        if known.entity.startswith("person/")
    ]
    named: list[Named] = []
    last = end
    for match, known in reversed(found):
        between = _INITIALS.sub("", layer.text[start + match.end : last])
        joined = _JOINED.fullmatch(between) if named else not between.strip(' .,:;!"”»“')
        if not joined:
            break
        before = layer.text[start : start + match.start]
        rank = re.search(r"\w+\.?\s+$", before)
        titled = rank and without_honorific(rank.group()) >= len(rank.group())
        at = start + (rank.start() if rank and titled else match.start)
        named.insert(0, (known, layer.evidence(at, start + match.end)))
        last = at
    return named
