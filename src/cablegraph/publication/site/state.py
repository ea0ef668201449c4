"""What is remembered of a site beside it: of what each page was made, and how its files were left.

The folder beside the site may go at any time: all is then made anew, and what is the same is left
as it lies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from cablegraph.errors import OutputError
from cablegraph.locks import take_lock
from cablegraph.publication.site.entries import Entry
from cablegraph.publication.site.made import DocumentMade, PageMade, ThingMade, unpack_notes
from cablegraph.publication.site.render import Kept
from cablegraph.publication.site.staging import Stamp
from cablegraph.publication.site.survey import Said

NAME = "site.sqlite"
#: What reading a database raises that is not what was written.
DAMAGES = (sqlite3.DatabaseError, msgspec.DecodeError, EOFError)
_MADE = """
    CREATE TABLE IF NOT EXISTS page (
        path TEXT PRIMARY KEY, files BLOB NOT NULL, trace BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS document (
        path TEXT PRIMARY KEY, digest BLOB NOT NULL, leaves BLOB NOT NULL, entry BLOB NOT NULL
    );
    CREATE TABLE IF NOT EXISTS note (path TEXT PRIMARY KEY, packed BLOB NOT NULL);
"""
_TABLES = f"""
    {_MADE}
    CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, digest BLOB, said BLOB);
    CREATE TABLE IF NOT EXISTS overview (file TEXT PRIMARY KEY, kept BLOB) WITHOUT ROWID;
