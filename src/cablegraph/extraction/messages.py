"""Find the other messages that a document answers or refers to, absent ones included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Link, Message
from cablegraph.records.model import Layer

_DATA = settings("messages")
_LONGEST = 120  # a longer sentence says more than that a message came: its clause is quoted


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in a passage: ``writer`` may be unknown, ``other`` is whom "you" means."""

    about: str  # path of the message that refers
    writer: str | None
    other: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a message in one text version; offsets are those of the layer's text."""

    layer: Layer
    speakers: Speakers
    start: int
    end: int
    sender: str
    noun: str  # telegram, letter, statement, message
    plural: bool
    written: str  # the words after the owner, as the text has them
    date: tuple[int, int, str, str | None] | None  # start, end, as written, EDTF
    topic: str | None
    received: bool

    @property
    def addressee(self) -> str | None:
        """To whom it went: a statement need not have been addressed to anybody."""
        return None if self.noun == "statement" else self.speakers.writer


def find_messages(scene: Scene) -> Iterator[Claim]:
    """Yield each message referred to, its parties and date, and how this one relates to it.

    Shape: several witnesses of one reference share a key, made of sender, addressee and date;
        a reference in the plural is a set of messages of unknown number.
    Source: "Вашу телеграмму от 3 июля получили", "Your telegrams of January 31 … have reached us".
    """
    undated: dict[tuple[str, str], int] = {}
    found = list(_references(scene))
    sets = {_path(scene, one, 0) for one in found if one.plural}
    yield from _of_summary(scene, found)
    for one in found:
        count = 0
        if one.date is None and not one.plural:
            place = (one.layer.key, one.sender)
            count = undated[place] = undated.get(place, 0) + 1
        yield from _claims(scene, one, _path(scene, one, count), sets)


# "the American request for armistice negotiations": a message named by whose and what it is.
_NAMED = re.compile(
    r"\b(?:the|an?)\s+(?P<whose>[A-Z][a-z]+)\s+(?:request|statement|offer|proposal|message|note)\b"
    r"(?:\s+(?:for|on|about|regarding|concerning|to)\s+[a-z][a-z' -]*[a-z])?"
)


def _of_summary(scene: Scene, found: list[Reference]) -> Iterator[Claim]:
    """Take an outsider's message that the summary names for the only one the text refers to.

    Shape: nothing where the text refers to none or to several messages of outsiders.
    """
    outside = sorted({_path(scene, one, 0) for one in found if one.sender not in scene.parties})
    for field in scene.record.fields.get("summary", ()):
        for match in _NAMED.finditer(field.raw):
            if len(outside) == 1 and scene.names.matcher.find(match["whose"], "en"):
                words = field.layer.evidence(field.start + match.start(), field.start + match.end())
                yield Claim(
                    key=f"{scene.telegram}/claim/summary-references-{slug(outside[0])}",
                    about=scene.telegram,
                    value=Link("dcterms:references", outside[0]),
                    evidence=(words,),
                    rule="message-named-in-summary",
                    certainty="probable",
                )


def _references(scene: Scene) -> Iterator[Reference]:
    sender = next(iter(scene.agents("sender")), None)
    addressee = next(iter(scene.agents("addressee")), None)
    outer = Speakers(scene.telegram, sender, addressee)
    for field in scene.record.fields.get("summary", ()):
        yield from _in_stretch(scene, field.layer, field.start, field.end, outer)
    for parts in scene.texts:
        for line in parts.body:
            yield from _in_stretch(scene, parts.layer, line.start, line.end, outer)
        for index, embedded in enumerate(parts.embedded, 1):
            inner = Speakers(
                f"{scene.telegram}/draft/{index}",
                None,
                first_person(scene, parts.layer, embedded.start, embedded.lines[0].end),
            )
            for line in embedded.lines:
                yield from _in_stretch(scene, parts.layer, line.start, line.end, inner)


