"""The site from the files of ``output/``: what has changed is made anew, the rest stays as it lies.

The order of the work does not show in the files: with one worker or with several, after one change
or many, they are those of a run into an empty folder.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cablegraph.errors import DataError, OutputError
from cablegraph.publication.site.crew import RARELY
from cablegraph.publication.site.fingerprint import describe_code, digest_file
from cablegraph.publication.site.staging import ODD, cant_write, find_files, to_stamp
from cablegraph.publication.site.state import DAMAGES, State, open_state
from cablegraph.publication.site.survey import PART_SIZE
from cablegraph.publication.site.update import Left, Made, Site, Update
from cablegraph.serialise.canonical import find_graph_files

#: Where files are made until they are put in place; in the folder itself, since only there is it
#: sure that they can be moved and not copied.
_WORK = ".cablegraph-work"


def build_site(
    output: Path,
    folder: Path,
    *,
    base_url: str = "",
    workers: int = 0,
    part_size: int = PART_SIZE,
) -> Made:
    """Bring the site of an output folder up to date.

    Shape: no file is touched whose bytes stay; a new one takes the place of the old at once, when
        all are made; what the site no longer has goes last.
    Units: *workers* of 0 means one a core; *part_size* is in bytes.
    Raises:
        DataError: if there is no graph, or a thing has a name that no file can have.
        OutputError: if the folder can't be written, or another run is writing it.
    """
    graph = find_graph(output)
    stamps = {path: to_stamp(path.stat()) for path in graph}
    sources = {path.name: digest_file(path) for path in graph}
    url = base_url.rstrip("/") + "/" if base_url else ""
    site = Site(stamps, sources, folder, folder / _WORK, url, workers or os.cpu_count() or 1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise cant_write(folder, cause) from cause
    with _telling(folder), open_state(folder) as state:
        shutil.rmtree(site.work, ignore_errors=True)  # what a killed run left
        try:
            return _bring_up_to_date(site, state, part_size)
        except DAMAGES:
            state.forget()
            return _bring_up_to_date(site, state, part_size)


def _bring_up_to_date(site: Site, state: State, part_size: int) -> Made:
    code = describe_code()
    if state.meta("code") != code:
        state.forget()
    found = find_files(site.folder)
    left = Left.of(state, found)
    if (
        left.is_whole
        and state.meta("url") == site.base_url.encode()
        and state.sources() == site.sources
    ):
        return Made(*state.counts())
    for file, stamp in found.items():
        if stamp == ODD:
            (site.folder / file).unlink(missing_ok=True)
    with _working(site):
        return Update(site, state, code, left, part_size).run()


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as cause:
        raise OutputError(
            f"what is remembered of the site can't be kept ({cause})",
            where=f"{folder}:1:1",
            remedy="make room, then run the same command: it goes on",
        ) from cause


@contextmanager
def _working(site: Site) -> Iterator[None]:
    often = gc.get_threshold()
    gc.set_threshold(RARELY)
    try:
        site.work.mkdir()
        yield
    finally:
        gc.set_threshold(*often)
        shutil.rmtree(site.work, ignore_errors=True)


def find_graph(output: Path) -> list[Path]:
    """Return the files of N-Quads of an output folder, or the one that is named.

    Raises:
        DataError: if there is none.
    """
    files = find_graph_files(output)
    if files and all(".nq" in path.suffixes for path in files):
        return files
    where = output / "graph" / "cablegraph.nq"
    raise DataError("there is no such file", where=f"{where}:1:1", remedy="run the build first")