"""
_LISTS = ("page", "document", "note", "meta", "source", "overview")

T = TypeVar("T")


class State:
    """The database beside a site, or one in memory where there can be none."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._db = _connect(path)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def forget(self) -> None:
        """Know nothing of any page."""
        with suppress(sqlite3.Error):
            self._db.close()
        if self.path:
            for end in ("", "-journal"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        self._db = _connect(self.path)

    def meta(self, name: str) -> bytes:
        """Return one of the values that concern all pages, or nothing."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    @property
    def is_known(self) -> bool:
        """Whether anything is remembered."""
        return bool(self.meta("code"))

    @property
    def is_whole(self) -> bool:
        """Whether the last run came to its end."""
        return bool(self.meta("whole"))

    def counts(self) -> tuple[int, int]:
        """Return how many documents and how many other pages there are."""
        (documents,) = self._db.execute("SELECT count(*) FROM document").fetchone()
        (pages,) = self._db.execute("SELECT count(*) FROM page").fetchone()
        return documents, pages - documents

    def sources(self) -> dict[str, bytes]:
        """Return the digest of each file of the graph."""
        return dict(self._db.execute("SELECT name, digest FROM source"))

    def said(self) -> dict[str, Said]:
        """Return what each file of the graph says of things with pages."""
        rows = self._db.execute("SELECT name, said FROM source")
        return _decoded(rows, msgspec.msgpack.Decoder(Said))

    def files(self) -> dict[str, dict[str, Stamp]]:
        """Return the files of each page."""
        rows = self._db.execute("SELECT path, files FROM page")
        return _decoded(rows, msgspec.msgpack.Decoder(dict[str, Stamp]))

    def traces(self) -> Iterator[tuple[str, bytes]]:
        """Yield the questions that each page depends on."""
        yield from self._db.execute("SELECT path, trace FROM page")

    def digests(self) -> dict[str, bytes]:
        """Return the digest of the lines of each document."""
        return dict(self._db.execute("SELECT path, digest FROM document"))

    def leaves(self, path: str) -> dict[str, bytes]:
        """Return a digest of what a document left for each other page."""
        query = "SELECT leaves FROM document WHERE path = ?"
        row = self._db.execute(query, (path,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=dict[str, bytes]) if row else {}

    def noted(self) -> set[str]:
        """Return the pages for which there are notes."""
        return {path for (path,) in self._db.execute("SELECT path FROM note")}

    def entries(self) -> dict[str, Entry]:
        """Return what the overviews keep of each document."""
        rows = self._db.execute("SELECT path, entry FROM document")
        return _decoded(rows, msgspec.msgpack.Decoder(Entry))

    def overviews(self) -> dict[str, Kept]:
        """Return the files of the whole as they were left."""
        rows = self._db.execute("SELECT file, kept FROM overview")
        return _decoded(rows, msgspec.msgpack.Decoder(Kept))

    def withdraw(self, made: Path) -> None:
        """Forget the pages that are about to be put in place, until they all are.

        Shape: what documents left stays known, so that it can be told apart from what they leave.
        """
        with self._joined(made), _transaction(self._db):
            self._db.execute("DELETE FROM page WHERE path IN (SELECT path FROM made.page)")
            self._db.execute("DELETE FROM overview")
            self._db.execute("DELETE FROM meta WHERE name = 'whole'")

    def take_over(
        self,
        made: Path,
        gone: Iterable[str],
        *,
        meta: Mapping[str, bytes],
        sources: Iterable[tuple[str, bytes, Said]],
        overviews: Mapping[str, Kept],
    ) -> None:
        """Remember what was made, all at once.

        Shape: *gone* are the paths of pages and documents that are no more.
        """
        encode = msgspec.msgpack.encode
        with self._joined(made), _transaction(self._db) as db:
            for table in ("source", "overview", "meta"):
                db.execute(f"DELETE FROM {table}")
            for path in gone:
                for table in ("page", "document", "note"):
                    db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))
            for table in ("page", "document", "note"):
                db.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM made.{table}")
            rows = ((name, digest, encode(said)) for name, digest, said in sources)
            db.executemany("INSERT INTO source VALUES (?, ?, ?)", rows)
            kept = ((file, encode(one)) for file, one in overviews.items())
            db.executemany("INSERT INTO overview VALUES (?, ?)", kept)
            db.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, "whole": b"1"}.items())

    @contextmanager
    def _joined(self, made: Path) -> Iterator[None]:
        self._db.execute("ATTACH ? AS made", (str(made),))
        try:
            yield
        finally:
            self._db.execute("DETACH made")


class Shelf:
    """The notes that documents have left for each page, as they were kept."""

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) if path else None

    def find(self, page: str) -> dict[str, bytes]:
        """Return the notes for a page by document."""
        if self._db is None:
            return {}
        row = self._db.execute("SELECT packed FROM note WHERE path = ?", (page,)).fetchone()
        return unpack_notes(row[0]) if row else {}


class Ledger:
    """What is made now, kept in a file until all of it is in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_MADE} BEGIN;")

    def add_document(self, made: DocumentMade) -> None:
        """Keep a document and its page."""
        encode = msgspec.msgpack.encode
        row = (made.page.path, made.digest, encode(made.leaves), encode(made.entry))
        self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", row)
        self._add_page(made.page)

    def add_thing(self, made: ThingMade) -> None:
        """Keep the notes for a page, and the page if it is that of a thing."""
        row = (made.path, made.notes)
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", row)
        if made.page:
            self._add_page(made.page)

    def _add_page(self, page: PageMade) -> None:
        row = (page.path, msgspec.msgpack.encode(page.files), page.trace)
        self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", row)

    def close(self) -> None:
        """Write all to the file."""
        with closing(self._db):
            self._db.execute("COMMIT")


@contextmanager
def open_state(site: Path) -> Iterator[State]:
    """Open what is remembered of a site, alone; nothing is where it can't be kept.

    Raises:
        OutputError: if another run is writing the site.
    """
    folder = site.absolute().parent / f".{site.absolute().name}.build"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("ab")
    except OSError:  # the site is made all the same
        with closing(State(None)) as state:
            yield state
        return
    with lock:
        _lock(lock, folder)
        with closing(_open(folder / NAME)) as state:
            yield state


def _open(path: Path) -> State:
    try:
        return State(path)
    except sqlite3.DatabaseError:  # it was damaged
        path.unlink(missing_ok=True)
        return State(path)


def _connect(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", isolation_level=None)
    try:
        known = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        if not known.issuperset(_LISTS):
            db.executescript(_TABLES)
    except sqlite3.Error:
        db.close()
        raise
    return db


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _lock(file: IO[bytes], folder: Path) -> None:
    if not take_lock(file):
        raise OutputError(
            "another run is writing this site",
            where=f"{folder}:1:1",
            remedy="wait for it, or name another folder with --to",
        )


def _decoded(
    rows: Iterable[tuple[str, bytes]], decoder: msgspec.msgpack.Decoder[T]
) -> dict[str, T]:
    return {name: decoder.decode(packed) for name, packed in rows}
