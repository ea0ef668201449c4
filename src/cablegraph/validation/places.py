"""Where in a source file a result has its evidence, found from the graph alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.records.claims import Finding
from cablegraph.validation.facts import Lookup
from cablegraph.validation.results import ShapeResult

_OA = PREFIXES["oa"]
_SUBJECT = PREFIXES["rdf"] + "subject"
_IDENTIFIER = PREFIXES["dcterms"] + "identifier"
#: The evidence of a node that hangs on a node that hangs on the focus still shows the reader the
#: right passage; any farther, and another document's words may be what is nearest.
_REACH = 2
#: Every line break that SourceText counts.
_LETTER = re.compile(r"\w")
_BREAK = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A place in a source file; line and column count from 1, columns in code points."""

    file: str
    line: int
    column: int
    quote: str


#: The focus of what concerns no node: that a rule found more than it shows.
NOWHERE = "_:"


def locate(lookup: Lookup, focus: str, *, about: str = "") -> Place | None:
    """Find the words that a node rests on: its own evidence, or that of the nearest node.

    Shape: of the nodes at one distance those come first whose statements occur in *about* (the
        message): of three rival numbers, the one that the message names. Then order of IRI, and
        the first place in the file. None if no evidence is within reach.
    """
    return None if focus == NOWHERE else _Surroundings(lookup, focus).find(about)


class _Surroundings:
    """What lies around a node, looked up once for all that is said of it."""

    def __init__(self, lookup: Lookup, focus: str) -> None:
        self._lookup = lookup
        self._rest = _rings_with_claims(lookup, focus)
        self._rings: list[list[str]] = []
        self._shown: dict[str, bool] = {}
        self._places: dict[str, Place | None] = {}
        self._words: dict[str, set[str]] = {}

    def find(self, about: str) -> Place | None:
        """Return the nearest place, as ``locate`` does."""
        for ring in self._each():
            # Of equal overlap, the claims about the focus come before what it points to.
            shown = [node for node in ring if self._is_shown(node)]
            if shown[1:]:
                shown.sort(key=lambda node: -self._overlap(node, about))
            for node in shown:
                if place := self._place(node):
                    return place
        return None

    def _is_shown(self, node: str) -> bool:
        """Whether there may be evidence of a node."""
        if node not in self._shown:
            values = self._lookup.values
            self._shown[node] = bool(values(node, CBL.evidence) or values(node, _OA + "hasSource"))
        return self._shown[node]

    def _each(self) -> Iterator[list[str]]:
        yield from self._rings
        for ring in self._rest:  # the farther ones are seldom needed, and large
            self._rings.append(ring)
            yield ring

    def _place(self, node: str) -> Place | None:
        if node not in self._places:
            self._places[node] = min(_evidence(self._lookup, node), default=None)
        return self._places[node]

    def _overlap(self, node: str, about: str) -> int:
        """Return the length of all things stated of *node* that *about* names."""
        if not about:
            return 0
        if node not in self._words:
            self._words[node] = set(self._lookup.words(node))
        return sum(len(w) for w in self._words[node] if w in about and _stands_alone(w, about))


def _rings_with_claims(lookup: Lookup, focus: str) -> Iterator[list[str]]:
    """Yield the focus, then the claims about it with what it points to, then what is farther."""
    rings = _rings(lookup, focus)
    yield next(rings)
    claims, outward = next(rings), next(rings)
    yield [*claims, *(node for node in outward if node not in claims)]
    yield from rings


def to_findings(
    results: Iterable[ShapeResult],
    lookup: Lookup,
    *,
    default: str,
    paths: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Give each result its place; *paths* leads from a source's file name to its path.

    Shape: sorted by place and severity; a result without evidence stands at line 1, column 1
        of *default*.
    """
    found: list[Finding] = []
    for focus, alike in groupby(results, key=lambda result: result.focus):
        around = None if focus == NOWHERE else _Surroundings(lookup, focus)
        for result in alike:
            place = around.find(result.message) if around else None
            found.append(_to_finding(result, place or Place(default, 1, 1, ""), paths or {}))
    return sorted(found)


def _to_finding(result: ShapeResult, place: Place, paths: Mapping[str, str]) -> Finding:
    return Finding(
        path=paths.get(place.file, place.file),
        line=place.line,
        column=place.column,
        severity=result.severity,
        code=result.code,
        message=result.message,
        remedy=result.remedy,
        focus=None if result.focus.startswith("_:") else result.focus,
    )


def _rings(lookup: Lookup, focus: str) -> Iterator[list[str]]:
    """Yield the focus, the claims about it, then what it points to and what points to it."""
    seen = {focus}
    ring = [focus]
    yield ring
    claims = [node for node in lookup.sources(focus) if focus in lookup.values(node, _SUBJECT)]
    yield claims
    for _ in range(_REACH):
        outward = [n for node in ring for n in lookup.links(node) if n not in seen]
        yield sorted(set(outward))
        inward = [n for node in ring for n in lookup.sources(node) if n not in seen]
        yield sorted(set(inward))
        ring = sorted({*outward, *inward})
        seen.update(ring)


def _stands_alone(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(word) :][:1]
        if not _LETTER.match(before) and not _LETTER.match(after):
            return True
        at = text.find(word, at + 1)
    return False


def _evidence(lookup: Lookup, node: str) -> Iterator[Place]:
    spans = [node, *lookup.values(node, CBL.evidence)]
    for span in spans:
        for version in lookup.values(span, _OA + "hasSource"):
            place = _place(lookup, span, version)
            if place:
                yield place


def _place(lookup: Lookup, span: str, version: str) -> Place | None:
    """Return the place of a span in a text version, or of a text version in its file."""
    text = _first(lookup.values(version, CBL.text))
    start, end = (_offset(lookup, span, name) for name in ("start", "end"))
    if text is None:  # the span is itself a text version, its source is the file
        line = _number(_first(lookup.values(span, CBL.startLine)))
        name = _first(lookup.values(version, _IDENTIFIER))
        return Place(name, line or 1, 1, "") if name is not None and line is not None else None
    name = _file_name(lookup, version)
    if name is None or start is None or end is None or not start <= end <= len(text):
        return None
    row, column = (
        _number(_first(lookup.values(span, p))) for p in (CBL.startLine, CBL.startColumn)
    )
    if row and column:
        return Place(name, row, column, text[start:end])
    first = _number(_first(lookup.values(version, CBL.startLine))) or 1
    breaks = list(_BREAK.finditer(text, 0, start))
    column = start - (breaks[-1].end() if breaks else 0) + 1
    return Place(name, first + len(breaks), column, text[start:end])


def _file_name(lookup: Lookup, version: str) -> str | None:
    derived = PREFIXES["prov"] + "wasDerivedFrom"
    for property_iri in (_OA + "hasSource", derived):
        for source in lookup.values(version, property_iri):
            name = _first(lookup.values(source, _IDENTIFIER))
            if name is not None:
                return name
    return None


def _offset(lookup: Lookup, span: str, name: str) -> int | None:
    selectors = lookup.values(span, _OA + "hasSelector")
    values = [value for node in selectors for value in lookup.values(node, _OA + name)]
    return _number(_first(values))


def _first(values: Iterable[str]) -> str | None:
    return next(iter(values), None)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
