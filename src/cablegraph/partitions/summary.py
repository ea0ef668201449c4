"""What a worker says of a bucket that it made: enough to put the corpus together."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

import msgspec

from cablegraph.partitions.meetings import Excerpt
from cablegraph.partitions.series import Standing
from cablegraph.records.claims import Finding

#: Findings in order of how bad they are.
RANKS = {"violation": 0, "warning": 1, "info": 2}


class MadeFile(msgspec.Struct, frozen=True):
    """A file of the output, by its path from there."""

    path: str
    size: int
    sha256: str


class Fault(msgspec.Struct, frozen=True, order=True):
    """A document that could not be built, as its error says.

    Shape: ``shown`` is the file; ``place`` is all of the place, or, from a colon on, what follows
        the path of the file, wherever that lies.
    """

    shown: str
    place: str
    kind: str  # name of the class in errors
    problem: str
    remedy: str

    def where(self, path: str) -> str:
        """Return the place as it is printed, if the file lies at *path*."""
        return f"{path}{self.place}" if self.place.startswith(":") else self.place


class Document(msgspec.Struct, frozen=True, order=True):
    """A document that was read: its key, and the file it is from as findings name it.

    Units: ``path`` is that under ``{base}id/``, nothing if another document has the key already;
        ``nth`` counts the documents of the file with this key from 0.
    """

    key: str
    shown: str
    path: str
    nth: int = 0


class Stock(msgspec.Struct, frozen=True):
    """What a bucket has in common with others.

    Shape: ``shared`` are its lines of the graph of the authorities; ``named`` the entities that
        its statements name, as terms.
    """

    shared: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A made bucket.

    Shape: ``documents`` has those left out for another with their key, too; ``counts`` and
        ``codes`` are numbers of things made and of findings; ``findings`` has the worst few;
        ``series`` are the documents that stand in a series of numbers, ``excerpts`` what the
        corpus rules look at.
    """

    files: tuple[MadeFile, ...] = ()
    documents: tuple[Document, ...] = ()
    faults: tuple[Fault, ...] = ()
    stock: Stock = Stock()
    counts: dict[str, int] = {}
    codes: dict[str, int] = {}
    findings: tuple[Finding, ...] = ()
    series: tuple[Standing, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()


def find_worst(findings: Iterable[Finding], most: int) -> list[Finding]:
    """Return the first findings by severity and place, at most so many."""
    return nsmallest(most, findings, key=lambda one: (RANKS[one.severity], one))
