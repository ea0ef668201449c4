"""Find the reader that knows a file by its content, and read every document in the file.

A reader is a plain function, registered under the entry point ``cablegraph.readers``. It gets the
file and returns None where it is not of its kind, else the documents one after the other; a
document that it can't read is an error in its place, so that the others are still read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TypeAlias

from cablegraph.errors import CablegraphError
from cablegraph.records.model import Record
from cablegraph.records.tabular.finding import LetterTables
from cablegraph.records.tabular.finding import find_files as find_files
from cablegraph.records.tabular.opened import ENDINGS, mapping_path
from cablegraph.sources.files import SourceFile

Documents: TypeAlias = Iterator[Record | CablegraphError]
Reader: TypeAlias = Callable[[SourceFile], Documents | None]

GROUP = "cablegraph.readers"
#: The reader of plain text takes what no other one knows.
_LAST = "text"


def read_documents(file: SourceFile) -> Documents:
    """Yield every document of a file, and an error for each that can't be read.

    Shape: an error that a reader raises ends its file; nothing else is lost by it.
    """
    try:
        for reader in find_readers():
            documents = reader(file)
            if documents is not None:
                yield from documents
                return
    except CablegraphError as fault:
        yield fault


@cache
def find_readers() -> tuple[Reader, ...]:
    """Return the readers: those of other packages first, the one of plain text last."""
    points = sorted(entry_points(group=GROUP), key=_order)
    return tuple(point.load() for point in points)


def _order(point: EntryPoint) -> tuple[bool, bool, str]:
    own = point.value.partition(".")[0] == "cablegraph"
    return own, own and point.name == _LAST, point.name


def find_companions(path: Path) -> list[Path]:
    """Return the files on which the reading of a file depends besides itself.

    Shape: of a table of letters its mapping, and the transcripts that it joins to its rows.
    """
    if path.suffix.lower() not in ENDINGS:
        return []
    mapping, texts = mapping_path(path), LetterTables().texts_of(path)
    joined = sorted(texts.rglob("*.txt")) if texts else []
    return [mapping, *joined] if mapping.is_file() else joined
