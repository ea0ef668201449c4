"""The lines of a sorted N-Quads file by subject and by object, without loading the file.

What begins alike stands together in the sorted file, so that a subject and its parts are found
by halving. Only references from one thing to another are indexed, as 16 bytes each; those inside
one thing are found by reading its own lines.
"""

from __future__ import annotations

import mmap
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from cablegraph.errors import DataError
from cablegraph.namespaces import PREFIXES

_REFERENCE = re.compile(rb'^(<[^<>"\s]+>|_:\S+) (<[^<>"\s]+>) (<[^<>"\s]+>) ')
_TYPE = f"<{PREFIXES['rdf']}type>"
_SPACE = b"/id/"
#: Steps after /id/ inside which a reference is not indexed: the kind of a thing and its key.
_LOCAL_STEPS = 2


class Lookup:
    """A file of sorted N-Quads, asked by IRI; every answer is in the order of the file.

    Raises:
        DataError: if there is no such file, it is empty, or its lines are not sorted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as cause:
            problem = getattr(cause, "strerror", None) or "the file is empty"
            raise DataError(problem, where=f"{path}:1:1", remedy="run the build first") from cause
        self._hashes, self._offsets = self._index()

    def statements(self, iri: str) -> list[str]:
        """Return the lines that have an IRI as subject."""
        return list(self._range(f"<{iri}> "))

    def parts(self, iri: str) -> list[str]:
        """Return the lines whose subject stands below an IRI, after a stroke or a hash."""
        return [*self._range(f"<{iri}#"), *self._range(f"<{iri}/")]

    def references(self, iri: str) -> list[str]:
        """Return the lines that have an IRI as object, but not as subject too."""
        wanted = f"<{iri}>".encode()
        found = {line for line in self._distant(wanted) if line}
        for start, line in self._spread(_home(wanted)):
            matched = _REFERENCE.match(line)
            if matched and matched[3] == wanted and matched[1] != wanted:
                found.add(self._bytes[start : start + len(line)].decode("utf-8"))
        return sorted(found)

    def starting(self, beginning: str) -> Iterator[str]:
        """Yield the lines that begin so."""
        return self._range(beginning)

    def lines(self) -> Iterator[str]:
        """Yield every line."""
        return (line.decode("utf-8") for _, line in self._lines(0))

    def typed(self, kind: str) -> list[str]:
        """Return the lines that give the type of a term of N-Quads; the whole file is read."""
        ending = f"{_TYPE} {kind} ".encode()
        return [line.decode("utf-8") for _, line in self._lines(0) if ending in line]

    def subjects(self, beginning: str) -> Iterator[str]:
        """Yield each IRI that begins so and is a subject, once, in the order of the file."""
        last = b""
        for _, line in self._starting(f"<{beginning}".encode()):
            subject = line.partition(b"> ")[0]
            if subject != last:
                last = subject
                yield subject[1:].decode("utf-8")

    def _distant(self, wanted: bytes) -> Iterator[str]:
        key = hash(wanted) & 0xFFFFFFFFFFFFFFFF
        position = bisect_left(self._hashes, key)
        while position < len(self._hashes) and self._hashes[position] == key:
            line = self._line(self._offsets[position])
            matched = _REFERENCE.match(line)
            if matched and matched[3] == wanted:
                yield line.decode("utf-8")
            position += 1

    def _index(self) -> tuple[array[int], array[int]]:
        found: list[tuple[int, int]] = []
        before = b""
        for number, (offset, line) in enumerate(self._lines(0), start=1):
            if line < before:
                raise DataError(
                    "the lines are not sorted", where=f"{self.path}:{number}:1",
                    remedy="give the cablegraph.nq of a build",
                )  # fmt: skip
            before = line
            matched = _REFERENCE.match(line)
            if matched and _SPACE in matched[3] and _home(matched[1]) != _home(matched[3]):
                found.append((hash(matched[3]) & 0xFFFFFFFFFFFFFFFF, offset))
        found.sort()
        return array("Q", (key for key, _ in found)), array("Q", (place for _, place in found))

    def _spread(self, home: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a thing and its parts, with their places."""
        for end in (b"#", b"/", b">"):
            yield from self._starting(home + end)

    def _range(self, prefix: str) -> Iterator[str]:
        return (line.decode("utf-8") for _, line in self._starting(prefix.encode()))

    def _starting(self, prefix: bytes) -> Iterator[tuple[int, bytes]]:
        for offset, line in self._lines(self._find(prefix)):
            if not line.startswith(prefix):
                return
            yield offset, line

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


def _home(term: bytes) -> bytes:
    """Return the beginning that a thing has in common with its parts."""
    space, found, path = term.rstrip(b">").partition(_SPACE)
    steps = path.partition(b"#")[0].split(b"/")[:_LOCAL_STEPS]
    return space + found + b"/".join(steps)
