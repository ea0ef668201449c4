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

from cablegraph.extraction.stances.words import fold_letters, place_words

_LETTER = re.compile(r"[^\W\d_]|\[(\w)(\w)\]")
_MAYBE = ("?", "*", "{")  # what lets an item be left out
_NOWHERE: Iterator[re.Match[str]] = iter(())
_TEXTS = 8  # texts whose words are kept: those of one document
_GROUP = re.compile(r"\(\?(?::|P<\w+>)|\\b|\(\?<[!=](?:[^()\[\]\\]|\\.|\[[^\]]*\])*\)")
_EDGE = re.compile(r"$|\\s(?![*?])|\\b|\\ |\s|\(\?[=!](?:\\s|\\w)|,")


class Opening:
    """A pattern that begins with one of some words, at the beginning of a word.

    Shape: finds what the pattern finds. A head with a star stands for every word that begins so, or
        that ends so.

    >>> Opening(r"(?<!\\w)agree(?:s|d)?(?!\\w)", ["agree*"]).search("They agreed", 0, 11).span()
    (5, 11)
    """

    def __init__(self, pattern: str, heads: Iterable[str], flags: int = re.IGNORECASE) -> None:
        listed = {fold_letters(head) for head in heads}
        self._words = tuple(sorted(head for head in listed if "*" not in head))
        self._stems = tuple(sorted(head[:-1] for head in listed if head.endswith("*")))
        self._endings = tuple(sorted(head[1:] for head in listed if head.startswith("*")))
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
        return self._try(text, start, end, index)

    def _try(self, text: str, start: int, end: int, index: int) -> Iterator[re.Match[str]]:
        """Yield the matches of the pattern where it may begin, from the place of an index on."""
        match = self.pattern.match
        for place in islice(self.places(text), index, None):
            if place >= end:
                return
            if place >= start and (found := match(text, place, end)):
                yield found
                start = found.end()

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
            index = _index(text)
            if self not in index.found:
                index.found[self] = index.find(self._words, self._stems, self._endings)
            places = index.found[self]
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
    """A pattern that has one of some words in it, tried where one of them stands."""

    def __init__(self, pattern: str, words: str, flags: int = re.IGNORECASE) -> None:
        self._words = opening(words)
        self._pattern, self._flags = pattern, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself; it is made when a text has a word of it."""
        return re.compile(self._pattern, self._flags)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Return the places of the pattern in a stretch of *text*, none overlapping."""
        if not self._words.may_stand(text, start, end):
            return _NOWHERE
        return self.pattern.finditer(text, start, end)


class _Index:
    """Where each word of a text begins, and each pattern may."""

    def __init__(self, text: str) -> None:
        self.found: dict[Opening, list[int]] = {}
        self._places = place_words(text)
        self._sorted = sorted(self._places)

    def find(
        self, words: Iterable[str], stems: Iterable[str], endings: tuple[str, ...]
    ) -> list[int]:
        """Return where words stand, or words that begin or end so, in order."""
        here = [word for word in words if word in self._places]
        for stem in stems:
            for index in range(bisect_left(self._sorted, stem), len(self._sorted)):
                if not self._sorted[index].startswith(stem):
                    break
                here.append(self._sorted[index])
        here += [word for word in self._sorted if word.endswith(endings)] if endings else []
        if not here:
            return []
        return sorted({place for word in here for place in self._places[word]})


@lru_cache(maxsize=_TEXTS)
def _index(text: str) -> _Index:
    return _Index(text)


def opening(
    words: str, *, before: str = r"(?<!\w)", after: str = r"(?!\w)", flags: int = re.IGNORECASE
) -> Opening:
    """Make a search for words that stand as a pattern, alternatives with a stroke between them."""
    return Opening(f"{before}(?:{words}){after}", find_heads(words), flags)


def find_heads(words: str) -> list[str]:
    r"""Return the words with which a pattern may begin, or their stems with a star.

    Raises:
        ValueError: if the pattern may begin with something other than letters.

    >>> find_heads(r"(?:in|to)\s+his|yours?|(?P<name>counter-?proposals?)")
    ['in', 'to', 'your*', 'counter*']
    """
    found: list[str] = []
    for branch in _branches(words):
        if branch == "(?!)":
            continue
        if group := _GROUP.match(branch):
            found += _heads_of_group(branch, group)
            continue
        stem, rest = _stem(branch)
        if not stem:
            raise ValueError(f"{branch!r} begins with no letter")
        found.append(stem if _EDGE.match(rest) else f"{stem}*")
    return found


def _stem(branch: str) -> tuple[str, str]:
    """Return the letters with which a pattern begins in any case, and what follows them."""
    stem, at = "", 0
    while letter := _LETTER.match(branch, at):
        if letter[1] and fold_letters(letter[1]) != fold_letters(letter[2]):
            break
        stem += letter[1] or letter[0]
        at = letter.end()
    return (stem[:-1] if branch[at : at + 1] in _MAYBE else stem), branch[at:]


def _heads_of_group(branch: str, group: re.Match[str]) -> list[str]:
    if not group[0].startswith(("(?:", "(?P")):
        return find_heads(branch[group.end() :])
    close = _closing(branch, group.end())
    rest = branch[close + 1 :]
    heads = find_heads(branch[group.end() : close])
    if rest[:1] in _MAYBE:
        return [*heads, *find_heads(rest.lstrip("?*{0123456789,}"))]
    return heads if _EDGE.match(rest) else [f"{head.rstrip('*')}*" for head in heads]


def _branches(words: str) -> list[str]:
    """Part a pattern at the strokes that stand in no bracket."""
    found, start, at = [], 0, 0
    while at < len(words):
        if words[at] == "|":
            found.append(words[start:at])
            start = at + 1
        at = _after(words, at)
    return [*found, words[start:]]


def _after(words: str, at: int) -> int:
    """Return where the item at a place ends: a sign, a class or a group."""
    if words[at] == "\\":
        return at + 2
    if words[at] == "[":
        return words.index("]", at + 2) + 1
    return _closing(words, at + 1) + 1 if words[at] == "(" else at + 1


def _closing(words: str, at: int) -> int:
    """Return where the group closes that is open at a place."""
    while words[at] != ")":
        at = _after(words, at)
    return at
