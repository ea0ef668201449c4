"""What each document of a part states: its own lines, their digests, and what they speak of.

Only what a part needs of the lines is kept, for a hundred documents are held at once. Half of the
lines of a document describe spans: no rule looks at those, and they name no person or body.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from cablegraph.graph.evidence import SPAN_TERMS
from cablegraph.graph.iris import Iris
from cablegraph.graph.shared import name_terms
from cablegraph.partitions.meetings import (
    find_entities,
    named_by_rules,
    number_of,
    project_rows,
    to_number,
)
from cablegraph.records.claims import Reading
from cablegraph.workshop import Made


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of one document.

    Shape: ``graph`` is the term of its own graph, ``own`` the lines in that, sorted; ``shared``
        are those in the graph of the authorities; ``named`` the terms of persons, bodies and the
        like in either; ``looked`` is what the corpus rules look at, sorted, and ``about`` the
        digests of the entities of which it claims something.
    """

    graph: str
    own: list[bytes]
    shared: list[str]
    named: set[str]
    looked: list[str]
    about: tuple[int, ...]
    digest: str  # of the N-Quads of its graph
    number: int  # of the same, without the last line end


def look_into(one: Made, iris: Iris) -> Stated:
    """Divide the lines of a document, and take apart those that tell more than where words are."""
    end = f" {iris.graph('authorities')} ."
    shared = [line for line in one.lines if line.endswith(end)]
    own = [line for line in one.lines if not line.endswith(end)] if shared else one.lines
    rows = [line.split(" ", 2) for line in leave_out_spans(own, one.reading, iris)]
    encoded = list(map(str.encode, own))
    hashed = hashlib.sha256(b"\n".join(encoded))
    number = to_number(hashed.digest())
    hashed.update(b"\n" if own else b"")
    return Stated(
        graph=iris.graph(one.reading.path),
        own=encoded,
        shared=shared,
        named=name_terms([*rows, *(line.split(" ", 2) for line in shared)]),
        looked=sorted(project_rows(rows)),
        about=tuple(sorted(map(number_of, find_entities(rows)))),
        digest=hashed.hexdigest(),
        number=number,
    )


def leave_out_spans(lines: list[str], reading: Reading, iris: Iris) -> Iterable[str]:
    """Return sorted lines of a document without those on its spans, unless a rule looks at such."""
    if not named_by_rules().isdisjoint(SPAN_TERMS):
        return lines
    kept: list[str] = []
    versions = (iris.node(f"{reading.path}/text/{layer}")[:-1] for layer in reading.texts)
    last = 0
    for stem in sorted(f"{version}/span/" for version in versions):
        first = bisect_left(lines, stem, last)
        kept += lines[last:first]
        last = bisect_left(lines, f"{stem[:-1]}0", first)  # the zero follows the slash
    return kept + lines[last:]
