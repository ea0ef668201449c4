"""Sentences of telegrams, in two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.sentences import find_sentences, sentence_at


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
