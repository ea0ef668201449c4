"""Files of a site made beside it, and put in their places one by one when all are made.

A file whose bytes are the same as those in its place is not made again, so that it keeps its time
and its place on the disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

import msgspec

from cablegraph.errors import OutputError

#: What a site owns in its folder, in the order in which it is put in place: data and pages, what
#: they load, then the lists that lead to them. Anything else there is left alone.
OWN = (
    "data", "page", "assets", "search", "ontology", "telegrams", "people", "places", "archives",
    "proposals", "network", "timeline", "index.html",
)  # fmt: skip


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """By what a file is known not to have been touched."""

    size: int
    time: int  # nanoseconds
    number: int  # that the file system gave it


#: The stamp of a link or a device: nothing of ours, and in the way of what is.
ODD = Stamp(-1, 0, 0)


class Staging:
    """Takes the files of a site; those that differ from what lies in the folder are kept apart."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder, self.target = folder, target
        self._made: set[Path] = set()
        self._stamps: dict[str, Stamp] = {}

    def write(self, file: str, chunks: Iterable[str | bytes]) -> None:
        """Take a file by its path from the folder of the site.

        Raises:
            OutputError: if it can't be written.
        """
        parts = (one.encode() if isinstance(one, str) else one for one in chunks)
        data = b"".join(parts)
        try:
            self._stamps[file] = self._find_same(file, data) or self._keep(file, data)
        except OSError as cause:
            raise cant_write(self.target / file, cause) from cause

    def take_stamps(self) -> dict[str, Stamp]:
        """Return the stamps of the files taken since the last time."""
        taken, self._stamps = self._stamps, {}
        return taken

    def _find_same(self, file: str, data: bytes) -> Stamp | None:
        path = self.target / file
        with suppress(OSError):
            stamp = to_stamp(path.lstat())
            if stamp.size == len(data) and path.read_bytes() == data:
                return stamp
        return None

    def _keep(self, file: str, data: bytes) -> Stamp:
        path = self.folder / file
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        with path.open("wb") as out:
            out.write(data)
            out.flush()
            return to_stamp(os.fstat(out.fileno()))


def to_stamp(found: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    if not S_ISREG(found.st_mode):
        return ODD
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def cant_write(path: Path, cause: OSError) -> OutputError:
    """Return what is said of a file or folder that the system refuses to write."""
    return OutputError(
        f"it can't be written ({cause.strerror or cause})",
        where=f"{path}:1:1",
        remedy="free the path or choose another folder with --to",
    )


def find_files(folder: Path) -> dict[str, Stamp]:
    """Return every file that a site owns in its folder, by its path from there."""
    found: dict[str, Stamp] = {}
    waiting: list[str] = []
    for name in OWN:
        with suppress(FileNotFoundError):
            stat = (folder / name).lstat()
            if S_ISDIR(stat.st_mode):
                waiting.append(name)
            else:
                found[name] = to_stamp(stat)
    while waiting:
        name = waiting.pop()
        with os.scandir(f"{folder}/{name}") as entries:
            for entry in entries:
                inner = f"{name}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(inner)
                else:
                    found[inner] = to_stamp(entry.stat(follow_symlinks=False))
    return found


def publish(staged: Path, folder: Path) -> None:
    """Put every staged file in its place, each at once, what leads to others last.

    Raises:
        OutputError: if the folder can't be written.
    """
    for name in OWN:
        if (staged / name).exists():
            try:
                _move(staged / name, folder / name)
            except OSError as cause:
                raise cant_write(folder / name, cause) from cause


def _move(source: Path, target: Path) -> None:
    if not source.is_dir():
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        source.replace(target)
    elif target.is_dir() and not target.is_symlink():
        for inner in sorted(source.iterdir()):
            _move(inner, target / inner.name)
    else:
        target.unlink(missing_ok=True)  # something else where a folder is needed
        source.rename(target)


def remove(folder: Path, files: Collection[str]) -> None:
    """Take files away, and the folders that are empty then.

    Raises:
        OutputError: if the folder can't be written.
    """
    try:
        for file in sorted(files):
            # Where a folder lies now, or lay, something has been put in the place of a stranger.
            with suppress(IsADirectoryError, NotADirectoryError):
                (folder / file).unlink(missing_ok=True)
            for above in _above(file):
                try:
                    (folder / above).rmdir()
                except OSError:  # something is left in it
                    break
    except OSError as cause:
        raise cant_write(folder, cause) from cause


def _above(file: str) -> Iterator[str]:
    while file := file.rpartition("/")[0]:
        yield file
