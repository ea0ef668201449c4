"""Read the address lines and the signature of a text version, in English and Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.authorities.inflect import letter_spaced
from cablegraph.extraction.cues import (
    BODY,
    courtesy_at,
    hint_of,
    is_handling,
    is_head,
    passed_to,
    place_at,
    without_honorific,
)
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.home_offices import names_ministry
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Names
from cablegraph.extraction.parts import Line, Parts
from cablegraph.extraction.titles import Naming

_SPLIT = re.compile(r"\s*(?:[,.:]|—|–|--|-(?=\s)|(?<=\s)-)+\s*")
# "PLACE, NAME." in capitals, the name in the dative or one that does not change.
_DATIVE = r"[А-ЯЁ-]{2,}(?:У|Ю|ОМУ|ЕМУ|ОЙ|Е|КО|ИХ|ЫХ|О|А|И)\b"
_AFTER_PLACE = re.compile(
    rf"\s*[,.—–-]+\s*(?:to\s|к\s|(?:тов|т|товарищу)\b|(?-i:{_DATIVE}))", re.IGNORECASE
)
_WAYS = {
    hint: re.compile(words, re.IGNORECASE) for hint, words in settings("layout")["ways"].items()
}
_RECEIVED = re.compile(r"(?:telegram\s+)?(?:received|recebido|recibido)\W*", re.IGNORECASE)
_PERSON_IN_DATIVE = re.compile(r"(?:ОВУ|ЕВУ|ЁВУ|ИНУ|ЫНУ|СКОМУ|ЦКОМУ)$")


def find_namings(parts: Parts, names: Names) -> Iterator[Naming]:
    """Yield the parties and the place that the address lines and the signature name.

    Shape: hints are place, to, for, from, salutation and signature; the evidence of an address
        is its line, except where place and person share it: then each has its own words too.
    """
    yield from _read_marks(parts, names)
    for line in parts.address:
        yield from _read_line(line, names)
    for line in parts.signatures:
        if _is_word(line, names):
            continue
        yield Naming(parts.layer, "signature", _bare(line.text), line.start, line.end)


def _read_marks(parts: Parts, names: Names) -> Iterator[Naming]:
    """Yield the places that the marks of sending and receipt name, and who received.

    Source: "Received in Moscow on 10/14/50", "Sending: Havana", "Dispatched from Washington";
        a ministry's name over "RECEIVED" and the line that says where from.
    """
    for line in parts.top:
        for hint, pattern in _WAYS.items():
            way = pattern.match(line.text)
            found = way and place_at(line.text[way.end() :], names.is_place)
            if way and found:
                start = line.start + way.end() + found[0]
                words = line.text[way.end() :][slice(*found)]
                yield Naming(line.layer, hint, words, start, start + len(words))
    lines = sorted((*parts.top, *parts.address), key=lambda line: line.start)
    headed = [parts.heading] if parts.heading else []
    received = [line.start for line in (*lines, *headed) if _RECEIVED.fullmatch(line.text)]
    for line in lines:
        if names_ministry(line.text):
            words = re.split(r"\s*[,(]", line.text)[0]
            yield Naming(line.layer, "home", words, line.start, line.start + len(words))
    for line in lines:
        if received and line.start < received[0] and BODY.match(line.text) and line.text.isupper():
            yield Naming(line.layer, "to", line.text, line.start, line.end)


def _is_word(line: Line, names: Names) -> bool:
    """Tell whether a line that looks like a name is a sentence of one word: "Agreed."."""
    word = line.text.rstrip('"”»“')
    if not re.fullmatch(r"[^\W\d_]{2,}[.!]", word) or word.isupper():
        return False
    return not names.is_listed(word, line.layer.language)


def _read_line(line: Line, names: Names) -> Iterator[Naming]:
    text = line.text
    if hint_of(text) is None and (span := passed_to(text)):
        yield Naming(line.layer, "for", text[slice(*span)], line.start, line.end)
        return
    place = _SPLIT.split(text, maxsplit=1)[0]
    rest_at = 0
    if hint_of(text) is None and _is_place_part(text, place, names):
        cut = _SPLIT.match(text, len(place))
        rest_at = cut.end() if cut else len(text)
        after = text[rest_at:] or line.layer.text[line.end :].partition("\n")[0].lstrip(" ,")
        hint = "origin" if _is_date(after) else "place"
        yield Naming(line.layer, hint, place, line.start, line.start + len(place))
    rest = text[rest_at:]
    if not rest.strip(" .,-—") or _is_date(rest):
        return
    yield from _read_party(line, rest, rest_at, names)


def _read_party(line: Line, rest: str, rest_at: int, names: Names) -> Iterator[Naming]:
    hint = hint_of(rest) or _bare_hint(rest, rest_at, names)
    if hint is None:
        return  # a line of capitals: priority or handling, no party
    kind, at = hint
    if kind == "from" and (found := place_at(rest[at:], names.is_place)):
        start = line.start + rest_at + at
        if is_head(rest[at + found[1] :].strip(' ]"')) or not rest[at + found[1] :].strip(" .]"):
            yield Naming(
                line.layer, "origin", rest[at:][slice(*found)], start + found[0], start + found[1]
            )
            return
    if kind == "honorifics" and not rest_at and _is_subject(rest):
        return
    if kind == "honorifics":
        kind, at = ("to" if rest_at else "salutation"), 0
    name = _bare(rest[at:].lstrip(" :."))
    if name:
        text = line.text
        russian = re.search(r"[а-яё]", rest, re.IGNORECASE) and rest_at
        first = rest_at if russian else 0
        last = len(text.rstrip(" .!,")) if russian else len(text.rstrip('"”»“ '))
        yield Naming(line.layer, kind, name, line.start + first, line.start + last)


def _is_subject(text: str) -> bool:
    """Tell whether a line with a rank and a name is what the wire is about: "General X."."""
    return bool(re.fullmatch(r"[^а-яёА-ЯЁ]*[^.]\.", text)) and not courtesy_at(f" {text}")


def _bare_hint(rest: str, rest_at: int, names: Names) -> tuple[str, int] | None:
    """Take a name after a place, or a listed one alone on a line, for whom the message is to."""
    if rest_at:
        return "to", 0
    listed = names.is_listed(_bare(rest), "ru" if re.search("[а-яё]", rest, re.I) else "en")
    return ("to", 0) if listed and not is_handling(rest) else None


def _is_date(words: str) -> bool:
    return any(len(words.strip(" .")) - (date.end - date.start) <= 4 for date in find_dates(words))


def _is_place_part(text: str, place: str, names: Names) -> bool:
    """Tell whether a line begins with a place: a known one, or capitals before a name."""
    if names.is_place(place):
        return True
    if not place.isupper() or len(place.split()) > 3 or is_handling(place):
        return False
    if without_honorific(place) or _PERSON_IN_DATIVE.search(place):
        return False
    return bool(_AFTER_PLACE.match(text[len(place) :]))


def _bare(words: str) -> str:
    return letter_spaced(words.strip(' .,!"”»“*'))