def first_person(scene: Scene, layer: Layer, start: int, end: int) -> str | None:
    """Return the first person or group that a stretch of text names, or None."""
    for _, known in scene.names.find(layer.text[start:end], layer.language):
        if known.entity.startswith(("person/", "group/")):
            return known.entity
    return None


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    day = r"[^,.;:!?]{0,3}\d{1,2}[^,.;:!?\n]{2,16}?(?:,?\s+\d{4}(?:\s?г\.)?)?|[A-Z][a-z]+\s+\d{1,2}(?:,\s+\d{4})?"
    owner = (
        rf"{_DATA['owners']['en_your']}|[A-Z][\w' -]{{1,40}}?['’]s"
        if language == "en"
        else rf"{_DATA['owners']['ru_your']}|{_DATA['owners']['ru_own']}"
    )
    nouns = "|".join(p for forms in _DATA["nouns"][language].values() for p in forms)
    date = _DATA["dates"][language].replace("DATE", day)
    topic = _DATA["topics"][language]
    return re.compile(
        rf"\b(?P<owner>(?i:{owner}))\s+(?P<noun>(?i:{nouns}))(?!\w)"
        rf"(?P<dated>{date})?(?P<topical>{topic})?"
        r"(?=\s*[,.;:!?]|\s+(?:have|has|had|was|were|получен|получил|вы|you|we|мы)|\s|$)"
    )


def _in_stretch(
    scene: Scene, layer: Layer, start: int, end: int, speakers: Speakers
) -> Iterator[Reference]:
    if layer.language not in _DATA["nouns"]:
        return
    for match in _pattern(layer.language).finditer(layer.text, start, end):
        sender = _sender(scene, layer, match, speakers)
        if sender is None or sender == speakers.writer:
            continue
        first, last = sentence_at(layer.text, match.start())
        sentence = layer.text[first:last]
        received = re.search(_DATA["received"][layer.language], sentence, re.IGNORECASE)
        noun = next(
            kind
            for kind, forms in _DATA["nouns"][layer.language].items()
            if any(re.fullmatch(form, match["noun"], re.IGNORECASE) for form in forms)
        )
        yield Reference(
            layer=layer,
            speakers=speakers,
            start=match.start(),
            end=match.end(),
            sender=sender,
            noun=noun,
            plural=_plural(layer.language, match),
            written=" ".join(layer.text[match.start("noun") : match.end()].split()),
            date=_date(scene, match),
            topic=_topic(match["topic"]),
            received=bool(received),
        )


def _sender(scene: Scene, layer: Layer, match: re.Match[str], speakers: Speakers) -> str | None:
    owner = match["owner"].lower()
    if owner == "your" or owner.startswith("ваш"):
        return speakers.other
    if owner.startswith("сво"):
        after = layer.text[match.end() : match.end() + 12]
        return speakers.other if re.match(r",?\s*вы\b", after, re.IGNORECASE) else None
    return first_person(scene, layer, match.start(), match.start("noun"))


def _plural(language: str, match: re.Match[str]) -> bool:
    if language == "en":
        return match["noun"].lower().endswith("s")
    return bool(re.fullmatch(r"(?:ваш|сво)(?:и|их|им|ими)", match["owner"].lower()))


def _date(scene: Scene, match: re.Match[str]) -> tuple[int, int, str, str | None] | None:
    if not match["dated"]:
        return None
    words = match["dated"]
    start = match.start("dated") + len(words) - len(words.lstrip())
    if re.search(r"same\s+day|того\s+же\s+дня|today|сегодня", words, re.IGNORECASE):
        return start, match.end("dated"), " ".join(words.split()), scene.date
    date = next(iter(find_dates(match["date"])), None)
    if date is None:
        return None
    end = match.start("date") + date.end
    return start, end, " ".join(match.string[start:end].split()), date.edtf(scene.date)


def _topic(words: str | None) -> str | None:
    for topic, stems in _DATA["topic_words"].items():
        if words and any(stem in words.lower() for stem in stems):
            return str(topic)
    return slug(words) if words and words.isascii() else None


