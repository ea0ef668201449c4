"""Patterns tried only where they may begin find what they find when they are tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cablegraph.extraction.stances.openings import Marked, Opening, find_heads, opening
from cablegraph.extraction.stances.patterns import parse_phrase
from cablegraph.extraction.stances.starts import Starts
from cablegraph.extraction.stances.words import _read, find_words, fold_letters

PATTERNS = (
    r"yours?|you|your excellency",
    r"it(?=\s+will)|counter-?plans?|(?:in|to)\s+(?P<whose>his|her)",
    r"мо[её]|нас|в\s+случае",
    r"[Tt]he (?:writer|others?)|charg[eé]",
    r"in|to|we",
)
PIECES = (
    "you", "Your", "yours", "YOU", "it", "will", "counter-plan", "counterplans", "in", "to", "his",
    "мое", "МОЁ", "нас", "в", "случае", "the", "The", "writer", "chargé", "charge", "ı", "ſ", "K",
    " ", "  ", "\n", "-", "'", "’", ".", "; ", "? ", "…", "_", "7",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
cuts = st.tuples(st.integers(0, 60), st.integers(0, 60))


def _within(text: str, cut: tuple[int, int]) -> tuple[int, int]:
    start, end = sorted(min(place, len(text)) for place in cut)
    return start, end


@pytest.mark.parametrize("words", PATTERNS)
@given(text=texts)
@example(text="toin us: itwe, yoursyou мойнас")
def test_an_opening_finds_what_its_pattern_finds(words: str, text: str) -> None:
    """For any text and any beginning of it, even one that ends within a word."""
    quick, plain = opening(words), re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for end in range(len(text) + 1):
        found = [match.span() for match in quick.finditer(text, end // 3, end)]

        assert [match.span() for match in plain.finditer(text, end // 3, end)] == found


@given(text=texts, cut=cuts)
def test_a_marked_pattern_is_tried_where_its_mark_stands(text: str, cut: tuple[int, int]) -> None:
    """Without one of its marks in the stretch the pattern would find nothing."""
    start, end = _within(text, cut)
    pattern = r"\w+\s+(?:will|writer)\b"
    found = [match.span() for match in Marked(pattern, "will|writer").finditer(text, start, end)]

    assert [m.span() for m in re.compile(pattern, re.I).finditer(text, start, end)] == found


def test_an_opening_may_be_an_ending() -> None:
    """A head with a star before it stands for the words that end so."""
    text = "Пришли шведы, а не немцы."
    found = Opening(r"(?<!\w)\w*?(?:веды|цы)(?!\w)", ["*веды", "*цы"]).finditer(text, 0, len(text))

    assert ["шведы", "немцы"] == [match.group() for match in found]


@pytest.mark.parametrize("words", [r"\w+ing", "[A-Z]x", "(?:a|.b)"])
def test_a_pattern_that_begins_with_no_letter_has_no_heads(words: str) -> None:
    """It could begin with any word, and is refused rather than overlooked."""
    with pytest.raises(ValueError, match="begins with no letter"):
        find_heads(words)


def test_letters_that_a_pattern_takes_for_one_are_folded_to_one() -> None:
    """Whatever matches a letter when case does not count becomes that letter."""
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяё"
    every = "".join(map(chr, range(0x30000)))
    found = {
        (letter, other)
        for letter in letters
        for other in re.findall(letter, every, re.IGNORECASE)
        if fold_letters(other) != fold_letters(letter)
    }

    assert set() == found


@given(text=texts)
@example(text="In case. You will; to his… The-writer's one?")
def test_words_of_a_stretch_are_those_of_the_stretch_alone(text: str) -> None:
    """Words taken from the words of the whole text are as if the stretch alone were read."""
    for end in range(len(text) + 1):
        part, alone = find_words(text, end // 3, end), _read(text, end // 3, end)

        assert (alone.tokens, alone.spans) == (part.tokens, part.spans)


PHRASES = ("you [will]", "(it|in) ~1 the", "*s", "к*", "(the writer|yours)", "to (his|the) [in]",
           "in case", "ch*ge", "(you|the writer) will")  # fmt: skip


@given(text=texts, cut=cuts)
@example(text="you; in the case? to his; ch ge, charge the writer will", cut=(0, 60))
def test_phrases_found_by_two_words_are_those_found_everywhere(
    text: str, cut: tuple[int, int]
) -> None:
    """A phrase is tried where its first word and one that may come second stand, and found."""
    phrases = [parse_phrase(phrase) for phrase in PHRASES]
    words = find_words(text, *_within(text, cut))
    every = {
        (index, place, last)
        for index in range(len(words.tokens))
        for place, phrase in enumerate(phrases)
        if (last := phrase.match(words, index)) is not None
    }

    assert every == set(Starts(phrases).find(words))
    assert every == set(Starts(phrases).find_kept(words))
