"""Read a file of plain text, and find the documents that a folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cablegraph.sources.cleaning import clean_text
from cablegraph.sources.files import SourceFile, read_file, refuse
from cablegraph.spans import SourceText

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
    return read_text(read_file(path))


def read_text(file: SourceFile) -> SourceText:
    """Decode and clean the whole of a file that is at hand.

    Raises:
        SourceError: if it is no text, or nothing but white space.
    """
    text = file.text
    cleaned = clean_text(text)
    if not cleaned.text.strip():
        raise refuse(file.path, "nothing but white space", remedy="put a document in it or drop it")
    return SourceText(
        path=str(file.path),
        name=file.name,
        sha256=file.sha256,
        text=text,
        clean=cleaned.text,
        origin=cleaned.origin,
        until=cleaned.until,
    )


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
                raise refuse(path, "no such file or folder", remedy="check the path")
            found[path] = None
            continue
        inside = sorted(_texts_in(path))
        if not inside:
            remedy = "put documents in it or name another folder"
            raise refuse(path, "a folder without any document (*.txt)", remedy=remedy)
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
