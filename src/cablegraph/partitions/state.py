"""What is known of the last build of a corpus: a database beside the output, one row a bucket.

Each bucket is entered in one transaction after its files are in place, so that a build which is
ended at any moment goes on from there. Lines that several documents state are counted: one that
nobody states any longer is gone, and only the shards whose lines changed are written again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import zstandard

from cablegraph.errors import OutputError
from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.inventory import Unit
from cablegraph.partitions.summary import Stock, Summary

#: Raised when the tables change; an older database is dropped, and all is made anew.
_VERSION = "1"
_TABLES = """
    CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS bucket (
        name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, units BLOB NOT NULL,
        summary BLOB NOT NULL, stock BLOB NOT NULL
    );
    CREATE TABLE IF NOT EXISTS document (
        key TEXT, shown TEXT, bucket TEXT NOT NULL, path TEXT NOT NULL,
        PRIMARY KEY (key, shown, bucket)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS document_of_bucket ON document (bucket);
    CREATE TABLE IF NOT EXISTS file (
        path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS line (
        shard INTEGER, text TEXT, n INTEGER NOT NULL, PRIMARY KEY (shard, text)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS named (term TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS dirty (shard INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, size INTEGER, sha256 TEXT)
        WITHOUT ROWID;
"""
SHARDS = 256
_COUNTED = "INSERT INTO {table} VALUES ({values}, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"


class State:
    """The database of one output folder; use it in a ``with`` statement."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(folder / "state.sqlite", isolation_level=None)
            self._open()
        except (OSError, sqlite3.Error) as cause:
            raise self._fault(cause) from cause

    def _open(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA cache_size=-65536")
        self._db.executescript(_TABLES)
        if self.get("version") not in (None, _VERSION):
            for (table,) in self._db.execute(
                "SELECT name FROM sqlite_master WHERE type='table'"
            ).fetchall():
                self._db.execute(f"DROP TABLE {table}")
            self._db.executescript(_TABLES)
        self.put("version", _VERSION)

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def get(self, name: str) -> str | None:
        """Return a value by its name."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def known_files(self) -> dict[str, tuple[str, str]]:
        """Return stamp and digest of each file as it was last looked at, by path."""
        rows = self._db.execute("SELECT path, stamp, sha256 FROM file")
        return {path: (stamp, sha256) for path, stamp, sha256 in rows}

    def keep_files(self, units: Iterable[Unit], gone: Iterable[str]) -> None:
        """Remember files as they were looked at now."""
        with self.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?)",
                ((unit.path, unit.stamp, unit.sha256) for unit in units),
            )
            self._db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of each bucket that is made, by name."""
        return dict(self._db.execute("SELECT name, fingerprint FROM bucket"))

    def units_of(self, name: str) -> tuple[str, dict[str, str]]:
        """Return by what rules a bucket was made, and the digests of its files as shown."""
        row = self._db.execute("SELECT units FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.json.decode(row[0], type=tuple[str, dict[str, str]]) if row else ("", {})

    def summary(self, name: str) -> Summary | None:
        """Return what was made of a bucket, without its stock."""
        row = self._db.execute("SELECT summary FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Summary) if row else None

    def _stock(self, name: str) -> Stock:
        row = self._db.execute("SELECT stock FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(zstandard.decompress(row[0]), type=Stock) if row else Stock()

    def summaries(self) -> Iterator[Summary]:
        """Yield what was made of each bucket, in order of name."""
        for (name,) in self._db.execute("SELECT name FROM bucket ORDER BY name").fetchall():
            found = self.summary(name)
            if found:
                yield found

    def enter(self, bucket: Bucket, fingerprint: str, made: Summary, rules: str = "") -> list[str]:
        """Enter a bucket in place of what it was; return the files that it no longer has."""
        units = msgspec.json.encode((rules, {unit.shown: unit.sha256 for unit in bucket.units}))
        said = msgspec.msgpack.encode(msgspec.structs.replace(made, stock=Stock()))
        stock = zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(made.stock))
        with self.transaction():
            stale = self._take_out(bucket.name)
            self._db.execute(
                "INSERT INTO bucket VALUES (?, ?, ?, ?, ?)",
                (bucket.name, fingerprint, units, said, stock),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?)",
                (
                    (one.key, one.shown, bucket.name, one.path)
                    for one in (*made.documents, *made.doubles)
                ),
            )
            self._count(made.stock, 1)
        return sorted(stale - {file.path for file in made.files})

    def drop(self, name: str) -> list[str]:
        """Take a bucket out that no longer exists; return its files."""
        with self.transaction():
            return sorted(self._take_out(name))

    def _take_out(self, name: str) -> set[str]:
        before = self.summary(name)
        if before is None:
            return set()
        self._count(self._stock(name), -1)
        self._db.execute("DELETE FROM document WHERE bucket = ?", (name,))
        self._db.execute("DELETE FROM bucket WHERE name = ?", (name,))
        return {file.path for file in before.files}

    def _count(self, made: Stock, step: int) -> None:
        """Count lines and names up or down; a shard is dirty if a line came or went."""
        lines = [(shard_of(line), line, step) for line in made.shared]
        self._db.executemany(_COUNTED.format(table="line", values="?, ?"), lines)
        self._db.executemany(
            _COUNTED.format(table="named", values="?"), ((term, step) for term in made.named)
        )
        shards = sorted({(shard,) for shard, _, _ in lines})
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", shards)

    def clear_counts(self) -> None:
        """Forget what is counted no more."""
        self._db.execute("DELETE FROM line WHERE n <= 0")
        self._db.execute("DELETE FROM named WHERE n <= 0")

    def named(self) -> set[str]:
        """Return every term that some document names."""
        return {term for (term,) in self._db.execute("SELECT term FROM named WHERE n > 0")}

    def dirty(self) -> list[int]:
        """Return the shards whose lines are not yet written as they are."""
        return [shard for (shard,) in self._db.execute("SELECT shard FROM dirty ORDER BY shard")]

    def is_clean(self, shard: int) -> None:
        """Say that a shard is written."""
        self._db.execute("DELETE FROM dirty WHERE shard = ?", (shard,))

    def make_dirty(self, shards: Iterable[int]) -> None:
        """Say that shards have to be written again."""
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", ((s,) for s in shards))

    def lines_of(self, shard: int) -> Counter[str]:
        """Return the lines of a shard with the number of buckets that state each."""
        rows = self._db.execute("SELECT text, n FROM line WHERE shard = ? AND n > 0", (shard,))
        return Counter(dict(rows))

    def document_paths(self) -> Iterator[str]:
        """Yield the path of each document that is built, sorted."""
        for (path,) in self._db.execute(
            "SELECT DISTINCT path FROM document WHERE path != '' ORDER BY path"
        ):
            yield path

    def buckets_of(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return which of some documents each bucket has, sorted, by name of bucket."""
        found: dict[str, list[str]] = {}
        for key in sorted(set(keys)):
            rows = self._db.execute("SELECT DISTINCT bucket FROM document WHERE key = ?", (key,))
            for (bucket,) in rows:
                found.setdefault(bucket, []).append(key)
        return found

    def doubles(self) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
        """Yield each key that several files have: their names, buckets and whether it is built."""
        rows = self._db.execute(
            "SELECT key FROM document GROUP BY key"
            " HAVING COUNT(*) > 1 OR MIN(path) = '' ORDER BY key"
        ).fetchall()
        for (key,) in rows:
            found = self._db.execute(
                "SELECT shown, bucket, path != '' FROM document WHERE key = ?"
                " ORDER BY shown, bucket",
                (key,),
            )
            yield key, [(shown, bucket, bool(built)) for shown, bucket, built in found]

    def written(self) -> dict[str, tuple[int, str]]:
        """Return size and digest of the files that are no bucket's, by path."""
        rows = self._db.execute("SELECT path, size, sha256 FROM written")
        return {path: (size, sha256) for path, size, sha256 in rows}

    def keep_written(self, files: Mapping[str, tuple[int, str] | None]) -> None:
        """Remember files that are no bucket's; those given as None are gone."""
        for path, said in files.items():
            if said is None:
                self._db.execute("DELETE FROM written WHERE path = ?", (path,))
            else:
                self._db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", (path, *said))

    def _fault(self, cause: Exception) -> OutputError:
        reason = getattr(cause, "strerror", None) or str(cause)
        return OutputError(
            f"the state of the build can't be kept ({reason})",
            where=f"{self.folder}:1:1",
            remedy="make the folder of the output writable, or name another one",
        )


def shard_of(line: str) -> int:
    """Return the shard of a line, that of its subject."""
    subject = line.partition(" ")[0]
    return hashlib.sha256(subject.encode()).digest()[0] % SHARDS


def state_folder(output: Path) -> Path:
    """Return where the state of a build is kept: beside its output, hidden."""
    return output.absolute().parent / f".{output.absolute().name}.build"
