"""Cues that a long sentence only mentions, whose holder it names otherwise, or who none has."""

from __future__ import annotations

import pytest
from invented_messages import read_in


@pytest.mark.parametrize(
    "text",
    [
        "Steps necessary to carry out the plan of the dykes were taken.",  # goes with a noun
        "It was hoped to reach an end by insisting upon the salt tax.",  # a preposition governs it
        "The ferry that was lost in May when the crew agreed to a strike is found.",  # subordinate
        "As the Danish Government suggested, the notes are printed.",  # opens with "as"
        "The weather officers are unable to render good service.",  # its subject is no party
        "The sums proposed by the Danish minister were high.",  # a participle behind a noun
        "The consul may wish to propose a railway.",  # what may come
        "You intend to confer with the bishop.",  # known to whom it is told
        "Accept, Excellency, the renewed assurances of my highest consideration.",
        "I have the honor to acknowledge the receipt of your note on the pilots.",
    ],
)
def test_what_is_only_mentioned_is_no_stance(text: str) -> None:
    """Relative and temporal clauses, attributes, forms of politeness and strangers take none."""
    assert [] == [(one.kind, one.cue) for one in read_in(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is necessary to carry out the plan of the dykes.", "insist"),
        ("The price of the salt, which we cannot accept, was named in May.", "reject"),
        ("The Danish Government suggested a truce in the harbour.", "propose"),
    ],
)
def test_the_same_words_take_a_stance_elsewhere(text: str, kind: str) -> None:
    """A predicate, "we" in a relative clause, and a party as subject."""
    assert kind in [one.kind for one in read_in(text)]


@pytest.mark.parametrize(
    ("text", "holder", "matter"),
    [
        ("The toll is opposed by the Danish minister.", "person/danish-minister", "The toll"),
        ("Danish Government is prepared to buy new notes.", "group/danish-government", "new notes"),
        ("Foreign Office rejects the toll.", "org/foreign-office", "the toll"),
        (
            "The Greek minister came. The Japanese minister tells me that his Government can not "
            "agree to a loan.",
            "person/japanese-minister",
            "a loan",
        ),
    ],
)
def test_the_holder_is_whom_the_grammar_shows(text: str, holder: str, matter: str) -> None:
    """Whoever "by" names, a government without an article, a house, "his Government"."""
    (found,) = read_in(text)

    assert (holder,) == found.speakers
    assert matter == found.target.phrase


def test_a_passive_by_strangers_takes_no_stance() -> None:
    """Nothing tells who "all the members" are."""
    assert [] == read_in("The toll was rejected by all the members.")


@pytest.mark.parametrize("word", ["Department", "Provisions", "Legation"])
def test_a_common_word_before_a_verb_is_nobody(word: str) -> None:
    """A capital at the beginning of a sentence makes no person of a common word."""
    found = read_in(f"The provisions are old. {word} suggested a new law.")

    assert not [who for one in found for who in one.speakers if who.endswith(word.lower())]
