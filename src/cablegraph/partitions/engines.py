"""Where buckets are made: in this process, in several, or on the workers of a Dask cluster.

The files are the same from each. A worker that dies takes nothing with it: its bucket is made
again, and a file that ends its worker twice is left out and named.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any, Literal

from cablegraph.errors import ConfigError, OutputError
from cablegraph.partitions.summary import Summary
from cablegraph.partitions.task import Task

Engine = Literal["serial", "processes", "dask"]
Made = tuple[Task, Summary]
Work = Callable[[Task], Summary]


def make_bucket(task: Task) -> Summary:
    """Make a bucket, as ``work`` does, which takes a second to import."""
    from cablegraph.partitions import work

    return work.make_bucket(task)


def run(
    tasks: Iterable[Task],
    engine: Engine,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    work: Work = make_bucket,
) -> Iterator[Made]:
    """Yield each task with what was made of it, in the order in which they end.

    Raises:
        ConfigError: if Dask is asked for and not installed, or its scheduler can't be reached.
        OutputError: if a worker can't write.
    """
    if engine == "dask":
        yield from _run_dask(tasks, workers, scheduler, work)
    elif engine == "processes" and workers > 1:
        yield from _run_processes(tasks, workers, work)
    else:
        for task in tasks:
            yield task, work(task)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """Let a worker leave Ctrl-C to its parent, and end when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def _run_processes(tasks: Iterable[Task], workers: int, work: Work) -> Iterator[Made]:
    waiting = iter(tasks)
    pool = _pool(workers)
    running: dict[Future[Summary], Task] = {}
    try:
        while True:
            while len(running) < 2 * workers and (task := next(waiting, None)) is not None:
                running[pool.submit(work, task)] = task
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
                pool.shutdown(wait=False, cancel_futures=True)
                for task in suspects:
                    yield task, make_alone(task, work)
                pool = _pool(workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def make_alone(task: Task, work: Work = make_bucket) -> Summary:
    """Make a bucket of which a worker died: again, without a file that ends one twice.

    Raises:
        OutputError: if the writing of a part ends it twice.
    """
    deaths: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        while True:
            trace.write_text("", "utf-8")
            with suppress(BrokenProcessPool):
                return _in_a_process(replace(task, trace=str(trace)), work)
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
    with _pool(1) as pool:
        return pool.submit(work, task).result()


def _run_dask(
    tasks: Iterable[Task], workers: int, scheduler: str | None, work: Work
) -> Iterator[Made]:
    dask = _import_dask()
    with _connect(dask, workers, scheduler) as client:
        waiting = iter(tasks)
        running: dict[object, Task] = {}
        room = 4 * max(1, sum(client.nthreads().values()) or workers)
        ended = dask.as_completed([], with_results=False)
        while True:
            while len(running) < room and (task := next(waiting, None)) is not None:
                future = client.submit(work, task, pure=False)
                running[future.key] = task
                ended.add(future)
            if not running:
                return
            future = next(ended)
            task = running.pop(future.key)
            try:
                yield task, future.result()
            except dask.KilledWorker:
                yield task, make_alone(task, work)


def _import_dask() -> Any:
    try:
        return import_module("distributed")
    except ImportError as cause:
        raise ConfigError(
            "the engine dask is not installed", where="--engine:1:1",
            remedy="pip install 'cablegraph[dask]'",
        ) from cause  # fmt: skip


def _connect(dask: Any, workers: int, scheduler: str | None) -> Any:
    if scheduler is None:
        return dask.Client(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs="ERROR",
        )
    try:
        return dask.Client(scheduler)
    except (OSError, ValueError) as cause:
        raise ConfigError(
            f"no scheduler answers at {scheduler}", where="--scheduler:1:1",
            remedy="start one with 'dask scheduler', or leave the option out",
        ) from cause  # fmt: skip
