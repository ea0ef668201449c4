"""List the files of a corpus with their digests; what has not been touched is not read again.

The list stays in the database. The folders and the list are gone through side by side, both in
order of path, so that only what differs is held anywhere, and that in a table: the corpus may be
longer than what memory holds. What differs counts at once, and is kept if it is to be remembered.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from cablegraph.errors import SourceError
from cablegraph.partitions.buckets import LARGE, Bucket, Slot, Unit, divide, number_of
from cablegraph.partitions.listing import walk_in_order
from cablegraph.partitions.stamps import PLAIN, read_digests, read_stamp
from cablegraph.partitions.unseen import Unseen
from cablegraph.sources.files import refuse, refuse_folder
from cablegraph.sources.remote import Remote, Seen
from cablegraph.sources.text import is_candidate, is_searched

#: A file changed as shortly before it was looked at could change again within the same tick.
_TICK_NS = 2_000_000_000
_COLUMNS = """
    path TEXT PRIMARY KEY, shown TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL,
    stamp TEXT NOT NULL, sha256 TEXT NOT NULL
"""
INDEX = "CREATE INDEX IF NOT EXISTS main.file_number ON file (number, size);"
#: Rows that come in order of path, of which it is dearer to place each by its number than all.
_MANY = 20_000
#: Files as they were last seen, and the numbers of those that changed since a build was whole.
TABLES = f"""
    CREATE TABLE IF NOT EXISTS file ({_COLUMNS}) WITHOUT ROWID;
    {INDEX}
    CREATE TABLE IF NOT EXISTS touched (number INTEGER PRIMARY KEY);
