"""Put a text together from stretches of a file, and keep the way back to each of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cablegraph.sources.cleaning import clean_text
from cablegraph.sources.places import Chosen, Places, Stretch
from cablegraph.spans import SourceText

# Words with single spaces between them, which stay as they are.
_WORDS = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A finished text; ``at`` turns an offset of the assembly into one of ``source.clean``."""

    source: SourceText
    at: Callable[[int], int]


class Assembly:
    """Words gathered from one file, in any order, with their places.

    Units: the offsets given and returned by its methods count in the text assembled so far;
        ``start`` and ``end`` of a stretch count code points of the file as decoded.
    """

    __slots__ = ("_last", "_length", "_parts", "_stretches")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"  # the letter that stands last
        self._stretches: list[Stretch] = []

    def __len__(self) -> int:
        return self._length

    @property
    def ends_in_space(self) -> bool:
        """Whether nothing stands yet, or white space stands last."""
        return self._last.isspace()

    @property
    def ends_in_line(self) -> bool:
        """Whether nothing stands yet, or a line has just ended."""
        return self._last == "\n"

    def put(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Add words that the file has from *start* to *end*; return where they stand.

        Shape: words of the length of their stretch are taken letter by letter; of another
            length (an entity, a cell with doubled quotes) each letter stands for the whole.
        """
        first = self._length
        if text:
            exact = len(text) == end - start
            self._add(text, start, start + 1 if exact else end, int(exact))
        return first, self._length

    def put_flowing(self, text: str, start: int, end: int) -> None:
        """Add words that the file has from *start* to *end*, white space as on the page.

        Shape: white space between words is one space, and none follows other white space; a
            single space between words stays as it is.
        """
        exact = len(text) == end - start
        at = 0
        for piece in _WORDS.finditer(text):
            first, last = piece.span()
            if first > at and not self._last.isspace():
                self.join(" ")
            words = piece.group()
            if exact:
                self._parts.append(words)
                self._stretches.append((self._length, start + first, start + first + 1, 1))
                self._length += last - first
                self._last = words[-1]
            else:
                self.put(words, start, end)
            at = last
        if at < len(text) and not self._last.isspace():
            self.join(" ")

    def _add(self, text: str, start: int, end: int, step: int) -> None:
        self._parts.append(text)
        self._stretches.append((self._length, start, end, step))
        self._length += len(text)
        self._last = text[-1]

    def join(self, text: str) -> None:
        """Add white space that the file does not have; it belongs to the word before it."""
        if self._stretches:
            first, start, end, step = self._stretches[-1]
            back = (self._length - 1 - first) * step
            self._add(text, start + back, end + back, 0)

    def words(self, start: int, end: int) -> str:
        """Return what stands from *start* to *end* of the text as put together so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0][start:end] if self._parts else ""

    def line(self) -> None:
        """End the line, unless it has just been ended."""
        if self._last != "\n":
            self.join("\n")

    def finish(
        self, *, path: str, name: str, sha256: str, text: str, breaks: Sequence[int] = ()
    ) -> Assembled:
        """Clean what was gathered and return it as a text of the file whose text is *text*."""
        cleaned = clean_text("".join(self._parts))
        places = cleaned.origin
        same = isinstance(places, range)
        origin = Places(self._stretches, self._length)
        until = Places(self._stretches, self._length, ends=True)
        source = SourceText(
            path=path,
            name=name,
            sha256=sha256,
            text=text,
            clean=cleaned.text,
            origin=origin if same else Chosen(origin, places),
            until=until if same else Chosen(until, cleaned.until, 1),
            assembled=True,
            breaks=breaks,
        )
        if same:
            return Assembled(source, lambda offset: offset)
        return Assembled(source, lambda offset: bisect_left(places, offset))
