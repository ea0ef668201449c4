"""Terms as N-Quads text."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.terms import (
    Quad,
    encode_lines,
    escape,
    find_relative,
    iri,
    literal,
    natural_key,
    parse_line,
    parse_lines,
    parse_literal,
    quad_line,
    sort_lines,
    unescape,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
rare = st.text(st.sampled_from('\x00\x07\x08\t\n\x0b\x0c\r\x1f"\\\x7f\x85\u2028\ufffe\uffffЖ𐍈'))


@given(texts | rare)
def test_a_literal_is_escaped_as_pyoxigraph_escapes_it(text: str) -> None:
    """The canonical form has one spelling for every text."""
    assert str(pyoxigraph.Literal(text)) == literal(text)


@given(texts | rare, st.sampled_from([None, "ru", "zh-hans"]))
def test_a_literal_is_read_back(text: str, language: str | None) -> None:
    """Taking a literal apart gives what it was made of."""
    line = quad_line("<a:s>", "<a:p>", literal(text, language), "<a:g>")

    assert (text, language, None) == parse_literal(parse_line(line).object)


def test_a_string_has_no_datatype_and_a_language_is_lower_case() -> None:
    """What RDF says anyway is left out; language tags have one spelling."""
    string = "http://www.w3.org/2001/XMLSchema#string"

    assert literal("a", datatype=string) == '"a"'
    assert literal("a", language="zh-Hant") == '"a"@zh-hant'
    assert literal("1", datatype="a:b") == '"1"^^<a:b>'


@pytest.mark.parametrize(
    "text", ["a b", "no-scheme", "http://x/<", 'http://x/"', "http://x/\n", ""]
)
def test_what_is_no_iri_raises(text: str) -> None:
    """A character that would break the line is found where it is written."""
    with pytest.raises(ValueError, match="absolute IRI"):
        iri(text)


def test_a_literal_with_language_and_datatype_raises() -> None:
    """RDF knows no such literal."""
    with pytest.raises(ValueError, match="never both"):
        literal("a", language="en", datatype="a:b")
    with pytest.raises(ValueError, match="language tag"):
        literal("a", language="not a tag")


@pytest.mark.parametrize("line", ["", "<a:a> <a:b> .", '<a:a> "b" <a:c> .', '<a:a> <a:b> "c .'])
def test_what_is_no_line_raises(line: str) -> None:
    """A statement is whole or refused."""
    with pytest.raises(ValueError, match="not a line"):
        parse_line(line)


def test_lines_are_read_once_and_in_order() -> None:
    """Repeated and empty lines add nothing."""
    found = parse_lines(
        ["<a:b> <a:p> _:x .\n", "", "<a:a> <a:p> <a:o> <a:g> .", "<a:b> <a:p> _:x ."]
    )

    assert [Quad("<a:a>", "<a:p>", "<a:o>", "<a:g>"), Quad("<a:b>", "<a:p>", "_:x")] == found


@pytest.mark.parametrize("rest", ["../a", "a/../b", "a//b", "/a", "", "a:b", "./a", "a/", "a?b"])
def test_a_reference_that_would_not_lead_back_is_not_made(rest: str) -> None:
    """Only plain paths are written relative to a base."""
    assert find_relative("https://x.org/id/" + rest, "https://x.org/id/") is None


def test_parts_follow_their_whole() -> None:
    """A telegram's parts stand before the next telegram, and 9 before 10."""
    names = [
        "<t/x-10>",
        "<t/x-1/stance/10>",
        "<t/x-1#a>",
        "<t/x-1/stance/9>",
        "<t/x-1>",
        "<t/x-1-b>",
    ]

    assert [names[i] for i in (4, 2, 3, 1, 5, 0)] == sorted(names, key=natural_key)


@given(st.text(st.sampled_from('\\n"tu\n\t\r')))
def test_escapes_are_taken_out_one_by_one(text: str) -> None:
    """A backslash before a letter is not taken for the escape of a line end."""
    assert text == unescape(escape(text))


def test_sorted_lines_are_those_of_a_sorted_set() -> None:
    """Each comes once and in the order of code points, whatever order they had."""
    lines = ["<b:б> .", "<b:b> .", "<b:б> .", "<a:a> .", "<b:😀> .", "<b:\uffe6> .", "<a:a> ."]

    assert sorted(set(lines)) == sort_lines(lines)
    assert [] == sort_lines([])


@given(st.lists(texts.filter(lambda text: "\n" not in text)))
def test_encoded_lines_are_their_utf_8(lines: list[str]) -> None:
    """Joining some at a time changes no byte, however wide their letters are."""
    many = [*lines, "ж"] + ["plain"] * 600

    assert "".join(f"{line}\n" for line in many).encode() == encode_lines(many)
    assert b"" == encode_lines([])
