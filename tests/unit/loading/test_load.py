"""What a load does to a store that keeps to the protocols."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import zstandard
from click.testing import CliRunner
from loading_sample import GRAPHS, Load, Write
from store_double import BASE, Double

from cablegraph.cli import main
from cablegraph.loading.stores import find_profiles

NAMES = sorted(BASE + name for name in GRAPHS)
FOREIGN = "https://e.org/other/graph/telegram/one"


def add(double: Double, graph: str) -> None:
    """Put one statement in a graph of the store."""
    node = pyoxigraph.NamedNode("a:x")
    double.store.add(pyoxigraph.Quad(node, node, node, pyoxigraph.NamedNode(graph)))


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_a_load_puts_every_graph_in_its_place(load: Load, double: Double, via: str) -> None:
    """After a load the store holds the graphs of the data, and the report has their counts."""
    result = load("--via", via)

    assert 0 == result.exit_code, result.output
    assert NAMES == sorted(graph.value for graph in double.store.named_graphs())
    assert {'<a:t1> <a:text> "Штрельзау, \\"3 мая\\"\\nточка . <a:g> ."@ru'} < double.lines(
        "telegram/one"
    )
    assert "graphs: 3 loaded and verified (9 statements)" in result.output
    assert "the store keeps every integer as xsd:integer: 1" in result.output


@pytest.mark.parametrize("end", ["", "query", "update", "store"])
def test_any_address_of_a_store_names_it(load: Load, double: Double, end: str) -> None:
    """--to takes the base, the SPARQL endpoint, or that of the Graph Store Protocol."""
    assert 0 == load(to=double.url + end).exit_code
    assert 9 == len(double.store)


def test_a_second_load_changes_nothing(load: Load, double: Double) -> None:
    """What was verified and is unchanged is not sent again."""
    load()
    double.told.clear()
    result = load()

    assert [] == double.writes()
    assert "3 kept as verified before (9 statements)" in result.output


def test_a_changed_document_replaces_only_its_graph(load: Load, double: Double) -> None:
    """One PUT, of the graph that differs; nothing of its old statements stays."""
    load()
    double.told.clear()
    load(graphs={**GRAPHS, "telegram/two": ["<a:t2> <a:p> <a:new>"]})

    assert [("PUT", f"{BASE}telegram/two")] == double.writes()
    assert {"<a:t2> <a:p> <a:new>"} == double.lines("telegram/two")


def test_a_removed_document_is_dropped_last_and_foreign_graphs_stay(
    load: Load, double: Double
) -> None:
    """Only graphs with the prefix of the data go, after all others are verified."""
    add(double, FOREIGN)
    add(double, f"{BASE}telegram/of-an-older-version")
    less = {name: lines for name, lines in GRAPHS.items() if name != "telegram/two"}
    load()
    double.told.clear()
    result = load(graphs={**less, "dataset": ["<a:d> <a:p> <a:new>"]})

    assert [("PUT", f"{BASE}dataset"), ("DELETE", f"{BASE}telegram/two")] == double.writes()
    assert f"dropped: {BASE}telegram/two (5 statements)" in result.output
    assert [FOREIGN, f"{BASE}dataset", f"{BASE}telegram/one"] == sorted(
        (graph.value for graph in double.store.named_graphs()),
        key=lambda name: (BASE in name, name),
    )


def test_keep_old_and_only_drop_nothing(load: Load, double: Double) -> None:
    """Neither with --keep-old nor for some graphs alone is anything dropped."""
    add(double, f"{BASE}telegram/old")
    load("--keep-old")
    load("--only", "telegram/one", "--only", f"{BASE}dataset")

    assert 1 == len(double.lines("telegram/old"))


def test_only_loads_what_it_names(load: Load, double: Double) -> None:
    """A graph is named in full or by its end; a name that is none is an error."""
    load("--only", "telegram/one")
    result = load("--only", "one")

    assert [f"{BASE}telegram/one"] == [graph.value for graph in double.store.named_graphs()]
    assert 1 == result.exit_code
    assert "DataError: there is no graph 'one'; name a graph as in telegram/KEY" in result.output


def test_a_dry_run_says_all_and_changes_nothing(load: Load, double: Double) -> None:
    """What would be loaded, kept and dropped is listed; the store is only read."""
    load()
    add(double, f"{BASE}telegram/old")
    double.told.clear()
    result = load("--dry-run", graphs={**GRAPHS, "dataset": ["<a:d> <a:p> <a:new>"]})

    assert [] == double.writes()
    assert f"to be loaded: {BASE}dataset (1 statement" in result.output
    assert f"to be dropped: {BASE}telegram/old (1 statement)" in result.output
    assert "2 to be kept as verified before" in result.output


def test_a_store_that_was_emptied_is_noticed(load: Load, double: Double) -> None:
    """The journal is not believed where the store holds another number of statements."""
    load()
    double.store.clear()
    load()

    assert 9 == len(double.store)


def test_verify_all_finds_what_a_count_can_not(load: Load, double: Double) -> None:
    """A statement changed in the store is put right by --verify-all, and only told by -only."""
    load()
    graph = pyoxigraph.NamedNode(f"{BASE}telegram/two")
    quad = next(double.store.quads_for_pattern(None, None, None, graph))
    double.store.remove(quad)
    add(double, graph.value)
    told = load("--verify-only")
    mended = load("--verify-all")

    assert 1 == told.exit_code
    assert "1 of 5 statements are missing, 1 are not ours, missing: <a:t2> <a:n> " in told.output
    assert "not ours: <a:x> <a:x> <a:x> ." in told.output
    assert 0 == mended.exit_code, mended.output
    assert "1 loaded and verified, 2 verified" in mended.output


def test_a_journal_without_a_store_is_never_in_the_output(load: Load, tmp_path: Path) -> None:
    """The journal lies beside the output folder, and has neither password nor statement."""
    load()
    journals = list(tmp_path.rglob("load-*"))

    assert [tmp_path / ".cablegraph"] == [path.parent for path in journals]
    assert "Ruritania" not in journals[0].read_text("utf-8")


def test_partitions_are_read_as_one_graph(
    load: Load, write: Write, double: Double, tmp_path: Path
) -> None:
    """Compressed partitions load as the single file does, statements in two of them once."""
    whole = write() / "graph" / "cablegraph.nq"
    lines = whole.read_bytes().splitlines(keepends=True)
    whole.unlink()
    for number, part in enumerate((lines[:6], lines[4:])):
        packed = zstandard.compress(b"".join(part))
        (whole.parent / f"part-{number:05}.nq.zst").write_bytes(packed)
    command = ["load", str(tmp_path / "output"), "--to", double.url]
    early = CliRunner().invoke(main, command)
    problem = "parts without a manifest: their build has not come to its end"
    assert f"{tmp_path}/output:1:1: DataError: {problem}" in early.stderr
    assert (1, 0) == (early.exit_code, len(double.store))

    (tmp_path / "output/MANIFEST.json").write_text("{}", "utf-8")
    result = CliRunner().invoke(main, command)
    assert 0 == result.exit_code, result.output
    assert 9 == len(double.store)


def test_json_is_all_that_is_printed(load: Load) -> None:
    """--json gives counts and hashes of each graph, and nothing on stderr."""
    result = load("--json")
    report = json.loads(result.stdout)

    assert "" == result.stderr
    assert report["ok"]
    assert NAMES == [graph["graph"] for graph in report["graphs"]]
    assert [2, 2, 5] == [graph["statements"] for graph in report["graphs"]]
    assert all(64 == len(graph["hash"]) for graph in report["graphs"])


def test_big_graphs_go_in_several_requests(
    load: Load, double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request replaces the graph, the others add to it, by either way."""
    small = replace(find_profiles()["oxigraph"], statements=2, inserts=2, page=2)
    monkeypatch.setattr("cablegraph.loading.session.recognise", lambda *_: small)
    first, again = load(), load("--via", "update", "--journal", str(tmp_path / "other.jsonl"))
    graph = f"{BASE}telegram/two"

    assert 0 == first.exit_code, first.output
    assert 0 == again.exit_code, again.output
    assert ["PUT", "POST", "POST"] == [
        m for m, path, name in double.told if name == graph and m in ("PUT", "POST")
    ]
    assert 5 == len(double.lines("telegram/two"))
