"""Find places in a text, or take them from a longer text of which it is a part.

The rules ask for a whole version of a message, then for its body, its lines and its sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence

_SHORTEST = 200  # characters of a text of which others are believed to be parts
_KEPT = 4  # such texts: the versions of one message
# What a word may hold beside letters and digits, so that the end of a part may cut it there.
_WITHIN = frozenset("_'’‘ʼ-‐‑.")
_BETWEEN = frozenset(",;:")  # marks that part words, as white space does


class Excerpts:
    """Places of words in texts; *find* gives where the words that matter begin, in order.

    Shape: *find* must tell by a word and those after it, and what it gives of a text that ends
        earlier may be more than of the text itself.
    """

    def __init__(self, find: Callable[[str], Sequence[int]]) -> None:
        self._find = find
        self._wholes: deque[str] = deque(maxlen=_KEPT)
        self._places: dict[str, Sequence[int]] = {}

    def find(self, text: str) -> Sequence[int]:
        """Return where words that matter begin in *text*."""
        place = self.locate(text)
        if place is None:
            return self._find(text)
        whole, start = place
        found = self.within(whole, start, start + len(text))
        return [at - start for at in found] if start else found

    def locate(self, text: str) -> tuple[str, int] | None:
        """Return a whole text that is kept and where *text* stands in it, or None."""
        for whole in self._wholes:
            start = whole.find(text)
            if start >= 0 and is_apart(whole, start, start + len(text)):
                return whole, start
        return None

    def within(self, whole: str, start: int, end: int) -> Sequence[int]:
        """Return where words that matter begin in a stretch of a whole text that is kept."""
        places = self._of_whole(whole)
        first = bisect_left(places, start)
        return places[first : bisect_left(places, end, first)]

    def keep(self, text: str) -> None:
        """Take a whole text of whose parts will be asked."""
        if len(text) >= _SHORTEST and text not in self._wholes:
            if len(self._wholes) == _KEPT:
                self._places.pop(self._wholes.pop(), None)
            self._wholes.appendleft(text)

    def forget(self) -> None:
        """Find the places anew, since other words matter now."""
        self._places.clear()

    def _of_whole(self, whole: str) -> Sequence[int]:
        if whole not in self._places:
            self._places[whole] = self._find(whole)
        return self._places[whole]


def is_apart(whole: str, start: int, end: int) -> bool:
    """Tell whether neither end of a part may cut a word."""
    before, after = whole[start - 1 : start], whole[end : end + 1]
    if start and (before.isalnum() or before in _WITHIN) and not _parts(whole[start]):
        return False
    return not (after.isalnum() or after in _WITHIN) or _parts(whole[end - 1])


def _parts(letter: str) -> bool:
    return letter.isspace() or letter in _BETWEEN
