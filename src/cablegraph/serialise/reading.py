"""A graph read as lines of RDF 1.1, from an output folder or a file of any syntax."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cablegraph.errors import DataError
from cablegraph.serialise.canonical import canonical_line, read_lines
from cablegraph.serialise.rdf12 import from_rdf12
from cablegraph.terms import quad_line


def read_any(path: Path) -> list[str]:
    """Return the canonical lines of a graph, sorted, each once; triple terms become claims.

    Raises:
        DataError: if there is no graph, it can't be parsed, or RDF 1.1 can't say what it says.
    """
    if path.is_dir():
        return [line.decode("utf-8") for line in read_lines(path)]
    try:
        return sorted({canonical_line(line) for line in from_rdf12(sorted(set(_parse(path))))})
    except (SyntaxError, ValueError, OSError) as cause:
        if isinstance(cause, DataError):
            raise
        line, column = getattr(cause, "lineno", None) or 1, getattr(cause, "offset", None) or 1
        problem = " ".join(str(getattr(cause, "msg", None) or cause).split())
        where = f"{path}:{line}:{column}"
        raise DataError(problem, where=where, remedy="mend the file or build it anew") from cause


def _parse(path: Path) -> Iterator[str]:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        problem = f"{path.suffix!r} names no format of RDF"
        remedy = "give a file in .nq, .trig, .ttl, .nt, .jsonld or .rdf"
        raise DataError(problem, where=f"{path}:1:1", remedy=remedy)
    for quad in pyoxigraph.parse(path=str(path), format=form):
        graph = quad.graph_name
        name = "" if isinstance(graph, pyoxigraph.DefaultGraph) else str(graph)
        term = str(quad.object)
        if isinstance(quad.object, pyoxigraph.Triple):
            term = f"<<( {term} )>>"
        yield quad_line(str(quad.subject), str(quad.predicate), term, name)
