"""Whom or what a name stands for in one document."""

from __future__ import annotations

import pytest
from extraction_papers import names

from cablegraph.extraction.names import Known


def party(words: str, language: str = "en") -> Known:
    """Return whom words name; they name somebody."""
    found = names().party(words, language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "language", "entity", "form"),
    [
        ("Filippov [Stalin]", "en", "person/stalin", "filippov-latn"),
        ("Stalin [Kuznetsov]", "en", "person/stalin", "kuznetsov-latn"),
        ("Kuznetsov (Stalin)", "en", "person/stalin", "kuznetsov-latn"),
        ("Orlik [Petrushev]", "en", "person/petrushev", "orlik-latn"),
        ("Orlik [Stalin]", "en", "person/stalin", "orlik-latn"),
        ("Kim Dupong [Kim Tu Pong]", "en", "person/kim-dupong", "kim-dupong-latn"),
        ("PETRENKO", "en", "person/petrenko", "petrenko-latn"),
        ("ПЕТРЕНКО", "ru", "person/petrenko", "petrenko-cyrl"),
        ("Polish Embassy", "en", "org/polish-embassy", "polish-embassy-latn"),
        ("THE EMBASSY OF PERU", "en", "org/the-embassy-of-peru", "the-embassy-of-peru-latn"),
    ],
)
def test_a_name_stands_for_one_entity(words: str, language: str, entity: str, form: str) -> None:
    """A bracket settles whose pseudonym a name is; a name nobody knows is one of its own."""
    found = party(words, language)

    assert (entity, form) == (found.entity, found.form.key if found.form else None)


def test_a_pseudonym_without_a_bracket_is_only_probable() -> None:
    """Nothing in the document says whose the pseudonym is."""
    assert ("person/stalin", "probable") == (party("Filippov").entity, party("Filippov").certainty)


def test_a_bracket_settles_the_bare_pseudonym_in_either_script() -> None:
    """What a bracket says holds for the whole document, of listed and unlisted persons."""
    known = names()
    known.settle("Filippov [Stalin]", "en")
    known.settle("Orlik [Petrushev]", "en")
    found = [known.party(*words) for words in (("ФИЛИППОВ", "ru"), ("ОРЛИК", "ru"))]

    assert [("person/stalin", "certain"), ("person/petrushev", "certain")] == [
        (one.entity, one.certainty) for one in found if one
    ]
    assert "Stalin" == known.label("person/stalin")


def test_names_of_one_document_do_not_reach_another() -> None:
    """A bracket of one document settles nothing in the next."""
    names().settle("Orlik [Petrushev]", "en")

    assert "person/orlik" == party("Orlik").entity


def test_a_name_like_a_listed_one_that_is_not_believed_stays_apart() -> None:
    """Where the file believes a surname only with a bracket, its bare bearer is another entity."""
    found = party("Harrison")

    assert ("person/harrison-unidentified", False) == (found.entity, found.listed)


def test_a_bracket_that_glosses_gives_no_label() -> None:
    """Only a bracket that names the person changes how English prose names him."""
    known = names()
    known.settle("Vyshinsky [Great Orator]", "en")

    assert "Andrei Vyshinsky" == known.label("person/vyshinsky")


def test_a_feminine_surname_is_no_case_of_a_masculine_one() -> None:
    """Where the nominative must stand, «Орлова» is not Orlov."""
    known = names()
    found = known.party("Орлова", "ru", "nomn")

    assert found is not None
    assert ("person/orlova", False) == (found.entity, found.listed)


@pytest.mark.parametrize("words", ["", "757", "T", "- . -"])
def test_words_without_a_name_name_nobody(words: str) -> None:
    """At least two letters in a row make a name."""
    assert names().party(words, "en") is None