def _path(scene: Scene, one: Reference, count: int) -> str:
    steps = [one.sender.rpartition("/")[2]]
    if one.addressee:
        steps.append(one.addressee.rpartition("/")[2])
    if one.plural and one.topic:
        steps.append(one.topic)
    steps.append((one.date[3] if one.date else None) or f"before-{scene.date or 'unknown'}")
    if count:
        steps.append(str(count))
    return f"{'recordset' if one.plural else 'message'}/" + "-".join(steps)


def _claims(scene: Scene, one: Reference, path: str, sets: set[str]) -> Iterator[Claim]:
    words = (_words(one),)
    kind = (
        "rico:RecordSet"
        if one.plural
        else "cbl:Telegram"
        if one.noun == "telegram"
        else "cbl:Message"
    )
    value = Message(kind, _label(scene, one), None if one.plural else "referenced-only")
    yield Claim(key=path, about=path, value=value, evidence=words, rule="message-referred-to")
    if not one.plural:
        yield _link(path, "sender", "rico:hasSender", one.sender, words)
        if one.addressee:
            yield _link(path, "addressee", "rico:hasAddressee", one.addressee, words)
    if one.date:
        yield _sent(scene, one, path)
    relation = (
        ("is-reply-to", "rico:isReplyTo") if one.received else ("references", "dcterms:references")
    )
    yield _link(one.speakers.about, f"{relation[0]}-{slug(path)}", relation[1], path, words)
    if one.speakers.about != scene.telegram:
        yield _link(scene.telegram, f"references-{slug(path)}", "dcterms:references", path, words)
    if one.date is None and not one.plural and len(sets) == 1:
        home = next(iter(sets))
        yield _link(path, "included-in", "rico:isOrWasIncludedIn", home, words, "probable")


def _link(
    about: str, name: str, prop: str, target: str, words: tuple[Evidence, ...],
    certainty: Certainty = "certain",
) -> Claim:  # fmt: skip
    return Claim(
        key=f"{about}/claim/{name}",
        about=about,
        value=Link(prop, target),
        evidence=words,
        rule="message-referred-to",
        certainty=certainty,
    )


def _sent(scene: Scene, one: Reference, path: str) -> Claim:
    assert one.date is not None
    start, end, written, edtf = one.date
    return Claim(
        key=f"{path}/date/sent",
        about=path,
        value=Date("sent", (written,), edtf),
        evidence=(one.layer.evidence(start, end),),
        rule="date-of-message-referred-to",
        certainty="certain" if edtf == scene.date else "probable",
    )


def _words(one: Reference) -> Evidence:
    """Point at the sentence of the reference, or in a long one at its clause."""
    text = one.layer.text
    start, end = sentence_at(text, one.start)
    if end - start > _LONGEST or one.layer.kind == "catalogue-entry":
        before = re.search(r"(?:\b(?:in|в|as requested by)\s+)$", text[start : one.start], re.I)
        start = one.start - (len(before.group()) if before else 0)
        after = re.compile(r"\s+(?:вы|you)\s+\w+", re.I).match(text, one.end)
        end = after.end() if after else one.end
    return one.layer.evidence(start, end)


def _label(scene: Scene, one: Reference) -> str:
    names = scene.names
    if one.plural:
        english = one.written if one.layer.language == "en" else f"{one.noun}s"
        return f"{names.label(one.sender)}'s {english}"
    parties = names.label(one.sender)
    if one.addressee:
        parties += f" to {names.label(one.addressee)}"
    edtf = one.date[3] if one.date else None
    day = f"of {_in_words(edtf)}" if edtf else f"before {_in_words(scene.date)}"
    return f"{parties}, {one.noun} {day}"


def _in_words(edtf: str | None) -> str:
    """Write an EDTF day as English prose does: 3 July 1951."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", edtf or "")
    if match is None:
        return edtf or "an unknown day"
    months = "January February March April May June July August September October November December"
    return f"{int(match[3])} {months.split()[int(match[2]) - 1]} {match[1]}"
