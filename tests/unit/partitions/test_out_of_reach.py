"""What was built of a place stays while nobody can look into it; no password is ever shown."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from partition_papers import build, content, put, write_corpus, write_paper

from cablegraph.cli import main
from cablegraph.partitions.build import PartsBuilt, build_parts, explain_parts, foresee_parts
from cablegraph.partitions.task import Order
from cablegraph.sources.remote import Remote, conceal

pytestmark = pytest.mark.usefixtures("_small_buckets")
_GONE = "no such file, folder or bucket"


def _take_away() -> None:
    import fsspec

    fsspec.filesystem("memory").rm("/bucket", recursive=True)


def _both(near: Path, far: str, output: Path, config: Path | None = None) -> PartsBuilt:
    order = Order(str(output), config=str(config) if config else None)
    return build_parts([near, Remote.of(far)], order)


def _settings(folder: Path, rows: str = "") -> Path:
    (folder / "authorities").mkdir(parents=True, exist_ok=True)
    (folder / "authorities/entities.csv").write_text(
        f"key,type,label_en,label_ru,notation,speaks_for,note\n{rows}", "utf-8"
    )
    (folder / "authorities/names.csv").write_text(
        "key,form,language,kind,correct,scope,note\n", "utf-8"
    )
    path = folder / "cablegraph.toml"
    path.write_text('base = "https://example.org/"\nauthorities = "authorities"\n', "utf-8")
    return path


@pytest.fixture
def near(tmp_path: Path, memory: str) -> Path:
    """A corpus of which half lies in a folder and half in the store."""
    write_corpus(tmp_path / "far", 12)
    put(tmp_path / "far", memory)
    for number in range(12):
        write_paper(tmp_path / "near", f"note-{number:03d}", 940000 + number)
    return tmp_path / "near"


def test_a_source_out_of_reach_stays_while_the_others_change(
    near: Path, memory: str, tmp_path: Path
) -> None:
    """A document less here and many more, which divides buckets anew: none is lost there."""
    output = tmp_path / "out"
    _both(near, memory, output)
    _take_away()
    before = content(output)
    assert [
        f"{memory}:1:1: SourceError: {_GONE}: 12 files stay as built before; check the URL"
    ] == [str(one) for one in _both(near, memory, output).missing]
    assert before == content(output)

    (near / "note-003.txt").unlink()
    for number in range(20, 60):
        write_paper(near, f"note-{number:03d}", 940000 + number)
    built = _both(near, memory, output)
    assert (12 + 11 + 40, ()) == (built.counts["documents"], built.faults)
    assert 1 == len(built.missing)

    put(tmp_path / "far", memory)
    assert () == _both(near, memory, output).missing
    _both(near, memory, tmp_path / "anew")
    assert content(tmp_path / "anew") == content(output)
    assert [] == explain_parts([near, Remote.of(memory)], Order(str(output)))


def test_what_other_rules_read_stays_until_it_is_in_reach(
    near: Path, memory: str, tmp_path: Path
) -> None:
    """Another authority file changes what can be read; the rest follows when it can be."""
    config, output = _settings(tmp_path / "settings"), tmp_path / "out"
    _both(near, memory, output, config)
    _take_away()
    _settings(tmp_path / "settings", "person/velde,person,Anton Velde,,,,\n")
    built = _both(near, memory, output, config)
    assert (24, (), 1) == (built.counts["documents"], built.faults, len(built.missing))
    assert 24 == _both(near, memory, output, config).counts["documents"]

    put(tmp_path / "far", memory)
    reasons = explain_parts([near, Remote.of(memory)], Order(str(output), config=str(config)))
    assert ("not all of its files could be read",) in [one.why for one in reasons]
    built = _both(near, memory, output, config)
    assert (24, (), ()) == (built.counts["documents"], built.faults, built.missing)
    _both(near, memory, tmp_path / "anew", config)
    assert content(tmp_path / "anew") == content(output)


def test_looking_ahead_names_what_is_out_of_reach(near: Path, memory: str, tmp_path: Path) -> None:
    """``--check`` has nothing to make, says what it could not look into, and ends with 1."""
    output = tmp_path / "out"
    arguments = ["build", str(near), memory, "-o", str(output)]
    assert 0 == CliRunner().invoke(main, arguments).exit_code
    _take_away()
    found = CliRunner().invoke(main, [*arguments, "--check", "--json"])

    assert (1, []) == (found.exit_code, json.loads(found.stdout))
    problem = f"{_GONE}: 12 files stay as built before; check the URL"
    assert [f"{memory}:1:1: SourceError: {problem}"] == found.stderr.splitlines()


def test_a_folder_that_may_not_be_read_keeps_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no empty folder: one line says so, and the rest is built."""
    corpus, output = write_corpus(tmp_path / "corpus", 12), tmp_path / "out"
    build(corpus, output)
    before, plain = content(output), os.scandir

    def refuse(folder: str | os.PathLike[str]) -> object:
        if os.fspath(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return plain(folder)

    write_paper(corpus, "b/new", 940001)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        built = build(corpus, output)
        _, missing = foresee_parts([corpus], Order(str(output)))
    said = "a folder that can't be read (Permission denied): 6 files stay as built before"
    line = f"{corpus}/a:1:1: SourceError: {said}; check its permissions and its medium"
    assert [line] == [str(one) for one in built.missing] == [str(one) for one in missing]
    assert 13 == built.counts["documents"]
    (corpus / "b/new.txt").unlink()
    assert () == build(corpus, output).missing
    assert before == content(output)


def test_an_empty_share_costs_no_document(tmp_path: Path) -> None:
    """A folder in which nothing is left any longer is more likely one that is not mounted."""
    corpus, output = write_corpus(tmp_path / "corpus", 6), tmp_path / "out"
    build(corpus, output)
    before = content(output)
    shutil.rmtree(corpus)
    corpus.mkdir()
    (fault,) = build(corpus, output).missing

    assert "a folder without any document" in str(fault)
    assert ": 6 files stay as built before; put documents in it" in str(fault)
    assert before == content(output)


def test_a_folder_that_may_not_be_read_is_a_fault_of_one_graph_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout ``whole`` does not take it for an empty one."""
    corpus = write_corpus(tmp_path / "corpus", 4)
    plain = os.scandir

    def refuse(folder: str | os.PathLike[str]) -> object:
        if os.fspath(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied", folder)
        return plain(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = CliRunner().invoke(main, ["build", str(corpus), "-o", str(tmp_path / "out")])

    said = "a folder that can't be read (Permission denied)"
    line = f"{corpus}/a:1:1: SourceError: {said}; check its permissions and its medium\n"
    assert (1, line) == (found.exit_code, found.stderr)


def test_what_is_no_file_hides_no_other_and_is_not_waited_for(tmp_path: Path) -> None:
    """A link round to itself, a pipe, a device without end: one fault each, the rest is built."""
    corpus = write_corpus(tmp_path / "corpus", 4)
    (corpus / "a/loop.txt").symlink_to("loop.txt")
    (corpus / "a/endless.txt").symlink_to("/dev/zero")
    os.mkfifo(corpus / "a/pipe.txt")
    os.mkfifo(corpus / "a/pipe.csv")
    built = build(corpus, tmp_path / "out")

    assert 4 == built.counts["documents"]
    names = [fault.where.removeprefix(f"{corpus}/a/") for fault in built.faults]
    assert ["endless.txt:1:1", "loop.txt:1:1", "pipe.txt:1:1"] == names
    assert 0 == build(corpus, tmp_path / "out").made


_SECRET = "s3cr-t"


def _all_of(folder: Path) -> bytes:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(path.read_bytes() for path in paths)


def test_no_password_of_a_source_is_shown_or_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a fault, a reason, the output or the state; another password is no other file."""
    fsspec = pytest.importorskip("fsspec")
    from fsspec.implementations.dirfs import DirFileSystem

    class Guarded(DirFileSystem):  # type: ignore[misc]
        """A server that wants a password in the URL, and says it when it fails."""

        protocol = "guarded"
        words = _SECRET

        def __init__(self, **options: object) -> None:
            super().__init__(path=str(tmp_path), fs=fsspec.filesystem("file"))

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            user, _, rest = str(path).removeprefix("guarded://").rpartition("@")
            if user and user != f"ann:{cls.words}":
                raise PermissionError(f"refused guarded://{user}@{rest}")
            return rest.partition("/")[2] if user else rest

    fsspec.register_implementation("guarded", Guarded, clobber=True)
    write_corpus(tmp_path / "corpus", 6)
    (tmp_path / "corpus/a/bad.txt").write_text("no document", "utf-8")
    (tmp_path / "here").mkdir()
    output = tmp_path / "here/out"
    url = f"guarded://ann:{_SECRET}@host/corpus"
    found = CliRunner().invoke(main, ["build", url, "-o", str(output)])
    assert "guarded://ann:xxxxx@host/corpus/a/bad.txt:1:1: LayoutError" in found.stderr
    assert "6 documents" in found.stdout
    again = CliRunner().invoke(main, ["build", url, "-o", str(output), "--check"])
    assert "nothing to make\n" == again.stdout

    Guarded.words = "other"
    away = CliRunner().invoke(main, ["build", url, "-o", str(output)])
    assert "guarded://ann:xxxxx@host/corpus:1:1: SourceError" in away.stderr
    assert ": 7 files stay as built before; " in away.stderr
    other = url.replace(_SECRET, "other")
    same = CliRunner().invoke(main, ["build", other, "-o", str(output), "--check"])
    assert "nothing to make\n" == same.stdout
    said = "".join(one.output for one in (found, again, away, same)).encode()
    assert _SECRET.encode() not in said + _all_of(tmp_path / "here")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://host:8080/a@b.txt", "https://host:8080/a@b.txt"),
        ("https://ann:p:w@host/a.txt", "https://ann:xxxxx@host/a.txt"),
        ("https://h/a.txt?raw=1&sig=ab%2Fc&x=2", "https://h/a.txt?raw=1&sig=xxxxx&x=2"),
        ("zip://a/*.txt::sftp://ann:pw@h/b.zip", "zip://a/*.txt::sftp://ann:xxxxx@h/b.zip"),
        ("s3://bucket/a:b/c@d.txt", "s3://bucket/a:b/c@d.txt"),
    ],
)
def test_secrets_of_a_url_are_concealed_and_found_again(url: str, shown: str) -> None:
    """What is no secret stays; from what is shown and the source follows what is read."""
    source = Remote.of(url)

    assert shown == conceal(url) == str(source.concealed)
    assert url == source.reveal(source.conceal(url))
    assert not any("pw" in name or "p:w" in name for name in source.names)
    assert source.has_pattern == source.concealed.has_pattern
