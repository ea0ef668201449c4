"""The database beside the output: opened, locked, copied to be looked at, and its troubles said."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.locks import take_lock
from cablegraph.partitions import compared, inventory, series, totals
from cablegraph.partitions.files import copy_all

NAME = "state.sqlite"
#: Raised when the tables change; an older database is dropped, and all is made anew.
_VERSION = "8"
_TABLES = """
    CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS bucket (
        name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, units BLOB NOT NULL,
        summary BLOB NOT NULL, stock BLOB NOT NULL
    );
    CREATE TABLE IF NOT EXISTS document (
        key TEXT, shown TEXT, bucket TEXT, nth INTEGER, path TEXT NOT NULL,
        PRIMARY KEY (key, shown, bucket, nth)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS document_of_bucket ON document (bucket);
    CREATE INDEX IF NOT EXISTS document_of_path ON document (path || '>') WHERE path != '';
    CREATE INDEX IF NOT EXISTS document_left_out ON document (key) WHERE path = '';
    CREATE TABLE IF NOT EXISTS double (key TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS poison (
        shown TEXT PRIMARY KEY, sha256 TEXT NOT NULL, rules TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS line (
        shard INTEGER, text TEXT, n INTEGER NOT NULL, PRIMARY KEY (shard, text)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS line_gone ON line (n) WHERE n <= 0;
    CREATE TABLE IF NOT EXISTS named (term TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS named_gone ON named (n) WHERE n <= 0;
    CREATE TABLE IF NOT EXISTS dirty (shard INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS made (
        path TEXT PRIMARY KEY, bucket TEXT NOT NULL, size INTEGER, sha256 TEXT
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS made_of_bucket ON made (bucket);
"""


def state_folder(output: Path) -> Path:
    """Return where the state of a build is kept: beside its output, hidden."""
    return output.absolute().parent / f".{output.absolute().name}.build"


@contextmanager
def open_database(folder: Path, *, look_only: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the database of a folder, alone, or a copy of it that only looks.

    Raises:
        OutputError: if another build has it, or it can't be read or written.
    """
    with telling(folder):
        if look_only:
            with _copied(folder) as copy:
                yield copy
            return
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder), _connected(folder / NAME) as db:
            yield db


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Say in one line why the database can't be used.

    Raises:
        OutputError: in place of an error of the database or of the system.
    """
    try:
        yield
    except OutputError:
        raise
    except (sqlite3.Error, OSError) as cause:
        reason = getattr(cause, "strerror", None) or str(cause)
        raise OutputError(
            f"the state of the build can't be kept ({reason})",
            where=f"{folder}:1:1",
            remedy="make room or make its folder writable, then run the same command: it goes on",
        ) from cause


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA cache_size=-4096")
        _prepare(db)
        yield db
    finally:
        with suppress(sqlite3.Error):
            db.close()


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables; those of another version are dropped."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if str(version) != _VERSION:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            db.execute(f'DROP TABLE "{table}"')
    db.executescript(_TABLES + inventory.TABLES + totals.TABLES + series.TABLES + compared.TABLES)
    if str(version) != _VERSION:
        db.execute(f"PRAGMA user_version={_VERSION}")


@contextmanager
def _copied(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open what is there without touching it: as it lies, or a copy where a build was ended."""
    log = folder / f"{NAME}-wal"
    if (folder / NAME).is_file() and not (log.exists() and log.stat().st_size):
        db = sqlite3.connect(f"{(folder / NAME).as_uri()}?immutable=1", uri=True)
        if str(db.execute("PRAGMA user_version").fetchone()[0]) == _VERSION:
            db.isolation_level = None
            try:
                yield db
            finally:
                db.close()
            return
        db.close()
    with tempfile.TemporaryDirectory() as copy:
        copy_all(folder, (NAME, log.name), Path(copy))
        with _connected(Path(copy) / NAME) as db:
            yield db


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other builds from the same output; the lock goes with the process.

    Raises:
        OutputError: if another build has it.
    """
    with (folder / "lock").open("wb") as file:
        if not take_lock(file):
            raise OutputError(
                "another build is writing this output",
                where=f"{folder}:1:1",
                remedy="wait for it, or name another folder with --output",
            )
        yield
