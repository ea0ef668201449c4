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
from itertools import groupby

import msgspec
import zstandard

from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.compared import Compared
from cablegraph.partitions.meetings import root_of
from cablegraph.partitions.series import SeriesTable
from cablegraph.partitions.summary import MadeFile, Stock, Summary
from cablegraph.partitions.totals import Totals

#: The keys that a bucket has in common with another, or twice.
_FIND_DOUBLES = """
    INSERT OR IGNORE INTO double SELECT key FROM document AS one WHERE bucket = ? AND EXISTS (
        SELECT 1 FROM document AS other WHERE other.key = one.key
        AND (other.shown, other.bucket, other.nth) != (one.shown, one.bucket, one.nth)
    )
"""
_KINDS = """
    SELECT substr(rest, 1, instr(rest, '/') - 1), COUNT(*) FROM (
        SELECT substr(term, instr(term, '/id/') + 4) AS rest FROM named WHERE n > 0
    ) GROUP BY 1
"""
SHARDS = 256
#: Stands among the shards for the list of all documents.
DATASET, LIST = SHARDS, "graph/part-dataset.nq.zst"
#: By what a bucket was made, and the digests of its files as shown.
Units = tuple[str, dict[str, str]]
#: A document with a key that others have too: its file, bucket, number there, whether it is built.
Double = tuple[str, str, int, bool]


