"""Patterns tried only where they may begin find what they find when they are tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cablegraph.extraction.stances.openings import Marked, Opening, find_heads, opening
from cablegraph.extraction.stances.parties import _finders
from cablegraph.extraction.stances.patterns import parse_phrase
from cablegraph.extraction.stances.starts import Starts
from cablegraph.extraction.stances.words import _read, _read_each, find_words, fold_letters

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


@pytest.mark.parametrize("words", PATTERNS)
@given(text=texts, cut=cuts)
def test_what_begins_in_a_stretch_may_go_on_behind_it(
    words: str, text: str, cut: tuple[int, int]
) -> None:
    """What begins within is found whole, and nothing that begins behind."""
    (start, last), plain = _within(text, cut), re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)
    found = [match.span() for match in opening(words).begun_within(text, start, last)]

    assert [m.span() for m in plain.finditer(text, start) if m.start() < last] == found


@given(text=texts, cut=cuts)
def test_a_marked_pattern_is_tried_where_its_mark_stands(text: str, cut: tuple[int, int]) -> None:
    """Without one of its marks in the stretch the pattern would find nothing."""
    start, end = _within(text, cut)
    pattern = r"\w+\s+(?:will|writer)\b"
    found = [match.span() for match in Marked(pattern, "will|writer").finditer(text, start, end)]

    assert [m.span() for m in re.compile(pattern, re.I).finditer(text, start, end)] == found


@given(one=texts, other=texts)
def test_an_opening_keeps_the_places_of_one_text_apart_from_those_of_another(
    one: str, other: str
) -> None:
    """Whichever text was asked of before, the places are those of the text asked of."""
    quick = opening(PATTERNS[0])
    asked = [
        (text, [m.span() for m in quick.finditer(text, 0, len(text))]) for text in (one, other)
    ]

    for text, found in [*asked, *asked]:
        assert found == [m.span() for m in quick.finditer(text, 0, len(text))]
        assert found == [m.span() for m in opening(PATTERNS[0]).finditer(text, 0, len(text))]


def test_an_opening_made_later_is_found_in_a_text_asked_of_before() -> None:
    """The words of a text are told anew when there is one more pattern to find."""
    text = "They yield; the zebras do not."
    assert opening("they").search(text, 0, len(text))

    assert opening("zebras?").search(text, 0, len(text))


NAMES = (
    "The", "the", "Danish", "North", "Korean", "Foreign", "Minister", "Government", "Legation",
    "Roa", "Roa-Vane", "quietly", "also", "said", "Parliament", "Acting", "Secretary", "General",
    "Secretary-General", "of", "it", "Anti-Danish", "Élan", " ", " ", " ", "\n", ", ", ". ", "-",
)  # fmt: skip


@given(text=st.lists(st.sampled_from(NAMES), max_size=30).map("".join), cut=cuts)
@example(text="The Danish Foreign Minister came. Roa also said it", cut=(0, 50))
@example(text="Anti-Danish Government, the Acting Secretary-General", cut=(0, 60))
def test_a_pattern_of_parties_is_tried_wherever_it_may_begin(
    text: str, cut: tuple[int, int]
) -> None:
    """Each pattern with a mark finds what it finds when it is tried everywhere."""
    start, end = _within(text, cut)
    marked = [finder for _, finder in _finders("en") if isinstance(finder, Marked)]

    assert len(marked) == 4
    for finder in marked:
        found = [match.span() for match in finder.finditer(text, start, end)]
        assert [match.span() for match in finder.pattern.finditer(text, start, end)] == found


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


@given(text=st.text(alphabet="aİΣσς.ſıßéЁё’'-_7\n ;A\u0307", max_size=25))
def test_words_made_small_together_are_those_made_small_one_by_one(text: str) -> None:
    """A letter that has two small ones, or one by its place in the word, changes nothing."""
    together, each = _read(text, 0, len(text)), _read_each(text, 0, len(text))

    assert (each.folded, each.spans, each.starts) == (
        together.folded,
        together.spans,
        together.starts,
    )


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


@given(text=texts)
def test_the_places_of_phrases_are_those_where_they_are_found(text: str) -> None:
    """Each word at which a phrase begins is a place, once."""
    starts = Starts(parse_phrase(phrase) for phrase in PHRASES)
    words = find_words(text, 0, len(text))
    begins = sorted({words.spans[index][0] for index, _, _ in starts.find(words)})

    assert begins == starts.find_places(text)


def test_it_is_told_once_what_a_word_does_for_phrases() -> None:
    """A word that comes again is not compared with the phrases again."""
    starts = Starts(parse_phrase(phrase) for phrase in PHRASES)
    words = find_words("you will, you will; you will", 0, 28)
    found = list(starts.find(words))
    kept = dict(starts._rows)

    assert {"you", "will", "|", ""} == set(kept)
    assert found == list(starts.find(words))
    assert kept == starts._rows
