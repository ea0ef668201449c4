"""Find the numbers of the message: cipher number in title and heading, outgoing number below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.authorities.romanise import romanise, slug
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.parts import NUMBER_LINE, Line
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.titles import NUMBER
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Number

_VALUE = re.compile(r"(?:№|N[oºr°]\.?|N\.|#|Number\s*:?)\s*(?P<value>[\w./-]*\w)", re.IGNORECASE)
# The office that numbers the forms: a cipher office counts its telegrams.
_CIPHER = ("ciphered-telegram", "telegram", "cable", "radio-message")


def find_numbers(scene: Scene) -> Iterator[Claim]:
    """Yield every number that title, citation, heading and closing lines give the message.

    Shape: one claim a value and kind; witnesses of the same value are gathered later.
    Source: "ШИФРТЕЛЕГРАММА № 39", "CIPHERED TELEGRAM No. 2950" at the head; "№ 340/ш",
        "No. 72/III" between signature and registry marks.
    """
    for title in scene.titles:
        if title.number and title.form in _CIPHER:
            value, start, end = title.number
            yield _number(
                scene, "cipher-telegram-number", value, [title.layer.evidence(start, end)]
            )
    for parts in scene.texts:
        if parts.heading and parts.form in _CIPHER:
            after = _of_heading(parts.heading.text)
            if after:
                words = [
                    parts.heading.part(0, after.end()).evidence,
                    parts.heading.part(after.start(), after.end()).evidence,
                ]
                yield _number(scene, "cipher-telegram-number", after["value"], words)
        yield from _closing(scene, parts.closing)


def _of_heading(text: str) -> re.Match[str] | None:
    """Return the number that a heading gives, after a sign or bare: "TELEGRAM 066.621"."""
    return NUMBER.search(text) or re.search(r"(?<=\s)(?P<value>\d{2,}[\d.]*\d\d)$", text)


def _closing(scene: Scene, lines: tuple[Line, ...]) -> Iterator[Claim]:
    for line in lines:
        bare = line.text.strip(" .\"”»“'")
        value = _VALUE.match(bare)
        if value and NUMBER_LINE.match(bare):
            yield _number(scene, "outgoing-number", value["value"], [line.evidence])
            continue
        for date in find_dates(line.text):
            edtf = date.towards(scene.date).edtf(scene.date)
            yield _date(scene, line, date.written.rstrip("."), edtf)


def _date(scene: Scene, line: Line, written: str, edtf: str | None) -> Claim:
    translated = line.layer.kind == "translation"
    return Claim(
        key=f"{scene.telegram}/date/{'translation' if translated else 'text'}",
        about=scene.telegram,
        value=Date(f"dated-in-{'translation' if translated else 'text'}", (written,), edtf),
        evidence=(line.evidence,),
        rule="closing-date",
    )


def _number(
    scene: Scene, kind: str, value: str, words: list[Evidence], certainty: Certainty = "certain"
) -> Claim:
    return Claim(
        key=f"{scene.telegram}/number/{kind}-{slug(romanise(value))}",
        about=scene.telegram,
        value=Number(kind, value),
        evidence=tuple(words),
        rule=kind,
        certainty=certainty,
    )
