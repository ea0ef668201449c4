"""Who makes buckets: what every engine does, and how its workers get ready."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Protocol

from cablegraph.errors import CablegraphError
from cablegraph.partitions.summary import Summary
from cablegraph.partitions.task import Task

Made = tuple[Task, Summary]
Work = Callable[[Task], Summary]


class Crew(Protocol):
    """Workers who make buckets."""

    def start(self, config: str | None) -> None:
        """Let the workers read what every document is read with, before there is a task."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Made]:
        """Yield each task with what was made of it, in the order in which they end."""

    def close(self) -> None:
        """Let the workers go."""


def warm(config: str | None) -> None:
    """Import what makes buckets, and read what every document is read with."""
    from cablegraph.workshop import open_workshop

    import_module("cablegraph.partitions.work")
    with suppress(CablegraphError):  # said by the process that needs it first
        open_workshop(Path(config) if config else None)


def leave_at_once() -> None:
    """Let this process end without taking apart what it read with, which takes most of a second."""
    atexit.register(_leave)


def _leave() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)
