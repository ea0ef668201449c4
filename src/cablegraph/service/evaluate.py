"""One query answered into a file, within limits of rows and bytes."""

from __future__ import annotations

import re
import signal
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph

from cablegraph.namespaces import PREFIXES
from cablegraph.questions import find_fault
from cablegraph.service.forms import FORMS, HTML, MEDIA, graph_form, results_form
from cablegraph.service.limits import Limits
from cablegraph.service.messages import Job, Kind, Outcome, Reason
from cablegraph.service.table import Found, Links, write_table
from cablegraph.service.vetting import check_query, find_dataset, find_undeclared

#: Seconds; well below what makes a query a long one.
_PATIENCE = 0.15
_PLACE = re.compile(r"\bat (\d+):(\d+)")
#: What ends a row. A row of JSON without any value, and a line break of Windows in a text of CSV,
#: are counted wrongly; the limit of bytes holds in any case.
_ROW_ENDS = {"json": b'}},{"', "xml": b"</result>", "csv": b"\r\n", "tsv": b"\n"}
#: Ends that are not of a row: the head of a table; the last row of JSON has none.
_BEFORE = {"json": 1, "csv": -1, "tsv": -1}
_PREFIXES = dict(sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Holdings:
    """The store and the names of its graphs."""

    store: pyoxigraph.Store
    graphs: Collection[str]

    @property
    def descriptors(self) -> int:
        """How many files a process needs to read it: none, it is in memory."""
        return 0

    def open(self) -> Holdings:
        """Return itself: a process has it from the one that it was forked from."""
        return self


class _ExceededError(Exception):
    """A limit of the result is met."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class _Meter:
    """A file that counts what is written to it."""

    def __init__(self, out: IO[bytes], form: str, limits: Limits) -> None:
        self._out, self._end, self._limits = out, _ROW_ENDS.get(form, b""), limits
        self._tail = b""
        self.size, self.rows = 0, _BEFORE.get(form, 0)

    @property
    def file(self) -> IO[bytes]:
        """This meter for the engine, which only writes and flushes."""
        return cast(IO[bytes], self)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._limits.result:
            most = self._limits.result
            raise _ExceededError("bytes", f"the result is longer than {most:,} bytes; add LIMIT")
        if self._end:
            seen = self._tail + data
            self.rows += seen.count(self._end)
            self._tail = seen[-len(self._end) + 1 :] if len(self._end) > 1 else b""
            _check_rows(self.rows, self._limits)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def answer(job: Job, holdings: Holdings, out: IO[bytes], limits: Limits) -> Outcome:
    """Do a job, write its result to *out*, and say how it ended."""
    try:
        if job.graph is not None:
            return _write_graph(job, holdings, out, limits)
        return _check(job, holdings) or _answer_query(job, holdings, out, limits)
    except _ExceededError as met:
        return Outcome(status=503, reason=met.reason, text=str(met))
    except MemoryError:
        return Outcome(status=503, reason="memory", text=TOLD_MEMORY)


TOLD_MEMORY = "the query needs more memory than it may have; ask for less at once"


def _check(job: Job, holdings: Holdings) -> Outcome | None:
    for graph in [*(job.default or ()), *(job.named or ())]:
        if graph not in holdings.graphs:
            told = f"no graph here is named {graph[:200]!r}"
            return Outcome(status=400, reason="unknown-graph", text=told)
    # The dataset of the request takes the place of the query's FROM.
    own = job.default is None and job.named is None
    return check_query(job.query, holdings.graphs if own else None)


def _answer_query(job: Job, holdings: Holdings, out: IO[bytes], limits: Limits) -> Outcome:
    try:
        found = _evaluate(job, holdings.store)
    except SyntaxError as cause:
        return Outcome(status=400, reason="malformed", text=_tell_fault(job.query, str(cause)))
    except (ValueError, OSError, RuntimeError) as cause:
        told = f"the query can't be answered: {_shorten(str(cause))}"
        return Outcome(status=400, reason="malformed", text=told)
    kind = _kind_of(found)
    form = job.forms.get(kind)
    if form is None:
        media = ", ".join(MEDIA[name].partition(";")[0] for name in FORMS[kind])
        told = f"the result of this query is given as one of: {media}"
        return Outcome(status=406, reason="unacceptable", text=told, kind=kind)
    meter = _Meter(out, form, limits)
    rows = _write(found, job, meter, limits)
    return Outcome(kind=kind, form=form, rows=rows)


def _evaluate(job: Job, store: pyoxigraph.Store) -> Found:
    default, named = job.default, job.named
    if default is None and named is None:
        default, named = find_dataset(job.query)
        if len(default) < 2:  # the engine does it well
            return store.query(job.query, base_iri=job.base or None, prefixes=PREFIXES)
    return _select(store, default or [], named or []).query(
        job.query,
        base_iri=job.base or None,
        prefixes=PREFIXES,
        default_graph=pyoxigraph.DefaultGraph(),
        named_graphs=[pyoxigraph.NamedNode(graph) for graph in named or ()],
    )


def _select(store: pyoxigraph.Store, default: list[str], named: list[str]) -> pyoxigraph.Store:
    """Return a store of these graphs alone, those of the default graph merged.

    The engine, asked to look into several default graphs, gives a row for each that says the same.
    """
    selected = pyoxigraph.Store()
    for graph in default:
        found = store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
        selected.bulk_extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in found)
    for graph in named:
        selected.bulk_extend(store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))
    return selected


def _kind_of(found: Found) -> Kind:
    if isinstance(found, pyoxigraph.QueryTriples):
        return "graph"
    return "ask" if isinstance(found, pyoxigraph.QueryBoolean) else "select"


def _write(found: Found, job: Job, meter: _Meter, limits: Limits) -> int:
    form = job.forms[_kind_of(found)]
    if form == HTML:
        return write_table(found, meter, Links(job.local, job.root))
    if isinstance(found, pyoxigraph.QueryTriples):
        counted = _Counted(found, limits)
        pyoxigraph.serialize(counted, meter.file, format=graph_form(form), prefixes=_PREFIXES)
        return counted.count
    found.serialize(meter.file, format=results_form(form))
    return meter.rows


class _Counted:
    """Triples that stop at the limit of rows."""

    def __init__(self, triples: Iterable[pyoxigraph.Triple], limits: Limits) -> None:
        self._triples, self._limits, self.count = triples, limits, 0

    def __iter__(self) -> Iterator[pyoxigraph.Triple]:
        for triple in self._triples:
            self.count += 1
            _check_rows(self.count, self._limits)
            yield triple


def _check_rows(rows: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise _ExceededError("rows", f"the result has more than {limits.rows:,} rows; add LIMIT")


def _write_graph(job: Job, holdings: Holdings, out: IO[bytes], limits: Limits) -> Outcome:
    if job.graph and job.graph not in holdings.graphs:
        told = f"no graph here is named {job.graph[:200]!r}"
        return Outcome(status=404, reason="unknown-graph", text=told)
    name = pyoxigraph.NamedNode(job.graph) if job.graph else pyoxigraph.DefaultGraph()
    form = job.forms["graph"]
    meter = _Meter(out, form, limits)
    holdings.store.dump(meter.file, format=graph_form(form), from_graph=name, prefixes=_PREFIXES)
    return Outcome(kind="graph", form=form)


def _tell_fault(text: str, said: str) -> str:
    """Return place and problem of a malformed query."""
    if undeclared := find_undeclared(text):
        return undeclared
    place = _PLACE.search(said)
    line, column = _find_exactly(text) or (place[1], place[2]) if place else ("1", "1")
    return f"query:{line}:{column}: the query can't be read on from here; mend it there"


def _find_exactly(text: str) -> tuple[str, str] | None:
    """Return the place that a slower parser finds, if it finds one soon."""

    def stop(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        fault = find_fault(text)
    except (TimeoutError, RecursionError):
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
    return (str(fault[0]), str(fault[1])) if fault else None


def _shorten(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 200 else said[:199] + "…"
