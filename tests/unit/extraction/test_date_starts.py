"""A pattern of a date that is tried where dates can begin finds what it finds anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.date_starts import (
    begins_within,
    find_months,
    find_numbers,
    match_at,
)
from cablegraph.extraction.dates import _MONTHS, _patterns, _places, find_dates

FIGURES = (
    "3",
    "03",
    "28",
    "31",
    "51",
    "1951",
    "12345",
    "4/VII",
    "3.7.51.",
    "30.X",
    "2310",
    "10.30",
)
WORDS = (
    *("July", "sept.", "июля", "МАЯ", "may", "mart", "from", "с", "to", "по", "and", "и", "of"),
    *("of last year", "с. г.", "года", "6 p.m.", "12 час. 5 мин.", "hours", "ON/26/26/X/62"),
    *("1951-07-03", "10/14/50", "13/5-50", "3-7-1951", "th", "No.", "«", "»", "“", "”", "[?]"),
)
MARKS = (" ", ", ", ". ", "-", "/", "\n", "")
TEXTS = st.lists(
    st.tuples(st.sampled_from((*FIGURES, *WORDS)), st.sampled_from(MARKS)), max_size=9
).map(lambda pairs: "".join(word + mark for word, mark in pairs))


# One at least for every pattern, and one whose figures are all Roman but the day.
WRITTEN = (
    *(
        "1951-07-03",
        "from 3 to 5 July 1951",
        "between July 10 and 15, 1951",
        "3, 4 and 5 July 1951",
    ),
    *("tanks, 3 July", "on July 3 and 4.", "6 p.m. July 3, 1951", "23.10 3.7.51.", "10.14.1950"),
    *("4/VII 1951 г.", "3-VII-51", "10/14/50", "30/6/51", "ON/26/26/X/62", "on 28.10. at 12:00"),
    *("30.6", "3-7-1951", "June-July 1951", "« 3 » июля", "в 1951 году", "8.II.1950"),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_each_way_to_write_a_date_is_found_where_it_begins(text: str) -> None:
    """What is written in any of the ways is found, and by the patterns that a search finds."""
    assert list(find_dates(text))
    _compare(text)


@given(TEXTS)
def test_what_is_tried_where_dates_begin_misses_none(text: str) -> None:
    """Every pattern matches at the numbers and months what a search of the whole text finds."""
    _compare(text)


def _compare(text: str) -> None:
    places = _places(text, find_numbers(text))

    for needed, marks, pattern in _patterns():
        expected = [match.span() for match in pattern.finditer(text)]
        assert expected == [match.span() for match in match_at(pattern, text, places[needed])]
        assert not expected or any(mark in text.lower() for mark in marks)


def test_numbers_and_months_are_where_dates_begin() -> None:
    """A number of another length, and a month within a word, are passed over."""
    text = "Dismay: no. 12345 of 3 July, «4» мая, 1951."

    assert [21, 29, 30, 38] == find_numbers(text)
    assert ["July", "мая"] == [text[at:].split(",")[0] for at in find_months(text, _MONTHS)]


@given(TEXTS, st.integers(0, 12))
def test_a_date_that_begins_early_is_expected_early(text: str, last: int) -> None:
    """Where no date can begin up to a place, none that is found begins there."""
    early = [date for date in find_dates(text) if date.start <= last]

    assert not early or begins_within(text, _MONTHS, last)


def test_a_line_without_numbers_or_months_at_its_head_begins_with_no_date() -> None:
    """Words alone, and a number further on, are no beginning; a mark before the number is."""
    begins = [begins_within(text, _MONTHS, 4) for text in ("Sent 3 July", "«3» July", "May we")]

    assert [False, True, True] == begins
