"""When a name of the truth and an entity that was read are the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation_papers import a_likeness

from cablegraph.evaluation.concepts import coarse_stance, is_telegram, stance_likeness
from cablegraph.evaluation.likeness import is_same_person, is_same_spelling, spell
from cablegraph.namespaces import SCHEME


@pytest.mark.parametrize("name", ["Ivan Marek", "Wolf", "IVAN MAREK", "I. Marek"])
def test_any_form_of_the_authority_file_is_the_entity(name: str, tmp_path: Path) -> None:
    """A pseudonym, capitals or an initial lead to the person that the file gives them to."""
    assert a_likeness(tmp_path).is_same(spell(name), "person/marek")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Anna Drozd", "person/boris-drozd"),
        ("Wolf", "person/anna-drozd"),
        ("Petr Marek", "person/marek"),
        ("Southland", "place/northland"),
        ("Land", "place/northland"),
        ("United States Lines", "place/usa"),
    ],
)
def test_another_name_is_another_entity(name: str, path: str, tmp_path: Path) -> None:
    """A namesake, a part of a place's name, a longer name are not the entity."""
    assert not a_likeness(tmp_path).is_same(spell(name), path)


def test_the_authority_file_goes_before_the_letters(tmp_path: Path) -> None:
    """Where the file gives a name to somebody else it also holds, a like label does not count."""
    like = a_likeness(tmp_path, person_wolf="P. Wolf")

    assert is_same_person("Wolf", "Petr Wolf")
    assert not like.is_same(["Wolf"], "person/petr-wolf")
    assert like.is_same(["Wolf"], "person/wolf")


def test_somebody_unlisted_is_known_by_the_names_of_the_document(tmp_path: Path) -> None:
    """An entity that only the document knows is compared by its labels."""
    like = a_likeness(tmp_path, person_x="Golunin", place_y="Port Élan", org_z="Blue Office")

    assert like.is_same(spell("Major General Golunin"), "person/x")
    assert like.is_same(spell("Port Elan"), "place/y")
    assert like.is_same(spell("The Blue Office"), "org/z")
    assert not like.is_same(spell("Golunov"), "person/x")
    assert not like.is_same(spell("New Port Elan"), "place/y")
    assert not like.is_same(spell("Blue Office Annex"), "org/z")
    assert not like.is_same(spell("Nobody"), "person/unheard-of")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pak Hŏn-yŏng", "PAK HON YONG"),
        ("Kim Il Sung", "Il Sung Kim"),
        ("Pinto", "Luiz Bastian Pinto"),
        ("Bastian Pinto", "Luiz Leivas Bastian Pinto"),
        ("Luiz Bastian Pinto", "Luiz Leivas Bastian Pinto"),
        ("L. B. Pinto", "Luiz Leivas Bastian Pinto"),
        ("Drożniak", "Edward Drozniak"),
    ],
)
def test_spellings_of_one_person_agree(one: str, other: str) -> None:
    """Case, accents, hyphens, order, initials and names left out do not matter, either way."""
    assert is_same_person(one, other)
    assert is_same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim", "Kim Il Sung"),
        ("John Kennedy", "Robert Kennedy"),
        ("J. Kennedy", "Robert Kennedy"),
        ("Bastian", "Luiz Bastian Pinto"),
        ("Golunin", "Golunov"),
        ("Pinto Bastian Luiz Maria", "Luiz Bastian Pinto"),
        ("Z", "A. Z"),
        ("", "Pinto"),
        ("...", "..."),
    ],
)
def test_near_misses_stay_apart(one: str, other: str) -> None:
    """A first word alone, another given name, a drifting surname are another person."""
    assert not is_same_person(one, other)
    assert not is_same_person(other, one)


def test_places_and_bodies_need_the_same_letters() -> None:
    """What is only part of a name is no other spelling of it."""
    assert is_same_spelling("Punta-del-Este", "punta del este")
    assert not is_same_spelling("Korea", "North Korea")
    assert not is_same_spelling("the", "The ")


def test_brackets_give_spellings() -> None:
    """A name has what stands in brackets as a spelling, if it is a name, and itself without."""
    assert ("Blue Office (Green Hall)", "Blue Office", "Green Hall", "B. O.") == spell(
        "Blue Office (Green Hall)", "B. O.", None
    )
    assert ("they (sounding)", "they") == spell("they (sounding)")


def test_stances_are_coarsened_by_the_vocabulary() -> None:
    """The broad match of the scheme counts; a condition makes an acceptance conditional."""
    assert "insist" == coarse_stance("propose-and-insist")
    assert "accept" == coarse_stance("no-objection")
    assert "conditional-accept" == coarse_stance("no-objection", conditional=True)
    assert "reject" == coarse_stance("reject", conditional=True)
    assert coarse_stance("no-such-stance") is None


def test_a_near_miss_is_half_either_way() -> None:
    """The table of near-misses is read both ways; what it lacks is wrong."""
    assert (1.0, 0.5, 0.5) == (
        stance_likeness("advise", "advise"),
        stance_likeness("advise", "propose"),
        stance_likeness("propose", "advise"),
    )
    assert (0.0, 0.0) == (stance_likeness("accept", "reject"), stance_likeness("accept", None))


def test_a_kind_of_telegram_is_a_telegram() -> None:
    """The scheme of forms says what is a telegram."""
    forms = ("telegram", "ciphered-telegram", "cable", "letter", "nothing")

    assert [True, True, True, False, False] == [is_telegram(f"{SCHEME}form/{one}") for one in forms]
