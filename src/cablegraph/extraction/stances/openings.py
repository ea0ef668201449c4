r"""Search for patterns only where a word stands with which they begin.

Most sentences have no word of most patterns. Each text is parted into words once; a pattern that
begins with a word is then tried at the places of its first words, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from cablegraph.extraction.stances.heads import find_heads as find_heads
from cablegraph.extraction.stances.words import fold_letters, whole_words
from cablegraph.extraction.stances.written import Written

Mark = tuple[int, tuple[int, ...]]  # a place in a word, and the openings that may begin there
_NOWHERE: Iterator[re.Match[str]] = iter(())
_WORD = re.compile(r"\w+")
_MOST_WORDS = 1 << 14  # for which it is kept which openings they may begin
_TEXTS = 8  # texts whose words are kept: those of one document


class Opening:
    """A pattern that begins with one of some words, at the beginning of a word.

    Shape: finds what the pattern finds. A head with a star stands for every word that begins so, or
        that ends so.

    >>> Opening(r"(?<!\\w)agree(?:s|d)?(?!\\w)", ["agree*"]).search("They agreed", 0, 11).span()
    (5, 11)
    """

    def __init__(self, pattern: str, heads: Iterable[str], flags: int = re.IGNORECASE) -> None:
        listed = {fold_letters(head) for head in heads}
        self._number = _TABLE.add(sorted(listed))
        self._pattern, self._flags = pattern, flags
        self._last: tuple[str, list[int]] = "", []  # the text asked of last, its places

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself; it is made when a text has a first word of it."""
        return re.compile(self._pattern, self._flags)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first place of the pattern in a stretch of *text*."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Return the places of the pattern in a stretch of *text*, none overlapping."""
        last, places = self._last
        if text is not last:
            places = self.places(text)
        index = bisect_left(places, start)
        if is_cut(text, end):
            return self.pattern.finditer(text, start, end)
        if index == len(places) or places[index] >= end:
            return _NOWHERE
        return _match_at(self.pattern, places, index, text, start, end)

    def begun_within(self, text: str, start: int, last: int) -> Iterator[re.Match[str]]:
        """Return the places of the pattern that begin in a stretch and may go on behind it."""
        places = self.places(text)
        index = bisect_left(places, start)
        stop = bisect_left(places, last, index)
        return _match_at(self.pattern, places[index:stop], 0, text, start, len(text))

    def may_stand(self, text: str, start: int, end: int) -> bool:
        """Tell whether a stretch has a word with which the pattern may begin."""
        last, places = self._last
        if text is not last:
            places = self.places(text)
        index = bisect_left(places, start)
        return (index < len(places) and places[index] < end) or is_cut(text, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the pattern where it is all of *text*."""
        return self.pattern.fullmatch(text)

    def places(self, text: str) -> list[int]:
        """Return where in a text the pattern may begin, in order."""
        last, places = self._last
        if text is not last:
            places = _index(text, _TABLE.size)[self._number]
            self._last = text, places
        return places


def is_cut(text: str, end: int) -> bool:
    """Tell whether a stretch may end within a word, and so with other words than the text has."""
    return (
        0 < end < len(text)
        and (text[end].isalnum() or text[end] == "_")
        and (text[end - 1].isalnum() or text[end - 1] == "_")
    )


class Marked:
    """A pattern that has one of some words in it, tried where one of them stands.

    Shape: *begins* is what stands wherever a match begins, where that is known.
    """

    def __init__(
        self, pattern: str, words: str, flags: int = re.IGNORECASE, begins: str = ""
    ) -> None:
        self._words = opening(words)
        self._begins = begins
        self._pattern, self._flags = pattern, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself; it is made when a text has a word of it."""
        return re.compile(self._pattern, self._flags)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Return the places of the pattern in a stretch of *text*, none overlapping."""
        if not self._words.may_stand(text, start, end):
            return _NOWHERE
        if not self._begins:
            return self.pattern.finditer(text, start, end)
        places = _beginnings(text, self._begins)
        return _match_at(self.pattern, places, bisect_left(places, start), text, start, end)


@lru_cache(maxsize=_TEXTS)
def _beginnings(text: str, begins: str) -> list[int]:
    return [match.start() for match in re.finditer(begins, text)]


def _match_at(
    pattern: re.Pattern[str], places: list[int], index: int, text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern at some places, from one of them on, none overlapping."""
    match = pattern.match
    for place in islice(places, index, None):
        if place >= end:
            return
        if place >= start and (found := match(text, place, end)):
            yield found
            start = found.end()


class _Table(dict[str, tuple[Mark, ...]]):
    """All openings by number, and which of them each word may begin, told when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0
        self._written = Written()

    def add(self, heads: Iterable[str]) -> int:
        """Take the heads of one more opening; return its number."""
        for head in heads:
            self._written.add(head, 1 << self.size)
        self.clear()
        self.size += 1
        return self.size - 1

    def __missing__(self, word: str) -> tuple[Mark, ...]:
        """Return where in a word openings may begin, and which; a hyphen parts words."""
        if len(self) >= _MOST_WORDS:
            self.clear()
        parts = [(m.start(), self._written.bits(fold_letters(m[0]))) for m in _WORD.finditer(word)]
        self[word] = tuple((at, _numbers(bits)) for at, bits in parts if bits)
        return self[word]


def _numbers(bits: int) -> tuple[int, ...]:
    return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)


_TABLE = _Table()


@lru_cache(maxsize=_TEXTS)
def _index(text: str, size: int) -> list[list[int]]:
    """Return where each of the first openings may begin in a text, in order."""
    found: list[list[int]] = [[] for _ in range(size)]
    words = whole_words(text)
    written: Iterable[str] = words.tokens
    if "İ" in text:  # in small letters it is two
        written = [text[start:end] for start, end in words.spans]
    for marks, (start, _) in zip([_TABLE[word] for word in written], words.spans, strict=True):
        for at, numbers in marks:
            for number in numbers:
                if number < size:  # another thread may just be making one more
                    found[number].append(start + at)
    return found


def opening(
    words: str, *, before: str = r"(?<!\w)", after: str = r"(?!\w)", flags: int = re.IGNORECASE
) -> Opening:
    """Make a search for words that stand as a pattern, alternatives with a stroke between them."""
    return Opening(f"{before}(?:{words}){after}", find_heads(words), flags)
