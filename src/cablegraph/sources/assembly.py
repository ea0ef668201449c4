"""Put a text together from stretches of a file, and keep the way back to each of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cablegraph.sources.cleaning import clean_text
from cablegraph.spans import SourceText


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

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._origin, self._until = array("Q"), array("Q")

    def __len__(self) -> int:
        return len(self._origin)

    @property
    def ends_in_space(self) -> bool:
        """Whether nothing stands yet, or white space stands last."""
        return not self._parts or self._parts[-1][-1].isspace()

    @property
    def ends_in_line(self) -> bool:
        """Whether nothing stands yet, or a line has just ended."""
        return not self._parts or self._parts[-1][-1] == "\n"

    def put(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Add words that the file has from *start* to *end*; return where they stand.

        Shape: words of the length of their stretch are taken letter by letter; of another
            length (an entity, a cell with doubled quotes) each letter stands for the whole.
        """
        first = len(self._origin)
        if text:
            self._parts.append(text)
            if len(text) == end - start:
                self._origin.extend(range(start, end))
                self._until.extend(range(start + 1, end + 1))
            else:
                self._origin.extend([start] * len(text))
                self._until.extend([end] * len(text))
        return first, len(self._origin)

    def join(self, text: str) -> None:
        """Add white space that the file does not have; it belongs to the word before it."""
        if not self._parts:
            return
        self._parts.append(text)
        origin, until = self._origin[-1], self._until[-1]
        for _ in text:
            self._origin.append(origin)
            self._until.append(until)

    def words(self, start: int, end: int) -> str:
        """Return what stands from *start* to *end* of the text as put together so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0][start:end] if self._parts else ""

    def line(self) -> None:
        """End the line, unless it has just been ended."""
        if not self.ends_in_line:
            self.join("\n")

    def finish(
        self, *, path: str, name: str, sha256: str, text: str, breaks: Sequence[int] = ()
    ) -> Assembled:
        """Clean what was gathered and return it as a text of the file whose text is *text*."""
        cleaned = clean_text("".join(self._parts))
        places = cleaned.origin
        same = isinstance(places, range)
        source = SourceText(
            path=path,
            name=name,
            sha256=sha256,
            text=text,
            clean=cleaned.text,
            origin=self._origin if same else array("Q", [self._origin[i] for i in places]),
            until=self._until if same else array("Q", [self._until[i - 1] for i in cleaned.until]),
            assembled=True,
            breaks=breaks,
        )
        if same:
            return Assembled(source, lambda offset: offset)
        return Assembled(source, lambda offset: bisect_left(places, offset))
