"""What a worker tells of a page that it has made, to be remembered until the next run."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import zstandard

from cablegraph.publication.site.entries import Entry
from cablegraph.publication.site.staging import Stamp


class PageMade(msgspec.Struct, frozen=True, array_like=True):
    """A page with its files and the questions that it depends on."""

    path: str
    trace: bytes
    files: dict[str, Stamp]


class DocumentMade(msgspec.Struct, frozen=True, array_like=True):
    """The page of a document, with what others are made of."""

    page: PageMade
    digest: bytes  # of its lines
    entry: Entry
    leaves: dict[str, bytes]  # a digest of its notes for each other page


class ThingMade(msgspec.Struct, frozen=True, array_like=True):
    """The notes for a page; the page too, if it is that of a thing and was made."""

    path: str
    notes: bytes
    page: PageMade | None = None


def pack_notes(notes: Mapping[str, bytes]) -> bytes:
    """Return the notes that documents left for one page in a tenth of their size.

    >>> unpack_notes(pack_notes({"telegram/t": b"[]"}))
    {'telegram/t': b'[]'}
    """
    data = msgspec.msgpack.encode(notes)
    return zstandard.ZstdCompressor(level=1, write_checksum=True).compress(data)


def unpack_notes(packed: bytes) -> dict[str, bytes]:
    """Return notes that were packed.

    Raises:
        EOFError: if they are not what was packed.
    """
    try:
        data = zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError as cause:
        raise EOFError("notes are damaged") from cause
    return msgspec.msgpack.decode(data, type=dict[str, bytes])
