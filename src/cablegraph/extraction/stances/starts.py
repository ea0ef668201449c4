"""Find many phrases at once, by the words that they begin with, go on with and can't do without.

Each word says by one number which phrases may begin with it, by another which may go on with it,
and by a third of which it is the word that they need; a phrase is tried only where all three agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from cablegraph.extraction.stances.patterns import Phrase
from cablegraph.extraction.stances.words import BREAK, Words, whole_words
from cablegraph.extraction.stances.written import Written

_MOST_WORDS = 1 << 14  # for which it is kept which phrases they serve
_TEXTS = 4  # of one document, in its languages
_FEW = 16  # words needed, up to which a text is asked for their letters first
# The bits of the phrases that a word begins, those that it carries on, those of which it is needed.
Row = tuple[int, int, int, int]
_END = -1  # what a mark serves that no phrase reaches across


class Starts:
    """Phrases by the words that they may begin with, those that may come second, those needed.

    Shape: the bit of a phrase is its place, but for those that may begin with any word, or with any
        that ends so: they come behind the others.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._places = sorted(range(len(self._phrases)), key=lambda at: (self._is_loose(at), at))
        ordered = [self._phrases[place] for place in self._places]
        self._patterns: list[re.Pattern[str] | None] = [None] * len(ordered)  # made when needed
        self._letters = _letters_of(ordered)
        self._rows = _Rows(ordered)
        self._whole = lru_cache(maxsize=_TEXTS)(self._search)

    def _is_loose(self, place: int) -> bool:
        first = self._phrases[place].first
        return not first or any(begin.startswith("*") for begin in first)

    def find(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield the word, the place of a phrase that stands there, and where it ends, in order."""
        for index, bit in self._try(words.tokens):
            end = self._end(bit, words.folded, words.starts[index], words.stop)
            if end is not None:
                last = index + words.folded.count(" ", words.starts[index], end)
                yield index, self._places[bit], last

    def find_kept(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield what ``find`` does, for a stretch of a text whose other stretches are asked too."""
        hits, begins = self._whole(words.folded)
        if not hits or not words.starts:
            return
        starts, stop = words.starts, words.stop
        for at in range(bisect_left(begins, starts[0]), len(begins)):
            start, place, end = hits[at]
            if start >= stop:
                return
            found = end if end <= stop else self._phrases[place].end(words.folded, start, stop)
            if found is not None:
                index = bisect_left(starts, start)
                yield index, place, index + words.folded.count(" ", start, found)

    def find_places(self, text: str) -> list[int]:
        """Return where in a text any of the phrases begins, as code points of the text."""
        words = whole_words(text)
        begins = set(self._whole(words.folded)[1])
        return sorted(words.spans[bisect_left(words.starts, begin)][0] for begin in begins)

    def stand_in(self, words: Words) -> bool:
        """Tell whether the text of which *words* are a stretch has any of the phrases."""
        return bool(self._whole(words.folded)[0])

    def _search(self, folded: str) -> tuple[list[tuple[int, int, int]], list[int]]:
        """Return every phrase in folded words, by start, place and end, and the starts alone."""
        if not any(letters in folded for letters in self._letters):
            return [], []
        tokens = folded.split(" ")
        tokens.pop()
        lengths = list(accumulate(map(len, tokens), initial=0))
        hits = []
        for index, bit in self._try(tokens):
            start = lengths[index] + index
            end = self._end(bit, folded, start, len(folded))
            if end is not None:
                hits.append((start, self._places[bit], end))
        return hits, [start for start, _, _ in hits]

    def _try(self, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield each word with the bit of each phrase that may begin there."""
        found: list[tuple[int, int]] = []
        # Phrases that have the words they need at a place or behind it, before a mark.
        free = later, besides = self._rows.free
        _, following, _, _ = self._rows[""]
        rows = [self._rows[token] for token in tokens]
        for index in range(len(rows) - 1, -1, -1):
            begun, carried, served, joined = rows[index]
            if served or joined:
                later, besides = free if served == _END else (later | served, besides | joined)
            if begun and (bits := begun & later & besides & following):
                found.append((index, bits))
            following = carried
        for index, bits in reversed(found):
            left = bits
            while left:
                lowest = left & -left
                left ^= lowest
                yield index, lowest.bit_length() - 1

    def _end(self, bit: int, folded: str, start: int, stop: int) -> int | None:
        """Return where the phrase of a bit ends if it stands at a place of folded words."""
        pattern = self._patterns[bit]
        if pattern is None:
            pattern = self._patterns[bit] = self._phrases[self._places[bit]].pattern
        found = pattern.match(folded, start, stop)
        return found.end() if found else None


def _letters_of(phrases: Iterable[Phrase]) -> tuple[str, ...]:
    """Return letters of which every text has some that has one of a few phrases."""
    needed = sorted({word.strip("*") for phrase in phrases for word in phrase.needed or ("",)})
    return tuple(needed) if len(needed) <= _FEW else ("",)


class _Rows(dict[str, Row]):
    """What each word does for some phrases, told when it is asked for."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        super().__init__()
        self._written = Written()
        self._alike: dict[Row, Row] = {}
        self._size = len(phrases)
        free = [0, 0, 0, 0]  # bits of the phrases that ask for no such word
        for place, phrase in enumerate(phrases):
            kinds = phrase.first, phrase.second, phrase.needed, phrase.also
            for kind, words in enumerate(kinds):
                for word in words:
                    self._written.add(word, 1 << place + kind * self._size)
                free[kind] |= 0 if words else 1 << place
        self._any = free[0] | free[1] << self._size
        self.free = free[2], free[3]  # which a mark serves as well as any word

    def __missing__(self, token: str) -> Row:
        bits = self._written.bits(token) | self._any
        low = (1 << self._size) - 1
        n = self._size
        row = bits & low, bits >> n & low, bits >> 2 * n & low, bits >> 3 * n
        if token == BREAK:
            row = 0, row[1], _END, 0
        if len(self) >= _MOST_WORDS:
            self.clear()
            self._alike.clear()
        # Most words do the same, nothing: one row of them all is nearer at hand than one of each.
        self[token] = row = self._alike.setdefault(row, row)
        return row
