"""Where buckets are made: in this process, in several, or on the workers of a Dask cluster.

The files are the same from each. A worker that dies takes nothing with it: its bucket is made
again, and a file that ends its worker twice is left out and named.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Literal

from cablegraph.errors import ConfigError
from cablegraph.partitions.summary import Summary
from cablegraph.partitions.work import Task, make_bucket

Engine = Literal["serial", "processes", "dask"]
Made = tuple[Task, Summary]
Work = Callable[[Task], Summary]


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
    """
    if engine == "dask":
        yield from _run_dask(tasks, workers, scheduler, work)
    elif engine == "processes" and workers > 1:
        yield from _run_processes(tasks, workers, work)
    else:
        for task in tasks:
            yield task, work(task)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


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
    """Make a bucket of which a worker died: again, and then without the files that end one."""
    with suppress(BrokenProcessPool):
        return _in_a_process(task, work)
    poison = frozenset(
        unit.shown for unit in task.bucket.units if not _survives(task, unit.shown, work)
    )
    return _in_a_process(replace(task, poison=task.poison | poison), work)


def _survives(task: Task, shown: str, work: Work) -> bool:
    others = frozenset(unit.shown for unit in task.bucket.units if unit.shown != shown)
    for _ in range(2):
        with suppress(BrokenProcessPool):
            _in_a_process(replace(task, poison=task.poison | others), work)
            return True
    return False


def _in_a_process(task: Task, work: Work) -> Summary:
    with _pool(1) as pool:
        return pool.submit(work, task).result()


def _run_dask(
    tasks: Iterable[Task], workers: int, scheduler: str | None, work: Work
) -> Iterator[Made]:
    try:
        dask: Any = import_module("distributed")
    except ImportError as cause:
        raise ConfigError(
            "the engine dask is not installed", where="--engine:1:1",
            remedy="pip install 'cablegraph[dask]'",
        ) from cause  # fmt: skip
    try:
        client = (
            dask.Client(scheduler)
            if scheduler
            else dask.Client(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        )
    except (OSError, ValueError) as cause:
        raise ConfigError(
            f"no scheduler answers at {scheduler}", where="--scheduler:1:1",
            remedy="start one with 'dask scheduler', or leave the option out",
        ) from cause  # fmt: skip
    with client:
        waiting = iter(tasks)
        running: dict[object, Task] = {}
        room = 4 * max(1, sum(client.nthreads().values()) or workers)
        ended = dask.as_completed([], with_results=False)
        while True:
            while len(running) < room and (task := next(waiting, None)) is not None:
                future = client.submit(work, task, pure=False, retries=2)
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


def usual_workers() -> int:
    """Return how many processes this machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
