"""SSSOM is read with the place of every fault, and written in one canonical form."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cablegraph.errors import Faults, LinkError, lines
from cablegraph.links.check import read_links
from cablegraph.links.head import head_lines, parse_head
from cablegraph.links.sssom import empty_set, render_links, write_links

from .conftest import HEAD, Rows, row

PETROV = row("person/petrov", "wikidata:Q42")


def faults_of(path: Path) -> list[str]:
    with pytest.raises((LinkError, Faults)) as caught:
        read_links(path)
    return [line.removeprefix(f"{path}:") for line in lines(caught.value)]


def test_a_row_becomes_a_link(write_set: Rows) -> None:
    """Subject and object are spelt out, and the decision is told."""
    denied = row("person/zubov", "wikidata:Q7", predicate_modifier="Not")
    vain = row("place/torgau", "sssom:NoTermFound", object_source="authority:viaf", confidence="")
    found = read_links(write_set(PETROV, denied, vain)).links

    assert ("person/petrov", "http://www.wikidata.org/entity/Q42") == (
        found[0].subject, found[0].object
    )  # fmt: skip
    assert ["accepted", "rejected", "none"] == [link.decision for link in found]
    assert "viaf" == found[2].source


def test_the_older_name_of_nothing_is_understood(write_set: Rows) -> None:
    """sssom:NoMapping of earlier drafts means what sssom:NoTermFound means."""
    vain = row("place/torgau", "sssom:NoMapping", object_source="authority:viaf")

    assert "none" == read_links(write_set(vain)).links[0].decision


def test_a_canonical_file_comes_back_byte_for_byte(write_set: Rows, tmp_path: Path) -> None:
    """Columns stand in the order of the schema, rows sorted, and a second round changes nothing."""
    noted = row("person/petrov", "wikidata:Q42", comment='He says "no"\u2028twice')
    noted["comment"] = noted["comment"].replace('"', "'")
    links = read_links(write_set(row("place/torgau", "geonames:77/"), noted))
    path = tmp_path / "again.tsv"
    write_links(links, path)
    first = path.read_bytes()
    write_links(read_links(path), path)

    assert first == path.read_bytes()
    assert first.decode().startswith(HEAD + "subject_id\tpredicate_id\tobject_id\tmapping_just")
    assert first.decode().index("person/petrov") < first.decode().index("place/torgau")
    assert ["again.tsv", "links.sssom.tsv"] == sorted(p.name for p in tmp_path.glob("*.tsv"))


def test_a_cell_with_quotation_marks_survives(write_set: Rows, tmp_path: Path) -> None:
    """A quotation mark is doubled and comes back single."""
    path = write_set(PETROV)
    path.write_text(path.read_text().replace("Seen on the stone.", '"He said ""no"""'))
    links = read_links(path)
    write_links(links, path)

    assert 'He said "no"' == links.links[0].cells["comment"]
    assert links == read_links(path)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (row("person/petrov", "wikidata:42"), "10:35: LinkError: 'wikidata:42' is no identifier"),
        (row("person/petrov", "nobody:1"), "10:35: LinkError: the prefix of 'nobody:1' is not"),
        (row("person/petrov", "Q42"), "10:35: LinkError: 'Q42' is no CURIE"),
        (PETROV | {"subject_id": "viaf:7"}, "10:1: LinkError: 'viaf:7' is nothing of the"),
        (PETROV | {"predicate_id": "owl:sameAs"}, "10:18: LinkError: predicate_id is 'owl:sa"),
        (PETROV | {"predicate_modifier": "no"}, "10:34: LinkError: predicate_modifier is 'no'"),
        (PETROV | {"mapping_justification": "sure"}, "10:48: LinkError: mapping_justification"),
        (PETROV | {"mapping_date": "2001-02-30"}, "10:90: LinkError: mapping_date is '2001-02-3"),
        (PETROV | {"confidence": "2"}, "10:101: LinkError: confidence is '2'; write a number"),
        (row("place/torgau", "sssom:NoTermFound"), "10:34: LinkError: the row says that none was"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_its_place(
    write_set: Rows, broken: dict[str, str], said: str
) -> None:
    """The line and column of the cell stand first, then what it holds."""
    (found,) = faults_of(write_set(broken))

    assert found.startswith(said)


def test_all_faults_are_told_at_once(write_set: Rows) -> None:
    """Each bad row has a line of its own."""
    bad = [row("person/petrov", f"nobody:{n}") for n in range(3)]

    assert ["10:35", "11:35", "12:35"] == [
        ":".join(line.split(":")[:2]) for line in faults_of(write_set(*bad))
    ]


def test_a_repetition_and_a_contradiction_are_refused(write_set: Rows) -> None:
    """The same two may not be linked twice, nor accepted and rejected, nor found and not found."""
    denied = PETROV | {"predicate_modifier": "Not"}
    vain = row("person/petrov", "sssom:NoTermFound", object_source="authority:wikidata")
    found = faults_of(write_set(PETROV, PETROV, denied, vain))

    assert ["line 10 says the same", "line 10 decides otherwise on the same",
            "line 10 has an identifier, and one of the two says there is none"] == [
        line.split("LinkError: ")[1].split(";")[0] for line in found
    ]  # fmt: skip


def test_a_huge_cell_is_refused_soon(write_set: Rows) -> None:
    """A cell of a million letters costs one line and no time."""
    begin = time.monotonic()
    found = faults_of(write_set(PETROV | {"comment": "x" * 1_000_000, "subject_id": "cg:person/q"}))

    assert ["10:1: LinkError: a cell of 1000000 characters; keep it under 10000"] == found
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "cell", ["a" * 9_999, "cg:" + "a-" * 4_000, "cg:person/" + "a/" * 4_000, "0." + "0" * 9_000]
)
def test_no_cell_makes_a_pattern_run_long(write_set: Rows, cell: str) -> None:
    """A long cell in any column is judged at once."""
    begin = time.monotonic()
    for column in ("subject_id", "object_id", "mapping_justification", "confidence"):
        faults_of(write_set(PETROV | {column: cell, "predicate_id": "x"}))

    assert time.monotonic() - begin < 5


