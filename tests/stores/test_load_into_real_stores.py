"""The loader against Oxigraph, Virtuoso and TDB2 as they are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from real_stores import NO_OXIGRAPH, Running, find_oxigraph

from java_programs import NO_JENA, find_riot, has_jena

Load = Callable[..., subprocess.CompletedProcess[str]]

OUTPUT = Path(__file__).resolve().parents[2] / "output"
XSD = "http://www.w3.org/2001/XMLSchema#"
FOREIGN = "https://elsewhere.example/graph/telegram/x"

#: Literals that some store changes: of each value several forms, and letters of many kinds.
AWKWARD = [
    *(f'"{text}"^^<{XSD}integer>' for text in ("01", "-0", "+5", "9223372036854775807")),
    f'"007"^^<{XSD}nonNegativeInteger>', f'"3"^^<{XSD}int>',
    *(f'"{text}"^^<{XSD}decimal>' for text in ("1.50", "2.0", "-0.0", "37.61781")),
    *(f'"{text}"^^<{XSD}double>' for text in ("1.0E0", "1e3", "0.1")),
    *(f'"{text}"^^<{XSD}boolean>' for text in ("true", "0")),
    f'"1951-07-03T10:00:00.000Z"^^<{XSD}dateTime>',
    f'"1951-07-03T10:00:00.250+09:00"^^<{XSD}dateTime>',
    f'"1951-07-03"^^<{XSD}date>', f'"0848-03-01"^^<{XSD}date>', f'"10:00:00.5Z"^^<{XSD}time>',
    f'"1951"^^<{XSD}gYear>', f'"1951-07"^^<{XSD}gYearMonth>', f'"--07-03"^^<{XSD}gMonthDay>',
    '"1951-07-0X"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
    '""', '""@en', '"Mao"@zh-latn-pinyin', '"毛澤東 김일성"@zh', '"a😀b"', '"a\\u0001b\\u007F"',
    '"a\\nb\\tc\\"d\\\\e\\r\\n"', '"e\u0301"', '"a\u00a0b\u2028c"', "\"it's ''x'' %s ?x $y\"",
    '"<b>&amp;</b>"', f'"{"слово " * 20000}"@ru', "<https://e.org/%D0%96?a=b&c#d>",
]  # fmt: skip
#: What SPARQL Update of Virtuoso refuses (SQ200), so that only whole graphs bring it in.
DURATIONS = [f'"{text}"^^<{XSD}duration>' for text in ("P6D", "P1Y2M", "-PT1H", "P1Y2M3DT4H5M6S")]
#: Virtuoso can't sort NaN: its index breaks, and it takes nothing more from anybody.
NOT_FOR_VIRTUOSO = [f'"{text}"^^<{XSD}double>' for text in ("NaN", "INF")]
POINT = '"POINT(116.39723 39.9075)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'


def write_quads(path: Path, base: str, graphs: dict[str, list[str]]) -> Path:
    """Write a file with one statement for each literal."""
    lines = [
        f"<https://e.org/{number}> <https://e.org/p> {term} <{base}graph/{name}> .\n"
        for name, terms in graphs.items()
        for number, term in enumerate(terms)
    ]
    text = "".join(sorted(lines, key=lambda line: line.encode()))
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_the_seeds_are_loaded_verified_and_kept(real: Running, load_real: Load) -> None:
    """The first run loads all graphs, the second none, and the store counts the same."""
    first, second = load_real(real, OUTPUT), load_real(real, OUTPUT)
    lines = (OUTPUT / "graph" / "cablegraph.nq").read_text("utf-8").splitlines()
    graphs = {line.split()[-2].strip("<>") for line in lines}

    assert 0 == first.returncode, first.stdout + first.stderr
    assert f"{len(graphs)} loaded and verified ({len(lines)} statements)" in first.stdout
    assert f"{len(graphs)} kept as verified before" in second.stdout
    assert len(lines) == sum(real.count(graph) for graph in graphs)


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_every_kind_of_literal_is_found_again(
    real: Running, load_real: Load, tmp_path: Path, via: str
) -> None:
    """What a store rewrites is recognised; nothing else differs."""
    terms = [*AWKWARD, POINT, *(DURATIONS if via == "gsp" else ())]
    terms += NOT_FOR_VIRTUOSO if real.name != "virtuoso" else []
    data = write_quads(tmp_path / "a.nq", f"https://{via}.example/", {"awkward": terms})
    result = load_real(real, data, "--via", via)

    assert 0 == result.returncode, result.stdout + result.stderr
    assert f"1 loaded and verified ({len(terms)} statements)" in result.stdout


def test_change_and_removal_touch_their_graphs_alone(
    real: Running, load_real: Load, tmp_path: Path
) -> None:
    """A changed graph is replaced, one that is gone is dropped, a foreign one stays."""
    base = "https://change.example/"
    real.put(FOREIGN, "<https://e.org/a> <https://e.org/p> 1 .")
    first = {"telegram/a": ['"1"', '"2"'], "telegram/b": ['"3"'], "telegram/c": ['"4"']}
    load_real(real, write_quads(tmp_path / "a.nq", base, first))
    after = {"telegram/a": ['"5"'], "telegram/b": ['"3"']}
    result = load_real(real, write_quads(tmp_path / "a.nq", base, after))

    assert 0 == result.returncode, result.stdout + result.stderr
    assert "1 loaded and verified, 1 kept as verified before, 1 dropped" in result.stdout
    counts = [real.count(f"{base}graph/telegram/{key}") for key in "abc"]
    assert [1, 1, 0] == counts
    assert 1 == real.count(FOREIGN)


def test_a_graph_past_the_row_limit_is_read_back_whole(
    real: Running, load_real: Load, tmp_path: Path
) -> None:
    """Virtuoso gives at most 10,000 rows of an answer and says so to nobody."""
    terms = [f'"слово {number}"@ru' for number in range(22_000)]
    data = write_quads(tmp_path / "a.nq", "https://large.example/", {"large": terms})
    result = load_real(real, data)

    assert 0 == result.returncode, result.stdout + result.stderr
    assert "1 loaded and verified (22000 statements)" in result.stdout


def test_a_change_in_the_store_is_found(real: Running, load_real: Load, tmp_path: Path) -> None:
    """What another hand did to a graph of ours is told, and put right by --verify-all."""
    base = "https://drift.example/"
    data = write_quads(tmp_path / "a.nq", base, {"telegram/a": ['"1"', '"2"']})
    load_real(real, data)
    real.put(f"{base}graph/telegram/a", '<https://e.org/0> <https://e.org/p> "1", "other" .')
    told, mended = load_real(real, data, "--verify-only"), load_real(real, data, "--verify-all")

    assert 1 == told.returncode
    assert "1 of 2 statements are missing, 1 are not ours" in told.stderr
    assert 0 == mended.returncode, mended.stderr


def test_virtuoso_takes_quads_and_stores_nothing(virtuoso: Running) -> None:
    """It answers 200 to N-Quads sent without a graph: this is why every load is read back."""
    graph = "https://no-op.example/graph"
    answer = httpx.post(
        f"{virtuoso.url}sparql-graph-crud-auth",
        content=f"<https://e.org/s> <https://e.org/p> 'o' <{graph}> .".replace("'", '"'),
        headers={"Content-Type": "application/n-quads"},
        auth=httpx.DigestAuth("dba", "dba"),
        trust_env=False,
    )

    assert 200 == answer.status_code
    assert 0 == virtuoso.count(graph)


def test_a_silent_no_op_of_virtuoso_is_caught(
    virtuoso: Running, load_real: Load, tmp_path: Path
) -> None:
    """Graphs sent where Virtuoso ignores them are told as missing, with the answer it gave."""
    data = write_quads(tmp_path / "a.nq", "https://no-op.example/", {"a": ['"1"']})
    wrong = f"{virtuoso.url}conductor-of-nothing"
    result = load_real(virtuoso, data, "--graphs-at", wrong)

    assert 1 == result.returncode
    assert f"{wrong}: ServiceError: " in result.stderr
    assert 0 == virtuoso.count("https://no-op.example/graph/a")


def test_virtuoso_without_a_password_is_told(
    virtuoso: Running, load_real: Load, tmp_path: Path
) -> None:
    """Its digest challenge without credentials is one line with the remedy."""
    open_store = Running("virtuoso", virtuoso.url, virtuoso.folder)
    data = write_quads(tmp_path / "a.nq", "https://closed.example/", {"a": ['"1"']})
    result = load_real(open_store, data)

    assert 1 == result.returncode
    assert "answers 401: it does not let us in; set CABLEGRAPH_STORE_USER" in result.stderr


def test_the_bulk_files_fill_virtuoso(virtuoso: Running, load_real: Load, tmp_path: Path) -> None:
    """The printed command loads the files, and --verify-only finds every statement."""
    base = "https://bulk.example/"
    data = write_quads(tmp_path / "a.nq", base, {"a": AWKWARD, "b": ['"1"']})
    bulk = virtuoso.folder / "bulk"
    written = _write_bulk(data, bulk, "virtuoso")
    command = written.splitlines()[-1].replace("1111", f"127.0.0.1:{virtuoso.port}")
    run = subprocess.run(
        command.replace("PASSWORD", "dba").split(), capture_output=True, text=True, check=False
    )
    result = load_real(virtuoso, data, "--verify-only")

    assert 0 == result.returncode, run.stdout + result.stderr
    assert "2 verified" in result.stdout


def test_the_bulk_files_fill_oxigraph(tmp_path: Path) -> None:
    """The printed command fills a store whose dump is then compared."""
    program = find_oxigraph()
    if program is None:
        pytest.skip(NO_OXIGRAPH)
    data = write_quads(tmp_path / "a.nq", "https://bulk.example/", {"a": AWKWARD, "b": ['"1"']})
    command = _write_bulk(data, tmp_path / "bulk", "oxigraph").splitlines()[-1].split()[1:]
    store, dump = str(tmp_path / "store"), tmp_path / "dump.nq"
    subprocess.run(
        [program, *(store if part == "STORE" else part for part in command)],
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [program, "dump", "--location", store, "--file", str(dump)], check=True, capture_output=True
    )

    assert 0 == _compare(data, dump, "oxigraph").returncode


@pytest.mark.skipif(not has_jena(), reason=NO_JENA)
def test_the_bulk_files_fill_tdb2(tmp_path: Path) -> None:
    """Jena's loader takes the files, and --dump finds every statement in what it writes out."""
    terms = [*AWKWARD, *NOT_FOR_VIRTUOSO, POINT, *DURATIONS]
    data = write_quads(tmp_path / "a.nq", "https://bulk.example/", {"a": terms, "b": ['"1"']})
    java = find_riot(tmp_path / "jena")[:-1]
    files = _write_bulk(data, tmp_path / "bulk", "fuseki").splitlines()[2].split("   #")[0]
    store, dump = str(tmp_path / "store"), tmp_path / "dump.nq"
    command = [store if part == "STORE" else part for part in files.split()]
    subprocess.run([*java, *command], check=True, capture_output=True)
    out = subprocess.run([*java, "tdb2.tdbdump", "--loc", store], check=True, capture_output=True)
    dump.write_bytes(out.stdout)
    good = _compare(data, dump, "fuseki")
    dump.write_bytes(b"".join(out.stdout.splitlines(keepends=True)[1:]))

    assert 0 == good.returncode, good.stderr
    assert 1 == _compare(data, dump, "fuseki").returncode


def _write_bulk(data: Path, folder: Path, store: str) -> str:
    return _run("load", str(data), "--bulk", str(folder), "--store", store).stdout


def _compare(data: Path, dump: Path, store: str) -> subprocess.CompletedProcess[str]:
    return _run("load", str(data), "--dump", str(dump), "--store", store)


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cablegraph", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)
