"""Join transcripts that lie in a folder to the rows of a table that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.errors import CablegraphError, TableError, shown
from cablegraph.records.languages import guess_language
from cablegraph.records.model import Layer
from cablegraph.sources.text import read_source

_ENDING = ".txt"


@dataclass(slots=True)
class Texts:
    """The folder of transcripts that a mapping names, and which of them rows have named."""

    folder: Path
    table: Path
    _used: set[Path] = field(default_factory=set)

    def join(self, name: str, key: str, language: str | None, where: str) -> Layer:
        """Return the transcript of that name as a layer.

        Shape: a name may lack the ending ``.txt`` and may lead into a folder within.
        Raises:
            CablegraphError: if there is none, or it can't be read; *where* is the cell's place.
        """
        path = self._find(name)
        if path is None:
            problem = f"no transcript {shown(name)} in {self.folder.name}"
            raise TableError(problem, where=where, remedy=f"put it into {self.folder}")
        if path in self._used:
            problem = f"the transcript {shown(name)} belongs to another row already"
            raise TableError(problem, where=where, remedy="name each transcript in one row")
        self._used.add(path)
        source = read_source(path)
        words = source.clean
        start = len(words) - len(words.lstrip())
        end = len(words.rstrip())
        language = language or guess_language(words[start:end])
        return Layer(key, "normalised-transcript", language, source, start, end)

    def _find(self, name: str) -> Path | None:
        """Return the file of that name inside the folder; nothing outside it is ever opened."""
        folder = self.folder.resolve()
        for written in (name, name + _ENDING):
            try:
                path = (folder / written).resolve()
                if path.is_relative_to(folder) and path.is_file():
                    return path
            except (OSError, ValueError):  # a name that no file can have
                continue
        return None

    def unnamed(self) -> Iterator[CablegraphError]:
        """Yield an error for each transcript that no row has named."""
        folder = self.folder.resolve()
        if not folder.is_dir():
            remedy = f"make the folder, or mend texts in {self.table.stem}.toml"
            yield TableError("no such folder", where=f"{self.folder}:1:1", remedy=remedy)
            return
        for path in sorted(folder.rglob(f"*{_ENDING}")):
            if path not in self._used and path.name.lower() != "readme.txt":
                shown_path = self.folder / path.relative_to(folder)
                problem = f"no row of {self.table.name} names this transcript"
                remedy = "name it in a row, or move it to a folder of its own"
                yield TableError(problem, where=f"{shown_path}:1:1", remedy=remedy)
