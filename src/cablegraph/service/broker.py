"""The broker: a small process with one thread that holds the graph and forks a worker a query.

The engine can't be stopped, so each query has a process that can. The broker is started before
the web process has threads, lives as long as that does, and ends its workers when it ends.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from cablegraph.dataset import Dataset
from cablegraph.errors import CablegraphError
from cablegraph.service.evaluate import TOLD_MEMORY, Holdings
from cablegraph.service.lanes import Ending, Lanes
from cablegraph.service.limits import Limits
from cablegraph.service.messages import Outcome, Reason, State, Summary
from cablegraph.service.store import Stored, count_graphs, read_store
from cablegraph.service.worker import fork_worker

READY = b"ready"
#: Nice value of a query in the long lane: it gets what the others leave.
_NICE = 19
_LONGEST_MESSAGE = 4096
_LONGEST_OUTCOME = 65536


class Request(msgspec.Struct):
    """What comes with the descriptors of a connection, a job and a spool file."""

    key: str


@dataclass(slots=True)
class _Ticket:
    connection: socket.socket
    files: list[int]
    came: float
    pid: int = 0
    watch: int = -1
    pipe: int = -1
    ending: Ending | Literal["away"] | None = None
    lane: str = "short"


class Broker:
    """Takes queries from *master* until that is closed."""

    def __init__(self, master: socket.socket, holdings: Holdings | Stored, limits: Limits) -> None:
        self._master, self._holdings, self._limits = master, holdings, limits
        self._lanes = Lanes(limits)
        self._tickets: dict[int, _Ticket] = {}
        self._selector = selectors.DefaultSelector()
        self._count = 0
        self._open = True

    def serve(self) -> None:
        """Work until the web process is gone; then end every worker."""
        self._watch(self._master, self._accept)
        try:
            while self._open:
                for key, _ in self._selector.select(self._find_pause()):
                    if key.fd in self._selector.get_map():  # not closed by an earlier one
                        key.data()
                self._end_overdue()
                self._start(self._lanes.start_next(now=time.monotonic()))
        finally:
            for ticket in list(self._tickets.values()):
                _kill(ticket)

    def _watch(self, file: socket.socket | int, act: Callable[[], None]) -> None:
        self._selector.register(file, selectors.EVENT_READ, act)

    def _find_pause(self) -> float | None:
        due = self._lanes.find_due()
        return None if due is None else max(0.0, due - time.monotonic())

    def _accept(self) -> None:
        try:
            message, files, _, _ = socket.recv_fds(self._master, _LONGEST_MESSAGE, 3)
        except OSError:
            message, files = b"", []
        if not message or not files:
            self._open = bool(message)
            return
        connection = socket.socket(fileno=files[0])
        if len(files) < 3:
            state = State(running=self._lanes.running, waiting=self._lanes.waiting)
            _say(connection, msgspec.json.encode(state))
            return
        self._take(msgspec.json.decode(message, type=Request).key, connection, files[1:])

    def _take(self, key: str, connection: socket.socket, files: list[int]) -> None:
        self._count += 1
        number, now = self._count, time.monotonic()
        ticket = self._tickets[number] = _Ticket(connection, files, now)
        self._watch(connection, lambda: self._leave(number))
        verdict = self._lanes.submit(number, key, now=now)
        ticket.lane = self._lanes.lane_of(number)
        if verdict == "run":
            self._start([number])
        elif verdict == "busy":
            self._close(number, self._tell_busy())

    def _start(self, numbers: list[int]) -> None:
        for number in numbers:
            ticket = self._tickets[number]
            try:
                job, result = ticket.files
                ticket.pid, ticket.pipe = fork_worker(job, result, self._holdings, self._limits)
                ticket.watch = os.pidfd_open(ticket.pid)
            except OSError as cause:
                if ticket.pid:
                    _kill(ticket)
                    os.waitpid(ticket.pid, 0)
                    ticket.pid = 0
                told = f"no process can be started ({cause.strerror}); come again later"
                self._close(number, Outcome(status=503, reason="broker", text=told))
                continue
            if self._lanes.lane_of(number) == "long":
                os.setpriority(os.PRIO_PROCESS, ticket.pid, _NICE)
            self._watch(ticket.watch, lambda number=number: self._reap(number))  # type: ignore[misc]

    def _leave(self, number: int) -> None:
        """End the query of a client that went away."""
        ticket = self._tickets[number]
        ticket.ending = "away"
        if ticket.pid:
            self._selector.unregister(ticket.connection)
            _kill(ticket)
        else:
            self._close(number, Outcome(status=503, reason="away"))

    def _end_overdue(self) -> None:
        overdue = self._lanes.find_overdue(now=time.monotonic(), find_work=self._find_work)
        for number, ending in overdue:
            ticket = self._tickets[number]
            if ending == "demoted":
                ticket.lane = "long"
                os.setpriority(os.PRIO_PROCESS, ticket.pid, _NICE)
            elif not ticket.pid:
                self._close(number, self._tell_busy())
            elif ticket.ending is None:
                ticket.ending = ending
                _kill(ticket)

    def _find_work(self, number: int) -> float:
        """Return the seconds that a worker was on a processor."""
        pid = self._tickets[number].pid
        try:
            with open(f"/proc/{pid}/schedstat", encoding="ascii") as stat:  # noqa: PTH123
                return int(stat.read().split()[0]) / 1e9
        except (OSError, ValueError):  # it is ending, or the kernel keeps no such account
            return float("inf")

    def _reap(self, number: int) -> None:
        ticket = self._tickets[number]
        _, status = os.waitpid(ticket.pid, 0)
        ticket.pid = 0
        self._close(number, self._find_outcome(ticket, status))

    def _find_outcome(self, ticket: _Ticket, status: int) -> Outcome:
        if ticket.ending == "time":
            told = (
                f"the query ran longer than {self._limits.seconds:g} s and was ended; ask for less"
            )
            return Outcome(status=504, reason="time", text=told)
        if ticket.ending == "busy":
            return self._tell_busy()
        said = b"" if status else os.read(ticket.pipe, _LONGEST_OUTCOME)
        if said:
            return msgspec.json.decode(said, type=Outcome)
        by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if by == signal.SIGXCPU:
            told = "the query took more time of the processor than it may"
            return Outcome(status=504, reason="time", text=told)
        if by == signal.SIGABRT:  # how the engine ends without memory
            return Outcome(status=503, reason="memory", text=TOLD_MEMORY)
        told = "the engine can't do this query: it is nested too deeply, or the engine has a fault"
        return Outcome(status=500, reason="crash", text=told)

    def _tell_busy(self) -> Outcome:
        told = "others are being answered; come again, or ask for less at once"
        return Outcome(status=503, reason="busy", text=told)

    def _close(self, number: int, outcome: Outcome) -> None:
        ticket = self._tickets.pop(number)
        now = time.monotonic()
        heavy: tuple[Reason, ...] = ("time", "memory", "bytes")
        self._lanes.finish(
            number, now=now, heavy=outcome.reason in heavy, answered=outcome.status == 200
        )
        for file in (ticket.connection, ticket.watch):
            if file != -1 and _is_watched(self._selector, file):
                self._selector.unregister(file)
        for descriptor in (*ticket.files, ticket.watch, ticket.pipe):
            if descriptor != -1:
                os.close(descriptor)
        told = msgspec.structs.replace(outcome, seconds=now - ticket.came, lane=ticket.lane)
        _say(ticket.connection, msgspec.json.encode(told))


def _is_watched(selector: selectors.BaseSelector, file: socket.socket | int) -> bool:
    return file in (selector.get_map() or {})


def _say(connection: socket.socket, words: bytes) -> None:
    """Send a line and close; a client that left does not matter."""
    with connection:
        connection.settimeout(1)
        try:
            connection.sendall(words + b"\n")
        except OSError:
            return


def _kill(ticket: _Ticket) -> None:
    if ticket.pid:
        os.kill(ticket.pid, signal.SIGKILL)


def open_holdings(output: Path, store: Path | None = None) -> tuple[Holdings | Stored, Summary]:
    """Load the graph of an output folder and count what is in it, or take a prepared *store*.

    Raises:
        DataError: if there is no graph, or it can't be read.
    """
    if store is not None:
        return read_store(store)
    loaded = Dataset.open(output).store
    summary = count_graphs(loaded)
    return Holdings(loaded, frozenset(summary.graphs)), summary


def main() -> int:
    """Run a broker.

    Shape: its arguments are the descriptors of the master and of a file for the summary, the
        output folder, the limits, and the prepared store if there is one.
    """
    master = socket.socket(fileno=int(sys.argv[1]))
    limits = msgspec.json.decode(sys.argv[4], type=Limits)
    # Ctrl-C reaches the whole group; the web process says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    import rdflib.plugins.sparql.parser  # noqa: F401  a worker can't open files any more

    try:
        store = Path(sys.argv[5]) if len(sys.argv) > 5 else None
        holdings, summary = open_holdings(Path(sys.argv[3]), store)
    except CablegraphError as error:
        master.send(str(error).encode("utf-8"))
        return 1
    with os.fdopen(int(sys.argv[2]), "wb") as file:
        file.write(msgspec.json.encode(summary))
    gc.collect()
    gc.freeze()  # so that a worker's collector copies no page
    master.send(READY)
    Broker(master, holdings, limits).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
