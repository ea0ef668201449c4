"""Read messages that stand inside the message: the drafts that the addressee is to send."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.extraction.correspondents import (
    addressees_of,
    announcement,
    copied_to,
    senders_of,
    signers_of,
)
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.edtf import FoundDate
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.parts import Embedded, Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import Claim, Date, Evidence, Link, Message, Party, Statement
from cablegraph.records.model import Layer

_DATA = settings("drafts")
_PLACEHOLDER = re.compile("|".join(_DATA["placeholder"]["words"]), re.IGNORECASE)
_BESIDE_A_DATE = 30  # characters of a signature and quotation marks on the line of a date
_NOUNS = {noun: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)
          for noun, forms in _DATA["nouns"].items()}  # fmt: skip


def find_drafts(scene: Scene) -> Iterator[Claim]:
    """Yield each embedded message with its addressee, signatories, creator and dispatcher.

    Shape: nothing says that a draft was sent, so it has no sender, no number and no date but
        the term set for sending it; an open place for its date stays open. What is repeated as
        sent has sender and date where they stand there.
    """
    for parts in scene.texts:
        found = find_embedded(scene, parts)
        for draft, embedded in found:
            yield from _of_embedded(scene, parts, embedded, draft)
        yield from _medium(scene, parts, found)


def find_embedded(scene: Scene, parts: Parts) -> list[tuple[str, Embedded]]:
    """Return the messages that stand inside a text version, each with its path.

    Shape: what is only quoted (a newspaper, a saying) is left out. Versions with as many
        messages as the fullest one number them alike; where one lacks some, a message is the
        first one there to the same addressee. One inside another has a path such as draft/2-1.
    """
    if not parts.embedded:
        return []
    found = scene.told(_find_all)
    return [(path, embedded) for key, path, embedded in found if key == parts.layer.key]


def _find_all(scene: Scene) -> Iterator[tuple[str, str, Embedded]]:
    """Yield each message inside a text version with the key of its layer and its path."""
    for parts in scene.texts:
        for path, embedded in _outermost(scene, parts) if parts.embedded else ():
            for inner, one in _with_inner(path, embedded):
                yield parts.layer.key, inner, one


def _with_inner(path: str, embedded: Embedded) -> Iterator[tuple[str, Embedded]]:
    yield path, embedded
    for index, one in enumerate(embedded.inside, start=1):
        yield from _with_inner(f"{path}-{index}", one)


def _outermost(scene: Scene, parts: Parts) -> list[tuple[str, Embedded]]:
    fullest = max((_messages(scene, other) for other in scene.texts), key=len, default=[])
    ours = _messages(scene, parts)
    paths = [f"{scene.telegram}/draft/{index}" for index in range(1, len(fullest) + 1)]
    if len(ours) == len(fullest):
        return list(zip(paths, (embedded for embedded, _ in ours), strict=True))
    left = list(range(len(fullest)))
    found = []
    for embedded, addressee in ours:
        index = next((i for i in left if fullest[i][1] == addressee), left[0])
        left.remove(index)
        found.append((paths[index], embedded))
    return found


def _messages(scene: Scene, parts: Parts) -> list[tuple[Embedded, str | None]]:
    """Return what is announced, addressed or signed as a message, with its addressee."""
    found = []
    for embedded in parts.embedded:
        addressees = addressees_of(scene, parts.layer, embedded)
        start, end = announcement(parts.layer, embedded)
        announced = _told_in(parts.layer, start, end) or any(
            noun.search(parts.layer.text, start, end) for noun in _NOUNS.values()
        )
        if announced or addressees or any(signers_of(scene, parts.layer, embedded)):
            found.append((embedded, addressees[0][0].entity if addressees else None))
    return found


def _told_in(layer: Layer, start: int, end: int) -> re.Match[str] | None:
    """Return the verb by which the addressee is told to send what follows."""
    told = re.compile(_DATA["told"].get(layer.language, r"(?!)"), re.IGNORECASE)
    return told.search(layer.text, start, end)


def _of_embedded(scene: Scene, parts: Parts, embedded: Embedded, draft: str) -> Iterator[Claim]:
    layer = parts.layer
    start, end = announcement(layer, embedded)
    words = layer.evidence(start, end)
    addressees = addressees_of(scene, layer, embedded)
    told = _told_in(layer, start, end)
    noun = next((n for n, p in _NOUNS.items() if p.search(layer.text, start, end)), "message")
    label = f"{'Draft ' if told else 'Embedded '}{noun}"
    if addressees:
        label += f" to {scene.names.label(addressees[0][0].entity)}"
    yield Claim(
        key=draft,
        about=draft,
        value=Message("cbl:EmbeddedMessage", label, "drafted" if told else "extant"),
        evidence=(words, *_edges(layer, embedded)),
        rule="embedded-message",
    )
    folder, _, number = draft.rpartition("/")
    outer = f"{folder}/{number.rpartition('-')[0]}" if "-" in number else scene.telegram
    yield _link(outer, "constituent", "rico:hasOrHadConstituent", draft, words, draft)
    for known, place in addressees:
        yield _link(draft, "addressee", "rico:hasAddressee", known.entity, place)
    yield from _copied(scene, layer, embedded, draft)
    for signer, place in signers_of(scene, layer, embedded):
        yield _link(draft, "signatory", "cbl:signatory", signer.entity, place)
    if not told:
        yield from _as_sent(scene, layer, embedded, draft)
    if told:
        yield from _told(scene, layer, draft, start, end, told.start())
    yield from _placeholder(layer, draft, embedded)


def _copied(scene: Scene, layer: Layer, embedded: Embedded, path: str) -> Iterator[Claim]:
    for known, words in copied_to(scene, layer, embedded):
        yield Claim(
            key=f"{path}/participation/copy-recipient-{known.entity.rpartition('/')[2]}",
            about=path,
            value=Party("copy-recipient", known.entity),
            evidence=(words,),
            rule="embedded-copy",
        )


def _as_sent(scene: Scene, layer: Layer, embedded: Embedded, path: str) -> Iterator[Claim]:
    """Yield who sent a message that is repeated, and the day that stands below or above it."""
    senders = senders_of(scene, layer, embedded)
    if len({known.entity for known, _ in senders}) == 1:
        yield _link(path, "sender", "rico:hasSender", senders[0][0].entity, senders[0][1])
    if date := _sent(layer, embedded):
        found, words = date
        yield Claim(
            key=f"{path}/date/sent",
            about=path,
            value=Date("sent", (found.written,), found.edtf(scene.date, past=True)),
            evidence=(words,),
            rule="embedded-date",
        )


def _sent(layer: Layer, embedded: Embedded) -> tuple[FoundDate, Evidence] | None:
    """Return the date among the last lines of a message, else the one of its announcement."""
    for line in embedded.lines[1:][-2:]:
        dates = list(find_dates(line.text))
        if len(dates) == 1 and len(line.text) - (dates[0].end - dates[0].start) <= _BESIDE_A_DATE:
            return dates[0], line.part(dates[0].start, dates[0].end).evidence
    start, end = announcement(layer, embedded)
    dates = list(find_dates(layer.text[start:end]))
    if len(dates) == 1:
        place = layer.evidence(start + dates[0].start, start + dates[0].end)
        return dates[0], place
    return None


def _edges(layer: Layer, embedded: Embedded) -> tuple[Evidence, Evidence]:
    first, last = embedded.lines[0], embedded.lines[-1]
    opening = layer.text.rindex(layer.text[: first.start].rstrip()[-1], 0, first.start)
    end = sentence_at(layer.text, first.start)[1]
    return layer.evidence(opening, end), last.evidence


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


def _medium(scene: Scene, parts: Parts, found: list[tuple[str, Embedded]]) -> Iterator[Claim]:
    """Yield by what medium the next message in the text is to go."""
    if not found:
        return
    for name, pattern in sorted(_DATA["medium"].items()):
        medium, _, language = name.partition("_")
        if language != parts.layer.language:
            continue
        for line in parts.body:
            draft = next((path for path, one in found if one.start > line.start), None)
            if draft and (match := re.search(pattern, line.text)):
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
