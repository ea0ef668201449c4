"""Shelf marks read from left to right say what the grammar says of them."""

from __future__ import annotations

from itertools import product

import pytest

from cablegraph.extraction.citations import _parsed_marks
from cablegraph.extraction.plain_marks import Mark, find_plain_marks

ARCHIVES = (
    "",
    "GARF, ",
    "АВП РФ, ",
    "State Archive of the Region (SAR): ",
    "Box Papers, ",
    "Library of Wires, Second Series (SS), GARF, ",
)
FILES = (
    "f. 17, op. 3, d. 1021",
    "Fond 0102, Opis 7a, Papka 31, Delo 12",
    "Ф. 3. Оп. 65. Д. 826а",
    "ф.82 оп.2 д.14/ап-кк",
    "F-A 12, por. 4, pap. 9",
    "fond 2, t. 5, a. e. 118",
)
LEAVES = ("", ", l. 8", ", ll. 41-43", ". Л. 7-7об", ", лл. 0095–0096, 99", ", list 12 verso")
NUMBERED = {"archive", "other", "missing"}


def _told(marks: tuple[Mark, ...]) -> list[Mark]:
    """Leave out the words of parts that have no value."""
    return [mark._replace(value="") if mark.name in NUMBERED else mark for mark in marks]


@pytest.mark.parametrize("words", ["".join(parts) for parts in product(ARCHIVES, FILES, LEAVES)])
def test_plain_marks_are_those_of_the_grammar(words: str) -> None:
    """Whatever can be read from left to right is read as the grammar reads it."""
    plain = find_plain_marks(words)

    assert plain is None or _told(_parsed_marks(words)) == _told(plain)


def test_the_usual_citation_needs_no_grammar() -> None:
    """An archive, its parts and its leaves are read, each with its place."""
    expected = (
        Mark("archive", 0, 4),
        Mark("fond", 6, 11, "17"),
        Mark("opis", 13, 18, "3"),
        Mark("delo", 20, 26, "102"),
        Mark("leaves", 28, 41, "", (("41", "43"), ("45",))),
    )

    assert expected == find_plain_marks("GARF, f. 17, op. 3, d. 102, ll. 41-43, 45")


def test_whose_collection_it_is_may_stand_before_the_archive() -> None:
    """Names parted by commas are one archive, as the grammar has it."""
    marks = find_plain_marks("Library of Wires, GARF, f. 17, l. 2")

    assert marks
    assert Mark("archive", 0, 22) == marks[0]


@pytest.mark.parametrize("words", ["handed over by a daughter in June 1994", "Box 12", "", "Fond"])
def test_words_without_a_part_are_no_reference(words: str) -> None:
    """Where no key word with a number stands, nothing is left for the grammar."""
    assert () == find_plain_marks(words)


@pytest.mark.parametrize(
    "words",
    [
        "GARF, f. 17, op. 3, d. 102 (copy)",
        "GARF, ll. 4-5, fond and opis not given",
        "a folder of papers, f. 17, op. 3, and more",
        "Library of Wires, GARF fond not given, op. 3",
    ],
)
def test_what_stands_among_the_parts_is_left_to_the_grammar(words: str) -> None:
    """A note, or a part that is not given, has to be weighed by the grammar."""
    assert find_plain_marks(words) is None
