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
from dataclasses import dataclass, field
from functools import lru_cache

from cablegraph.extraction.stances.words import BREAK as BREAK
from cablegraph.extraction.stances.words import Words as Words
from cablegraph.extraction.stances.words import find_words as find_words
from cablegraph.extraction.stances.words import fold as fold

_ITEM = re.compile(r"~\d|[()\[\]|]|[\w'*-]+")  # a gap, a mark or a word
_MOST_GAP = 9
_SHORTEST = 3  # a word with a star by which phrases are found, the star included


@lru_cache(maxsize=1 << 13)  # a lexicon has hundreds of phrases
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


class PhraseError(ValueError):
    """A phrase that the phrase language does not allow."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase made ready; it begins with one of the words ``first``, or of those with a star.

    Shape: ``second`` are the words that may come next, likewise; empty where any may, or none.
        Of the words ``needed`` every text has one that has the phrase, and one of the words
        ``also``; empty where none is.
    """

    regex: str
    first: frozenset[str]  # empty: any word
    second: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

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


@dataclass(slots=True)
class _Part:
    """A part of a phrase as it is read: its pattern, its first and second words, its length."""

    body: str = ""
    first: set[str | None] = field(default_factory=set)  # None: any word
    second: set[str | None] = field(default_factory=set)
    may_be_none: bool = True
    may_be_one: bool = False
    needed: tuple[frozenset[str], ...] = ()  # of each it has one word, the longest words first

    def add(self, other: _Part) -> None:
        """Go on with another part."""
        self.body += other.body
        self.needed = tuple(sorted((*self.needed, *other.needed), key=_weight, reverse=True))
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
    needed, also, *_ = (*found.needed, frozenset[str](), frozenset[str]())
    return Phrase(found.body, _known(found.first), second, needed, also)


def _weight(needed: frozenset[str]) -> int:
    """Return how long the shortest of some words is: long ones are rare."""
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
        branches[0].needed if len(branches) == 1 else _of_each(branches),
    )


def _of_each(branches: list[_Part]) -> tuple[frozenset[str], ...]:
    """Return the words of which every alternative has one, if each has a word it needs."""
    if not all(branch.needed for branch in branches):
        return ()
    return (frozenset().union(*(branch.needed[0] for branch in branches)),)


def _item(items: list[str], at: int, end: int) -> tuple[_Part, int]:
    item = items[at]
    if item in ("(", "["):
        part, stop = _sequence(items, at + 1, end)
        if stop >= end or items[stop] != {"(": ")", "[": "]"}[item] or not part.body:
            raise PhraseError(f"the bracket {item!r} is empty or not closed")
        optional = item == "["
        part.body = f"(?:{part.body}){'?' if optional else ''}"
        part.may_be_none = part.may_be_none or optional
        part.needed = () if optional else part.needed
        return part, stop + 1
    if item.startswith("~"):
        gap = rf"(?:[^ |]+ ){{0,{min(int(item[1:]), _MOST_GAP)}}}?"
        return _Part(gap, {None}, {None}, may_be_one=True), at + 1
    body, first = _word(item)
    needed = (frozenset([first]),) if first else ()
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
