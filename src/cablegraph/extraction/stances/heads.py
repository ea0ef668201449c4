"""Tell from a pattern the words with which what it matches may begin."""

from __future__ import annotations

import re

from cablegraph.extraction.stances.words import fold_letters

_LETTER = re.compile(r"[^\W\d_]|\[(\w)(\w)\]")
_MAYBE = ("?", "*", "{")  # what lets an item be left out
_GROUP = re.compile(r"\(\?(?::|P<\w+>)|\\b|\(\?<[!=](?:[^()\[\]\\]|\\.|\[[^\]]*\])*\)")
_EDGE = re.compile(r"$|\\s(?![*?])|\\b|\\ |\s|\(\?[=!](?:\\s|\\w)|,")


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
