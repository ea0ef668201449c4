"""What stands above a report's first paragraph, and what below its signature."""

from __future__ import annotations

import pytest
from extraction_papers import a_layer, a_reading, names

from cablegraph.extraction.cues import is_name_line, is_post_line, is_prose, tells_whom
from cablegraph.extraction.parts import Parts, find_parts
from cablegraph.records.claims import Mark, Party, Reading

PARAGRAPH = "The minister of agriculture spoke to the ambassadors about the last harvest."


def parts_of(*lines: str) -> Parts:
    """Return the parts of an English text of these lines."""
    return find_parts(a_layer("\n".join(lines)), names().is_place)


def marks_of(reading: Reading) -> set[str]:
    """Return the words of the marks about handling."""
    return {
        one.value.text
        for one in reading.claims
        if isinstance(one.value, Mark) and one.value.kind == "handling"
    }


def test_a_letterhead_goes_up_to_the_first_paragraph() -> None:
    """Lines of no known kind between numbers, dates and marks are head too."""
    parts = parts_of(
        "Embassy of the Kingdom of Norway", "Ref. no.: 12/61", "Lima, 3 May 1961",
        "Subject: The harvest", "Prepared in 3 copies", "Typed by: Holm", PARAGRAPH, "Per Lund",
    )  # fmt: skip

    assert [PARAGRAPH] == [line.text for line in parts.body]
    assert ["Ref. no.: 12/61", "3 May 1961"] == [line.text for line in parts.closing]
    assert () == parts.registry


def test_short_lines_without_a_paragraph_below_are_the_message() -> None:
    """Nothing but short lines is no letterhead."""
    parts = parts_of("The harvest is in", "All barns are full", "Per Lund")

    assert ["The harvest is in", "All barns are full"] == [line.text for line in parts.body]


def test_who_was_present_stays_in_the_message() -> None:
    """A line that lists people is no letterhead."""
    present = "Present: Anna Falk, Per Lund"
    parts = parts_of("MEMORANDUM", present, "3 May 1961", PARAGRAPH)

    assert present in [line.text for line in (*parts.body, *parts.address)]


def test_a_post_in_brackets_belongs_to_the_signature() -> None:
    """The post below the name is no body text."""
    parts = parts_of(PARAGRAPH, "Per Lund", "(ambassador)")

    assert ["Per Lund", "(ambassador)"] == [line.text for line in parts.signatures]
    assert is_post_line("(ambassador)")
    assert not is_name_line("(ambassador)")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Copies to: Cde. Holm, Cde. Falk", {"person/holm", "person/falk"}),
        ("Sent to: Cdes. Holm, Falk.", {"person/holm", "person/falk"}),
        ("Distributed to the members of the board, Cdes. Holm and Falk",
         {"person/holm", "person/falk"}),
        ("Copies: Cdes. Holm, Falk; Cde. Lindqvist A.B.; to file",
         {"person/holm", "person/falk", "person/lindqvist"}),
        ("Distribution: Cde. Holm (2 copies), Cde. Falk (1 copy)",
         {"person/holm", "person/falk"}),
    ],
)  # fmt: skip
def test_lists_of_copies_name_who_gets_one(line: str, expected: set[str]) -> None:
    """The words before the list differ; members of a body and its name are none of them."""
    found = a_reading(
        "Telegram, Anna Berg to Per Lund", translation=f"{PARAGRAPH}\n\nANNA BERG\n{line}\nNo. 5"
    )

    people = {
        one.value.agent
        for one in found.claims
        if isinstance(one.value, Party) and one.value.role == "copy-recipient"
    }
    assert expected == people


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Secret Telegram from Anna Berg to Per Lund", {"Secret"}),
        ("Telegram from Oslo to Lima, SECRET, Urgent, No. 12.405", {"SECRET", "Urgent"}),
        ("Telegram from Anna Berg to Per Lund", set()),
    ],
)
def test_a_title_says_how_the_message_was_handled(title: str, expected: set[str]) -> None:
    """Words of handling before the form, or between commas behind the parties."""
    assert expected == marks_of(a_reading(title, translation=f"{PARAGRAPH}\n\nAnna Berg"))


def test_marks_side_by_side_are_two() -> None:
    """A stop or a gap parts them."""
    text = f"TELEGRAM No. 5\nSECRET. IMMEDIATE\n{PARAGRAPH}\nAnna Berg"
    found = a_reading("Telegram, Anna Berg to Per Lund", translation=text)

    assert {"SECRET", "IMMEDIATE"} == marks_of(found)


def test_paragraphs_and_lists_are_told_apart() -> None:
    """A whole sentence is a paragraph, also after a title of courtesy; a label is none."""
    assert is_prose("Minister Holm received me on Monday. He thanked us for the seed.")
    assert not is_prose("To Comrade Holm and Comrade Falk of the ministry.")
    assert tells_whom("Copies")
    assert not tells_whom("Sending: Oslo")
