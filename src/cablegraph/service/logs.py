"""Logs as lines of JSON on stderr, one line an event, whatever a client puts into its request."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import IO


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        extra = getattr(record, "said", None)
        said |= extra if isinstance(extra, dict) else {"event": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, default=str)


def set_up_logs(stream: IO[str] | None = None, *, requests: bool = True) -> None:
    """Send every log of this process to a stream, stderr by default."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("cablegraph").setLevel(logging.INFO if requests else logging.WARNING)
