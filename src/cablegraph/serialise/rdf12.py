"""The graph in RDF 1.2: a claim reifies its statement as a triple term, and the way back.

RDF 1.1 names a statement by three statements about the claim (rdf:subject, rdf:predicate,
rdf:object); RDF 1.2 by one, ``rdf:reifies <<( s p o )>>`` (https://www.w3.org/TR/rdf12-concepts/).
All else is alike, so that each form can be made of the other, line for line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from cablegraph.errors import shown
from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.serialise.files import write_file
from cablegraph.serialise.turtle import to_trig, to_turtle
from cablegraph.terms import RDF_TYPE, Quad, parse_line, quad_line

_RDF = PREFIXES["rdf"]
REIFIES = f"<{_RDF}reifies>"
_PARTS = tuple(f"<{_RDF}{part}>" for part in ("subject", "predicate", "object"))
_CLAIM = f"<{CBL.Claim}>"
_REIFYING = re.compile(
    rf'(<[^<>"\s]+>|_:\S+) {re.escape(REIFIES)} <<\( (.+) \)>>(?: (<[^<>"\s]+>|_:\S+))? \.'
)
Layout = Callable[[Iterable[Quad]], str]
_LAYOUTS: dict[str, Layout] = {".ttl": to_turtle, ".trig": to_trig}


def to_rdf12(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted lines of RDF 1.1 as those of RDF 1.2, sorted.

    Shape: a cbl:Claim that names one statement, whole and within one graph, reifies it; what
        names none or several stays as it is. Memory holds the lines of one subject.
    """
    yield from _by_subject(lines, _reify)


def from_rdf12(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted lines of RDF 1.2 as those of RDF 1.1, sorted.

    Raises:
        ValueError: if one node reifies several statements of a graph, or one of them holds a
            triple term itself: RDF 1.1 can't tell them apart.
    """
    yield from _by_subject(lines, _name_parts)


def write_rdf12(lines: Iterable[str], path: Path, ending: str | None = None) -> None:
    """Write the lines of RDF 1.1 as RDF 1.2, in the syntax of an ending, else that of the path.

    Shape: ``.ttl`` is Turtle, the union of the graphs; ``.trig`` TriG; ``.nt`` N-Triples; anything
        else N-Quads, each in its version 1.2.
    """
    found = to_rdf12(sorted({line.rstrip("\n") for line in lines} - {""}))
    ending = ending or path.suffix
    if layout := _LAYOUTS.get(ending):
        write_file(path, [layout(parse_line12(line) for line in found)])
        return
    if ending == ".nt":
        found = iter(sorted({quad_line(*parse_line12(line)[:3]) for line in found}))
    write_file(path, (line + "\n" for line in found))


def parse_line12(line: str) -> Quad:
    """Take a line apart whose object may be a triple term.

    >>> parse_line12(f"<a:c> {REIFIES} <<( <a:s> <a:p> <a:o> )>> <a:g> .").object
    '<<( <a:s> <a:p> <a:o> )>>'
    """
    found = _REIFYING.fullmatch(line)
    if found is None:
        return parse_line(line)
    return Quad(found[1], REIFIES, f"<<( {found[2]} )>>", found[3] or "")


def _by_subject(
    lines: Iterable[str], change: Callable[[list[Quad]], Iterable[Quad]]
) -> Iterator[str]:
    for _, group in groupby(lines, key=lambda line: line.partition(" ")[0]):
        yield from sorted({quad_line(*quad) for quad in change([parse_line12(x) for x in group])})


def _reify(quads: list[Quad]) -> Iterator[Quad]:
    if not any(quad[1:3] == (RDF_TYPE, _CLAIM) for quad in quads):
        return iter(quads)
    return _replaced(quads)


def _replaced(quads: list[Quad]) -> Iterator[Quad]:
    """Yield the quads of a claim; in each graph three that name its statement become one."""
    taken = {quad.graph for quad in quads if quad.predicate == REIFIES}
    for graph in dict.fromkeys(quad.graph for quad in quads):
        here = [quad for quad in quads if quad.graph == graph]
        named = [[q for q in here if q.predicate == part] for part in _PARTS]
        if graph in taken or not _is_whole(named):
            yield from here
            continue
        yield from (quad for quad in here if quad.predicate not in _PARTS)
        subject, predicate, value = (found[0].object for found in named)
        term = f"<<( {subject} {predicate} {value} )>>"
        yield Quad(here[0].subject, REIFIES, term, graph)


def _is_whole(named: list[list[Quad]]) -> bool:
    """Tell whether a subject, a predicate and an object are named that a triple can have."""
    if [len(found) for found in named] != [1, 1, 1]:
        return False
    return not named[0][0].object.startswith('"') and named[1][0].object.startswith("<")


def _name_parts(quads: list[Quad]) -> Iterator[Quad]:
    seen: set[str] = set()
    for quad in quads:
        if not quad.object.startswith("<<("):
            yield quad
            continue
        if quad.graph in seen:
            raise ValueError(f"{shown(quad.subject)} reifies several statements")
        seen.add(quad.graph)
        inner = parse_line(quad.object[3:-3].strip())
        for part, term in zip(_PARTS, inner[:3], strict=True):
            yield Quad(quad.subject, part, term, quad.graph)
