"""Lines of the list of contents, languages, repositories, dates."""

from __future__ import annotations

import pytest

from cablegraph.records.contents import Item, is_item, parse_item
from cablegraph.records.languages import UNKNOWN, find_tag, guess_language
from cablegraph.records.preamble import is_date
from cablegraph.records.repositories import Repository, find_repository


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Original Scan", Item("scan")),
        ("Original Scan - Chinese", Item("scan", "zh")),
        ("Transcript - Russian", Item("transcript", "ru")),
        ("Transcript-russian", Item("transcript", "ru")),
        ("* Translation – Serbo-Croatian", Item("translation", "sh")),
        ("TRANSLATION: GERMAN", Item("translation", "de")),
        ("Russian Transcript", Item("transcript", "ru")),
        ("**English Translation**", Item("translation", "en")),
        ("Translation (Vietnamese)", Item("translation", "vi")),
        ("English Translation (excerpt)", Item("translation", "en")),
        ("Transcript - Volapük", Item("transcript", UNKNOWN)),
    ],
)
def test_a_line_names_a_text_version(line: str, expected: Item) -> None:
    """Kind and language are read in either order, with any dash."""

    assert expected == parse_item(line)


@pytest.mark.parametrize("line", ["", "Ciphered Telegram No. 9", "Transcript of a talk", "Scanty"])
def test_other_lines_name_none(line: str) -> None:
    """A line of text is not taken for an item."""

    assert not is_item(line)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Russian", "ru"),
        ("English", "en"),
        ("Chinese", "zh"),
        ("Korean", "ko"),
        ("German", "de"),
        ("French", "fr"),
        ("Polish", "pl"),
        ("Hungarian", "hu"),
        ("Czech", "cs"),
        ("Romanian", "ro"),
        ("Bulgarian", "bg"),
        ("Serbo-Croatian", "sh"),
        ("Albanian", "sq"),
        ("Spanish", "es"),
        ("Portuguese", "pt"),
        ("Italian", "it"),
        ("Japanese", "ja"),
        ("Mongolian", "mn"),
        ("Vietnamese", "vi"),
        ("martian", None),
    ],
)
def test_a_language_has_its_tag(name: str, tag: str | None) -> None:
    """The table holds the languages of the archives."""

    assert tag == find_tag(name)


@pytest.mark.parametrize(
    ("text", "expected", "tag"),
    [
        ("Ich habe das nicht von der Regierung.", ["de"], "de"),
        ("I have not had this from the government.", ["de"], "en"),
        ("Товарищу послу", ["bg", "ru"], "bg"),
        ("同志", [], "zh"),
        ("こんにちは同志", [], "ja"),
        ("동지에게", [], "ko"),
        ("12. 4. 5", ["ru"], UNKNOWN),
    ],
)
def test_a_text_shows_its_language(text: str, expected: list[str], tag: str) -> None:
    """The script decides, then the little words, then what is expected."""

    assert tag == guess_language(text, expected)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://digitalarchive.wilsoncenter.org/document/12",
            Repository("wcda", "12", 49, 51, False),
        ),
        (
            "http://wilson-center-digital-archive.dvincitest.com/document/7.pdf?v=1",
            Repository("wcda", "7", 61, 62, True),
        ),
        ("https://a.b.drivingcreative.com/document/34/", Repository("wcda", "34", 41, 43, True)),
        ("https://digitalarchive.wilsoncenter.org/document/cable-7", None),
        ("https://other.example/digitalarchive.wilsoncenter.org/document/12", None),
        ("https://digitalarchive.wilsoncenter.org.example/document/12", None),
    ],
)
def test_a_link_names_its_repository(url: str, expected: Repository | None) -> None:
    """Only the whole host and a numeric path make a record number."""
    found = find_repository(url)

    assert expected == found
    assert found is None or url[found.start : found.end] == found.record_id


@pytest.mark.parametrize(
    "text",
    [
        "February 03, 1949",
        "3 July 1951",
        "1951-07-03",
        "July 1951",
        "[1951]",
        "ca. May 1950",
        "3.7.1951",
        "Undated",
        "3 июля 1951 г.",
    ],
)
def test_a_date_line_is_a_date(text: str) -> None:
    """Every form that a catalogue uses is known."""

    assert is_date(text)


@pytest.mark.parametrize("text", ["Cable of May 3, 1951", "No. 1951", "39170", "", "No date of it"])
def test_a_title_is_no_date(text: str) -> None:
    """A word or number more makes it something else."""

    assert not is_date(text)
