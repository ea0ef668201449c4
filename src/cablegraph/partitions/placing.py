"""Give what the corpus rules found its place in a source, from the documents that speak of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from cablegraph.partitions.compared import Compared
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
    read = lru_cache(maxsize=_PARTS)(lambda part: _read(output / part))
    missing = [row for row in wanted if row[2] not in found]
    for one, homes, stamp in sorted(missing, key=lambda row: [home.part for home in row[1]]):
        lines = sorted(line for home in homes for line in read(home.part).get(home.name, ()))
        paths = {home.source: home.shown for home in homes}
        (finding,) = to_findings([one], Facts.of_lines(lines), default=default, paths=paths)
        found[stamp] = finding
    compared.keep_placed(found)
    return sort_findings(found.values())


def _read(part: Path) -> dict[str, list[str]]:
    """Return the statements of a part by the term of their graph."""
    found: dict[str, list[str]] = {}
    for row in read_rows(part):
        line = row.decode()
        found.setdefault(line[line.rindex(" <") + 1 : -2], []).append(line)
    return found
