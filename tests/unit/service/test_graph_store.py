"""The graph store: one graph at a time, to read."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

Call = Callable[..., httpx.Response]

GRAPH = "/rdf-graph-store?graph=https%3A%2F%2Fe.org%2Fgraph%2Ftwo"


def test_a_named_graph_is_given_whole(call: Call) -> None:
    """In the form asked for."""
    answer = call("GET", GRAPH, headers={"Accept": "application/n-triples"})

    assert "application/n-triples" == answer.headers["content-type"]
    assert 3 == answer.text.count("\n")


def test_the_default_graph_is_given_whole(call: Call) -> None:
    """It holds what every named graph says."""
    answer = call("GET", "/rdf-graph-store?default", headers={"Accept": "application/n-triples"})

    assert answer.text.count("\n") > 400
    assert "Первое письмо" in answer.text


def test_head_says_how_long_it_is(call: Call) -> None:
    """Without sending it."""
    get, head = call("GET", GRAPH), call("HEAD", GRAPH)

    assert (200, b"") == (head.status_code, head.content)
    assert str(len(get.content)) == head.headers["content-length"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_can_be_changed(call: Call, method: str) -> None:
    """405 with what is allowed."""
    answer = call(method, GRAPH, content=b"<a:b> <a:c> <a:d> .")

    assert (405, "GET, HEAD, OPTIONS") == (answer.status_code, answer.headers["allow"])


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (404, "graph=https%3A%2F%2Fe.org%2Fnone"),
        (404, "graph=file%3A%2F%2F%2Fetc%2Fpasswd"),
        (404, "graph=..%2F..%2Fetc"),
        (400, "graph="),
        (400, ""),
        (400, "default&graph=https%3A%2F%2Fe.org%2Fgraph%2Ftwo"),
        (400, "graph=a%3Ab&graph=a%3Ac"),
        (400, "graph=%FF"),
    ],
)
def test_other_graphs_are_not_found(call: Call, status: int, fields: str) -> None:
    """And a request that names none or two is a mistake."""
    assert status == call("GET", f"/rdf-graph-store?{fields}").status_code


def test_a_form_that_is_none_is_not_acceptable(call: Call) -> None:
    """The answer lists the forms."""
    answer = call("GET", GRAPH, headers={"Accept": "text/html"})

    assert 406 == answer.status_code
    assert "text/turtle" in answer.text
