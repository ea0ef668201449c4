"""Read the address lines and the signature of a text version, in English and Russian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cablegraph.extraction.parts import Line, Parts, hint_of, without_honorific
from cablegraph.extraction.titles import Naming

_SPLIT = re.compile(r"\s*(?:[,.:]|—|–|--|-(?=\s)|(?<=\s)-)+\s*")


def find_namings(parts: Parts, is_place: Callable[[str], bool]) -> Iterator[Naming]:
    """Yield the parties and the place that the address lines and the signature name.

    Shape: hints are place, to, for, from, salutation and signature; the evidence of an address
        is its line, except where place and person share it: then each has its own words too.
    """
    for line in parts.address:
        yield from _read_line(line, is_place)
    for line in parts.signatures:
        yield Naming(parts.layer, "signature", _bare(line.text), line.start, line.end)


def _read_line(line: Line, is_place: Callable[[str], bool]) -> Iterator[Naming]:
    text = line.text
    place = _SPLIT.split(text, maxsplit=1)[0]
    rest_at = 0
    if hint_of(text) is None and _is_place_part(text, place, is_place):
        yield Naming(line.layer, "place", place, line.start, line.start + len(place))
        cut = _SPLIT.match(text, len(place))
        rest_at = cut.end() if cut else len(text)
    rest = text[rest_at:]
    if not rest.strip(" .,-—"):
        return
    hint = hint_of(rest)
    if hint is None and rest_at == 0:
        return  # a line of capitals: priority or handling, no party
    at = 0
    kind = "to" if hint is None else hint[0]
    if hint and kind != "honorifics":
        at = hint[1]
    if kind == "honorifics":
        kind = "salutation"
    words = rest[at:].lstrip(" :.")
    name = _bare(words[without_honorific(words) :])
    if name:
        russian = re.search(r"[а-яё]", rest, re.IGNORECASE) and rest_at
        start = rest_at if russian else 0
        end = len(text.rstrip(" .!,")) if russian else len(text.rstrip('"”»“ '))
        yield Naming(line.layer, kind, name, line.start + start, line.start + end)


def _is_place_part(text: str, place: str, is_place: Callable[[str], bool]) -> bool:
    """Tell whether a line begins with a place: a known one, or capitals before "TO NAME"."""
    if is_place(place):
        return True
    after = text[len(place) :]
    follows = re.match(r"\s*[,.—–-]+\s*(?:to\s|к\s|[А-ЯЁ]{4,}(?:У|Ю|ОМУ|ЕМУ|Е)\b)", after, re.I)
    return bool(follows and place.isupper() and len(place.split()) <= 3)


def _bare(words: str) -> str:
    return words.strip(' .,!"”»“*')
