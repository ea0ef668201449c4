"""What the elements of TEI are and how they stand on the page, from ``data/names.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from cablegraph.records.draft import Manner


@cache
def load(name: str) -> dict[str, Any]:
    """Return a table of the folder ``data``."""
    return tomllib.loads(files(__package__).joinpath("data", name).read_text("utf-8"))


@cache
def names(group: str) -> frozenset[str]:
    """Return a group of names.

    >>> "persName" in names("agents")
    True
    """
    return frozenset(load("names.toml")[group])


@cache
def manner() -> Manner:
    """Return how the elements of a text stand on its page."""
    return Manner(blocks=names("blocks"), breaks=names("breaks"), skipped=names("skipped"))
