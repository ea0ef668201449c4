"""Questions put to the written graph: SPARQL text, a file, or a canned question by name.

The default graph is the union of the named graphs. Nothing leaves the machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.answers import Result
from cablegraph.errors import DataError
from cablegraph.namespaces import PREFIXES
from cablegraph.questions import Question, list_questions, read_question
from cablegraph.resources import ontology_path
from cablegraph.serialise.canonical import find_graph_files, read_rows

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

__all__ = ["Dataset", "Result", "list_questions", "to_rdflib"]

_GRAPH_FILE = "graph/cablegraph.nq"
_VOCABULARY_GRAPH = "https://w3id.org/cablegraph/graph/vocabulary"
_IN_SCHEME = f"{PREFIXES['skos']}inScheme"
_STRING = f"<{PREFIXES['xsd']}string>"
#: How the names of compressed files end.
_PACKED = ".zst"


class Dataset:
    """An RDF dataset held in memory, ready to be asked.

    Units: the store keeps numbers by value, so ``"007"^^xsd:integer`` is answered as 7.
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store

    @classmethod
    def open(cls, path: Path | str, *, vocabulary: bool = True) -> Dataset:
        """Load a file of RDF, or the graph of an output folder, whole or in parts.

        Shape: with *vocabulary*, the labels of concepts and terms that ship with the package are
            added in a graph of their own, unless the data bring concept schemes with them.
        Raises:
            DataError: if there is no such file, or it can't be parsed.
        """
        import pyoxigraph

        store = pyoxigraph.Store()
        fill_store(store, find_data_files(Path(path)), vocabulary=vocabulary)
        return cls(store)

    def query(self, question: str | Path) -> Result:
        """Answer SPARQL text, a path that ends in .rq, or the name of a canned question.

        Raises:
            QueryError: if it can't be parsed, reaches out of the data, or has no such name.
        """
        asked = read_question(question)
        try:
            return self._answer(asked)
        except (SyntaxError, ValueError, RuntimeError, OSError) as cause:
            raise asked.refusal(cause) from cause

    def _answer(self, asked: Question) -> Result:
        import pyoxigraph

        found = self.store.query(asked.text, prefixes=PREFIXES)
        if isinstance(found, pyoxigraph.QueryTriples):
            return Result.of_triples(f"{triple} ." for triple in found)
        encoded = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
        return Result.of_json(encoded, ordered=asked.is_ordered)


def to_rdflib(path: Path | str) -> rdflib.Dataset:
    """Read a file or an output folder into rdflib; its default graph is the union.

    Shape: literals keep their lexical form as written.
    Raises:
        DataError: if there is no such file, or it can't be parsed.
    """
    import pyoxigraph
    import rdflib

    def to_term(term: object) -> rdflib.IdentifiedNode | rdflib.Literal:
        if isinstance(term, pyoxigraph.NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, pyoxigraph.BlankNode):
            return rdflib.BNode(term.value)
        if not isinstance(term, pyoxigraph.Literal):
            raise TypeError(f"rdflib has no term for {term}")
        kind = None if term.language or str(term.datatype) == _STRING else term.datatype.value
        return rdflib.Literal(term.value, term.language, kind, normalize=False)

    dataset = rdflib.Dataset(default_union=True)
    graphs: dict[object, rdflib.Graph] = {pyoxigraph.DefaultGraph(): dataset.default_graph}
    # Parsed, not loaded: a store keeps numbers by value and would forget how they are written.
    for subject, predicate, value, name in parse_files(find_data_files(Path(path))):
        if name not in graphs:
            graphs[name] = dataset.graph(str(to_term(name)))
        graphs[name].add((to_term(subject), to_term(predicate), to_term(value)))
    return dataset


def find_data_files(path: Path) -> list[Path]:
    """Return the files of a graph: one of any format, or those of an output folder.

    Raises:
        DataError: if there is none.
    """
    files = find_graph_files(path)
    if not files:
        place = path if path.suffix else path / _GRAPH_FILE
        problem = "there is no such file"
        raise DataError(problem, where=f"{place}:1:1", remedy="run the build first")
    return files


def fill_store(
    store: pyoxigraph.Store, files: Sequence[Path], *, vocabulary: bool = True
) -> pyoxigraph.Store:
    """Load files into an empty store, with the union of the named graphs as default graph.

    Shape: *vocabulary* as for ``Dataset.open``.
    Raises:
        DataError: if a file can't be parsed.
    """
    import pyoxigraph

    for file in files:
        _load(store, file)
    if vocabulary and not store.query(f"ASK {{ GRAPH ?g {{ ?c <{_IN_SCHEME}> ?s }} }}"):
        graph = pyoxigraph.NamedNode(_VOCABULARY_GRAPH)
        for file in _find_vocabulary():
            _load(store, file, graph)
    _unite(store)
    return store


def parse_files(files: Iterable[Path]) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads of files, as they are written.

    Raises:
        DataError: if a file can't be parsed.
    """
    import pyoxigraph

    for file in files:
        with _reading(file) as form:
            given = {"input": _Rows(file)} if _is_packed(file) else {"path": str(file)}
            yield from pyoxigraph.parse(**given, format=form)  # type: ignore[call-overload]


def _find_vocabulary() -> list[Path]:
    return [*sorted(ontology_path().glob("*.ttl")), *sorted(ontology_path("schemes").glob("*.ttl"))]


def _load(store: pyoxigraph.Store, path: Path, graph: pyoxigraph.NamedNode | None = None) -> None:
    with _reading(path) as form:
        given = {"input": _Rows(path)} if _is_packed(path) else {"path": str(path)}
        store.bulk_load(**given, format=form, to_graph=graph)  # type: ignore[call-overload]


def _is_packed(path: Path) -> bool:
    return path.suffix == _PACKED


class _Rows(io.RawIOBase):
    """The content of a compressed file for a parser, a piece at a time."""

    def __init__(self, path: Path) -> None:
        self._rows, self._rest = read_rows(path), b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        pieces = [self._rest]
        length = len(self._rest)
        while size < 0 or length < size:
            row = next(self._rows, None)
            if row is None:
                break
            pieces += (row, b"\n")
            length += len(row) + 1
        found = b"".join(pieces)
        size = len(found) if size < 0 else size
        self._rest = found[size:]
        return found[:size]


def _unite(store: pyoxigraph.Store) -> None:
    """Put the union of the named graphs in the default graph, where each statement is once.

    An engine that looks through graph after graph gives a row for each document that says it.
    """
    import pyoxigraph

    def add(batch: list[pyoxigraph.Quad]) -> None:
        store.bulk_extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in batch)

    # Graph by graph, so that not all are held at once beside the store.
    for name in list(store.named_graphs()):
        add(list(store.quads_for_pattern(None, None, None, name)))


@contextmanager
def _reading(path: Path) -> Iterator[pyoxigraph.RdfFormat]:
    import pyoxigraph

    name = path.stem if _is_packed(path) else path.name
    form = pyoxigraph.RdfFormat.from_extension(Path(name).suffix.lstrip("."))
    if form is None:
        raise DataError(
            f"{path.suffix!r} names no format of RDF",
            where=f"{path}:1:1",
            remedy="give a file in .nq, .trig, .ttl, .nt, .jsonld or .rdf",
        )
    try:
        yield form
    except (SyntaxError, ValueError) as cause:
        line, column = getattr(cause, "lineno", None) or 1, getattr(cause, "offset", None) or 1
        problem = " ".join(str(getattr(cause, "msg", None) or cause).split())
        where = f"{path}:{line}:{column}"
        raise DataError(problem, where=where, remedy="mend the file or build it anew") from cause
