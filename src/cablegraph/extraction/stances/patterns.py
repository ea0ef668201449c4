"""The small phrase language in which cues are written, and the words they are matched against.

A phrase is words with a space between; letter case, ё and е, and commas make no difference:

    word      that word                      accept
    stem*     any ending; *end any beginning reject*   *ed   не*но
    (a|b c)   one of several, each a phrase  (should|ought to)
    [a]       may be there or not            [also] cannot
    ~N        up to N words between, none of them beyond ; : ( ) or a quotation mark

Source: written for this package; a subset of what corpus query languages offer, so that a
historian can read a row of the lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from cablegraph.extraction.stances.words import BREAK as BREAK
from cablegraph.extraction.stances.words import Words as Words
from cablegraph.extraction.stances.words import find_words as find_words
from cablegraph.extraction.stances.words import fold as fold

_ITEM = re.compile(r"~\d|[()\[\]|]|[\w'*-]+")  # a gap, a mark or a word
_MOST_GAP = 9
_SHORTEST = 3  # a word with a star by which phrases are found, the star included
_MOST_WORDS = 1 << 14  # for which it is kept how phrases begin
_MOST_PAIRS = 1 << 15  # of such a word and the next one
_TEXTS = 4  # of one document, in its languages


@lru_cache(maxsize=1 << 13)  # a lexicon has hundreds of phrases
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


class PhraseError(ValueError):
    """A phrase that the phrase language does not allow."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase made ready; it begins with one of the words ``first``, or of those with a star.

    Shape: ``second`` are the words that may come next, likewise; empty where any may, or none.
        Of the words ``needed`` every text has one that has the phrase; empty where none is.
    """

    regex: str
    first: frozenset[str]  # empty: any word
    second: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the whole phrase; it is made when a text has the first word of it."""
        return _compiled(self.regex)

    def match(self, words: Words, index: int) -> int | None:
        """Return the index after the last word if the phrase stands at word *index*."""
        start = words.starts[index]
        end = self.end(words.folded, start, words.stop)
        return None if end is None else index + words.folded.count(" ", start, end)

    def end(self, folded: str, start: int, stop: int) -> int | None:
        """Return where the phrase ends if it stands at a place of folded words."""
        found = _compiled(self.regex).match(folded, start, stop)
        return found.end() if found and found.end() > start else None


