"""The records of a build as they are kept: a file a document, or parts of many documents."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from cablegraph.errors import DataError
from cablegraph.records.claims import Reading

T = TypeVar("T")
_PARTS = "part-*.jsonl.zst"


class _Keyed(msgspec.Struct, frozen=True):
    key: str


def read_kept(folder: Path) -> Iterator[Reading]:
    """Yield the records in the folder ``records`` of a build, one at a time, in order of file.

    Raises:
        DataError: if one can't be read.
    """
    for path, number, content in _contents(folder):
        yield _decode(path, number, content, Reading)


def list_keys(folder: Path) -> list[str]:
    """Return the keys of the documents, sorted.

    Raises:
        DataError: if a part can't be read.
    """
    keys = [path.stem for path in folder.glob("*.json")]
    for path in sorted(folder.glob(_PARTS)):
        keys += (_decode(path, number, row, _Keyed).key for number, row in _rows(path))
    return sorted(keys)


def find_kept(folder: Path, key: str) -> Reading | None:
    """Return the record of a document, or None if there is no such document.

    Raises:
        DataError: if it, or a part that was looked into, can't be read.
    """
    whole = folder / f"{key}.json"
    if whole.parent == folder and whole.is_file():
        return _decode(whole, 1, _read(whole), Reading)
    for path in sorted(folder.glob(_PARTS)):
        for number, row in _rows(path):
            if _decode(path, number, row, _Keyed).key == key:
                return _decode(path, number, row, Reading)
    return None


def _contents(folder: Path) -> Iterator[tuple[Path, int, bytes]]:
    for path in sorted(folder.glob("*.json")):
        yield path, 1, _read(path)
    for path in sorted(folder.glob(_PARTS)):
        yield from ((path, number, row) for number, row in _rows(path))


def _rows(path: Path) -> Iterator[tuple[int, bytes]]:
    import zstandard

    try:
        with path.open("rb") as packed:
            reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
            yield from enumerate(io.BufferedReader(reader), start=1)
    except (OSError, zstandard.ZstdError) as cause:
        raise _fault(path, 1, cause) from cause


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise _fault(path, 1, cause) from cause


def _decode(path: Path, number: int, content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise _fault(path, number, cause) from cause


def _fault(path: Path, line: int, cause: Exception) -> DataError:
    problem = f"not a record of this version ({cause})"
    return DataError(problem, where=f"{path}:{line}:1", remedy="run the build again")
