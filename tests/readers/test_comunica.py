"""Comunica asks the running service, as an endpoint and by following links, over HTTP."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest

from .conftest import ROOT, Served

NODE = Path(__file__).with_name("comunica_ask.mjs")
MODULES = ROOT / "build" / "browser" / "node_modules"
QUESTIONS = sorted((ROOT / "ontology" / "questions").glob("*.rq"))
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
Row = dict[str, tuple[str, ...]]
Asked = list[tuple[list[str], str]]


def ask_comunica(asked: Asked) -> list[list[Row]]:
    """Return the rows of each query, asked of its sources, in no order."""
    if not shutil.which("node") or not (MODULES / "@comunica" / "query-sparql").is_dir():
        pytest.skip("Comunica is not there; make browser brings it")
    content = json.dumps([{"sources": sources, "query": query} for sources, query in asked])
    command = ["node", str(NODE), str(MODULES)]
    done = subprocess.run(
        command, input=content.encode(), capture_output=True, timeout=200, check=False
    )
    assert 0 == done.returncode, done.stderr.decode()[-3000:]
    found = json.loads(done.stdout)
    return [order([{key: tuple(row[key]) for key in row} for row in rows]) for rows in found]


def ask_oxigraph(store: pyoxigraph.Store, query: str) -> list[Row]:
    """Return the rows of one query over all graphs."""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [{name: tell(row[name]) for name in names if row[name] is not None} for row in solutions]
    return order(rows)


def tell(term: object) -> tuple[str, ...]:
    """Return a term as the script in JavaScript tells it."""
    if isinstance(term, pyoxigraph.NamedNode):
        return "NamedNode", term.value
    assert isinstance(term, pyoxigraph.Literal)
    return "Literal", term.value, term.language or "", term.datatype.value


def order(rows: list[Row]) -> list[Row]:
    """Return rows in one order."""
    return sorted(rows, key=lambda row: sorted(row.items()))


@pytest.fixture(scope="module")
def store(served: Served) -> pyoxigraph.Store:
    """The graph that is served."""
    store = pyoxigraph.Store()
    store.load(
        path=str(served.output / "graph" / "cablegraph.nq"), format=pyoxigraph.RdfFormat.N_QUADS
    )
    return store


@pytest.mark.slow
def test_the_endpoint_answers_each_question(served: Served, store: pyoxigraph.Store) -> None:
    """Comunica finds out by itself what the address is, and gets the rows that Oxigraph gets."""
    queries = [served.move(path.read_text("utf-8")) for path in QUESTIONS]
    found = ask_comunica([([f"{served.url}/sparql"], query) for query in queries])

    assert len(QUESTIONS) == len(found)
    for path, query, rows in zip(QUESTIONS, queries, found, strict=True):
        assert ask_oxigraph(store, query) == rows, path.name
    assert sum(map(bool, found)) > len(QUESTIONS) // 2


@pytest.mark.slow
def test_links_are_followed_from_a_telegram(served: Served, store: pyoxigraph.Store) -> None:
    """From its address to its people and places, and from theirs to their names."""
    telegrams = [row["t"][1] for row in ask_oxigraph(store, FIND_TELEGRAMS)]
    linked = [([one], PREFIXES + FIND_LINKED.replace("TELEGRAM", one)) for one in telegrams]
    steps = ask_comunica(linked)
    named = [
        ([one, *sorted({row["other"][1] for row in rows})], query.replace("?other }", NAMED))
        for (sources, query), rows, one in zip(linked, steps, telegrams, strict=True)
    ]

    assert len(telegrams) > 1
    for (_, query), rows in zip(linked, steps, strict=True):
        assert ask_oxigraph(store, query) == rows
        assert rows
    for (_, query), rows in zip(named, ask_comunica(named), strict=True):
        assert ask_oxigraph(store, query) == rows
        assert len(rows) > 2


FIND_TELEGRAMS = (
    "SELECT DISTINCT ?t { ?t a <https://w3id.org/cablegraph/def#Telegram> ;"
    " <http://purl.org/dc/terms/title> ?title }"
)
FIND_LINKED = """SELECT DISTINCT * {
  VALUES ?how { rico:hasSender rico:hasAddressee rico:isAssociatedWithPlace }
  <TELEGRAM> ?how ?other }"""
NAMED = "?other . ?other skos:prefLabel ?name }"
