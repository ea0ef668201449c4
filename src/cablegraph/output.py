"""Write a folder so that it is whole or unchanged: beside it first, then moved into place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from cablegraph.errors import OutputError

#: What a build owns in its output folder; anything else there is left alone.
OWN = ("records", "graph", "reports", "MANIFEST.json")


class Staging:
    """A folder beside *output* in which a build is made; it is gone afterwards in any case.

    Raises:
        OutputError: if the folder can't be made or written.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = Path()

    def __enter__(self) -> Staging:
        try:
            if self.output.exists() and not self.output.is_dir():
                raise NotADirectoryError(f"{self.output} is a file")
            self.output.mkdir(parents=True, exist_ok=True)
            made = tempfile.mkdtemp(prefix=".cablegraph-", dir=self.output)
        except OSError as cause:
            raise self._fault(cause) from cause
        self.folder = Path(made)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise self._fault(error) from error

    def publish(self) -> list[Path]:
        """Move what was made into place and return its files, sorted."""
        old = self.folder / "old"
        old.mkdir()
        for name in OWN:
            made, place = self.folder / name, self.output / name
            if place.exists():
                place.rename(old / name)
            if made.exists():
                made.rename(place)
        roots = [self.output / name for name in OWN]
        return sorted(
            path
            for root in roots
            for path in ([root] if root.is_file() else root.rglob("*"))
            if path.is_file()
        )

    def _fault(self, cause: OSError) -> OutputError:
        reason = cause.strerror or str(cause)
        return OutputError(
            f"the folder can't be written ({reason})",
            where=f"{self.output}:1:1",
            remedy="choose another folder with --output, or make this one writable",
        )
