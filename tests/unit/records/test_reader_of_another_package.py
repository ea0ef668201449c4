"""Readers of other packages: found as installed, asked first, and held to the same laws."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cablegraph.config import read_settings
from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.partitions.fingerprints import find_components
from cablegraph.records import readers
from cablegraph.records.model import Record
from cablegraph.sources.files import SourceFile

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example_reader"
LONGEST = 30
BOOK = """\
letterbook

== 17
From: Anna Berg
To:   Carl Dähl
Date: 3 May 1921

Dear Carl,
the talks on the bridge “of stone” will be held in June.

== 18
From: Carl Dähl
  Weather: rain
To: Anna Berg

This letter cannot be read.

== 19
From: Carl Dähl
To: Anna Berg
Date: 1921-05-09

Dear Anna,
I shall come.
"""
LETTER = "letterbook\n== 1\nFrom: Eva Falk\nTo: Gro Holm\n\nDear Gro,\nall is well.\n"

#: A reader that claims all XML, refuses what says so, and has a bug.
MOODY = """\
from cablegraph.errors import LayoutError
from cablegraph.records.draft import Draft

def read_moody(file):
    if b"no text" in file.data:
        raise LayoutError("words of refusal", where=file.where(0), remedy="be kinder")
    if b"has a bug" in file.data:
        raise RuntimeError("a bug of the reader")
    if not file.path.name.endswith((".xml", ".moody.gz")):
        return None
    return read_one(file)

def read_one(file):
    if b"<nothing/>" in file.data:
        return
    draft = Draft(file, "moody-1")
    draft.begin("transcript", "normalised-transcript", "en")
    draft.put(file.text, 0, len(file.text))
    yield draft.record()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example into a folder of its own, without a network."""
    folder = tmp_path_factory.mktemp("installed")
    how = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", "--quiet", *how, "--target", str(folder)]
    run = subprocess.run([*command, str(EXAMPLE)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def write_package(folder: Path, suffixes: str = "('.moody.gz', '.MOO')") -> Path:
    """Write a package with the moody reader as an installer would leave it."""
    about = folder / "moody-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "moody.py").write_text(f"{MOODY}\nread_moody.suffixes = {suffixes}\n", "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: moody\nVersion: 1.0\n", "utf-8")
    points = "[cablegraph.readers]\nzz-moody = moody:read_moody\n"
    (about / "entry_points.txt").write_text(points, "utf-8")
    return folder


@pytest.fixture
def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that makes the package with the moody reader one that is installed."""

    def install(suffixes: str = "('.moody.gz', '.MOO')") -> None:
        monkeypatch.delitem(sys.modules, "moody", raising=False)
        monkeypatch.syspath_prepend(write_package(tmp_path / "site", suffixes))
        forget()

    def forget() -> None:
        readers.find_readers.cache_clear()
        readers.find_suffixes.cache_clear()

    yield install
    monkeypatch.undo()
    sys.modules.pop("moody", None)
    forget()


