"""What is known of the last build of a corpus: one row a bucket, a document, a file, a shared line.

Each bucket is entered in one transaction after its files are in place, so that a build which is
ended at any moment goes on from there. Lines that several documents state are counted: one that
nobody states any longer is gone, and only the shards whose lines changed are written again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
import zstandard

from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.summary import MadeFile, Stock, Summary

SHARDS = 256
#: By what a bucket was made, and the digests of its files as shown.
Units = tuple[str, dict[str, str]]
#: A document with a key that others have too: its file, bucket, number there, whether it is built.
Double = tuple[str, str, int, bool]


class State:
    """What the database of one output folder says."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def get(self, name: str) -> str | None:
        """Return a value by its name."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of each bucket by name; nothing for one that was begun anew."""
        return dict(self.db.execute("SELECT name, fingerprint FROM bucket"))

    def begin(self, names: Iterable[str]) -> None:
        """Say that the files of buckets are not to be trusted until these are entered again."""
        with self.transaction():
            self.db.executemany(
                "UPDATE bucket SET fingerprint = '' WHERE name = ?", ((name,) for name in names)
            )

    def units_of(self, name: str) -> Units:
        """Return by what a bucket was made, and the digests of its files as shown."""
        row = self.db.execute("SELECT units FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.json.decode(row[0], type=Units) if row else ("", {})

    def summary(self, name: str) -> Summary | None:
        """Return what was made of a bucket, without its stock, documents and files."""
        row = self.db.execute("SELECT summary FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Summary) if row else None

    def summaries(self) -> Iterator[Summary]:
        """Yield what was made of each bucket, in order of name."""
        for (data,) in self.db.execute("SELECT summary FROM bucket ORDER BY name"):
            yield msgspec.msgpack.decode(data, type=Summary)

    def documents_of(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """Yield file, key and whether it is built of each document of a bucket."""
        yield from self.db.execute(
            "SELECT shown, key, path != '' FROM document WHERE bucket = ? ORDER BY key", (name,)
        )

    def enter(self, bucket: Bucket, fingerprint: str, made: Summary, rules: str = "") -> list[str]:
        """Enter a bucket in place of what it was; return the files that it no longer has."""
        units = msgspec.json.encode((rules, {unit.shown: unit.sha256 for unit in bucket.units}))
        light = msgspec.structs.replace(made, stock=Stock(), documents=(), files=())
        stock = zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(made.stock))
        with self.transaction():
            self._count(self._stock(bucket.name), made.stock)
            stale = self._take_out(bucket.name)
            self.db.execute(
                "INSERT INTO bucket VALUES (?, ?, ?, ?, ?)",
                (bucket.name, fingerprint, units, msgspec.msgpack.encode(light), stock),
            )
            self.db.executemany(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)",
                ((one.key, one.shown, bucket.name, one.nth, one.path) for one in made.documents),
            )
            self._enter_files(bucket.name, made.files)
        return sorted(stale - {file.path for file in made.files})

    def drop(self, name: str) -> list[str]:
        """Take a bucket out that no longer exists; return its files."""
        with self.transaction():
            self._count(self._stock(name), Stock())
            return sorted(self._take_out(name))

    def _stock(self, name: str) -> Stock:
        row = self.db.execute("SELECT stock FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(zstandard.decompress(row[0]), type=Stock) if row else Stock()

    def _take_out(self, name: str) -> set[str]:
        files = {
            path for (path,) in self.db.execute("SELECT path FROM made WHERE bucket = ?", (name,))
        }
        for table, column in (("made", "bucket"), ("document", "bucket"), ("bucket", "name")):
            self.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))
        return files

    def _count(self, before: Stock, after: Stock) -> None:
        """Count what came and went; a shard is dirty if the first came or the last went."""
        lines, said = set(before.shared), set(after.shared)
        self._count_lines(sorted(said - lines), 1)
        self._count_lines(sorted(lines - said), -1)
        terms, named = set(before.named), set(after.named)
        for changed, step in ((sorted(named - terms), 1), (sorted(terms - named), -1)):
            self.db.executemany(
                "INSERT INTO named VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
                ((term, step) for term in changed),
            )

    def _count_lines(self, lines: Iterable[str], step: int) -> None:
        placed = [(shard_of(line), line) for line in lines]
        self.db.executemany(
            "INSERT INTO line VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((shard, line, step) for shard, line in placed),
        )
        edge = 1 if step > 0 else 0
        self.db.executemany(
            "INSERT OR IGNORE INTO dirty SELECT shard FROM line"
            " WHERE shard = ? AND text = ? AND n = ?",
            ((shard, line, edge) for shard, line in placed),
        )

    def clear_counts(self) -> None:
        """Forget what is counted no more."""
        self.db.execute("DELETE FROM line WHERE n <= 0")
        self.db.execute("DELETE FROM named WHERE n <= 0")

    def named(self) -> set[str]:
        """Return every term that some document names."""
        return {term for (term,) in self.db.execute("SELECT term FROM named WHERE n > 0")}

    def dirty(self) -> list[int]:
        """Return the shards whose lines are not yet written as they are."""
        return [shard for (shard,) in self.db.execute("SELECT shard FROM dirty ORDER BY shard")]

    def make_dirty(self, shard: int) -> None:
        """Say that a shard has to be written again."""
        self.db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (shard,))

    def is_clean(self, shard: int) -> None:
        """Say that a shard is written."""
        self.db.execute("DELETE FROM dirty WHERE shard = ?", (shard,))

    def lines_of(self, shard: int) -> list[str]:
        """Return the lines of a shard, sorted."""
        rows = self.db.execute(
            "SELECT text FROM line WHERE shard = ? AND n > 0 ORDER BY text", (shard,)
        )
        return [text for (text,) in rows]

    def document_paths(self) -> Iterator[str]:
        """Yield the path of each document that is built, sorted as their IRIs are."""
        for (path,) in self.db.execute(
            "SELECT DISTINCT path FROM document WHERE path != '' ORDER BY path || '>'"
        ):
            yield path

    def buckets_of(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return which of some documents each bucket has, sorted, by name of bucket."""
        found: dict[str, list[str]] = {}
        for key in sorted(set(keys)):
            rows = self.db.execute("SELECT DISTINCT bucket FROM document WHERE key = ?", (key,))
            for (bucket,) in rows:
                found.setdefault(bucket, []).append(key)
        return found

    def doubles(self) -> Iterator[tuple[str, list[Double]]]:
        """Yield each key that several documents have, with these; the first is to be built."""
        rows = self.db.execute(
            "SELECT key FROM document GROUP BY key"
            " HAVING COUNT(*) > 1 OR MIN(path) = '' ORDER BY key"
        )
        for (key,) in rows:
            found = self.db.execute(
                "SELECT shown, bucket, nth, path != '' FROM document WHERE key = ?"
                " ORDER BY shown, bucket, nth",
                (key,),
            )
            yield key, [(shown, bucket, nth, bool(built)) for shown, bucket, nth, built in found]

    def files(self) -> Iterator[tuple[str, MadeFile]]:
        """Yield the files that are made, sorted by path, each after its bucket, if it has one."""
        rows = self.db.execute("SELECT bucket, path, size, sha256 FROM made ORDER BY path")
        for bucket, path, size, sha256 in rows:
            yield bucket, MadeFile(path, size, sha256)

    def file(self, path: str) -> MadeFile | None:
        """Return a file that is made."""
        row = self.db.execute("SELECT path, size, sha256 FROM made WHERE path = ?", (path,))
        found = row.fetchone()
        return MadeFile(*found) if found else None

    def keep_file(self, made: MadeFile) -> None:
        """Remember a file that is no bucket's."""
        self._enter_files("", [made])

    def forget_file(self, path: str) -> None:
        """Say that a file is gone, or not to be trusted."""
        self.db.execute("DELETE FROM made WHERE path = ?", (path,))

    def _enter_files(self, bucket: str, files: Iterable[MadeFile]) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)",
            ((one.path, bucket, one.size, one.sha256) for one in files),
        )


def shard_of(line: str) -> int:
    """Return the shard of a line, that of its subject."""
    subject = line.partition(" ")[0]
    return hashlib.sha256(subject.encode()).digest()[0] % SHARDS
