"""A site after changes: the files of a run into an empty folder, and no other file touched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from site_chains import EDITS, LAYOUTS, add_telegram, list_telegrams, write_graph
from site_sample import write_hostile

from cablegraph.cli import main
from cablegraph.errors import DataError, OutputError
from cablegraph.publication.site import build, staging, update
from cablegraph.publication.site.build import build_site
from cablegraph.publication.site.staging import Stamp
from cablegraph.publication.site.state import State, open_state

SEEDS = Path(__file__).resolve().parents[3] / "output" / "graph" / "cablegraph.nq"
QUALITY = Path(__file__).resolve().parents[2] / "quality"
ANN = "page/person/ann/index.html"


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return number and time of every file of a folder."""
    files = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (one.st_ino, one.st_mtime_ns) for path, one in files
    }


def find_other(folder: Path, expected: Path) -> list[str]:
    """Return the files that differ between two folders."""
    one, two = read_tree(folder), read_tree(expected)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def build_anew(output: Path, folder: Path, base_url: str = "") -> Path:
    """Build a site into an empty folder of which nothing is remembered."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder.parent / f".{folder.name}.build", ignore_errors=True)
    build_site(output, folder, base_url=base_url, workers=1)
    return folder


def read_lines(path: Path) -> frozenset[str]:
    """Return the lines of a graph."""
    return frozenset(path.read_text("utf-8").split("\n")[:-1])


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The lines of the invented graph."""
    output = write_hostile(tmp_path_factory.mktemp("invented"))
    return read_lines(output / "graph" / "cablegraph.nq")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The lines of the seeds, and of two texts that are built here."""
    output = tmp_path_factory.mktemp("built") / "output"
    texts = sorted(map(str, QUALITY.glob("*.txt")))[:2]
    CliRunner().invoke(main, ["build", *texts, "-q", "--fail-on", "never", "-o", str(output)])
    return read_lines(output / "graph" / "cablegraph.nq") | read_lines(SEEDS)


def follow_chain(whole: frozenset[str], folder: Path, steps: int, draw: random.Random) -> None:
    """Edit a graph at random; after each edit compare the site with one made anew."""
    lines, url, layout = set(whole), "", draw.choice(LAYOUTS)
    for number in range(steps):
        edits = [draw.choice(EDITS) for _ in range(draw.choice((1, 1, 2)))] if number else []
        for edit in edits:
            edit(lines, whole, draw)
        if draw.random() < 0.1:
            url, layout = draw.choice(("", "https://wires.example/")), draw.choice(LAYOUTS)
        output = write_graph(lines, folder / "output", layout)
        made = build_site(output, folder / "site", base_url=url, workers=1)
        expected = build_anew(output, folder / "expected", url)
        names = [edit.__name__ for edit in edits]

        assert [] == find_other(folder / "site", expected), f"{number}: {names}"
        assert made.documents == len(list_telegrams(lines))


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_of_edits_leaves_the_site_that_a_full_run_gives(
    seed: int, invented: frozenset[str], tmp_path: Path
) -> None:
    """Whatever is changed, added or taken away, every file is that of an empty folder."""
    follow_chain(invented, tmp_path, 8, random.Random(seed))


@pytest.mark.parametrize("seed", range(2))
def test_edits_of_what_was_built_leave_the_site_that_a_full_run_gives(
    seed: int, built: frozenset[str], tmp_path: Path
) -> None:
    """The same of real texts, whose pages lean on many shared statements."""
    follow_chain(built, tmp_path, 5, random.Random(seed))


def test_a_second_run_touches_nothing(invented: frozenset[str], tmp_path: Path) -> None:
    """Every file keeps its number and its time, and so does what is remembered."""
    output = write_graph(set(invented), tmp_path / "output", "parts")
    build_site(output, tmp_path / "site", workers=1)
    before = read_stamps(tmp_path)
    made = build_site(output, tmp_path / "site", workers=1)

    assert 0 == made.renewed
    assert before == read_stamps(tmp_path)


def test_one_change_touches_what_shows_it(invented: frozenset[str], tmp_path: Path) -> None:
    """A word of one telegram of three changes its own files and the search, and nothing else."""
    lines, draw = set(invented), random.Random(1)
    while len(list_telegrams(lines)) < 3:
        add_telegram(lines, invented, draw)
    output = write_graph(lines, tmp_path / "output", "parts")
    build_site(output, tmp_path / "site", workers=1)
    before = read_stamps(tmp_path / "site")
    old = next(line for line in sorted(lines) if "No. 7</b>" in line and "/telegram/t-1/" in line)
    lines.remove(old)
    lines.add(old.replace("Ann to Bob", "Ann on Bob"))
    made = build_site(write_graph(lines, output, "parts"), tmp_path / "site", workers=1)
    after = read_stamps(tmp_path / "site")
    touched = {name for name in after if after[name] != before.get(name)}
    own = {"page/telegram/t-1/index.html", *(f"data/telegram/t-1.{e}" for e in ("nt", "ttl"))}

    assert made.renewed < 6
    assert own <= touched
    assert before.keys() <= after.keys()
    assert not {ANN, "index.html", "page/telegram/c1-t-1/index.html"} & touched


SHARED = {
    "a concept that a telegram names": (
        "<https://w3id.org/cablegraph/scheme/stance/reject>"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "refuses"@en'
    ),
    "the name of a thing": (
        "<https://wires.example/id/place/port>"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "Harbour"@en'
    ),
    "a thing itself": (
        "<https://wires.example/id/person/ann>"
        ' <http://www.w3.org/2004/02/skos/core#scopeNote> "a clerk"@en'
    ),
    "another thing, which leads to it": (
        "<https://wires.example/id/person/bob> <https://schema.org/mentions>"
        " <https://wires.example/id/place/port>"
    ),
    "a part of a telegram": (
        "<https://wires.example/id/telegram/t-1/number/7>"
        ' <https://w3id.org/cablegraph/def#statusReason> "smudged"@en'
    ),
    "a thing that was not there": (
        "<https://wires.example/id/telegram/t-1/editorial/1>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://www.ica.org/standards/RiC/ontology#Place>"
    ),
}


@pytest.mark.parametrize("said_of", SHARED)
def test_a_shared_statement_reaches_every_page_that_shows_it(
    said_of: str, invented: frozenset[str], tmp_path: Path
) -> None:
    """What the authority file says of something changes pages whose own statements are the same."""
    output, site = tmp_path / "output", tmp_path / "site"
    build_site(write_graph(set(invented), output, "parts"), site, workers=1)
    before = read_tree(site)
    lines = {*invented, f"{SHARED[said_of]} <https://wires.example/graph/authorities> ."}
    made = build_site(write_graph(lines, output, "parts"), site, workers=1)

    assert 0 < made.renewed < made.documents + made.things
    assert before != read_tree(site)
    assert [] == find_other(site, build_anew(output, tmp_path / "expected"))


@pytest.mark.parametrize("edit", ["renamed", "gone"])
def test_a_telegram_that_another_names_is_called_the_same_there(
    edit: str, invented: frozenset[str], tmp_path: Path
) -> None:
    """The page of the other has the new title, or no link, though its own statements are old."""
    output, site = tmp_path / "output", tmp_path / "site"
    reply = "<https://www.ica.org/standards/RiC/ontology#isReplyTo>"
    start = "<https://wires.example/id/telegram/t-1>"
    copied = {line.replace("/t-1", "/t-2") for line in invented}
    answers = f"{start[:-2]}2> {reply} {start} <https://wires.example/graph/telegram/t-2> ."
    lines = {*invented, *copied, answers}
    build_site(write_graph(lines, output, "parts"), site, workers=1)
    page = site / "page" / "telegram" / "t-2" / "index.html"
    before = page.read_bytes()
    title = next(one for one in lines if one.startswith(f"{start} <http://purl.org/dc/terms/ti"))
    if edit == "renamed":
        lines = (lines - {title}) | {title.replace('"', '"Renamed ', 1)}
    else:
        lines = {one for one in lines if "/graph/telegram/t-1>" not in one}
    build_site(write_graph(lines, output, "parts"), site, workers=1)

    assert before != page.read_bytes()
    assert [] == find_other(site, build_anew(output, tmp_path / "expected"))


def test_a_telegram_in_several_files_is_read_from_all(
    invented: frozenset[str], tmp_path: Path
) -> None:
    """Told something new by the authority file, it is made of all its lines, not of one file's."""
    output, site = tmp_path / "output", tmp_path / "site"
    build_site(write_graph(set(invented), output, "scattered"), site, workers=1)
    lines = {line.replace('"Port"', '"Harbour"') for line in invented}
    write_graph(lines, output, "scattered")
    build_site(output, site, workers=1)

    assert 1 < len([path for path in (output / "graph").iterdir() if path.name[5] in "df"])
    assert [] == find_other(site, build_anew(output, tmp_path / "expected"))


