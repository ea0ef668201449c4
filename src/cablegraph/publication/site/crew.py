"""Workers for the pages: here, or in processes of their own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from cablegraph.publication.site.made import DocumentMade, ThingMade
from cablegraph.publication.site.workers import Order, Task, Workshop

S = TypeVar("S")
T = TypeVar("T")
#: Values made between two searches for circles. Millions of them live shortly and make no circles
#: to speak of: looking as often as Python does by itself took a tenth of the time.
RARELY = 200_000
_ready: list[Workshop] = []  # that of this process


class Crew:
    """Runs the work of the parts."""

    def __init__(self, size: int, order: Order, workshop: Workshop) -> None:
        self._pool: ProcessPoolExecutor | None = None
        _ready[:] = [workshop]
        if size > 1:
            self._pool = ProcessPoolExecutor(size, get_context("spawn"), _make_ready, (order,))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        _ready.clear()

    def map(self, task: Callable[[S], T], given: Iterable[S]) -> Iterator[T]:
        """Yield what the task gives for each, in order."""
        if self._pool is None:
            return map(task, given)
        return self._pool.map(task, given)


def _make_ready(order: Order) -> None:
    gc.set_threshold(RARELY)
    _ready[:] = [Workshop(order)]


def write_documents(part: int) -> tuple[list[DocumentMade], dict[int, bytes]]:
    """Write the documents of a part."""
    return _ready[0].write_documents(part)


def write_things(task: Task) -> list[ThingMade]:
    """Write the things of a file of notes."""
    return list(_ready[0].write_things(task))
