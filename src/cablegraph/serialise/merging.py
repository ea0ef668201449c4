"""Merge sorted files of lines, however many, with few of them open and little of each in memory."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

#: Files that are open at once; systems allow a process 256 at the least.
MOST_OPEN = 64
#: Lines of each file that are held: some 150 kB.
_HELD = 1024
Read = Callable[[Path], Iterator[bytes]]


def merge_files(files: Sequence[Path], read: Read) -> Iterator[bytes]:
    """Yield the lines of files that are each sorted, in order, each line once.

    Shape: more files than may be open are merged in groups into files of their own, which are
        gone afterwards; *read* yields the lines of one, without their ends.
    """
    if len(files) <= MOST_OPEN:
        yield from _merge([read(path) for path in files])
        return
    with tempfile.TemporaryDirectory(prefix="cablegraph-") as folder:
        groups = range(0, len(files), MOST_OPEN)
        merged = [Path(folder) / f"{number:06d}.nq.zst" for number in range(len(groups))]
        for place, start in zip(merged, groups, strict=True):
            _write(place, _merge([read(path) for path in files[start : start + MOST_OPEN]]))
        yield from merge_files(merged, read)


def _merge(runs: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    """Merge stretch by stretch: all lines up to the least of the last lines that are held.

    Sorting a few sorted stretches at once is some times as fast as choosing line after line.
    """
    held = [(stretch, run) for run in runs if (stretch := list(islice(run, _HELD)))]
    before: bytes | None = None
    while held:
        limit = min(stretch[-1] for stretch, _ in held)
        found: list[bytes] = []
        left: list[tuple[list[bytes], Iterator[bytes]]] = []
        for stretch, run in held:
            place = bisect_right(stretch, limit)
            found += stretch[:place]
            rest = stretch[place:] or list(islice(run, _HELD))
            if rest:
                left.append((rest, run))
        held = left
        found.sort()
        for line in found:
            if line != before:
                yield line
                before = line


def _write(place: Path, lines: Iterable[bytes]) -> None:
    import zstandard

    with ExitStack() as stack:
        file = stack.enter_context(place.open("wb"))
        writer = zstandard.ZstdCompressor(level=1).stream_writer(file, closefd=False)
        packed = stack.enter_context(closing(writer))
        lines = iter(lines)
        while stretch := list(islice(lines, _HELD)):
            packed.write(b"\n".join(stretch) + b"\n")
