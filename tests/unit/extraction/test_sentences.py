"""Sentences of telegrams, in two languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.sentences import _END, find_sentences, sentence_at

# What may end a sentence: marks before white space, an empty line, a line that is not gone on with.
PLAIN_END = re.compile(r"[.!?…:]+[\"”»“)\]]*(?=\s)|\n\s*\n|\n(?=\s*[\"“«A-ZА-ЯЁ])")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ждите. Ответим.", ["Ждите.", "Ответим."]),
        ("Тов. Мао Цзэдун ждёт. Да.", ["Тов. Мао Цзэдун ждёт.", "Да."]),
        ("It is 3.7.51. We wait.", ["It is 3.7.51.", "We wait."]),
        ("Your No. 345 came. Wait.", ["Your No. 345 came.", "Wait."]),
        ("I. V. Stalin waits. So?", ["I. V. Stalin waits.", "So?"]),
        ("Он ждёт\nответа. Да.", ["Он ждёт\nответа.", "Да."]),
        ("First\n\nSecond", ["First", "Second"]),
        ("“We agree.” He left.", ["“We agree.”", "He left."]),
        ("", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    """A stop ends a sentence unless it belongs to an abbreviation, an initial or a number."""
    assert expected == [text[start:end] for start, end in find_sentences(text)]


def test_a_place_lies_in_its_sentence() -> None:
    """The sentence at an offset holds it."""
    text = "Ждите. Ответим завтра. Да."
    start, end = sentence_at(text, text.index("завтра"))

    assert "Ответим завтра." == text[start:end]


@given(st.text(alphabet="аб AБ.!?\n«»тов", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    """Sentences are in order and apart, and nothing but white space is between them."""
    end = 0
    for first, last in find_sentences(text):
        assert end <= first < last
        assert not text[end:first].strip()
        end = last
    assert not text[end:].strip()


@given(st.text(alphabet='аAБb.!?…:\n \t"”»“«)]', max_size=40))
def test_ends_are_sought_where_their_first_character_stands(text: str) -> None:
    """The pattern that names the first character finds what the plain one does."""
    plain = [match.span() for match in PLAIN_END.finditer(text)]

    assert plain == [match.span() for match in _END.finditer(text)]
