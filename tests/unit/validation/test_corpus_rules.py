"""Corpus rules as SPARQL files."""

from __future__ import annotations

import pyoxigraph
import pytest

from cablegraph.validation.rules import parse_rule, read_rules, run_rules

SENDER = pyoxigraph.NamedNode("https://www.ica.org/standards/RiC/ontology#hasSender")
SMITH = pyoxigraph.NamedNode("https://example.org/id/person/smith")


def test_a_rule_compares_documents_in_different_graphs() -> None:
    """The default graph of a rule is the union of the named graphs."""
    store = pyoxigraph.Store()
    for name in ("t2", "t1"):
        node = pyoxigraph.NamedNode(f"https://example.org/id/telegram/{name}")
        store.add(pyoxigraph.Quad(node, SENDER, SMITH, pyoxigraph.NamedNode(f"{node.value}/g")))
    (result,) = run_rules(store)

    assert result.focus == "https://example.org/id/telegram/t1"
    assert result.message == "same sender as https://example.org/id/telegram/t2"
    assert (result.code, result.severity) == ("T5-shared-sender-i", "info")
    assert result.remedy == "compare the two"


def test_a_rule_without_a_remedy_is_refused() -> None:
    """The header must be complete."""
    with pytest.raises(ValueError, match="no message and no remedy"):
        parse_rule("# id: R1\n# severity: Info\nSELECT ?this WHERE { }")


def test_an_unknown_severity_is_refused() -> None:
    """Violation, Warning and Info are all there is."""
    with pytest.raises(ValueError, match="'Fatal' is no severity"):
        parse_rule("# id: R1\n# severity: Fatal\n# message: m\n# remedy: r\n")


def test_rules_come_in_order_of_file_name() -> None:
    """The folder's order is the order of the file names."""
    assert [rule.code for rule in read_rules()] == ["T5-shared-sender-i"]


def test_a_rule_that_was_cut_off_says_so() -> None:
    """As many results as the LIMIT allows: there may be more, and one line tells."""
    store = pyoxigraph.Store()
    for number in range(60):
        node = pyoxigraph.NamedNode(f"https://example.org/id/telegram/t{number}")
        store.add(pyoxigraph.Quad(node, SENDER, SMITH))
    results = run_rules(store)

    assert ["only the first 1000 results of this rule are shown"] == [
        result.message for result in results if result.focus == "_:"
    ]
    assert len(results) == 1001


def test_a_rule_that_has_said_all_is_silent() -> None:
    """Fewer results than the limit are all there are."""
    store = pyoxigraph.Store()
    for number in range(20):
        node = pyoxigraph.NamedNode(f"https://example.org/id/telegram/t{number}")
        store.add(pyoxigraph.Quad(node, SENDER, SMITH))

    assert "_:" not in {result.focus for result in run_rules(store)}
