"""The cue lexicon is read strictly, and it alone decides which words take a stance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_messages import read_in

from cablegraph.errors import Faults
from cablegraph.extraction.stances.lexicon import (
    COLUMNS,
    CueError,
    coarse_kind,
    load_lexicon,
    parse_lexicon,
)
from cablegraph.extraction.stances.patterns import PhraseError, find_words, parse_phrase

HEAD = ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("(should|ought to) [also] reject*", "we ought to also rejecting", 5),
        ("у* нас нет", "У нас нет", 3),
        ("answer ~2 agreement", "answer him with agreement", 4),
        ("answer ~1 agreement", "answer him with agreement", None),
        ("must be *ed", "must, be signed", 3),
        ("еще раз", "ещё раз", 2),
        ("give up", "give; up", None),
    ],
)
def test_a_phrase_is_found_in_words(phrase: str, text: str, expected: int | None) -> None:
    """Alternatives, options, gaps and endings are found; nothing reaches over a semicolon."""
    words = find_words(text, 0, len(text))
    places = [parse_phrase(phrase).match(words, index) for index in range(len(words.tokens))]

    assert expected == next((place for place in places if place), None)


@pytest.mark.parametrize("phrase", ["", "(a|b", "a)", "~2 a", "a ~2", "[a]", "a | b ?", "(a|)"])
def test_a_phrase_that_means_nothing_is_refused(phrase: str) -> None:
    """Open brackets, gaps at an edge, unknown signs and phrases of nothing are errors."""
    with pytest.raises(PhraseError):
        parse_phrase(phrase)


@pytest.mark.parametrize(
    "row",
    [
        "a,en,accept,,accept",  # too few cells
        "A b,en,accept,,accept,,,,,",
        "a,fr,accept,,accept,,,,,",
        "a,en,welcome,,accept,,,,,",
        "a,en,accept,strong,accept,,,,,",
        "a,en,accept,,(accept,,,,,",
        "a,en,accept,,accept,mine,,,,",
        "a,en,accept,,accept,,,hate,,",
        "a,en,modal,,should,,,,,",
        "a,en,negation,permit,not,,,,,",
    ],
)
def test_a_bad_row_is_told_with_file_and_line(row: str) -> None:
    """Each row that can't be used is named with its line, and all of them at once."""
    good = "b,en,accept,,accept,,,,,\n"
    with pytest.raises(Faults) as caught:
        parse_lexicon(f"{HEAD}{good}{row}\n{row}\n", "cues.csv")

    assert ["cues.csv:3:1", "cues.csv:4:1"] == [one.where for one in caught.value.exceptions]  # type: ignore[union-attr]


def test_a_lexicon_without_its_head_is_refused() -> None:
    """The columns are named in the first line."""
    with pytest.raises(CueError, match=r"cues\.csv:1:1"):
        parse_lexicon("id,pattern\n", "cues.csv")


def test_an_identifier_stands_once() -> None:
    """The second row of an identifier is an error."""
    row = "a,en,accept,,accept,,,,,\n"
    with pytest.raises(Faults):
        parse_lexicon(HEAD + row + row, "cues.csv")


@pytest.mark.parametrize(
    ("kind", "expected"), [("decline", "reject"), ("delegate", "request"), ("demand", "insist")]
)
def test_a_kind_folds_into_a_coarse_one(kind: str, expected: str) -> None:
    """The coarse kind is that of the vocabulary."""
    assert expected == coarse_kind(kind)


ROWS = (
    HEAD + "should,en,modal,recommend,should,,,,,\n"
    "reject,en,reject,,(reject|rejected),other,,no-objection,,\n"
    "adopt,en,accept,,(adopt|adopted),other,,reject,,\n"
    "moot,en,defer,assent,is moot,any,,,,\n"
    "not,en,negation,,not,,,,,\n"
)
TEXT = (
    "The first point should be adopted. The second point should not be adopted. "
    "The third point should be rejected. The fourth point is moot."
)


@given(st.sampled_from(["reject", "adopt", "moot"]))
def test_taking_a_row_out_takes_its_stances_and_no_others(row: str) -> None:
    """The lexicon decides: without a row the stances that rest on it are gone."""
    whole = parse_lexicon(ROWS, "cues.csv")
    told = [(one.cue, one.words.text) for one in read_in(TEXT, lexicon=whole)]
    left = [(one.cue, one.words.text) for one in read_in(TEXT, lexicon=whole.without(row))]

    assert 4 == len(told)
    assert [pair for pair in told if pair[0] != row] == left


def test_without_its_modal_an_action_takes_no_stance() -> None:
    """An action needs a modal, the imperative or the first person."""
    lexicon = parse_lexicon(ROWS, "cues.csv").without("should")

    assert ["moot"] == [one.cue for one in read_in(TEXT, lexicon=lexicon)]


def test_the_lexicon_of_the_package_is_in_order() -> None:
    """It loads, and has rows of both languages."""
    assert {"en", "ru"} == {cue.language for cue in load_lexicon().cues}
