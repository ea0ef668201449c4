"""A corpus that a URL names gives what the same files give from a local folder."""

from __future__ import annotations

import hashlib
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from partition_papers import build, content, driver, put, run, write_corpus, write_paper

from cablegraph.cli import main
from cablegraph.errors import Faults
from cablegraph.partitions import remote
from cablegraph.partitions.build import PartsBuilt, build_parts, explain_parts
from cablegraph.partitions.inventory import name_sources
from cablegraph.partitions.task import Order
from cablegraph.sources import remote as reached
from cablegraph.sources.remote import Remote

fsspec = pytest.importorskip("fsspec")
pytestmark = pytest.mark.usefixtures("_small_buckets")
_TABLE = """No,From,To,Sent,File
1,Ibsley,Marenko,1953-03-05,one
2,Osbert,Velde,1953-04-02,two
"""
_MAPPING = """
[table]
texts = "texts"
[columns]
id = "No"
sender = "From"
addressee = "To"
sent = "Sent"
text-file = "File"
"""


def _order(folder: Path) -> Order:
    return Order(str(folder))


def _from(url: str | list[str], output: Path) -> PartsBuilt:
    urls = [url] if isinstance(url, str) else url
    return build_parts([Remote.of(one) for one in urls], _order(output))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of a few buckets, with what is no document in it."""
    folder = write_corpus(tmp_path / "corpus", 12)
    for name in (".hidden/a.txt", "authorities/a.txt", "made/MANIFEST.json", "made/a.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("No document.", "utf-8")
    for name in ("README.txt", "notes.md", "list.csv"):
        (folder / name).write_text("no,table\n1,2\n", "utf-8")
    return folder


def _local(corpus: Path, output: Path) -> dict[str, bytes]:
    assert build(corpus, output).made > 1
    return content(output)


class _Server(SimpleHTTPRequestHandler):
    """Serves a folder; a file whose name says so is answered with an error."""

    def send_head(self) -> object:  # type: ignore[override]
        """Answer with the number that a name holds, else with the file."""
        for code in (403, 500):
            if f"-{code}" in self.path:
                self.send_error(code)
                return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A web server over the files of the test."""
    pytest.importorskip("aiohttp")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_store_gives_the_bytes_of_a_local_folder(
    corpus: Path, memory: str, tmp_path: Path
) -> None:
    """Neither the output nor what counts as a document depends on where the files lie."""
    put(corpus, memory)
    expected = _local(corpus, tmp_path / "local")
    _from(memory, tmp_path / "remote")

    assert expected == content(tmp_path / "remote")


@pytest.mark.parametrize("inside", ["corpus", "corpus/**"])
def test_an_archive_gives_the_bytes_of_a_local_folder(
    corpus: Path, tmp_path: Path, inside: str
) -> None:
    """The files of a chain of URLs are named by what they are in the archive."""
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        for path in sorted(corpus.rglob("*")):
            archive.write(path, path.relative_to(tmp_path))
    expected = _local(corpus, tmp_path / "local")
    _from(f"zip://{inside}::{tmp_path}/corpus.zip", tmp_path / "remote")

    assert expected == content(tmp_path / "remote")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_other_processes_open_a_url_themselves(corpus: Path, tmp_path: Path, engine: str) -> None:
    """What several workers make of a URL is what one makes of the folder."""
    expected = _local(corpus, tmp_path / "local")
    output = tmp_path / "remote"
    done = run(
        [sys.executable, str(driver(tmp_path)), "build", f"file://{corpus}", "-o", str(output),
         "-j", "2", "--engine", engine]
    )  # fmt: skip

    assert (0, "12 documents") == (done.returncode, done.stdout[:12])
    assert expected == content(output)


def test_files_of_a_web_server_are_built(tmp_path: Path, web: str) -> None:
    """Each URL of the web is one file, named by its last name without what is asked of it."""
    paths = [write_paper(tmp_path, f"paper {n}", 930000 + n) for n in range(3)]
    build(paths, tmp_path / "local")
    _from([f"{web}/paper%20{n}.txt?raw=1" for n in range(3)], tmp_path / "remote")

    assert content(tmp_path / "local") == content(tmp_path / "remote")


