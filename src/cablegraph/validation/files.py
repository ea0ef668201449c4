"""Validate an RDF file that anyone has written: syntax, terms, shapes, spans and rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.errors import DataError, shown
from cablegraph.records.claims import Finding
from cablegraph.resources import ontology_path
from cablegraph.validation.facts import Facts
from cablegraph.validation.places import locate
from cablegraph.validation.report import sort_findings
from cablegraph.validation.results import ShapeResult, fold
from cablegraph.validation.rules import run_rules
from cablegraph.validation.shacl import check_shapes, has_target
from cablegraph.validation.spans import check_spans
from cablegraph.validation.terms import check_terms

if TYPE_CHECKING:
    from pyoxigraph import Quad

#: File name endings and the name of the format in pyoxigraph.
_FORMATS = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".owl": "RDF_XML",
}
_CONTEXT = "context.jsonld"
_PLACE = re.compile(r"^Parser error at line \d+ (between )?columns? \d+( and \d+)?: ")


def validate_file(path: Path) -> list[Finding]:
    """Find everything wrong in one RDF file, in any of the formats.

    Shape: findings stand at line 1 of the file, for RDF keeps no lines; where the evidence of
        a node names its place in a source file, the message does too.
    Raises:
        DataError: if the file can't be read or parsed.
    """
    return sort_findings(check_quads(read_quads(path), path))


def check_quads(quads: Sequence[Quad], path: Path) -> Iterator[Finding]:
    """Yield what is wrong in statements that were read from a file."""
    facts = Facts(quads)
    for result in _check(quads, facts):
        yield _to_finding(result, facts, str(path))


def _check(quads: Sequence[Quad], facts: Facts) -> list[ShapeResult]:
    from pyoxigraph import Store

    found = check_terms(quads)
    if not has_target(quads):
        problem = "no node is the target of any shape: is the namespace right?"
        remedy = "use the classes of https://w3id.org/cablegraph/def#"
        return [*found, ShapeResult("_:", "no-target", "violation", problem, remedy)]
    store = Store()
    store.extend(quads)
    return fold([*found, *check_shapes(quads), *check_spans(facts), *run_rules(store)])


def _to_finding(result: ShapeResult, facts: Facts, path: str) -> Finding:
    place = locate(facts, result.focus, about=result.message)
    at = f" (at {place.file}:{place.line}:{place.column})" if place else ""
    return Finding(
        path=path,
        line=1,
        column=1,
        severity=result.severity,
        code=result.code,
        message=result.message + at,
        remedy=result.remedy,
        focus=None if result.focus.startswith("_:") else result.focus,
    )


def read_quads(path: Path) -> list[Quad]:
    """Parse an RDF file, its format known by the ending of its name; no network.

    Raises:
        DataError: if the file can't be read or parsed; the place is the one in the file.
    """
    import pyoxigraph

    name = _FORMATS.get(path.suffix.lower())
    if name is None:
        endings = ", ".join(sorted(_FORMATS))
        raise _refuse(path, f"{shown(path.suffix)} names no RDF format", f"use one of {endings}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refuse(path, error.strerror or str(error), "give an RDF file") from error
    if name == "JSON_LD":
        data = _put_context(path, data)
    if name == "RDF_XML" and b"<!ENTITY" in data:  # a few lines of them can fill the memory
        raise _refuse(path, "the file declares XML entities", "write their values out")
    try:
        return list(pyoxigraph.parse(input=data, format=getattr(pyoxigraph.RdfFormat, name)))
    except SyntaxError as error:
        place = (error.lineno or 1, error.offset or 1)
        raise _refuse(path, _clean(error.msg), "mend the syntax", place) from error
    except ValueError as error:
        raise _refuse(path, _clean(str(error)), "mend the file") from error


def _put_context(path: Path, data: bytes) -> bytes:
    """Put the packaged context in the place of its IRI; refuse any other remote context."""
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        raise _refuse(path, error.msg, "mend the JSON", (error.lineno, error.colno)) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _refuse(path, "the file is not JSON in UTF-8", "mend the JSON") from error
    if not isinstance(document, dict) or "@context" not in document:
        return data
    given = document["@context"]
    contexts = given if isinstance(given, list) else [given]
    if not any(isinstance(context, str) for context in contexts):
        return data
    document["@context"] = _flatten(_read_context(path, context) for context in contexts)
    return json.dumps(document, ensure_ascii=False).encode("utf-8")


def _read_context(path: Path, context: object) -> object:
    if not isinstance(context, str):
        return context
    if context.rpartition("/")[2] != _CONTEXT:
        problem = f"the context {shown(context)} would have to be fetched"
        raise _refuse(path, problem, "write the context into the file")
    return json.loads(ontology_path(_CONTEXT).read_text(encoding="utf-8"))["@context"]


def _flatten(contexts: Iterable[object]) -> list[object]:
    found: list[object] = []
    for context in contexts:
        found.extend(context if isinstance(context, list) else [context])
    return found


def _clean(message: str) -> str:
    """Return a parser's message on one line, without the place, which stands before it."""
    return " ".join(_PLACE.sub("", message).split()) or "the file can't be parsed"


def _refuse(path: Path, problem: str, remedy: str, place: tuple[int, int] = (1, 1)) -> DataError:
    return DataError(problem, where=f"{path}:{place[0]}:{place[1]}", remedy=remedy)
