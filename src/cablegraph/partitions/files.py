"""Write the files of a part in one step, compressed, with their digests."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

import zstandard

from cablegraph.errors import OutputError
from cablegraph.output import OWN
from cablegraph.partitions.summary import MadeFile

_LEVEL = 3
#: Lines that are held before they are compressed; more of them wait in a file.
_HELD = 8 * 1024 * 1024


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

    Shape: the file is whole or not there; the same lines give the same bytes.
    """
    with trial_of(output, name, lines) as (trial, made):
        put(trial, output / name)
    return made


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
                (_compress if name.endswith(".zst") else _copy)(lines, file)
                file.flush()
                os.fsync(file.fileno())
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
        trial.replace(place)


def _copy(lines: Iterable[bytes], file: IO[bytes]) -> None:
    for line in lines:
        file.write(line + b"\n")


def _compress(lines: Iterable[bytes], file: IO[bytes]) -> None:
    with tempfile.SpooledTemporaryFile(_HELD) as held:
        for line in lines:
            held.write(line + b"\n")
        size = held.tell()
        held.seek(0)
        _compressor().copy_stream(held, file, size=size)


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


def list_files(output: Path) -> dict[str, int]:
    """Return the size of each file that is a build's own, by its path from the output.

    Shape: what a build that was killed left beside the place of its manifest is its own too.
    """
    found: dict[str, int] = {}
    for own in OWN:
        for left in output.glob(f".{own}.*"):
            found[left.name] = left.stat().st_size
        if (output / own).is_file():
            found[own] = (output / own).stat().st_size
        for here, _, names in os.walk(output / own):
            for name in names:
                path = f"{here}/{name}"
                found[os.path.relpath(path, output)] = os.lstat(path).st_size
    return found


def copy_all(folder: Path, names: Iterable[str], to: Path) -> None:
    """Copy files that exist from one folder to another."""
    for name in names:
        if (folder / name).exists():
            shutil.copyfile(folder / name, to / name)
