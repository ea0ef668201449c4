"""Take the names of a part of a text from those of the whole text.

The whole text tells all, unless a name, an initial or a bracket stands across an end of the part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from cablegraph.authorities.excerpts import is_apart
from cablegraph.authorities.match import Match
from cablegraph.authorities.spelling import has_address
from cablegraph.extraction.known import Known

Named = tuple[Match, Known]

# A letter alone that may change what the next word is: an initial, or one of a spaced-out name.
_LETTER = re.compile(r"(?<!\w)[^\W\d_](?=\.| [^\W\d_](?!\w))")
_REACH = 8  # characters before an end of a part in which it is looked for


class NamesOfWhole:
    """The names of a text, from which those of its parts are taken.

    Shape: *found* are the names in order; *spans* all places where names stand, those that name
        nobody for sure among them.
    """

    def __init__(
        self, text: str, found: tuple[Named, ...], spans: Iterable[tuple[int, int]]
    ) -> None:
        self._text = text
        self._found = found
        self._starts = [match.start for match, _ in found]
        self._addressed = has_address(text)
        self._bracketed = "[" in text or "]" in text
        self._crossed = bytearray(len(text) + 1)  # 1: no part may end here
        for start, end in spans:
            self._crossed[start + 1 : end] = b"\1" * (end - start - 1)

    def within(self, start: int, end: int) -> tuple[Named, ...] | None:
        """Return the names of the part from *start* to *end*, with their places in it.

        Shape: None where the whole text can't tell them.
        """
        if start == 0 and end == len(self._text):
            return self._found
        if not self._tells(start, end):
            return None
        first = bisect_left(self._starts, start)
        found = self._found[first : bisect_left(self._starts, end, first)]
        if start == 0:
            return found
        return tuple(
            (Match(match.start - start, match.end - start, match.written, match.forms), known)
            for match, known in found
        )

    def _tells(self, start: int, end: int) -> bool:
        if self._addressed or self._crossed[start] or self._crossed[end]:
            return False
        text = self._text
        if _LETTER.search(text, max(0, start - _REACH), start + 2):
            return False
        if _LETTER.search(text, max(0, end - _REACH), end + 2):
            return False
        stopped = text[end : end + 1] == "."  # a name that goes on behind it would be crossed
        if not is_apart(text, start, end + stopped):
            return False
        # A bracket may complete a name, or say that it is none, so it must not be cut off.
        beside = max(0, start - 1), end + 1
        return not self._bracketed or (text.find("[", *beside) < 0 and text.find("]", *beside) < 0)
