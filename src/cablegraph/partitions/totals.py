"""What all buckets come to, kept as they come and go, so that none has to be read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from cablegraph.partitions.summary import RANKS, Fault, Summary, find_worst
from cablegraph.records.claims import Finding

TABLES = """
    CREATE TABLE IF NOT EXISTS total (
        kind TEXT, name TEXT, n INTEGER NOT NULL, buckets INTEGER NOT NULL,
        PRIMARY KEY (kind, name)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS fault (bucket TEXT NOT NULL, said BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS fault_of_bucket ON fault (bucket);
    CREATE TABLE IF NOT EXISTS finding (
        bucket TEXT NOT NULL, rank INTEGER, path TEXT, line INTEGER, said BLOB NOT NULL
    );
    CREATE INDEX IF NOT EXISTS finding_of_bucket ON finding (bucket);
    CREATE INDEX IF NOT EXISTS finding_in_order ON finding (rank, path, line);
"""
_KINDS = ("counts", "codes")
_ADD = """
    INSERT INTO total VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, buckets = buckets + excluded.buckets
"""


class Totals:
    """The tables of totals; what changes them runs within a transaction of the caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def replace(self, bucket: str, before: Summary, after: Summary) -> None:
        """Let a bucket come to something else than before."""
        for kind in _KINDS:
            for made, sign in ((before, -1), (after, 1)):
                numbers: dict[str, int] = getattr(made, kind)
                rows = [(kind, name, sign * n, sign) for name, n in numbers.items()]
                self._db.executemany(_ADD, rows)
        for table in ("fault", "finding"):
            self._db.execute(f"DELETE FROM {table} WHERE bucket = ?", (bucket,))
        self._db.executemany(
            "INSERT INTO fault VALUES (?, ?)",
            ((bucket, msgspec.msgpack.encode(one)) for one in after.faults),
        )
        self._db.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?)",
            (
                (bucket, RANKS[one.severity], one.path, one.line, msgspec.msgpack.encode(one))
                for one in after.findings
            ),
        )

    def counts(self) -> dict[str, int]:
        """Return how many of each thing were made."""
        return self._of("counts")

    def codes(self) -> dict[str, int]:
        """Return how many findings there are, by severity and code."""
        return self._of("codes")

    def _of(self, kind: str) -> dict[str, int]:
        rows = "SELECT name, n FROM total WHERE kind = ? AND buckets > 0 ORDER BY name"
        return dict(self._db.execute(rows, (kind,)))

    def faults(self) -> Iterator[Fault]:
        """Yield the documents that could not be built, in no order."""
        for (said,) in self._db.execute("SELECT said FROM fault"):
            yield msgspec.msgpack.decode(said, type=Fault)

    def worst(self, most: int) -> list[Finding]:
        """Return the first findings by severity and place, at most so many."""
        rows = "SELECT rank, path, line, said FROM finding ORDER BY rank, path, line"
        found: list[Finding] = []
        for _, alike in groupby(self._db.execute(rows), key=lambda row: row[:3]):
            if len(found) >= most:
                break
            found += find_worst(_decode(said for *_, said in alike), most - len(found))
        return found


def _decode(rows: Iterable[bytes]) -> Iterator[Finding]:
    return (msgspec.msgpack.decode(said, type=Finding) for said in rows)
