"""Read messages that stand inside the message: the drafts that the addressee is to send."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.extraction.dates import find_dates
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
        first one there to the same addressee.
    """
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
        addressee = _addressee(scene, parts.layer, embedded.lines[0])
        start, end = _announcement(parts.layer, embedded.intro)
        announced = _told_in(parts.layer, start, end) or any(
            noun.search(parts.layer.text, start, end) for noun in _NOUNS.values()
        )
        if announced or addressee or any(_signers(scene, parts.layer, embedded)):
            found.append((embedded, addressee[0].entity if addressee else None))
    return found


def _told_in(layer: Layer, start: int, end: int) -> re.Match[str] | None:
    """Return the verb by which the addressee is told to send what follows."""
    told = re.compile(_DATA["told"].get(layer.language, r"(?!)"), re.IGNORECASE)
    return told.search(layer.text, start, end)


def _of_embedded(scene: Scene, parts: Parts, embedded: Embedded, draft: str) -> Iterator[Claim]:
    layer = parts.layer
    start, end = _announcement(layer, embedded.intro)
    words = layer.evidence(start, end)
    addressee = _addressee(scene, layer, embedded.lines[0])
    told = _told_in(layer, start, end)
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
    if not told:
        yield from _as_sent(scene, layer, embedded, draft, addressee[0].entity if addressee else "")
    if told:
        yield from _told(scene, layer, draft, start, end, told.start())
    yield from _placeholder(layer, draft, embedded)


def _as_sent(
    scene: Scene, layer: Layer, embedded: Embedded, path: str, addressee: str
) -> Iterator[Claim]:
    """Yield who sent a message that is repeated, and the day that stands below it.

    Shape: the sender is the one who signs, else the one person whom the announcement names.
    """
    signers = [(known.entity, words) for known, words in _signers(scene, layer, embedded)]
    start, end = _announcement(layer, embedded.intro)
    named = {
        known.entity: layer.evidence(start + match.start, start + match.end)
        for match, known in scene.names.find(layer.text[start:end], layer.language)
        if known.entity.startswith("person/") and known.entity != addressee
    }
    senders = signers or sorted(named.items())
    if len(senders) == 1:
        yield _link(path, "sender", "rico:hasSender", *senders[0])
    for line in embedded.lines[1:][-2:]:
        dates = list(find_dates(line.text))
        if len(dates) == 1 and len(line.text) - (dates[0].end - dates[0].start) <= _BESIDE_A_DATE:
            words = line.part(dates[0].start, dates[0].end).evidence
            yield Claim(
                key=f"{path}/date/sent",
                about=path,
                value=Date("sent", (dates[0].written,), dates[0].edtf(scene.date, past=True)),
                evidence=(words,),
                rule="embedded-date",
            )


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
        last = layer.text[line.start + match.end : end].strip(' .,:;!"”»“')
        if known.entity.startswith("person/") and not last:
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


def _medium(scene: Scene, parts: Parts, found: list[tuple[str, Embedded]]) -> Iterator[Claim]:
    """Yield by what medium the next message in the text is to go."""
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
