"""The lines of a sorted N-Quads file by subject and by object, without loading the file.

What begins alike stands together in the sorted file, so that a subject and its parts are found
by halving. Only references from one thing to another are indexed, as 8 bytes each, those of a large
file in a file beside it; those inside one thing are found by reading its own lines.
"""

from __future__ import annotations

import mmap
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

from cablegraph.errors import DataError
from cablegraph.namespaces import PREFIXES
from cablegraph.publication.whole import keep

_REFERENCE = re.compile(rb'^(<[^<>"\s]+>|_:\S+) (<[^<>"\s]+>) (<[^<>"\s]+>) ')
#: A reference from one thing to another: the home of the subject, which the object does not
#: continue, and the object. A home is the kind of a thing and its key after /id/.
_DISTANT = re.compile(
    rb'\n(?:(?=<[^<>"\s]*+> )(?>(<[^<>"\s]*?/id/[^/#<>"\s]++/[^/#<>"\s]++)[^<>"\s]*+>|<[^>]++>)'
    rb'|_:\S++) <[^<>"\s]++> (?(1)(?!\1[/#>]))(<(?=[^<>"\s]*?/id/)[^<>"\s]*+>) '
)
_TYPE = f"<{PREFIXES['rdf']}type>"
_SPACE = b"/id/"
_LOCAL_STEPS = 2
#: An entry of the index: 24 bits of a hash, 40 of a place in the file, a terabyte.
_PLACE = (1 << 40) - 1
#: Bytes that are looked at together.
_BLOCK = 1 << 24
#: Follows every sign of UTF-8.
_LAST = b"\xff"


