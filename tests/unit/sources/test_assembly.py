"""Texts put together from stretches of a file: every letter leads back into it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources.assembly import Assembly

LETTERS = st.text("ab \n\t—\u00ade\u0301", max_size=12)


@dataclass
class Table:
    """The plain way: the places of each letter in two lists."""

    text: str = ""
    origin: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)

    def put(self, text: str, start: int, end: int) -> None:
        """Add words, letter by letter or each for the whole."""
        exact = len(text) == end - start
        self.text += text
        self.origin += range(start, end) if exact else [start] * len(text)
        self.until += range(start + 1, end + 1) if exact else [end] * len(text)

    def join(self, text: str) -> None:
        """Add white space that belongs to the letter before it."""
        if self.text:
            self.origin += [self.origin[-1]] * len(text)
            self.until += [self.until[-1]] * len(text)
            self.text += text


def _flow(table: Table, text: str, start: int, *, exact: bool, end: int) -> None:
    """Add words one letter after the other, white space as on the page."""
    at = 0
    while at < len(text):
        last = at
        while last < len(text) and text[last].isspace() == text[at].isspace():
            last += 1
        single = text[at:last] == " " and at > 0 and last < len(text)
        if not text[at].isspace() or single:
            first = start + at
            table.put(text[at:last], *((first, first + last - at) if exact else (start, end)))
        elif table.text and not table.text[-1].isspace():
            table.join(" ")
        at = last


@given(st.lists(st.tuples(st.sampled_from(["put", "flow", "line"]), LETTERS, st.booleans())))
def test_places_are_those_of_a_table_of_all_letters(steps: list[tuple[str, str, bool]]) -> None:
    """Told by stretches, the place of every letter is what a list with all of them says."""
    assembly, table, file = Assembly(), Table(), ""
    for what, text, exact in steps:
        start = len(file)
        file += text if exact else f"&{text};"
        if what == "put":
            assembly.put(text, start, len(file))
            table.put(text, start, len(file))
        elif what == "flow":
            assembly.put_flowing(text, start, len(file))
            _flow(table, text, start, exact=exact, end=len(file))
        else:
            assembly.line()
            if table.text and table.text[-1] != "\n":
                table.join("\n")
    source = assembly.finish(path="f", name="f", sha256="0", text=file).source

    assert len(table.text) == len(assembly)
    if source.clean == table.text:
        assert table.origin == list(source.origin)
        assert table.until == list(source.until)
        assert table.origin[1:-1] == source.origin[1:-1]
    for origin, until in zip(source.origin, source.until, strict=True):
        assert 0 <= origin < until <= len(file)


def test_what_cleaning_leaves_out_belongs_to_no_letter() -> None:
    """A soft hyphen, or a mark put together with its letter, shifts no place behind it."""
    assembly = Assembly()
    assembly.put("x\u00ady", 10, 13)
    assembly.put("e\u0301z", 20, 23)
    finished = assembly.finish(path="f", name="f", sha256="0", text=" " * 30)

    assert "xyéz" == finished.source.clean
    assert [10, 12, 20, 22] == list(finished.source.origin)
    assert [11, 13, 22, 23] == finished.source.until[:]
    assert 2 == finished.at(3)


def test_a_place_beyond_the_text_is_an_error() -> None:
    """As of any sequence; places can be counted from the end."""
    assembly = Assembly()
    assembly.put("ab", 5, 7)
    places = assembly.finish(path="f", name="f", sha256="0", text=" " * 9).source.origin

    assert 6 == places[-1]
    with pytest.raises(IndexError):
        places[2]
