"""Where the records of a build lie: one file a document, or several documents in one part."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from cablegraph.errors import DataError
from cablegraph.serialise.canonical import read_rows

_PARTS = ("part-*.jsonl.zst", "part-*.jsonl")


class _Keyed(msgspec.Struct, frozen=True):
    key: str
    source: str = ""


class Stored:
    """The folder ``records`` of a build; a part is read again where one of its documents is asked.

    Raises:
        DataError: if it is missing, or a part can't be read.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            problem, remedy = "there are no records", "name the output folder of a build"
            raise DataError(problem, where=f"{folder}:1:1", remedy=remedy)
        self._places = {path.stem: path for path in folder.glob("*.json")}
        self._digests: dict[str, bytes] = {}
        self._sources: dict[str, str] = {}
        self._part = lru_cache(maxsize=2)(_read_part)
        for part in sorted(path for form in _PARTS for path in folder.glob(form)):
            for key, (source, content) in _read_part(part).items():
                self._places[key] = part
                self._digests[key] = _digest(content, part)
                self._sources[key] = source

    def keys(self) -> set[str]:
        """Return the keys of the documents."""
        return set(self._places)

    def place(self, key: str) -> Path:
        """Return the file that holds a record, for messages."""
        return self._places[key]

    def source(self, key: str) -> str:
        """Return the name of the file of a document; nothing if there is none."""
        if key not in self._sources and (content := self.read(key)) is not None:
            try:
                self._sources[key] = msgspec.json.decode(content, type=_Keyed).source
            except (msgspec.DecodeError, UnicodeDecodeError) as cause:
                raise _fault(self._places[key], 1, str(cause)) from cause
        return self._sources.get(key, "")

    def digest(self, key: str) -> bytes | None:
        """Return what tells whether two records are the same; None if there is no such document."""
        if key in self._digests:
            return self._digests[key]
        content = self.read(key)
        return None if content is None else _digest(content, self._places[key])

    def read(self, key: str) -> bytes | None:
        """Return a record as written, None if there is no such document."""
        if key not in self._places:
            return None
        if key in self._digests:
            return self._part(self._places[key])[key][1]
        try:
            return self._places[key].read_bytes()
        except OSError as cause:
            raise _fault(self._places[key], 1, cause.strerror or str(cause)) from cause


def _digest(content: bytes, path: Path) -> bytes:
    """Return the digest of a record, which is the same however its JSON is laid out."""
    try:
        return hashlib.sha256(msgspec.json.format(content, indent=-1).strip()).digest()
    except msgspec.DecodeError as cause:
        raise _fault(path, 1, str(cause)) from cause


def _read_part(path: Path) -> dict[str, tuple[str, bytes]]:
    """Return the documents of a part by key, each with the name of its file."""
    found = {}
    for number, row in enumerate(read_rows(path), start=1):
        try:
            keyed = msgspec.json.decode(row, type=_Keyed)
            found[keyed.key] = keyed.source, row
        except (msgspec.DecodeError, UnicodeDecodeError) as cause:
            raise _fault(path, number, str(cause)) from cause
    return found


def _fault(path: Path, line: int, problem: str) -> DataError:
    return DataError(problem, where=f"{path}:{line}:1", remedy="run the build again")
