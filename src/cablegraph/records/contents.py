"""The list of a document's text versions: ``Original Scan``, ``Transcript - Russian``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from cablegraph.records.languages import UNKNOWN, find_tag

ItemKind = Literal["scan", "transcript", "translation"]

_BULLET = re.compile(r"^(?:[-–—•·*]|\d+[.)])\s+")
_NOTE = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")
_LONGEST_KNOWN = 60  # of a line that is likely to come again
_NOTE_ENDS = (")", "]")
_SEPARATORS = " -–—:,"
# A language that the table lacks is recognised by a dash or colon before it, if it is a name.
_NAME = re.compile(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}")


@dataclass(frozen=True, slots=True)
class Item:
    """A text version that the catalogue entry names; ``language`` is None where it does not."""

    kind: ItemKind
    language: str | None = None


@cache
def _kinds() -> dict[str, ItemKind]:
    data = files(__package__).joinpath("contents.csv").read_text("utf-8")
    kinds: dict[str, ItemKind] = {
        "scan": "scan",
        "transcript": "transcript",
        "translation": "translation",
    }
    return {row["words"]: kinds[row["kind"]] for row in csv.DictReader(data.splitlines())}


def parse_item(line: str) -> Item:
    """Read one line of the list.

    Raises:
        ValueError: if the line names no text version.

    >>> parse_item("Transcript - Russian") == parse_item("Russian transcript")
    True
    """
    item = _find_item(line)
    if item is None:
        raise ValueError(f"{line!r} names no text version")
    return item


def _find_item(line: str) -> Item | None:
    """Read a line of the list, if it is one; lists of one site have the same few lines."""
    return _known_item(line) if len(line) <= _LONGEST_KNOWN else _read_item(line)


@lru_cache(maxsize=1 << 10)
def _known_item(line: str) -> Item | None:
    return _read_item(line)


def _read_item(line: str) -> Item | None:
    words = " ".join(_BULLET.sub("", line.strip().strip("*").strip()).split())
    note = _NOTE.search(words) if words[-1:] in _NOTE_ENDS else None
    if note:
        language = note[1] if find_tag(note[1]) else ""
        words = f"{words[: note.start()]} {language}".strip()
    folded = words.casefold()
    for phrase, kind in _kinds().items():
        for rest in _beside(phrase, words, folded):
            name = rest.strip(_SEPARATORS)
            if not name:
                return Item(kind)
            if tag := find_tag(name):
                return Item(kind, tag)
            if rest.lstrip()[0] in "-–—:" and _NAME.fullmatch(name.title()):
                return Item(kind, UNKNOWN)
    return None


def _beside(phrase: str, words: str, folded: str) -> list[str]:
    """Return what stands after *phrase* at the start of *words*, or before it at their end."""
    found = []
    if folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
        found.append(words[len(phrase) :])
    if folded.endswith(phrase) and not folded[: -len(phrase)][-1:].isalnum():
        found.append(words[: -len(phrase)])
    return found


def is_item(line: str) -> bool:
    """Say whether a line names a text version."""
    return _find_item(line) is not None
