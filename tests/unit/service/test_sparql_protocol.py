"""The endpoint as clients meet it: ways to ask, forms, refusals, description, page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest

Call = Callable[..., httpx.Response]

TWO = "https://e.org/graph/two"
YES = {"head": {}, "boolean": True}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
SD = "http://www.w3.org/ns/sparql-service-description#"


def test_the_three_ways_to_ask_have_one_answer(call: Call) -> None:
    """GET, POST of a form, POST of the query itself; with a stroke at the end or not."""
    found = [
        call("GET", "/sparql?query=ASK%20%7B%7D"),
        call("GET", "/sparql/?query=ASK%20%7B%7D"),
        call("POST", "/sparql", content="query=ASK+%7B%7D", headers=FORM),
        call("POST", "/sparql", content="ASK {}", headers=DIRECT),
        call(
            "POST",
            "/sparql",
            content="ASK {}",
            headers={"Content-Type": "application/sparql-query; charset=UTF-8"},
        ),
    ]

    assert [YES] * 5 == [answer.json() for answer in found]


def test_head_has_the_headers_of_get(call: Call) -> None:
    """And no body."""
    get, head = (call(method, "/sparql?query=ASK%20%7B%7D") for method in ("GET", "HEAD"))

    assert (200, b"") == (head.status_code, head.content)
    assert get.headers["content-length"] == head.headers["content-length"]
    assert get.headers["content-type"] == head.headers["content-type"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_tables_come_in_the_form_liked_best(ask: Call, accept: str, expected: str) -> None:
    """By weight, then by exactness, then by our order."""
    answer = ask("SELECT ?p { <https://e.org/id/ana> ?p ?o }", accept)

    assert (200, expected) == (answer.status_code, answer.headers["content-type"])
    assert "Accept" == answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/sparql-results+json, text/turtle;q=0.1", "text/turtle; charset=utf-8"),
    ],
)
def test_graphs_come_in_the_form_liked_best(ask: Call, accept: str, expected: str) -> None:
    """And hold the same triples in each."""
    answer = ask("CONSTRUCT WHERE { <https://e.org/id/letter-1> ?p ?o }", accept)
    form = pyoxigraph.RdfFormat.from_media_type(expected)

    assert form
    assert expected == answer.headers["content-type"]
    assert 3 == len(list(pyoxigraph.parse(answer.content, format=form)))


@pytest.mark.parametrize(
    ("query", "accept"),
    [("ASK { }", "text/turtle"), ("CONSTRUCT { } WHERE { }", "text/csv"), ("ASK { }", "image/png")],
)
def test_what_has_no_such_form_is_not_acceptable(ask: Call, query: str, accept: str) -> None:
    """The answer lists the forms there are."""
    answer = ask(query, accept)

    assert 406 == answer.status_code
    assert "application/" in answer.text
    assert "Accept" == answer.headers["vary"]


def test_the_field_format_outweighs_the_header(ask: Call) -> None:
    """For links; an unknown one is a mistake."""
    right, wrong = (ask("ASK { }", BROWSER, format=form) for form in ("xml", "exe"))

    assert "application/sparql-results+xml" == right.headers["content-type"]
    assert 400 == wrong.status_code


def test_the_request_names_the_dataset(ask: Call) -> None:
    """Only what these graphs say is seen; a graph that is not ours is a mistake."""
    first = "ASK { <https://e.org/id/letter-1> ?p ?o }"
    fields = {"default-graph-uri": TWO}

    assert ask(first).json()["boolean"]
    assert not ask(first, **fields).json()["boolean"]
    assert 400 == ask(first, **{"named-graph-uri": "http://127.0.0.1/secret"}).status_code


@pytest.mark.parametrize(
    ("status", "method", "path", "headers", "content"),
    [
        (400, "GET", "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D", {}, b""),
        (400, "GET", "/sparql?query=ASK+%7B", {}, b""),
        (400, "GET", "/sparql?query=%FF%FE", {}, b""),
        (400, "GET", "/sparql?default-graph-uri=x", {}, b""),
        (403, "GET", "/sparql?update=CLEAR+ALL", {}, b""),
        (403, "GET", "/sparql?query=DROP+ALL", {}, b""),
        (405, "PUT", "/sparql?query=ASK+%7B%7D", {}, b""),
        (405, "DELETE", "/sparql", {}, b""),
        (400, "POST", "/sparql", FORM, b""),
        (400, "POST", "/sparql", FORM, b"query=%FF"),
        (400, "POST", "/sparql?query=ASK+%7B%7D", FORM, b"query=ASK+%7B%7D"),
        (403, "POST", "/sparql", FORM, b"update=CLEAR+ALL"),
        (403, "POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL"),
        (400, "POST", "/sparql", DIRECT, b"\xff\xfe"),
        (400, "POST", "/sparql", DIRECT, b"ASK {"),
        (415, "POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}"),
        (415, "POST", "/sparql", {}, b"ASK {}"),
        (
            415,
            "POST",
            "/sparql",
            {"Content-Type": "application/sparql-query; charset=UTF-16"},
            b"A",
        ),
        (413, "POST", "/sparql", DIRECT, b"ASK { # " + b"x" * 200_000),
        (414, "GET", "/sparql?query=" + "x" * 40_000, {}, b""),
        (431, "GET", "/sparql", {"X-Long": "x" * 50_000}, b""),
        (431, "GET", "/sparql", {f"X-{n}": "x" for n in range(120)}, b""),
        (404, "GET", "/sparql/assets/..%2Fopenapi.json", {}, b""),
        (404, "GET", "/sparql/../../etc/passwd", {}, b""),
        (404, "GET", "/nothing", {}, b""),
    ],
)
def test_mistakes_are_told(
    call: Call, status: int, method: str, path: str, headers: dict[str, str], content: bytes
) -> None:
    """With the right status, in words, and open to scripts of any site."""
    answer = call(method, path, headers=headers, content=content)

    assert status == answer.status_code
    assert answer.text.strip()
    assert "*" == answer.headers["access-control-allow-origin"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_preflight_is_answered(call: Call) -> None:
    """With the methods there are."""
    found = {path: call("OPTIONS", path) for path in ("/sparql", "/rdf-graph-store")}

    assert {204} == {answer.status_code for answer in found.values()}
    assert "GET, HEAD, POST, OPTIONS" == found["/sparql"].headers["access-control-allow-methods"]
    assert "GET, HEAD, OPTIONS" == found["/rdf-graph-store"].headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_the_service_describes_itself(call: Call, media: str) -> None:
    """Without a query; its endpoint is the address that was asked; every graph is counted."""
    answer = call("GET", "/sparql", headers={"Accept": media})
    form = pyoxigraph.RdfFormat.from_media_type(media)
    assert form
    store = pyoxigraph.Store()
    store.load(answer.content, format=form)
    where = "<http://test/sparql>"

    assert store.query(f"ASK {{ {where} a <{SD}Service> ; <{SD}endpoint> {where} }}")
    assert store.query(f"ASK {{ {where} <{SD}feature> <{SD}UnionDefaultGraph> }}")
    assert store.query(
        f"ASK {{ ?g <{SD}name> <{TWO}> ; <{SD}graph>/<http://rdfs.org/ns/void#triples> 3 }}"
    )
    assert not store.query("ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }")


def test_a_description_is_not_sent_twice(call: Call) -> None:
    """It has an ETag."""
    etag = call("GET", "/sparql").headers["etag"]

    assert 304 == call("GET", "/sparql", headers={"If-None-Match": etag}).status_code
    assert 406 == call("GET", "/sparql", headers={"Accept": "image/png"}).status_code


def test_browsers_get_a_page_that_runs_nothing_strange(call: Call) -> None:
    """Scripts and styles come from here alone, none stands in the page."""
    page = call("GET", "/sparql", headers={"Accept": BROWSER})
    policy = page.headers["content-security-policy"]

    assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["content-type"])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page.text
    assert " style=" not in page.text
    assert "http" not in page.text.partition("<main>")[0]
    assert 20 == page.text.count("?question=")


def test_the_page_keeps_the_query_and_shows_rows(call: Call) -> None:
    """Nothing of the query or the graph becomes markup."""
    query = "SELECT ?t { <https://e.org/id/letter-2> dcterms:title ?t } # </textarea><b>@path@"
    page = call("GET", "/sparql", params={"query": query}, headers={"Accept": BROWSER})

    assert 200 == page.status_code
    assert "&lt;/textarea&gt;&lt;b&gt;@path@" in page.text
    assert "<script>" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert f"?query={quote('SELECT ?t {', safe='').replace('%20', '+')}" in page.text


def test_the_page_says_why_there_is_no_result(call: Call) -> None:
    """With the status of the reason; the query stays in the form."""
    page = call("GET", "/sparql", params={"query": "ASK { <b> "}, headers={"Accept": BROWSER})

    assert 400 == page.status_code
    assert 'role="alert">query:1:' in page.text
    assert "ASK { &lt;b&gt;" in page.text


def test_a_canned_question_stands_in_the_form(call: Call) -> None:
    """By its name only: no path is ever opened."""
    known, path = (
        call("GET", f"/sparql?question={name}", headers={"Accept": BROWSER}).text
        for name in ("01-pseudonym", "/etc/passwd")
    )

    assert "cbl:underName" in known
    assert "cbl:underName" not in path
    assert "root:" not in path


@pytest.mark.parametrize(
    ("name", "media"), [("query.css", "text/css"), ("query.js", "text/javascript")]
)
def test_the_page_has_its_files(call: Call, name: str, media: str) -> None:
    """With their media types, which the browser must not guess."""
    answer = call("GET", f"/sparql/assets/{name}")

    assert answer.headers["content-type"].startswith(media)
    assert answer.content


def test_terms_are_listed_for_completion(call: Call) -> None:
    """Those of the graph and those of the vocabulary, by prefix."""
    terms = call("GET", "/sparql/terms.json").json()

    assert {"dcterms:title", "rico:Person", "cbl:Stance", "skos:"} <= set(terms)
