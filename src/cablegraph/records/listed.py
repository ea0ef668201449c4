"""Readers that list the documents of a file before they read any of them.

Several processes share the documents of a large file; each finds out which there are, and reads
its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, update_wrapper
from typing import TypeAlias

from cablegraph.errors import CablegraphError
from cablegraph.records.model import Record
from cablegraph.sources.files import SourceFile

#: Reads one document of a file, by itself; that it can't be read is what it gives then.
Unread: TypeAlias = Callable[[], Record | CablegraphError]


class Listed:
    """A reader made of a function that gives what reads each document of a file, in order."""

    def __init__(self, listing: Callable[[SourceFile], Iterator[Unread] | None]) -> None:
        self.listing = listing
        update_wrapper(self, listing)

    def __call__(self, file: SourceFile) -> Iterator[Record | CablegraphError] | None:
        """Return the documents of a file, or None where it is another kind of file."""
        found = self.listing(file)
        return None if found is None else (read() for read in found)


def as_read(document: Record | CablegraphError) -> Unread:
    """Return what gives a document that has been read."""
    return partial(_give, document)


def _give(document: Record | CablegraphError) -> Record | CablegraphError:
    return document