class State:
    """What the database of one output folder says."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.totals = Totals(db)
        self.series = SeriesTable(db)
        self.compared = Compared(db)

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

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield each bucket with its fingerprint, in order of name; none if it was begun anew.

        Shape: without those whose names begin with ``@``, which have no files.
        """
        yield from self.db.execute(
            "SELECT name, fingerprint FROM bucket WHERE name NOT LIKE '@%' ORDER BY name"
        )

    def fingerprint(self, name: str) -> str:
        """Return the fingerprint of a bucket; nothing if there is none."""
        row = self.db.execute("SELECT fingerprint FROM bucket WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def begin(self, names: Iterable[str]) -> None:
        """Say that the files of buckets are not to be trusted until these are entered again."""
        with self.transaction():
            self.db.executemany(
                "UPDATE bucket SET fingerprint = '' WHERE name = ?", ((name,) for name in names)
            )

    def mark(self, names: Iterable[str], sign: str) -> None:
        """Let the fingerprints of buckets end with a sign, if they do not yet."""
        with self.transaction():
            self.db.executemany(
                "UPDATE bucket SET fingerprint = fingerprint || ?1"
                " WHERE name = ?2 AND fingerprint NOT LIKE '%' || ?1",
                ((sign, name) for name in names),
            )

    def poison_of(self, bucket: Bucket, rules: str) -> frozenset[str]:
        """Return the files of a bucket, as shown, that ended the process that read them so."""
        rows = self.db.execute("SELECT shown, sha256 FROM poison WHERE rules = ?", (rules,))
        found = dict(rows.fetchall())
        return frozenset(one.shown for one in bucket.units if found.get(one.shown) == one.sha256)

    def keep_poison(self, bucket: Bucket, poison: frozenset[str], rules: str) -> None:
        """Remember the files of a bucket that are not to be read again by the same rules."""
        rows = [(one.shown, one.sha256, rules) for one in bucket.units if one.shown in poison]
        self.db.executemany("INSERT OR REPLACE INTO poison VALUES (?, ?, ?)", rows)

    def units_of(self, name: str) -> Units:
        """Return by what a bucket was made, and the digests of its files as shown."""
        row = self.db.execute("SELECT units FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.json.decode(row[0], type=Units) if row else ("", {})

    def summary(self, name: str) -> Summary | None:
        """Return what was made of a bucket, without its stock, documents and files."""
        row = self.db.execute("SELECT summary FROM bucket WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Summary) if row else None

    def documents_of(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """Yield file, key and whether it is built of each document of a bucket."""
        yield from self.db.execute(
            "SELECT shown, key, path != '' FROM document WHERE bucket = ? ORDER BY key", (name,)
        )

    def enter(self, bucket: Bucket, fingerprint: str, made: Summary, rules: str = "") -> list[str]:
        """Enter a bucket in place of what it was; return the files that it no longer has."""
        units = msgspec.json.encode((rules, {unit.shown: unit.sha256 for unit in bucket.units}))
        light = Summary(
            faults=made.faults, counts=made.counts, codes=made.codes, findings=made.findings
        )
        stock = zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(made.stock))
        with self.transaction():
            self._count(self._stock(bucket.name), made.stock)
            self.totals.replace(bucket.name, self.summary(bucket.name) or Summary(), light)
            self._list({one.path for one in made.documents} - {""}, bucket.name)
            stale = self._take_out(bucket.name)
            self.db.execute(
                "INSERT INTO bucket VALUES (?, ?, ?, ?, ?)",
                (bucket.name, fingerprint, units, msgspec.msgpack.encode(light), stock),
            )
            self.db.executemany(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)",
                ((one.key, one.shown, bucket.name, one.nth, one.path) for one in made.documents),
            )
            self.db.execute(_FIND_DOUBLES, (bucket.name,))
            self._enter_files(bucket.name, made.files)
            self.series.replace(bucket.name, made.series)
            self.compared.replace(bucket.name, made.excerpts)
        return sorted(stale - {file.path for file in made.files})

    def drop(self, name: str) -> list[str]:
        """Take a bucket out that no longer exists; return its files."""
        with self.transaction():
            self._count(self._stock(name), Stock())
            self.totals.replace(name, self.summary(name) or Summary(), Summary())
            self._list(set(), name)
            self.series.replace(name, ())
            self.compared.replace(name, ())
            return sorted(self._take_out(name))

    def _list(self, paths: set[str], bucket: str) -> None:
        """Say that the list of documents is to be written again, if a bucket now has others."""
        rows = "SELECT path FROM document WHERE bucket = ? AND path != ''"
        if paths != {path for (path,) in self.db.execute(rows, (bucket,))}:
            self.make_dirty(DATASET)

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
        placed = list(_place(lines))
        self.db.executemany(
            "INSERT INTO line VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((shard, line, step) for shard, line in placed),
        )
        edge, dirty = 1 if step > 0 else 0, set(self.dirty())
        self.db.executemany(
            "INSERT OR IGNORE INTO dirty SELECT shard FROM line"
            " WHERE shard = ? AND text = ? AND n = ?",
            ((shard, line, edge) for shard, line in placed if shard not in dirty),
        )

    def clear_counts(self) -> None:
        """Forget what is counted no more."""
        self.db.execute("DELETE FROM line WHERE n <= 0")
        self.db.execute("DELETE FROM named WHERE n <= 0")

    def is_named(self, term: str) -> bool:
        """Tell whether some document names a term."""
        rows = self.db.execute("SELECT 1 FROM named WHERE term = ? AND n > 0", (term,))
        return rows.fetchone() is not None

    def count_named(self) -> dict[str, int]:
        """Return how many entities of each kind the documents name."""
        return dict(self.db.execute(_KINDS))

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
        rows = "SELECT path || '>' FROM document WHERE path != '' ORDER BY path || '>'"
        for path, _ in groupby(ended for (ended,) in self.db.execute(rows)):
            yield path[:-1]

    def has_path(self, path: str) -> bool:
        """Tell whether a document with a path is built."""
        rows = "SELECT 1 FROM document WHERE path != '' AND path || '>' = ?"
        return self.db.execute(rows, (f"{path}>",)).fetchone() is not None

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
            "SELECT key FROM document WHERE path = '' UNION SELECT key FROM double ORDER BY key"
        )
        for (key,) in rows.fetchall():
            found = self.db.execute(
                "SELECT shown, bucket, nth, path != '' FROM document WHERE key = ?"
                " ORDER BY shown, bucket, nth",
                (key,),
            )
            places = [(shown, bucket, nth, bool(built)) for shown, bucket, nth, built in found]
            if len(places) > 1 or not all(built for *_, built in places):
                yield key, places

    def is_settled(self) -> None:
        """Say that of documents with one key only the first is built."""
        self.db.execute("DELETE FROM double")

    def count_files(self) -> int:
        """Return how many files are made."""
        return int(self.db.execute("SELECT COUNT(*) FROM made").fetchone()[0])

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


def _place(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield sorted lines with their shards; those of one entity stand together."""
    for root, alike in groupby(lines, key=root_of):
        shard = _shard_of_root(root)
        yield from ((shard, line) for line in alike)


def _shard_of_root(root: str) -> int:
    return hashlib.sha256(root.encode()).digest()[0] % SHARDS


def shard_of(line: str) -> int:
    """Return the shard of a line, that of the entity to which its subject belongs."""
    return _shard_of_root(root_of(line))
