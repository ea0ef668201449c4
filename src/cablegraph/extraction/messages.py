"""Say what a document tells of other messages that it answers or refers to, absent ones included.

Where a text refers to them is found in references.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.lexicon import table
from cablegraph.extraction.references import Reference, find_references
from cablegraph.extraction.references import first_person as first_person
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.sentences import sentence_at
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Link, Message, Number

_LONGEST = 120  # a longer sentence says more than that a message came: its clause is quoted
_MISREAD = {
    row["as_read"]: row["meant"] for row in table("misreadings") if row["where"] == "number"
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The message that a reference means, as all references of the document together tell."""

    path: str
    noun: str
    day: str | None  # EDTF
    number: str | None
    told: bool = True  # by the reference itself; else it is the only one that can be meant


def find_messages(scene: Scene) -> Iterator[Claim]:
    """Yield each message referred to, its parties, number and date, and how this one relates to it.

    Shape: several witnesses of one reference share a key, made of sender, addressee and date;
        a reference in the plural is a set of messages of unknown number.
    Source: "Вашу телеграмму от 3 июля получили", "Your telegrams of January 31 … have reached us".
    """
    found = list(find_references(scene))
    meant = [_meant(scene, one, found) for one in found]
    sets = {two.path for one, two in zip(found, meant, strict=True) if one.plural}
    yield from _of_summary(scene, found, meant)
    for one, two in zip(found, meant, strict=True):
        yield from _claims(scene, one, two, sets)


def _meant(scene: Scene, one: Reference, found: list[Reference]) -> Meant:
    day, number = _day(one), _number(one)
    if one.plural:
        return Meant(_path(scene, one, one.noun, day, None), one.noun, day, None)
    others = [other for other in found if other.sender == one.sender and not other.plural]
    told = bool(day or number)
    if not told:
        day, number = _only_one(one, others)
    elif number and not day:
        day = next((_day(o) for o in others if _number(o) == number and _day(o)), None)
    elif day and not number:
        of_day = {_number(o) for o in others if _day(o) == day} - {None}
        number = next(iter(of_day)) if len(of_day) == 1 else None
    noun = _specific(one, [o for o in others if (_day(o), _number(o)) == (day, number)])
    rivals = {o.noun for o in others if (_day(o), _number(o)) == (day, number)}
    rivals -= {"message", "statement"}
    path = _path(scene, one, noun, day, number)
    path += f"-{noun}" if len(rivals) > 1 and noun != "telegram" else ""
    return Meant(path, noun, day, number, told)


def _only_one(one: Reference, others: list[Reference]) -> tuple[str | None, str | None]:
    """Return day and number of the only message of that kind that the sender is said to have sent.

    "In your telegram you propose" after "Your telegram of 3 July has been received" is that one.
    """
    kind = {one.noun, "message"}
    of_kind = [other for other in others if other.noun in kind]
    told = sorted({(_day(o) or "", _number(o) or "") for o in of_kind if _day(o) or _number(o)})
    if len({day for day, _ in told}) != 1 or len({n for _, n in told if n}) > 1:
        return None, None
    return told[-1][0] or None, told[-1][1] or None


def _specific(one: Reference, same: list[Reference]) -> str:
    """Return the noun for a message that is called a message here and something plainer there."""
    if one.noun != "message":
        return one.noun
    nouns = sorted({other.noun for other in same} - {"message"}, reverse=True)
    return nouns[0] if nouns else "message"


def _day(one: Reference) -> str | None:
    return one.date.known if one.date else None


def _number(one: Reference) -> str | None:
    """Return the number with the known misreadings of its ending undone, to compare by."""
    if one.number is None:
        return None
    head, stroke, tail = one.number.written.partition("/")
    return f"{head}{stroke}{_MISREAD.get(tail, tail)}"


def _path(
    scene: Scene, one: Reference, noun: str, day: str | None, number: str | None
) -> str:  # fmt: skip
    steps = [one.sender.rpartition("/")[2]]
    if one.addressee and noun != "statement":
        steps.append(one.addressee.rpartition("/")[2])
    if one.plural and one.topic:
        steps.append(one.topic)
    if day:
        steps.append(slug(re.sub(r"T[\d:]+", "", day)))
    if number:
        steps.append(f"no-{slug(number)}")
    if not day and not number:
        steps.append(
            f"before-{slug(scene.date or scene.record.key)}" + ("" if one.plural else "-1")
        )
    return f"{'recordset' if one.plural else 'message'}/" + "-".join(steps)