class Starts:
    """Phrases by the words that they may begin with, and those that may come second."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._first: dict[str, list[int]] = {}
        for place, phrase in enumerate(self._phrases):
            for begin in sorted(phrase.first) or [""]:
                self._first.setdefault(begin, []).append(place)
        self._loose = frozenset(
            place
            for place, phrase in enumerate(self._phrases)
            if not phrase.first or any(begin.startswith("*") for begin in phrase.first)
        )
        self._firsts = Written(self._first)
        self._seconds = Written(word for phrase in self._phrases for word in phrase.second)
        self._needed: dict[str, list[int]] = {}
        for place, phrase in enumerate(self._phrases):
            for word in sorted(phrase.needed) or [""]:
                self._needed.setdefault(word, []).append(place)
        self._needs = Written(self._needed)
        self._served = lru_cache(maxsize=_MOST_WORDS)(self._serve)
        self.near = lru_cache(maxsize=_MOST_WORDS)(self._near)
        self._begins = lru_cache(maxsize=_MOST_WORDS)(lambda token: bool(self.near(token)))
        self._parted = lru_cache(maxsize=_MOST_WORDS)(self._part)
        self._goes_on = lru_cache(maxsize=_MOST_WORDS)(self._seconds.ways)
        self._pair = lru_cache(maxsize=_MOST_PAIRS)(self._of_pair)
        self._whole = lru_cache(maxsize=_TEXTS)(self._search)

    def find(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield the word, the place of a phrase that stands there, and where it ends, in order."""
        tokens, phrases = words.tokens, self._phrases
        following = (*tokens[1:], "")
        for index, begins in enumerate(map(self._begins, tokens)):
            if begins:
                for place in self._pair(tokens[index], following[index]):
                    last = phrases[place].match(words, index)
                    if last is not None:
                        yield index, place, last

    def find_kept(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Yield what ``find`` does, for a stretch of a text whose other stretches are asked too."""
        hits, begins = self._whole(words.folded)
        if not words.starts:
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

    def _search(self, folded: str) -> tuple[list[tuple[int, int, int]], list[int]]:
        """Return every phrase in folded words, by start, place and end, and the starts alone."""
        tokens = folded.split(" ")
        vocabulary = set(tokens[:-1])
        here = set().union(*map(self._served, vocabulary))
        begins = {token for token in vocabulary if not here.isdisjoint(self.near(token))}
        if not begins:
            return [], []
        starts = [0, *accumulate(map(len, tokens))]
        hits = []
        for index in [index for index, token in enumerate(tokens) if token in begins]:
            start = starts[index] + index
            for place in self._pair(tokens[index], tokens[index + 1]):
                if place in here:
                    end = self._phrases[place].end(folded, start, len(folded))
                    if end is not None:
                        hits.append((start, place, end))
        return hits, [start for start, _, _ in hits]

    def _near(self, token: str) -> tuple[int, ...]:
        """Return the places of phrases that may begin with a word, those with a loose one last."""
        found = [self._first[begin] for begin in self._firsts.ways(token)]
        near = sorted({place for places in found for place in places})
        loose = [place for place in near if place in self._loose]
        return (*(place for place in near if place not in self._loose), *loose)

    def _of_pair(self, token: str, following: str) -> tuple[int, ...]:
        """Return the places of phrases that may begin with a word and go on with another."""
        free, later = self._parted(token)
        ways = [later[way] for way in self._goes_on(following) if way in later]
        if not ways:
            return free
        near = {*free, *(place for places in ways for place in places)}
        return tuple(place for place in self.near(token) if place in near)

    def _part(self, token: str) -> tuple[tuple[int, ...], dict[str, list[int]]]:
        """Return the places of phrases that any word may go on, or none, then those of others."""
        free: list[int] = []
        later: dict[str, list[int]] = {}
        for place in self.near(token):
            second = self._phrases[place].second
            if not second:
                free.append(place)
            for way in sorted(second):
                later.setdefault(way, []).append(place)
        return tuple(free), later

    def _serve(self, token: str) -> tuple[int, ...]:
        """Return the places of phrases that need no other word than this."""
        return tuple(place for way in self._needs.ways(token) for place in self._needed[way])


class Written:
    """Words as phrases write them: whole, with a star for the end or the beginning, or none."""

    def __init__(self, written: Iterable[str]) -> None:
        self._words = frozenset(written)
        self._any = ("",) if "" in self._words else ()
        self._stems = _by_length(word[:-1] for word in self._words if word.endswith("*"))
        self._endings = _by_length(word[1:] for word in self._words if word.startswith("*"))

    def ways(self, token: str) -> tuple[str, ...]:
        """Return how phrases write a word.

        >>> Written(["re*", "reject*", "*ed", "reject", "accept*", ""]).ways("rejected")
        ('re*', 'reject*', '*ed', '')
        """
        whole = (token,) if token in self._words else ()
        stems = [f"{token[:n]}*" for n, known in self._stems if token[:n] in known]
        size = len(token)
        endings = [
            f"*{token[size - n :]}"
            for n, known in self._endings
            if n <= size and token[size - n :] in known
        ]
        return (*whole, *stems, *endings, *self._any)


def _by_length(words: Iterable[str]) -> list[tuple[int, frozenset[str]]]:
    """Part words by how long they are."""
    found: dict[int, set[str]] = {}
    for word in words:
        found.setdefault(len(word), set()).add(word)
    return [(size, frozenset(known)) for size, known in sorted(found.items())]


@dataclass(slots=True)
class _Part:
    """A part of a phrase as it is read: its pattern, its first and second words, its length."""

    body: str = ""
    first: set[str | None] = field(default_factory=set)  # None: any word
    second: set[str | None] = field(default_factory=set)
    may_be_none: bool = True
    may_be_one: bool = False
    needed: frozenset[str] = frozenset()  # of which it has one; empty: none is known

    def add(self, other: _Part) -> None:
        """Go on with another part."""
        self.body += other.body
        self.needed = max(self.needed, other.needed, key=_weight)
        self.second |= other.first if self.may_be_one else set()
        if self.may_be_none:
            self.first |= other.first
            self.second |= other.second
        self.may_be_one = (self.may_be_one and other.may_be_none) or (
            self.may_be_none and other.may_be_one
        )
        self.may_be_none = self.may_be_none and other.may_be_none


def parse_phrase(text: str) -> Phrase:
    r"""Make a phrase ready.

    Raises:
        PhraseError: if a bracket is not closed, a gap is at an edge, or a sign is not known.

    >>> parse_phrase("(should|ought to) [also] reject*").pattern.pattern
    '(?:should |ought to )(?:also )?reject[^ |]* '
    """
    items = _items(text)
    found, rest = _sequence(items, 0, len(items))
    if rest != len(items):
        raise PhraseError(f"a bracket closes that was not opened in {text!r}")
    if not found.body or items[0].startswith("~") or items[-1].startswith("~"):
        raise PhraseError(f"a phrase begins and ends with a word: {text!r}")
    if found.may_be_none:
        raise PhraseError(f"every word may be left out in {text!r}")
    second = frozenset() if found.may_be_one else _known(found.second)
    return Phrase(found.body, _known(found.first), second, found.needed)


def _weight(needed: frozenset[str]) -> int:
    """Return how long the shortest of some words is: long words are seldom."""
    return min(map(len, needed), default=0)


def _known(words: set[str | None]) -> frozenset[str]:
    """Return words if they are all that there can be, else none."""
    known = frozenset(word for word in words if word is not None)
    return known if len(known) == len(words) else frozenset()


def _items(text: str) -> list[str]:
    folded = fold(text)
    unknown = _ITEM.sub("", folded).split()
    if unknown:
        raise PhraseError(f"{unknown[0][:1]!r} has no meaning in {text!r}")
    return _ITEM.findall(folded)


def _sequence(items: list[str], at: int, end: int) -> tuple[_Part, int]:
    """Return the alternatives up to the closing bracket as one part, and where it stands."""
    branches = [_Part()]
    while at < end and items[at] not in (")", "]"):
        if items[at] == "|":
            branches.append(_Part())
            at += 1
            continue
        part, at = _item(items, at, end)
        branches[-1].add(part)
    if any(not branch.body for branch in branches) and len(branches) > 1:
        raise PhraseError("an alternative is empty")
    return _either(branches), at


def _either(branches: list[_Part]) -> _Part:
    return _Part(
        "|".join(branch.body for branch in branches),
        set().union(*(branch.first for branch in branches)),
        set().union(*(branch.second for branch in branches)),
        any(branch.may_be_none for branch in branches),
        any(branch.may_be_one for branch in branches),
        frozenset().union(*(b.needed for b in branches))
        if all(b.needed for b in branches)
        else frozenset(),
    )


def _item(items: list[str], at: int, end: int) -> tuple[_Part, int]:
    item = items[at]
    if item in ("(", "["):
        part, stop = _sequence(items, at + 1, end)
        if stop >= end or items[stop] != {"(": ")", "[": "]"}[item] or not part.body:
            raise PhraseError(f"the bracket {item!r} is empty or not closed")
        optional = item == "["
        part.body = f"(?:{part.body}){'?' if optional else ''}"
        part.may_be_none = part.may_be_none or optional
        part.needed = frozenset() if optional else part.needed
        return part, stop + 1
    if item.startswith("~"):
        gap = rf"(?:[^ |]+ ){{0,{min(int(item[1:]), _MOST_GAP)}}}?"
        return _Part(gap, {None}, {None}, may_be_one=True), at + 1
    body, first = _word(item)
    needed = frozenset([first] if first else [])
    return _Part(body, {first}, may_be_none=False, may_be_one=True, needed=needed), at + 1


@lru_cache(maxsize=1 << 12)  # a lexicon is made of some thousand words
def _word(written: str) -> tuple[str, str | None]:
    word = re.escape(written).replace(r"\*", "[^ |]*").replace(r"\-", "-")
    return f"{word} ", _beginning(written)


def _beginning(word: str) -> str | None:
    """Return the word, or of one with a star the longer of its ends with the star."""
    stem, star, rest = word.partition("*")
    if not star:
        return word
    ending = rest.rpartition("*")[2]
    written = f"{stem}*" if len(stem) >= len(ending) else f"*{ending}"
    return written if len(written) >= _SHORTEST else None
