"""The whole site from the files of ``output/``: a survey, the documents, the things, the overviews.

The order of the work does not show in the files: with one worker or with several they are the same.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from cablegraph.errors import DataError, OutputError
from cablegraph.publication.site.entries import Entry
from cablegraph.publication.site.facts import Facts
from cablegraph.publication.site.overviews import Overviews
from cablegraph.publication.site.render import About
from cablegraph.publication.site.spill import Spill
from cablegraph.publication.site.survey import PART_SIZE, Survey, survey
from cablegraph.publication.site.told import Teller
from cablegraph.publication.site.workers import Workshop
from cablegraph.serialise.canonical import find_graph_files

T = TypeVar("T")
#: What a site owns in its folder; anything else there is left alone.
OWN = (
    "page", "data", "assets", "search", "telegrams", "people", "places", "archives", "proposals",
    "network", "timeline", "ontology", "index.html",
)  # fmt: skip
#: Values made between two searches for circles. Millions of them live shortly and make no circles
#: to speak of: looking as often as Python does by itself took a tenth of the time.
_RARELY = 200_000
_ready: list[Workshop] = []  # that of this process


@dataclass(frozen=True, slots=True)
class Made:
    """How many pages were written."""

    documents: int
    things: int


def build_site(
    output: Path,
    folder: Path,
    *,
    base_url: str = "",
    workers: int = 0,
    part_size: int = PART_SIZE,
) -> Made:
    """Write the site of an output folder; an older one is replaced when the new one is whole.

    Units: *workers* of 0 means one a core; *part_size* is in bytes.
    Raises:
        DataError: if there is no graph, or a thing has a name that no file can have.
        OutputError: if the folder can't be written.
    """
    graph = find_graph(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".cablegraph-", dir=folder))
    except OSError as cause:
        raise OutputError(
            f"the folder can't be written ({cause.strerror or cause})",
            where=f"{folder}:1:1",
            remedy="choose another folder with --to",
        ) from cause
    often = gc.get_threshold()
    gc.set_threshold(_RARELY)
    try:
        made = _build(graph, work, base_url, workers or os.cpu_count() or 1, part_size)
        _publish(work / "site", folder)
    finally:
        gc.set_threshold(*often)
        shutil.rmtree(work, ignore_errors=True)
    return made


def _build(graph: Sequence[Path], work: Path, base_url: str, workers: int, part_size: int) -> Made:
    known = survey(graph, work, part_size=part_size)
    site = work / "site"
    about = _about(work, known, base_url)
    make = (work, site, known, about)
    workshop = Workshop(*make)
    workshop.pages.copy_assets()
    spill = Spill(work, known.parts)
    entries: list[Entry] = []
    with _Crew(min(workers, known.parts), make, workshop) as crew:
        for found, notes in crew.map(_write_documents, range(known.parts)):
            entries.extend(found)
            spill.keep(notes)
        list(crew.map(_write_things, range(known.parts)))
    overviews = Overviews(workshop.pages, known, workshop.shared, entries)
    overviews.write(Teller(workshop.shared, known, workshop.addresses, "../"))
    return Made(len(entries), len(known.labels) - len(entries))


class _Crew:
    """Runs the work of the parts: here, or in processes of their own."""

    def __init__(
        self, size: int, make: tuple[Path, Path, Survey, About], workshop: Workshop
    ) -> None:
        self._pool: ProcessPoolExecutor | None = None
        _ready[:] = [workshop]
        if size > 1:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(size, context, _make_ready, make)

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        _ready.clear()

    def map(self, task: Callable[[int], T], numbers: range) -> Iterator[T]:
        """Yield what the task gives for each number, in order."""
        if self._pool is None:
            return map(task, numbers)
        return self._pool.map(task, numbers)


def _make_ready(work: Path, site: Path, known: Survey, about: About) -> None:
    gc.set_threshold(_RARELY)
    _ready[:] = [Workshop(work, site, known, about)]


def _write_documents(part: int) -> tuple[list[Entry], dict[int, bytes]]:
    workshop = _ready[0]
    return workshop.write_documents(Spill(workshop.work, workshop.known.parts), part)


def _write_things(number: int) -> None:
    workshop = _ready[0]
    workshop.write_things(Spill(workshop.work, workshop.known.parts), number)


def _about(work: Path, known: Survey, base_url: str) -> About:
    with (work / "shared.nq").open(encoding="utf-8", newline="\n") as file:
        facts = Facts(line for line in file if line.startswith(f"<{known.base}dataset> "))
    node = f"<{known.base}dataset>"

    def word(name: str) -> str:
        return facts.word(node, name) or ""

    return About(
        title=word("dcterms:title") or "Cablegraph",
        description=word("dcterms:description"),
        publisher=word("dcterms:publisher"),
        licence=word("dcterms:license"),
        rights=word("dcterms:rights"),
        issued=word("dcterms:issued"),
        base_url=base_url.rstrip("/") + "/" if base_url else "",
    )


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


def _publish(site: Path, folder: Path) -> None:
    old = site.parent / "old"
    old.mkdir()
    for name in OWN:
        if (folder / name).exists():
            (folder / name).rename(old / name)
        if (site / name).exists():
            (site / name).rename(folder / name)
