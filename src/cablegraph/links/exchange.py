"""Open decisions as a table for a spreadsheet or OpenRefine, and a table of decisions back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from cablegraph.errors import LinkError, shown
from cablegraph.links.answers import ANSWERS, Answer, Editor, link_of
from cablegraph.links.check import find_iri, is_day
from cablegraph.links.model import LinkSet, read_slots
from cablegraph.links.queue import Item, Suggestion
from cablegraph.links.schemes import find_scheme, find_schemes
from cablegraph.links.sssom import LONGEST, raise_faults, shorten

COLUMNS = (
    "subject_id", "subject_label", "file", "line", "column", "words", "object_id",
    "object_label", "score", "rule", "explanation", "decision", "comment",
)  # fmt: skip
_NEEDED = ("subject_id", "object_id", "decision")
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table under its header; ``line`` is that of its last cell."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def fault(self, column: str, problem: str, remedy: str) -> LinkError:
        """Return the error for a cell; its column is counted in cells, as spreadsheets do."""
        place = list(self.cells).index(column) + 1 if column in self.cells else 1
        return LinkError(problem, where=f"{self.path}:{self.line}:{place}", remedy=remedy)


def to_table(items: Iterable[Item], curie_map: Mapping[str, str]) -> str:
    """Return what is to be decided as CSV: a row for each suggestion, or one without.

    Shape: a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        place = [item.subject, item.label, item.file, item.line or "", item.column or ""]
        for one in item.suggestions or (None,):
            row = [*place, " ".join(item.words.split()), *_offer(one, curie_map), "", ""]
            writer.writerow(_guard(str(cell)) for cell in row)
    return out.getvalue()


def _offer(one: Suggestion | None, curie_map: Mapping[str, str]) -> list[str]:
    if one is None:
        return ["", "", "", "", ""]
    score = "" if one.score is None else f"{one.score:g}"
    return [shorten(one.object, curie_map) or one.object, one.label, score, one.rule,
            one.explanation]  # fmt: skip


