"""Notes that documents leave for other pages, kept in files until those pages are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

import msgspec

from cablegraph.publication.site.stances import StanceRow


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
    >>> spill.add([Note("person/a", "sent")])
    >>> [page for number in range(2) for page in spill.read(number)]
    ['person/a']
    """

    def __init__(self, folder: Path, files: int) -> None:
        self.folder, self.files = folder, files
        self._encode = msgspec.json.Encoder().encode

    def add(self, notes: Iterable[Note]) -> None:
        """Keep notes."""
        self.keep(self.pack(notes))

    def pack(self, notes: Iterable[Note]) -> dict[int, bytes]:
        """Return notes as the lines of each file, which another process can keep at once."""
        waiting: dict[int, list[bytes]] = {}
        for note in notes:
            waiting.setdefault(self.number(note.page), []).append(self._encode(note))
        return {number: b"\n".join(lines) + b"\n" for number, lines in waiting.items()}

    def keep(self, packed: Mapping[int, bytes]) -> None:
        """Write packed notes to their files."""
        for number, lines in packed.items():
            with self._file(number).open("ab") as file:
                file.write(lines)

    def number(self, page: str) -> int:
        """Return the number of the file that holds the notes for a page."""
        return crc32(page.encode()) % self.files

    def read(self, number: int) -> dict[str, list[Note]]:
        """Return the notes of one file by page, sorted."""
        found: dict[str, list[Note]] = {}
        for note in self._notes(number):
            found.setdefault(note.page, []).append(note)
        return {page: sorted(found[page], key=_key) for page in sorted(found)}

    def _notes(self, number: int) -> Iterator[Note]:
        path = self._file(number)
        if not path.is_file():
            return
        decode = msgspec.json.Decoder(Note).decode
        with path.open("rb") as file:
            for line in dict.fromkeys(file):  # equal notes are equal lines
                yield decode(line)

    def _file(self, number: int) -> Path:
        return self.folder / f"notes-{number}.jsonl"


def _key(note: Note) -> tuple[str, ...]:
    return (note.date or "~", note.document, note.kind, note.node, note.other, note.text)
