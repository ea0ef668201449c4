"""The graph as files: N-Quads, Turtle, TriG, and the same without its evidence.

Lines of N-Quads go in, one statement each; their order does not matter. How a term is written
is in ``terms``, how a page of Turtle is laid out is in ``turtle``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.serialise.files import write_file
from cablegraph.serialise.turtle import to_trig, to_turtle
from cablegraph.terms import RDF_TYPE, Quad, iri, literal, parse_lines, quad_line

__all__ = [
    "iri", "literal", "quad_line",
    "write_nquads", "write_turtle", "write_trig",
    "clean_lines",
]  # fmt: skip

_OA = f"<{PREFIXES['oa']}"
_REIFIED = tuple(f"<{PREFIXES['rdf']}{part}>" for part in ("subject", "predicate", "object"))
_EVIDENCE = {f"<{CBL.evidence}>", f"<{CBL.rule}>"}
#: A claim with nothing more than this says nothing that the asserted triple does not say.
_ONLY_REIFIES = {RDF_TYPE, *_REIFIED, *_EVIDENCE, f"<{CBL.certainty}>"}


def write_nquads(lines: Iterable[str], path: Path) -> None:
    """Write the lines sorted, each once: the canonical form, as there is no blank node."""
    ordered = sorted({line.rstrip("\n") for line in lines} - {""})
    write_file(path, (line + "\n" for line in ordered))


def write_turtle(lines: Iterable[str], path: Path) -> None:
    """Write the union of the graphs as Turtle."""
    write_file(path, [to_turtle(parse_lines(lines))])


def write_trig(lines: Iterable[str], path: Path) -> None:
    """Write the named graphs as TriG."""
    write_file(path, [to_trig(parse_lines(lines))])


def clean_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines without the evidence layer, sorted.

    Shape: gone are spans and their selectors, cbl:evidence and cbl:rule, every claim that does
        nothing but reify an asserted triple, and each statement about any of these. A claim
        whose triple is not asserted stays, since nothing else says what it says.
    """
    quads = parse_lines(lines)
    gone = _evidence_nodes(quads) | _repeating_claims(quads)
    return [
        quad_line(*quad)
        for quad in quads
        if quad.predicate not in _EVIDENCE and gone.isdisjoint((quad.subject, quad.object))
    ]


def _evidence_nodes(quads: Iterable[Quad]) -> set[str]:
    return {q.subject for q in quads if q.predicate == RDF_TYPE and q.object.startswith(_OA)}


def _repeating_claims(quads: Iterable[Quad]) -> set[str]:
    asserted = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        said[quad.subject][quad.predicate] = quad.object
    claims = {q.subject for q in quads if (q.predicate, q.object) == (RDF_TYPE, f"<{CBL.Claim}>")}
    return {
        claim
        for claim in claims
        if said[claim].keys() <= _ONLY_REIFIES
        and tuple(said[claim].get(part) for part in _REIFIED) in asserted
    }
