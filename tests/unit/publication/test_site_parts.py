"""The parts that a site is made of: marks, lines, addresses, search, drawings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_sample import HOSTILE, write_hostile

from cablegraph.errors import DataError
from cablegraph.publication.site.addresses import Addresses, is_web, safe_path
from cablegraph.publication.site.drawing import element
from cablegraph.publication.site.facts import graph_of, split_line, without_graph
from cablegraph.publication.site.marked import Mark, cut_lines
from cablegraph.publication.site.network import draw_network
from cablegraph.publication.site.places_map import draw_map
from cablegraph.publication.site.search import Index, Item, find_words, shard_of
from cablegraph.publication.site.spill import Note, Spill, group_notes, read_notes
from cablegraph.publication.site.staging import Staging
from cablegraph.publication.site.survey import read_part, survey
from cablegraph.publication.site.timeline import draw_timeline, plain_day
from cablegraph.terms import literal

ROOT = "../"


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with line breaks and marks anywhere over it, overlapping and nested."""
    text = draw(st.text(alphabet="abж \n\r&<", max_size=60))
    size = len(text)
    ends = st.tuples(st.integers(0, size), st.integers(0, size))
    pairs = draw(st.lists(ends, max_size=8))
    return text, [Mark(min(p), max(p), f"k{n}", "name") for n, p in enumerate(pairs)]


@given(marked_texts())
def test_pieces_joined_are_the_text(made: tuple[str, list[Mark]]) -> None:
    """Cutting loses nothing but the carriage return at the end of a line."""
    text, marks = made
    lines = cut_lines(text, marks)
    found = "\n".join("".join(piece.text for piece in line.pieces) for line in lines)

    assert re.sub(r"\r(?=\n|\Z)", "", text) == found


@given(marked_texts())
def test_every_mark_covers_exactly_its_words(made: tuple[str, list[Mark]]) -> None:
    """The pieces under a mark are its words, but for the ends of lines."""
    text, marks = made
    lines = cut_lines(text, marks)
    for mark in marks:
        words = "".join(
            piece.text for line in lines for piece in line.pieces if mark in piece.marks
        )

        assert re.sub(r"[\r\n]", "", text[mark.start : mark.end]) == words.replace("\r", "")


def test_the_shortest_mark_comes_first() -> None:
    """Where marks overlap a link leads to what was read from the fewest words."""
    pieces = cut_lines("the plan", [Mark(0, 8, "stance", "s"), Mark(4, 8, "plan", "p")])[0].pieces

    assert [("the ", ["stance"]), ("plan", ["plan", "stance"])] == [
        (piece.text, [mark.key for mark in piece.marks]) for piece in pieces
    ]


@given(st.text(max_size=40), st.sampled_from(["", "<https://e.example/graph/telegram/t>"]))
def test_a_line_is_taken_apart_whatever_its_words(words: str, graph: str) -> None:
    """Words that look like a graph are not taken for one; the triple is kept whole."""
    value = literal(words + " <a:b> .")
    line = " ".join(filter(None, ("<a:s>", "<a:p>", value, graph))) + " .\n"

    assert ("<a:s>", "<a:p>", value, graph) == split_line(line)
    assert graph == graph_of(line)
    assert f"<a:s> <a:p> {value} .\n" == without_graph(line)


def test_an_iri_as_object_is_no_graph() -> None:
    """A line of the default graph has no graph, though it ends with an IRI."""
    assert "" == graph_of("<a:s> <a:p> <a:o> .\n")
    assert "<a:g>" == graph_of("<a:s> <a:p> <a:o> <a:g> .\n")


@pytest.mark.parametrize("path", ["", "a//b", "../a", "a/./b", "a/" + "b" * 300, "a b", "a\\b"])
def test_a_path_of_other_than_plain_steps_is_refused(path: str) -> None:
    """Nothing that could lead elsewhere, or that no file system takes, becomes a file."""
    with pytest.raises(DataError):
        safe_path(path)


def test_a_part_is_linked_on_the_page_of_its_whole() -> None:
    """A node without a page leads to an anchor of the nearest thing that has one."""
    addresses = Addresses("https://e.example/", {"telegram/t", "person/p"})

    assert "../page/telegram/t/index.html#stance/1" == addresses.href(
        "<https://e.example/id/telegram/t/stance/1>", ROOT
    )
    assert addresses.href("<https://e.example/id/nothing>", ROOT) is None
    assert addresses.href("<javascript:alert(1)>", ROOT) is None
    assert "https://x.example/" == addresses.href("<https://x.example/>", ROOT)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "https://a b", " https://a"]
)
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    """Anything but http and https is text."""
    assert not is_web(text)


def test_documents_come_back_whole_from_the_parts(tmp_path: Path) -> None:
    """However small the parts, each document has all its lines, and no line is lost."""
    graph = write_hostile(tmp_path / "output") / "graph" / "cablegraph.nq"
    known = survey([graph], tmp_path, part_size=2000)
    read = [
        line
        for n in range(known.parts)
        for _, lines in read_part(tmp_path / f"part-{n}.nq")
        for line in lines
    ]
    shared = (tmp_path / "shared.nq").read_text("utf-8").splitlines(keepends=True)

    assert 1 < known.parts
    assert ["telegram/t-1"] == known.documents
    assert sorted(graph.read_text("utf-8").splitlines(keepends=True)) == sorted([*read, *shared])


