"""Reading a document: catalogue entry, text versions, key, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cablegraph.errors import LayoutError
from cablegraph.records.model import Record
from cablegraph.records.read import read_document

SEEDS = Path(__file__).parents[3] / "seeds"

RUSSIAN = "Товарищ Иванов получил вашу телеграмму и просит подождать ответа до среды."
RUSSIAN_2 = "Второй вопрос мы обсудим позднее, когда вернётся делегация правительства."
SCAN = f"№ 17\n\nКОПИЯ\n\nЭкз. № 2\n\nСЕКРЕТНО\n\n{RUSSIAN}\n\nОтп. один экз."
ENGLISH = "Comrade Ivanov has received your telegram and asks you to wait until Wednesday."
ENGLISH_2 = "The second question will be discussed later, when the delegation has returned."
CHINESE = "伊万诺夫同志收到了您的电报，请您等到星期三再作答复。"

Read = Callable[[str], Record]
Build = Callable[..., str]


def shape(record: Record) -> list[tuple[str, str]]:
    """Return the key and language of each layer after the catalogue entry."""
    return [(layer.key, layer.language) for layer in record.layers[1:]]


def values(record: Record) -> dict[str, list[str]]:
    """Return the words of every field."""
    return {name: [value.text for value in found] for name, found in record.fields.items()}


@pytest.mark.parametrize(
    ("start", "key", "expected"),
    [
        (
            "000",
            "wcda-112147",
            [
                ("catalogue", "en", 0, 556),
                ("scan", "ru", 557, 1810),
                ("transcript", "ru", 1811, 2590),
                ("translation", "en", 2591, 3601),
            ],
        ),
        (
            "001",
            "wcda-110374",
            [
                ("catalogue", "en", 0, 677),
                ("transcript", "ru", 678, 2454),
                ("translation", "en", 2455, 4568),
            ],
        ),
    ],
)
def test_a_seed_is_divided_at_its_gap_marks(
    start: str, key: str, expected: list[tuple[str, str, int, int]]
) -> None:
    """A gap opens the text after it, the first of two closes the text before it."""
    record = read_document(next(SEEDS.glob(f"{start}_*.txt")))
    found = [(x.key, x.language, x.span.start, x.span.end) for x in record.layers]

    assert (key, 0) == (record.key, record.uncovered)
    assert expected == found


def test_the_fields_of_a_bold_seed_are_free_of_marks() -> None:
    """Bold type, angle brackets and line breaks are no part of a value."""
    found = values(read_document(next(SEEDS.glob("001_*.txt"))))
    citation = found.pop("citation")[0]

    assert citation.startswith('"Ciphered Telegram No. 3917, Filippov')
    assert citation.endswith("op. 11, d. 339, ll. 0095-0096.")
    assert found == {
        "date": ["June 30, 1951"],
        "title": [
            "Ciphered Telegram No. 3917, Filippov [Stalin] to Krasovsky, for Cde. Mao Zedong"
        ],
        "url": ["https://wilson-center-digital-archive.dvincitest.com/document/110374"],
        "summary": [
            "Telegram from Stalin to Mao advising how to reply to the American request for "
            "armistice negotiations."
        ],
        "language": ["Russian"],
        "contents": ["Transcript - Russian", "Translation - English"],
    }


@pytest.mark.parametrize(
    ("contents", "texts", "expected"),
    [
        (
            ("Original Scan", "Transcript - Russian", "Translation - English"),
            (SCAN, RUSSIAN, ENGLISH),
            [("scan", "ru"), ("transcript", "ru"), ("translation", "en")],
        ),
        (
            ("Original Scan", "Transcript - Russian", "Translation - English"),
            (RUSSIAN, ENGLISH),
            [("transcript", "ru"), ("translation", "en")],
        ),
        (
            ("Original Scan", "Transcript - Russian", "Translation - English"),
            (SCAN, RUSSIAN, RUSSIAN_2, ENGLISH),
            [("scan", "ru"), ("transcript", "ru"), ("translation", "en")],
        ),
        (
            ("Russian Transcript", "English Translation"),
            (RUSSIAN, ENGLISH, ENGLISH_2),
            [("transcript", "ru"), ("translation", "en")],
        ),
        (
            ("Transcript - Russian", "Translation - English"),
            (SCAN, RUSSIAN, ENGLISH),
            [("scan", "ru"), ("transcript", "ru"), ("translation", "en")],
        ),
        (("English Translation",), (ENGLISH,), [("translation", "en")]),
        (("Transcript - Russian", "Translation - English"), (ENGLISH,), [("translation", "en")]),
        (
            ("Transcript - Russian", "Translation - Chinese", "Translation - English"),
            (RUSSIAN, CHINESE, ENGLISH),
            [("transcript", "ru"), ("translation", "zh"), ("translation-2", "en")],
        ),
        (
            (),
            (SCAN, RUSSIAN, ENGLISH),
            [("scan", "ru"), ("transcript", "ru"), ("translation", "en")],
        ),
        ((), (ENGLISH,), [("translation", "en")]),
        (("Original Scan",), (), []),
    ],
)
def test_texts_are_matched_with_the_list_of_contents(
    a_text: Build,
    read: Read,
    contents: tuple[str, ...],
    texts: tuple[str, ...],
    expected: list[tuple[str, str]],
) -> None:
    """Order and language decide; what the list lacks is told by its words."""
    record = read(a_text(*texts, contents=contents))

    assert expected == shape(record)
    assert record.uncovered == 0


def test_an_english_original_is_a_transcript(a_text: Build, read: Read) -> None:
    """English words are a translation only where the original is in another language."""
    text = a_text(ENGLISH, contents=(), language="English")

    assert shape(read(text)) == [("transcript", "en")]


def test_the_end_mark_belongs_to_the_last_text(a_text: Build, read: Read) -> None:
    """Gap marks at the end, with or without ###, close the text before them."""
    for tail in ("[...]", "###", "[…]\n\n###\n", "[...]\n\n[...]\n\n###"):
        text = a_text(RUSSIAN, ENGLISH) + "\n" + tail
        last = read(text).layers[-1]

        assert ("translation", len(text)) == (last.key, last.end)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_line_ends_do_not_change_what_is_read(a_text: Build, read: Read, newline: str) -> None:
    """Another line end gives the same values and layers."""
    plain = a_text(RUSSIAN, ENGLISH)
    found = read(plain.replace("\n", newline))

    assert values(read(plain)) == values(found)
    assert shape(read(plain)) == shape(found)
    assert found.layers[-1].span.end == len(found.source.text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Citation:\n\n", "**CITATION:**\n"),
        ("Citation:\n\n", "Citation: "),
        ("Citation:\n\n", ""),
        ("Original Language:\n\n", "original language : "),
        ("Original Language:\n\n", ""),
        ("Summary:\n\n", ""),
        ("Contents:\n\n", "Contents: "),
        ("Contents:\n\n", ""),
        ("<https", "https"),
        ("/900001>", "/900001/>"),
        ("4.\n<", "4. <"),
        ("\n\n", "\n \t\n"),
        ("Transcript - Russian\n", "- Transcript - Russian  \n\n"),
        ("May 4, 1953\nCable, A to B", "**May 4, 1953**\n\n**Cable, A\nto B**"),
        ("May 4, 1953\nC", "Skip to content\n\n\nMay 4, 1953\nC"),
    ],
)
def test_a_small_slip_of_layout_changes_no_value(
    a_text: Build, read: Read, old: str, new: str
) -> None:
    """Case, bold type, blank lines and one missing label are no obstacle."""
    plain = a_text(RUSSIAN, ENGLISH)
    expected, found = values(read(plain)), values(read(plain.replace(old, new)))
    link = found["url"][0].rstrip("/")

    assert old in plain
    assert expected == found | {"url": [link]}
    assert shape(read(plain)) == shape(read(plain.replace(old, new)))


