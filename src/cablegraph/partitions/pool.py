"""Make buckets in processes of this machine; one that dies takes nothing with it."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.partitions.crew import Made, Work, leave_at_once, warm
from cablegraph.partitions.summary import Summary
from cablegraph.partitions.task import Task


def _open_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """Let a worker leave Ctrl-C to its parent, end when that is gone, and end at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_at_once()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


class Processes:
    """Workers of this machine, who are started once and replaced if one dies."""

    def __init__(self, workers: int, work: Work) -> None:
        self._workers, self._work = workers, work
        self._pool: ProcessPoolExecutor | None = None

    def start(self, config: str | None) -> None:
        """Let the workers read what every document is read with, before there is a task."""
        if self._pool is None:
            self._pool = _open_pool(self._workers)
            for _ in range(self._workers):
                self._pool.submit(warm, config)

    def close(self) -> None:
        """Let the workers go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[Made]:
        """Yield each task with what was made of it, in the order in which they end."""
        waiting = iter(tasks)
        running: dict[Future[Summary], Task] = {}
        while True:
            while len(running) < 2 * self._workers and (task := next(waiting, None)) is not None:
                running[self._submit(task)] = task
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done:
                task = running.pop(future)
                try:
                    yield task, future.result()
                except BrokenProcessPool:
                    suspects.append(task)
            if suspects:
                suspects += running.values()
                running.clear()
                self._renew()
                for task in suspects:
                    yield make_alone(task, self._work)

    def _submit(self, task: Task) -> Future[Summary]:
        if self._pool is None:
            self._pool = _open_pool(self._workers)
        try:
            return self._pool.submit(self._work, task)
        except BrokenProcessPool:
            self._renew()
            return self._submit(task)

    def _renew(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None


def make_alone(task: Task, work: Work) -> Made:
    """Make a bucket of which a worker died: again, without a file that ends one twice.

    Shape: the task that is given back says which files were left out.
    Raises:
        OutputError: if the writing of a part ends it twice.
    """
    deaths: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        while True:
            trace.write_text("", "utf-8")
            with suppress(BrokenProcessPool):
                return task, _in_a_process(replace(task, trace=str(trace)), work)
            last = trace.read_text("utf-8")
            deaths[last] += 1
            if deaths[last] > 1:
                task = _without(task, last)


def _without(task: Task, last: str) -> Task:
    """Return a task without the file that was in hand when its worker died."""
    if last not in {unit.shown for unit in task.bucket.units} - task.poison:
        raise OutputError(
            f"making part {task.bucket.name} ended the process that did so, twice",
            where=f"{task.order.output}:1:1",
            remedy="give each worker more memory, or take fewer of them",
        )
    return replace(task, poison=task.poison | {last})


def _in_a_process(task: Task, work: Work) -> Summary:
    with _open_pool(1) as pool:
        return pool.submit(work, task).result()
