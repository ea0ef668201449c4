"""The shapes over one document, with the authority graph behind it."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef

from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.validation.prepared import PreparedGraph
from cablegraph.validation.results import ShapeResult
from cablegraph.validation.shacl import check_background, check_shapes, has_target

T1 = "https://example.org/id/telegram/t1"
NUMBER = f"{T1}/number/17"


def found(results: list[ShapeResult]) -> list[tuple[str, str, str]]:
    return [(r.focus.rpartition("/")[2], r.code, r.message) for r in results]


def test_messages_are_filled_and_concepts_read_by_their_labels(
    telegram: str, authorities: str
) -> None:
    """A result names the shape, and its message the values, a concept by its label."""
    results = check_shapes(telegram, background=authorities)

    assert found(results) == [
        ("t1", "T3-rivals-i", "witnesses disagree on the number of the test: 17"),
        ("t1", "T3-rivals-i", "witnesses disagree on the number of the test: 77"),
    ]
    assert {r.severity for r in results} == {"info"}


def test_a_property_shape_reports_by_the_name_of_its_parent(
    telegram: str, authorities: str
) -> None:
    """The code is the named shape; remedy and path come from the nearest that has them."""
    line = f'<{NUMBER}> <{PREFIXES["rico"]}textualValue> "17" .'
    results = check_shapes(telegram.replace(line, ""), background=authorities)
    result = next(r for r in results if r.code == "T1-number")

    assert result.focus == NUMBER
    assert result.severity == "violation"
    assert result.remedy == "write the number on the node"
    assert result.path == PREFIXES["rico"] + "textualValue"


def test_the_authority_graph_is_seen_but_not_reported(telegram: str, authorities: str) -> None:
    """A document's check reads the authorities; their own faults are found once, separately."""
    without = check_shapes(telegram)

    assert "the sender is no person" in {r.message for r in without}
    assert found(check_background(authorities)) == [
        ("jones", "T2-person", "person without a label")
    ]


def test_a_backslash_in_a_value_does_not_break_the_message(telegram: str, authorities: str) -> None:
    r"""A value such as 3\c is no escape to anyone."""
    results = check_shapes(telegram.replace('"17"', '"3\\\\c \\\\1"'), background=authorities)

    assert "witnesses disagree on the number of the test: 3\\c \\1" in {r.message for r in results}


def test_a_foreign_namespace_is_not_taken_for_conformance(telegram: str) -> None:
    """Data that no shape looks at raises."""
    foreign = telegram.replace(CBL.namespace, "https://example.org/other#")

    assert not has_target(foreign)
    with pytest.raises(ValueError, match="is the namespace right"):
        check_shapes(foreign)


def test_an_ill_typed_literal_prints_nothing(
    telegram: str, authorities: str, caplog: pytest.LogCaptureFixture
) -> None:
    """rdflib's traceback about a month 13 does not reach the reader."""
    bad = f'<{NUMBER}> <{PREFIXES["dcterms"]}date> "1951-13-01"^^<{PREFIXES["xsd"]}date> .\n'
    check_shapes(telegram + bad, background=authorities)

    assert caplog.records == []


def test_the_same_document_gives_the_same_results(telegram: str, authorities: str) -> None:
    """The order of the lines changes nothing."""
    turned = "\n".join(reversed(telegram.strip().split("\n")))

    assert check_shapes(telegram, background=authorities) == check_shapes(
        turned, background=authorities
    )


def test_a_pattern_made_of_the_data_cannot_end_the_validation(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An unclosed bracket in a value is an error of that filter, not of the run."""
    graph = PreparedGraph()
    graph.add((URIRef(T1), URIRef(CBL.delo), Literal("[5")))
    found = graph.query(f"SELECT ?s WHERE {{ ?s <{CBL.delo}> ?d FILTER(REGEX('5', ?d)) }}")

    assert list(found) == []
    assert "can't be read" in caplog.text
