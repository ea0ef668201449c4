"""What is refused before the engine sees it, and what only looks so."""

from __future__ import annotations

import time

import pytest

from cablegraph.service.vetting import check_query, find_undeclared

ALLOWED = (
    'ASK { ?s ?p "SERVICE <http://x/> { }" }',
    "ASK { ?s ?p '''LOAD <a>\nSERVICE <b>''' }",
    "# SERVICE <http://x/>\nASK { } # DROP ALL",
    "ASK { ?service ?load ?insert }",
    "ASK { <http://e.org/SERVICE#a> ?p <http://e.org/service#> }",
    "PREFIX service: <http://e.org/> ASK { service:SERVICE ?p service:load }",
    'ASK { ?s ?p "x"@service }',
    "ASK { _:service ?p $FROM }",
    "SELECT ?a { ?a ?b ?c FILTER(?a<?b&&?c>?a) }",
    "SELECT (1 AS ?from) { }",
)
REFUSED = (
    "ASK { SERVICE <http://x/> { ?s ?p ?o } }",
    "ask{service silent ?x{}}",
    "SELECT * { { SELECT * { OPTIONAL { Service<http://x/>{ } } } } }",
    "ASK { FILTER(?a<?b)SERVICE#>\nex:x { } }",
    "INSERT DATA { <a> <b> <c> }",
    "PREFIX a: <b>\n# ASK\nBASE <c> delete WHERE { ?s ?p ?o }",
    "LOAD <http://x/>",
    "CLEAR ALL ; ASK { }",
    "WITH <a> DELETE { ?s ?p ?o } WHERE { }",
)


@pytest.mark.parametrize("query", ALLOWED)
def test_words_in_texts_and_names_are_no_keywords(query: str) -> None:
    """Strings, comments, IRIs, prefixed names, variables and tags may hold any word."""
    assert check_query(query, ()) is None


@pytest.mark.parametrize("query", REFUSED)
def test_what_changes_or_leaves_the_graph_is_refused(query: str) -> None:
    """The answer is 403, with the place."""
    refused = check_query(query, ())

    assert refused
    assert (403, "refused") == (refused.status, refused.reason)
    assert refused.text.startswith("query:")


def test_a_refusal_says_where() -> None:
    """Line and column count from 1."""
    refused = check_query("ASK {\n  SERVICE ?x { } }", ())

    assert refused
    assert refused.text.startswith("query:2:3: SERVICE ")


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <http://e.org/g> { }",
        "ASK FROM NAMED <http://e.org/g> FROM <http://e.org/g> { }",
        "PREFIX g: <http://e.org/> ASK from named g:g { }",
    ],
)
def test_from_may_name_our_graphs(query: str) -> None:
    """By IRI or by prefix; others are 400, and any is allowed if the request names the dataset."""
    other = check_query(query, {"http://e.org/other"})

    assert check_query(query, {"http://e.org/g"}) is None
    assert check_query(query, None) is None
    assert other
    assert (400, "unknown-graph") == (other.status, other.reason)


def test_a_file_is_no_graph_of_ours() -> None:
    """Nothing is read for FROM."""
    refused = check_query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {"http://e.org/g"})

    assert refused
    assert 400 == refused.status


def test_an_undeclared_prefix_is_named() -> None:
    """The project's own prefixes need no declaration."""
    assert find_undeclared("PREFIX a: <b> ASK { a:b dcterms:title _:c }") is None
    assert "query:1:7: the prefix 'no' is not declared; declare it with PREFIX" == find_undeclared(
        "ASK { no:body ?p ?o }"
    )


@pytest.mark.parametrize(
    "piece", ['"', "'", '"""', "'''a", "<", "<a ", "#", "\\", '"\\"', "a:", "?a<?b"]
)
def test_checking_takes_time_in_proportion(piece: str) -> None:
    """A megabyte of half-open strings and names is read in seconds, not hours."""
    began = time.process_time()
    check_query(piece * (200_000 // len(piece)), ())

    assert time.process_time() - began < 5
