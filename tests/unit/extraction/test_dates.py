"""tests/lines/dates.txt: dates as written and what they are; and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.edtf import FoundDate

LINES = Path(__file__).parents[2] / "lines" / "dates.txt"
CASES = [
    tuple(line.split("\t"))
    for line in LINES.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("words", "near", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_written_date_is_read(words: str, near: str, expected: str) -> None:
    """A date in any of the usual forms gives its EDTF; what is no date gives none."""
    found = [date.edtf(None if near == "-" else near) or "?" for date in find_dates(words)]

    assert ([] if expected == "-" else expected.split(" ")) == found


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("It went on 3 July 1951.", "3 July 1951"),
        ("(from 3 to 5 July)", "3 to 5 July"),
        ("отп. 23.10 3.7.51.", "23.10 3.7.51."),
        ("от 3 июля\n1951 г. и", "3 июля 1951 г."),
        ("On 3 July-August we wait", "3 July"),
    ],
)
def test_a_date_has_its_own_words(words: str, written: str) -> None:
    """What is written is what stands between start and end, on one line."""
    (date, *_) = find_dates(words)

    assert written == date.written
    assert written == " ".join(words[date.start : date.end].split())


def test_a_past_date_is_not_ahead() -> None:
    """What a message reports lies before it, whatever month is nearer."""
    (date,) = find_dates("31 December")

    assert "1951-12-31" == date.edtf("1951-07-15")
    assert "1950-12-31" == date.edtf("1951-07-15", past=True)


def test_zones_may_put_a_message_a_day_ahead() -> None:
    """A day or two ahead of the answer is still the same year."""
    (date,) = find_dates("1 January")

    assert "1952-01-01" == date.edtf("1951-12-31", past=True)


def test_a_year_is_told_by_month_or_year_alone() -> None:
    """The date that tells the year may itself be a month, a year or a stretch."""
    (date,) = find_dates("3 июля")

    found = [date.edtf(near) for near in ("1951-06", "1951", "../1951-07-09", "1951-06/1951-07")]
    assert ["1951-07-03"] * 4 == found


def test_midnight_at_the_end_of_a_day_gives_the_day() -> None:
    """EDTF has no hour 24."""
    (date,) = find_dates("24:00 3.7.51")

    assert (None, "1951-07-03") == (date.time, date.edtf())


@given(st.text(alphabet="0123456789 ./-,IVXJulyiня июл«»\"'год", max_size=60))
def test_dates_never_overlap_and_always_write(text: str) -> None:
    """Whatever stands in a text, dates are in order, apart, and can be asked for EDTF."""
    end = 0
    for date in find_dates(text):
        assert end <= date.start < date.end <= len(text)
        end = date.end
        date.edtf()
        date.edtf("1951-07-03", past=True)


@given(st.dates(), st.dates())
def test_the_nearest_year_is_within_half_a_year(day: object, near: object) -> None:
    """An unwritten year puts a day no further than half a year from what tells it."""
    from datetime import date

    assert isinstance(day, date)
    assert isinstance(near, date)
    if not 1500 < near.year < 2090:
        return
    found = FoundDate(0, 1, "x", None, day.month, day.day).edtf(near.isoformat())
    if found is None:
        assert (2, 29) == (day.month, day.day)
    else:
        assert abs((date.fromisoformat(found) - near).days) <= 184
