"""The difference of two builds as RDF Patch: applied to the old one it gives the new one.

The format is that of https://afs.github.io/rdf-delta/rdf-patch: header, one transaction, one line
a statement.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

from cablegraph.comparison.lines import find_changes
from cablegraph.errors import DataError
from cablegraph.serialise.canonical import hash_canonical, read_lines

_ACTS = {"+": "A", "-": "D"}


def make_patch(old: Path, new: Path) -> Iterator[str]:
    """Yield the lines of the patch; equal builds give equal patches.

    Shape: the identifier is made of the canonical hashes of both graphs. Where no statement
        differs there is nothing.
    Raises:
        DataError: if a graph can't be read, or has blank nodes, which have no lasting name.
    """
    changes = find_changes(read_lines(old), read_lines(new))
    first = next(changes, None)
    if first is None:
        return
    hashes = f"{_hash(old)} {_hash(new)}"
    yield f"H id <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, hashes)}> ."
    yield "TX ."
    yield f"{_ACTS[first.sign]} {first.line.decode('utf-8')}"
    for change in changes:
        yield f"{_ACTS[change.sign]} {change.line.decode('utf-8')}"
    yield "TC ."


def _hash(path: Path) -> str:
    try:
        return hash_canonical(read_lines(path))
    except ValueError as cause:
        if isinstance(cause, DataError):
            raise
        remedy = "compare builds of cablegraph, or name the nodes"
        raise DataError(str(cause), where=f"{path}:1:1", remedy=remedy) from cause
