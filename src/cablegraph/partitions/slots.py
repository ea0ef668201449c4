"""The buckets that there should be, and what lies beside them: what was made, what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import TypeVar

from cablegraph.partitions.buckets import Slot

_TABLE = """
    DROP TABLE IF EXISTS temp.slot;
    CREATE TEMP TABLE slot (
        name TEXT PRIMARY KEY, low INTEGER, high INTEGER, large TEXT, lane INTEGER, lanes INTEGER
    ) WITHOUT ROWID;
"""
_Left = TypeVar("_Left")
_Right = TypeVar("_Right")


class Slots:
    """The slots of a corpus by name, in a table that is gone when the database is closed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.executescript(_TABLE)

    def __len__(self) -> int:
        (number,) = self._db.execute("SELECT COUNT(*) FROM temp.slot").fetchone()
        return int(number)

    def add(self, slots: Iterable[Slot]) -> None:
        """Enter slots."""
        self._db.execute("BEGIN")
        rows = map(astuple, slots)
        self._db.executemany("INSERT INTO temp.slot VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def __iter__(self) -> Iterator[tuple[str, Slot]]:
        """Yield the slots in order of name, each after it."""
        for row in self._db.execute("SELECT * FROM temp.slot ORDER BY name"):
            yield row[0], Slot(*row)

    def __getitem__(self, name: str) -> Slot:
        row = self._db.execute("SELECT * FROM temp.slot WHERE name = ?", (name,)).fetchone()
        return Slot(*row)


class Touched:
    """Whether files of a stretch of numbers changed, asked in order of these."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._next = next(numbers, None)

    def has(self, low: int, high: int) -> bool:
        """Tell whether a number from *low* on and below *high* is that of a file that changed."""
        while self._next is not None and self._next < low:
            self._next = next(self._numbers, None)
        return self._next is not None and self._next < high


def go_beside(
    left: Iterable[tuple[str, _Left]], right: Iterable[tuple[str, _Right]]
) -> Iterator[tuple[str, _Left | None, _Right | None]]:
    """Yield each name with what either side has of it; both are sorted by name.

    >>> list(go_beside([("a", 1), ("b", 2)], [("b", 3)]))
    [('a', 1, None), ('b', 2, 3)]
    """
    lefts, rights = iter(left), iter(right)
    one, other = next(lefts, None), next(rights, None)
    while one is not None and other is not None:
        if one[0] == other[0]:
            yield one[0], one[1], other[1]
            one, other = next(lefts, None), next(rights, None)
        elif one[0] < other[0]:
            yield one[0], one[1], None
            one = next(lefts, None)
        else:
            yield other[0], None, other[1]
            other = next(rights, None)
    while one is not None:
        yield one[0], one[1], None
        one = next(lefts, None)
    while other is not None:
        yield other[0], None, other[1]
        other = next(rights, None)
