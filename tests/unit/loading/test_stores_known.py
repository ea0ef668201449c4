"""The kinds of stores: how they are told apart, where they take what, and their bulk files."""

from __future__ import annotations

import shlex
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from loading_sample import GRAPHS, Write
from store_double import BASE

from cablegraph.cli import main
from cablegraph.commands.load import STORES
from cablegraph.loading import bulk
from cablegraph.loading.graphs import find_prefix
from cablegraph.loading.stores import Addresses, find_addresses, find_profiles, recognise


@pytest.mark.parametrize(
    ("url", "server", "name"),
    [
        ("http://a.example/", "Oxigraph/0.5.1", "oxigraph"),
        ("http://a.example/sparql", "Virtuoso/07.20.3229 (Linux)", "virtuoso"),
        ("http://a.example/ds", "Apache Jena Fuseki (4.5.0)", "fuseki"),
        ("http://a.example/repositories/x", "GraphDB/10.6 RDF4J/4.3", "graphdb"),
        ("http://a.example/rdf4j-server/repositories/x/statements", "Apache", "rdf4j"),
        ("http://a.example/bigdata/namespace/kb/sparql", "Jetty(9.4)", "blazegraph"),
        ("http://a.example/x", "nginx", "generic"),
    ],
)
def test_a_store_is_known_by_header_or_path(url: str, server: str, name: str) -> None:
    """The Server header tells the kind, or else the path does."""
    assert name == recognise(url, server).name


@pytest.mark.parametrize(
    ("name", "given", "addresses"),
    [
        ("oxigraph", ["http://h:1", "http://h:1/query"],
         ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("virtuoso", ["http://h/", "http://h/sparql", "http://h/sparql-graph-crud-auth/"],
         ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth")),
        ("fuseki", ["http://h/ds", "http://h/ds/data"],
         ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        ("rdf4j", ["http://h/repositories/r", "http://h/repositories/r/rdf-graphs/service"],
         ("http://h/repositories/r", "http://h/repositories/r/statements",
          "http://h/repositories/r/rdf-graphs/service")),
        ("blazegraph", ["http://h/bigdata/sparql"],
         ("http://h/bigdata/sparql", "http://h/bigdata/sparql", None)),
        ("generic", ["http://h/x"], ("http://h/x", "http://h/x", "http://h/x")),
    ],
)  # fmt: skip
def test_the_addresses_of_a_store_follow_from_any_of_them(
    name: str, given: list[str], addresses: tuple[str, str, str | None]
) -> None:
    """Base and endpoints lead to the same addresses."""
    found = [find_addresses(url, find_profiles()[name]) for url in given]

    places = [(place.query, place.update, place.graphs) for place in found]

    assert [addresses] * len(given) == places


def test_an_address_that_is_named_stands_before_the_profile() -> None:
    """--query-at, --update-at and --graphs-at are for stores behind a proxy."""
    found = find_addresses(
        "http://h/", find_profiles()["oxigraph"], query="http://h/q", graphs="http://h/g"
    )

    assert Addresses("http://h/q", "http://h/update", "http://h/g") == found


def test_the_command_offers_the_stores_that_are_known() -> None:
    """--store has the names of stores.toml, in their order."""
    assert list(STORES) == list(find_profiles())


@pytest.mark.parametrize("name", STORES)
def test_bulk_files_hold_the_whole_dataset(
    name: str, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files together are the dataset, the commands name them, and old files are gone."""
    monkeypatch.setattr(bulk, "LINES", 4)
    folder = tmp_path / "bulk files"
    folder.mkdir()
    (folder / "cablegraph-009.nq").write_text("old")
    result = CliRunner().invoke(
        main, ["load", str(write()), "--bulk", str(folder), "--store", name]
    )
    files = sorted(folder.glob("*.nq"))
    quads = [quad for file in files for quad in pyoxigraph.parse(path=file)]

    assert 0 == result.exit_code, result.output
    assert [4, 4, 1] == [len(file.read_bytes().splitlines()) for file in files]
    assert {BASE + graph for graph in GRAPHS} == {quad.graph_name.value for quad in quads}
    assert str(folder) in result.output
    assert "{" not in result.output.replace("${", "")
    for line in result.output.splitlines():
        shlex.split(line, comments=True)


def test_bulk_needs_the_kind_and_a_folder_of_its_own(write: Write) -> None:
    """Files in the output folder would be taken for the graph at the next read."""
    output = write()
    told = CliRunner().invoke(main, ["load", str(output), "--bulk", "x"])
    inside = CliRunner().invoke(
        main, ["load", str(output), "--bulk", str(output / "graph"), "--store", "qlever"]
    )

    assert 2 == told.exit_code
    assert "--store" in told.output
    assert "OutputError: lies in the output of a build" in inside.output


def test_a_dump_is_compared_graph_by_graph(write: Write, tmp_path: Path) -> None:
    """What is missing, of another value, or of an older version is told; others' graphs are not."""
    output, dump = write(), tmp_path / "dump.nq"
    lines = (output / "graph" / "cablegraph.nq").read_text("utf-8").splitlines(keepends=True)
    strange = "_:b <a:p> <a:o> <https://elsewhere.example/g> .\n<a:s> <a:p> <a:o> .\n# end\n\n"
    dump.write_text("".join(reversed(lines)) + strange, encoding="utf-8")
    good = CliRunner().invoke(main, ["load", str(output), "--dump", str(dump)])
    old = f"<a:x> <a:x> <a:x> <{BASE}telegram/old> .\n"
    dump.write_text("".join(lines[1:]) + old, encoding="utf-8")
    bad = CliRunner().invoke(main, ["load", str(output), "--dump", str(dump)])

    assert 0 == good.exit_code, good.output
    assert "graphs: 3 verified (9 statements)" in good.output
    assert 1 == bad.exit_code
    assert f"{BASE}dataset 1 of 2 statements are missing, missing: <a:d> <a:part>" in bad.output
    assert f"{BASE}telegram/old is not in the data" in bad.output


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["https://e.org/graph/dataset", "https://e.org/graph/telegram/x"], "https://e.org/graph/"),
        (["https://e.org/graph/telegram/graph/x", "https://e.org/graph/a"], "https://e.org/graph/"),
        (["https://e.org/graph/a", "https://f.org/graph/a"], None),
        (["https://e.org/a"], None),
        ([], None),
    ],
)
def test_the_prefix_is_what_all_graphs_share(names: list[str], prefix: str | None) -> None:
    """Only under a prefix that all graphs of the data have may another graph be dropped."""
    assert prefix == find_prefix(names)


def test_one_of_to_bulk_and_dump_is_needed(write: Write) -> None:
    """Without a store to load there is nothing to do."""
    result = CliRunner().invoke(main, ["load", str(write())])

    assert 2 == result.exit_code
    assert "Give --to URL, --bulk FOLDER or --dump FILE." in result.output
