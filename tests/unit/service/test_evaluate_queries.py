"""A job done in this process: kinds of results, limits, places of mistakes."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from cablegraph.service.broker import open_holdings
from cablegraph.service.evaluate import Holdings, answer
from cablegraph.service.limits import Limits
from cablegraph.service.messages import Job, Outcome

FORMS = {"select": "json", "ask": "json", "graph": "nt"}
ONE, TWO, MANY = (f"https://e.org/graph/{name}" for name in ("one", "two", "many"))


@pytest.fixture(scope="module")
def holdings(service_graph: Path) -> Holdings:
    """Return the invented graph."""
    return open_holdings(service_graph)[0]


def do(
    holdings: Holdings, query: str, limits: Limits | None = None, **more: object
) -> tuple[Outcome, str]:
    """Do a job; return how it ended and what was written."""
    out = io.BytesIO()
    job = msgspec.convert({"query": query, "forms": FORMS, **more}, type=Job)
    return answer(job, holdings, out, limits or Limits()), out.getvalue().decode("utf-8")


def count(holdings: Holdings, **dataset: object) -> tuple[int, int]:
    """Return the triples in the default graph and those in named graphs, of a dataset."""
    found = []
    for pattern in ("{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }"):
        _, text = do(holdings, f"SELECT (COUNT(*) AS ?n) {pattern}", **dataset)
        found.append(int(msgspec.json.decode(text)["results"]["bindings"][0]["n"]["value"]))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("query", "kind", "form"),
    [
        ("SELECT ?s { ?s ?p ?o }", "select", "json"),
        ("ASK { }", "ask", "json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "graph", "nt"),
        ("DESCRIBE <https://e.org/id/ana>", "graph", "nt"),
    ],
)
def test_the_form_follows_the_kind(holdings: Holdings, query: str, kind: str, form: str) -> None:
    """Which it is, only the engine knows."""
    outcome, _ = do(holdings, query)

    assert (200, kind, form) == (outcome.status, outcome.kind, outcome.form)


def test_the_default_graph_is_the_union_and_says_nothing_twice(holdings: Holdings) -> None:
    """A statement of two graphs is one statement."""
    default, named = count(holdings)

    assert default == named - 1


def test_a_dataset_of_the_request_is_the_whole_dataset(holdings: Holdings) -> None:
    """Named graphs alone leave the default graph empty, and the other way round."""
    assert (0, 3) == count(holdings, default=[], named=[TWO])
    assert (3, 0) == count(holdings, default=[TWO], named=[])
    assert (7, 3) == count(holdings, default=[ONE, TWO], named=[TWO])


def test_graphs_of_from_are_merged(holdings: Holdings) -> None:
    """What two of them say counts once; those not named are not looked at."""
    query = f"SELECT (COUNT(*) AS ?n) FROM <{ONE}> FROM <{TWO}> FROM NAMED <{TWO}> "
    merged, named = (
        do(holdings, query + pattern)[1]
        for pattern in ("{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }")
    )

    assert '"value":"7"' in merged
    assert '"value":"3"' in named


def test_the_request_outweighs_from(holdings: Holdings) -> None:
    """As the protocol says."""
    outcome, text = do(
        holdings,
        f"ASK FROM <{MANY}> {{ <https://e.org/id/letter-2> ?p ?o }}",
        default=[TWO],
        named=[],
    )

    assert 200 == outcome.status
    assert '{"head":{},"boolean":true}' == text


def test_an_unknown_graph_is_a_mistake(holdings: Holdings) -> None:
    """An empty answer would tell a falsehood."""
    outcome, text = do(holdings, "ASK { }", default=["https://e.org/graph/none"])

    assert (400, "unknown-graph", "") == (outcome.status, outcome.reason, text)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_in_every_form(holdings: Holdings, form: str) -> None:
    """As many as allowed pass, one more does not."""
    query = "SELECT ?s ?n { ?s dcterms:identifier ?n }"
    forms = {"select": form}

    assert (200, 400) == (do(holdings, query, Limits(rows=400), forms=forms)[0].status, 400)
    assert 400 == do(holdings, query, Limits(rows=400), forms=forms)[0].rows
    assert "rows" == do(holdings, query, Limits(rows=399), forms=forms)[0].reason


def test_triples_are_counted(holdings: Holdings) -> None:
    """A CONSTRUCT meets the limit too."""
    query = "CONSTRUCT WHERE { ?s dcterms:identifier ?n }"

    assert (200, 400) == (
        do(holdings, query, Limits(rows=400))[0].status,
        do(holdings, query)[0].rows,
    )
    assert (503, "rows") == (
        do(holdings, query, Limits(rows=399))[0].status,
        do(holdings, query, Limits(rows=399))[0].reason,
    )


def test_bytes_are_counted(holdings: Holdings) -> None:
    """The reason says how many were allowed."""
    outcome, _ = do(holdings, "SELECT * { ?s ?p ?o }", Limits(result=5000))

    assert (503, "bytes") == (outcome.status, outcome.reason)
    assert "5,000 bytes" in outcome.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?s {\n  ?s ?p }", "query:2:"),
        ("ASK { ex:a ?p ?o }", "query:1:7: the prefix 'ex' is not declared"),
        ("", "query:1:1: "),
        ("SELECT * { ?s ?p ?o", "query:1:"),
    ],
)
def test_a_malformed_query_is_told_its_place(holdings: Holdings, query: str, told: str) -> None:
    """Line and column."""
    outcome, _ = do(holdings, query)

    assert (400, "malformed") == (outcome.status, outcome.reason)
    assert outcome.text.startswith(told)


def test_a_kind_without_a_form_is_not_acceptable(holdings: Holdings) -> None:
    """The forms there are, are listed."""
    outcome, _ = do(holdings, "SELECT * { ?s ?p ?o }", forms={"graph": "ttl"})

    assert 406 == outcome.status
    assert "application/sparql-results+json" in outcome.text


def test_a_graph_is_written_whole(holdings: Holdings) -> None:
    """Without a name it is the default graph; an unknown one is 404."""
    named, text = do(holdings, "", graph=TWO)
    default, everything = do(holdings, "", graph="")
    none, _ = do(holdings, "", graph="https://e.org/graph/none")

    assert [200, 200, 404] == [named.status, default.status, none.status]
    assert 3 == text.count("\n")
    assert everything.count("\n") > 400


def test_a_table_escapes_what_the_graph_holds(holdings: Holdings) -> None:
    """Nothing of the graph becomes markup; only web addresses become links."""
    forms = {"select": "html"}
    query = (
        "SELECT ?t ?x ?y { <https://e.org/id/letter-2> dcterms:title ?t "
        'BIND(IRI("javascript:alert(1)") AS ?x) BIND(STRLANG("a\\u202Eb", "ar") AS ?y) }'
    )
    _, text = do(holdings, query, forms=forms)

    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "href" not in text
    assert '<bdi dir="auto" lang="ar">a\u202eb</bdi>' in text


def test_names_of_the_dataset_lead_to_where_it_is_served(holdings: Holdings) -> None:
    """The others keep their address."""
    query = "SELECT ?s ?c { ?s dcterms:title 'The first letter'@en ; dcterms:creator/a ?c }"
    local = {"local": "https://e.org/", "root": "/here/"}
    _, text = do(holdings, query, forms={"select": "html"}, **local)

    assert 'href="/here/id/letter-1"' in text
    assert 'href="https://www.ica.org/standards/RiC/ontology#Person"' in text


def test_a_table_says_that_there_is_more(holdings: Holdings) -> None:
    """The first thousand rows stand on the page."""
    _, text = do(holdings, "SELECT * { ?s ?p ?o . ?a ?b ?c }", forms={"select": "html"})

    assert 1001 == text.count("<tr>")
    assert "The first 1,000 rows; download all below." in text