# "the American request for armistice negotiations": a message named by whose and what it is.
_NAMED = re.compile(
    r"\b(?:the|an?)\s+(?P<whose>[A-Z][a-z]+)\s+(?:request|statement|offer|proposal|message|note)\b"
    r"(?:\s+(?:for|on|about|regarding|concerning|to)\s+[a-z][a-z' -]*[a-z])?"
)


def _of_summary(scene: Scene, found: list[Reference], meant: list[Meant]) -> Iterator[Claim]:
    """Take an outsider's message that the summary names for the only one the text refers to.

    Shape: nothing where the text refers to none or to several messages of outsiders.
    """
    pairs = zip(found, meant, strict=True)
    outside = sorted({two.path for one, two in pairs if one.sender not in scene.parties})
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


def _claims(scene: Scene, one: Reference, two: Meant, sets: set[str]) -> Iterator[Claim]:
    words, path = (_words(one),), two.path
    kind = "cbl:Telegram" if two.noun == "telegram" else "cbl:Message"
    kind = "rico:RecordSet" if one.plural else kind
    value = Message(kind, _label(scene, one, two), None if one.plural else "referenced-only")
    yield Claim(key=path, about=path, value=value, evidence=words, rule="message-referred-to")
    if not one.plural:
        yield _link(path, "sender", "rico:hasSender", one.sender, words)
        if one.addressee and two.noun != "statement":
            yield _link(path, "addressee", "rico:hasAddressee", one.addressee, words)
    yield from _date_and_number(scene, one, path)
    certainty: Certainty = "certain" if two.told or not (two.day or two.number) else "probable"
    relation = (
        ("is-reply-to", "rico:isReplyTo") if one.received else ("references", "dcterms:references")
    )
    name = f"{relation[0]}-{slug(path)}"
    yield _link(one.speakers.about, name, relation[1], path, words, certainty)
    if one.speakers.about != scene.telegram:
        yield _link(scene.telegram, f"references-{slug(path)}", "dcterms:references", path, words)
    if not (two.day or two.number or one.plural) and len(sets) == 1:
        home = next(iter(sets))
        if home.partition("/")[2].startswith(path.partition("/")[2].partition("-before-")[0]):
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


def _date_and_number(scene: Scene, one: Reference, path: str) -> Iterator[Claim]:
    if one.date:
        yield Claim(
            key=f"{path}/date/sent",
            about=path,
            value=Date("sent", (one.date.written,), one.date.edtf),
            evidence=(one.layer.evidence(one.date.start, one.date.end),),
            rule="date-of-message-referred-to",
            certainty="certain" if one.date.edtf == scene.date else "probable",
        )
    if one.number:
        yield Claim(
            key=f"{path}/number/outgoing-number-{slug(one.number.written)}",
            about=path,
            value=Number("outgoing-number", one.number.written),
            evidence=(one.layer.evidence(one.number.start, one.number.end),),
            rule="number-of-message-referred-to",
            certainty="probable",
        )


def _words(one: Reference) -> Evidence:
    """Point at the sentence of the reference, or in a long one at its clause."""
    text = one.layer.text
    start, end = sentence_at(text, one.start)
    if (
        end - start > _LONGEST
        or one.layer.kind == "catalogue-entry"
        or not start <= one.start < end
    ):
        before = re.search(r"(?:\b(?:in|в|as requested by)\s+)$", text[start : one.start], re.I)
        start = one.start - (len(before.group()) if before else 0)
        after = re.compile(r"\s+(?:вы|you)\s+\w+", re.I).match(text, one.end)
        end = after.end() if after else one.end
    return one.layer.evidence(start, max(end, one.end))


def _label(scene: Scene, one: Reference, two: Meant) -> str:
    names = scene.names
    if one.plural:
        english = one.written if one.layer.language == "en" else f"{one.noun}s"
        return f"{names.label(one.sender)}'s {english}"
    parties = names.label(one.sender)
    if one.addressee and two.noun != "statement":
        parties += f" to {names.label(one.addressee)}"
    words = f"{parties}, {two.noun}"
    if two.number:
        words += f" No. {one.number.written if one.number else two.number}"
    if two.day:
        return f"{words} of {_in_words(two.day)}"
    return words if two.number else f"{words} before {_in_words(scene.date)}"


def _in_words(edtf: str | None) -> str:
    """Write an EDTF day as English prose does: 3 July 1951."""
    match = re.fullmatch(r"(\d{4}|XXXX)-(\d\d)-(\d\d)(?:T.*)?", edtf or "")
    if match is None:
        return edtf or "an unknown day"
    months = "January February March April May June July August September October November December"
    day = f"{int(match[3])} {months.split()[int(match[2]) - 1]}"
    return day if match[1] == "XXXX" else f"{day} {match[1]}"
