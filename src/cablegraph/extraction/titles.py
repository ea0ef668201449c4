"""Read a catalogue title: form, number, place of origin, and who sends what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.extraction.parts import form_of, without_honorific
from cablegraph.records.claims import Evidence
from cablegraph.records.model import Layer

NUMBER = re.compile(r"(?:№|N[oºr°]s?\.?|#)\s*(?P<value>\d[\w./-]*[^\W_]|\d)", re.IGNORECASE)
_KEYWORD = re.compile(
    r"(?P<comma>,)?\s+(?P<word>from|to|for|via|through|and\s+convey\s+to)\s+|,\s+"
    r"|\s+(?=\[(?:via|through)\s)",
    re.IGNORECASE,
)
# What a title says after the routing: the content, not a party.
_CONTENT = re.compile(
    r",?\s+(?:containing|transmitting|relaying|concerning|regarding|about|on|with\s+a)\s|,\s*['‘“\"]",
    re.IGNORECASE,
)
_VIA = re.compile(r"[\[(]\s*(?:via|through)\s+(?P<name>[^\])]+)[\])]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a party, with the hint of their place: sender, to, for, via, from, origin.

    Units: offsets count code points of the layer's text; ``start``-``end`` is the evidence,
        ``words`` the name with its bracket, without titles of courtesy.
    """

    layer: Layer
    hint: str
    words: str
    start: int
    end: int

    @property
    def evidence(self) -> Evidence:
        """Point at the words with their preposition."""
        return self.layer.evidence(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart; offsets count code points of the layer's text."""

    layer: Layer
    start: int
    end: int
    form: str | None
    form_end: int
    number: tuple[str, int, int] | None
    namings: tuple[Naming, ...]


def read_title(layer: Layer, start: int, end: int) -> Title:
    """Take apart the title that stands from *start* to *end* of the layer's text.

    Source: the titles of the Wilson Center Digital Archive ("Ciphered Telegram No. 2950,
        Filippov [Stalin] to Krasovsky, for Cde. Mao Zedong"; "Cable, A [via D] to B").
    """
    text = re.sub(r"[\n*]", " ", layer.text[start:end])
    form = form_of(text)
    at = form[1] if form else 0
    number = None
    if match := re.match(r"\s*,?\s*" + NUMBER.pattern, text[at:], re.IGNORECASE):
        sign = at + match.start() + len(match.group()) - len(match.group().lstrip(" ,"))
        number = (match["value"], start + sign, start + at + match.end())
        at += match.end()
    content = _CONTENT.search(text, at)
    stop = content.start() if content else len(text)
    namings = tuple(_namings(layer, text, at, stop, start)) if form else ()
    return Title(layer, start, end, form[0] if form else None, start + at, number, namings)


def _namings(layer: Layer, text: str, at: int, stop: int, offset: int) -> Iterator[Naming]:
    """Yield the parties between the form and the content of the title."""
    segments = list(_segments(text, at, stop))
    for index, (word, begin, start, end) in enumerate(segments):
        bare = _VIA.sub(lambda m: " " * len(m.group()), text[start:end])
        for via in _VIA.finditer(text, start, end):
            yield _naming(layer, "via", via["name"], offset + via.start(), offset + via.end())
        hint = {"via": "via", "through": "via", "to": "to", "for": "for"}.get(word, "sender")
        if word.endswith("convey to"):
            hint = "for"
        if word == "from" and any(not later[0] for later in segments[index + 1 :]):
            hint = "origin"
        for first, last in _names(bare):
            evidence = begin if first == 0 and hint != "sender" else start + first
            yield _naming(layer, hint, bare[first:last], offset + evidence, offset + start + last)


def _segments(text: str, at: int, stop: int) -> Iterator[tuple[str, int, int, int]]:
    """Cut the routing at its keywords: keyword, where it begins, where its words begin and end."""
    depth_free = re.sub(r"\[[^\]]*\]|\([^)]*\)", lambda m: "_" * len(m.group()), text)
    cuts = list(_KEYWORD.finditer(depth_free, at, stop))
    begin, word, start = at, "", at
    for cut in [*cuts, None]:
        end = cut.start() if cut else stop
        if text[start:end].strip(" ,."):
            yield word, begin, start, end
        if cut:
            keyword = " ".join((cut["word"] or "").lower().split())
            begin = cut.end() if not keyword else cut.start("word")
            word, start = keyword, cut.end()


def _names(words: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *words* that are single names: "Cdes. B and C" has two."""
    at = 0
    flat = re.sub(r"\[[^\]]*\]|\([^)]*\)", lambda m: "_" * len(m.group()), words)
    for cut in [*re.finditer(r",?\s+(?:and|or)\s+(?=[A-Z])|,\s+", flat), None]:
        end = cut.start() if cut else len(flat)
        piece = words[at:end]
        lead = len(piece) - len(piece.lstrip(" ,"))
        if piece.strip(" ,.") and piece.strip(" ,.").lower() != "others":
            yield at + lead, at + len(piece.rstrip(" ,."))
        at = cut.end() if cut else end


def _naming(layer: Layer, hint: str, words: str, start: int, end: int) -> Naming:
    bare = words.strip()
    return Naming(layer, hint, bare[without_honorific(bare) :].strip(), start, end)
