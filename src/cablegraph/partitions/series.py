"""The series of numbers of a whole corpus, in the database: what stands in them, what they settle.

A bucket that comes or goes touches the series of its documents; only what is open in those is
decided anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

import msgspec

from cablegraph.extraction.series import Entry, Place, Settlement, Way, choose
from cablegraph.records.claims import Claim

TABLES = """
    CREATE TABLE IF NOT EXISTS series (
        sender TEXT, receiver TEXT, year TEXT, day TEXT, rank TEXT, key TEXT, bucket TEXT,
        PRIMARY KEY (sender, receiver, year, day, rank, key, bucket)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS series_of_bucket ON series (bucket);
    CREATE TABLE IF NOT EXISTS open_number (
        key TEXT, bucket TEXT, place BLOB NOT NULL, applied TEXT NOT NULL,
        PRIMARY KEY (key, bucket)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS open_of_bucket ON open_number (bucket);
    CREATE TABLE IF NOT EXISTS open_way (
        sender TEXT, receiver TEXT, year TEXT, key TEXT, bucket TEXT,
        PRIMARY KEY (sender, receiver, year, key, bucket)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS open_way_of_bucket ON open_way (bucket);
    CREATE TABLE IF NOT EXISTS touched_series (
        sender TEXT, receiver TEXT, year TEXT, PRIMARY KEY (sender, receiver, year)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS settlement (key TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
"""
_SERIES = "sender = ? AND receiver = ? AND year = ?"
_ENTRIES = "SELECT sender, receiver, year, day, rank, key FROM series WHERE bucket = ?"


class Standing(msgspec.Struct, frozen=True):
    """The place of a document, with the settlement that was applied to it, if one was."""

    place: Place
    applied: Settlement | None = None


class SeriesTable:
    """The tables on series; what changes them runs within a transaction of the caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def replace(self, bucket: str, standings: Iterable[Standing]) -> None:
        """Let a bucket have these documents in place of those that it had."""
        standings = list(standings)
        before = set(self._db.execute(_ENTRIES, (bucket,)))
        after = {
            (*way, one.place.year, one.place.day, rank, one.place.key)
            for one in standings
            for way in one.place.ways
            for rank in one.place.ranks
        }
        self._touch(row[:3] for row in before ^ after)
        was_open = dict(
            self._db.execute("SELECT key, place FROM open_number WHERE bucket = ?", (bucket,))
        )
        for table in ("series", "open_number", "open_way"):
            self._db.execute(f"DELETE FROM {table} WHERE bucket = ?", (bucket,))
        rows = ((*row, bucket) for row in sorted(after))
        self._db.executemany("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        for one in standings:
            if one.place.rivals:
                self._open(bucket, one, was_open.get(one.place.key))

    def _open(self, bucket: str, one: Standing, before: bytes | None) -> None:
        place, encoded = one.place, msgspec.json.encode(one.place)
        series = [(*way, place.year) for way in place.ways]
        row = (place.key, bucket, encoded, _said(one.applied))
        self._db.execute("INSERT INTO open_number VALUES (?, ?, ?, ?)", row)
        rows = ((*one, place.key, bucket) for one in series)
        self._db.executemany("INSERT OR IGNORE INTO open_way VALUES (?, ?, ?, ?, ?)", rows)
        if before != encoded:
            self._touch(series)

    def _touch(self, series: Iterable[tuple[str, ...]]) -> None:
        rows = sorted(set(series))
        self._db.executemany("INSERT OR IGNORE INTO touched_series VALUES (?, ?, ?)", rows)

    def decide(self) -> None:
        """Settle what is open in the series that were touched."""
        days = lru_cache(maxsize=16)(self._days)
        rows = self._db.execute(
            "SELECT DISTINCT place FROM touched_series JOIN open_way USING (sender, receiver, year)"
            " JOIN open_number USING (key, bucket)"
        )
        for (data,) in rows:
            place = msgspec.json.decode(data, type=Place)
            self._settle(place.key, choose(place, self._near(place, days)))
        self._db.execute("DELETE FROM settlement WHERE key NOT IN (SELECT key FROM open_number)")
        self._db.execute("DELETE FROM touched_series")

    def _settle(self, key: str, found: Settlement | None) -> None:
        if found is None:
            self._db.execute("DELETE FROM settlement WHERE key = ?", (key,))
        else:
            row = (key, _said(found))
            self._db.execute("INSERT OR REPLACE INTO settlement VALUES (?, ?)", row)

    def _near(self, place: Place, days: Callable[[Way, str], list[Entry]]) -> Iterator[Entry]:
        """Yield the lowest and highest number of each day, on its own day of other documents."""
        for way in place.ways:
            yield from (entry for entry in days(way, place.year) if entry[0] != place.day)
            yield from self._db.execute(
                f"SELECT day, rank FROM series WHERE {_SERIES} AND day = ? AND key != ?"
                " ORDER BY rank DESC LIMIT 1",
                (*way, place.year, place.day, place.key),
            )

    def _days(self, way: Way, year: str) -> list[Entry]:
        rows = self._db.execute(
            f"SELECT day, MIN(rank), MAX(rank) FROM series WHERE {_SERIES} GROUP BY day",
            (*way, year),
        )
        return list(chain.from_iterable(((day, low), (day, high)) for day, low, high in rows))

    def stale(self) -> list[str]:
        """Return the buckets in which something else is settled than the series say, sorted."""
        rows = self._db.execute(
            "SELECT DISTINCT bucket FROM open_number LEFT JOIN settlement USING (key)"
            " WHERE applied != COALESCE(said, '') ORDER BY bucket"
        )
        return [bucket for (bucket,) in rows]

    def said(self) -> dict[str, str]:
        """Return, for each bucket for which the series settle something, what they do."""
        found: dict[str, str] = {}
        rows = self._db.execute(
            "SELECT bucket, key, said FROM open_number JOIN settlement USING (key)"
            " ORDER BY bucket, key"
        )
        for bucket, key, said in rows:
            found[bucket] = f"{found.get(bucket, '')}{key}={said};"
        return found

    def of_bucket(self, bucket: str) -> tuple[dict[str, tuple[Claim, ...]], dict[str, Settlement]]:
        """Return the open rivals of the documents of a bucket, and what is settled of them."""
        rivals: dict[str, tuple[Claim, ...]] = {}
        settled: dict[str, Settlement] = {}
        rows = self._db.execute(
            "SELECT key, place, said FROM open_number LEFT JOIN settlement USING (key)"
            " WHERE bucket = ? ORDER BY key",
            (bucket,),
        )
        for key, place, said in rows:
            rivals[key] = msgspec.json.decode(place, type=Place).rivals
            if said:
                settled[key] = msgspec.json.decode(said, type=Settlement)
        return rivals, settled


def said_of(standings: Iterable[Standing]) -> str:
    """Return what was applied to the documents of a bucket, as ``SeriesTable.said`` gives it."""
    found = {one.place.key: _said(one.applied) for one in standings if one.applied}
    return "".join(f"{key}={said};" for key, said in sorted(found.items()))


def _said(settlement: Settlement | None) -> str:
    return msgspec.json.encode(settlement).decode() if settlement else ""
