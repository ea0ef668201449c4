"""Files for the bulk loader of a store, and the commands that load them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.loading.stores import Profile
from cablegraph.serialise.files import write_file

#: Lines of one file: bulk loaders work on several files at once.
LINES = 1_000_000


def write_bulk(lines: Iterable[bytes], profile: Profile, folder: Path, *, url: str) -> list[str]:
    """Write the dataset and what else the store's loader needs; return the commands to give.

    Shape: ``cablegraph-001.nq`` and so on, sorted lines; files of an earlier run go away.
    Raises:
        OutputError: if the folder can't be written.
    """
    for old in sorted(folder.glob("cablegraph-[0-9]*.nq")):
        old.unlink()
    written = list(_write_parts(lines, folder))
    place = folder.resolve()
    said = {
        "folder": shlex.quote(str(place)),
        "files": " ".join(shlex.quote(str(place / path.name)) for path in written),
        "url": url.rstrip("/"),
    }
    for name, text in profile.files.items():
        filled = text.lstrip("\n").format(**{**said, "folder": place})
        write_file(folder / name, [filled])
    return [command.format(**said) for command in profile.commands]


def _write_parts(lines: Iterable[bytes], folder: Path) -> Iterator[Path]:
    rest = iter(lines)
    for number, first in enumerate(rest, start=1):
        path = folder / f"cablegraph-{number:03}.nq"
        part = islice(chain([first], rest), LINES)
        write_file(path, (line + b"\n" for line in part))
        yield path


def check_folder(folder: Path, data: Path) -> Path:
    """Return the folder if it does not lie in the output, whose files a build owns.

    Raises:
        OutputError: if it does, or is a file.
    """
    inside = data.is_dir() and folder.resolve().is_relative_to(data.resolve())
    if inside or folder.is_file():
        problem = "lies in the output of a build" if inside else "is a file"
        raise OutputError(problem, where=f"{folder}:1:1", remedy="name another folder with --bulk")
    return folder
