"""Validate a graph in parts: each part with what it names of the shared graphs, so that memory is
bounded by the largest part and by what is shared.

A finding counts where its node is at home: those on shared nodes come last, when all that documents
say of these is known. Rules that compare documents compare those of one part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.errors import DataError
from cablegraph.records.claims import Finding
from cablegraph.validation.files import check_quads

if TYPE_CHECKING:
    from pyoxigraph import Quad

#: Parts with the graphs of documents; the others are shared.
_OF_DOCUMENTS = re.compile(r"part-(?!dataset\.)[df]")


def validate_parts(files: Sequence[Path]) -> list[Finding]:
    """Find everything wrong in the parts of a graph; a finding stands at line 1 of its part.

    Raises:
        DataError: if a part can't be read or parsed.
    """
    shared_files = [path for path in files if not _OF_DOCUMENTS.match(path.name)]
    shared: dict[str, list[Quad]] = {}
    also: list[Quad] = []  # what documents say of shared nodes, and their words for it
    for path in shared_files:
        for quad in _parse(path):
            shared.setdefault(str(quad.subject), []).append(quad)
    found: list[Finding] = []
    for path in files:
        if path not in shared_files:
            own = list(_parse(path))
            nodes = {str(quad.subject) for quad in own} - shared.keys()
            more = (quad for subject in _reach(own, shared) for quad in shared[subject])
            findings = check_quads([*own, *more], path)
            found += (one for one in findings if one.focus is None or f"<{one.focus}>" in nodes)
            also += _about_shared(own, shared.keys())
    if shared:
        whole = [*(quad for said in shared.values() for quad in said), *also]
        findings = check_quads(whole, shared_files[0])
        found += (one for one in findings if one.focus is None or f"<{one.focus}>" in shared)
    return list(dict.fromkeys(found))


def _about_shared(own: Sequence[Quad], shared: Collection[str]) -> list[Quad]:
    """Return the statements on shared nodes, and those on what these name in the same part."""
    direct = [quad for quad in own if str(quad.subject) in shared]
    named = {str(quad.object) for quad in direct} - set(shared)
    return [*direct, *(quad for quad in own if str(quad.subject) in named)]


def _reach(own: Iterable[Quad], shared: dict[str, list[Quad]]) -> list[str]:
    """Return the shared nodes that statements name, and those that these name, sorted."""
    open_nodes = {str(term) for quad in own for term in (quad.subject, quad.predicate, quad.object)}
    found: set[str] = set()
    while open_nodes := (open_nodes & shared.keys()) - found:
        found |= open_nodes
        open_nodes = {str(quad.object) for node in open_nodes for quad in shared[node]}
    return sorted(found)


def _parse(path: Path) -> Iterator[Quad]:
    import pyoxigraph
    import zstandard

    try:
        with path.open("rb") as file:
            data = file.read()
        if path.suffix == ".zst":
            data = _expand(data)
        yield from pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, zstandard.ZstdError, SyntaxError, ValueError) as cause:
        line, column = getattr(cause, "lineno", None) or 1, getattr(cause, "offset", None) or 1
        problem = " ".join(str(getattr(cause, "msg", None) or cause).split())
        where = f"{path}:{line}:{column}"
        raise DataError(problem, where=where, remedy="run the build again") from cause


def _expand(data: bytes) -> bytes:
    """Decompress what may be several frames.

    Raises:
        ValueError: if it was cut short, of which the library says nothing.
    """
    import zstandard

    parts: list[bytes] = []
    while data:
        frame = zstandard.ZstdDecompressor().decompressobj()
        parts.append(frame.decompress(data))
        if not frame.eof:
            raise ValueError("the file ends in the middle")
        data = frame.unused_data
    return b"".join(parts)
