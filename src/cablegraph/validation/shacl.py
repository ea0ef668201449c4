"""Run the shapes over one document with pySHACL; the only module that knows pySHACL.

rdflib would parse each SPARQL constraint anew for every node it looks at, nine tenths of the
time; here a query is prepared once in a process.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cablegraph.namespaces import PREFIXES
from cablegraph.resources import ontology_path
from cablegraph.validation.facts import Statements, parse_statements
from cablegraph.validation.results import ShapeResult, fold, parse_severity, put_labels

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple
    from rdflib import Graph
    from rdflib.term import Identifier, Node

    RdfTriple: TypeAlias = tuple[Node, Node, Node]

_SH = PREFIXES["sh"]
_OA = PREFIXES["oa"]
_TYPE = PREFIXES["rdf"] + "type"
_COMMENT = PREFIXES["rdfs"] + "comment"
#: Half of a document's statements, which the span check reads; the shapes name none of them.
_SELECTORS = tuple(f"oa:{n}" for n in ("start", "end", "exact", "prefix", "suffix", "hasSelector"))
_NO_REMEDY = "correct the statement, or what it was read from"


@dataclass(frozen=True)
class Shapes:
    """The shapes as loaded, with what decides whether a document concerns them at all."""

    graph: Graph
    classes: frozenset[str]
    properties: frozenset[str]
    ignored: frozenset[str]


@lru_cache(maxsize=1)
def read_shapes() -> Shapes:
    """Read every file of ontology/shapes, once in a process."""
    from rdflib import Graph, URIRef

    graph = Graph(bind_namespaces="none")
    words = ""
    paths = sorted(ontology_path("shapes").glob("*.ttl"))
    if not paths:
        raise FileNotFoundError(f"no shapes in {ontology_path('shapes')}")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        graph.parse(data=text, format="turtle", publicID=path.as_uri())
        words += text
    targets = {
        name: frozenset(str(o) for o in graph.objects(None, URIRef(_SH + name)))
        for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf")
    }
    return Shapes(
        graph,
        classes=targets["targetClass"],
        properties=targets["targetSubjectsOf"] | targets["targetObjectsOf"],
        ignored=frozenset(_OA + name[3:] for name in _SELECTORS if name not in words),
    )


def has_target(statements: Statements) -> bool:
    """Whether any shape has a node to look at; if not, the namespace is probably wrong."""
    shapes = read_shapes()
    return any(
        statement.predicate.value in shapes.properties
        or (
            statement.predicate.value == _TYPE
            and getattr(statement.object, "value", None) in shapes.classes
        )
        for statement in parse_statements(statements)
    )


def check_shapes(statements: Statements, *, background: str = "") -> list[ShapeResult]:
    """Check the nodes of one document against the shapes.

    Shape: N-Quads or N-Triples text, or pyoxigraph quads or triples, of one document in;
        *background* is the authority graph as N-Quads text (the schemes are always at hand).
        Only nodes of which the document states something are reported.
    Raises:
        ValueError: if no node is the target of a shape, or if SHACL could not run.
    """
    parsed = parse_statements(statements)
    if not has_target(parsed):
        raise ValueError("no node is the target of any shape; is the namespace right?")
    shapes = read_shapes()
    own = _to_rdflib(s for s in parsed if s.predicate.value not in shapes.ignored)
    focus = {str(triple[0]) for triple in own}
    context = _Background.read(background).around(own)
    return fold(r for r in _run([*own, *context]) if r.focus in focus or r.focus[:2] == "_:")


def check_background(background: str) -> list[ShapeResult]:
    """Check the nodes of the authority graph, once a build."""
    graph = _Background.read(background)
    return fold(_run(t for triples in graph.triples.values() for t in triples))


@dataclass(frozen=True)
class _Background:
    """What documents share, by subject."""

    triples: Mapping[Node, list[RdfTriple]]

    @classmethod
    def read(cls, text: str) -> _Background:
        return _read_background(text)

    def around(self, document: Iterable[RdfTriple]) -> Iterator[RdfTriple]:
        """Yield what is stated of the nodes that the document leads to, however far."""
        queue = deque(node for s, _, o in document for node in (s, o))
        seen = set()
        while queue:
            node = queue.popleft()
            if node not in seen and node in self.triples:
                seen.add(node)
                queue.extend(o for _, _, o in self.triples[node])
                yield from self.triples[node]


@lru_cache(maxsize=2)
def _read_background(text: str) -> _Background:
    import pyoxigraph

    found: dict[Node, list[RdfTriple]] = {}
    statements = list(parse_statements(text))
    for path in sorted(ontology_path("schemes").glob("*.ttl")):
        statements += pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    for triple in _to_rdflib(statements):
        found.setdefault(triple[0], []).append(triple)
    return _Background(found)


def _to_rdflib(statements: Iterable[Quad | Triple]) -> list[RdfTriple]:
    with _quiet("rdflib.term"):
        return [
            (_to_node(s.subject), _to_node(s.predicate), _to_node(s.object)) for s in statements
        ]


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Silence a logger: rdflib prints a traceback for each ill-typed literal; a shape says it."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _to_node(term: object) -> Identifier:
    import pyoxigraph
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise ValueError(f"{term} is a triple term; publish the claim in its RDF 1.1 form")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    plain = datatype == PREFIXES["xsd"] + "string"
    return Literal(term.value, datatype=None if plain else URIRef(datatype), normalize=False)


def _run(triples: Iterable[RdfTriple]) -> Iterator[ShapeResult]:
    import pyshacl
    from rdflib import RDF, Graph, URIRef

    from cablegraph.validation.prepared import PreparedGraph

    shapes = read_shapes().graph
    data = PreparedGraph(bind_namespaces="none")
    data.addN((*triple, data) for triple in triples)
    with _quiet("rdflib.term"):
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    if not isinstance(report, Graph):  # on failure pySHACL gives the exception in its place
        raise ValueError(f"SHACL could not run: {report or text}")
    for node in report.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        yield _to_result(report, node, shapes)


def _to_result(report: Graph, node: Node, shapes: Graph) -> ShapeResult:
    from rdflib import BNode, URIRef

    found = {n: report.value(node, URIRef(_SH + n)) for n in ("focusNode", "sourceShape")}
    focus, shape = found["focusNode"], found["sourceShape"]
    constraint = report.value(node, URIRef(_SH + "sourceConstraint"))
    messages = sorted(report.objects(node, URIRef(_SH + "resultMessage")), key=str)
    path = report.value(node, URIRef(_SH + "resultPath"))
    line = list(_lineage(shapes, shape))
    return ShapeResult(
        focus=f"_:{focus}" if isinstance(focus, BNode) else str(focus),
        code=str(line[-1]).rpartition("#")[2],
        severity=parse_severity(str(report.value(node, URIRef(_SH + "resultSeverity")))),
        message=put_labels(" ".join(str(messages[0]).split())) if messages else "",
        remedy=_read_remedy(shapes, [constraint, *line]),
        path=str(path) if isinstance(path, URIRef) else None,
    )


def _lineage(shapes: Graph, shape: Node | None) -> Iterator[Node]:
    """Yield the shape and the shapes it is part of, up to the one that has a name."""
    from rdflib import URIRef

    while shape is not None:
        yield shape
        shape = None if isinstance(shape, URIRef) else next(shapes.subjects(None, shape), None)


def _read_remedy(shapes: Graph, nodes: Iterable[Node | None]) -> str:
    from rdflib import URIRef

    for node in nodes:
        comments = sorted(map(str, shapes.objects(node, URIRef(_COMMENT)))) if node else []
        if comments:
            return " ".join(comments[0].split())
    return _NO_REMEDY
