"""Read messages that stand inside the message: the drafts that the addressee is to send."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Known
from cablegraph.extraction.parts import Embedded, Line, Parts, is_name_line, without_honorific
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import find_sentences, sentence_at
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import Claim, Date, Evidence, Link, Message, Party, Statement
from cablegraph.records.model import Layer

_DATA = settings("drafts")
_PLACEHOLDER = re.compile("|".join(_DATA["placeholder"]["words"]), re.IGNORECASE)
_NOUNS = {noun: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)
          for noun, forms in _DATA["nouns"].items()}  # fmt: skip


def find_drafts(scene: Scene) -> Iterator[Claim]:
    """Yield each embedded message with its addressee, signatories, creator and dispatcher.

    Shape: nothing says that a draft was sent, so it has no sender, no number and no date but
        the term set for sending it; an open place for its date stays open.
    """
    for parts in scene.texts:
        for index, embedded in enumerate(parts.embedded, 1):
            draft = f"{scene.telegram}/draft/{index}"
            yield from _of_embedded(scene, parts, embedded, draft)
        if parts.embedded:
            yield from _medium(scene, parts)


def _of_embedded(scene: Scene, parts: Parts, embedded: Embedded, draft: str) -> Iterator[Claim]:
    layer = parts.layer
    start, end = _announcement(layer, embedded.intro)
    words = layer.evidence(start, end)
    addressee = _addressee(scene, layer, embedded.lines[0])
    told = re.search(_DATA["told"].get(layer.language, r"(?!)"), layer.text[start:end], re.I)
    noun = next((n for n, p in _NOUNS.items() if p.search(layer.text, start, end)), "message")
    label = f"{'Draft ' if told else 'Embedded '}{noun}"
    if addressee:
        label += f" to {scene.names.label(addressee[0].entity)}"
    yield Claim(
        key=draft,
        about=draft,
        value=Message("cbl:EmbeddedMessage", label, "drafted" if told else "extant"),
        evidence=(words, *_edges(layer, embedded)),
        rule="embedded-message",
    )
    yield _link(scene.telegram, "constituent", "rico:hasOrHadConstituent", draft, words, draft)
    if addressee:
        known, place = addressee
        yield _link(draft, "addressee", "rico:hasAddressee", known.entity, place)
    for signer, place in _signers(scene, layer, embedded):
        yield _link(draft, "signatory", "cbl:signatory", signer.entity, place)
    if told:
        yield from _told(scene, layer, draft, start, end, start + told.start())
    yield from _placeholder(layer, draft, embedded)


def _announcement(layer: Layer, intro: Line) -> tuple[int, int]:
    """Return the last sentence of the paragraph that announces the message."""
    *_, last = find_sentences(intro.text)
    return intro.start + last[0], intro.start + last[1]


def _edges(layer: Layer, embedded: Embedded) -> tuple[Evidence, Evidence]:
    first, last = embedded.lines[0], embedded.lines[-1]
    opening = layer.text.rindex(layer.text[: first.start].rstrip()[-1], 0, first.start)
    end = sentence_at(layer.text, first.start)[1]
    return layer.evidence(opening, end), last.evidence


def _addressee(scene: Scene, layer: Layer, line: Line) -> tuple[Known, Evidence] | None:
    end = sentence_at(layer.text, line.start)[1]
    for match, known in scene.names.find(layer.text[line.start : end], layer.language):
        if known.entity.startswith("person/"):
            before = line.text[: match.start]
            rank = re.search(r"\w+\.?\s+$", before)
            titled = rank and without_honorific(rank.group()) >= len(rank.group())
            first = line.start + (rank.start() if rank and titled else match.start)
            return known, layer.evidence(first, line.start + match.end)
    return None


def _signers(scene: Scene, layer: Layer, embedded: Embedded) -> Iterator[tuple[Known, Evidence]]:
    """Yield who is to sign: names alone on a line, with the post on the line above."""
    for before, line in zip(embedded.lines, embedded.lines[1:], strict=False):
        if not is_name_line(line.text) or _PLACEHOLDER.match(line.text):
            continue
        known = scene.names.party(line.text, layer.language, "nomn")
        if known is None:
            continue
        apart = layer.text[before.end : line.start].count("\n") > 1
        is_post = not apart and not is_name_line(before.text)
        yield known, layer.evidence(before.start if is_post else line.start, line.end)


def _told(
    scene: Scene, layer: Layer, draft: str, start: int, end: int, verb: int
) -> Iterator[Claim]:
    """Yield who wrote the draft, who is to send it and until when."""
    text = layer.text
    today = re.compile(_DATA["today"].get(layer.language, r"(?!)"), re.I).search(text, start, end)
    like = re.compile(_DATA["like"].get(layer.language, r"(?!)"), re.I).search(text, start, end)
    for creator in scene.agents("sender"):
        words = layer.evidence(*like.span()) if like else layer.evidence(start, end)
        yield _link(draft, "creator", "rico:hasCreator", creator, words)
    for agent in scene.agents("addressee"):
        until = today.end() if today else (like.start() if like else end)
        yield Claim(
            key=f"{draft}/participation/dispatcher",
            about=draft,
            value=Party("dispatcher", agent),
            evidence=(layer.evidence(verb, len(text[:until].rstrip())),),
            rule="told-to-send",
        )
    if today and scene.date:
        yield Claim(
            key=f"{draft}/date/deadline",
            about=draft,
            value=Date("send-deadline", (" ".join(today.group().split()),), scene.date),
            evidence=(layer.evidence(*today.span()),),
            rule="day-counted-from-the-message",
            certainty="probable",
        )


def _placeholder(layer: Layer, draft: str, embedded: Embedded) -> Iterator[Claim]:
    last = embedded.lines[-1]
    word = last.text.strip(" .\"”»“'()")
    if _PLACEHOLDER.fullmatch(word):
        yield Claim(
            key=f"{draft}/date/placeholder",
            about=draft,
            value=Date("placeholder", (word,)),
            evidence=(last.evidence,),
            rule="place-left-for-a-date",
        )


def _medium(scene: Scene, parts: Parts) -> Iterator[Claim]:
    draft = f"{scene.telegram}/draft/1"
    for name, pattern in sorted(_DATA["medium"].items()):
        medium, _, language = name.partition("_")
        if language != parts.layer.language:
            continue
        for line in parts.body:
            if match := re.search(pattern, line.text):
                yield Claim(
                    key=f"{draft}/claim/medium-{medium}",
                    about=draft,
                    value=Statement(draft, "cbl:medium", f"{SCHEME}medium/{medium}"),
                    evidence=(line.part(match.start(), match.end()).evidence,),
                    rule="medium-of-the-reply",
                    status="hypothetical",
                    reason="the medium is asked for; that the message went is not attested",
                )


def _link(about: str, name: str, prop: str, target: str, words: Evidence, rule: str = "") -> Claim:
    return Claim(
        key=f"{about}/claim/{name}-{target.rpartition('id/')[2].replace('/', '-')}",
        about=about,
        value=Link(prop, target),
        evidence=(words,),
        rule="embedded-message" if rule else f"embedded-{name}",
    )
