"""The lists of phrases beside this module, as patterns: one phrase a row, each an expression."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for any row of a list, whatever its case."""
    rows = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{row})" for row in rows if row), re.IGNORECASE)


def is_in(name: str, words: str) -> bool:
    """Say whether a row of the list is all of *words*."""
    return pattern(name).fullmatch(words) is not None
