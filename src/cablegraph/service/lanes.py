"""Which query runs now, which waits, and which is told to come again.

Every query starts in the short lane. One that is still running after a moment, a shorter one while
many wait, moves to the long
lane if there is room and ends if there is none; its text is remembered and next time goes to the
long lane at once. So no number of long queries keeps the short ones waiting.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Literal

from cablegraph.service.limits import Limits

Verdict = Literal["run", "wait", "busy"]
Ending = Literal["time", "busy", "demoted"]

#: Texts remembered, some hundred bytes each.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Query:
    key: str
    long: bool
    came: float
    started: float = 0.0


class Lanes:
    """The queries that run and wait, each by its ticket.

    Units: *now* is a time in seconds on any clock that does not go back.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._queries: dict[int, _Query] = {}
        self._running: dict[bool, set[int]] = {False: set(), True: set()}
        self._line: dict[bool, deque[int]] = {False: deque(), True: deque()}
        self._heavy: OrderedDict[str, None] = OrderedDict()

    @property
    def running(self) -> int:
        """How many run."""
        return sum(map(len, self._running.values()))

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._line.values()))

    def lane_of(self, ticket: int) -> str:
        """Return ``short`` or ``long``."""
        query = self._queries.get(ticket)
        return "long" if query and query.long else "short"

    def submit(self, ticket: int, key: str, *, now: float) -> Verdict:
        """Take a query in; *key* is the same for the same text."""
        query = _Query(key, key in self._heavy, now)
        line = self._line[query.long]
        if not line and self._has_room(query.long):
            self._queries[ticket] = query
            self._start(ticket, now)
            return "run"
        if len(line) >= (self._limits.long_line if query.long else self._limits.short_line):
            return "busy"
        self._queries[ticket] = query
        line.append(ticket)
        return "wait"

    def finish(self, ticket: int, *, now: float, heavy: bool = False) -> None:
        """Let a query go that ended, met a limit (*heavy*), or whose client left."""
        query = self._queries.pop(ticket, None)
        if query is None:
            return
        if ticket in self._line[query.long]:
            self._line[query.long].remove(ticket)
            return
        self._running[query.long].discard(ticket)
        if heavy:
            self._remember(query.key)
        elif query.long and now - query.started < self._limits.short_seconds:
            self._heavy.pop(query.key, None)  # it was only unlucky

    def start_next(self, *, now: float) -> list[int]:
        """Return the waiting queries that there is room for now."""
        started = []
        for long, line in self._line.items():
            while line and self._has_room(long):
                started.append(line.popleft())
                self._start(started[-1], now)
        return started

    def find_overdue(self, *, now: float) -> list[tuple[int, Ending]]:
        """Return what must end or be slowed now; who was demoted goes on in the long lane."""
        found: list[tuple[int, Ending]] = []
        for ticket, query in list(self._queries.items()):
            if now >= self._due(ticket, query):
                found.append((ticket, self._move(ticket, query)))
        return found

    def find_due(self) -> float | None:
        """Return when the next query will be overdue."""
        return min((self._due(*item) for item in self._queries.items()), default=None)

    def _due(self, ticket: int, query: _Query) -> float:
        if ticket not in self._running[query.long]:
            return query.came + self._limits.wait_seconds
        return query.started + (self._limits.seconds if query.long else self._find_span())

    def _find_span(self) -> float:
        """Return how long a query may stay in the short lane."""
        crowded = len(self._line[False]) > self._limits.short_workers
        return self._limits.crowded_seconds if crowded else self._limits.short_seconds

    def _move(self, ticket: int, query: _Query) -> Ending:
        if ticket not in self._running[query.long]:
            return "busy"
        self._remember(query.key)
        if query.long or self._limits.short_seconds >= self._limits.seconds:
            return "time"
        if self._line[True] or not self._has_room(True):
            return "busy"
        self._running[False].discard(ticket)
        self._running[True].add(ticket)
        query.long = True
        return "demoted"

    def _has_room(self, long: bool) -> bool:
        most = self._limits.long_workers if long else self._limits.short_workers
        return len(self._running[long]) < most

    def _start(self, ticket: int, now: float) -> None:
        query = self._queries[ticket]
        query.started = now
        self._running[query.long].add(ticket)

    def _remember(self, key: str) -> None:
        self._heavy[key] = None
        self._heavy.move_to_end(key)
        if len(self._heavy) > _REMEMBERED:
            self._heavy.popitem(last=False)