def test_blocks_may_stand_in_any_order(read: Read) -> None:
    """The catalogue entry ends after its last block, whichever that is."""
    text = (
        "Cable, A to B\n\nContents:\nRussian Transcript\nEnglish Translation\n\nCredits: C\n\n"
        f'Original Language:\nRussian and Chinese\n\nCitation:\n"Cable", XYZ 1.\n\n[...]\n{RUSSIAN}'
    )
    record = read(text)

    assert values(record) == {
        "title": ["Cable, A to B"],
        "contents": ["Russian Transcript", "English Translation"],
        "credits": ["C"],
        "language": ["Russian", "Chinese"],
        "citation": ['"Cable", XYZ 1.'],
    }
    assert shape(record) == [("transcript", "ru")]
    assert record.key == "sha-0123456789ab"


def test_a_text_may_follow_the_contents_without_a_mark(a_text: Build, read: Read) -> None:
    """The first line that names no text version begins the texts."""
    text = a_text(contents=("English Translation",)) + f"CABLE No. 7\n\nSummary: none\n\n{ENGLISH}"
    record = read(text)

    assert shape(record) == [("translation", "en")]
    assert record.layers[1].text.startswith("CABLE No. 7")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("May 4, 1953\nCable, A to B\n", "1:1", "nothing after the title"),
        ("A list of what is missing.\n\nNothing else.", "1:1", "no label"),
        ("\n\n  x" * 3, "3:3", "no label"),
        ("Results:\n1 - 10 of 18\nCable\n", "1:1", "listing"),
        ("\nSummary:\n\nA waits.\n", "2:1", "neither a title nor a citation"),
        ("Cable\n\nCitation:\n\nSummary:\n\n", "3:1", "labels without values"),
        ("x" * 100_000, "1:1", "no label"),
    ],
)
def test_what_is_no_document_is_refused(read: Read, text: str, place: str, words: str) -> None:
    """The refusal names the place and what was found there."""
    with pytest.raises(LayoutError) as caught:
        read(text)

    assert caught.value.where == f"in/a.txt:{place}"
    assert words in caught.value.problem


def test_two_documents_in_one_file_are_refused(a_text: Build, read: Read) -> None:
    """A second catalogue entry would be read as part of a text."""
    with pytest.raises(LayoutError, match="second catalogue entry"):
        read(a_text(RUSSIAN, ENGLISH) * 2)


def test_every_span_gives_its_words_back(a_text: Build, read: Read) -> None:
    """Fields and layers point at the file as decoded, also where cleaning changed it."""
    text = a_text("Тов. HAM ИР СЕН,\u00a0про\u00adшу.", ENGLISH).replace("\n", "\r\n")
    record = read(text)
    quotes = [value.evidence.quote for found in record.fields.values() for value in found]

    assert all(quote in text for quote in quotes)
    assert "Тов. НАМ ИР СЕН, прошу." in record.layers[1].text
    assert "Тов. HAM ИР СЕН,\u00a0про\u00adшу." in record.layers[1].span.quote(text)
