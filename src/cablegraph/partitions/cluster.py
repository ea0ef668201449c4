"""Make buckets on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from cablegraph.errors import ConfigError
from cablegraph.partitions.crew import Made, Work, warm
from cablegraph.partitions.pool import make_alone
from cablegraph.partitions.task import Task


class Cluster:
    """The workers of a scheduler that is named, or of one that is started here.

    Raises:
        ConfigError: if Dask is not installed, or the scheduler can't be reached.
    """

    def __init__(self, workers: int, scheduler: str | None, work: Work) -> None:
        self._dask = _import_dask()
        self._workers, self._scheduler, self._work = workers, scheduler, work
        self._client: Any = None
        self._warmed: list[Any] = []  # a future that nobody holds is given up

    def start(self, config: str | None) -> None:
        """Let the workers read what every document is read with, before there is a task."""
        if self._client is None:
            self._client = _connect(self._dask, self._workers, self._scheduler)
            self._warmed = [
                self._client.submit(warm, config, pure=False, workers=[one])
                for one in sorted(self._client.nthreads())
            ]

    def close(self) -> None:
        """Leave the cluster, and end it if it was started here."""
        if self._client is not None:
            self._client.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Made]:
        """Yield each task with what was made of it, in the order in which they end."""
        waiting = iter(tasks)
        running: dict[object, Task] = {}
        ended: Any = None
        room = 0
        while True:
            while (ended is None or len(running) < room) and (task := next(waiting, None)):
                if ended is None:
                    ended, room = self._open()
                future = self._client.submit(self._work, task, pure=False)
                running[future.key] = task
                ended.add(future)
            if not running:
                return
            future = next(ended)
            task = running.pop(future.key)
            try:
                yield task, future.result()
            except self._dask.KilledWorker:
                yield make_alone(task, self._work)

    def _open(self) -> tuple[Any, int]:
        """Return what gives back the tasks that ended, and how many may be under way."""
        if self._client is None:
            self._client = _connect(self._dask, self._workers, self._scheduler)
        threads = sum(self._client.nthreads().values())
        return self._dask.as_completed([], with_results=False), 4 * max(1, threads or self._workers)


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
