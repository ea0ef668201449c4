"""An end to a conversation that goes on too long, whatever the other side sends meanwhile."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any


class Watch:
    """Hangs up after so many seconds, even amid a greeting or headers that never end.

    A timeout of a socket begins anew with every byte, so a letter a second would hold us for ever.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._lines: list[socket.socket] = []

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        for line in self._lines:
            line.close()

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of each connection (the ``trace`` extension of httpcore)."""
        if event == "connection.connect_tcp.complete":
            line: socket.socket = info["return_value"].get_extra_info("socket")
            # A second handle of the same connection stays good when TLS takes the first one over.
            self._lines.append(line.dup())

    def _hang_up(self) -> None:
        for line in list(self._lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was first
