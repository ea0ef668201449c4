"""Scanning tables of delimited text, with the place of each cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources import delimited
from cablegraph.sources.cells import Cell, Flaw, Row
from cablegraph.sources.delimited import find_delimiter, first_row, scan


def cells_of(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the cells of every row as strings."""
    return [[c.text for c in row.cells] for row in scan(text, delimiter) if isinstance(row, Row)]


def words_at(text: str, cell: Cell) -> str:
    """Return what the text has at the pieces of a cell."""
    return "".join(text[start:end] for start, end in cell.pieces)


def test_quotes_may_hold_delimiters_line_ends_and_quotes() -> None:
    """The four things that RFC 4180 lets a quoted cell hold."""
    text = 'a,"b,c"\r\n"d\ne","say ""so"""\r\n'

    assert [["a", "b,c"], ["d\ne", 'say "so"']] == cells_of(text)


def test_every_cell_has_its_place() -> None:
    """The pieces of a cell re-slice to its words, and its stretch holds them all."""
    text = 'x;"say ""so"" now";\n"";ü;"a"b\n'
    rows = [row for row in scan(text, ";") if isinstance(row, Row)]

    assert [["x", 'say "so" now', ""], ["", "ü", "ab"]] == [[c.text for c in r.cells] for r in rows]
    for row in rows:
        for cell in row.cells:
            assert cell.text == words_at(text, cell)
            assert all(cell.start <= start <= end <= cell.end for start, end in cell.pieces)


def test_an_open_quote_is_told_at_its_place_and_the_rest_is_read() -> None:
    """The row that it stands in is left out; those below it are not."""
    text = 'a,b\n1,"open\n2,c\n'
    found = list(scan(text, ","))
    flaws = [one for one in found if isinstance(one, Flaw)]

    assert [text.index('"')] == [flaw.at for flaw in flaws]
    assert "never closed" in flaws[0].found
    assert [["a", "b"], ["2", "c"]] == cells_of(text)


def test_blank_lines_are_no_rows_and_ragged_rows_are() -> None:
    """The number of a row counts rows that hold a cell."""
    rows = [row for row in scan("a,b\n\n1\n1,2,3", ",") if isinstance(row, Row)]

    assert [(1, 2), (2, 1), (3, 3)] == [(row.number, len(row.cells)) for row in rows]


def test_a_cell_beyond_all_measure_costs_its_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long is named with its length and its place."""
    monkeypatch.setattr(delimited, "LARGEST_CELL", 5)
    found = list(scan("a,b\n1,xxxxxx\n2,y\n", ","))

    assert ["a cell of 6 characters, more than 5; its row is left out"] == [
        one.found for one in found if isinstance(one, Flaw)
    ]
    assert [6] == [one.at for one in found if isinstance(one, Flaw)]
    assert [["a", "b"], ["2", "y"]] == [
        [c.text for c in one.cells] for one in found if isinstance(one, Row)
    ]


def test_a_row_beyond_all_measure_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of delimiters in a row are not gathered; the row below is read."""
    monkeypatch.setattr(delimited, "MOST_COLUMNS", 3)
    found = list(scan("a,b\n1,2,3,4,5\n1,2,3,4\n6,7\n", ","))

    assert [4, 14] == [one.at for one in found if isinstance(one, Flaw)]
    assert ["a", "6"] == [one.cells[0].text for one in found if isinstance(one, Row)]


@pytest.mark.parametrize(
    ("delimiter", "text"),
    [
        (",", "a,b\n1;2,3\n"),
        (";", 'Name;Ort\n"Meier, Jo";Ulm, am Tor\n'),
        ("\t", "a\tb, c\n1\t2, 3\n"),
        ("|", "a|b\n1, 2|3\n"),
        (";", "sep=;\na,b;c\n"),
        (",", "single\n1\n"),
    ],
)
def test_the_delimiter_is_told_from_the_rows(delimiter: str, text: str) -> None:
    """The sign that parts most rows evenly, or the one that a spreadsheet has stated."""
    assert delimiter == find_delimiter(text)


def test_the_line_that_states_the_delimiter_is_no_row() -> None:
    """Offsets still count from the start of the file."""
    row = first_row("sep=;\na;b\n", ";")

    assert row is not None
    assert [("a", 6), ("b", 8)] == [(cell.text, cell.start) for cell in row.cells]


@given(
    st.text(st.sampled_from('ab,;"\r\n é'), max_size=40),
    st.sampled_from([",", ";"]),
)
def test_the_cells_are_those_of_the_csv_module(text: str, delimiter: str) -> None:
    """For any text without an open quote, however crooked; and each cell re-slices."""
    found = list(scan(text, delimiter))
    if any(isinstance(one, Flaw) for one in found):
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    expected = [row for row in reader if row not in ([], [""])]

    rows = [one for one in found if isinstance(one, Row)]
    assert expected == [
        [cell.text for cell in row.cells]
        for row in rows
        if [cell.text for cell in row.cells] != [""]
    ]
    for row in rows:
        assert all(cell.text == words_at(text, cell) for cell in row.cells)


def test_quotes_without_end_cost_no_more_than_their_length() -> None:
    """A long line of quotation marks is scanned once."""
    text = '"' + 'a""' * 300_000 + "\n" + '""x\n' * 100_000
    found = list(scan(text, ","))

    assert isinstance(found[0], Flaw)
    assert 100_000 == sum(isinstance(one, Row) for one in found)
