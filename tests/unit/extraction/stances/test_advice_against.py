"""What advice against a thing is depends on whose the thing is; a question of fact is nothing."""

from __future__ import annotations

import pytest
from invented_messages import brief, read_in


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Do not attack before spring.", ["advise-against"]),
        ("en", "The conference should not be called now.", ["advise-against"]),
        ("en", "Do not publish our plan for the harbour.", ["withhold"]),
        (
            "en",
            "The Americans put forward a plan for a truce. Do not discuss this plan with them.",
            ["propose", "reject"],
        ),
        ("en", "We do not wait for the tide.", []),
        ("ru", "Не следует торопить события.", ["advise-against"]),
    ],
)
def test_advice_against_depends_on_whose_the_thing_is(
    language: str, text: str, expected: list[str]
) -> None:
    """A course of nobody is advised against, the other side's refused, the own withheld."""
    assert expected == [one.kind for one in read_in(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "When will you leave?", []),
        ("en", "How many men are there?", []),
        ("en", "What should we answer?", ["consult"]),
        ("en", "How many rifles could you send us?", ["consult"]),
        ("ru", "Когда прибудет пароход?", []),
    ],
)
def test_a_question_of_fact_is_no_stance(language: str, text: str, expected: list[str]) -> None:
    """A question asks for something only where it asks for more than how things are."""
    assert expected == [one.kind for one in read_in(text, language)]


def test_what_takes_the_place_of_a_thing_refused_before_answers_it() -> None:
    """The refusal may be a sentence of its own."""
    text = (
        "The French put forward a plan for a free port. Do not accept this plan. "
        "Instead of it a customs union should be proposed."
    )
    *_, refused, found = read_in(text)

    assert "counter-propose" == found.kind
    assert found.answers is not None
    assert refused.target.key == found.answers.key


def test_the_enemy_takes_its_stance_itself() -> None:
    """An opponent whom no list knows is a party, and not whoever reports it."""
    (found,) = read_in("The enemy proposes a truce of two days.")

    assert ("group/enemy",) == found.speakers


def test_a_point_in_a_condition_is_what_it_means() -> None:
    """Where others refuse a point, "it" is that point."""
    found = read_in("If the Americans reject the second point, you should not insist on it.")

    assert [("may-drop", "recommend", "2")] == brief(found)
