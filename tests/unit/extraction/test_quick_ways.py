"""What is left out for the sake of speed would have found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from cablegraph.extraction.cues import _FORMS, form_of, is_closing, is_name_line
from cablegraph.extraction.dates import _MONTHS, _patterns, find_dates
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import _may_be_named
from cablegraph.extraction.marks_repair import OPEN, _is_far, distance
from cablegraph.extraction.stances.patterns import Phrase, find_words, parse_phrase
from cablegraph.extraction.stances.starts import Starts
from cablegraph.records.languages import find_script

DATES = (
    "3 июля 1951 года, в 23.10 4.7.51 и 5/VII 1951 г.",
    "from 3 to 5 July 1951, June-July 1951, July 3 and 4.",
    "on 28.10. at 12:00; 1951-07-03; between July 10 and 15, 1951",
    "10/14/50, 30/6/51, 3-7-1951 and ON/26/26/X/62 of last year",
)
WORDS = (
    "accept acceptance accepting do not don't could should ought to the proposal которую приняли "
    "принимаем не следует выдвигать a re rejected"
)


@pytest.mark.parametrize("text", DATES)
def test_no_pattern_of_a_date_does_without_a_digit(text: str) -> None:
    """A text without digits is not looked at, and no pattern would find a date in it."""
    blank = re.sub(r"\d", "x", text)

    assert list(find_dates(text))
    assert [] == [match for *_, pattern in _patterns() for match in pattern.finditer(blank)]


@pytest.mark.parametrize("text", DATES)
def test_no_pattern_with_a_month_does_without_its_name(text: str) -> None:
    """Where no month is named, the patterns that ask for one would find nothing."""
    blank = re.sub("|".join(sorted(_MONTHS, reverse=True)), "Xx", text, flags=re.IGNORECASE)
    kinds = ("either", "day", "month")
    named = [pattern for needed, _, pattern in _patterns() if needed in kinds]

    assert named
    assert [] == [match for pattern in named for match in pattern.finditer(blank)]


@pytest.mark.parametrize(
    "text",
    ["ZHOU ENLAI - 14 January 1951", "И. И. Иванов, 3.7.51", "NAME [so: 3] 5 July",
     "Roshchin 3/VII 51", "№ 18 – ИВАНОВ – 3 июля", "(3) NAME July 4, 1951", "Beijing, 3 July 1951",
     "On 3 July we met", "No. 12, 6.X.1950", "3 July 1951"],
)  # fmt: skip
def test_a_line_that_is_cut_before_its_date_may_be_named(text: str) -> None:
    """Whatever name stands before the only date of a line, the line is looked at."""
    dates = list(find_dates(text))
    before = text[: dates[0].start].rstrip(" ,-–—")

    assert dates
    if re.search(r"[^\W\d_]{3}", before) and is_name_line(before):
        assert _may_be_named(text)


def _hits(phrases: list[Phrase], places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    words = find_words(WORDS, 0, len(WORDS))
    return [at for at in places if phrases[at[1]].match(words, at[0]) is not None]


def test_a_phrase_is_tried_wherever_it_may_begin() -> None:
    """Phrases found by their words are those that match when all are tried everywhere."""
    written = ("accept*", "(should|ought to)", "[do] not", "не ~2 выдвигать", "*ed", "a", "re*")
    phrases = [parse_phrase(one) for one in written]
    words = find_words(WORDS, 0, len(WORDS))
    every = [(word, place) for word in range(len(words.tokens)) for place in range(len(phrases))]
    found = [(word, place) for word, place, _ in Starts(phrases).find(words)]

    assert found
    assert sorted(found) == _hits(phrases, every)


@pytest.mark.parametrize("one", ["подлежитвозврату", "подаежитвозврат", "возвратить", "секретно"])
@pytest.mark.parametrize("other", ["подлежитвозврату", "совершенносекретно", "снятькопию"])
def test_words_that_are_far_have_too_many_slips(one: str, other: str) -> None:
    """What the letters alone show to be far is far when the slips are counted."""
    assert not _is_far(one, other, OPEN) or distance(one, other) > OPEN * len(other)


@pytest.mark.parametrize(("text", "script"), [("平壤 P", "Hani"), ("Москва", "Cyrl"), ("12", None)])
def test_a_rare_script_is_seen_among_others(text: str, script: str | None) -> None:
    """A text with letters of another script is counted in every script."""
    assert script == find_script(text)


@pytest.mark.parametrize("concept", [concept for concept, _ in _FORMS])
def test_every_form_passes_the_gate_of_all_forms(concept: str) -> None:
    """A text that begins with a form of any kind is looked at closely."""
    words = settings("layout")["forms"][concept]

    assert words
    for word in words:
        text = f"{word.replace('?', '')} of 3 July"
        plain = [(m.end(), one) for one, pattern in _FORMS if (m := pattern.match(text))]
        assert form_of(text) == (max(plain)[1], max(plain)[0])


def test_a_line_longer_than_a_mark_is_no_closing() -> None:
    """What is longer than any mark is a paragraph, and is not searched for a date."""
    assert is_closing("3 July 1951 - 4 July 1951")
    assert is_closing(f"3 July{' ' * 80}1951")
    assert not is_closing(f"3 July{' ' * 120}1951")
