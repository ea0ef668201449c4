"""List the files of a corpus with their digests; what has not been touched is not read again.

The list is a table of the database that is gone when it is closed, so that it may be longer than
what memory holds.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from cablegraph.errors import SourceError
from cablegraph.partitions.buckets import LARGE, Bucket, Slot, Unit, divide, number_of
from cablegraph.sources.files import refuse
from cablegraph.sources.text import is_named, walk_files

#: A file changed as shortly before it was looked at could change again within the same tick.
_TICK_NS = 2_000_000_000
_TABLE = """
    CREATE TEMP TABLE now (
        path TEXT PRIMARY KEY, given TEXT, shown TEXT, number INTEGER, size INTEGER, stamp TEXT,
        sha256 TEXT, settled INTEGER
    ) WITHOUT ROWID
"""
_UNITS = "SELECT path, shown, size, sha256 FROM now WHERE number >= ? AND number < ? AND"


class Inventory:
    """The files that are there now, beside what the database knows of them from the last time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute("PRAGMA temp_store=FILE")
        db.execute("DROP TABLE IF EXISTS temp.now")
        db.execute(_TABLE)

    def take(self, sources: Sequence[Path]) -> list[SourceError]:
        """List the files that *sources* name, and return what can't be found."""
        faults: list[SourceError] = []
        self._db.execute("BEGIN")
        for source, name in zip(sources, name_sources(sources), strict=True):
            try:
                self._take(source, name)
            except SourceError as fault:
                faults.append(fault)
            except OSError as fault:
                faults.append(refuse(source, fault.strerror or str(fault), remedy="check the path"))
        self._db.execute("CREATE INDEX temp.now_number ON now (number)")
        self._db.execute("COMMIT")
        return faults

    def _take(self, source: Path, name: str) -> None:
        if not source.is_dir():
            if not os.path.lexists(source):
                raise refuse(source, "no such file or folder", remedy="check the path")
            self._add(str(source), os.path.abspath(source), name)  # noqa: PTH100  links stay
            return
        from cablegraph.records.readers import find_suffixes

        given, here, endings = str(source), os.path.abspath(source), find_suffixes()  # noqa: PTH100
        joined, found = [], 0
        for path in walk_files(source):
            if not is_named(path, endings):
                if not _is_table(path):
                    continue
                joined += _texts_of(path)
            inside = os.path.relpath(path, given)
            self._add(str(path), f"{here}/{inside}", f"{name}/{inside}".replace(os.sep, "/"))
            found += 1
        for folder in joined:
            found -= self._leave_out(f"{os.path.abspath(folder)}/")  # noqa: PTH100
        if not found:
            remedy = "put documents in it or name another folder"
            what = "*.txt, *.xml, or a table with its mapping"
            raise refuse(source, f"a folder without any document ({what})", remedy=remedy)

    def _leave_out(self, folder: str) -> int:
        """Take out the texts of a folder, which are read with the table that names it."""
        found = self._db.execute(
            "DELETE FROM now WHERE substr(path, 1, ?) = ? AND lower(path) LIKE '%.txt'",
            (len(folder), folder),
        )
        return found.rowcount

    def _add(self, given: str, path: str, shown: str) -> None:
        before = self._db.execute("SELECT stamp, sha256 FROM file WHERE path = ?", (path,))
        known = before.fetchone() or ("", "")
        companions = _companions(path)
        size, stamp, latest = _stamp(path, companions)
        sha256 = known[1] if known[0] == stamp else _digest(path, companions)
        settled = time.time_ns() - latest > _TICK_NS
        row = (path, given, shown, number_of(shown), size, stamp, sha256, settled)
        self._db.execute("INSERT OR IGNORE INTO now VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def remember(self) -> None:
        """Keep stamps and digests for the next time.

        Shape: of a file that changed only just now, the stamp does not prove that it stays.
        """
        news = (
            "SELECT path, stamp, sha256 FROM now WHERE settled AND NOT EXISTS"
            " (SELECT 1 FROM file WHERE path = now.path AND stamp = now.stamp)"
        )
        gone = "SELECT path FROM file WHERE path NOT IN (SELECT path FROM now)"
        for found, change in (
            (news, f"INSERT OR REPLACE INTO file {news}"),
            (gone, f"DELETE FROM file WHERE path IN ({gone})"),
        ):
            if self._db.execute(f"{found} LIMIT 1").fetchone():
                self._db.execute(change)

    def slots(self) -> list[Slot]:
        """Return the buckets into which the files fall, in order of name."""
        rows = self._db.execute("SELECT number FROM now WHERE size < ? ORDER BY number", (LARGE,))
        numbers = array("q", (number for (number,) in rows))
        large = self._db.execute(
            "SELECT shown, size FROM now WHERE size >= ? ORDER BY shown", (LARGE,)
        )
        return divide(numbers, large.fetchall())

    def bucket(self, slot: Slot) -> Bucket:
        """Return a bucket with its files, in order of name."""
        rest = "shown = ? LIMIT 1" if slot.large else f"size < {LARGE} ORDER BY shown, path"
        named = (slot.large,) if slot.large else ()
        rows = self._db.execute(f"{_UNITS} {rest}", (slot.low, slot.high, *named))
        return Bucket(slot.name, tuple(Unit(*row) for row in rows), slot.lane, slot.lanes)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield the files as they were named, with their digests, sorted."""
        yield from self._db.execute("SELECT given, sha256 FROM now ORDER BY given, path")

    def given(self, shown: str) -> str:
        """Return the path of a file as the caller named it."""
        row = self._db.execute(
            "SELECT given FROM now WHERE number = ? AND shown = ? ORDER BY path LIMIT 1",
            (number_of(shown), shown),
        ).fetchone()
        return str(row[0]) if row else shown


def name_sources(sources: Sequence[Path]) -> Iterator[str]:
    """Yield how the output names each source: by its last name, by more of them if two are alike.

    >>> list(name_sources([Path("/a/x/texts"), Path("/b/x/texts"), Path("/b/notes")]))
    ['a/x/texts', 'b/x/texts', 'notes']
    """
    places = [source.resolve() for source in sources]
    for place in places:
        rivals = {other for other in places if other != place}
        names = place.parts[1:]
        for count in range(1, len(names) + 1):
            if not any(other.parts[1:][-count:] == names[-count:] for other in rivals):
                break
        yield "/".join(names[-count:] if names else ["root"])


def _is_table(path: Path) -> bool:
    from cablegraph.records.tabular.finding import LetterTables

    return LetterTables().is_table(path)


def _texts_of(path: Path) -> list[Path]:
    from cablegraph.records.tabular.finding import LetterTables

    folder = LetterTables().texts_of(path)
    return [folder] if folder else []


def _companions(path: str) -> Sequence[str]:
    if path.lower().endswith((".txt", ".xml")):
        return ()
    from cablegraph.records.readers import find_companions

    return [str(one) for one in find_companions(Path(path))]


def _stamp(path: str, companions: Sequence[str]) -> tuple[int, str, int]:
    """Return the size of a file, what tells that it was touched, and when it was at last."""
    size, stamp, latest = 0, "", 0
    for number, one in enumerate((path, *companions)):
        try:
            status = os.stat(one)  # noqa: PTH116  a hundred thousand times
        except OSError:
            stamp += ";-"
            continue
        size = size if number else status.st_size
        latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
        stamp += f";{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns},{status.st_ino}"
    return size, stamp, latest


def _digest(path: str, companions: Sequence[str]) -> str:
    """Return the digest of a file, or of its digest and those of its companions."""
    found = [_digest_one(one) for one in (path, *companions)]
    return found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest()


def _digest_one(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  a hundred thousand times
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "-"
