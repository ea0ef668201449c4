"""What is put in a list is put item by item; a list of other things puts nothing."""

from __future__ import annotations

import pytest
from invented_messages import brief, read_in

from cablegraph.extraction.stances.lists import find_items

LISTS = [
    (
        "en",
        "We put forward the following requests: first, that two ships be sent; second, that a "
        "loan be granted; and third, that the harbour be dredged.",
        [
            ("request", "recommend", "two ships be sent"),
            ("request", "recommend", "a loan be granted"),
            ("request", "recommend", "the harbour be dredged"),
        ],
    ),
    (
        "en",
        "We propose the following points:\n\n1. To call a conference. It may last a week.\n\n"
        "2. To open the harbour.\n\nThe answer will be published.",
        [
            ("propose", "commit", "call a conference"),
            ("propose", "commit", "open the harbour"),
        ],
    ),
    (
        "ru",
        "Предлагаем следующее: 1) созвать конференцию; 2) открыть гавань.",
        [("propose", "commit", "созвать конференцию"), ("propose", "commit", "открыть гавань")],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), LISTS)
def test_each_item_takes_the_stance_of_its_lead(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    """The lead itself is no proposal; a paragraph without a number ends the list."""
    assert expected == brief(read_in(text, language))


def test_a_list_of_guests_puts_nothing() -> None:
    """Only a lead that takes a stance has items that take it."""
    text = "The following delegations arrived: 1) the Polish; 2) the Czech."

    assert [] == read_in(text)


def test_items_are_numbered_without_a_gap() -> None:
    """A figure that does not count on is a figure of the item."""
    text = "1) 50 engineers; 3) 20 lorries; 2) a credit."

    assert ["50 engineers; 3) 20 lorries", "a credit"] == [
        text[item.start : item.end] for item in find_items(text, 0, len(text), "en")
    ]


def test_a_long_line_is_searched_in_little_time() -> None:
    """The patterns of lists do not grow with the square of a line."""
    text = "the following three " * 5000 + "1) x " * 100

    assert [] == find_items(text, 0, len(text), "en")
