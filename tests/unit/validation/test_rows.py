"""Statements as plain strings, by the quick way and by the parser."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.terms import literal, quad_line
from cablegraph.validation.facts import Facts
from cablegraph.validation.rows import cut_lines, parse_statements, read_rows, to_plain, to_term

LINES = (
    "<https://e.org/a> <https://e.org/p> <https://e.org/b> .",
    "<https://e.org/a> <https://e.org/p> <https://e.org/б> <https://e.org/g> .",
    '<https://e.org/a> <https://e.org/p> "a . b <c> \u2028"@zh-hant <https://e.org/g> .',
    '<https://e.org/a> <https://e.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    r'<https://e.org/a> <https://e.org/p> "a \"word\", \\ and\nline \u0007 \U0001F600" .',
    '<https://e.org/a> <https://e.org/p> "" .',
)


@pytest.mark.parametrize("line", LINES)
def test_the_quick_way_reads_what_the_parser_reads(line: str) -> None:
    """Subject, property and value are the same, whichever way they are read."""
    (quick,) = read_rows(line)
    (parsed,) = read_rows(parse_statements(line))

    assert list(map(to_plain, parsed)) == list(map(to_plain, quick))


def test_the_packages_own_lines_are_cut_as_the_parser_reads_them() -> None:
    """Where syntax is known, a line is cut at its blanks: those of a literal do not matter."""
    lines = [f"<a:s> <a:p> {value} <a:g> ." for value in (
        "<a:o>", '"a . <b> <c> ."@en', r'"\" <a:x> .\""', '"1"^^<a:t>', '""',
    )]  # fmt: skip

    assert read_rows(parse_statements("\n".join(lines))) == cut_lines(lines)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "ru"]))
def test_any_literal_is_cut_and_read_back(text: str, language: str | None) -> None:
    """Whatever words a statement has, its value and its words are found again."""
    term = literal(text, language)
    line = quad_line("<a:s>", "<a:p>", term, "<a:g>")

    assert [("<a:s>", "<a:p>", term)] == cut_lines([line])
    assert text == to_plain(term)


@pytest.mark.parametrize("node", ["https://e.org/a", "_:b"])
def test_a_node_and_its_term_stand_for_each_other(node: str) -> None:
    """An IRI has brackets in N-Triples, a blank node has none."""
    assert node == to_plain(to_term(node))


def test_of_lines_gives_what_the_text_gives() -> None:
    """The quick way and the checked one lead to the same statements on each node."""
    text = sorted(line for line in LINES if line.endswith("<https://e.org/g> ."))
    text.append('<https://e.org/b> <https://e.org/p> "x" <https://e.org/g> .')
    quick, slow = Facts.of_lines(text), Facts("\n".join(text))

    assert list(slow.rows) == list(quick.rows)
    assert ["https://e.org/a", "https://e.org/b"] == list(quick)
    assert ["a . b <c> \u2028", "https://e.org/б"] == quick.values(
        "https://e.org/a", "https://e.org/p"
    )


def test_other_forms_of_n_quads_are_parsed() -> None:
    """Comments, tabs, blank nodes and empty lines are read, by the parser."""
    text = "# comment\n\n_:b\t<https://e.org/p>  <https://e.org/b>.\n" + LINES[0]

    assert {"_:b", "<https://e.org/a>"} == {row[0] for row in read_rows(text)}


@pytest.mark.parametrize(
    "text", ["<https://e.org/a> <https://e.org/p> .", "<a> <b> <c> .", LINES[0] + "\nnonsense"]
)
def test_what_is_no_n_quads_raises(text: str) -> None:
    """A line that is no statement is not passed over."""
    with pytest.raises(SyntaxError):
        read_rows(text)


def test_quads_and_triples_give_their_words() -> None:
    """What pyoxigraph gives is taken apart alike; a blank node is no literal."""
    node = pyoxigraph.BlankNode("x")
    kind = pyoxigraph.NamedNode("https://e.org/p")

    assert [
        ("_:x", "<https://e.org/p>", '"v"'),
        ("_:x", "<https://e.org/p>", "_:x"),
    ] == read_rows(
        [
            pyoxigraph.Triple(node, kind, pyoxigraph.Literal("v")),
            pyoxigraph.Quad(node, kind, node),
        ]
    )


@pytest.mark.parametrize(
    "line",
    ["<a:s> <a:p> \"" + "x" * 100_000, "<a:s> <a:p> \"" + "\\\\" * 50_000, "<" + "a" * 100_000,
     "<a:s> <a:p> <a:o> " * 6_000],
    ids=["open literal", "backslashes", "open IRI", "no full stop"],
)  # fmt: skip
def test_a_long_line_that_does_not_fit_is_given_up_at_once(line: str) -> None:
    """The pattern never tries a line again in another way: that would take hours."""
    with pytest.raises(SyntaxError):
        read_rows(line)
