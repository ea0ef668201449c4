"""Labels of proposals and reasons: a noun phrase of the message's own words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.stances.label import (
    LONGEST,
    is_bare,
    is_sentence,
    key_of,
    label_phrase,
    label_point,
    short_name,
)


@pytest.mark.parametrize(
    ("phrase", "language", "label"),
    [
        ("a proposal for an exchange of wounded prisoners", "en", "exchange of wounded prisoners"),
        ("our plan to open the port", "en", "open the port"),
        ("with reference to the fact that the harvest has failed", "en", "the harvest has failed"),
        ("You must keep the [old] line.", "en", "You must keep the line"),
        ("talks with MAO ZEDONG and the UN", "en", "talks with Mao Zedong and the UN"),
        ("Ваше предложение об обмене ранеными", "ru", "обмене ранеными"),
        ("чтобы конференция открылась в мае", "ru", "конференция открылась в мае"),
        ("the truce", "en", "truce"),
        ("[так в тексте]", "ru", ""),
    ],
)
def test_a_label_is_the_matter_itself(phrase: str, language: str, label: str) -> None:
    """Words that lead to the matter, brackets and capitals go; a sentence stays whole."""
    assert label == label_phrase(phrase, language)


def test_a_long_label_ends_with_a_word_that_can_end_it() -> None:
    """Cut before what only adds, else between words, never after a preposition or an article."""
    aside = (
        "an exchange of all prisoners held in the north, first the wounded and then everybody else"
    )
    long = "an exchange of all prisoners held in the north and of all those in camps of the south"

    assert "exchange of all prisoners held in the north" == label_phrase(aside, "en", 60)
    assert "exchange of all prisoners held in the north" == label_phrase(long, "en", 58)


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "de", ""]))
def test_no_label_is_too_long_and_every_key_can_stand_in_a_path(phrase: str, language: str) -> None:
    """Whatever the words are."""
    label = label_phrase(phrase, language)
    key = key_of(label, language)

    assert len(label) <= LONGEST
    assert key
    assert not key.strip("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_what_only_points_at_a_proposal_names_none() -> None:
    """A pronoun or "your proposals" is bare; a matter makes it tell something."""
    bare = [
        ("it", "en"),
        ("both of these proposals", "en"),
        ("эти предложения", "ru"),
        ("его", "ru"),
    ]

    assert all(is_bare(*pair) for pair in bare)
    assert not is_bare("the commission", "en")
    assert is_sentence("Связь должны держать вы", "ru")


def test_a_point_says_whose_it_is_and_of_when() -> None:
    """As a heading of a table would have it; an unknown part keeps its letter."""
    assert "Mao's point 2, part z (1951)" == label_point("2", "z", "Mao", "1951")
    assert "point 4" == label_point("4", None, None, None)
    assert "Kim" == short_name("person/kim", "Kim Il Sung")
    assert "Rákosi" == short_name("person/rakosi", "Mátyás Rákosi")
    assert "Ann Lee" == short_name("person/somebody-else", "Ann Lee")


@pytest.mark.parametrize("piece", ["the ", "your proposal about ", "чтобы ", "A", "a,", "и о "])
def test_no_pattern_is_slow(piece: str) -> None:
    """A hundred thousand characters of one kind are labelled in a moment."""
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    for language in ("en", "ru"):
        label_phrase(text, language)
        is_bare(text, language)

    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("The consul suggests another clause on the salt tax", "another clause on the salt tax"),
        ("I suggested the sale of two ships", "the sale of two ships"),
    ],
)
def test_a_label_does_not_begin_with_who_puts_it(phrase: str, expected: str) -> None:
    """Subject and verb of putting are no part of the matter, where a noun phrase follows."""
    assert expected == label_phrase(phrase, "en")
