"""Read a file of plain text, and find the documents that a folder holds."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from cablegraph.errors import SourceError
from cablegraph.sources.cleaning import clean_text
from cablegraph.sources.decoding import decode
from cablegraph.spans import SourceText

# A thousand times the longest transcript seen; what is larger is a dump, and the text, its
# cleaned form and the map between them would not fit beside each other in a small machine.
LARGEST = 64 * 1024 * 1024
_NOT_DOCUMENTS = frozenset({"readme.txt"})
#: The file by which the output folder of a build is known.
_MADE = "MANIFEST.json"
_NOT_FOLDERS = frozenset({"authorities"})


def read_source(path: Path) -> SourceText:
    """Read one file of text, decoded and cleaned.

    Units: offsets count code points of the decoded text; a byte order mark at its start is
        part of the encoding, not of the text, so offset 0 comes after it.
    Raises:
        SourceError: if the file is missing, empty, binary, too large, can't be opened, or is
            in an encoding that its bytes do not make certain.
    """
    data = _read_bytes(path)
    text = decode(data, path=str(path))
    cleaned = clean_text(text)
    if not cleaned.text.strip():
        raise _refusal(path, "nothing but white space", remedy="put a document in it or drop it")
    return SourceText(
        path=str(path),
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        clean=cleaned.text,
        origin=cleaned.origin,
        until=cleaned.until,
    )


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refusal(path, "a folder, not a file", remedy="name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(path, "not a regular file", remedy="name a text file")
        if status.st_size > LARGEST:
            found = f"{status.st_size} bytes, more than {LARGEST}"
            raise _refusal(path, found, remedy="split it into one file a document")
        data = path.read_bytes()
    except OSError as cause:
        raise _unreadable(path, cause) from cause
    if not data:
        raise _refusal(path, "an empty file", remedy="put a document in it or drop it")
    return data


def _unreadable(path: Path, cause: OSError) -> SourceError:
    if isinstance(cause, FileNotFoundError | NotADirectoryError):
        return _refusal(path, "no such file", remedy="check the path")
    if isinstance(cause, PermissionError):
        return _refusal(path, "no permission to read it", remedy="change the file's permissions")
    found = cause.strerror or type(cause).__name__
    return _refusal(path, f"not readable ({found})", remedy="check the path and its medium")


def _refusal(path: Path, found: str, *, remedy: str) -> SourceError:
    return SourceError(found, where=f"{path}:1:1", remedy=remedy)


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """Return the files that *paths* name: a file itself, a folder's ``*.txt`` files sorted.

    Shape: in the order of *paths*, each file once. Subfolders are searched too, other than
        hidden ones, ``authorities`` and the output of a build; ``README.txt`` is no document.
    Raises:
        SourceError: if a path does not exist, or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            if not os.path.lexists(path):
                raise _refusal(path, "no such file or folder", remedy="check the path")
            found[path] = None
            continue
        inside = sorted(_texts_in(path))
        if not inside:
            remedy = "put documents in it or name another folder"
            raise _refusal(path, "a folder without any document (*.txt)", remedy=remedy)
        found.update(dict.fromkeys(inside))
    return list(found)


def _texts_in(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        if here != str(folder) and _MADE in names:
            folders.clear()  # what a build made is no source of the next one
            continue
        folders[:] = [f for f in folders if not f.startswith(".") and f not in _NOT_FOLDERS]
        yield from (Path(here, name) for name in names if _is_document(name.lower()))


def _is_document(name: str) -> bool:
    return name.endswith(".txt") and not name.startswith(".") and name not in _NOT_DOCUMENTS