def _guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def read_table(path: Path, needed: Iterable[str]) -> list[TableRow]:
    """Read a CSV with a header; columns may stand in any order, and others be there.

    Raises:
        LinkError: if it can't be read, or lacks a column that is needed.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as cause:
        problem = f"the table can't be read ({cause.strerror or cause})"
        raise LinkError(problem, where=f"{path}:1:1", remedy="name a CSV file") from cause
    except UnicodeDecodeError as cause:
        remedy = "save it as UTF-8"
        raise LinkError("the table is not UTF-8", where=f"{path}:1:1", remedy=remedy) from cause
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as cause:
        where = f"{path}:{reader.line_num}:1"
        remedy = "save it as CSV with commas"
        raise LinkError(f"the table can't be read ({cause})", where=where, remedy=remedy) from cause
    header = [name.strip() for name in rows[0][1]] if rows else []
    if missing := [column for column in needed if column not in header]:
        problem = f"the table lacks {', '.join(missing)}"
        raise LinkError(problem, where=f"{path}:1:1", remedy="name the columns in the first row")
    return [TableRow(path, line, _cells(header, row)) for line, row in rows[1:] if any(row)]


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    padded = [_unguard(cell.strip()) for cell in row] + [""] * (len(header) - len(row))
    return dict(zip(header, padded, strict=False))


def apply_table(
    path: Path, items: Mapping[str, Item], links: LinkSet, editor: Editor
) -> tuple[LinkSet, int]:
    """Return the set with the decisions of a table, and how many there were.

    Shape: a row without a decision is passed over; a table with a fault changes nothing. The
        columns ``by`` and ``date`` of a row go before the editor's.
    Raises:
        LinkError: if a row can't be used.
        Faults: if several can't, one for each.
    """
    count, faults, decided = 0, list[LinkError](), dict[tuple[str, str], int]()
    for row in read_table(path, _NEEDED):
        if not row.cells["decision"]:
            continue
        try:
            links = _apply(row, items, links, editor, decided)
            count += 1
        except LinkError as fault:
            faults.append(fault)
    raise_faults(faults)
    return links, count


def _apply(
    row: TableRow,
    items: Mapping[str, Item],
    links: LinkSet,
    editor: Editor,
    decided: dict[tuple[str, str], int],
) -> LinkSet:
    cells = row.cells
    item, answer = _item(row, items, links), cells["decision"].lower()
    if answer not in ANSWERS:
        problem = f"decision is {shown(cells['decision'])}"
        raise row.fault("decision", problem, f"write one of {', '.join(ANSWERS)}")
    first = decided.setdefault((item.subject, cells["object_id"]), row.line)
    if first != row.line:
        raise row.fault("decision", f"line {first} decides the same", "keep one of the two rows")
    longest = max(map(len, cells.values()))
    if longest > LONGEST:
        raise row.fault("", f"a cell of {longest} characters", f"keep it under {LONGEST}")
    authority = _authority(row) if answer == "none" else ""
    who = _editor(row, editor)
    suggestion = None if answer == "none" else _suggestion(row, links)
    comment = " ".join(cells.get("comment", "").split())
    try:
        link = link_of(
            item, cast(Answer, answer), suggestion, who, links, authority=authority, comment=comment
        )
    except ValueError as cause:
        problem, _, remedy = str(cause).partition("; ")
        raise row.fault("object_id", problem, remedy or "mend the row") from cause
    return links.with_link(link)


def _editor(row: TableRow, editor: Editor) -> Editor:
    """Return who decided a row: whom it names itself, else who hands the table in."""
    day = row.cells.get("date") or editor.date
    if not is_day(day):
        raise row.fault("date", f"date is {shown(day)}", "write it as 1951-07-03")
    name = " ".join(row.cells.get("by", "").split()) or editor.name
    return replace(editor, name=name, date=day)


def _item(row: TableRow, items: Mapping[str, Item], links: LinkSet) -> Item:
    text = row.cells["subject_id"]
    iri = find_iri(text, links.curie_map)
    key = (iri or text).rpartition("/id/")[2]
    if key not in items:
        problem = f"nothing in the collection is {shown(text)}"
        raise row.fault("subject_id", problem, "write a key, such as person/mao")
    return items[key]


def _suggestion(row: TableRow, links: LinkSet) -> Suggestion:
    text = row.cells["object_id"]
    iri = find_iri(text, links.curie_map) if text not in read_slots().nothing else None
    if iri is None:
        problem = f"object_id is {shown(text)}"
        raise row.fault("object_id", problem, "write an IRI or a CURIE such as wikidata:Q42")
    return Suggestion(
        iri, row.cells.get("object_label", ""), _number(row.cells.get("score", "")),
        row.cells.get("rule") or row.cells.get("service", ""), row.cells.get("explanation", ""),
    )  # fmt: skip


def _authority(row: TableRow) -> str:
    """Return the prefix of the authority in which a row says that there is nothing."""
    text = row.cells["object_id"]
    found = find_scheme(text)
    prefix = found[0].prefix if found else text.partition(":")[0]
    if prefix not in find_schemes():
        problem = f"object_id is {shown(text)}, which names no authority"
        raise row.fault("object_id", problem, f"write one of {', '.join(find_schemes())}")
    return prefix


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read_offers(path: Path) -> dict[str, list[Suggestion]]:
    """Read what a reconciliation service offered, by the key of the entity.

    Shape: the subject is an IRI with /id/ before its key, or the key.

    Raises:
        LinkError: if the table can't be read or lacks a column.
    """
    found: dict[str, list[Suggestion]] = {}
    for row in read_table(path, ("subject_id", "object_id")):
        key = row.cells["subject_id"].rpartition("/id/")[2]
        found.setdefault(key, []).extend(_offers(row))
    return found


def _offers(row: TableRow) -> Iterator[Suggestion]:
    cells = row.cells
    if cells["object_id"] in read_slots().nothing or "://" not in cells["object_id"]:
        return
    what = [f"types {cells['types']}"] if cells.get("types") else []
    if cells.get("match") == "true":
        what.insert(0, "the service takes it for a match")
    yield Suggestion(
        cells["object_id"], cells.get("object_label", ""), _number(cells.get("score", "")),
        cells.get("service", "") or "a reconciliation service", "; ".join(what),
    )  # fmt: skip
