"""The graph of a build in parts as one sorted file, made once and kept beside the output folder.

Things are looked up by halving, which needs one file in order. Parts are sorted each for itself:
they are put together a run at a time, so that memory does not grow with them.
"""

from __future__ import annotations

import fcntl
import glob
import hashlib
import heapq
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cablegraph.errors import DataError, OutputError
from cablegraph.serialise.canonical import find_graph_files, read_rows

#: Where what is made of an output folder is kept: in the folder that it lies in.
CACHE = ".cablegraph-cache"
_WHOLE, _LOCK, _HEX = "whole.nq", "in-use", "[0-9a-f]"
_MANIFEST = "MANIFEST.json"
#: Bytes of lines sorted together.
_RUN = 1 << 27
#: The locks that this process holds until it ends.
_in_use: dict[Path, int] = {}
#: Counted up when what is kept changes its form.
_FORM = 1


def find_whole_graph(output: Path) -> Path:
    """Return the file that holds the whole graph of an output folder, sorted.

    Raises:
        DataError: if there is no graph, or a part can't be read.
        OutputError: if the file of a graph in parts can't be written.
    """
    files = find_graph_files(output)
    if not files:
        raise DataError(
            "there is no graph", where=f"{output}:1:1", remedy="name the output folder of a build"
        )
    if len(files) == 1 and files[0].suffix != ".zst":
        return files[0]
    place = find_cache(output)
    keep(place / _WHOLE, lambda path: _write(path, files))
    return place / _WHOLE


def find_cache(output: Path) -> Path:
    """Return the folder for what is made of an output folder, in use until this process ends.

    Shape: it is named by the manifest, so that another build has another folder; that of an older
        one goes, unless a process still uses it.
    Raises:
        OutputError: if it can't be written.
    """
    output = output.resolve()
    folder = output.parent / CACHE
    place = folder / f"{output.name}-{_digest(output)[:16]}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        if place not in _in_use:
            _in_use[place] = os.open(place / _LOCK, os.O_CREAT | os.O_RDWR)
            fcntl.flock(_in_use[place], fcntl.LOCK_SH)
        for other in folder.glob(f"{glob.escape(output.name)}-{_HEX * 16}"):
            if other != place:
                _clear(other)
    except OSError as cause:
        raise _unwritable(place, cause) from cause
    return place


def _clear(place: Path) -> None:
    """Delete a folder that no process uses."""
    with (place / _LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(place, ignore_errors=True)


def keep(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file or folder if it is not there; it is whole or not there.

    Raises:
        OutputError: if it can't be written.
    """
    if path.exists():
        return
    try:
        with tempfile.TemporaryDirectory(prefix=".made-", dir=path.parent) as name:
            made = Path(name) / path.name
            make(made)
            if not path.exists():
                made.rename(path)
    except OSError as cause:
        raise _unwritable(path, cause) from cause


def _digest(output: Path) -> str:
    manifest = output / _MANIFEST
    content = manifest.read_bytes() if manifest.is_file() else b""
    seen = [(path.name, (stat := path.stat()).st_size, stat.st_mtime_ns) for path in
            find_graph_files(output)]  # fmt: skip
    listed = repr((_FORM, [] if content else seen)).encode()
    return hashlib.sha256(content + listed).hexdigest()


def _write(path: Path, files: Sequence[Path]) -> None:
    runs: list[Path] = []
    for lines in _cut(row for file in files for row in read_rows(file)):
        lines.sort()  # of sorted stretches: little is left to do
        runs.append(path.with_name(f"run-{len(runs)}"))
        _put(runs[-1], lines)
        lines.clear()
    opened = [read_rows(run) for run in runs]
    _put(path, (line for line, _ in groupby(heapq.merge(*opened))))


def _cut(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines, size = [], 0
    for row in rows:
        lines.append(row)
        size += len(row)
        if size > _RUN:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _put(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb", buffering=1 << 20) as file:
        for line in lines:
            file.write(line)
            file.write(b"\n")
        file.flush()
        os.fsync(file.fileno())


def _unwritable(path: Path, cause: OSError) -> OutputError:
    problem = f"what is made of the graph can't be kept ({cause.strerror or cause})"
    remedy = "put the output into a folder that can be written, with room for its graph"
    return OutputError(problem, where=f"{path}:1:1", remedy=remedy)
