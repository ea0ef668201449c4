"""The graph of an output folder as its canonical document: one stream of sorted lines, and a hash.

A dataset without blank nodes has the sorted lines of canonical N-Quads as its canonical form
(https://www.w3.org/TR/rdf-canon/), however many files they lie in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cablegraph.errors import DataError
from cablegraph.serialise.merging import merge_files
from cablegraph.terms import literal, parse_line, parse_literal, quad_line

_WHOLE = "cablegraph.nq"
_CHUNK = 1 << 17  # bytes read at once
_PARTS = ("part-*.nq.zst", "part-*.nq")
# A blank node stands first in its line or after a blank.
_BLANK = re.compile(rb"(?:^| )_:")


def find_graph_files(path: Path) -> list[Path]:
    """Return the files of N-Quads of an output folder: the whole graph, or its partitions, sorted.

    Shape: a file is returned as it is; of a folder without a graph, nothing.
    """
    if path.is_file():
        return [path]
    for folder in (path, path / "graph"):
        if (folder / _WHOLE).is_file():
            return [folder / _WHOLE]
        if parts := sorted(part for form in _PARTS for part in folder.glob(form)):
            return parts
    return []


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of the graph without their ends, sorted over all files, each once.

    Units: bytes of UTF-8, whose order is that of code points; memory holds a stretch of lines of
        each of some files (see ``merge_files``), however many there are.
    Raises:
        DataError: if there is no graph, a file can't be read, or its lines are not sorted.
    """
    files = find_graph_files(path)
    if not files:
        problem, remedy = "there is no graph", "name the output folder of a build"
        raise DataError(problem, where=f"{path}:1:1", remedy=remedy)
    if len(files) == 1:
        yield from _read_file(files[0])
        return
    yield from merge_files(files, _read_file)


def read_rows(path: Path) -> Iterator[bytes]:
    """Yield the rows of one file, compressed if its name ends in ``.zst``, in any order.

    Raises:
        DataError: if it can't be read, or ends in the middle.
    """
    try:
        yield from _split(_read_chunks(path))
    except OSError as cause:
        raise _fault(path, cause.strerror or str(cause)) from cause


def hash_canonical(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of the canonical document with these lines, which come sorted, each once.

    Raises:
        ValueError: if a line has a blank node, since its name would be made, not copied.

    >>> hash_canonical([]) == hashlib.sha256(b"").hexdigest()
    True
    """
    digest = hashlib.sha256()
    for line in lines:
        if b"_:" in line and _BLANK.search(_without_words(line)):
            raise ValueError(f"{line[:60]!r} has a blank node")
        digest.update(line + b"\n")
    return digest.hexdigest()


def canonical_line(line: str) -> str:
    r"""Return a line of N-Quads in the one spelling that the canonical form allows.

    Shape: a language tag is in lower case, as RDF compares it.

    >>> print(canonical_line(r'<a:s>  <a:p> "\u0416\u0009"@RU.'))
    <a:s> <a:p> "Ж\t"@ru .
    """
    quad = parse_line(line)
    term = quad.object
    if term.startswith('"'):
        term = literal(*parse_literal(term))
    return quad_line(quad.subject, quad.predicate, term, quad.graph)


def _without_words(line: bytes) -> bytes:
    """Return a line without what stands inside the quotation marks of its literal."""
    start, mark, rest = line.partition(b'"')
    return start + mark + rest.rpartition(b'"')[2]


def _read_file(path: Path) -> Iterator[bytes]:
    before = b""
    for number, line in enumerate(read_rows(path), start=1):
        if line > before:
            yield line
            before = line
        elif line and line != before:
            raise _fault(path, "the lines are not sorted by code point", number)


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _read_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(_CHUNK), b"")
        yield from _expand(path, chunks) if path.suffix == ".zst" else chunks


def _expand(path: Path, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress frame after frame; a stream reader would take a file cut short for a whole one."""
    import zstandard

    frame = None
    for chunk in chunks:
        while chunk:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            try:
                yield frame.decompress(chunk)
            except zstandard.ZstdError as cause:
                raise _fault(path, f"the file is not Zstandard data ({cause})") from cause
            chunk = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise _fault(path, "the file ends in the middle")


def _fault(path: Path, problem: str, line: int = 1) -> DataError:
    return DataError(problem, where=f"{path}:{line}:1", remedy="run the build again")
