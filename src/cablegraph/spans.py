"""Spans, and the text of a source file with its map from cleaned to source offsets.

A file with markup is read into texts of its words alone, each *assembled* from the stretches of
the file that hold them; the map leads back into the markup all the same.

Offsets count Unicode code points from 0, end excluded; lines and columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text.

    >>> Span(3, 10).quote("TO BEIJING No 2950")
    'BEIJING'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span from {self.start} to {self.end} covers nothing")

    def quote(self, text: str) -> str:
        """Return the words the span covers; ValueError if it passes the end of *text*."""
        if self.end > len(text):
            raise ValueError(f"span ends at {self.end}, the text at {len(text)}")
        return text[self.start : self.end]


def find_breaks(text: str) -> list[int]:
    """Return the offset at which each line begins, the first one at 0."""
    if "\r" in text:
        return [0, *(m.end() for m in _LINE_END.finditer(text))]
    breaks, at = [0], text.find("\n")
    while at >= 0:
        breaks.append(at + 1)
        at = text.find("\n", at + 1)
    return breaks


@dataclass(frozen=True, slots=True)
class SourceText:
    """One source file as decoded, and as cleaned for reading.

    Units: ``origin[i]`` and ``until[i]`` are the start and the end, in ``text``, of what the
        cleaned code point ``i`` stands for; both have ``len(clean)`` items.
    """

    path: str
    name: str
    sha256: str
    text: str = field(repr=False)
    clean: str = field(repr=False, compare=False)  # what text gives, as are the two maps
    origin: Sequence[int] = field(repr=False, compare=False)
    until: Sequence[int] = field(repr=False, compare=False)
    assembled: bool = False  # whether ``clean`` leaves out markup, or joins what lies apart
    breaks: Sequence[int] = field(default=(), repr=False, compare=False)  # where lines begin

    def __post_init__(self) -> None:
        if not self.breaks:
            object.__setattr__(self, "breaks", find_breaks(self.text))

    def span(self, start: int, end: int) -> Span:
        """Return the span of ``text`` that the cleaned offsets *start* to *end* stand for."""
        return Span(*self.bounds(start, end))

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end of that span, for callers that need nothing else of it."""
        if not 0 <= start < end <= len(self.clean):
            raise ValueError(f"{start}-{end} is not within the {len(self.clean)} code points")
        return self.origin[start], self.until[end - 1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of an offset in ``text``."""
        line = bisect_right(self.breaks, offset)
        return line, offset - self.breaks[line - 1] + 1

    def where(self, offset: int) -> str:
        """Return ``path:line:column`` of an offset in ``text``, as errors print it."""
        line, column = self.place(offset)
        return f"{self.path}:{line}:{column}"
