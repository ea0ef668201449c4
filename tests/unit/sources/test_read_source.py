"""Reading files: encodings, refusals, folders."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cablegraph.errors import SourceError
from cablegraph.sources import files as files_module
from cablegraph.sources.text import find_documents, read_source

RUSSIAN = "Телеграмму № 39 получили. Согласны с вашим предложением о встрече.\n"
PLAIN = RUSSIAN.replace("№ ", "")
FRENCH = "L'ambassadeur a déjà reçu la réponse du président à Genève, où il est allé hier.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.txt"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "cp1251"),
        (f"Transcript\r\n{RUSSIAN}", "cp1251"),
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
    ],
)
def test_an_encoding_that_is_certain_is_read(path: Path, words: str, encoding: str) -> None:
    """Offset 0 is the first letter, and the digest that of the bytes."""
    path.write_bytes(words.encode(encoding))
    source = read_source(path)

    assert words == source.text
    assert hashlib.sha256(path.read_bytes()).hexdigest() == source.sha256
    assert (str(path), "a.txt") == (source.path, source.name)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", "1:1", "empty"),
        (b" \r\n\t\n", "1:1", "white space"),
        ("\ufeff".encode(), "1:1", "white space"),
        (b"%PDF-1.7 ...", "1:1", "PDF"),
        (b"PK\x03\x04word/document.xml", "1:1", ".docx"),
        (b"\x89PNG\r\n\x1a\n", "1:1", "PNG"),
        (b"ab\ncd\0ef", "2:3", "NUL"),
        ("Телеграмма".encode("utf-16-le"), "1:2", "control (0x04)"),
        (PLAIN.encode("koi8-r"), "1:1", "0xf4"),
        (PLAIN.encode("cp866"), "1:1", "0x92"),
        (b"ok\nab \xff\xfe", "2:4", "0xff"),
        (RUSSIAN.encode() + b"\xd0", "2:1", "0xd0"),
        (RUSSIAN.encode() + b"\n\xd0\xd0" + RUSSIAN.encode(), "3:1", "0xd0"),
        (b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00", "1:3", "UTF-16"),
        ("кот и é".encode("cp1251", "ignore"), "1:1", "0xea"),
    ],
)
def test_other_bytes_are_refused_at_their_place(
    path: Path, data: bytes, place: str, words: str
) -> None:
    """The refusal says what was found, where, and what to do."""
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path)

    assert caught.value.where == f"{path}:{place}"
    assert words in caught.value.problem
    assert caught.value.remedy


def test_what_is_no_file_is_refused(path: Path) -> None:
    """A missing file, a folder and a pipe each get their own words."""
    pipe = path.with_name("pipe")
    os.mkfifo(pipe)
    for where, words in ((path, "no such"), (path.parent, "folder"), (pipe, "regular")):
        with pytest.raises(SourceError, match=words):
            read_source(where)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_refused(path: Path) -> None:
    """Permissions are named as the cause."""
    path.write_text(RUSSIAN)
    path.chmod(0)
    with pytest.raises(SourceError, match="permission"):
        read_source(path)


def test_a_file_over_the_limit_is_refused_unread(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size is looked at before the content."""
    monkeypatch.setattr(files_module, "LARGEST", 10)
    path.write_bytes(b"\xff" * 11)
    with pytest.raises(SourceError, match="11 bytes, more than 10"):
        read_source(path)


def test_a_folder_gives_its_documents_sorted(tmp_path: Path) -> None:
    """Hidden folders, authorities and a README are passed over; no file comes twice."""
    names = ["b.txt", "a.TXT", "README.txt", "c.csv", "sub/d.txt", ".git/e.txt", ".f.txt"]
    for name in [*names, "authorities/g.txt"]:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    odd = tmp_path / "c.csv"

    expected = [tmp_path / name for name in ("a.TXT", "b.txt", "sub/d.txt")]
    assert [odd, *expected] == find_documents([odd, tmp_path, tmp_path / "b.txt"])


def test_an_empty_folder_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    """What was looked for is said."""
    with pytest.raises(SourceError, match=r"\*\.txt"):
        find_documents([tmp_path])
    with pytest.raises(SourceError, match="no such"):
        find_documents([tmp_path / "nowhere"])
