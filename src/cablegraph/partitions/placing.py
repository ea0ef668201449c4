"""Give what the corpus rules found its place in a source, from the documents that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from cablegraph.partitions.compared import Compared, Home
from cablegraph.partitions.meetings import number_of
from cablegraph.records.claims import Finding
from cablegraph.serialise.canonical import read_rows
from cablegraph.validation.facts import Facts
from cablegraph.validation.places import to_findings
from cablegraph.validation.report import sort_findings
from cablegraph.validation.results import ShapeResult, fold

#: Parts whose statements are held at once, some 20 MB each.
_PARTS = 4


def place_results(
    results: Iterable[ShapeResult], compared: Compared, output: Path, *, default: str
) -> list[Finding]:
    """Return the findings of results on nodes of any documents, sorted.

    Shape: a result that no document speaks of stands at line 1 of *default*. What was placed
        before is not looked for again unless one of the documents that speak of it changed.
    """
    wanted = []
    for one in fold(results):
        homes = compared.homes(f"<{one.focus}>")
        stamp = number_of(repr((one, homes, default)))
        wanted.append((one, homes, stamp))
    known = compared.placed()
    found = {stamp: known[stamp] for _, _, stamp in wanted if stamp in known}
    missing = [row for row in wanted if row[2] not in found]
    named: dict[str, set[bytes]] = {}
    for home in (home for _, homes, _ in missing for home in homes):
        named.setdefault(home.part, set()).add(home.name.encode())
    read = lru_cache(maxsize=_PARTS)(lambda part: _read(output / part, named[part]))
    facts = lru_cache(maxsize=1)(lambda homes: _state(homes, read))
    for one, homes, stamp in sorted(missing, key=lambda row: [home[2::-1] for home in row[1]]):
        paths = {home.source: home.shown for home in homes}
        (finding,) = to_findings([one], facts(tuple(homes)), default=default, paths=paths)
        found[stamp] = finding
    compared.keep_placed(found)
    return sort_findings(found.values())


def _state(homes: Iterable[Home], read: Callable[[str], dict[str, list[str]]]) -> Facts:
    """Return what documents state; it serves all results on nodes of the same documents."""
    lines = (line for home in homes for line in read(home.part)[home.name])
    return Facts.of_lines(sorted(lines))


def _read(part: Path, wanted: set[bytes]) -> dict[str, list[str]]:
    """Return the statements of some graphs of a part by the term of their graph."""
    found: dict[str, list[str]] = {graph.decode(): [] for graph in wanted}
    rows = (row for row in read_rows(part) if row[row.rindex(b" <") + 1 : -2] in wanted)
    for line in map(bytes.decode, rows):
        found[line[line.rindex(" <") + 1 : -2]].append(line)
    return found
