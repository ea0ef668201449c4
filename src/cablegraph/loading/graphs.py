"""The named graphs of a dataset, taken apart on disk so that one at a time is in memory."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from cablegraph.errors import DataError, OutputError
from cablegraph.terms import parse_line

#: Bytes of lines held before they are written to the file of their graph.
_HELD = 32_000_000
#: A statement as a build writes it, of which nothing has to be put in order.
_PLAIN = re.compile(
    r'<[^<>"\s]+> <[^<>"\s]+> '
    r'(?:<[^<>"\s]+>|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[\w-]+|\^\^<[^<>"\s]+>)?)'
    r' <([^<>"\s]+)> \.'
)
#: What a build puts between its base and the name of a graph.
_FOLDER = "graph/"


class Graphs:
    """The graphs of a stream of N-Quads, in files of N-Triples in a folder of their own.

    Shape: ``names`` are bare IRIs, sorted. The folder is made anew and is gone afterwards.
    Raises:
        DataError: if a line is none of N-Quads, stands in no graph, or has a blank node.
        OutputError: if the folder can't be written.
    """

    def __init__(self, lines: Iterable[bytes], folder: Path, *, where: str) -> None:
        self._folder = folder
        self._where = where
        self._files: dict[str, Path] = {}
        self._sizes: dict[str, int] = {}
        self._lines = lines

    def __enter__(self) -> Graphs:
        shutil.rmtree(self._folder, ignore_errors=True)  # of a run that was killed
        try:
            self._folder.mkdir(parents=True)
            self._take_apart()
        except OSError as cause:
            self.__exit__()
            raise OutputError(
                f"the folder can't be written ({cause.strerror or cause})",
                where=f"{self._folder}:1:1",
                remedy="free space, or name another place with --journal",
            ) from cause
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def names(self) -> list[str]:
        """The graphs, sorted."""
        return sorted(self._files)

    def size(self, name: str) -> int:
        """Return how many lines a graph has."""
        return self._sizes[name]

    def chunks(self, name: str, lines: int) -> Iterator[bytes]:
        """Yield the statements of a graph as N-Triples, at most *lines* at once."""
        with self._files[name].open("rb") as file:
            while part := list(islice(file, lines)):
                yield b"".join(part)

    def read(self, name: str) -> bytes:
        """Return the statements of a graph as N-Triples."""
        return self._files[name].read_bytes()

    def read_quads(self, name: str) -> bytes:
        """Return the statements of a graph as N-Quads."""
        # A line break in a literal is escaped, so each one here ends a statement.
        return self.read(name).replace(b" .\n", f" <{name}> .\n".encode())

    def _take_apart(self) -> None:
        held: defaultdict[str, list[bytes]] = defaultdict(list)
        size = 0
        for line in self._lines:
            name, statement = self._parse(line)
            held[name].append(statement)
            size += len(statement)
            if size > _HELD:
                self._write(held)
                size = 0
        self._write(held)

    def _parse(self, line: bytes) -> tuple[str, bytes]:
        try:
            text = line.decode("utf-8")
            if plain := _PLAIN.fullmatch(text):
                return plain[1], line[: line.rindex(b" <")] + b" .\n"
            quad = parse_line(text)
        except ValueError as cause:
            raise self._fault(str(cause)[:120]) from cause
        if not quad.graph.startswith("<"):
            raise self._fault(f"{line[:60]!r} stands in no named graph")
        if quad.subject.startswith("_:") or quad.object.startswith("_:"):
            raise self._fault(f"{line[:60]!r} has a blank node, which no store gives back")
        triple = f"{quad.subject} {quad.predicate} {quad.object} .\n"
        return quad.graph[1:-1], triple.encode("utf-8")

    def _fault(self, problem: str) -> DataError:
        return DataError(problem, where=f"{self._where}:1:1", remedy="run the build again")

    def _write(self, held: defaultdict[str, list[bytes]]) -> None:
        for name, statements in held.items():
            file = self._files.setdefault(name, self._folder / f"{len(self._files)}.nt")
            with file.open("ab") as out:
                out.writelines(statements)
            self._sizes[name] = self._sizes.get(name, 0) + len(statements)
        held.clear()


def read_dump(path: Path, prefix: str) -> Iterator[bytes]:
    """Yield the lines of a file of N-Quads, in any order, whose graph has a name that begins so.

    Raises:
        DataError: if there is no such file.
    """
    if not path.is_file():
        raise DataError("there is no such file", where=f"{path}:1:1", remedy="name a file")
    with path.open("rb") as file:
        for line in file:
            if (kept := line.strip(b"\r\n \t")) and _graph_of(kept, path).startswith(f"<{prefix}"):
                yield kept


def _graph_of(line: bytes, path: Path) -> str:
    if line.startswith(b"#"):
        return ""
    try:
        return parse_line(line.decode("utf-8")).graph
    except ValueError as cause:
        problem, remedy = str(cause)[:120], "write it out as N-Quads"
        raise DataError(problem, where=f"{path}:1:1", remedy=remedy) from cause


def find_prefix(names: Iterable[str]) -> str | None:
    """Return what the names of all graphs of a build begin with, or None if they have no such.

    >>> find_prefix(["https://e.org/graph/dataset", "https://e.org/graph/telegram/a"])
    'https://e.org/graph/'
    """
    listed = sorted(names)
    for name in listed:
        prefix, found, _ = name.rpartition(_FOLDER)
        if found and all(other.startswith(prefix + found) for other in listed):
            return prefix + found
    return None


def choose(names: Iterable[str], wanted: Iterable[str], *, where: str) -> list[str]:
    """Return the names that are wanted, in full or by their end; all where nothing is wanted.

    Raises:
        DataError: if one is not among them.

    >>> choose(["https://e.org/graph/dataset"], ["dataset"], where="output")
    ['https://e.org/graph/dataset']
    """
    listed, asked = sorted(names), list(wanted)
    for name in asked:
        if not any(_fits(graph, name) for graph in listed):
            remedy = "name a graph as in telegram/KEY"
            raise DataError(f"there is no graph {name!r}", where=f"{where}:1:1", remedy=remedy)
    return [g for g in listed if not asked or any(_fits(g, name) for name in asked)]


def _fits(graph: str, name: str) -> bool:
    return graph == name or graph.endswith(f"/{_FOLDER}{name.strip('/')}")
