"""Run the shapes with ``shacl``, an engine in Rust; the only module that knows it.

It is many times as fast as pySHACL, and optional: ``pip install cablegraph[fast]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cablegraph.validation.results import ShapeResult
from cablegraph.validation.shapes import Shapes, read_shapes

if TYPE_CHECKING:
    import shacl


def run(triples: Iterable[str], shapes: Shapes | None = None) -> Iterator[ShapeResult]:
    """Yield the results for N-Triples statements, given without their full stops.

    Shape: no blank node, for the engine gives those labels of its own; all shapes unless some
        are given.
    """
    shapes = shapes or read_shapes()
    compiled = _compile(shapes.text)
    text = " .\n".join(triples)
    report = compiled.validate_text(f"{text} .\n" if text else "", "ntriples")
    for result in report.results:
        yield shapes.to_result(
            result.focus_node[1:-1],
            (result.source_shape or "")[1:-1],
            result.severity_iri,
            result.message or "",
            _read_path(result.path),
        )


@lru_cache(maxsize=64)
def _compile(text: str) -> shacl.Shapes:
    import shacl

    return shacl.Shapes.from_text(text, "ntriples")


def _read_path(path: str | None) -> str | None:
    """Return the IRI of a property; None for any longer path."""
    simple = path is not None and path.startswith("<") and path.find(">") == len(path) - 1
    return path[1:-1] if path and simple else None
