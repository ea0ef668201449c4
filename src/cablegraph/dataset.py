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
from cablegraph.terms import parse_line

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
        place = path / _GRAPH_FILE if path.is_dir() else path
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

    packed = [file for file in files if _is_packed(file)]
    if packed:  # together: the store takes in one long stream in half the time of many short ones
        _load_rows(store, _Rows(packed))
        _load_rows(store, _Rows(packed, merged=True))
    for file in files[len(packed) :]:
        _load(store, file)
    if vocabulary and not store.query(f"ASK {{ GRAPH ?g {{ ?c <{_IN_SCHEME}> ?s }} }}"):
        graph = pyoxigraph.NamedNode(_VOCABULARY_GRAPH)
        for file in _find_vocabulary():
            _load(store, file, graph)
    if not packed or vocabulary:
        _unite(store, of=None if not packed else _VOCABULARY_GRAPH)
    return store


def parse_files(files: Iterable[Path]) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads of files, as they are written.

    Raises:
        DataError: if a file can't be parsed.
    """
    import pyoxigraph

    packed = [file for file in files if _is_packed(file)]
    if packed:
        rows = _Rows(packed)
        with _blaming(rows):
            yield from pyoxigraph.parse(input=rows, format=pyoxigraph.RdfFormat.N_QUADS)  # type: ignore[arg-type]
        return
    for file in files:
        with _reading(file) as form:
            yield from pyoxigraph.parse(path=str(file), format=form)


def _find_vocabulary() -> list[Path]:
    return [*sorted(ontology_path().glob("*.ttl")), *sorted(ontology_path("schemes").glob("*.ttl"))]


def _load(store: pyoxigraph.Store, path: Path, graph: pyoxigraph.NamedNode | None = None) -> None:
    with _reading(path) as form:
        store.bulk_load(path=str(path), format=form, to_graph=graph)


def _load_rows(store: pyoxigraph.Store, rows: _Rows) -> None:
    import pyoxigraph

    with _blaming(rows):
        store.bulk_load(input=rows, format=pyoxigraph.RdfFormat.N_QUADS)  # type: ignore[arg-type]


def _is_packed(path: Path) -> bool:
    return path.suffix == _PACKED


class _Rows(io.RawIOBase):
    """The content of compressed files of N-Quads, one after the other, as a parser reads it.

    Shape: *merged* leaves the names of the graphs out.
    """

    def __init__(self, paths: Sequence[Path], *, merged: bool = False) -> None:
        self._starts: list[tuple[int, Path]] = []  # how many lines are before each file
        self._rows = self._read(paths, merged)
        self._rest = b""

    def _read(self, paths: Sequence[Path], merged: bool) -> Iterator[bytes]:
        number = 0
        for path in paths:
            self._starts.append((number, path))
            rows = read_rows(path)
            for row in _without_graphs(rows) if merged else rows:
                number += 1
                yield row

    def find_place(self, line: int) -> tuple[Path, int]:
        """Return file and line of a line of the whole; the parser is behind the reader."""
        passed, path = max(one for one in self._starts if one[0] < max(1, line))
        return path, line - passed

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        pieces, length = [self._rest], len(self._rest)
        for row in self._rows if size < 0 or length < size else ():
            pieces += (row, b"\n")
            length += len(row) + 1
            if 0 <= size <= length:
                break
        found = b"".join(pieces)
        size = len(found) if size < 0 else size
        self._rest = found[size:]
        return found[:size]


def _without_graphs(rows: Iterable[bytes]) -> Iterator[bytes]:
    tail = b" ."
    for row in rows:
        # The object of a line without a graph may look like one, but its predicate ends there.
        if len(tail) == 2 or not row.endswith(tail) or _is_object(row, len(tail)):
            graph = parse_line(row.decode("utf-8")).graph
            tail = f" {graph} .".encode() if graph else b" ."
        yield row[: -len(tail)] + b" ."


def _is_object(row: bytes, length: int) -> bool:
    return row.find(b" ", row.find(b" ") + 1) >= len(row) - length


def _unite(store: pyoxigraph.Store, *, of: str | None = None) -> None:
    """Put the union of the named graphs in the default graph, where each statement is once.

    An engine that looks through graph after graph gives a row for each document that says it.
    """
    import pyoxigraph

    name = pyoxigraph.NamedNode(of) if of else None
    found = store.quads_for_pattern(None, None, None, name)
    default = pyoxigraph.DefaultGraph()
    named = [quad for quad in found if quad.graph_name != default]
    store.bulk_extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in named)


@contextmanager
def _blaming(rows: _Rows) -> Iterator[None]:
    try:
        yield
    except DataError:  # it has its place already
        raise
    except (SyntaxError, ValueError) as cause:
        path, line = rows.find_place(getattr(cause, "lineno", None) or 1)
        raise _unreadable(path, line, cause) from cause


@contextmanager
def _reading(path: Path) -> Iterator[pyoxigraph.RdfFormat]:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise DataError(
            f"{path.suffix!r} names no format of RDF",
            where=f"{path}:1:1",
            remedy="give a file in .nq, .trig, .ttl, .nt, .jsonld or .rdf",
        )
    try:
        yield form
    except (SyntaxError, ValueError) as cause:
        raise _unreadable(path, getattr(cause, "lineno", None) or 1, cause) from cause


def _unreadable(path: Path, line: int, cause: Exception) -> DataError:
    column = getattr(cause, "offset", None) or 1
    problem = " ".join(str(getattr(cause, "msg", None) or cause).split())
    where = f"{path}:{max(1, line)}:{column}"
    return DataError(problem, where=where, remedy="mend the file or build it anew")
