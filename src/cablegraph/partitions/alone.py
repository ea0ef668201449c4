"""Make buckets in this process, leaving word of what is in hand in case that ends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cablegraph.partitions.crew import Made, Work
from cablegraph.partitions.task import Task


class Alone:
    """This process; what it has in hand is noted in a file, which is found if it is ended by that.

    Shape: the bucket of a file that was in hand when the last build was ended is made by
        another process, which may end over it.
    """

    def __init__(self, work: Work, trace: Path | None) -> None:
        self._work, self._trace = work, trace
        self._suspect = _read(trace)

    def start(self, config: str | None) -> None:
        """Do nothing: there is nobody else."""

    def close(self) -> None:
        """Say that nothing is in hand."""
        if self._trace is not None:
            self._trace.unlink(missing_ok=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[Made]:
        """Yield each task with what was made of it, in turn."""
        for task in tasks:
            if self._suspect in {unit.shown for unit in task.bucket.units} - task.poison:
                from cablegraph.partitions.pool import make_alone

                yield make_alone(task, self._work)
                continue
            trace = str(self._trace) if self._trace else None
            yield task, self._work(replace(task, trace=trace))


def _read(trace: Path | None) -> str:
    """Return what was in hand when the last build was ended."""
    with suppress(OSError):
        return trace.read_text("utf-8") if trace else ""
    return ""
