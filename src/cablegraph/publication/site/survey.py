"""The first way through the graph: which things have pages, and each document's lines apart.

Every line is read once and kept in a file, so that what is held in memory does not grow with the
texts: only paths, classes and labels of things with pages do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import msgspec

from cablegraph.namespaces import expand
from cablegraph.publication.kinds import read_classes
from cablegraph.publication.site.facts import TYPE, graph_of, split_line, term
from cablegraph.serialise.canonical import read_rows
from cablegraph.terms import parse_literal

_LABELS = (term("skos:prefLabel"), term("dcterms:title"))
_WRITTEN, _REFERENCE = term("rico:textualValue"), "/reference"
_NOTED = {one.encode() for one in (TYPE, *_LABELS, _WRITTEN)}
_LONGEST_RUN = 10_000  # lines
_OF_DOCUMENT = re.compile(r"/graph/((?:telegram|description)/.+)>$")
_SPACE = re.compile(rb"<([^<>\s\"]+?)id/")
#: Bytes of one part: some fifty documents, which a worker holds at once.
PART_SIZE = 48_000_000
_MOST_PARTS = 200  # files open at once
#: How the part is called that describes the dataset; it is looked into first.
_DATASET = "part-dataset."
#: Bytes at the start of compressed data that may say how much it is, and how much it is usually.
_FRAME_HEAD, _COMPRESSION = 18, 20


class Survey(msgspec.Struct):
    """What is known of the whole before any page is written."""

    base: str
    labels: dict[str, str]  # path of a page to its label
    documents: list[str]  # paths of the telegrams that have a graph of their own
    parts: int


class Said(msgspec.Struct, array_like=True):
    """What one file of the graph says of things with pages."""

    pages: set[str]
    labels: dict[str, tuple[bool, str]]
    documents: list[str]
    has_shared: bool  # whether any of its lines is of no document


class Reader:
    """Reads files of a graph; writes ``shared.nq`` and ``part-N.nq`` into the folder *work*.

    Shape: the lines of one document stand together in one part, in their order.
    """

    def __init__(self, work: Path, base: str) -> None:
        self.work, self._start = work, f"<{base}id/"
        self.parts = 0
        self._shared: set[bytes] = set()

    def read(self, files: Sequence[Path], *, part_size: int = PART_SIZE) -> Iterator[Said]:
        """Yield what each file says, its lines divided over new parts."""
        with self._opened(files, part_size) as handles:
            for file in files:
                yield self._read(file, handles, None)

    def pull(self, files: Mapping[Path, set[str]], *, part_size: int = PART_SIZE) -> None:
        """Write the lines of some documents of each file into new parts, and nothing else."""
        with self._opened(list(files), part_size) as handles:
            for file, documents in files.items():
                self._read(file, handles, documents)

    def write_shared(self) -> None:
        """Write the lines of no document, sorted, in however many files they came."""
        with (self.work / "shared.nq").open("wb") as file:
            file.writelines(sorted(self._shared))
        self._shared = set()

    @contextmanager
    def _opened(self, files: Sequence[Path], part_size: int) -> Iterator[list[BinaryIO]]:
        count = min(_MOST_PARTS, max(1, sum(map(_find_size, files)) // part_size))
        numbers = range(self.parts, self.parts + count)
        self.parts += count
        with ExitStack() as stack:
            yield [stack.enter_context((self.work / f"part-{n}.nq").open("wb")) for n in numbers]

    def _read(self, file: Path, handles: Sequence[BinaryIO], wanted: set[str] | None) -> Said:
        pages: set[str] = set()
        labels: dict[str, tuple[bool, str]] = {}
        documents: dict[str, int] = {}
        cut = len(self._start)
        for graph, lines, noted in _runs(file, self._start.encode()):
            found = documents.get(graph)
            if found is None:
                found = documents[graph] = _part_of(graph, len(handles))
            if found < 0 and wanted is None:
                self._shared.update(lines)
            elif found >= 0 and (wanted is None or _document(graph) in wanted):
                handles[found].writelines(lines)
            for line in noted:
                subject, predicate, value, _ = split_line(line.decode())
                _note(subject[cut:-1], predicate, value, pages, labels)
        own = sorted(_document(graph) for graph, part in documents.items() if part >= 0)
        return Said(pages, labels, own, min(documents.values(), default=0) < 0)


def survey(files: Sequence[Path], work: Path, *, part_size: int = PART_SIZE) -> Survey:
    """Read all the files of a graph into the folder *work*."""
    base = find_base(files)
    reader = Reader(work, base)
    said = list(reader.read(files, part_size=part_size))
    reader.write_shared()
    return join(base, said, reader.parts)


def join(base: str, said: Iterable[Said], parts: int) -> Survey:
    """Return what all files say together."""
    pages: set[str] = set()
    labels: dict[str, tuple[bool, str]] = {}
    documents: set[str] = set()
    for one in said:
        pages |= one.pages
        documents.update(one.documents)
        for path, label in one.labels.items():
            labels[path] = min(labels.get(path, label), label)
    return Survey(
        base=base,
        labels={path: labels.get(path, (True, path))[1] for path in sorted(pages)},
        documents=sorted(documents),
        parts=parts,
    )


def read_part(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each document of a part with its lines, sorted by path."""
    by_graph: dict[str, list[str]] = {}
    tail, lines = "\n\n", [""]  # no line ends so
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if not line.endswith(tail):
                # Every line of a part has a graph, so its last term is that.
                tail = line[line.rfind(" <") :]
                lines = by_graph.setdefault(tail[1:-3], [])
            lines.append(line)
    for graph in sorted(by_graph):
        yield _document(graph), by_graph.pop(graph)


