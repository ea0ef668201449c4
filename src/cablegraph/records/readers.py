"""Find the reader that knows a file by its content, and read every document in the file.

A reader is a plain function, registered under the entry point ``cablegraph.readers``. It gets the
file and returns None where it is not of its kind, else the documents one after the other; a
document that it can't read is an error in its place, so that the others are still read. A reader
of another package may have an attribute ``suffixes``, the endings of its files: such files count
as documents of a folder too; and one that is ``Listed`` tells which documents there are before it
reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TypeAlias, TypeVar

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.listed import Unread, as_read
from cablegraph.records.model import Record
from cablegraph.records.tabular.finding import LetterTables
from cablegraph.records.tabular.opened import ENDINGS, mapping_path
from cablegraph.sources.files import SourceFile
from cablegraph.sources.text import find_documents

Documents: TypeAlias = Iterator[Record | CablegraphError]
Reader: TypeAlias = Callable[[SourceFile], Documents | None]

_Item = TypeVar("_Item")

GROUP = "cablegraph.readers"
#: The reader of plain text takes what no other one knows.
_LAST = "text"


def read_documents(file: SourceFile) -> Documents:
    """Yield every document of a file, and an error for each that can't be read.

    Shape: an error that a reader raises ends its file; nothing else is lost by it. A file never
        gives nothing: where its reader finds no document, that is an error too.
    """
    try:
        for reader in find_readers():
            documents = reader(file)
            if documents is not None:
                yield from _some(documents, reader, file)
                return
    except CablegraphError as fault:
        yield fault


def list_documents(file: SourceFile) -> Iterator[Unread]:
    """Yield what reads each document of a file, or gives the error that stands in its place.

    Shape: as many as ``read_documents`` yields, and in their order. A reader that does not list
        documents has read each when it is yielded.
    """
    try:
        for reader in find_readers():
            listing = getattr(reader, "listing", None)
            if listing is not None and (listed := listing(file)) is not None:
                yield from _some(listed, reader, file)
                return
            if listing is None and (documents := reader(file)) is not None:
                yield from (as_read(one) for one in _some(documents, reader, file))
                return
    except CablegraphError as fault:
        yield as_read(fault)


def _some(documents: Iterator[_Item], reader: Reader, file: SourceFile) -> Iterator[_Item]:
    empty = True
    for document in documents:
        empty = False
        yield document
    if empty:
        name = f"{reader.__module__}.{getattr(reader, '__qualname__', type(reader).__qualname__)}"
        raise LayoutError(
            f"no document that {name} finds in it",
            where=f"{file.path}:1:1",
            remedy="put a document in it or drop it; if it is of another kind, mend that reader",
        )


@cache
def find_readers() -> tuple[Reader, ...]:
    """Return the readers: those of other packages first, the one of plain text last."""
    return tuple(point.load() for point in _points())


@cache
def find_suffixes() -> tuple[str, ...]:
    """Return the endings of names, in small letters, that readers of other packages ask for.

    Raises:
        TypeError: if a reader's ``suffixes`` are one string, or none that begins with a dot.
    """
    found: dict[str, None] = {}
    for point in _points():
        if not _is_own(point):
            suffixes = getattr(point.load(), "suffixes", ())
            if isinstance(suffixes, str) or not all(one.startswith(".") for one in suffixes):
                raise TypeError(f"suffixes of {point.value} are to be like ('.abc',)")
            found.update(dict.fromkeys(one.lower() for one in suffixes))
    return tuple(sorted(found))


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the documents that *paths* name, in their order; see ``find_documents``.

    Raises:
        SourceError: if a path does not exist, or a folder holds no document.
    """
    return find_documents(paths, LetterTables(), find_suffixes())


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=_order)


def _order(point: EntryPoint) -> tuple[bool, bool, str, str]:
    own = _is_own(point)
    return own, own and point.name == _LAST, point.name, point.value


def _is_own(point: EntryPoint) -> bool:
    return point.module.partition(".")[0] == "cablegraph"


def find_companions(path: Path) -> list[Path]:
    """Return the files on which the reading of a file depends besides itself.

    Shape: of a table of letters its mapping, and the transcripts that it joins to its rows.
    """
    if path.suffix.lower() not in ENDINGS:
        return []
    mapping, texts = mapping_path(path), LetterTables().texts_of(path)
    joined = sorted(texts.rglob("*.txt")) if texts else []
    return [mapping, *joined] if mapping.is_file() else joined
