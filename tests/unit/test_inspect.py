"""A document with its claims marked in place."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.cli import main
from cablegraph.errors import DataError, QueryError
from cablegraph.inspect_text.marks import Stretch, draw, width_of, wrap
from cablegraph.inspect_text.notes import annotate, describe, find_reading, read_values
from cablegraph.inspect_text.page import to_text
from cablegraph.records.claims import (
    Bracket,
    Claim,
    Condition,
    Evidence,
    Name,
    Number,
    Offer,
    Party,
    Reading,
    Stance,
    Value,
    Version,
)

WORDS = "No. 12\r\nTo Mao [Zedong].\x07\n"
START = 10


def a_claim(key: str, value: Value, *quotes: str, rivals: tuple[str, ...] = ()) -> Claim:
    """Return a claim that rests on quotations of the text."""
    found = []
    for quote in quotes:
        start = WORDS.index(quote)
        line = WORDS.count("\n", 0, start) + 3
        found.append(Evidence("body", START + start, START + start + len(quote), line, 1, quote))
    return Claim(key=key, about="t", value=value, evidence=tuple(found), rule="a-rule",
                 rivals=rivals, reason="why" if rivals else None)  # fmt: skip


def a_reading() -> Reading:
    """Return a document of one text version with overlapping claims."""
    version = Version("body", "translation", "en", START, START + len(WORDS), 3)
    return Reading(
        key="doc-1",
        source="doc.txt",
        sha256="0" * 64,
        texts={"body": WORDS},
        uncovered=7,
        claims=(
            a_claim("t/text/body", version, "No. 12"),
            a_claim("t/unseen", Bracket("gap")),
            a_claim("t/name", Name("mao", "Mao Zedong", "en", "pinyin"), "Mao [Zedong]"),
            a_claim("t/party", Party("addressee", "person/mao"), "To Mao [Zedong]"),
            a_claim("t/bracket", Bracket("supplied", "Zedong"), "[Zedong]"),
            a_claim("t/number", Number("registry", "12"), "No. 12", rivals=("t/bracket",)),
        ),
    )


def test_claims_are_numbered_in_order_of_place() -> None:
    """Longer words come before shorter ones that begin with them; claims without words last."""
    notes = annotate(a_reading()).notes

    assert [
        "t/number", "t/party", "t/name", "t/bracket", "t/text/body", "t/unseen",
    ] == [note.key for note in notes]  # fmt: skip
    assert [1, 2, 3, 4, 5, 6] == [note.number for note in notes]
    assert (4,) == notes[0].rivals


def test_a_stance_is_told_with_what_it_names() -> None:
    """The proposal by number and label, the condition by number; nothing for what is not there."""
    reading = Reading(
        key="doc-1", source="doc.txt", sha256="0", texts={"body": WORDS},
        claims=(
            a_claim("p/1", Offer("wait"), "No. 12"),
            a_claim("t/c", Condition("if-opponent-agrees", ("person/b",)), "To Mao"),
            a_claim("t/s", Stance("p/1", "reject", "require", ("person/a",), conditions=("t/c",)),
                    "To Mao [Zedong]"),
        ),
    )  # fmt: skip
    words = {note.key: note.words for note in annotate(reading).notes}

    assert "reject (require) on [1] wait by person/a if [3]" == words["t/s"]
    assert "if-opponent-agrees by person/b" == words["t/c"]
    assert "wait" == words["p/1"]


def test_marks_slice_to_their_quotes() -> None:
    """Offsets of a mark count within the text version."""
    (version,) = annotate(a_reading()).versions

    assert all(version.text[m.start : m.end] == m.quote for m in version.marks)


def test_the_page_underlines_and_tells_below() -> None:
    """Lines keep their numbers, overlapping words stand in rows, notes follow the line."""
    assert [
        "doc-1  doc.txt",
        "",
        "── body: translation, en, line 3 ──",
        "3 │ No. 12",
        "  │ 1─────",
        "    [1] number: registry 12 · rule a-rule · certain (why) · against [4] supplied Zedong",
        "4 │ To Mao [Zedong].",
        "  │ 2──────────────",
        "  │    3───────────",
        "  │        4───────",
        "    [2] party: addressee person/mao · rule a-rule · certain",
        "    [3] name: Mao Zedong for t · rule a-rule · certain",
        "    [4] bracket: supplied Zedong · rule a-rule · certain",
        "5 │",
        "",
        "without words:",
        "  [6] bracket: gap · rule a-rule · certain",
        "4 of 5 claims shown; 7 characters of the file in no text version",
    ] == to_text(annotate(a_reading())).splitlines()


def test_colour_changes_no_word() -> None:
    """Without its escapes the coloured page is the plain one."""
    from click import unstyle

    found = annotate(a_reading())

    assert "\x1b[" in to_text(found, colour=True)
    assert to_text(found) == unstyle(to_text(found, colour=True))


def test_words_that_go_on_are_marked_on_every_piece() -> None:
    """A stretch over a wrapped line shows its number on each piece."""
    assert [
        "one two",
        "    1──",
        "three",
        "1────",
    ] == list(draw("one two three", [Stretch(4, 13, 1)], 8))


def test_wide_letters_keep_the_marks_under_their_words() -> None:
    """A Chinese letter takes two columns."""
    assert ["毛 Mao", "1─ 2──"] == list(draw("毛 Mao", [Stretch(0, 1, 1), Stretch(2, 5, 2)], 20))


def test_a_number_wider_than_its_word_pushes_the_next_aside() -> None:
    """Marks never run into each other."""
    assert ["abc", "10", " 11", "  12"] == list(
        draw("abc", [Stretch(i, i + 1, 10 + i) for i in range(3)], 20)
    )


@given(st.text(alphabet="ab 毛\u0301я", max_size=60), st.integers(2, 20))
def test_pieces_make_up_the_line(line: str, width: int) -> None:
    """Wrapping loses nothing and no piece is wider than asked for."""
    pieces = wrap(line, width)

    assert line == "".join(line[start:end] for start, end in pieces)
    assert all(sum(map(width_of, line[s:e])) <= width for s, e in pieces)


def test_every_kind_of_value_is_described() -> None:
    """The table of words covers every kind, with fields that the kind has."""
    kinds = {one.__struct_config__.tag: one for one in Value.__args__}

    assert set(kinds) == set(read_values())
    for claim in a_reading().claims:
        assert describe(claim)[1]
    for kind, struct in kinds.items():
        fields = dict.fromkeys(struct.__struct_fields__, "") | {"about": ""}
        assert read_values()[kind]["words"].format_map(fields) is not None


def test_one_layer_keeps_the_numbers() -> None:
    """A layer is shown by its name; an unknown one gets those there are."""
    assert annotate(a_reading()).notes == annotate(a_reading(), "body").notes
    with pytest.raises(QueryError, match="choose one of: body"):
        annotate(a_reading(), "scan")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """An output folder with the record of the document."""
    (tmp_path / "records").mkdir()
    path = tmp_path / "records" / "doc-1.json"
    path.write_bytes(msgspec.json.encode(a_reading()))
    return tmp_path


def test_a_built_document_is_found_by_its_key(built: Path) -> None:
    """The record is read back; a wrong key gets the nearest."""
    assert a_reading() == find_reading("doc-1", built)
    with pytest.raises(QueryError, match=r"did you mean doc-1\?"):
        find_reading("doc-2", built)
    (built / "records" / "doc-1.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="run the build again"):
        find_reading("doc-1", built)


def test_json_holds_texts_marks_and_notes(built: Path) -> None:
    """What is printed as JSON has the offsets and the values."""
    result = CliRunner().invoke(main, ["inspect", "doc-1", "-d", str(built), "--json"])
    found = json.loads(result.output)

    assert "body" == found["versions"][0]["key"]
    assert 7 == found["uncovered"]
    assert "number" == found["notes"][0]["value"]["is"]
