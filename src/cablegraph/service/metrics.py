"""Counts of requests and queries in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cablegraph.service.messages import Outcome, State

_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_KILLED = ("time", "memory", "rows", "bytes", "busy", "crash", "away")
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What happened since the start."""

    def __init__(self) -> None:
        self._requests: Counter[Labels] = Counter()
        self._queries: Counter[Labels] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()

    def count_request(self, route: str, method: str, status: int) -> None:
        """Note an answer."""
        labels = (("route", route), ("method", method), ("status", str(status)))
        self._requests[labels] += 1

    def count_query(self, outcome: Outcome) -> None:
        """Note how a query ended."""
        lane = outcome.lane or "none"
        self._queries[(("reason", outcome.reason or "answered"), ("lane", lane))] += 1
        self._seconds[lane] += outcome.seconds  # type: ignore[assignment]  # a sum of seconds
        for bound in (*_BOUNDS, float("inf")):
            self._buckets[lane, bound] += outcome.seconds <= bound

    def write(self, state: State | None, restarts: int) -> str:
        """Return everything as text."""
        return "".join(f"{line}\n" for line in self._write(state, restarts))

    def _write(self, state: State | None, restarts: int) -> Iterator[str]:
        yield from _write_family(
            "http_requests_total", "counter", "Answers by route and status.", self._requests
        )
        yield from _write_family(
            "queries_total", "counter", "Queries by how they ended.", self._queries
        )
        killed: Counter[Labels] = Counter()
        for labels, count in self._queries.items():
            if dict(labels)["reason"] in _KILLED:
                killed[(labels[0],)] += count
        yield from _write_family(
            "workers_ended_total", "counter", "Queries ended before their answer.", killed
        )
        yield from self._write_seconds()
        alive = state is not None
        gauges = {
            "up": ("Whether the broker answers.", int(alive)),
            "queries_running": ("Workers at work.", state.running if state else 0),
            "queries_waiting": ("Queries in line.", state.waiting if state else 0),
        }
        for name, (help_text, value) in gauges.items():
            yield from _write_family(name, "gauge", help_text, {(): value})
        yield from _write_family(
            "broker_restarts_total", "counter", "Brokers that died.", {(): restarts}
        )

    def _write_seconds(self) -> Iterator[str]:
        name = "cablegraph_query_seconds"
        yield f"# HELP {name} Seconds from a query's arrival to its end."
        yield f"# TYPE {name} histogram"
        for lane in sorted(self._seconds):
            for bound in (*_BOUNDS, float("inf")):
                limit = "+Inf" if bound == float("inf") else f"{bound:g}"
                count = self._buckets[lane, bound]
                yield f'{name}_bucket{{lane="{lane}",le="{limit}"}} {count}'
            yield f'{name}_sum{{lane="{lane}"}} {self._seconds[lane]:.6f}'
            yield f'{name}_count{{lane="{lane}"}} {self._buckets[lane, float("inf")]}'


def _write_family(
    name: str, kind: str, help_text: str, values: Mapping[Labels, int]
) -> Iterator[str]:
    yield f"# HELP cablegraph_{name} {help_text}"
    yield f"# TYPE cablegraph_{name} {kind}"
    for labels in sorted(values):
        said = ",".join(f'{key}="{_escape(value)}"' for key, value in labels)
        yield f"cablegraph_{name}{f'{{{said}}}' if said else ''} {values[labels]}"


def _escape(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