def _note(
    path: str,
    predicate: str,
    value: str,
    pages: set[str],
    labels: dict[str, tuple[bool, str]],
) -> None:
    if predicate == TYPE:
        if value in read_classes():
            pages.add(path)
    elif value.startswith('"') and (predicate in _LABELS or _is_shelf_mark(path, predicate)):
        text, language, _ = parse_literal(value)
        path = path.removesuffix(_REFERENCE)
        found = (language not in ("en", None), " ".join(text.split()))
        labels[path] = min(labels.get(path, found), found)


def _is_shelf_mark(path: str, predicate: str) -> bool:
    # A copy has no name of its own: it is called by the reference that it is kept under.
    return predicate == _WRITTEN and path.endswith(_REFERENCE)


def _find_size(path: Path) -> int:
    """Return the bytes of a file of lines, nearly if it is compressed and does not say."""
    size = path.stat().st_size
    if path.suffix != ".zst":
        return size
    import zstandard

    with path.open("rb") as file:
        found: int = zstandard.frame_content_size(file.read(_FRAME_HEAD))
    return found if found >= 0 else size * _COMPRESSION


def find_base(files: Sequence[Path]) -> str:
    """Return what the IRIs of the data begin with, without ``id/``."""
    # The dataset says it; a file without a dataset has it in most of its subjects.
    counted: Counter[str] = Counter()
    space = term("void:uriSpace").encode()
    for file in sorted(files, key=lambda one: not one.name.startswith(_DATASET)):
        for row in read_rows(file):
            if space in row:
                return split_line(row.decode())[2].strip('"').removesuffix("id/")
            if found := _SPACE.match(row):
                counted[found[1].decode()] += 1
    return max(sorted(counted), key=lambda one: counted[one], default=expand("cbl:")[:-4])


def _part_of(graph: str, parts: int) -> int:
    return crc32(graph.encode()) % parts if _OF_DOCUMENT.search(graph) else -1


def _document(graph: str) -> str:
    found = _OF_DOCUMENT.search(graph)
    return found[1] if found else graph


def _runs(file: Path, start: bytes) -> Iterator[tuple[str, list[bytes], list[bytes]]]:
    """Yield lines that follow one another and have the same graph, with that graph.

    Shape: with them, those of them that tell of a thing below *start* what it is or what it is
        called. As bytes, since nearly all are only passed on; a long run comes in pieces.
    """
    graph, tail = "", b""
    run: list[bytes] = []
    noted: list[bytes] = []
    for line in (row + b"\n" for row in read_rows(file)):
        first = line.find(b" ")
        second = line.find(b" ", first + 1)
        # The object of a line without a graph may look like one, but its predicate ends there.
        is_same = tail and line.endswith(tail) and second < len(line) - len(tail)
        if not is_same or len(run) == _LONGEST_RUN:
            if run:
                yield graph, run, noted
            graph = graph_of(line.decode())
            tail = f" {graph} .\n".encode() if graph else b""
            run, noted = [], []
        run.append(line)
        if line[first + 1 : second] in _NOTED and line.startswith(start):
            noted.append(line)
    if run:
        yield graph, run, noted