def test_a_row_with_too_many_cells_is_refused(write_set: Rows) -> None:
    """Cells are counted against the header."""
    path = write_set(PETROV)
    path.write_text(path.read_text().rstrip("\n") + "\tmore\n")

    assert ["10:1: LinkError: 11 cells, the header has 10; part the cells by one tab each"] == (
        faults_of(path)
    )


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD.replace("license", "licence"), "8:1: LinkError: 'licence' is no slot of the head"),
        (HEAD.replace("#license", "#mapping_tool"), "1:1: LinkError: the head lacks license"),
        (HEAD + "#license: x\n", "9:1: LinkError: 'license' stands twice in the head"),
        (HEAD + "#comment: \"open\n", "9:1: LinkError: Unterminated string"),
        (HEAD + "#comment &anchor\n", "9:1: LinkError: the head has '#comment &anchor'"),
        (HEAD.replace("http://viaf.org/viaf/", "http://v/"), "1:1: LinkError: viaf is 'http://v/'"),
        (HEAD + "#comment: a\n#  b: c\n", "10:1: LinkError: 'b' belongs to nothing"),
    ],
)  # fmt: skip
def test_a_wrong_head_is_named_by_its_line(write_set: Rows, head: str, said: str) -> None:
    """What is wrong before the table is told as well."""
    (found,) = faults_of(write_set(PETROV, head=head))

    assert found.startswith(said)


def test_a_head_in_other_dress_means_the_same() -> None:
    """A space after the sign, quotation marks, lists at any indent: read alike, written one way."""
    dressed = [
        "# creator_label:",
        "# - 'Ada ''E'''",
        '# license: "l"',
        "# curie_map:",
        "#   a: x:/",
    ]
    head = parse_head(dressed, Path("a"))

    assert {"creator_label": ["Ada 'E'"], "license": "l", "curie_map": {"a": "x:/"}} == head
    assert ["#curie_map:", "#  a: x:/", "#creator_label:", "#  - \"Ada 'E'\"", "#license: l"] == (
        list(head_lines(head))
    )


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A path without a file is one line."""
    assert faults_of(tmp_path / "no.tsv")[0].startswith("1:1: LinkError: the file can't be read")


def test_a_set_can_begin_empty(tmp_path: Path) -> None:
    """A new set has every prefix, and is read back."""
    path = tmp_path / "new.tsv"
    write_links(empty_set("https://example.org/", "https://example.org/l"), path)

    assert () == read_links(path).links
    assert "https://example.org/id/" == read_links(path).curie_map["cg"]
    assert path.read_text() == render_links(read_links(path))