class Lookup:
    """A file of sorted N-Quads, asked by IRI; every answer is in the order of the file.

    Raises:
        DataError: if there is no such file, it is empty, or its lines are not sorted.
    """

    def __init__(self, path: Path, *, kept: Path | None = None) -> None:
        """Open a file; *kept* is where its index is, or is to be, kept: then it is in order."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as cause:
            problem = getattr(cause, "strerror", None) or "the file is empty"
            raise DataError(problem, where=f"{path}:1:1", remedy="run the build first") from cause
        if kept is None:
            self._check_order()
            self._index: Sequence[int] = array("Q", self._find_index())
        else:
            keep(kept, self._write_index)
            self._index = _map_index(kept)

    def statements(self, iri: str) -> list[str]:
        """Return the lines that have an IRI as subject."""
        return self._range(f"<{iri}> ")

    def parts(self, iri: str) -> list[str]:
        """Return the lines whose subject stands below an IRI, after a stroke or a hash."""
        return [*self._range(f"<{iri}#"), *self._range(f"<{iri}/")]

    def references(self, iri: str) -> list[str]:
        """Return the lines that have an IRI as object, but not as subject too."""
        wanted = f"<{iri}>".encode()
        found = set()
        for line in (*self._distant(wanted), *self._near(wanted)):
            matched = _REFERENCE.match(line)
            if matched and matched[3] == wanted and matched[1] != wanted:
                found.add(line.decode("utf-8"))
        return sorted(found)

    def starting(self, beginning: str) -> Iterator[str]:
        """Yield the lines that begin so."""
        return (line.decode("utf-8") for line in self._starting(beginning.encode()))

    def lines(self) -> Iterator[str]:
        """Yield every line."""
        return (line.decode("utf-8") for _, line in self._lines(0))

    def typed(self, kind: str) -> list[str]:
        """Return the lines that give the type of a term of N-Quads; the whole file is read."""
        ending = f"{_TYPE} {kind} ".encode()
        return [line.decode("utf-8") for line in self._holding(ending, 0, len(self._bytes))]

    def subjects(self, beginning: str) -> Iterator[str]:
        """Yield each IRI that begins so and is a subject, once, in the order of the file."""
        last = b""
        for line in self._starting(f"<{beginning}".encode()):
            subject = line.partition(b"> ")[0]
            if subject != last:
                last = subject
                yield subject[1:].decode("utf-8")

    def _distant(self, wanted: bytes) -> Iterator[bytes]:
        key = _hash(wanted)
        for position in range(bisect_left(self._index, key), len(self._index)):
            if self._index[position] & ~_PLACE != key:
                return
            yield self._line(self._index[position] & _PLACE)

    def _near(self, wanted: bytes) -> Iterator[bytes]:
        """Yield the lines of a thing and its parts that hold a term."""
        home = _home(wanted)
        for end in (b"#", b"/", b">"):
            yield from self._holding(b" %b " % wanted, *self._places(home + end))

    def _holding(self, content: bytes, start: int, end: int) -> Iterator[bytes]:
        """Yield the lines between two places that hold some bytes."""
        at = self._bytes.find(content, start, end)
        while at >= 0:
            begin = self._bytes.rfind(b"\n", start, at) + 1 or start
            line = self._line(begin)
            yield line
            at = self._bytes.find(content, begin + len(line), end)

    def _check_order(self) -> None:
        offset, number, before = 0, 1, b""
        while offset < len(self._bytes):
            end = self._bytes.rfind(b"\n", offset, offset + _BLOCK) + 1
            end = end or self._bytes.find(b"\n", offset) + 1 or len(self._bytes)
            lines = self._bytes[offset:end].removesuffix(b"\n").split(b"\n")
            if lines[0] < before or lines != sorted(lines):
                both = zip([before, *lines], lines, strict=False)
                number += next(at for at, (one, other) in enumerate(both) if other < one)
                raise DataError(
                    "the lines are not sorted", where=f"{self.path}:{number}:1",
                    remedy="give the cablegraph.nq of a build",
                )  # fmt: skip
            offset, number, before = end, number + len(lines), lines[-1]

    def _find_index(self) -> list[int]:
        first = _DISTANT.match(b"\n" + self._line(0))
        found = [_hash(first[2])] if first else []
        for matched in _DISTANT.finditer(self._bytes):
            found.append(_hash(matched[2]) | matched.start() + 1)
        found.sort()
        return found

    def _write_index(self, path: Path) -> None:
        with path.open("wb") as file:
            array("Q", [len(self._bytes), *self._find_index()]).tofile(file)

    def _range(self, prefix: str) -> list[str]:
        start, end = self._places(prefix.encode())
        if start >= end:
            return []
        return self._bytes[start:end].decode("utf-8").removesuffix("\n").split("\n")

    def _places(self, prefix: bytes) -> tuple[int, int]:
        """Return where the lines that begin so begin and end."""
        start = self._find(prefix)
        line = self._line(start)
        if not line.startswith(prefix):
            return start, start
        return start, self._find(prefix + _LAST)

    def _starting(self, prefix: bytes) -> Iterator[bytes]:
        for _, line in self._lines(self._find(prefix)):
            if not line.startswith(prefix):
                return
            yield line

    def _find(self, prefix: bytes) -> int:
        """Return where the first line begins that is not before *prefix*."""
        low, high = 0, len(self._bytes)
        while low < high:
            middle = self._bytes.rfind(b"\n", low, (low + high) // 2) + 1 or low
            line = self._line(middle)
            if line < prefix:
                low = middle + len(line) + 1
            else:
                high = middle
        return low

    def _lines(self, offset: int) -> Iterator[tuple[int, bytes]]:
        while offset < len(self._bytes):
            line = self._line(offset)
            yield offset, line
            offset += len(line) + 1

    def _line(self, offset: int) -> bytes:
        end = self._bytes.find(b"\n", offset)
        return self._bytes[offset : end if end >= 0 else len(self._bytes)]


def _hash(term: bytes) -> int:
    """Return the hash of a term in the upper bits, those of the place being free."""
    return (crc32(term) << 32) & ~_PLACE


def _map_index(path: Path) -> Sequence[int]:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return memoryview(mapped).cast("Q")[1:]


def _home(term: bytes) -> bytes:
    """Return the beginning that a thing has in common with its parts."""
    space, found, path = term.rstrip(b">").partition(_SPACE)
    steps = path.partition(b"#")[0].split(b"/")[:_LOCAL_STEPS]
    return space + found + b"/".join(steps)
