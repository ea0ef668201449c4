"""Read a file of plain text, and find the documents that a folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from cablegraph.sources.cleaning import clean_text
from cablegraph.sources.files import SourceFile, read_file, refuse, refuse_folder
from cablegraph.spans import SourceText

_TEXT = ".txt"
_DOCUMENTS = frozenset({_TEXT, ".xml"})
_NOT_DOCUMENTS = frozenset({"readme.txt", "decisions.csv"})
_NOT_ENDINGS = (".sssom.tsv", ".sssom.csv")
#: The file by which the output folder of a build is known.
MADE = "MANIFEST.json"
_NOT_FOLDERS = frozenset({"authorities"})


class Tables(Protocol):
    """Who knows which files are tables of letters."""

    def is_table(self, path: Path) -> bool:
        """Tell whether a file found in a folder is a table of letters."""

    def texts_of(self, path: Path) -> Path | None:
        """Return the folder of texts that a table joins to its rows, if it joins any."""


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


def find_documents(
    paths: Sequence[Path], tables: Tables | None = None, endings: tuple[str, ...] = ()
) -> list[Path]:
    """Return the files that *paths* name: a file itself, the documents of a folder sorted.

    Shape: in the order of *paths*, each file once. Of a folder ``*.txt`` and ``*.xml`` count, names
        with one of *endings* (in small letters), and what *tables* knows for a table of letters;
        not the texts that a table joins to its rows.
        Subfolders are searched too, other than hidden ones, ``authorities`` and the output of a
        build; ``README.txt``, the ledger and mapping sets are no documents.
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
        inside = sorted(_documents_in(path, tables, endings))
        if not inside:
            remedy = "put documents in it or name another folder"
            named = "".join(f", *{ending}" for ending in endings)
            what = f"*.txt, *.xml{named}, or a table with its mapping"
            raise refuse(path, f"a folder without any document ({what})", remedy=remedy)
        found.update(dict.fromkeys(inside))
    return list(found)


def _documents_in(folder: Path, tables: Tables | None, endings: tuple[str, ...]) -> Iterator[Path]:
    files = list(walk_files(folder))
    known = dict.fromkeys(path for path in files if tables and tables.is_table(path))
    joined = [texts for path in known if tables and (texts := tables.texts_of(path))]
    yield from known
    for path in files:
        if is_named(path, endings) and path not in known:
            if path.suffix.lower() == _TEXT and any(path.is_relative_to(one) for one in joined):
                continue  # read with the table that names it
            yield path


def is_named(path: Path, endings: tuple[str, ...]) -> bool:
    """Tell whether a file is a document by the end of its name, other readers' *endings* too."""
    return path.suffix.lower() in _DOCUMENTS or path.name.lower().endswith(endings)


def walk_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that could be documents by their names, in no order.

    Raises:
        SourceError: if a folder can't be read: what is in it would be lost in silence.
    """
    for here, folders, names in os.walk(folder, onerror=_bar):
        if here != str(folder) and MADE in names:
            folders.clear()  # what a build made is no source of the next one
            continue
        folders[:] = filter(is_folder, folders)
        for name in names:
            if is_candidate(name):
                yield Path(here, name)


def _bar(cause: OSError) -> None:
    raise refuse_folder(Path(os.fsdecode(cause.filename)), cause) from cause


def is_candidate(name: str) -> bool:
    """Tell whether a file of a folder could be a document by its name."""
    low = name.lower()
    return not (name.startswith(".") or low in _NOT_DOCUMENTS or low.endswith(_NOT_ENDINGS))


def is_searched(folder: str) -> bool:
    """Tell whether documents are sought in a folder below a source."""
    return is_folder(os.path.basename(folder)) and not os.path.lexists(f"{folder}/{MADE}")  # noqa: PTH119  a string stays one


def is_folder(name: str) -> bool:
    """Tell whether documents are sought in a folder by its name."""
    return not (name.startswith(".") or name in _NOT_FOLDERS)
