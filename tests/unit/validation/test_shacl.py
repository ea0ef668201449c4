"""The shapes over one document, with the authority graph behind it."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef

from cablegraph.errors import ConfigError
from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.validation.facts import Facts
from cablegraph.validation.prepared import PreparedGraph
from cablegraph.validation.results import ShapeResult
from cablegraph.validation.rows import read_rows
from cablegraph.validation.shacl import (
    Validator,
    check_background,
    check_shapes,
    choose_engine,
    engine_for,
    has_target,
)
from cablegraph.validation.shapes import read_shapes

T1 = "https://example.org/id/telegram/t1"
XSD = PREFIXES["xsd"]
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


def test_a_pattern_made_of_the_data_cannot_end_the_validation() -> None:
    """An unclosed bracket in a value is an error of that filter, not of the run."""
    graph = PreparedGraph(f'<{T1}> <{CBL.delo}> "[5" .\n')
    found = graph.query(f"SELECT ?s WHERE {{ ?s <{CBL.delo}> ?d FILTER(REGEX('5', ?d)) }}")

    assert list(found) == []


def test_a_query_is_about_the_node_that_is_given() -> None:
    """$this is bound from outside, and comes back with each row."""
    lines = [f'<{T1}> <{CBL.delo}> "5" .', f'<{NUMBER}> <{CBL.delo}> "6" .']
    graph = PreparedGraph("\n".join(lines))
    query = f"SELECT $this ?d WHERE {{ $this <{CBL.delo}> ?d }}"
    found = graph.query(query, initBindings={"this": URIRef(NUMBER)})

    assert [(URIRef(NUMBER), Literal("6"))] == [tuple(row) for row in found]


def test_a_value_that_is_no_number_has_no_order() -> None:
    """Where rdflib would raise, the comparison fails as SHACL has it."""
    bad, good = (
        next(PreparedGraph(f'<{T1}> <{CBL.delo}> "{words}"^^<{XSD}integer> .').objects())
        for words in ("x", "5")
    )

    assert not bad <= good
    assert not good <= bad
    assert good <= good


@pytest.mark.parametrize("validator", ["pyshacl", "shacl"])
def test_each_engine_gives_the_same_words(
    telegram: str, authorities: str, validator: Validator
) -> None:
    """Message, remedy and path do not depend on the engine."""
    if validator == "shacl":
        pytest.importorskip("shacl", reason="the extra fast is not installed")
    line = f'<{NUMBER}> <{PREFIXES["rico"]}textualValue> "17" .'
    bad = telegram.replace(line, "")

    assert check_shapes(bad, background=authorities, validator=validator) == [
        ShapeResult(
            NUMBER,
            "T1-number",
            "violation",
            "number needs one value as written",
            "write the number on the node",
            PREFIXES["rico"] + "textualValue",
        )
    ]


def test_an_engine_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for shacl without having it is told how to get it; auto does without."""
    monkeypatch.setattr("cablegraph.validation.shacl.find_spec", lambda _: None)
    choose_engine.cache_clear()
    try:
        assert choose_engine("auto") == "pyshacl"
        with pytest.raises(ConfigError, match=r"not installed; pip install 'cablegraph\[fast\]'"):
            choose_engine("shacl")
    finally:
        choose_engine.cache_clear()


def test_nodes_without_a_name_are_left_to_pyshacl(telegram: str) -> None:
    """Engines label them as they like, and pySHACL keeps the label of the file."""
    facts = Facts(telegram + f"_:b <{CBL.kind}> <{T1}> .\n")

    assert engine_for(facts.rows, "auto") == "pyshacl"
    assert engine_for(Facts(telegram).rows, "auto") == choose_engine("auto")


def test_only_what_a_shape_can_see_is_handed_over(telegram: str) -> None:
    """Of a document, the engine gets the statements that some shape names, and claimed ones."""
    other = "https://example.org/ns#other"
    line = f"<{T1}> <{other}> <{NUMBER}> .\n"
    claim = f"<{T1}/claim> <{PREFIXES['rdf']}predicate> <{other}> .\n"

    few = read_shapes().concern(read_rows(telegram + line))
    more = read_shapes().concern(read_rows(telegram + line + claim))

    assert f"<{other}>" not in {row[1] for row in few}
    assert f"<{other}>" in {row[1] for row in more}
