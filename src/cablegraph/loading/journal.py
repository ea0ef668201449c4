"""What a store was seen to hold, written down as soon as it is known, so that a load can go on.

One line of JSON an event, only ever added; a line that a crash cut short is passed over. No
password, token or statement is in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import msgspec

from cablegraph.errors import ConfigError, OutputError
from cablegraph.loading.canonical import FORMS
from cablegraph.loading.stores import Addresses
from cablegraph.locks import take_lock

_FOLDER = ".cablegraph"


@dataclass(frozen=True, slots=True)
class Seen:
    """A graph as it was verified: how many statements and their set hash."""

    statements: int
    hash: str


def find_journal(data: Path, addresses: Addresses) -> Path:
    """Return the path of the journal of a store: beside the output folder, not in it."""
    told = f"{addresses.query} {addresses.update} {addresses.graphs}"
    key = hashlib.sha256(told.encode()).hexdigest()[:12]
    folder = data if data.is_dir() else data.parent
    return folder.resolve().parent / _FOLDER / f"load-{key}.jsonl"


class Journal:
    """The graphs of one store that were verified, in a file that one process at a time may use.

    Raises:
        ConfigError: if another load has it open, or it is the journal of another store.
        OutputError: if it can't be written.
    """

    def __init__(self, path: Path, store: str, profile: str) -> None:
        self.path = path
        self.seen: dict[str, Seen] = {}
        self._head = {"store": store, "profile": profile, "forms": FORMS}
        self._file: TextIO | None = None

    def __enter__(self) -> Journal:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+", encoding="utf-8", errors="replace")
        except OSError as cause:
            raise self._unwritable(cause) from cause
        try:
            self._begin(self._file)
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def _begin(self, file: TextIO) -> None:
        _lock(file, self.path)
        file.seek(0)
        text = file.read()
        if not self._read(text.split("\n")):
            self._flush(("\n" if text else "") + _encode(self._head))
        elif not text.endswith("\n"):
            self._flush("\n")

    def note_verified(self, graphs: Mapping[str, Seen]) -> None:
        """Write down that graphs are in the store, whole."""
        self.seen.update(graphs)
        self._write([_line(name, seen) for name, seen in graphs.items()])

    def note_gone(self, names: Iterable[str]) -> None:
        """Write down that graphs are not in the store, or may be there in part."""
        self._write([{"gone": name} for name in names if self.seen.pop(name, None)])

    def _read(self, lines: list[str]) -> bool:
        """Take in the events; tell whether they were written with the forms of today."""
        current = False
        for event in filter(None, map(_decode, lines)):
            if "store" in event:
                if event["store"] != self._head["store"]:
                    raise ConfigError(
                        "this is the journal of another store than --to names",
                        where=f"{self.path}:1:1",
                        remedy="name another with --journal",
                    )
                current = event == self._head
                self.seen.clear()
            elif "gone" in event:
                self.seen.pop(event["gone"], None)
            else:
                self.seen[event["graph"]] = Seen(event["statements"], event["hash"])
        if not current:
            self.seen.clear()
        return current

    def _write(self, events: Sequence[Mapping[str, object]]) -> None:
        if events:
            self._flush("".join(map(_encode, events)))

    def _flush(self, text: str) -> None:
        if self._file is None:
            raise RuntimeError("the journal is not open")
        try:
            self._file.write(text)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as cause:
            raise self._unwritable(cause) from cause

    def _unwritable(self, cause: OSError) -> OutputError:
        return OutputError(
            f"the journal can't be written ({cause.strerror or cause})",
            where=f"{self.path}:1:1",
            remedy="name another with --journal",
        )


def _line(name: str, seen: Seen) -> dict[str, object]:
    return {"graph": name, "statements": seen.statements, "hash": seen.hash}


def _decode(text: str) -> dict[str, Any] | None:
    try:
        event = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    known = isinstance(event, dict) and ("graph" in event or "gone" in event or "store" in event)
    return event if known else None


def _encode(event: Mapping[str, object]) -> str:
    return msgspec.json.encode(event).decode("utf-8") + "\n"


def _lock(file: TextIO, path: Path) -> None:
    if not take_lock(file):
        raise ConfigError(
            "another load has this journal open",
            where=f"{path}:1:1",
            remedy="wait for its end, or name another with --journal",
        )
