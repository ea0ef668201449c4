"""Repositories that publish documents: which one a link belongs to, and its record number.

A row of ``repositories.csv`` is a pattern of the host, one of the path with the record number
as its group, and whether the host is a public one or a staging copy of it. The pages of the first
repository print the record number too, without a link.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Repository:
    """A link that a known repository gave.

    Units: ``start`` and ``end`` are the place of ``record_id`` in the link as given.
    """

    code: str
    record_id: str
    start: int
    end: int
    staging: bool

    @property
    def key(self) -> str:
        """The stable key of the record."""
        return f"{self.code}-{self.record_id}"


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, bool]]:
    data = files(__package__).joinpath("repositories.csv").read_text("utf-8")
    return [
        (
            re.compile(
                rf"\s*<?(?:https?://)?(?:www\.)?{row['host']}(?::\d+)?{row['path']}"
                r"/?(?:[?#][^\s>]*)?>?\s*",
                re.ASCII | re.IGNORECASE,
            ),
            row["code"],
            row["staging"] == "yes",
        )
        for row in csv.DictReader(data.splitlines())
    ]


def key_of(record_id: str) -> str:
    """Return the stable key of a record whose number a page prints."""
    return f"{_patterns()[0][1]}-{record_id}"


def find_repository(url: str) -> Repository | None:
    """Return the repository and record number of a link, or None for any other link.

    >>> find_repository("https://digitalarchive.wilsoncenter.org/document/1234").key
    'wcda-1234'
    """
    for pattern, code, staging in _patterns():
        if found := pattern.fullmatch(url):
            return Repository(code, found[1], found.start(1), found.end(1), staging)
    return None
