"""Where buckets are made: in this process, in several, or on the workers of a Dask cluster.

The files are the same from each. A worker that dies takes nothing with it: its bucket is made
again, and a file that ends its worker twice is left out and named.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from cablegraph.partitions.alone import Alone
from cablegraph.partitions.crew import Crew, Made, Work
from cablegraph.partitions.summary import Summary
from cablegraph.partitions.task import Task

Engine = Literal["serial", "processes", "dask"]


def make_bucket(task: Task) -> Summary:
    """Make a bucket, as ``work`` does, which takes a second to import."""
    from cablegraph.partitions import work

    return work.make_bucket(task)


@contextmanager
def hire(
    engine: Engine,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    work: Work = make_bucket,
    trace: Path | None = None,
) -> Iterator[Crew]:
    """Have workers as long as the block lasts; they begin when they are needed or told to.

    Shape: where no number of *workers* is said, they are as many as there are processors; a
        build in this process alone notes in *trace* which file it has in hand.
    Raises:
        ConfigError: if Dask is asked for and not installed.
    """
    crew = _choose(engine, workers or count_processors(), scheduler, work, trace)
    try:
        yield crew
    finally:
        crew.close()


def _choose(
    engine: Engine, workers: int, scheduler: str | None, work: Work, trace: Path | None
) -> Crew:
    if engine == "dask":
        from cablegraph.partitions.cluster import Cluster

        return Cluster(workers, scheduler, work)
    if engine == "processes" and workers > 1:
        from cablegraph.partitions.pool import Processes

        return Processes(workers, work)
    return Alone(work, trace)


def count_processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    tasks: Iterable[Task],
    engine: Engine,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    work: Work = make_bucket,
) -> Iterator[Made]:
    """Yield each task with what was made of it, in the order in which they end.

    Raises:
        ConfigError: if Dask is asked for and not installed, or its scheduler can't be reached.
        OutputError: if a worker can't write.
    """
    with hire(engine, workers=workers, scheduler=scheduler, work=work) as crew:
        yield from crew.run(tasks)
