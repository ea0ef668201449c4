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

_VALUE = re.compile(
    r"(?:(?:our\s+)?ref(?:erence|\.)?\s*:?\s*)?(?:№|N[oºr°]\.?:?|N\.|#|Number\s*:?)"
    r"\s*(?P<value>[\w./-]*\w)",
    re.IGNORECASE,
)
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
        dated = value and _is_date(bare[value.end() :])
        if value and (dated or NUMBER_LINE.match(bare)):
            words = line.part(0, line.text.index(bare) + value.end()) if dated else line
            yield _number(scene, "outgoing-number", value["value"], [words.evidence])
        if value and NUMBER_LINE.match(bare):
            continue
        for date in find_dates(line.text):
            edtf = date.towards(scene.date).edtf(scene.date)
            yield _date(scene, line, date.written.rstrip("."), edtf)


def _is_date(words: str) -> bool:
    """Tell whether the words after a number are a date alone: "No. 12, 6.X.1950"."""
    dates = list(find_dates(words))
    return len(dates) == 1 and len(words.strip(" ,.")) - (dates[0].end - dates[0].start) <= 4


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
