"""What the web process, the broker and its workers say to each other."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["select", "ask", "graph"]
#: Why a query has no result: met by a limit, turned away, refused, or badly written.
Reason = Literal[
    "", "time", "memory", "rows", "bytes", "busy", "refused", "malformed", "unacceptable",
    "unknown-graph", "crash", "away", "broker", "request", "client",
]  # fmt: skip


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A query, or with *graph* a graph to be written whole (the default graph if it is empty)."""

    query: str = ""
    base: str = ""
    graph: str | None = None
    #: The dataset that the request names; None where it names none.
    default: list[str] | None = None
    named: list[str] | None = None
    #: Extension of the form chosen for each kind of result; a kind left out is not acceptable.
    forms: dict[str, str] = {}
    #: For tables on a page: IRIs that begin so lead to the same path after *root*.
    local: str = ""
    root: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a job ended; with status 200 its result stands whole in the spool file."""

    status: int = 200
    reason: Reason = ""
    text: str = ""
    kind: Kind = "select"
    form: str = ""
    rows: int = 0
    #: Filled in by the broker.
    seconds: float = 0.0
    lane: str = ""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the broker is doing."""

    running: int = 0
    waiting: int = 0


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the store: the triples of the default graph and of each named graph."""

    triples: int
    graphs: dict[str, int]
