"""Notes that documents leave for other pages, kept in files until those pages are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from zlib import crc32

import msgspec

from cablegraph.publication.site.stances import StanceRow

_encode = msgspec.json.Encoder().encode


class Note(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What one document says for the page of a thing.

    Shape: of kind ``line`` it is a line of N-Quads; else a row of a table, whose columns have the
        names of these fields.
    """

    page: str
    kind: str
    text: str = ""  # the words, or the line
    node: str = ""  # the node that says it, a term
    other: str = ""  # another thing that takes part
    document: str = ""  # path of the telegram
    date: str = ""
    title: str = ""
    extra: str = ""
    language: str = ""
    stance: StanceRow | None = None


class Spill:
    """Notes divided over files by page, so that each file can be held in memory.

    >>> import tempfile
    >>> spill = Spill(Path(tempfile.mkdtemp()), 2)
    >>> spill.keep(spill.pack("telegram/t", group_notes([Note("person/a", "sent")])))
    >>> [(page, list(left)) for number in range(2) for page, left in spill.read(number).items()]
    [('person/a', ['telegram/t'])]
    """

    def __init__(self, folder: Path, files: int) -> None:
        self.folder, self.files = folder, files

    def pack(self, document: str, notes: Mapping[str, bytes]) -> dict[int, bytes]:
        """Return what one document leaves as bytes of each file; another process can keep them.

        Shape: *notes* are grouped by page.
        """
        waiting: dict[int, list[bytes]] = {}
        for page, packed in notes.items():
            row = _encode((page, document, msgspec.Raw(packed))) + b"\n"
            waiting.setdefault(self.number(page), []).append(row)
        return {number: b"".join(rows) for number, rows in waiting.items()}

    def keep(self, packed: Mapping[int, bytes]) -> None:
        """Write packed notes to their files."""
        for number, rows in packed.items():
            with self._file(number).open("ab") as file:
                file.write(rows)

    def number(self, page: str) -> int:
        """Return the number of the file that holds the notes for a page."""
        return crc32(page.encode()) % self.files

    def read(self, number: int) -> dict[str, dict[str, bytes]]:
        """Return the notes of one file by page and document."""
        found: dict[str, dict[str, bytes]] = {}
        path = self._file(number)
        if not path.is_file():
            return found
        decode = msgspec.json.Decoder(tuple[str, str, msgspec.Raw]).decode
        with path.open("rb") as file:
            for row in file:
                page, document, packed = decode(row)
                found.setdefault(page, {})[document] = bytes(packed)
        return found

    def _file(self, number: int) -> Path:
        return self.folder / f"notes-{number}.jsonl"


def group_notes(notes: Iterable[Note]) -> dict[str, bytes]:
    """Return the notes of one document by page, each once, as JSON."""
    found: dict[str, dict[bytes, None]] = {}
    for note in notes:
        found.setdefault(note.page, {})[_encode(note)] = None
    return {page: b"[" + b",".join(packed) + b"]" for page, packed in found.items()}


def read_notes(packed: Mapping[str, bytes]) -> list[Note]:
    """Return the notes that documents leave for one page, in order of date."""
    decode = msgspec.json.Decoder(list[Note]).decode
    return sorted((note for one in packed.values() for note in decode(one)), key=_key)


def _key(note: Note) -> tuple[str, ...]:
    return (note.date or "~", note.document, note.kind, note.node, note.other, note.text)
