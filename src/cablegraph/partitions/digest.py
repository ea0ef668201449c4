"""The hash of the whole graph, kept as long as no file of it changes; asked for, since it is dear.

It needs every statement in order: reading and merging all parts takes time with the size of the
corpus, whatever changed. The digest of each single graph is in the index of its part.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cablegraph.manifest import add_hash
from cablegraph.partitions.state import State

_NAME = "graph hash"
_OF_GRAPH = re.compile(r"graph/part-[^/]*\.nq\.zst")


def find_hash(state: State) -> str | None:
    """Return the hash of the graph as it is, if it was computed since anything changed."""
    digest, _, known = (state.get(_NAME) or "").partition(" ")
    return known if known and digest == _digest_files(state) else None


def ensure_hash(output: Path, state: State) -> None:
    """Put the hash of the graph into the manifest, if it is not there.

    Raises:
        CablegraphError: if the graph can't be read or the manifest can't be written.
    """
    if find_hash(state) is None:
        state.put(_NAME, "")
        state.put(_NAME, f"{_digest_files(state)} {add_hash(output) or ''}")


def _digest_files(state: State) -> str:
    """Return a digest of the files that hold the graph, without reading them."""
    whole = hashlib.sha256()
    for _, made in state.files():
        if _OF_GRAPH.fullmatch(made.path):
            whole.update(f"{made.path}\t{made.sha256}\n".encode())
    return whole.hexdigest()
