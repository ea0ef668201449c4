"""Which letters a text must hold for a pattern to match in it, so that most need no search.

To look for plain letters is many times as fast as to search for a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
# Letters that a pattern without regard to case takes for others, and lower() does not.
_TELLING = 3  # letters: most texts have any two
_ALIKE = (("ı", "i"), ("ſ", "s"), ("\u0307", ""))


@lru_cache(maxsize=32)
def fold_case(text: str) -> str:
    """Return a text in small letters, as the letters of patterns are compared with it."""
    folded = text.lower()
    for one, other in _ALIKE if not folded.isascii() else ():
        folded = folded.replace(one, other)
    return folded


def find_needed(pattern: re.Pattern[str]) -> frozenset[str]:
    r"""Return strings in small letters of which every match of *pattern* holds one.

    Shape: the empty string alone, which every text holds, where a match needs no letters.

    >>> sorted(find_needed(re.compile(r"(?:truce|cease-?fire) talks?|\w*войн\w+")))
    ['cease', 'truce', 'войн']
    """
    tree = _PARSER.parse(pattern.pattern, pattern.flags)
    return frozenset(map(fold_case, _of_sequence(tree)))


def holds_any(folded: str, needed: Iterable[str]) -> bool:
    """Tell whether a text that ``fold_case`` gave holds one of *needed*."""
    return any(letters in folded for letters in needed)


@lru_cache(maxsize=256)
def _all_needed(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Return the choices of strings of which every match holds one each."""
    tree = _PARSER.parse(pattern.pattern, pattern.flags)
    choices = {frozenset(map(fold_case, choice)) for choice in _choices(tree)}
    telling = {choice for choice in choices if min(map(len, choice)) >= _TELLING}
    # Letters in a row are asked for at once, and not as they grew.
    rows = {letters for choice in telling if len(choice) == 1 for letters in choice}
    grown = {frozenset({one}) for one in rows if any(one in row for row in rows - {one})}
    return tuple(sorted(telling - grown, key=sorted))


def may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a text has the letters that *pattern* needs; what is no match may have them.

    >>> may_match(re.compile(r"treat(?:y|ies)"), "Trade"), may_match(re.compile("aid"), "Said")
    (False, True)
    """
    folded = fold_case(text)
    return all(holds_any(folded, choice) for choice in _all_needed(pattern))


def _of_sequence(items: Iterable[Any]) -> set[str]:
    """Return the choice of strings, one after another needed, whose shortest is the longest."""
    return max(_choices(items), key=lambda found: min(map(len, found)))


def _choices(items: Iterable[Any]) -> Iterator[set[str]]:
    """Yield each choice of strings that is needed, the letters in a row as they grow."""
    yield {""}
    run = ""
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            run += chr(value)
            choice = {run}
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            run, choice = "", _of_item(name, value)
        else:
            continue
        yield choice


def _of_item(name: str, value: Any) -> set[str]:
    if name == "SUBPATTERN":
        return _of_sequence(value[3])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name == "BRANCH":
        return {letters for branch in value[1] for letters in _of_sequence(branch)}
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_sequence(value[2])
    return {""}
