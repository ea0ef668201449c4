"""Write the files of a part in one step, compressed, with their digests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import zstandard

from cablegraph.partitions.summary import MadeFile

_LEVEL = 3


def write_part(output: Path, name: str, lines: Iterable[bytes]) -> MadeFile:
    """Write lines to a file below *output*, compressed where its name ends in ``.zst``.

    Shape: the file is whole or not there; the same lines give the same bytes.
    """
    data = b"".join(line + b"\n" for line in lines)
    if name.endswith(".zst"):
        data = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(data)
    return put_file(output, name, data)


def put_file(output: Path, name: str, data: bytes) -> MadeFile:
    """Put a file in its place in one step."""
    place = output / name
    place.parent.mkdir(parents=True, exist_ok=True)
    trial = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with trial.open("wb") as file:
            file.write(data)
        trial.replace(place)
    except BaseException:
        trial.unlink(missing_ok=True)
        raise
    return MadeFile(name, len(data), hashlib.sha256(data).hexdigest())
