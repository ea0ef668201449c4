"""Transcripts in a folder joined to the rows of a table, and the files that count as documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import CablegraphError, SourceError
from cablegraph.records.model import Record
from cablegraph.records.readers import find_files
from cablegraph.records.tabular.read import read_table
from cablegraph.sources.files import read_file

MAPPING = '[table]\ntexts = "texts"\n[columns]\nid = "No"\nsender = "From"\ntext-file = "File"\n'


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files of text below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(folder: Path) -> tuple[dict[str, Record], list[str]]:
    """Return the letters of t.csv by key and what is told of it, without the folder."""
    documents = list(read_table(read_file(folder / "t.csv")) or ())
    told = [str(one).replace(f"{folder}/", "") for one in documents if isinstance(one, Exception)]
    assert all(isinstance(one, Record | CablegraphError) for one in documents)
    return {one.key: one for one in documents if isinstance(one, Record)}, told


def test_a_row_has_the_transcript_that_it_names(tmp_path: Path) -> None:
    """The layer comes from the other file; its evidence re-slices there."""
    write(
        tmp_path,
        {
            "t.csv": "No,From,File\n1,Ann,a.txt\n2,Bo,sub/b\n",
            "t.toml": MAPPING,
            "texts/a.txt": "\r\nDear Cy,\r\ncome.\r\n",
            "texts/sub/b.txt": "Wir haben das nicht und werden es nicht haben.",
        },
    )
    records, told = read(tmp_path)
    layer = records["t-1"].layer("transcript")
    other = records["t-2"].layer("transcript")

    assert [] == told
    assert layer is not None
    assert other is not None
    assert "Dear Cy,\ncome." == layer.text
    assert ("a.txt", 2, 1) == (layer.source.name, *layer.source.place(layer.span.start))
    assert "t.csv" == records["t-1"].source.name
    evidence = layer.evidence(0, 8)
    assert "Dear Cy," == evidence.quote == layer.source.text[evidence.start : evidence.end]
    assert ["catalogue", "transcript"] == [one.key for one in records["t-1"].layers]


def test_missing_and_unnamed_transcripts_are_told_and_the_row_is_read(tmp_path: Path) -> None:
    """A name that leads out of the folder is a missing one; nothing there is opened."""
    write(
        tmp_path,
        {
            "t.csv": "No,From,File\n1,Ann,a.txt\n2,Bo,../secret.txt\n3,Cy,b.txt\n4,Di,b.txt\n",
            "t.toml": MAPPING,
            "secret.txt": "secret",
            "texts/b.txt": "words",
            "texts/c.txt": "words",
        },
    )
    records, told = read(tmp_path)

    assert ["t-1", "t-2", "t-3", "t-4"] == list(records)
    assert [
        "t.csv:2:7: TableError: no transcript 'a.txt' in texts; put it into texts",
        "t.csv:3:6: TableError: no transcript '../secret.txt' in texts; put it into texts",
        "t.csv:5:6: TableError: the transcript 'b.txt' belongs to another row already; "
        "name each transcript in one row",
        "texts/c.txt:1:1: TableError: no row of t.csv names this transcript; "
        "name it in a row, or move it to a folder of its own",
    ] == told


def test_without_a_column_of_files_the_id_names_the_transcript(tmp_path: Path) -> None:
    """As folders of transcripts are mostly kept."""
    write(
        tmp_path,
        {
            "t.csv": "No,From\n1951-7,Ann\n",
            "t.toml": MAPPING.replace('text-file = "File"\n', ""),
            "texts/1951-7.txt": "words",
        },
    )
    records, told = read(tmp_path)

    assert [] == told
    assert 2 == len(records["t-1951-7"].layers)


def test_a_transcript_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Its row is still a letter."""
    write(tmp_path, {"t.csv": "No,From,File\n1,Ann,a.txt\n", "t.toml": MAPPING, "texts/a.txt": ""})
    records, told = read(tmp_path)

    assert ["t-1"] == list(records)
    assert [True] == ["a.txt:1:1: SourceError: an empty file" in line for line in told]


def test_a_folder_of_transcripts_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Once for the folder, and for each row."""
    write(tmp_path, {"t.csv": "No,From,File\n1,Ann,a.txt\n", "t.toml": MAPPING})
    _, told = read(tmp_path)

    assert "texts:1:1: TableError: no such folder; make the folder, or mend texts in t.toml" in told


def test_a_folder_gives_tables_that_are_known_and_no_joined_texts(tmp_path: Path) -> None:
    """By a mapping or by headings; ledgers, mapping sets and other tables are passed over."""
    write(
        tmp_path,
        {
            "t.csv": "No,From,File\n1,Ann,a.txt\n",
            "t.toml": MAPPING,
            "texts/a.txt": "words",
            "letters.csv": "key,sender,addressee,senderDate\n1,A,B,1951\n",
            "prices.csv": "what,price\nrope,3\n",
            "broken.csv": "a,b\n",
            "broken.toml": "[columns\n",
            "decisions.csv": "document,claim\n",
            "links.sssom.tsv": "a\tb\n",
            "decisions.toml": MAPPING,
            "authorities/t.csv": "key,sender,addressee,senderDate\n",
            "one.txt": "words",
            "two.xml": "<TEI/>",
            "built/MANIFEST.json": "{}",
            "built/x.csv": "key,sender,addressee,senderDate\n",
        },
    )

    assert ["broken.csv", "letters.csv", "one.txt", "t.csv", "two.xml"] == [
        path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])
    ]


def test_a_folder_with_an_unknown_table_alone_has_no_document(tmp_path: Path) -> None:
    """What is looked for is said."""
    write(tmp_path, {"prices.csv": "what,price\nrope,3\n"})

    with pytest.raises(SourceError, match="a table with its mapping"):
        find_files([tmp_path])


def test_headings_beyond_the_first_block_of_a_file_are_not_waited_for(tmp_path: Path) -> None:
    """A large table in UTF-16 is known by its first lines too."""
    rows = "key,sender,addressee,senderDate\n" + "1,Ann,Bo,1951\n" * 6000
    (tmp_path / "wide.csv").write_bytes(rows.encode("utf-16"))
    (tmp_path / "plain.csv").write_text(rows, encoding="utf-8")

    assert 2 == len(find_files([tmp_path]))
