"""Which query runs now, which waits, and which is told to come again.

Every query starts in the short lane. One that is still running after a moment, a shorter one while
many wait, moves to the long lane if there is room and ends if there is none; its shape is
remembered, and next time it goes to the long lane at once. A shape that was answered soon is
remembered too and goes before those that nobody knows. So no number of long queries keeps the
usual ones waiting, and new ones wait a little.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cablegraph.service.limits import Limits

Verdict = Literal["run", "wait", "busy"]
Ending = Literal["time", "busy", "demoted"]
Line = Literal["known", "new", "long"]
FindWork = Callable[[int], float]

#: Shapes remembered, some hundred bytes each.
_REMEMBERED = 10_000
#: How many times longer a query of a known shape may stay in the short lane.
_TRUST = 3
#: How many times longer on a busy machine, and the least seconds until it is looked at again.
_EXCUSE, _LEAST = 6, 0.02


def _never(ticket: int) -> float:
    """Take it that the machine had nothing else to do."""
    return float("inf")


@dataclass(slots=True)
class _Query:
    key: str
    line: Line
    came: float
    started: float = 0.0
    excused: float = 0.0

    @property
    def long(self) -> bool:
        return self.line == "long"


class _Memory(OrderedDict[str, None]):
    """The last keys that were put in."""

    def add(self, key: str) -> None:
        self[key] = None
        self.move_to_end(key)
        if len(self) > _REMEMBERED:
            self.popitem(last=False)


class Lanes:
    """The queries that run and wait, each by its ticket.

    Units: *now* is a time in seconds on any clock that does not go back.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._queries: dict[int, _Query] = {}
        self._running: dict[bool, set[int]] = {False: set(), True: set()}
        # In the order in which they are served.
        self._lines: dict[Line, deque[int]] = {"known": deque(), "new": deque(), "long": deque()}
        self._heavy, self._light = _Memory(), _Memory()

    @property
    def running(self) -> int:
        """How many run."""
        return sum(map(len, self._running.values()))

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    def lane_of(self, ticket: int) -> str:
        """Return ``short`` or ``long``."""
        query = self._queries.get(ticket)
        return "long" if query and query.long else "short"

    def submit(self, ticket: int, key: str, *, now: float) -> Verdict:
        """Take a query in; *key* is the same for the same shape."""
        query = _Query(key, self._find_line(key), now)
        line = self._lines[query.line]
        if not line and self._has_room(query.long):
            self._queries[ticket] = query
            self._start(ticket, now)
            return "run"
        if len(line) >= (self._limits.long_line if query.long else self._limits.short_line):
            return "busy"
        self._queries[ticket] = query
        line.append(ticket)
        return "wait"

    def finish(
        self, ticket: int, *, now: float, heavy: bool = False, answered: bool = False
    ) -> None:
        """Let a query go that was answered, met a limit (*heavy*), or whose client left."""
        query = self._queries.pop(ticket, None)
        if query is None:
            return
        if ticket in self._lines[query.line]:
            self._lines[query.line].remove(ticket)
            return
        self._running[query.long].discard(ticket)
        if heavy:
            self._blame(query.key)
        elif query.long and now - query.started < self._limits.short_seconds:
            self._heavy.pop(query.key, None)  # it was only unlucky
        elif answered and not query.long:
            self._light.add(query.key)

    def start_next(self, *, now: float) -> list[int]:
        """Return the waiting queries that there is room for now."""
        started = []
        for name, line in self._lines.items():
            while line and self._has_room(name == "long"):
                started.append(line.popleft())
                self._start(started[-1], now)
        return started

    def find_overdue(self, *, now: float, find_work: FindWork = _never) -> list[tuple[int, Ending]]:
        """Return what must end or be slowed now; who was demoted goes on in the long lane.

        Shape: *find_work* gives the processor's seconds that a query has had; one that had less
            than the clock says is given the rest, for the machine was busy with others.
        """
        found: list[tuple[int, Ending]] = []
        for ticket, query in list(self._queries.items()):
            if now < self._due(ticket, query):
                continue
            if not self._excuse(ticket, query, now, find_work):
                found.append((ticket, self._move(ticket, query)))
        return found

    def _excuse(self, ticket: int, query: _Query, now: float, find_work: FindWork) -> bool:
        span = self._find_span(query)
        waited_long = now - query.started >= min(span * _EXCUSE, self._limits.seconds)
        if query.long or ticket not in self._running[False] or waited_long:
            return False
        missing = span - find_work(ticket)
        query.excused = now + max(missing, _LEAST)
        return missing > 0

    def find_due(self) -> float | None:
        """Return when the next query will be overdue."""
        return min((self._due(*item) for item in self._queries.items()), default=None)

    def _due(self, ticket: int, query: _Query) -> float:
        if ticket not in self._running[query.long]:
            return query.came + self._limits.wait_seconds
        last = query.started + self._limits.seconds
        if query.long:
            return last
        return min(last, max(query.started + self._find_span(query), query.excused))

    def _find_span(self, query: _Query) -> float:
        """Return how long a query may stay in the short lane."""
        if query.line == "known":
            return self._limits.short_seconds * _TRUST
        crowded = len(self._lines["new"]) > self._limits.short_workers
        return self._limits.crowded_seconds if crowded else self._limits.short_seconds

    def _move(self, ticket: int, query: _Query) -> Ending:
        if ticket not in self._running[query.long]:
            return "busy"
        self._blame(query.key)
        if query.long or self._limits.short_seconds >= self._limits.seconds:
            return "time"
        if self._lines["long"] or not self._has_room(True):
            return "busy"
        self._running[False].discard(ticket)
        self._running[True].add(ticket)
        query.line = "long"
        return "demoted"

    def _has_room(self, long: bool) -> bool:
        most = self._limits.long_workers if long else self._limits.short_workers
        return len(self._running[long]) < most

    def _start(self, ticket: int, now: float) -> None:
        query = self._queries[ticket]
        query.started = now
        self._running[query.long].add(ticket)

    def _find_line(self, key: str) -> Line:
        if key in self._heavy:
            return "long"
        return "known" if key in self._light else "new"

    def _blame(self, key: str) -> None:
        self._heavy.add(key)
        self._light.pop(key, None)
