"""Read what the head of a wire says of its way: when sent, received, deciphered; its numbers.

The dates are kinds of their own and never stand for the date of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.edtf import FoundDate
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.parts import Line, Parts
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Date, Evidence, Number

_DATA = settings("receipts")
_KINDS = {
    kind: re.compile(rf"(?<![^\W_]){words}", re.IGNORECASE)
    for kind, words in _DATA["kinds"].items()
}
_PAIR = re.compile(_DATA["days"]["pair"], re.IGNORECASE)
_NUMBERS = {name: re.compile(words, re.IGNORECASE) for name, words in _DATA["numbers"].items()}
_FIRST_LINES = 6  # of the body; subject and file number may stand above the opening number
_RULES = {
    "sent": "receipt-sent",
    "received": "receipt-received",
    "deciphered": "receipt-deciphered",
}


def find_receipts(scene: Scene) -> Iterator[Claim]:
    """Yield the dates and numbers of sending and receipt, as claims about the message.

    Source: "Received 11:30 30.6.1951", "Received: 31.X 62. at 7.30 / No. 239", "RECEIVED / 12.851
        / ON/26/26/X/62", "346 – FRIDAY – 1800hs –", "Special no. 550".
    """
    for parts in scene.texts:
        lines = sorted((*parts.top, *parts.address, *parts.registry), key=lambda line: line.start)
        for line in lines:
            yield from _dates(scene, line)
        yield from _numbers(scene, parts)


def _dates(scene: Scene, line: Line) -> Iterator[Claim]:
    if pair := _PAIR.match(line.text):
        for kind in ("sent", "received"):
            for date in find_dates(pair[kind] + pair["month"]):
                words = line.part(0, pair.end()).evidence
                yield _date(scene, kind, pair.group(), date, words)
        return
    said = sorted((m.start(), kind) for kind, p in _KINDS.items() for m in p.finditer(line.text))
    if not said:
        return
    for date in find_dates(line.text):
        before = [kind for start, kind in said if start < date.start]
        kind = before[-1] if before else said[0][1]
        words = line.evidence if len(said) == 1 else line.part(date.start, date.end).evidence
        yield _date(scene, kind, date.written, date, words)


def _date(scene: Scene, kind: str, written: str, date: FoundDate, words: Evidence) -> Claim:
    """Make the claim of a date; the one labelled as the wire's own is that of the text."""
    value = date.towards(scene.date).edtf(scene.date)
    if kind == "dated":
        side = "translation" if words.layer.startswith("translation") else "text"
        return Claim(
            key=f"{scene.telegram}/date/{side}",
            about=scene.telegram,
            value=Date(f"dated-in-{side}", (written.rstrip("."),), value),
            evidence=(words,),
            rule="closing-date",
        )
    return Claim(
        key=f"{scene.telegram}/date/{kind}",
        about=scene.telegram,
        value=Date(kind, (written,), value),
        evidence=(words,),
        rule=_RULES[kind],
    )


def _numbers(scene: Scene, parts: Parts) -> Iterator[Claim]:
    heading = [parts.heading] if parts.heading else []
    marks = sorted((*parts.top, *parts.address, *heading), key=lambda line: line.start)
    for before, line in zip([None, *marks], marks, strict=False):
        if special := _NUMBERS["special"].match(line.text):
            value = special["value"] or special["value2"]
            yield _number(scene, "special-number", value, line.part(0, special.end()).evidence)
        elif file := _NUMBERS["file"].search(line.text):
            words = line.part(*file.span()).evidence
            yield _number(scene, "file-number", file["value"], words)
        elif before is None or not _NUMBERS["over_receipt"].fullmatch(before.text):
            continue
        elif receipt := _NUMBERS["receipt"].fullmatch(line.text):
            yield _number(scene, "incoming-number", receipt["value"], line.evidence)
    yield from _of_block(scene, parts, marks)
    for line in parts.body[:_FIRST_LINES]:
        if opening := _NUMBERS["opening"].match(line.text):
            words = line.part(0, opening.end()).evidence
            yield _number(scene, "outgoing-number", opening["value"], words)
    yield from _opening(scene, parts)


def _opening(scene: Scene, parts: Parts) -> Iterator[Claim]:
    """Yield the number that begins the first paragraph, signed, or bare where an edition prints so.

    Source: "No. 127. For the Secretary. …"; "1387. Reference Deptel 18, …" in FRUS.
    """
    printed = any(title.form is None and title.namings for title in scene.titles)
    for line in parts.body[:1]:
        for name in ("opening_signed", *(["opening_bare"] if printed else [])):
            if match := _NUMBERS[name].match(line.text):
                words = line.part(*match.span("words")).evidence
                yield _number(scene, "outgoing-number", match["value"], words)
                return


def _of_block(scene: Scene, parts: Parts, marks: list[Line]) -> Iterator[Claim]:
    """Yield the number that stands beside the dates of sending and receipt.

    Shape: it is that of the cipher office where neither title nor heading has one.
    """
    dated = [any(pattern.match(line.text) for pattern in _KINDS.values()) for line in marks]
    titled = any(title.number for title in scene.titles)
    headed = parts.heading is not None and re.search(r"\d", parts.heading.text)
    kind = "outgoing-number" if titled or headed else "cipher-telegram-number"
    for index, line in enumerate(marks):
        beside = any(dated[max(0, index - 1) : index + 2])
        if (signed := _NUMBERS["signed"].fullmatch(line.text)) and beside:
            yield _number(scene, kind, signed["value"], line.evidence)
        elif dated[index] and (within := _within(line)):
            words = line.part(*within.span()).evidence
            yield _number(scene, kind, within["value"], words)


def _within(line: Line) -> re.Match[str] | None:
    """Return the one number that follows a date in a head that was printed on one line."""
    numbers = list(_NUMBERS["within"].finditer(line.text))
    dates = [date for date in find_dates(line.text) if numbers and date.end <= numbers[0].start()]
    return numbers[0] if len(numbers) == 1 and dates else None


def _number(scene: Scene, kind: str, value: str, words: Evidence) -> Claim:
    return Claim(
        key=f"{scene.telegram}/number/{kind}-{slug(romanise(value))}",
        about=scene.telegram,
        value=Number(kind, value),
        evidence=(words,),
        rule=kind,
    )
