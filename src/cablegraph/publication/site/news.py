"""What has changed in the graph since a site was made, and which files must be read to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cablegraph.publication.site.state import State
from cablegraph.publication.site.survey import Reader, Said, Survey, find_base, join


@dataclass(slots=True)
class News:
    """The whole as it is now, and the lines of what may have changed, in parts."""

    known: Survey
    said: dict[str, Said]  # by the name of the file
    unread: dict[Path, Said]  # files that were not read
    reader: Reader
    part_size: int

    def pull(self, documents: set[str]) -> None:
        """Read those documents too that are in files that were not read."""
        wanted = {
            path: found
            for path, said in self.unread.items()
            if (found := documents.intersection(said.documents))
        }
        if wanted:
            self.reader.pull(wanted, part_size=self.part_size)
            self.known.parts = self.reader.parts


def read_news(
    files: Sequence[Path], sources: dict[str, bytes], state: State, work: Path, part_size: int
) -> News:
    """Read the files that are new to the state, and those with statements of no document.

    Shape: *sources* are the digests of the files by name. A document that lies in several files,
        of which one is new, has all of them read.
    """
    base = find_base(files)
    old, told = state.sources(), state.said()
    kept = {
        path.name: told[path.name]
        for path in files
        if old.get(path.name) == sources[path.name] and not told[path.name].has_shared
    }
    reader, said = _read(files, kept, base, work, part_size)
    changed = [*said.values(), *(one for name, one in told.items() if name not in kept)]
    touched = {document for one in changed for document in one.documents}
    if any(not touched.isdisjoint(one.documents) for one in kept.values()):
        kept = {}
        reader, said = _read(files, kept, base, work, part_size)
    reader.write_shared()
    unread = {path: kept[path.name] for path in files if path.name in kept}
    everything = {path.name: kept.get(path.name) or said[path.name] for path in files}
    known = join(base, everything.values(), reader.parts)
    return News(known, everything, unread, reader, part_size)


def _read(
    files: Sequence[Path], kept: dict[str, Said], base: str, work: Path, part_size: int
) -> tuple[Reader, dict[str, Said]]:
    reader = Reader(work, base)
    new = [path for path in files if path.name not in kept]
    found = reader.read(new, part_size=part_size)
    return reader, {path.name: one for path, one in zip(new, found, strict=True)}
