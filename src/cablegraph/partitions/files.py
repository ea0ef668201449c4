"""Write the files of a part in one step, compressed, with their digests."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import IO

import zstandard

from cablegraph.errors import OutputError
from cablegraph.output import OWN
from cablegraph.partitions.listing import walk_in_order
from cablegraph.partitions.summary import MadeFile

_LEVEL = 3
#: Lines that are held before they are compressed; more of them wait in a file.
_HELD = 1024 * 1024
_PIECE = 512
_READ = 128 * 1024


@lru_cache(maxsize=1)
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True)


@contextmanager
def refusing(place: Path) -> Iterator[None]:
    """Say in one line why a file or folder of the output can't be written.

    Raises:
        OutputError: in place of another error of the system.
    """
    try:
        yield
    except OutputError:
        raise
    except OSError as cause:
        raise OutputError(
            f"it can't be written ({cause.strerror or cause})",
            where=f"{place}:1:1",
            remedy="make room or make it writable, then run the same command: it goes on from here",
        ) from cause


def write_part(output: Path, name: str, lines: Iterable[bytes]) -> MadeFile:
    """Write lines to a file below *output*, compressed where its name ends in ``.zst``.

    Shape: the file is whole or not there; the same lines give the same bytes, and a file that
        has them is not touched.
    """
    with trial_of(output, name, lines) as (trial, made):
        if not _is_there(output / name, made):
            put(trial, output / name)
    return made


def _is_there(place: Path, made: MadeFile) -> bool:
    """Tell whether a file is as it would be written: then it is left, with its time of change."""
    try:
        if place.stat().st_size != made.size:
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == made.sha256
    except OSError:
        return False


@contextmanager
def trial_of(output: Path, name: str, lines: Iterable[bytes]) -> Iterator[tuple[Path, MadeFile]]:
    """Write lines to a file beside the place of a part, which is gone afterwards if not put there.

    Raises:
        OutputError: if it can't be written.
    """
    place = output / name
    trial = place.with_name(f".{place.name}.{platform.node()}.{os.getpid()}")
    try:
        with refusing(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with trial.open("wb") as file:
                _write(lines, file, compressed=name.endswith(".zst"))
            with trial.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            made = MadeFile(name, trial.stat().st_size, digest)
        yield trial, made
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)


def put(trial: Path, place: Path) -> None:
    """Put a trial in its place in one step."""
    with refusing(place):
        with trial.open("rb") as file:
            os.fsync(file.fileno())
        trial.replace(place)


def _write(lines: Iterable[bytes], file: IO[bytes], *, compressed: bool) -> None:
    if not compressed:
        file.writelines(_join(lines))
    elif isinstance(lines, list):
        size = sum(map(len, lines)) + len(lines)
        _compress(_join(lines), size, file)
    else:
        _compress_unmeasured(lines, file)


def _join(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines with their line ends, some hundred at a time."""
    rows = iter(lines)
    while piece := list(islice(rows, _PIECE)):
        yield b"\n".join([*piece, b""])


def _compress(pieces: Iterable[bytes], size: int, file: IO[bytes]) -> None:
    """Compress pieces of a known size, which the file then tells its readers."""
    packer = _compressor().compressobj(size=size)
    file.writelines(map(packer.compress, pieces))
    file.write(packer.flush())


def _compress_unmeasured(lines: Iterable[bytes], file: IO[bytes]) -> None:
    with tempfile.SpooledTemporaryFile(_HELD) as held:
        for piece in _join(lines):
            held.write(piece)
        size = held.tell()
        held.seek(0)
        _compress(iter(partial(held.read, _READ), b""), size, file)


def remove(output: Path, names: Iterable[str]) -> None:
    """Take files away that the output no longer has, and folders that are empty then.

    Raises:
        OutputError: if one of them can't be.
    """
    for name in names:
        place = output / name
        with refusing(place):
            place.unlink(missing_ok=True)
        for folder in place.parents[: name.count("/")]:
            with suppress(OSError):
                folder.rmdir()


def list_files(output: Path) -> Iterator[tuple[str, int]]:
    """Yield path from the output and size of each file that is a build's own, sorted by path.

    Shape: what a build that was killed left beside the place of its manifest is its own too.
    """
    left = sorted(place.name for own in OWN for place in output.glob(f".{own}.*"))
    for name in [*left, *sorted(OWN)]:
        if (output / name).is_file():
            yield name, (output / name).stat().st_size
        for inside in walk_in_order(str(output / name)):
            path = f"{name}/{inside}"
            yield path, os.lstat(f"{output}/{path}").st_size


def copy_all(folder: Path, names: Iterable[str], to: Path) -> None:
    """Copy files that exist from one folder to another."""
    for name in names:
        if (folder / name).exists():
            shutil.copyfile(folder / name, to / name)
