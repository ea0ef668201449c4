"""Whose stance a sentence with "it" takes: the state or body that was named last as a subject."""

from __future__ import annotations

import pytest
from invented_messages import read_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Turkish government sent a note. It demands that the straits be closed.",
            ("group/turkish-government",),
        ),
        ("The rain goes on. It is necessary to demand tents.", ("person/stalin",)),
    ],
)
def test_it_means_the_state_named_before(text: str, expected: tuple[str, ...]) -> None:
    """A verb of putting or taking makes a subject of "it"; an expletive is nobody."""
    (found,) = read_in(text)

    assert expected == found.speakers


def test_it_before_its_verb_is_no_proposal() -> None:
    """What it wants is named behind the verb."""
    *_, last = read_in("The Soviet Union rejects the plan of the Turks. It wants a conference.")

    assert "conference" == last.target.phrase
