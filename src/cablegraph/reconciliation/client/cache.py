"""Answers kept on disk, each with its day, so that a run can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph.errors import OutputError
from cablegraph.reconciliation.client.service import Asked


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and the day it was given, as in 1951-07-03."""

    result: list[Any]
    date: str


@dataclass(frozen=True, slots=True)
class Cache:
    """One file an answer, named by a digest of service and query."""

    folder: Path

    def find(self, service: str, query: Asked) -> Kept | None:
        """Return the answer that is kept; None if there is none or it is damaged."""
        try:
            told = json.loads(self._path(service, query).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(told, dict) or [told.get("service"), told.get("query")] != [
            service,
            query,
        ]:
            return None
        result, date = told.get("result"), told.get("date")
        if not isinstance(result, list) or not isinstance(date, str):
            return None
        return Kept(result, date)

    def keep(self, service: str, query: Asked, kept: Kept) -> None:
        """Write an answer, whole or not at all.

        Raises:
            OutputError: if the folder can't be written.
        """
        path = self._path(service, query)
        told = {"service": service, "query": query, "date": kept.date, "result": kept.result}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            part.write_text(json.dumps(told) + "\n", encoding="ascii")
            part.replace(path)
        except OSError as cause:
            raise OutputError(
                f"can't be written ({cause.strerror})",
                where=f"{path}:1:1",
                remedy="name another folder with --cache",
            ) from cause

    def _path(self, service: str, query: Asked) -> Path:
        asked = json.dumps([service, query], sort_keys=True)
        digest = hashlib.sha256(asked.encode("ascii")).hexdigest()
        return self.folder / digest[:2] / f"{digest}.json"
