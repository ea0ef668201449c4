"""What tells that a file was touched, and what it holds: its size and times, and its digest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cablegraph.sources.files import LARGEST
from cablegraph.sources.remote import is_url

#: Endings of files that no other file belongs to.
PLAIN = (".txt", ".xml")


def read_stamp(path: str) -> tuple[int, str, int]:
    """Return the size of a file, what tells that it was touched, and when it was at last."""
    size, stamp, latest = 0, "", 0
    for number, one in enumerate((path, *_companions(path))):
        try:
            status = os.stat(one)  # noqa: PTH116  a hundred thousand times
        except OSError:
            stamp += ";-"
            continue
        size = size if number else status.st_size
        latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
        stamp += f";{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns},{status.st_ino}"
    return size, stamp, latest


def read_digests(rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the digest of each file, of a path and a size, in order."""
    for url, group in groupby(rows, key=lambda row: is_url(row[0])):
        if not url:
            yield from (_digest(path) for path, _ in group)
            continue
        from cablegraph.partitions.remote import digests

        yield from digests(group)


def _digest(path: str) -> str:
    """Return the digest of a file, or of its digest and those of its companions."""
    found = [_read_one(one) for one in (path, *_companions(path))]
    return found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest()


def _read_one(path: str) -> str:
    """Return the digest of a file; a stroke if it is none that can be read."""
    try:
        status = os.stat(path)  # noqa: PTH116  a hundred thousand times
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return "-"  # a pipe would be waited for, a device read without end
        with open(path, "rb") as file:  # noqa: PTH123  a hundred thousand times
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "-"


def _companions(path: str) -> Sequence[str]:
    if path.lower().endswith(PLAIN):
        return ()
    from cablegraph.records.readers import find_companions

    return [str(one) for one in find_companions(Path(path))]
