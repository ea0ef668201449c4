"""What a worker says of a bucket that it made: enough to put the corpus together."""

from __future__ import annotations

import msgspec

from cablegraph.records.claims import Finding


class MadeFile(msgspec.Struct, frozen=True):
    """A file of the output, by its path from there."""

    path: str
    size: int
    sha256: str


class Fault(msgspec.Struct, frozen=True, order=True):
    """A document that could not be built, as its error says."""

    kind: str  # name of the class in errors
    where: str
    problem: str
    remedy: str


class Document(msgspec.Struct, frozen=True, order=True):
    """A document that was built: its key, and the file it is from as findings name it."""

    key: str
    shown: str
    path: str  # under {base}id/


class Stock(msgspec.Struct, frozen=True):
    """What a bucket has in common with others.

    Shape: ``shared`` are its lines of the graph of the authorities; ``named`` the entities that
        its statements name, as terms.
    """

    shared: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A made bucket.

    Shape: ``doubles`` are documents left out because another file has their key; ``counts`` and
        ``codes`` are numbers of things made and of findings; ``findings`` has the worst few.
    """

    files: tuple[MadeFile, ...] = ()
    documents: tuple[Document, ...] = ()
    doubles: tuple[Document, ...] = ()
    faults: tuple[Fault, ...] = ()
    stock: Stock = Stock()
    counts: dict[str, int] = {}
    codes: dict[str, int] = {}
    findings: tuple[Finding, ...] = ()
