"""Where in a source file a result has its evidence, found from the graph alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
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
    if focus == NOWHERE:
        return None
    rings = _rings(lookup, focus)
    own, claims, outward = next(rings), next(rings), next(rings)
    near = [*claims, *(node for node in outward if node not in claims)]
    for ring in chain((own, near), rings):  # the farther ones are seldom needed, and large
        # Of equal overlap, the claims about the focus come before what it points to.
        place_of = {node: index for index, node in enumerate(ring)}
        for node in sorted(ring, key=lambda n: (-_overlap(lookup, n, about), place_of[n])):
            places = sorted(_evidence(lookup, node))
            if places:
                return places[0]
    return None


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
    return sorted(_to_finding(result, lookup, default, paths or {}) for result in results)


def _to_finding(
    result: ShapeResult, lookup: Lookup, default: str, paths: Mapping[str, str]
) -> Finding:
    place = locate(lookup, result.focus, about=result.message) or Place(default, 1, 1, "")
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


def _overlap(lookup: Lookup, node: str, about: str) -> int:
    """Return the length of all things stated of *node* that *about* names."""
    found = {w for w in lookup.words(node) if w in about} if about else set()
    return sum(len(w) for w in found if _stands_alone(w, about))


def _stands_alone(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


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
