"""tests/lines/citations.txt: citations of many archives and the references in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.citations import find_references

LINES = Path(__file__).parents[2] / "lines" / "citations.txt"


def _cases() -> list[tuple[str, list[str]]]:
    blocks = LINES.read_text(encoding="utf-8").split("\n====\n")[1:]
    cases = (block.partition("\n\n") for block in blocks)
    return [(text, expected.strip("\n").splitlines()) for text, _, expected in cases]


CASES = _cases()


@pytest.mark.parametrize(("citation", "expected"), CASES, ids=[case[0][:50] for case in CASES])
def test_a_citation_gives_its_references(citation: str, expected: list[str]) -> None:
    """Archive, parts and leaves are read from any style; other traditions stay whole."""
    found = list(find_references(citation))

    assert len(expected) == len(found)
    for line, one in zip(expected, found, strict=True):
        archive, parts, leaves, *written = [field.strip() for field in line.split("|")]
        values = ", ".join(f"{name} {value}" for name, value in one.values.items())
        assert (archive, parts, leaves) == (one.archive, values, " ".join(one.leaves))
        assert written in ([], [one.written])


@pytest.mark.parametrize(("citation", "expected"), CASES, ids=[case[0][:50] for case in CASES])
def test_parts_stand_where_they_say(citation: str, expected: list[str]) -> None:
    """The place of a reference and of its parts is in the citation, and holds the words."""
    for one in find_references(citation):
        assert one.written == " ".join(citation[one.start : one.end].split())
        for name, (start, end) in one.parts.items():
            words = citation[start:end]
            assert words.strip() == words != ""
            if name == "archive":
                assert one.archive == " ".join(words.split())


def test_a_leaf_is_a_number_however_padded() -> None:
    """Stamped zeros are no part of a leaf's number; they stay in the words."""
    (one,) = find_references("RGASPI, f. 558, op. 11, d. 339, ll. 0095-0096")

    assert (95, 96) == (one.first_leaf, one.last_leaf)
    assert one.written.endswith("ll. 0095-0096")


@given(st.text(alphabet="APRFfopdl.,;: 0123456789and-()фоп", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    """No words make the reading of a citation fail, and places lie within them."""
    for one in find_references(text):
        assert 0 <= one.start < one.end <= len(text)
