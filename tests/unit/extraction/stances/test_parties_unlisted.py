"""Parties that no list knows keep their own acts; news and questions take no stance."""

from __future__ import annotations

import pytest
from invented_messages import brief, read_in

from cablegraph.extraction.stances.parties import is_oblique


def holders(text: str, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    """Return the kind and the holders of each stance that is read."""
    return [(one.kind, one.speakers) for one in read_in(text, language)]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The Ruritanians rejected the plan of a joint patrol.", "group/ruritanians"),
        ("The Bulgarian ambassador rejected the plan of a joint patrol.", "bulgarian-ambassador"),
        ("In the evening Brankov rejected the plan of a joint patrol.", "person/brankov"),
    ],
)
def test_a_stranger_keeps_his_stance(text: str, holder: str) -> None:
    """A people, a post and a bare surname that no list knows are the holders themselves."""
    ((kind, found),) = holders(text)

    assert "reject" == kind
    assert holder in found[0]


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "If the Ruritanians put forward such a plan, it should be rejected.", "ruritanians"),
        ("ru", "Если турки выдвинут такое предложение, его следует отклонить.", "turki"),
    ],
)
def test_an_unlisted_people_may_propose(language: str, text: str, actor: str) -> None:
    """The subject of a condition is never replaced by whoever put the proposal."""
    (one,) = read_in(text, language)

    assert [("if-opponent-proposes", (f"group/{actor}",))] == [
        (proviso.kind, proviso.actors) for proviso in one.provisos
    ]


def test_reported_speech_goes_on() -> None:
    """A sentence after "X said" is his too, until the writer speaks of himself."""
    text = (
        "Kim Il Sung said that the line is quiet. The bridge at Hill 40 must be rebuilt. "
        "I propose that the second bridge be left as it is."
    )

    assert [("person/kim",), ("person/stalin",)] == [one for _, one in holders(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I wish the people of your country new successes.",
        "The delegation of foresters will return to Moscow on 4 May.",
        "Radio and television call on the population to give blood.",
        "The station at Hill 40 is silent.",
        "You propose that the mission be recalled.",
        "He denied that the ship came back it seems from the war.",
    ],
)
def test_news_and_wishes_take_no_stance(text: str) -> None:
    """Greetings, schedules, appeals in the news and what the addressee put give nothing."""
    assert [] == brief(read_in(text, "en"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Please tell us whether you consider this plan right.", ["consult"]),
        ("What do we answer if the Americans ask for a truce?", ["consult"]),
        ("He advised that the envoys keep silent on it.", ["advise"]),
        ("We decided to reject the offer of the admiral.", ["reject"]),
    ],
)
def test_one_sentence_takes_one_stance(text: str, kinds: list[str]) -> None:
    """What is asked, advised or decided is no second stance of the same words."""
    coarse = {"request": "consult"}

    assert kinds == [coarse.get(kind, kind) for kind, _ in holders(text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Do not agree to control by the UN."),
        ("ru", "Не соглашайтесь на контроль ООН."),
    ],
)
def test_a_prohibition_is_a_command(language: str, text: str) -> None:
    """ "Do not agree" tells somebody, "we do not agree" refuses."""
    (one,) = read_in(text, language)

    assert ("reject", "command") == (one.kind, one.force)


def test_a_condition_ends_without_a_comma() -> None:
    """The main clause is not swallowed where no comma parts it from its condition."""
    (one,) = read_in("If the enemy does not consent we shall reduce the zone.", "en")

    assert ["if-opponent-refuses"] == [proviso.kind for proviso in one.provisos]
    assert "we shall reduce the zone" in one.words.text


def test_a_condition_between_subject_and_verb_governs_the_verb() -> None:
    """ "Point 5, if they insist on it, may be dropped" is a conditional permission."""
    (one,) = read_in("Point 5, if the Americans insist on it, may be accepted.", "en")

    assert ["group/americans"] == [actor for p in one.provisos for actor in p.actors]


def test_a_reservation_makes_the_acceptance_conditional() -> None:
    """The next sentence may take back a part of what was granted."""
    text = "We accept the plan of a joint patrol. One reservation was made: no flag is flown."

    assert ["accept-with-reservation"] == [kind for kind, _ in holders(text)]


def test_a_name_after_a_preposition_is_no_subject() -> None:
    """Whoever is written to does not act."""
    text = "In a letter to Brankov the Poles agreed."

    assert [True, False] == [
        is_oblique(text, text.index(name), "en") for name in ("Brankov", "Poles")
    ]
