"""Read the editors' ledger, decisions.csv, and refuse what is not well formed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from cablegraph.authorities.additions import make_claim
from cablegraph.authorities.rows import Row, read_rows
from cablegraph.errors import DecisionError, Faults, shown
from cablegraph.records.claims import Decision

COLUMNS = ("document", "claim", "action", "field", "value", "by", "date", "reason")
#: A ledger may have one column more: the words of the document that a decision rests on.
WIDE = (*COLUMNS, "words")
ACTIONS = ("prefer", "reject", "correct", "add")
_NEEDED = ("document", "claim", "by", "reason")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the ledger.

    Raises:
        DecisionError: if a row lacks its author, day or reason, has an unknown action, adds what
            is no claim, or says again or otherwise what another row decides.
        Faults: if several rows do, with one DecisionError for each.
    """
    rows = read_rows(path, WIDE if _is_wide(path) else COLUMNS)
    faults = [fault for row in rows for fault in _faults(row)] or list(_repetitions(rows))
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(f"{len(faults)} faults in the editors' ledger", faults)
    return tuple(_decision(row) for row in rows)


def _is_wide(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return lines.readline().strip() == ",".join(WIDE)
    except (OSError, UnicodeDecodeError):
        return False  # read_rows says what is wrong


def _decision(row: Row) -> Decision:
    return msgspec.convert({**row.cells, "line": row.line}, Decision)


def _faults(row: Row) -> Iterable[DecisionError]:
    cells = row.cells
    if cells["action"] not in ACTIONS:
        problem = f"action is {shown(cells['action'])}"
        yield _fault(row, "action", problem, f"write one of {', '.join(ACTIONS)}")
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", cells["date"]):
        yield _fault(row, "date", f"date is {shown(cells['date'])}", "write it as 1951-07-03")
    for column in _NEEDED:
        if not cells[column]:
            yield _fault(row, column, f"{column} is empty", "fill it in")
    if cells["action"] in ("correct", "add") and not (cells["field"] and cells["value"]):
        what = "a correction" if cells["action"] == "correct" else "an addition"
        yield _fault(row, "field", f"{what} without field or value", "name both")
    elif cells["action"] == "add" and cells["claim"]:
        yield from _unmakeable(row)


def _unmakeable(row: Row) -> Iterator[DecisionError]:
    try:
        make_claim(_decision(row))
    except ValueError as cause:
        problem, _, remedy = str(cause).partition("; ")
        yield _fault(row, "value", problem, remedy or "see seeds/README.md for the form")


def _repetitions(rows: Iterable[Row]) -> Iterator[DecisionError]:
    """Yield a fault for each row that decides what a row above has decided."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        first = seen.setdefault(_decided(row), row.line)
        if first != row.line:
            problem = f"line {first} decides on {shown(row.cells['claim'])} already"
            yield _fault(row, "claim", problem, "keep one of the two rows")


def _decided(row: Row) -> tuple[str, ...]:
    cells = row.cells
    place = (cells["document"], cells["claim"])
    if cells["action"] == "correct":
        return (*place, "correct", cells["field"])
    if cells["action"] == "add":
        return (*place, make_claim(_decision(row)).key)
    return (*place, "status")


def _fault(row: Row, column: str, problem: str, remedy: str) -> DecisionError:
    plain = row.fault(column, problem, remedy)
    return DecisionError(problem, where=plain.where, remedy=remedy)
