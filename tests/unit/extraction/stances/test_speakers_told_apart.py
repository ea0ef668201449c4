"""Who takes a stance: the sender, the signatories of a draft, or somebody who is reported."""

from __future__ import annotations

import pytest
from invented_messages import read_in, scene_of

from cablegraph.extraction.stances.units import find_units

HOLDERS = [
    ("The second point should be rejected.", ("person/stalin",)),
    ("Kim Il Sung said that the second point should be rejected.", ("person/kim",)),
    (
        "Zhou Enlai came yesterday. He said that the second point should be rejected.",
        ("person/zhou-enlai",),
    ),
    ("I told Kim Il Sung that the second point should be rejected.", ("person/stalin",)),
    ("According to Kim Il Sung the second point should be rejected.", ("person/kim",)),
]


@pytest.mark.parametrize(("text", "expected"), HOLDERS)
def test_whose_words_they_are(text: str, expected: tuple[str, ...]) -> None:
    """A verb of saying and its subject tell whose words follow; "he" is who was named before."""
    (found,) = read_in(text)

    assert expected == found.speakers


def test_only_the_sender_advises_the_addressee() -> None:
    """What somebody else is reported to say advises nobody here."""
    said, told = read_in(
        "The second point should be rejected.\n\nKim Il Sung said that the third should be: "
        "the third point should be rejected."
    )[:2]

    assert ("person/mao",) == said.advised
    assert told.speakers != ("person/kim",) or () == told.advised


def test_a_draft_is_spoken_by_its_signatories() -> None:
    """A message inside the telegram is a unit of its own, and its words are no advice."""
    text = (
        "Send to Ridgway today an answer like this:\n\n“To General RIDGWAY. We accept your second "
        "point.\n\nCommander in Chief of the Korean People's Army\nKIM IL SUNG”"
    )
    scene = scene_of(text)
    (parts,) = scene.texts
    units = find_units(scene, parts)
    found = read_in(text)

    assert [("person/stalin",), ("person/kim",)] == [unit.speakers for unit in units]
    assert [("instruct", ("person/mao",)), ("accept", ())] == [(o.kind, o.advised) for o in found]
