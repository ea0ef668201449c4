"""Readings are judged by the encoding of their files, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from encoded_papers import TABLE, VOLUME, entry, judge_text, letters_list

from cablegraph.errors import CablegraphError
from cablegraph.evaluation.encoded import judge
from cablegraph.evaluation.encoded.judge import judge_collection
from cablegraph.evaluation.encoded.tell import to_coverage, to_lines
from cablegraph.records.model import Record
from cablegraph.records.readers import read_documents
from cablegraph.records.stated import Stated, StatedAgent, StatedDate
from cablegraph.sources.files import SourceFile
from cablegraph.workshop import open_workshop


def test_a_volume_that_is_read_well_recovers_all_that_it_states(tmp_path: Path) -> None:
    """Both documents, and no party, date or place of the enclosure among theirs."""
    judged = judge_text(tmp_path, "harbour.xml", VOLUME)

    assert {"sender", "addressee", "sent", "origin", "source-note"} == set(judged.scores)
    assert {(1.0, 1.0)} == {(one.precision, one.recall) for one in judged.scores.values()}
    assert (2, 2) == (judged.files[0].documents, len(judged.files[0].letters))


def test_the_wording_of_heads_is_judged_without_their_types(tmp_path: Path) -> None:
    """Only sender and addressee are judged then."""
    judged = judge_text(tmp_path, "harbour.xml", VOLUME, untyped=True)

    assert {"sender": 1.0, "addressee": 1.0} == {
        name: one.f1 for name, one in judged.scores.items()
    }


def test_lists_and_tables_recover_identifiers_and_dates(tmp_path: Path) -> None:
    """A list of letters and a table of them, judged together."""
    entries = letters_list(entry("a"), entry("b", sender="12", date='from="1921" to="1923"'))
    listed = judge_text(tmp_path, "letters.xml", entries)
    table = judge_text(tmp_path, "letters.csv", TABLE)

    assert {1.0} == {one.f1 for one in listed.scores.values()}
    assert {1.0} == {one.f1 for one in table.scores.values()}
    assert (3, 2) == (table.scores["sender-id"].support, table.scores["sent"].support)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the readers turn sides round, lose the day, and drop each third document."""

    def read(file: SourceFile) -> Iterator[Record | CablegraphError]:
        for number, record in enumerate(read_documents(file)):
            if isinstance(record, Record) and number % 3 < 2:
                yield Record(
                    key=record.key, source=record.source, layers=record.layers,
                    fields=record.fields, uncovered=5, stated=tuple(map(_turn, record.stated)),
                )  # fmt: skip

    monkeypatch.setattr(judge, "read_documents", read)


def _turn(fact: Stated) -> Stated:
    if isinstance(fact, StatedAgent) and fact.role == "sender":
        return replace(fact, role="addressee")
    if isinstance(fact, StatedDate):
        return replace(fact, edtf="1899")
    return fact


@pytest.mark.usefixtures("broken")
def test_a_broken_reader_is_noticed(tmp_path: Path) -> None:
    """Turned sides, wrong days and lost letters lower the scores; what was kept stays right."""
    judged = judge_text(tmp_path, "letters.xml", letters_list(*map(entry, "abc")))

    assert 0.0 == judged.scores["sender"].recall
    assert 2 / 3 == pytest.approx(judged.scores["addressee"].recall)
    assert 0.5 == judged.scores["addressee"].precision
    assert (0.0, 0.0) == (judged.scores["sent"].recall, judged.scores["sent"].precision)
    assert {2: "no reason is told"} == judged.files[0].lost


@pytest.mark.usefixtures("broken")
def test_what_is_missed_is_told_with_its_place(tmp_path: Path) -> None:
    """One line each, and the characters that no text has."""
    judged = judge_text(tmp_path, "letters.xml", letters_list(entry("a")))
    text = (tmp_path / "letters.xml").read_text(encoding="utf-8").split("\n")
    line = next(n for n, words in enumerate(text, 1) if "Ann Orme" in words)

    assert f"{tmp_path}/letters.xml:{line}:1: sender: missed 'Ann Orme'" in list(to_lines(judged))
    assert any("5 of the files in none" in words for words in to_coverage(judged))


def test_a_lost_letter_has_the_reason_that_its_reader_tells(tmp_path: Path) -> None:
    """An entry without actions is lost, and the others are judged."""
    text = letters_list(entry("a"), '<correspDesc key="b"/>', entry("c"))
    judged = judge_text(tmp_path, "letters.xml", text)
    (reason,) = judged.files[0].lost.values()

    assert "LayoutError: " == reason[:13]
    assert (3, 2, 1.0) == (
        len(judged.files[0].letters), judged.files[0].documents, judged.scores["sender"].recall,
    )  # fmt: skip


def test_a_torn_file_stops_only_itself(tmp_path: Path) -> None:
    """The reader says where it is torn; the other file is judged."""
    (tmp_path / "a.xml").write_text(VOLUME[:-20], encoding="utf-8")
    (tmp_path / "b.xml").write_text(VOLUME, encoding="utf-8")
    judged = judge_collection([tmp_path], open_workshop(None))

    assert [str(tmp_path / "a.xml")] == [fault.where.split(":")[0] for fault in judged.faults]
    assert 2 == judged.scores["sender"].support
    assert "1 files of which nothing was read: SourceError" in list(to_coverage(judged))


def test_a_second_document_of_one_key_is_lost_and_told(tmp_path: Path) -> None:
    """Two files of one name in two folders have the same keys."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.xml").write_text(VOLUME, encoding="utf-8")
    judged = judge_collection([tmp_path / "one", tmp_path / "two"], open_workshop(None))

    assert ["DuplicateError"] * 2 == [type(fault).__name__ for fault in judged.faults]
    assert 0.5 == judged.scores["sender"].recall
