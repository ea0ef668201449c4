"""A class of characters that has the commonest in a list holds what Unicode says it holds."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.authorities.characters import ALNUMS, LETTER, NO_SMALL_LETTER, SOME_LETTERS

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
PIECES = st.sampled_from(
    ("a", "Z", "é", "Ж", "ё", "7", "٣", "_", " ", "\n", "’", "-", "胡", "𐐀", "ʼ")
)


@pytest.mark.parametrize(
    ("quick", "plain"),
    [(LETTER, r"[^\W\d_]"), (NO_SMALL_LETTER, r"[^\W\d_a-zа-яё]"), (ALNUMS, r"[^\W_]")],
)
def test_a_class_holds_the_characters_of_its_definition(quick: str, plain: str) -> None:
    """No character of Unicode is left out, and none is added."""
    one = re.compile(quick)
    expected = re.findall(plain, EVERY)

    assert expected == [character for character in EVERY if one.fullmatch(character)]


@given(text=st.lists(PIECES, max_size=12).map("".join))
def test_words_are_those_of_the_plain_classes(text: str) -> None:
    """ASCII letters that are run over first end no word early."""
    assert re.findall(r"[^\W\d_]+", text) == re.findall(SOME_LETTERS, text)
    assert re.findall(r"[^\W_]+", text) == re.findall(ALNUMS, text)
