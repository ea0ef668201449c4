"""What a load does where a store takes many graphs in one request."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from loading_sample import GRAPHS, XSD, Load, Write
from store_double import BASE, Double, Request

from cablegraph.cli import main
from cablegraph.loading.client import Client
from cablegraph.loading.comparison import Expected, parse_triples
from cablegraph.loading.stores import find_profiles

GRAPH_TWO = f"{BASE}telegram/two"


@pytest.fixture(autouse=True)
def bundling(double: Double) -> None:
    """Let the store take bundles."""
    double.bundles = True


def is_bundle(request: Request) -> bool:
    return request.command == "POST" and "/store" in request.path and not request.graph


def bundles(double: Double) -> int:
    return sum(told == ("POST", "/store", "") for told in double.told)


def test_new_graphs_go_in_one_request_and_each_is_verified(load: Load, double: Double) -> None:
    """One POST brings them all; the report has the counts and hashes as of single graphs."""
    result = load()

    assert 1 == bundles(double)
    assert [] == double.writes()
    assert 9 == len(double.store)
    assert "graphs: 3 loaded and verified (9 statements)" in result.output
    assert "the store keeps every integer as xsd:integer: 1" in result.output
    assert "3 kept as verified before" in load().output


def test_a_bundle_has_no_more_statements_than_the_store_likes(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A graph that is larger than a bundle goes by itself, in several requests if need be."""
    small = replace(find_profiles()["oxigraph"], bundle=4, statements=3)
    monkeypatch.setattr("cablegraph.loading.session.recognise", lambda *_: small)
    result = load()

    assert 0 == result.exit_code, result.output
    assert 1 == bundles(double)
    assert [("PUT", GRAPH_TWO)] == double.writes()
    assert 9 == len(double.store)


def test_a_graph_that_is_there_is_replaced_and_not_added_to(load: Load, double: Double) -> None:
    """Only what the store does not hold goes in a bundle."""
    node = pyoxigraph.NamedNode("a:x")
    double.store.add(pyoxigraph.Quad(node, node, node, pyoxigraph.NamedNode(GRAPH_TWO)))
    bodies: list[bytes] = []

    def look(request: Request) -> bool:
        bodies.extend([request.body] * is_bundle(request))
        return False

    double.trick = look
    result = load()

    assert 0 == result.exit_code, result.output
    assert [False] == [GRAPH_TWO.encode() in body for body in bodies]
    assert [("PUT", GRAPH_TWO)] == double.writes()
    assert 5 == len(double.lines("telegram/two"))


@pytest.mark.parametrize("status", [200, 204])
def test_a_bundle_that_is_taken_and_not_stored_is_caught(
    load: Load, double: Double, status: int
) -> None:
    """Each of its graphs then goes by itself, and is verified or told as ever."""

    def ignore(request: Request) -> bool:
        if not is_bundle(request):
            return False
        request.answer(status)
        return True

    double.trick = ignore
    result = load()

    assert 0 == result.exit_code, result.output
    assert 3 == len(double.writes())
    assert 9 == len(double.store)


def test_a_statement_that_a_bundle_lost_costs_its_graph_alone(load: Load, double: Double) -> None:
    """The graph that is not whole is replaced; the others are verified as they came."""

    def lose(request: Request) -> bool:
        if not is_bundle(request):
            return False
        rows = request.body.splitlines(keepends=True)
        request.body = b"".join(row for row in rows if b'"3"' not in row)
        request._treat_graph()
        return True

    double.trick = lose
    result = load()

    assert 0 == result.exit_code, result.output
    assert [("PUT", GRAPH_TWO)] == double.writes()
    assert "3 loaded and verified (9 statements)" in result.output


def test_a_store_that_refuses_a_bundle_is_not_asked_again(
    load: Load, double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graphs go one by one from then on."""
    double.bundles = False
    small = replace(find_profiles()["oxigraph"], counted=1)
    monkeypatch.setattr("cablegraph.loading.session.recognise", lambda *_: small)
    result = load()

    assert 0 == result.exit_code, result.output
    assert 3 == len(double.writes())
    assert bundles(double) <= 2  # the second was on its way


def test_a_load_that_died_before_it_verified_sends_nothing_twice(
    load: Load, double: Double, tmp_path: Path
) -> None:
    """What the store holds already is read back first, and kept if it is the same."""
    load()
    for journal in tmp_path.rglob("load-*.jsonl"):
        journal.unlink()
    double.told.clear()
    result = load()

    assert (0, []) == (bundles(double), double.writes())
    assert "3 verified (9 statements)" in result.output


def test_the_rate_holds_for_all_threads_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten requests of several threads at five a second wait as long as ten of one."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    client = Client(rate=5)
    threads = [threading.Thread(target=client._keep_pace) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [pytest.approx(0.2 * n) for n in range(1, 10)] == sorted(waits)


def test_connections_bound_the_requests_at_once(double: Double, write: Write) -> None:
    """With two, never more than two graphs are read at a time."""
    now, most, lock = [0], [0], threading.Lock()

    def watch(request: Request) -> bool:
        if request.command != "GET" or not request.graph:
            return False
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        request._treat_graph()
        with lock:
            now[0] -= 1
        return True

    double.trick = watch
    many = {f"telegram/{n}": [f'<a:{n}> <a:p> "{n}"'] for n in range(12)}
    command = ["load", str(write({**GRAPHS, **many})), "--to", double.url, "--connections", "2"]
    result = CliRunner().invoke(main, command)

    assert 0 == result.exit_code, result.output
    assert 2 == most[0]


LITERALS = [
    '"a b"', '"a b c"', '"a\tb\tc"',
    '"a\\tb"', '"a\tb"', '"a\u00a0b"', '"a\\u0001b"', '"слово"', '"слово"@ru', '"x"@RU-latn',
    f'"01"^^<{XSD}integer>', f'"1"^^<{XSD}integer>', f'"7"^^<{XSD}nonNegativeInteger>', "<a:o>",
    f'"7"^^<{XSD}integer>', '"\\u0441"', '"с"', '"a \\"b\\" <c> ."',
]  # fmt: skip
rows = st.lists(st.sampled_from([f"<a:s> <a:p> {term} ." for term in LITERALS]), max_size=9)


@given(rows, rows, st.integers(0, 2))
@example(['<a:s> <a:p> "a b c" .'], ["<a:s> <a:p> <a:o> .", '<a:s> <a:p> "a\tb\tc" .'], 1)
def test_lines_are_compared_as_their_triples_are(
    ours: list[str], theirs: list[str], tabs: int
) -> None:
    """What is hashed without being parsed gives the same counts, hashes and words."""
    sent, body = ("".join(f"{line}\n" for line in lines).encode() for lines in (ours, theirs))
    body = body.replace(b"<a:s> <a:p> ", b"<a:s>\t<a:p>\t", tabs)
    rewrites = find_profiles()["oxigraph"].rewrites
    media = "application/n-triples"
    plain = Expected(parse_triples(sent, media, ""), rewrites)
    quick = Expected.of_lines(sent, rewrites, "")

    assert plain.hash == quick.hash
    expected = plain.compare(parse_triples(body, media, ""), parse_triples(sent, media, ""))
    assert expected == quick.compare_lines(body, "", parse_triples(sent, media, ""))
