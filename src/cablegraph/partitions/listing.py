"""Walk a folder in the order of its paths, in memory that does not grow with what it holds."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from heapq import merge

#: Names of one folder that are sorted at once; more of them wait in a file.
_HELD = 10_000
_CHUNK = 1 << 16


def walk_in_order(
    top: str,
    is_entered: Callable[[str], bool] | None = None,
    barred: Callable[[str, OSError], None] | None = None,
) -> Iterator[str]:
    """Yield the path of each file below *top* from there, in order of these paths.

    Shape: a link to a folder is not followed, and a folder is left out that can't be read or is
        not entered; *is_entered* is asked with the path of each, *barred* is told which can't be
        read, before any path that comes after.
    """
    barred = barred or _ignore
    waiting = [("", _names_of(top, barred))]
    while waiting:
        here, names = waiting[-1]
        for name in names:
            if not name.endswith("/"):
                yield here + name
            elif is_entered is None or is_entered(f"{top}/{here}{name[:-1]}"):
                waiting.append((here + name, _names_of(f"{top}/{here}{name[:-1]}", barred)))
                break
        else:
            waiting.pop()


def _ignore(folder: str, cause: OSError) -> None:
    """Say nothing of a folder that can't be read."""


def _names_of(folder: str, barred: Callable[[str, OSError], None]) -> Iterator[str]:
    """Return the names in a folder in order, those of folders with a stroke after them."""
    runs: list[Iterator[str]] = []
    held: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _is_folder(entry):
                    held.append(entry.name)
                elif not entry.is_symlink():
                    held.append(f"{entry.name}/")
                if len(held) >= _HELD:
                    runs.append(_spill(sorted(held)))
                    held.clear()
    except OSError as cause:
        barred(folder, cause)
        return iter(())
    held.sort()
    return merge(*runs, held) if runs else iter(held)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether a name is that of a folder; a link that leads round to itself is a file."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _spill(names: Iterable[str]) -> Iterator[str]:
    """Let names wait in a file; each is read from it as it is wanted."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  it goes with the iterator
    for name in names:
        file.write(os.fsencode(name) + b"\0")
    file.seek(0)

    def read() -> Iterator[str]:
        rest = b""
        with file:
            while chunk := file.read(_CHUNK):
                *whole, rest = (rest + chunk).split(b"\0")
                yield from map(os.fsdecode, whole)

    return read()
