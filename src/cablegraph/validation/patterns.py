"""Regular expressions of shapes, as far as every engine is sure to read them alike.

What is left out is not wrong: of such an expression nothing is known beforehand, and the engine
decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

#: Characters, sets of them, groups, counts and escaped marks: the same in Python, Rust and XPath.
_SHARED = re.compile(
    r"""(?: [^\\\[\](){}*+?|]            # a character, or one of . ^ $
          | \\[^\w\s]                    # a mark
          | \\[sS]
          | \[ \^? (?: [^\\\[\]&~-] | \\[^\w\s] | &(?!&) | ~(?!~) | -(?!-) )++ \]
          | \( (?!\?) | \) | \|
          | (?: [*+?] | \{[0-9]+(?:,[0-9]*)?\} ) (?![*+{])
        )*+""",
    re.VERBOSE,
)
#: Where the end of a line, or what counts as a blank, makes a difference.
_DELICATE = re.compile(r"(?<!\\)(?:\\\\)*(?:[.^$]|\\[sS])")
_SET = re.compile(r"\[\^?(?:[^\]\\]|\\.)+\]")


@lru_cache(maxsize=256)
def _read(pattern: str) -> tuple[re.Pattern[str], bool] | None:
    """Return an expression, and whether it is to be trusted with one printable line only."""
    if not _SHARED.fullmatch(pattern):
        return None
    try:
        return re.compile(pattern), _DELICATE.search(_SET.sub("x", pattern)) is not None
    except re.error:
        return None


def occurs(pattern: str, text: str) -> bool | None:
    """Tell whether a pattern occurs in a text; None if engines might differ.

    >>> occurs("^[0-9]{4}$", "1951"), occurs("x[^a-z]{2}", "x1"), occurs(r"\\w", "x")
    (True, False, None)
    """
    return prepare(pattern)(text)


@lru_cache(maxsize=256)
def prepare(pattern: str) -> Callable[[str], bool | None]:
    """Return what tells whether a pattern occurs in a text, as ``occurs`` does."""
    found = _read(pattern)
    if found is None:
        return lambda _: None
    search = found[0].search
    if not found[1]:
        return lambda text: search(text) is not None
    return lambda text: search(text) is not None if text.isprintable() else None


@lru_cache(maxsize=64)  # the same text is asked for by each part of a query
def replace(pattern: str, new: str, text: str) -> str | None:
    """Replace what a pattern finds; None if engines might differ.

    >>> replace("[^0-9]+", " ", "p. 5, 7")
    ' 5 7'
    """
    found = _read(pattern)
    if found is None or not text.isprintable() or "$" in new or "\\" in new:
        return None
    if found[0].match("") is not None:  # XPath refuses it
        return None
    return found[0].sub(new, text)
