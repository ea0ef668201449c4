"""Which things have a page of their own, and to which of them a part belongs."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("kinds.toml")


@lru_cache(maxsize=1)
def read_kinds() -> dict[str, int]:
    """Return the kinds, each with the number of steps that name one of it; 0 is all of them."""
    with _FILE.open("rb") as file:
        return dict(tomllib.load(file)["kinds"])


def find_owner(path: str) -> str | None:
    """Return the path of the thing with a page to which a path after ``id/`` belongs.

    >>> find_owner("telegram/t-1/stance/2"), find_owner("unit/aprf/45/1"), find_owner("source/a")
    ('telegram/t-1', 'unit/aprf/45/1', None)
    """
    kind, *steps = path.partition("#")[0].split("/")
    count = read_kinds().get(kind)
    if count is None or not steps or len(steps) < count:
        return None
    return "/".join([kind, *(steps[:count] if count else steps)])


def is_nested(path: str) -> bool:
    """Whether what stands below a path is no part of it.

    >>> is_nested("unit/aprf/45"), is_nested("person/mao")
    (True, False)
    """
    return read_kinds().get(path.split("/")[0]) == 0
