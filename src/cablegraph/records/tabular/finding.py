"""Tell which files of a folder are tables of letters."""

from __future__ import annotations

from pathlib import Path

from cablegraph.errors import CablegraphError
from cablegraph.records.tabular.opened import (
    ENDINGS,
    find_mapping,
    find_ready,
    header_of,
    mapping_path,
)
from cablegraph.sources.files import SourceFile, read_file
from cablegraph.sources.workbook import is_workbook, read_sheet

# Bytes in which the headings of a table of text must end.
_HEAD = 1 << 16
# Marks of UTF-16, whose characters have two bytes.
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class LetterTables:
    """Tables of letters: with a mapping beside them, or with headings that are known."""

    def is_table(self, path: Path) -> bool:
        """Tell whether a file of a folder is a table of letters.

        Shape: a mapping that can't be read makes its table one too, so that reading it tells why,
            and so does a file that may not be read; a pipe is none, nor a link to nothing.
        """
        if path.suffix.lower() not in ENDINGS or not path.is_file():
            return False
        try:
            return find_mapping(path) is not None or _is_known(path)
        except OSError:
            return True
        except CablegraphError:
            return mapping_path(path).is_file()

    def texts_of(self, path: Path) -> Path | None:
        """Return the folder of transcripts that the mapping of a table names."""
        try:
            mapping = find_mapping(path)
        except CablegraphError:
            return None
        if mapping is None or mapping.options.texts is None:
            return None
        return path.parent / mapping.options.texts


def _is_known(path: Path) -> bool:
    """Tell whether the headings of a table are those of a ready mapping.

    Raises:
        CablegraphError: if the file can't be read.
    """
    with path.open("rb") as file:
        head = SourceFile(path, file.read(_HEAD))
    if is_workbook(SourceFile(path, head.data[:4] + b"xl/workbook")):
        rows = read_sheet(read_file(path)).rows[:1]
        return find_ready(cell.text.strip() for row in rows for cell in row.cells) is not None
    whole = head.data.rfind(b"\n") + 1 if len(head.data) == _HEAD else len(head.data)
    if head.data.startswith(_WIDE):
        whole += whole % 2
    return find_ready(header_of(SourceFile(path, head.data[:whole]))) is not None
