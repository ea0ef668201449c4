"""Read the documents of one lane of a large file, which several workers share.

A worker keeps what it found out about the file, as the next bucket is likely to be another lane of
it. Where a reader lists the documents first, that is the tree of the file, and each document is
read by one worker only; else it is the documents themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cablegraph.errors import CablegraphError
from cablegraph.partitions.buckets import MOST_KEPT, Bucket, Unit
from cablegraph.records.listed import Unread, as_read
from cablegraph.records.model import Record
from cablegraph.records.readers import list_documents
from cablegraph.sources.files import read_file
from cablegraph.sources.remote import is_url

#: Documents that stand together in a lane: few, so that lanes take about as long as each other.
STRETCH = 8


class _Shelf:
    """What is known of the documents of one large file, until another file is asked for."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the file."""
        self._unit: Unit | None = None
        self._found: Sequence[Unread] = ()

    def documents(self, unit: Unit) -> Iterable[Unread]:
        """Return what reads each document of a file; of one that is too large, nothing is kept."""
        if unit == self._unit:
            return self._found
        self.clear()
        if unit.size > MOST_KEPT:
            return _list(unit)
        self._found, self._unit = list(_list(unit)), unit
        return self._found


_shelf = _Shelf()


def read_lane(bucket: Bucket) -> Iterator[Record | CablegraphError]:
    """Yield the documents of a lane: every so many stretches of its file, one."""
    (unit,) = bucket.units
    for number, read in enumerate(_shelf.documents(unit)):
        if number // STRETCH % bucket.lanes == bucket.lane:
            yield _read(read)


def forget_file() -> None:
    """Forget what is kept of a large file, when other files are made."""
    _shelf.clear()


def _read(read: Unread) -> Record | CablegraphError:
    try:
        return read()
    except CablegraphError as fault:
        return fault


def _list(unit: Unit) -> Iterator[Unread]:
    if is_url(unit.path):
        from cablegraph.partitions.remote import read_unit

        yield from (as_read(one) for one in read_unit(unit))
        return
    try:
        file = read_file(Path(unit.path))
    except CablegraphError as fault:
        yield as_read(fault)
        return
    yield from list_documents(file)
