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
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

BREAK = "|"  # stands for what no phrase reaches across
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[;:()«»“”„\"\[\]]|[.!?…](?=\s)")
_ITEM = re.compile(r"\s*(?:(?P<gap>~\d)|(?P<mark>[()\[\]|])|(?P<word>[\w'*-]+))")
_MOST_GAP = 9


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text, folded, with the place of each.

    Units: ``spans`` count code points of the whole text; ``starts`` count those of ``folded``.
    """

    folded: str  # each word with a space after it
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...] = field(repr=False)
    tokens: tuple[str, ...] = field(repr=False)


def fold(text: str) -> str:
    """Return words as phrases see them.

    >>> print(fold("Её Can’t"))
    ее can't
    """
    return text.lower().replace("ё", "е").replace("’", "'")


@lru_cache(maxsize=1 << 15)
def _token(written: str) -> str:
    word = fold(written)
    return word if word[0].isalnum() or word[0] == "_" else BREAK


def find_words(text: str, start: int, end: int) -> Words:
    """Return the words of a stretch of *text*; marks that end a phrase are words of their own."""
    spans, starts, tokens = [], [], []
    at = 0
    for match in _TOKEN.finditer(text, start, end):
        token = _token(match.group())
        spans.append(match.span())
        starts.append(at)
        tokens.append(token)
        at += len(token) + 1
    folded = "".join(f"{token} " for token in tokens)
    return Words(folded, tuple(spans), tuple(starts), tuple(tokens))


@lru_cache(maxsize=1 << 13)  # a lexicon has hundreds of phrases
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


class PhraseError(ValueError):
    """A phrase that the phrase language does not allow."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase made ready; it begins with one of the words ``first``, or stems with a star."""

    regex: str
    first: frozenset[str]  # empty: any word

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the whole phrase; it is made when a text has the first word of it."""
        return _compiled(self.regex)

    def match(self, words: Words, index: int) -> int | None:
        """Return the index after the last word if the phrase stands at word *index*."""
        found = _compiled(self.regex).match(words.folded, words.starts[index])
        if found is None or found.end() == found.start():
            return None
        return index + found.group().count(" ")


class Starts:
    """Phrases by the words that they may begin with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._index: dict[str, list[int]] = {}
        for place, phrase in enumerate(phrases):
            for begin in sorted(phrase.first) or [""]:
                self._index.setdefault(begin, []).append(place)
        self.near = lru_cache(maxsize=1 << 14)(self._near)

    def _near(self, token: str) -> tuple[int, ...]:
        """Return the places of phrases that may begin with a word, then of those with any."""
        stems = (f"{token[:end]}*" for end in range(1, len(token) + 1))
        found = [self._index.get(begin, []) for begin in (token, *stems)]
        near = sorted({place for places in found for place in places})
        return (*near, *self._index.get("", ()))


def parse_phrase(text: str) -> Phrase:
    r"""Make a phrase ready.

    Raises:
        PhraseError: if a bracket is not closed, a gap is at an edge, or a sign is not known.

    >>> parse_phrase("(should|ought to) [also] reject*").pattern.pattern
    '(?:should |ought to )(?:also )?reject[^ |]* '
    """
    items = _items(text)
    body, first, rest = _sequence(items, 0, len(items))
    if rest != len(items):
        raise PhraseError(f"a bracket closes that was not opened in {text!r}")
    if not body or items[0].startswith("~") or items[-1].startswith("~"):
        raise PhraseError(f"a phrase begins and ends with a word: {text!r}")
    if any(item[0] in "[~" for item in items) and re.compile(body).match(""):
        raise PhraseError(f"every word may be left out in {text!r}")
    known = frozenset(begin for begin in first if begin is not None)
    return Phrase(body, known if len(known) == len(first) else frozenset())


def _items(text: str) -> list[str]:
    items, at = [], 0
    folded = fold(text).rstrip()
    while at < len(folded):
        match = _ITEM.match(folded, at)
        if match is None:
            raise PhraseError(f"{folded[at:].strip()[:1]!r} has no meaning in {text!r}")
        items.append(match.group().strip())
        at = match.end()
    return items


def _sequence(items: list[str], at: int, end: int) -> tuple[str, set[str | None], int]:
    """Return the pattern of alternatives up to the closing bracket, and how they may begin."""
    branches: list[str] = [""]
    firsts: list[set[str | None]] = [set()]
    is_open = [True]  # no word that must be there has come yet
    while at < end and items[at] not in (")", "]"):
        item = items[at]
        if item == "|":
            branches.append("")
            firsts.append(set())
            is_open.append(True)
            at += 1
            continue
        body, first, at, optional = _item(items, at, end)
        branches[-1] += body
        if is_open[-1]:
            firsts[-1] |= first
            is_open[-1] = optional
    if any(not branch for branch in branches) and len(branches) > 1:
        raise PhraseError("an alternative is empty")
    return "|".join(branches), set().union(*firsts), at


def _item(items: list[str], at: int, end: int) -> tuple[str, set[str | None], int, bool]:
    item = items[at]
    if item in ("(", "["):
        body, first, stop = _sequence(items, at + 1, end)
        if stop >= end or items[stop] != {"(": ")", "[": "]"}[item] or not body:
            raise PhraseError(f"the bracket {item!r} is empty or not closed")
        optional = item == "["
        return f"(?:{body}){'?' if optional else ''}", first, stop + 1, optional
    if item.startswith("~"):
        return rf"(?:[^ |]+ ){{0,{min(int(item[1:]), _MOST_GAP)}}}?", {None}, at + 1, True
    word = re.escape(item).replace(r"\*", "[^ |]*").replace(r"\-", "-")
    return f"{word} ", {_beginning(item)}, at + 1, False


def _beginning(word: str) -> str | None:
    stem, star, _ = word.partition("*")
    return f"{stem}{star}" if len(stem) >= 2 or not star else None
