"""Dates of TEI: attributes and English prose as EDTF."""

from __future__ import annotations

import pytest
from lxml import etree

from cablegraph.records.tei.dates import find_date, read_date, read_stamps
from cablegraph.sources.xml import Node


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"when": "1921-05-03"}, "1921-05-03"),
        ({"when": "1921-05"}, "1921-05"),
        ({"when": "1921-05-03T17:00:00"}, "1921-05-03T17:00:00"),
        ({"when": "1921-05-03T17:00:00+02:00"}, "1921-05-03T17:00:00+02:00"),
        ({"when": "1921-13-03"}, None),
        ({"when": "--05-03"}, None),
        ({"from": "1921-05-03", "to": "1921-05-05"}, "1921-05-03/1921-05-05"),
        ({"notBefore": "1921-05-03", "notAfter": "1921-05-05"}, "[1921-05-03..1921-05-05]"),
        ({"notBefore": "1921"}, "1921/.."),
        ({"notAfter": "1921"}, "../1921"),
        ({"from": "1921-05-03T08:00:00", "to": "1921-05-03T09:00:00"}, "1921-05-03"),
        ({}, None),
    ],
)
def test_attributes_give_the_date(attributes: dict[str, str], expected: str | None) -> None:
    """A day, a stretch, or one day of several; what is no date is none."""
    element = etree.Element("date")
    for name, value in attributes.items():
        element.set(name, value)

    assert expected == read_date(Node(element, 0, 0, 0, "date"))


@pytest.mark.parametrize(
    ("words", "sent", "expected"),
    [
        ("Received May 3, 6:40 p.m.", "1934-05-02", "1934-05-03T18:40:00"),
        ("Received 10.05 a.m.", "1934-05-02T22:00:00", "1934-05-02T10:05:00"),
        ("Received January 2", "1934-12-30", "1935-01-02"),
        ("Received midnight", "1934-12-30", "1934-12-30T00:00:00"),
        ("Received December 30, 1934—noon", None, "1934-12-30T12:00:00"),
        ("3 May 1921, 1730Z", None, "1921-05-03T17:30:00Z"),
        ("Received May 3", None, None),
        ("February 31, 1934", None, None),
    ],
)
def test_prose_is_completed_by_the_day_of_sending(
    words: str, sent: str | None, expected: str | None
) -> None:
    """The year, or the whole day, is that of the message, at or after its sending."""
    found = find_date(words)

    assert found is not None
    assert expected == found.edtf(sent)


def test_what_is_no_date_is_not_found() -> None:
    """A number alone is no date."""
    assert find_date("No. 17 of the series") is None


def test_stamps_are_a_day_or_a_choice_of_days() -> None:
    """Both ends of one day are that day."""
    assert "1969-01-20" == read_stamps(["1969-01-20T00:00:00-05:00", "1969-01-20T23:59:59-05:00"])
    assert read_stamps(["soon"]) is None