def test_notes_come_back_by_page_in_order_of_date(tmp_path: Path) -> None:
    """Whatever order documents leave them in, each note is there once; without a day it is last."""
    spill = Spill(tmp_path, 3)
    days = ["1951-07-03", "", "1950-01-01", "1952-02-02"]
    for name, chosen in (("telegram/a", days[:3]), ("telegram/b", days[3:])):
        notes = group_notes([Note("person/a", "sent", date=day) for day in chosen * 2])
        spill.keep(spill.pack(name, notes))
    spill.keep(spill.pack("telegram/c", group_notes([Note("person/b", "sent")])))
    found = read_notes(spill.read(spill.number("person/a"))["person/a"])

    assert ["1950-01-01", "1951-07-03", "1952-02-02", ""] == [note.date for note in found]


def test_a_copy_is_called_by_its_reference(tmp_path: Path) -> None:
    """A holding has no label of its own."""
    graph = write_hostile(tmp_path / "output") / "graph" / "cablegraph.nq"

    assert "A, f. 1, op. 2, l. 3" == survey([graph], tmp_path).labels["holding/a/1/2/3"]


def test_russian_words_are_found_in_every_form(tmp_path: Path) -> None:
    """A form that no text has leads to the dictionary form of one that a text has."""
    index = Index()
    index.add(Item("a.html", "A", ""), find_words(["", "о ходе переговоров"]))
    index.write(Staging(tmp_path, tmp_path / "site"))
    shard = _loaded(tmp_path / "search" / f"{shard_of('переговорами')}.js")

    assert ["переговоры"] == shard["forms"]["переговорами"]
    assert [0, 1] == shard["found"]["переговоры"]


def _loaded(path: Path) -> dict[str, dict[str, list[object]]]:
    found = re.fullmatch(r'window\.cablegraphLoaded\("[^"]+",(.*)\);\n', path.read_text("utf-8"))
    assert found
    value: dict[str, dict[str, list[object]]] = json.loads(found[1])
    return value


def test_a_title_counts_more_than_a_word_of_the_text() -> None:
    """The first text is the title."""
    assert (("armistic", 6), ("sign", 1)) == find_words(["Armistice", "armistices signed"])


def test_hostile_titles_leave_the_index_a_script_of_one_call(tmp_path: Path) -> None:
    """A title can't end the string it stands in, nor the line."""
    index = Index()
    index.add(Item("a.html", HOSTILE + '\u2028\n");alert(1)//', ""), [("x", 1)])
    index.write(Staging(tmp_path, tmp_path / "site"))
    text = (tmp_path / "search" / "items-0.js").read_text("utf-8")

    assert 1 == text.count("\n")
    assert "\u2028" not in text


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("1951-07", "1951-07"), ("1951~", "1951"), ("", ""), ("../1951", ""), ("19XX", "")],
)
def test_a_date_is_drawn_where_it_surely_begins(edtf: str, expected: str) -> None:
    """What has no certain year has no place on the line of time."""
    assert expected == plain_day(edtf)


def test_long_times_are_drawn_by_year_and_short_ones_by_day() -> None:
    """The bars are as fine as there is room for."""
    by_day = draw_timeline(["1951-07-03", "1951-07-03", "1951-07-05"], {})
    by_month = draw_timeline(["1951-07-03", "1952-03-01"], {})
    by_year = draw_timeline(["1931-07-03", "1951-07-05"], {})

    assert "1951-07-04" in by_day
    assert "1951-10" in by_month
    assert "1951-10-" not in by_month
    assert "<title>1931: 1</title>" in by_year


def test_drawings_are_well_formed_whatever_the_names() -> None:
    """Names with markup stand as text in a drawing."""
    labels = {"person/a": HOSTILE.replace("\u202e", ""), "person/b": "B", "place/p": "<p>"}
    drawn = [
        draw_network({("person/a", "person/b"): 2, ("person/b", "person/a"): 1}, labels, ROOT),
        draw_map({"place/p": (30.0, 60.0)}, labels, {"place/p": 3}, ROOT),
        draw_map({"place/p": (180.0, 90.0), "person/b": (-180.0, -90.0)}, labels, {}, ROOT),
        element("text", "<b>", x='"'),
    ]
    for one in drawn:
        assert ElementTree.fromstring(str(one)).tag
    assert "<script" not in drawn[0]


def test_letters_there_and_back_are_two_lines() -> None:
    """Each direction of a correspondence is drawn apart."""
    labels = {"person/a": "A", "person/b": "B"}
    drawn = draw_network({("person/a", "person/b"): 2, ("person/b", "person/a"): 1}, labels, ROOT)
    ways = re.findall(r'd="([^"]+)"', drawn)

    assert 2 == len(set(ways))
