"""Who wanted what, when: a row a proposal, a column a party, in each cell the stances taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from cablegraph.publication.site.addresses import page_file
from cablegraph.publication.site.entries import Brief, Entry
from cablegraph.publication.site.tables import Cell, Grid
from cablegraph.publication.site.told import Value

#: Proposals on one page, and parties that have a column of their own there.
_ROWS, _PARTIES = 100, 10


def to_matrix(
    entries: Sequence[Entry],
    labels: Mapping[str, str],
    root: str,
    link: Callable[[str], Value],
) -> Iterator[Grid]:
    """Yield one table for each page, proposals in order of the first stance on them."""
    taken: dict[str, list[tuple[Entry, Brief]]] = {}
    for entry in entries:
        for brief in entry.stances:
            taken.setdefault(brief.proposal, []).append((entry, brief))
    for path in labels:
        if path.startswith("proposal/"):
            taken.setdefault(path, [])
    ordered = sorted(taken, key=lambda path: (not taken[path], _first(taken[path]), path))
    for start in range(0, len(ordered), _ROWS):
        here = ordered[start : start + _ROWS]
        yield _grid({path: taken[path] for path in here}, root, link)


def _first(stances: Sequence[tuple[Entry, Brief]]) -> str:
    return min((entry.date or "~" for entry, _ in stances), default="~")


def _grid(
    taken: Mapping[str, Sequence[tuple[Entry, Brief]]], root: str, link: Callable[[str], Value]
) -> Grid:
    counted = Counter(
        holder for stances in taken.values() for _, brief in stances for holder in brief.holders
    )
    parties = sorted(counted, key=lambda one: (-counted[one], one))[:_PARTIES]
    rows = []
    for path, stances in taken.items():
        cells = [
            _cell([pair for pair in stances if one in pair[1].holders], root) for one in parties
        ]
        others = [pair for pair in stances if set(parties).isdisjoint(pair[1].holders)]
        day = _first(stances)
        rows.append([[link(path)], [Value("" if day == "~" else day)], *cells, _cell(others, root)])
    columns = [Value("Proposal"), Value("First stance"), *map(link, parties), Value("Others")]
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return Grid("Proposals and stances", "Proposals by party", columns, rows, "matrix")


def _cell(stances: Sequence[tuple[Entry, Brief]], root: str) -> Cell:
    found = [
        Value(f"{brief.kind} ({entry.date})" if entry.date else brief.kind,
              f"{root}{page_file(entry.path)}#{brief.key}")
        for entry, brief in stances
    ]  # fmt: skip
    return list(dict.fromkeys(found))