def build(
    source: Path, output: Path, *packages: Path, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Build by command, with packages installed beside ours."""
    command = [sys.executable, "-m", "cablegraph", "build", str(source), "-o", str(output)]
    path = os.pathsep.join(map(str, packages))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [*command, "--quiet", *options],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def read_all_evidence(node: Any) -> Iterator[dict[str, Any]]:
    """Yield each evidence of a record as written."""
    if isinstance(node, dict):
        if "quote" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from read_all_evidence(inner)


def test_the_example_is_as_short_as_is_said() -> None:
    """The one module of the example has at most thirty lines of code."""
    (module,) = EXAMPLE.glob("*.py")

    assert LONGEST >= sum(bool(line.strip()) for line in module.read_text("utf-8").splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_installed_reader_gives_documents_with_their_evidence(
    installed: Path, tmp_path: Path, ends: str
) -> None:
    """Two letters of three are built from a folder, word for word; the third is told of."""
    book = tmp_path / "in" / "sub" / "basle.Letters"
    book.parent.mkdir(parents=True)
    book.write_bytes(BOOK.replace("\n", ends).encode())
    run = build(tmp_path / "in", tmp_path / "out", installed)
    text = book.read_bytes().decode()

    assert (
        f"{book}:13:1: LayoutError: no field of a letter: '  Weather: rain'; "
        "write one of From, To, Date before a colon\n"
    ) == run.stderr
    assert 1 == run.returncode
    records = sorted((tmp_path / "out" / "records").iterdir())
    assert ["basle-17.json", "basle-19.json"] == [path.name for path in records]
    for path in records:
        record = json.loads(path.read_bytes())
        found = list(read_all_evidence(record["claims"]))
        assert found
        for one in found:
            assert text[one["start"] : one["end"]] == one["quote"]
            first, last = one["within"]
            assert one["quote"].split() == record["texts"][one["layer"]][first:last].split()


@pytest.mark.slow
def test_an_installed_reader_states_who_wrote_to_whom_and_when(
    installed: Path, tmp_path: Path
) -> None:
    """Sender, addressee and day come from the fields of the letter, each with its own line."""
    book = tmp_path / "basle.letters"
    book.write_text(BOOK, "utf-8")
    build(book, tmp_path / "out", installed)
    record = json.loads((tmp_path / "out" / "records" / "basle-17.json").read_bytes())
    claims = {
        (claim["value"]["is"], claim["value"].get("role") or claim["value"].get("edtf")): claim
        for claim in record["claims"]
        if claim["rule"].startswith("encoded-")
    }

    assert "person/anna-berg" == claims["party", "sender"]["value"]["agent"]
    assert 4 == claims["party", "sender"]["evidence"][0]["line"]
    assert "Carl Dähl" == claims["party", "addressee"]["evidence"][0]["quote"]
    assert ["3 May 1921"] == claims["date", "1921-05-03"]["value"]["written"]


@pytest.mark.slow
def test_without_the_package_its_files_are_no_documents(tmp_path: Path) -> None:
    """A folder of nothing else is refused, since no reader asks for that ending."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "basle.letters").write_text(BOOK, "utf-8")
    run = build(tmp_path / "in", tmp_path / "out")

    assert 1 == run.returncode
    assert "SourceError: a folder without any document" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--layout", "parts")], ids=["whole", "parts"])
def test_an_error_that_a_reader_raises_ends_its_file_alone(
    installed: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """One line is told of the file, and the others are built."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.letters").write_text(LETTER, "utf-8")
    (folder / "b.moo").write_text("no text", "utf-8")
    run = build(
        folder, tmp_path / "out", installed, write_package(tmp_path / "site"), options=options
    )

    assert f"{folder / 'b.moo'}:1:1: LayoutError: words of refusal; be kinder\n" == run.stderr
    assert 1 == run.returncode
    assert [] != list((tmp_path / "out" / "records").iterdir())


@pytest.mark.slow
def test_a_bug_in_a_reader_keeps_its_traceback(tmp_path: Path) -> None:
    """What a reader does not raise on purpose is not taken for a fault of the file."""
    file = tmp_path / "a.moo"
    file.write_text("has a bug", "utf-8")
    run = build(file, tmp_path / "out", write_package(tmp_path / "site"))

    assert 1 == run.returncode
    assert "Traceback (most recent call last)" in run.stderr
    assert "in read_moody" in run.stderr
    assert run.stderr.endswith("RuntimeError: a bug of the reader\n")


def test_a_reader_of_another_package_comes_before_ours(moody: Callable[..., None]) -> None:
    """XML of a kind that we read too is the other one's, though its name sorts last."""
    moody()
    file = SourceFile(Path("a.xml"), b"<ead><archdesc/></ead>")
    (record,) = readers.read_documents(file)

    assert isinstance(record, Record)
    assert "moody-1" == record.key


def test_a_file_in_which_a_reader_finds_nothing_is_told_of(moody: Callable[..., None]) -> None:
    """A reader that takes a file and gives nothing for it is named with the file."""
    moody()
    (fault,) = readers.read_documents(SourceFile(Path("a.xml"), b"<nothing/>"))

    assert isinstance(fault, LayoutError)
    assert "a.xml:1:1" == fault.where
    assert "moody.read_moody" in fault.problem


def test_an_error_ends_a_file_after_the_documents_before_it(moody: Callable[..., None]) -> None:
    """What a reader raises is yielded in its place."""
    moody()
    found = list(readers.read_documents(SourceFile(Path("a.xml"), b"no text")))

    assert ["words of refusal"] == [f.problem for f in found if isinstance(f, CablegraphError)]
    assert 1 == len(found)


def test_endings_that_readers_ask_for_count_in_folders(
    moody: Callable[..., None], tmp_path: Path
) -> None:
    """Capitals do not matter, an ending may have two dots, and hidden files stay out."""
    moody()
    names = ["a.MOODY.gz", "b.moo", "c.gz", "d.moodygz", ".e.moo", "f.txt", "moo"]
    folder = tmp_path / "in"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("x", "utf-8")

    assert (".moo", ".moody.gz") == readers.find_suffixes()
    assert ["a.MOODY.gz", "b.moo", "f.txt"] == [p.name for p in readers.find_files([folder])]
    (tmp_path / "empty").mkdir()
    with pytest.raises(CablegraphError, match=r"\*\.xml, \*\.moo, \*\.moody\.gz, or a table"):
        readers.find_files([tmp_path / "empty"])


@pytest.mark.parametrize("suffixes", ["'.moo'", "('moo',)", "('',)"])
def test_endings_that_would_take_everything_are_refused(
    moody: Callable[..., None], suffixes: str
) -> None:
    """One string in place of several, or an ending without its dot, is a bug of the reader."""
    moody(suffixes)
    with pytest.raises(TypeError, match="suffixes of moody:read_moody"):
        readers.find_suffixes()


def test_a_changed_reader_makes_all_documents_anew(
    moody: Callable[..., None], tmp_path: Path
) -> None:
    """A build in parts depends on the readers that are installed and on their code."""

    def digest() -> str:
        return find_components(read_settings(None), "parts")["readers"]

    before = digest()
    moody()
    installed = digest()
    module = tmp_path / "site" / "moody.py"
    module.write_text(module.read_text("utf-8") + "# changed\n", "utf-8")

    assert 3 == len({before, installed, digest()})
