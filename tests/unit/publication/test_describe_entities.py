"""What the description of one thing holds, and how it is found in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publication_sample import BASE, sample_lines, thing

from cablegraph.errors import DataError
from cablegraph.publication.entities import Entities
from cablegraph.publication.lookup import Lookup
from cablegraph.serialise.rdf import write_nquads
from cablegraph.terms import parse_line, quad_line


@pytest.fixture(scope="module")
def entities(sample_output: Path) -> Entities:
    """The things of the invented graph."""
    return Entities(sample_output)


def _subjects(entities: Entities, path: str) -> set[str]:
    found = entities.describe(path)
    assert found is not None
    return {parse_line(line).subject for line in found.lines}


def test_every_thing_with_a_page_is_listed_once(entities: Entities) -> None:
    """Parts are not listed; units of an archive are, each by itself."""
    expected = {
        "person/ann", "person/bob", "person/gone", "person/old", "place/port",
        "telegram/t-1", "telegram/t-2", "unit/a/1", "unit/a/1/2",
    }  # fmt: skip
    found = list(entities.owners())

    assert expected == set(found)
    assert len(expected) == len(found)
    assert BASE == entities.base


def test_the_steps_to_parts_are_those_of_the_data(entities: Entities) -> None:
    """The rules of servers know parts by what leads to them in the graph."""
    expected = {
        "person": ["name"], "place": [], "telegram": ["claim", "date", "text"], "unit": [],
    }  # fmt: skip

    assert expected == entities.part_steps()


def test_a_description_has_parts_references_claims_and_words(entities: Entities) -> None:
    """A person: names, the telegrams that name her, the claims about her and their words."""
    found = _subjects(entities, "person/ann")

    assert thing("person/ann/name/1") in found
    assert thing("telegram/t-1") in found
    assert thing("telegram/t-2/claim/1") in found
    assert thing("telegram/t-1/text/transcript/span/0-3#quote") in found
    assert f"<{BASE}data/person/ann>" in found
    assert thing("telegram/t-1/date/sent") not in found
    assert thing("place/port") not in found


def test_what_lies_in_an_archive_unit_is_described_by_itself(entities: Entities) -> None:
    """A fonds has its own statements and those that name it, not the whole tree below."""
    lines = entities.describe("unit/a/1")
    assert lines is not None
    below = [line for line in lines.lines if line.startswith(thing("unit/a/1/2"))]

    assert 1 == len(below)
    assert thing("unit/a/1") in below[0]


def test_a_description_that_would_be_too_long_says_what_it_leaves_out(
    entities: Entities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the bounds claims stay, other references and spans go, and a comment tells it."""
    monkeypatch.setattr("cablegraph.publication.entities.MOST_REFERENCES", 2)
    monkeypatch.setattr("cablegraph.publication.entities.MOST_SPANS", 1)
    found = entities.describe("person/ann")
    assert found is not None
    subjects = {parse_line(line).subject for line in found.lines}
    comments = [line for line in found.lines if "left out" in line]

    assert thing("telegram/t-1") not in subjects
    assert thing("telegram/t-1/claim/1") in subjects
    assert thing("telegram/t-1/text/transcript/span/0-3") not in subjects
    assert 2 == len(comments)
    assert all(line.startswith(f"<{BASE}data/person/ann>") for line in comments)


def test_an_unknown_name_reads_a_few_lines_only(entities: Entities) -> None:
    """A name that is not there is found out by halving the file."""
    lookup = entities.lookup
    read: list[int] = []
    line = lookup._line
    lookup._line = lambda offset: read.append(offset) or line(offset)  # type: ignore[func-returns-value, method-assign]
    try:
        assert entities.describe("person/zz") is None
    finally:
        lookup._line = line  # type: ignore[method-assign]

    assert len(read) < 20


def test_the_index_finds_what_reading_everything_finds(sample_output: Path) -> None:
    """For each term: the statements on it, on its parts, and those that refer to it."""
    lookup = Lookup(sample_output / "graph" / "cablegraph.nq")
    quads = [parse_line(line) for line in sample_lines()]
    terms = {q.subject for q in quads} | {q.object for q in quads if q.object.startswith("<")}

    for term in sorted(terms):
        iri = term[1:-1]
        about = [quad_line(*q) for q in quads if q.subject == term]
        parts = [
            quad_line(*q) for q in quads if q.subject.startswith((term[:-1] + "/", term[:-1] + "#"))
        ]
        naming = [quad_line(*q) for q in quads if q.object == term and q.subject != term]
        assert about == lookup.statements(iri)
        assert sorted(parts) == sorted(lookup.parts(iri))
        if f"{BASE}id/" in iri:
            assert sorted(naming) == lookup.references(iri)


@given(st.lists(st.text("ab/#-.", min_size=1, max_size=4), min_size=1, max_size=12))
def test_any_names_are_found_in_a_sorted_file(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    """However names begin with one another, each finds its own statements and parts."""
    path = tmp_path_factory.mktemp("lookup") / "x.nq"
    lines = sorted({f'<a:{name}> <b:p> "o" <c:g> .' for name in names})
    write_nquads(lines, path)
    lookup = Lookup(path)

    for name in [*names, "a/b", "b"]:
        own = [line for line in lines if line.startswith(f"<a:{name}> ")]
        parts = [line for line in lines if line.startswith((f"<a:{name}/", f"<a:{name}#"))]
        assert own == lookup.statements(f"a:{name}")
        assert parts == sorted(lookup.parts(f"a:{name}"))


@pytest.mark.parametrize("content", ["", "<a:b> <a:p> <a:o> .\n<a:a> <a:p> <a:o> .\n"])
def test_a_file_that_is_empty_or_unsorted_is_refused(content: str, tmp_path: Path) -> None:
    """Halving would find nothing in it, so it is said at the start."""
    path = tmp_path / "graph.nq"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DataError, match=r"graph\.nq"):
        Lookup(path)
