"""Sentences are cut into clauses with the conditions and reasons that govern them."""

from __future__ import annotations

import pytest

from cablegraph.extraction.stances.clauses import find_clauses

CASES = [
    (
        "en",
        "It may stay, but if they raise it, drop it.",
        [("It may stay", [], []), ("drop it.", ["if they raise it"], [])],
    ),
    (
        "en",
        "It can be accepted if they agree to it.",
        [("It can be accepted", ["if they agree to it"], [])],
    ),
    (
        "en",
        "If they ask, then refuse, because it is late, but offer them tea.",
        [
            ("then refuse", ["If they ask"], ["because it is late"]),
            ("but offer them tea.", ["If they ask"], []),
        ],
    ),
    (
        "en",
        "Should they refuse, we shall leave.",
        [("we shall leave.", ["Should they refuse"], [])],
    ),
    ("en", "As you pointed out, we accept it.", [("As you pointed out, we accept it.", [], [])]),
    (
        "ru",
        "Если они спросят, то отклоните, ссылаясь на то, что поздно, а предложить чай.",
        [
            ("то отклоните", ["Если они спросят"], ["ссылаясь на то, что поздно"]),
            ("а предложить чай.", ["Если они спросят"], []),
        ],
    ),
    ("ru", "В случае их отказа мы уедем.", [("мы уедем.", ["В случае их отказа"], [])]),
    (
        "ru",
        "Пункт можно снять, если они возразят.",
        [("Пункт можно снять", ["если они возразят"], [])],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_a_sentence_is_cut_into_clauses(
    language: str, text: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    """A main clause has the conditions that govern it and the reasons given for it."""
    found = [
        (
            text[clause.start : clause.end],
            [text[piece.start : piece.end] for piece in clause.provisos],
            [text[piece.start : piece.end] for piece in clause.reasons],
        )
        for sentence in find_clauses(text, 0, len(text), language)
        for clause in sentence.clauses
        if clause.end - clause.start > 3
    ]

    assert expected == found


def test_a_sentence_may_be_the_ground_of_the_one_before() -> None:
    """ "Bear in mind that" opens a reason; the words after it are the reason."""
    text = "Bear in mind that winter is near."
    (sentence,) = find_clauses(text, 0, len(text), "en")

    assert sentence.ground is not None
    assert "winter is near." == text[sentence.ground :]


@pytest.mark.parametrize("unit", ["if it is so, ", "if ", ", because of", "если да, то нет, "])
def test_a_line_of_one_hundred_thousand_characters_is_cut_in_time(unit: str) -> None:
    """Conditions without end neither hang nor take words twice."""
    text = unit * (100_000 // len(unit))
    language = "ru" if "если" in unit else "en"
    (sentence,) = find_clauses(text, 0, len(text), language)
    ends = [piece.end for piece in sentence.pieces]

    assert sorted(ends) == ends
