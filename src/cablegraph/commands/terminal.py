"""What the terminal can show: colour, width, a bar for work that takes long."""

from __future__ import annotations

import os
import shutil
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Columns of a page that no terminal shows.
_PLAIN_WIDTH = 100
#: Seconds of work without a bar; a shorter run would only flicker.
_PATIENCE = 1.0


def has_colour() -> bool:
    """Whether stdout is a terminal that may be coloured (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def page_width() -> int:
    """Return the columns of the terminal, or of a page where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH


class Bar:
    """A progress bar on stderr, drawn on a terminal once the work has taken a second."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._since = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._shown[0].stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that *done* of *total* are made, *name* the last of them."""
        if not self._wanted or time.monotonic() - self._since < _PATIENCE:
            return
        if self._shown is None:
            self._shown = self._begin(total)
        progress, task = self._shown
        progress.update(task, completed=done, description=name)

    @staticmethod
    def _begin(total: int) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import Progress

        progress = Progress(console=Console(stderr=True), transient=True)
        progress.start()
        return progress, progress.add_task("", total=total)
