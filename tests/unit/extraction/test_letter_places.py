"""Where letters stand that patterns need: nothing is passed over that a search would find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.catalogue import _SUBJECT_LETTERS, _SUBJECTS
from cablegraph.extraction.letter_places import Needs, find_letters, lies_within
from cablegraph.extraction.needed import find_needed

WORDS = st.sampled_from(
    ["armistice", "Truce", "talks", "Peace", "TALKS", "cease", "fire", "-", " ", "\n", "перемирие",
     "о мире", "Мирные", "переговоры", "İ", "ſ", "\u0307", "x", ". "]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=25).map("".join)


@given(TEXTS, st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted))
def test_what_a_search_of_each_stretch_finds_is_among_the_chances(
    text: str, stretch: list[int]
) -> None:
    """Every pattern that matches within the stretch is returned, in the order of the list."""
    start, end = stretch
    rows = list(zip(_SUBJECTS, _SUBJECT_LETTERS, strict=True))
    chances = Needs(rows).chances(text)
    found = [row for row, _ in rows if row[2].search(text, start, end)]
    within = chances.within(start, end)

    assert found == [row for row in within if row in found]
    assert within == [row for row, _ in rows if row in within]


@given(TEXTS)
def test_every_match_holds_letters_at_a_place(text: str) -> None:
    """A stretch without letters that are needed has no match."""
    pattern = re.compile(r"peace talks?|truces?|мирн\w+", re.IGNORECASE)
    places = find_letters(text, find_needed(pattern))

    for match in pattern.finditer(text):
        assert lies_within(places, *match.span())


def test_letters_that_are_part_of_others_stand_for_them() -> None:
    """Each place is told once, and a pattern without letters of its own may match anywhere."""
    assert [3] == find_letters("An agreement", {"agree", "agreement"})
    assert find_letters("An agreement", {""}) is None
    assert find_letters("no\u0307te", {"note"}) is None
    assert not lies_within([3, 9], 4, 9)
    assert lies_within(None, 4, 9)
    assert ["b"] == Needs([("a", {"y"}), ("b", {""})]).chances("x b").within(0, 1)
