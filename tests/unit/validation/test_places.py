"""From a node of the graph to a line of the source file."""

from __future__ import annotations

import pyoxigraph
import pytest

from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.validation.facts import Facts, Lookup, StoreFacts, parse_statements
from cablegraph.validation.places import Place, locate, to_findings
from cablegraph.validation.results import ShapeResult

T1 = "https://example.org/id/telegram/t1"
FIRST = Place("letter.txt", 3, 1, "No. 17")
SECOND = Place("letter.txt", 4, 7, "№ 77")


@pytest.fixture(params=["facts", "store"])
def lookup(request: pytest.FixtureRequest, telegram: str) -> Lookup:
    """The telegram in memory and in a store: both must find the same."""
    if request.param == "facts":
        return Facts(telegram)
    store = pyoxigraph.Store()
    store.extend(parse_statements(telegram))
    return StoreFacts(store)


def test_the_line_follows_from_the_graph_alone(lookup: Lookup) -> None:
    """Lines count from the text version's first line, columns from 1, in code points."""
    assert locate(lookup, f"{T1}/number/17") == FIRST
    assert locate(lookup, f"{T1}/number/77") == SECOND


def test_of_rivals_the_one_that_the_message_names_is_shown(lookup: Lookup) -> None:
    """A finding about the telegram stands at the number that it speaks of."""
    assert locate(lookup, T1, about="witnesses disagree: 77") == SECOND
    assert locate(lookup, T1, about="witnesses disagree: 17") == FIRST
    assert locate(lookup, T1) == FIRST


def test_a_text_version_stands_at_its_first_line(lookup: Lookup) -> None:
    """What has no quotation of its own but a place in the file is found there."""
    assert locate(lookup, f"{T1}/text/transcript") == Place("letter.txt", 3, 1, "")


def test_a_claim_about_a_node_counts_as_its_evidence(telegram: str) -> None:
    """A node named by a claim is found at the claim's evidence."""
    node, claim = "https://example.org/id/holding/h1", f"{T1}/claim/1"
    lines = (
        f"<{claim}> <{PREFIXES['rdf']}subject> <{node}> .\n"
        f"<{claim}> <{CBL.evidence}> <{T1}/text/transcript/span/14-18> .\n"
    )

    assert locate(Facts(telegram + lines), node) == SECOND


def test_a_node_without_evidence_is_placed_at_the_start_of_its_file(telegram: str) -> None:
    """Line 1, column 1 of the document, and its path where it is known."""
    unknown = ShapeResult("https://example.org/id/x", "S", "warning", "m", "r")
    known = ShapeResult(f"{T1}/number/77", "S", "warning", "m", "r")
    findings = to_findings(
        [unknown, known], Facts(telegram), default="a.txt", paths={"letter.txt": "in/letter.txt"}
    )

    assert [(f.path, f.line, f.column) for f in findings] == [
        ("a.txt", 1, 1),
        ("in/letter.txt", 4, 7),
    ]


def test_what_concerns_no_node_is_placed_at_the_default() -> None:
    """That a rule found more than it shows is told at the start of the file given for it."""
    cut = ShapeResult("_:", "S09-x-i", "info", "only the first 2 results", "mend those")

    (finding,) = to_findings([cut], StoreFacts(pyoxigraph.Store()), default="a.csv")

    assert ("a.csv", 1, 1, None) == (finding.path, finding.line, finding.column, finding.focus)
