"""What each document of a part states: its own lines, their digests, and what they speak of.

Only what a part needs of the statements is kept, for a hundred documents are held at once. Half of
those of a document describe spans: no rule looks at those, and they name no person or body.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import AnyStr

from cablegraph.graph.iris import Iris
from cablegraph.graph.shared import find_terms
from cablegraph.graph.spans import SPAN_TERMS
from cablegraph.namespaces import PREFIXES
from cablegraph.partitions.meetings import (
    find_entities,
    named_by_rules,
    number_of,
    project_rows,
    to_number,
)
from cablegraph.validation.rows import Row
from cablegraph.workshop import Made

_SUBJECT = f"<{PREFIXES['rdf']}subject>"


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of one document.

    Shape: ``graph`` is the term of its own graph, ``own`` the lines in that, sorted, some of them
        together in one piece; ``shared`` are those in the graph of the authorities; ``named`` the
        terms of persons, bodies and the like in either; ``looked`` is what the corpus rules look
        at, sorted, and ``about`` the digests of the entities of which it claims something.
    """

    graph: str
    own: list[bytes]
    count: int  # of its own lines
    apart: bool  # whether no line is on what is another document's own
    shared: list[str]
    named: set[str]
    looked: list[str]
    about: tuple[int, ...]
    digest: str  # of the N-Quads of its graph
    number: int  # of the same, without the last line end


def look_into(one: Made, iris: Iris) -> Stated:
    """Return the lines of a document, and what tells more in them than where words are."""
    said, text = one.said.said, one.said.text()
    rows = find_looked(one)
    encoded = list(map(str.encode, text.own))
    hashed = hashlib.sha256(b"\n".join(encoded))
    number = to_number(hashed.digest())
    hashed.update(b"\n" if encoded else b"")
    return Stated(
        graph=iris.graph(one.reading.path),
        own=encoded,
        count=text.size,
        apart=text.apart,
        shared=text.shared,
        named=find_terms({term for rows in said.values() for _, term in rows}.union(said)),
        looked=sorted(project_rows(rows)),
        about=tuple(sorted(map(number_of, find_entities(rows)))),
        digest=hashed.hexdigest(),
        number=number,
    )


def find_looked(one: Made) -> list[Row]:
    """Return the statements in the graph of a document itself that rules may look at, as terms.

    Shape: also those that name what a claim is about; those on spans, where a rule names such.
    """
    named = named_by_rules()
    said = one.said.said if named.isdisjoint(SPAN_TERMS) else one.said.expand()
    return one.said.find_own(said, named | {_SUBJECT})


def merge(pieces: Iterable[AnyStr], end: AnyStr, *, apart: bool) -> list[AnyStr]:
    """Return the lines of documents, sorted; some of them stand together in one piece.

    Shape: each piece is sorted in itself, its lines with *end* between them. Unless the documents
        are *apart*, a line of one may belong within a piece of another; then all are divided.
    """
    if apart:
        return sorted(pieces)
    return sorted(line for piece in pieces for line in piece.split(end))


def divide(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield each line of pieces."""
    for piece in pieces:
        yield from piece.split(b"\n")
