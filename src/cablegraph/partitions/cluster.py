"""Make buckets on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from cablegraph.errors import ConfigError
from cablegraph.partitions.crew import Made, Work, leave_at_once, warm
from cablegraph.partitions.pool import make_alone
from cablegraph.partitions.task import Task

#: How a cluster that is started here watches its workers. Nobody looks at what Dask notes a hundred
#: times a second of where each of them is, and giving back memory after each document takes longer
#: than the documents leave free.
_QUIETLY = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.tick.interval": "500ms",
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1},
}


class Cluster:
    """The workers of a scheduler that is named, or of one that is started here.

    Raises:
        ConfigError: if Dask is not installed, or the scheduler can't be reached.
    """

    def __init__(self, workers: int, scheduler: str | None, work: Work) -> None:
        self._dask = _import_dask()
        self._workers, self._scheduler, self._work = workers, scheduler, work
        self._client: Any = None
        self._warm = warm if scheduler else _warm_own
        self._warmed: list[Any] = []  # a future that nobody holds is given up

    def start(self, config: str | None) -> None:
        """Let the workers read what every document is read with, before there is a task."""
        if self._client is None:
            self._client = _connect(self._dask, self._workers, self._scheduler)
            self._warmed = [
                self._client.submit(self._warm, config, pure=False, workers=[one])
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


def _warm_own(config: str | None) -> None:
    """Get a worker ready that was started here, and let it end at once when it does."""
    leave_at_once()
    warm(config)


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
        with import_module("dask").config.set(_QUIETLY):
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