@pytest.mark.parametrize("harm", ["gone", "touched", "stranger", "link"])
def test_a_site_that_was_touched_is_mended(
    harm: str, invented: frozenset[str], tmp_path: Path
) -> None:
    """A file that is missing, other or strange is put right though the graph is the same."""
    output = write_graph(set(invented), tmp_path / "output", "parts")
    site = tmp_path / "site"
    build_site(output, site, workers=1)
    expected = read_tree(site)
    if harm == "gone":
        shutil.rmtree(site / "page" / "person")
    elif harm == "touched":
        (site / ANN).write_text("other", "utf-8")
        (site / "telegrams" / "index.html").write_text("other", "utf-8")
    elif harm == "stranger":
        (site / "page" / "person" / "ann" / "more").mkdir()
        (site / "page" / "person" / "ann" / "more" / "index.html").write_text("x", "utf-8")
    else:
        (site / ANN).unlink()
        (site / ANN).symlink_to(site / "index.html")
    build_site(output, site, workers=1)

    assert expected == read_tree(site)
    assert not (site / ANN).is_symlink()
    assert not (site / "page" / "person" / "ann" / "more").exists()


@pytest.mark.parametrize("harm", ["gone", "cut", "garbage", "blob"])
def test_a_state_that_was_damaged_is_made_anew(
    harm: str, invented: frozenset[str], tmp_path: Path
) -> None:
    """Without what was remembered all is made again, and what is the same is not touched."""
    lines = set(invented)
    output, site = write_graph(lines, tmp_path / "output", "parts"), tmp_path / "site"
    build_site(output, site, workers=1)
    before = read_stamps(site)
    path = tmp_path / ".site.build" / "site.sqlite"
    data = path.read_bytes()
    if harm == "gone":
        shutil.rmtree(path.parent)
    elif harm == "blob":
        with open_state(site) as state:
            state._db.execute("UPDATE page SET files = x'00'")
    else:
        path.write_bytes(data[: len(data) // 2] if harm == "cut" else b"x" * len(data))
    build_site(output, site, workers=1)

    assert before == read_stamps(site)
    assert 0 == build_site(output, site, workers=1).renewed


def test_other_code_makes_all_anew(
    invented: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package with another template or rule does not trust what an older one left."""
    output = write_graph(set(invented), tmp_path / "output", "parts")
    made = build_site(output, tmp_path / "site", workers=1)
    monkeypatch.setattr(build, "describe_code", lambda: b"other")

    assert made == build_site(output, tmp_path / "site", workers=1)


def test_a_fault_leaves_the_old_site_as_it_was(invented: frozenset[str], tmp_path: Path) -> None:
    """A thing that no file can be named after ends the run before anything is put in place."""
    output = write_graph(set(invented), tmp_path / "output", "whole")
    build_site(output, tmp_path / "site", workers=1)
    before = read_stamps(tmp_path / "site")
    bad = {line.replace("/id/place/port", "/id/place/../port") for line in invented}
    with pytest.raises(DataError):
        build_site(write_graph(bad, output, "whole"), tmp_path / "site", workers=1)

    assert before == read_stamps(tmp_path / "site")
    write_graph(set(invented), output, "whole")
    assert 0 == build_site(output, tmp_path / "site", workers=1).renewed


def test_a_site_that_is_being_written_is_left_to_that_run(
    invented: frozenset[str], tmp_path: Path
) -> None:
    """Two runs at once would undo each other's work."""
    output = write_graph(set(invented), tmp_path / "output", "whole")
    with open_state(tmp_path / "site"), pytest.raises(OutputError, match="another run"):
        build_site(output, tmp_path / "site", workers=1)


@pytest.mark.parametrize("step", ["withdraw", "publish", "remove", "take_over"])
def test_a_run_that_ends_anywhere_is_made_good(
    step: str, invented: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended before or after any step, with the graph changed again, the next run is right."""
    site, lines = tmp_path / "site", set(invented)
    for after in (False, True):
        lines = set(invented)
        output = write_graph(lines, tmp_path / "output", "parts")
        build_site(output, site, workers=1)
        add_telegram(lines, invented, random.Random(1))
        _end_at(step, after, monkeypatch)
        _run_until_it_ends(write_graph(lines, output, "parts"), site)
        monkeypatch.undo()
        for graph in (lines, set(invented)):
            build_site(write_graph(graph, output, "parts"), site, workers=1)

            assert [] == find_other(site, build_anew(output, tmp_path / "expected"))


def test_notes_of_a_run_that_was_ended_do_not_come_back(
    invented: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thing that goes after such a run and returns is named by those that name it then."""
    site, both = tmp_path / "site", set(invented)
    add_telegram(both, invented, random.Random(1))
    build_site(write_graph(both, tmp_path / "output", "parts"), site, workers=1)
    silent = {one for one in both if "place/port> <https://wires.example/graph/tel" not in one}
    _end_at("publish", False, monkeypatch)
    write_graph(silent, tmp_path / "output", "parts")
    _run_until_it_ends(tmp_path / "output", site)
    monkeypatch.undo()
    without = {one for one in silent if "place/port>" not in one or "#type>" not in one}
    for lines in (without, silent):
        output = write_graph(lines, tmp_path / "output", "parts")
        build_site(output, site, workers=1)

        assert [] == find_other(site, build_anew(output, tmp_path / "expected"))
    assert "Mentioned in" not in (site / "page/place/port/index.html").read_text("utf-8")


def test_after_a_run_that_was_ended_no_time_is_trusted(
    invented: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all files have one time and number, what was put in place is still made good."""
    output, site = tmp_path / "output", tmp_path / "site"
    monkeypatch.setattr(staging, "to_stamp", lambda found: Stamp(found.st_size, 1, 1))
    build_site(write_graph(set(invented), output, "parts"), site, workers=1)
    with monkeypatch.context() as patch:
        _end_at("publish", True, patch)
        write_graph({line.replace('"Port"', '"Dock"') for line in invented}, output, "parts")
        _run_until_it_ends(output, site)
    build_site(write_graph(set(invented), output, "parts"), site, workers=1)

    assert [] == find_other(site, build_anew(output, tmp_path / "expected"))


def _run_until_it_ends(output: Path, site: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_site(output, site, workers=1)


def _end_at(step: str, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = State if step in ("withdraw", "take_over") else update
    real = getattr(holder, step)

    def ended(*given: object, **named: object) -> None:
        if after:
            real(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(holder, step, ended)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_run_that_is_killed_at_any_moment_is_made_good(
    invented: frozenset[str], tmp_path: Path
) -> None:
    """After kill -9 at moments drawn at random the next run brings the site to the right bytes."""
    draw, lines, site = random.Random(5), set(invented), tmp_path / "site"
    output = write_graph(lines, tmp_path / "output", "parts")
    began = time.monotonic()
    _run(output, site).wait()
    whole = time.monotonic() - began
    killed = 0
    for _ in range(5):
        draw.choice(EDITS)(lines, invented, draw)
        write_graph(lines, output, "parts")
        child = _run(output, site)
        time.sleep(draw.uniform(0.3, 1.0) * whole)
        killed += child.poll() is None
        child.kill()
        child.wait()
    build_site(output, site, workers=1)

    assert killed
    assert [] == find_other(site, build_anew(output, tmp_path / "expected"))
    assert [] == [path for path in site.iterdir() if path.name.startswith(".")]


def _run(output: Path, site: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cablegraph", "site", str(output), "--to", str(site)]
    return subprocess.Popen(
        [*command, "--workers", "1"], stderr=subprocess.DEVNULL, env=os.environ.copy()
    )


def test_a_graph_that_changes_meanwhile_is_not_half_shown(
    invented: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that writes while the site is made ends the run, and the old site stays."""
    output, site = write_graph(set(invented), tmp_path / "output", "whole"), tmp_path / "site"
    build_site(output, site, workers=1)
    before = read_stamps(site)
    lines = {line.replace('"Port"', '"Harbour"') for line in invented}
    real = update.read_about

    def read_and_change(*given: Path, **named: str) -> object:
        write_graph(set(invented), output, "whole")
        return real(*given, **named)  # type: ignore[arg-type]

    write_graph(lines, output, "whole")
    monkeypatch.setattr(update, "read_about", read_and_change)
    with pytest.raises(DataError, match="while it was read"):
        build_site(output, site, workers=1)

    assert before == read_stamps(site)
