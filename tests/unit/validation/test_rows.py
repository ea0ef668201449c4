"""Statements as plain strings, by the quick way and by the parser."""

from __future__ import annotations

import pyoxigraph
import pytest

from cablegraph.validation.rows import parse_statements, read_rows

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

    assert parsed[1:] == quick[1:]


def test_other_forms_of_n_quads_are_parsed() -> None:
    """Comments, tabs, blank nodes and empty lines are read, by the parser."""
    text = "# comment\n\n_:b\t<https://e.org/p>  <https://e.org/b>.\n" + LINES[0]

    assert {"_:b", "https://e.org/a"} == {row[1] for row in read_rows(text)}


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
        ('_:x <https://e.org/p> "v"', "_:x", "https://e.org/p", "v", False),
        ("_:x <https://e.org/p> _:x", "_:x", "https://e.org/p", "_:x", True),
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
