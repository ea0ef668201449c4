"""Find the files of a folder whose encoding tells what is in them, and read what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cablegraph.evaluation.encoded.letters import find_letters, wording
from cablegraph.evaluation.encoded.model import Letter
from cablegraph.evaluation.encoded.tables import find_rows
from cablegraph.sources.files import SourceFile

_TABLES = (".csv", ".tsv")
# Files that can be a truth by their encoding.
_ENDINGS = (".xml", *_TABLES, ".xlsx")
_HEAD = re.compile(rb"<head[\s>].*?</head>", re.DOTALL)
# What takes the place of an element that names somebody: type without meaning.
_PLAIN = b"hi"


def read_letters(file: SourceFile) -> list[Letter]:
    """Return the letters of which the encoding of a file tells anything.

    Raises:
        SourceError: if its markup can't be read.
    """
    if file.path.suffix.lower() in _TABLES:
        return find_rows(file.data, file.path)
    if file.path.suffix.lower() == ".xml" or file.data.lstrip()[:1] == b"<":
        return find_letters(file.data, file.path)
    return []


def without_sides(file: SourceFile) -> SourceFile:
    """Return a file whose heads no longer mark who is named in them, and on which side.

    Shape: the elements become mere type, and spaces take the place of their attributes, so that
        every word stands where it stood.
    """
    return SourceFile(file.path, _HEAD.sub(_without_names, file.data))


def _without_names(head: re.Match[bytes]) -> bytes:
    return _agents().sub(_blank, head[0])


@cache
def _agents() -> re.Pattern[bytes]:
    names = "|".join(wording()["agents"]).encode()
    return re.compile(rb"(?P<open></?)(?:" + names + rb")(?:\s[^<>]*?)?(?P<close>/?>)")


def _blank(found: re.Match[bytes]) -> bytes:
    tag = found["open"] + _PLAIN
    inside = found[0][len(tag) : len(found[0]) - len(found["close"])]
    return tag + re.sub(rb"[^\r\n]", b" ", inside) + found["close"]


def find_encoded(places: Iterable[Path]) -> list[Path]:
    """Return the files and folders whose truth is their own encoding.

    Shape: a folder with JSON files is one of truths that somebody wrote, whatever lies beside.
    """
    return [place for place in places if _is_encoded(place)]


def _is_encoded(place: Path) -> bool:
    if not place.is_dir():
        return place.suffix.lower() in _ENDINGS
    if next(place.glob("*.json"), None) is not None:
        return False
    return any(one.suffix.lower() in _ENDINGS for one in place.rglob("*"))