def test_what_did_not_change_is_not_read_again(
    corpus: Path, memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read if its driver says that it was touched; a bucket is made if it changed."""
    from cablegraph.partitions import inventory

    monkeypatch.setattr(inventory, "_TICK_NS", -1)
    read: list[str] = []
    plain = remote.read_remote
    monkeypatch.setattr(
        remote, "read_remote", lambda url, *rest: read.append(url) or plain(url, *rest)
    )
    put(corpus, memory)
    (corpus / "list.csv").unlink()
    fsspec.filesystem("memory").rm("/bucket/corpus/list.csv")
    _from(memory, tmp_path / "remote")
    assert 2 * 12 == len(read)  # once for the digest, once by the worker
    read.clear()
    assert 0 == _from(memory, tmp_path / "remote").made
    assert [] == read
    write_paper(corpus, "a/paper-004", 930004, turn=1)
    put(corpus / "a", f"{memory}/a")
    assert 1 == _from(memory, tmp_path / "remote").made
    assert 6 + 1 == len(read)
    assert _local(corpus, tmp_path / "local") == content(tmp_path / "remote")


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_that_was_replaced_is_opened_anew(tmp_path: Path, kind: str) -> None:
    """What a driver keeps of an archive is not taken for what the archive holds now."""
    for turn in (0, 1, 2):
        write_paper(tmp_path / "corpus", "paper" if turn < 2 else "other", 930001, turn=turn)
        shutil.make_archive(str(tmp_path / "packed"), kind, tmp_path, "corpus")
        url = f"{kind}://corpus::{tmp_path}/packed.{kind}"
        assert 1 == _from(url, tmp_path / "remote").made
    build(tmp_path / "corpus", tmp_path / "local")

    assert content(tmp_path / "local") == content(tmp_path / "remote")


def test_a_worker_that_outlives_a_build_reads_an_archive_as_it_is(tmp_path: Path) -> None:
    """What another process has listed is read past what this one keeps of the archive."""
    packed = tmp_path / "packed.zip"
    for names in (["a.txt"], ["b.txt", "a.txt"]):
        with zipfile.ZipFile(packed, "w") as archive:
            for name in names:
                archive.writestr(name, f"{name} of {len(names)}")
        for name in names:
            text = f"{name} of {len(names)}".encode()
            url = f"zip://{name}::{packed}"
            assert text == reached.read_remote(url, 0, hashlib.sha256(text).hexdigest())


@pytest.mark.parametrize("when", ["after the listing", "all along"])
def test_a_file_that_cannot_be_read_is_one_fault_and_is_tried_again(
    corpus: Path, memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """The others are built; the next build reads it though its stamp is what it was."""
    from cablegraph.partitions import inventory

    monkeypatch.setattr(inventory, "_TICK_NS", -1)
    put(corpus, memory)
    expected = _local(corpus, tmp_path / "local")
    plain, store, name = remote.read_remote, fsspec.filesystem("memory"), "/paper-004.txt"

    def lose(url: str, size: int = 0, sha256: str = "") -> bytes:
        if not url.endswith(name) or (not sha256 and when == "after the listing"):
            return plain(url, size, sha256)
        held = store.store.pop(f"/bucket/corpus/a{name}")
        try:
            return plain(url, size, sha256)
        finally:
            store.store[f"/bucket/corpus/a{name}"] = held

    with monkeypatch.context() as patch:
        patch.setattr(remote, "read_remote", lose)
        built = _from(memory, tmp_path / "remote")
    found = [f"{memory}/a{name}:1:1: SourceError: no such file, folder or bucket; check the URL"]
    assert found == [str(fault) for fault in built.faults]
    assert 11 == built.counts["documents"]
    reasons = explain_parts([Remote.of(memory)], _order(tmp_path / "remote"))
    why = "not all of its files could be read"
    changed = "corpus/a/paper-004.txt changed"
    assert [(changed if when == "all along" else why,)] == [one.why for one in reasons]

    again = _from(memory, tmp_path / "remote")
    assert (1, ()) == (again.made, again.faults)
    assert expected == content(tmp_path / "remote")


def test_what_cannot_be_reached_is_one_line_each(tmp_path: Path, web: str) -> None:
    """A missing file, one that is barred, a dead server, an unknown kind: the rest is built."""
    write_paper(tmp_path, "paper", 930001)
    for name in ("barred-403", "broken-500"):
        write_paper(tmp_path, name, 930002)
    bad = {
        f"{web}/none.txt": "no such file, folder or bucket; check the URL",
        f"{web}/barred-403.txt": "no permission to read it; give its driver",
        f"{web}/broken-500.txt": "not read (ClientResponseError: 500",
        "http://127.0.0.1:9/a.txt": "not read (ClientConnectorError:",
        f"{web}/": "a folder of a web server, which has no listing; name a file in it",
        "memory://empty/none": "no such file, folder or bucket; check the URL",
        f"zip://a::{tmp_path}/paper.txt": "not read (BadZipFile:",
        f"file://{tmp_path}/*.none": "no file of that pattern; check the URL",
        "nosuch://a/b": "no driver of fsspec reads it (ValueError: Protocol not known: nosuch);",
    }
    output = tmp_path / "out"
    found = CliRunner().invoke(main, ["build", *bad, f"{web}/paper.txt", "-o", str(output)])

    assert 1 == found.exit_code
    lines = found.stderr.splitlines()
    assert len(bad) == len(lines)
    for (url, words), line in zip(bad.items(), lines, strict=True):
        assert line.startswith(f"{url}:1:1: SourceError: {words}"), line
    assert "1 documents" in found.stdout


def test_an_error_in_a_document_names_its_line_under_the_url(memory: str, tmp_path: Path) -> None:
    """The place is that of the file which the URL names, never of a copy."""
    put(write_corpus(tmp_path / "corpus", 2), memory)
    store = fsspec.filesystem("memory")
    store.pipe_file("/bucket/corpus/empty.txt", b"")
    store.pipe_file("/bucket/corpus/other.xml", b"<?xml version='1.0'?>\n<a>\n<b></a>")
    built = _from(memory, tmp_path / "remote")

    places = [fault.where for fault in built.faults]
    assert [f"{memory}/empty.txt:1:1", f"{memory}/other.xml:3:8"] == places
    assert 2 == built.counts["documents"]


def test_a_table_takes_its_mapping_and_its_texts_with_it(memory: str, tmp_path: Path) -> None:
    """A table of letters is the same from a store; a change of what it joins makes it anew."""
    corpus = write_corpus(tmp_path / "corpus", 12)
    (corpus / "texts").mkdir()
    (corpus / "letters.csv").write_text(_TABLE, "utf-8")
    (corpus / "letters.toml").write_text(_MAPPING, "utf-8")
    for name in ("one", "two", "three"):
        (corpus / f"texts/{name}.txt").write_text(f"We propose a meeting in {name}.", "utf-8")
    put(corpus, memory)
    local, found = build(corpus, tmp_path / "local"), _from(memory, tmp_path / "remote")

    assert 14 == local.counts["documents"]
    assert content(tmp_path / "local") == content(tmp_path / "remote")
    assert [f"{memory}/texts/three.txt:1:1"] == [fault.where for fault in found.faults]
    said = [str(fault).replace(str(corpus), memory) for fault in local.faults]
    assert said == [str(fault) for fault in found.faults]

    (corpus / "texts/one.txt").write_text("We propose a meeting in Velde.", "utf-8")
    put(corpus / "texts", f"{memory}/texts")
    build(corpus, tmp_path / "local")
    assert 1 == _from(memory, tmp_path / "remote").made
    assert content(tmp_path / "local") == content(tmp_path / "remote")


def test_a_url_is_never_built_as_a_whole(memory: str, tmp_path: Path) -> None:
    """``--layout whole`` and a URL are one clear error; ``auto`` builds it in parts."""
    put(write_corpus(tmp_path / "corpus", 2), memory)
    output = tmp_path / "out"
    refused = CliRunner().invoke(main, ["build", memory, "-o", str(output), "--layout", "whole"])
    built = CliRunner().invoke(main, ["build", memory, "-o", str(output)])

    assert (2, True) == (refused.exit_code, "A URL is built in parts" in refused.stderr)
    assert (0, True) == (built.exit_code, "buckets made" in built.stdout)


def test_without_fsspec_a_url_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named in the remedy, and nothing else happens."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(Faults) as raised:
        _from("s3://bucket/cables", tmp_path / "out")

    assert ["pip install 'cablegraph[remote]'"] == [one.remedy for one in raised.value.exceptions]


def test_what_was_built_stays_while_nothing_can_be_read(tmp_path: Path, memory: str) -> None:
    """A store that is away for a night costs no document: one line, and the output is as it was."""
    put(write_corpus(tmp_path / "corpus", 2), memory)
    output = tmp_path / "out"
    _from(memory, output)
    before = content(output)
    fsspec.filesystem("memory").rm("/bucket", recursive=True)
    found = CliRunner().invoke(main, ["build", memory, "-o", str(output)])

    problem = "no such file, folder or bucket: 2 files stay as built before"
    line = f"{memory}:1:1: SourceError: {problem}; check the URL\n"
    assert (1, line) == (found.exit_code, found.stderr)
    assert before == content(output)


def test_urls_of_one_name_are_told_apart() -> None:
    """As of folders, as many names as tell them apart; at last the kind of the URL."""
    urls = ["s3://one/cables", "s3://two/cables", "gs://two/cables", "zip://texts/*::/tmp/a.zip"]
    sources = [*map(Remote.of, urls), Path("/two/cables")]

    expected = ["one/cables", "s3/two/cables", "gs/two/cables", "texts", "two/cables"]
    assert expected == list(name_sources(sources))


def test_a_local_build_does_not_import_fsspec(tmp_path: Path) -> None:
    """Who names no URL pays nothing for them."""
    corpus = write_corpus(tmp_path / "corpus", 2)
    more = "import atexit; atexit.register(lambda: print('fsspec' in sys.modules))"
    done = run(
        [sys.executable, str(driver(tmp_path, more)), "build", str(corpus),
         "-o", str(tmp_path / "out"), "--layout", "parts"]
    )  # fmt: skip

    assert "False" == done.stdout.splitlines()[-1]


def test_stamps_tell_what_changes(tmp_path: Path) -> None:
    """A sum of the content settles a file at once; without any word it is always read."""
    tagged = reached._see({"size": 3, "ETag": '"a"', "LastModified": None, "type": "file"})
    silent = reached._see({"size": 3, "type": "file"})
    dated = reached._see({"Last-Modified": "Thu, 01 Jan 1970 00:00:02 GMT"})

    assert reached.Seen(3, '3;etag="a"', 0) == tagged
    assert (0, 2 * 10**9) == (dated.size, dated.latest)
    assert silent.latest > 2**61