"""
_OVERLAY = f"""
    DROP VIEW IF EXISTS temp.present;
    DROP TABLE IF EXISTS temp.news;
    DROP TABLE IF EXISTS temp.touched_now;
    CREATE TEMP TABLE news ({_COLUMNS}, settled INTEGER NOT NULL, gone INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TEMP TABLE touched_now (number INTEGER PRIMARY KEY);
    CREATE TEMP VIEW present AS
        SELECT path, shown, number, size, sha256 FROM main.file
            WHERE path NOT IN (SELECT path FROM temp.news)
        UNION ALL SELECT path, shown, number, size, sha256 FROM temp.news WHERE NOT gone;
"""
#: The numbers of what came, went, or is not what it was.
_TOUCHED = """
    INSERT OR IGNORE INTO temp.touched_now
    SELECT now.number FROM temp.news AS now LEFT JOIN main.file AS old USING (path)
        WHERE NOT now.gone AND (old.path IS NULL OR old.shown != now.shown
            OR old.sha256 != now.sha256 OR old.size != now.size)
    UNION ALL
    SELECT old.number FROM temp.news AS now JOIN main.file AS old USING (path)
        WHERE now.gone OR old.shown != now.shown
    ORDER BY 1
"""
_REMEMBER = """
    INSERT OR IGNORE INTO main.touched SELECT number FROM temp.touched_now ORDER BY number;
    DELETE FROM main.file WHERE path IN (SELECT path FROM temp.news WHERE gone);
    INSERT OR REPLACE INTO main.file
        SELECT path, shown, number, size, CASE WHEN settled THEN stamp ELSE '' END, sha256
        FROM temp.news WHERE NOT gone;
    DELETE FROM temp.news;
"""
#: A file that is there now: path, how the output names it, what its listing told of it.
_Found = tuple[str, str, Seen | None]
#: What is known of it: path, how the output named it, stamp.
_Known = tuple[str, str, str]


class Inventory:
    """The files that are there now, beside what the database knows of them from the last time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.unseen = Unseen()
        self._places: list[tuple[Path, str]] = []
        self._secret: list[Remote] = []
        db.execute("PRAGMA temp_store=FILE")
        db.executescript(_OVERLAY)

    def take(self, sources: Sequence[Path | Remote]) -> list[SourceError]:
        """List the files that *sources* name, and return what can't be found.

        Shape: what is known of the files of a place that can't be looked into stays as it is.
        """
        faults: list[SourceError] = []
        joined: list[str] = []
        walks: list[Iterable[_Found]] = []
        for source, name in zip(sources, name_sources(sources), strict=True):
            if isinstance(source, Remote):
                self._secret += [source] if source.concealed != source else []
                walks.append(_walk_remote(source, name, self.unseen))
                continue
            here = os.path.abspath(source)  # noqa: PTH100  links stay
            self._places.append((source, here))
            walks.append(_Walk(source, here, name, faults, joined, self.unseen))
        self._db.execute("BEGIN")
        known = self._db.execute("SELECT path, shown, stamp FROM main.file ORDER BY path")
        found = groupby(merge(*walks, key=itemgetter(0)), key=itemgetter(0))
        rows = _compare((next(same) for _, same in found), known, self.unseen)
        self._db.executemany("INSERT INTO temp.news VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for folder in joined:
            self._leave_out(f"{folder}/")
        self._read_anew()
        self._db.execute("CREATE INDEX temp.news_number ON news (number, size)")
        self._db.execute(_TOUCHED)
        self._db.execute("COMMIT")
        return [*faults, *self.unseen.faults()]

    def _leave_out(self, folder: str) -> None:
        """Take out the texts of a folder, which are read with the table that names it."""
        is_text = "path >= ? AND path < ? AND lower(path) LIKE '%.txt'"
        span = (folder, f"{folder[:-1]}0")  # the sign after the stroke
        self._db.execute(f"DELETE FROM temp.news WHERE {is_text} AND NOT gone", span)
        self._db.execute(
            "INSERT OR IGNORE INTO temp.news SELECT *, 0, 1 FROM main.file"
            f" WHERE {is_text}", span,
        )  # fmt: skip

    def _read_anew(self) -> None:
        """Find the digests of the files that are not as they were, so many at a time."""
        which, last = "path > ? AND sha256 = '' AND NOT gone ORDER BY path LIMIT 1000", ""
        unread = f"SELECT path, size FROM temp.news WHERE {which}"
        put = "UPDATE temp.news SET sha256 = ?1, settled = settled AND ?1 != '-' WHERE path = ?2"
        while rows := self._db.execute(unread, (last,)).fetchall():
            found = read_digests([(self._revealed(path), size) for path, size in rows])
            self._db.executemany(put, zip(found, (path for path, _ in rows), strict=True))
            last = rows[-1][0]

    def remember(self) -> None:
        """Keep what differs for the next time, and which buckets to look at until all is built.

        Shape: of a file that changed only just now, the stamp does not prove that it stays.
        """
        (many,) = self._db.execute("SELECT COUNT(*) FROM temp.news").fetchone()
        if many:
            away, back = ("DROP INDEX main.file_number;", INDEX) if many > _MANY else ("", "")
            self._db.executescript(f"BEGIN IMMEDIATE; {away} {_REMEMBER} {back} COMMIT;")

    @property
    def is_empty(self) -> bool:
        """Whether no file is there."""
        return self._db.execute("SELECT 1 FROM present LIMIT 1").fetchone() is None

    def touched(self) -> Iterator[int]:
        """Yield the numbers of the files that are not as they were built, sorted."""
        rows = self._db.execute(
            "SELECT number FROM main.touched UNION SELECT number FROM temp.touched_now ORDER BY 1"
        )
        return (number for (number,) in rows)

    def is_built(self) -> None:
        """Say that all files are built as they are."""
        self._db.execute("DELETE FROM temp.touched_now")
        if self._db.execute("SELECT 1 FROM main.touched LIMIT 1").fetchone():
            self._db.execute("DELETE FROM main.touched")

    def slots(self) -> Iterator[Slot]:
        """Yield the buckets into which the files fall, in order of name."""
        rows = self._db.execute("SELECT number FROM present WHERE size < ? ORDER BY 1", (LARGE,))
        large = self._db.execute(
            "SELECT shown, size FROM present WHERE size >= ? ORDER BY shown", (LARGE,)
        )
        return divide((number for (number,) in rows), large)

    def bucket(self, slot: Slot) -> Bucket:
        """Return a bucket with its files, in order of name."""
        rest = "shown = ? LIMIT 1" if slot.large else f"size < {LARGE} ORDER BY shown, path"
        named = (slot.large,) if slot.large else ()
        rows = self._db.execute(
            "SELECT path, shown, size, sha256 FROM present"
            f" WHERE number >= ? AND number < ? AND {rest}",
            (slot.low, slot.high, *named),
        )
        units = tuple(Unit(self._revealed(path), *row) for path, *row in rows)
        return Bucket(slot.name, units, slot.lane, slot.lanes)

    def size_of(self, slot: Slot) -> int:
        """Return the bytes of the files of a bucket, or of its share of a large one."""
        which = "shown = ? LIMIT 1" if slot.large else f"size < {LARGE}"
        named = (slot.large,) if slot.large else ()
        (size,) = self._db.execute(
            f"SELECT SUM(size) FROM present WHERE number >= ? AND number < ? AND {which}",
            (slot.low, slot.high, *named),
        ).fetchone()
        return int(size or 0) // slot.lanes

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield the files as they were named, with their digests, in order of path."""
        for path, sha256 in self._db.execute("SELECT path, sha256 FROM present ORDER BY path"):
            yield self._named(path), sha256

    def given(self, shown: str) -> str:
        """Return the path of a file as the caller named it."""
        path = self._path_of(shown)
        return self._named(path) if path else shown

    def has(self, shown: str) -> bool:
        """Tell whether a file is there, by how the output names it."""
        return self._path_of(shown) is not None

    def is_unseen(self, shown: str) -> bool:
        """Tell whether a file lies where nobody could look."""
        path = self._path_of(shown)
        return path is not None and self.unseen.covers(path)

    def _path_of(self, shown: str) -> str | None:
        row = self._db.execute(
            "SELECT path FROM present WHERE number = ? AND shown = ? ORDER BY path LIMIT 1",
            (number_of(shown), shown),
        ).fetchone()
        return str(row[0]) if row else None

    def _revealed(self, path: str) -> str:
        """Return a path as it is read: the list of files keeps no password."""
        return next((one.reveal(path) for one in self._secret if one.concealed.covers(path)), path)

    def _named(self, path: str) -> str:
        for source, here in self._places:
            if path == here:
                return str(source)
            if path.startswith(f"{here}/"):
                return str(source / path[len(here) + 1 :])
        return path


class _Walk:
    """The files that one source names, in order of path; what is wrong with it is a fault."""

    def __init__(
        self,
        source: Path,
        here: str,
        name: str,
        faults: list[SourceError],
        joined: list[str],
        unseen: Unseen,
    ) -> None:
        self._source, self._here, self._name = source, here, name
        self._faults, self._joined, self._unseen = faults, joined, unseen
        self._endings: tuple[str, ...] | None = None
        self._is_whole = True

    def __iter__(self) -> Iterator[_Found]:
        try:
            yield from self._files()
        except SourceError as fault:
            self._unseen.add_folder(self._here, fault)
        except OSError as fault:
            self._bar(self._here, fault)

    def _bar(self, folder: str, cause: OSError) -> None:
        """Enter a folder that can't be read, named from the source."""
        self._is_whole = False
        place = self._source / os.path.relpath(folder, self._here)
        self._unseen.add_folder(folder, refuse_folder(place, cause))

    def _files(self) -> Iterator[_Found]:
        if not self._source.is_dir():
            if not os.path.lexists(self._source):
                raise refuse(self._source, "no such file or folder", remedy="check the path")
            yield self._here, self._name, None
            return
        none = True
        for inside in walk_in_order(self._here, is_searched, self._bar):
            if self._is_document(inside):
                none = False
                yield f"{self._here}/{inside}", f"{self._name}/{inside}", None
        if none and self._is_whole:
            remedy = "put documents in it or name another folder"
            what = "*.txt, *.xml, or a table with its mapping"
            raise refuse(self._source, f"a folder without any document ({what})", remedy=remedy)

    def _is_document(self, inside: str) -> bool:
        name = inside.rpartition("/")[2]
        if not is_candidate(name):
            return False
        if not inside.isprintable() and not _is_unicode(inside):
            self._faults.append(_unnamed(f"{self._here}/{inside}"))
            return False
        return name.lower().endswith(PLAIN) or self._is_other(inside, name)

    def _is_other(self, inside: str, name: str) -> bool:
        """Tell whether a file is a document of another reader, or a table, which may have texts."""
        from cablegraph.records.readers import find_suffixes
        from cablegraph.records.tabular.finding import LetterTables

        if self._endings is None:
            self._endings = find_suffixes()
        if name.lower().endswith(self._endings):
            return True
        tables, path = LetterTables(), Path(self._here, inside)
        if not tables.is_table(path):
            return False
        if folder := tables.texts_of(path):
            self._joined.append(os.path.abspath(folder))  # noqa: PTH100  links stay
        return True


def _compare(
    found: Iterable[_Found], known: Iterator[_Known], unseen: Unseen
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of what came, changed or went; both sides are in order of path."""
    old = next(known, None)
    for path, shown, seen in found:
        while old is not None and old[0] < path:
            yield from () if unseen.keeps(old[0]) else (_gone(old),)
            old = next(known, None)
        size, stamp, latest = seen or read_stamp(path)
        if old is not None and old[0] == path:
            same = old[1] == shown and old[2] == stamp
            old = next(known, None)
            if same:
                continue
        settled = time.time_ns() - latest > _TICK_NS
        yield path, shown, number_of(shown), size, stamp, "", settled, False
    while old is not None:
        yield from () if unseen.keeps(old[0]) else (_gone(old),)
        old = next(known, None)


def _gone(old: _Known) -> tuple[object, ...]:
    return old[0], old[1], 0, 0, "", "", False, True


def _walk_remote(source: Remote, name: str, unseen: Unseen) -> Iterator[_Found]:
    """Yield the files that a URL names, as ``_Walk`` does those of a path."""
    from cablegraph.partitions.remote import walk_remote

    try:
        for url, shown, seen in walk_remote(source, name):
            if isinstance(seen, SourceError):
                unseen.add_file(source.conceal(url), seen)
            else:
                yield source.conceal(url), shown, seen
    except SourceError as fault:
        unseen.add_source(source, fault)


def name_sources(sources: Sequence[Path | Remote]) -> Iterator[str]:
    """Yield how the output names each source: by its last name, by more of them if two are alike.

    >>> list(name_sources([Path("/a/x/texts"), Path("/b/x/texts"), Path("/b/notes")]))
    ['a/x/texts', 'b/x/texts', 'notes']
    """
    places = list(map(_names_of, sources))
    for place, names in places:
        rivals = {others for other, others in places if other != place}
        for count in range(1, len(names) + 1):
            if not any(others[-count:] == names[-count:] for others in rivals):
                break
        yield "/".join(names[-count:] if names else ["root"])


def _names_of(source: Path | Remote) -> tuple[str, tuple[str, ...]]:
    if isinstance(source, Remote):
        return str(source.concealed), source.names
    place = source.resolve()
    return str(place), place.parts[1:]


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unnamed(path: str) -> SourceError:
    """Return what is wrong with a file whose name is not text."""
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return refuse(Path(shown), "its name is not in UTF-8", remedy="rename the file")
