"""What the encoding of a file states, by a reader that shares nothing with the one judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from encoded_papers import TABLE, VOLUME, entry, letters_list

from cablegraph.errors import SourceError
from cablegraph.evaluation.encoded.letters import find_letters
from cablegraph.evaluation.encoded.markup import read_elements
from cablegraph.evaluation.encoded.model import Letter
from cablegraph.evaluation.encoded.tables import find_rows
from cablegraph.evaluation.encoded.truths import find_encoded, read_letters, without_sides
from cablegraph.sources.files import SourceFile

HERE = Path("made-up.xml")


def _told(letter: Letter) -> list[tuple[str, str]]:
    return [(one.field, one.value) for one in letter.told]


def _letters(text: str) -> list[Letter]:
    return find_letters(text.encode(), HERE)


def test_a_division_tells_its_own_frame_and_not_that_of_its_enclosure() -> None:
    """Head, first date and place, source note of a document; those of an attachment are not its."""
    first, second = _letters(VOLUME)

    assert [
        ("sender", "Orme"),
        ("addressee", "Secretary of Ports"),
        ("sent", "1921-03-04"),
        ("origin", "Ostby"),
        ("source-note", "44.1/7: Telegram"),
    ] == _told(first)
    assert ("d1", "d2") == (first.name, second.name)


def test_a_date_of_receipt_is_not_that_of_sending() -> None:
    """A date after "received" is passed over."""
    text = VOLUME.replace("<date when=", "[Received <date when=")

    assert all(field != "sent" for letter in _letters(text) for field, _ in _told(letter))


def test_an_entry_tells_names_identifiers_dates_and_places() -> None:
    """Each reference of a name is told with its bearer; bounds of a date are told in order."""
    (letter,) = _letters(letters_list(entry("a", date='notAfter="1921-05" notBefore="1921-03"')))

    assert [
        ("sender", "Ann Orme"),
        ("sender-id", "https://d-nb.info/gnd/11"),
        ("origin", "Ostby"),
        ("origin-id", "https://www.geonames.org/77"),
        ("sent", "1921-03 1921-05"),
        ("addressee", "Bo Pell"),
    ] == _told(letter)


def test_a_row_pairs_names_with_identifiers_by_position() -> None:
    """Two names of a cell have the two identifiers of the other cell."""
    first, _ = find_rows(TABLE.encode(), Path("letters.csv"))

    assert [
        ("sender", "Ann Orme", ""),
        ("sender-id", "https://d-nb.info/gnd/11", "Ann Orme"),
        ("sender", "Cy Quill", ""),
        ("sender-id", "https://d-nb.info/gnd/12", "Cy Quill"),
    ] == [
        (one.field, one.value, one.bearer) for one in first.told if one.field.startswith("sender")
    ]


def test_a_row_holds_the_lines_of_its_quoted_cells() -> None:
    """A cell with a line break makes its row two lines long."""
    table = TABLE.replace("2,Bo Pell", '2,"Bo\nPell"')

    assert [(2, 2), (3, 4)] == [
        (one.start[0], one.end[0]) for one in find_rows(table.encode(), Path("letters.csv"))
    ]


def test_a_table_of_other_headings_tells_nothing() -> None:
    """What a column means there is said by the mapping, which is under test itself."""
    assert [] == find_rows(b"From,To\nAnn,Bo\n", Path("letters.csv"))


def test_places_count_characters_and_lines_of_every_kind() -> None:
    """Line and column count from 1, a letter outside the first plane as one."""
    root = read_elements("<a>\r\n\u00e9\U0001d11e<b/></a>".encode(), HERE)

    assert (2, 3) == next(root.find("b")).start


@pytest.mark.parametrize(
    "text", ["<TEI><a></TEI>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'], ids=["torn", "entity"]
)
def test_markup_that_is_torn_or_declares_entities_is_refused(text: str) -> None:
    """The place of the fault is in the error."""
    with pytest.raises(SourceError, match=r"made-up\.xml:1:\d+: SourceError: not well-formed"):
        find_letters(text.encode(), HERE)


def test_without_sides_a_head_has_its_words_and_nothing_else() -> None:
    """Every word stands where it stood; notes and lines of place keep their types."""
    volume = VOLUME.replace('<persName type="from">Orme', '<persName type="from"\n >Orme')
    bare = without_sides(SourceFile(HERE, volume.encode())).data.decode()

    assert [len(line) for line in volume.split("\n")] == [len(line) for line in bare.split("\n")]
    assert [volume.index(word) for word in ("Orme", "Ports", "Pell")] == [
        bare.index(word) for word in ("Orme", "Ports", "Pell")
    ]
    assert (False, True) == ("persName" in bare, 'type="source"' in bare)
    assert [] == [one for letter in _letters(bare) for one in letter.told if "sender" in one.field]


def test_a_file_of_another_kind_has_no_letters(tmp_path: Path) -> None:
    """A folder of truths that somebody wrote is not taken for encoded files."""
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "a.xml").write_text("<a/>", encoding="utf-8")

    assert [] == find_encoded([tmp_path])
    assert [tmp_path / "a.xml"] == find_encoded([tmp_path / "a.xml"])
    assert [] == read_letters(SourceFile(HERE, b"<ead/>"))
