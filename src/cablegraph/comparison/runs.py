"""Records sorted on disk: any number of them, in the memory of one run."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import BinaryIO

#: Bytes of records that are sorted in memory; a run of 64 MB is read back by one buffer.
RUN = 1 << 26


class Runs:
    """Records of bytes, added in any order, read back sorted as often as wanted.

    Units: *size* are the bytes kept in memory; a record has no line break.
    """

    def __init__(self, size: int = RUN) -> None:
        self._size, self._used = size, 0
        self._fresh: list[bytes] = []
        self._files: list[BinaryIO] = []
        self._stack = ExitStack()

    def __enter__(self) -> Runs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def add(self, record: bytes) -> None:
        """Take a record."""
        self._fresh.append(record)
        self._used += len(record)
        if self._used >= self._size:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        self._fresh.sort()
        stored = [self._read(file) for file in self._files]
        yield from heapq.merge(*stored, self._fresh)

    def _spill(self) -> None:
        self._fresh.sort()
        made = tempfile.TemporaryFile(prefix="cablegraph-")  # noqa: SIM115 - the stack closes it
        file = self._stack.enter_context(made)
        file.writelines(record + b"\n" for record in self._fresh)
        self._files.append(file)
        self._fresh, self._used = [], 0

    @staticmethod
    def _read(file: BinaryIO) -> Iterator[bytes]:
        file.seek(0)
        return (line.rstrip(b"\n") for line in file)
