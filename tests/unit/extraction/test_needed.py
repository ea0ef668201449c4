"""A text without the letters that a pattern needs holds no match of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.catalogue import _SUBJECT_LETTERS, _SUBJECTS
from cablegraph.extraction.groups import _REPRESENTATIVES, _VESSEL
from cablegraph.extraction.meetings import _DATA as _MEETINGS
from cablegraph.extraction.needed import (
    _all_needed,
    find_needed,
    fold_case,
    holds_any,
    may_match,
)

PATTERNS = [
    re.compile(regex, re.IGNORECASE)
    for regex in (
        r"truce|cease-?fire",
        r"(?:peace|truce) (?:talks|feelers)",
        r"\bwithdraw(?:s|al)?\b(?! of funds)",
        r"(?P<a>[xy]+)?supply(?P=a)?",
        r"(?:sh(?:ip|ell))+s{2,}",
        r"(?>convoy)|es?cort",
        r"\d+",
        r"войн\w*|перемири[ея]",
    )
]
PIECES = (
    *("truce", "CEASE", "fire", "cease-fire", "peace ", "talks", "withdrawal", " of funds", "xx"),
    *("supply", "SHIP", "shell", "ss", "convoy", "ecort", "escort", "1951", "Войны", "ПЕРЕМИРИЕ"),
    *("İ", "ſ", "ı", " ", "-"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_every_match_holds_letters_that_its_pattern_needs(text: str) -> None:
    """Where none of the letters stand, a search finds nothing either."""
    for pattern in PATTERNS:
        assert pattern.search(text) is None or holds_any(fold_case(text), find_needed(pattern))
        assert pattern.search(text) is None or may_match(pattern, text)


@pytest.mark.parametrize(
    ("regex", "needed"),
    [
        (r"truce|cease-?fire", {"truce", "cease"}),
        (r"armed\s+(?:band|group)s", {"armed"}),
        (r"(?:un)?armed? in\b", {"arme"}),
        (r"x?\d+", {""}),
        (r"(?:ab|c)+ defg", {" defg"}),
    ],
)
def test_the_longest_letters_that_a_match_cannot_do_without(regex: str, needed: set[str]) -> None:
    """Of several the longest are taken; what may be left out, or is a class, is none of them."""
    assert needed == find_needed(re.compile(regex))


def test_every_choice_that_a_match_needs_is_asked_for() -> None:
    """A text with the first word of a pattern and not with its last one holds no match."""
    pattern = re.compile(r"agree(?:d|s)?\s+to\s+(?:a\s+)?meet(?:ing)?")

    assert {frozenset({"agree"}), frozenset({"meet"})} <= set(_all_needed(pattern))
    assert not may_match(pattern, "They agreed to this")
    assert may_match(pattern, "They meet and agree")


def test_letters_that_are_alike_without_regard_to_case_are_alike_here() -> None:
    """A dotted capital and a long s stand for the plain letters, as they do for patterns."""
    assert re.search("sis", "Sİſ", re.IGNORECASE)
    assert "sis" == fold_case("Sİſ")


def test_every_subject_needs_letters() -> None:
    """No pattern of the list of subjects would be searched for in every text."""
    assert len(_SUBJECTS) == len(_SUBJECT_LETTERS)
    assert [] == [
        row for row, needed in zip(_SUBJECTS, _SUBJECT_LETTERS, strict=True) if "" in needed
    ]


LINES = (
    *("We agree to a meeting", "your two proposals", "his representatives met", "the Danish ship"),
    *("согласны на встречу", "ваши предложения", "их представители", "датское судно", "nothing"),
)
RULES = [
    *(pattern for name in ("agreed", "offers") for pattern in _MEETINGS[name].values()),
    *_REPRESENTATIVES.values(),
    *_VESSEL.values(),
]


@given(st.lists(st.sampled_from(LINES), max_size=5).map("\n".join))
def test_a_text_that_may_match_nothing_has_no_line_that_does(text: str) -> None:
    """A rule that leaves out the lines of a text loses nothing by it."""
    for pattern in RULES:
        found = any(pattern.search(line) for line in text.split("\n"))
        assert may_match(pattern, text) or not found


def test_each_rule_finds_something_in_the_lines_and_leaves_some_out() -> None:
    """No rule passes over everything, and each passes over what lacks its letters."""
    assert all(any(map(pattern.search, LINES)) for pattern in RULES)
    assert not any(may_match(pattern, "nothing") for pattern in RULES)
