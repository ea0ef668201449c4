"""The list of a document's text versions: ``Original Scan``, ``Transcript - Russian``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from cablegraph.records.languages import UNKNOWN, find_tag

ItemKind = Literal["scan", "transcript", "translation"]

_BULLET = re.compile(r"^(?:[-–—•·*]|\d+[.)])\s+")
_NOTE = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")
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
    words = " ".join(_BULLET.sub("", line.strip().strip("*").strip()).split())
    note = _NOTE.search(words)
    if note:
        language = note[1] if find_tag(note[1]) else ""
        words = f"{words[: note.start()]} {language}".strip()
    for phrase, kind in _kinds().items():
        for rest in _beside(phrase, words):
            name = rest.strip(_SEPARATORS)
            if not name:
                return Item(kind)
            if tag := find_tag(name):
                return Item(kind, tag)
            if rest.lstrip()[0] in "-–—:" and _NAME.fullmatch(name.title()):
                return Item(kind, UNKNOWN)
    raise ValueError(f"{line!r} names no text version")


def _beside(phrase: str, words: str) -> list[str]:
    """Return what stands after *phrase* at the start of *words*, or before it at their end."""
    folded = words.casefold()
    found = []
    if folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
        found.append(words[len(phrase) :])
    if folded.endswith(phrase) and not folded[: -len(phrase)][-1:].isalnum():
        found.append(words[: -len(phrase)])
    return found


def is_item(line: str) -> bool:
    """Say whether a line names a text version."""
    try:
        parse_item(line)
    except ValueError:
        return False
    return True
