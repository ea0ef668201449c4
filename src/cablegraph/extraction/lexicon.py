"""Read the word lists and tables that lie beside the rules, each once a process."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


def _text(name: str) -> str:
    return (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")


@lru_cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/NAME.csv``, in order."""
    return tuple(csv.DictReader(_text(f"{name}.csv").splitlines()))


@lru_cache
def settings(name: str) -> dict[str, Any]:
    """Return the content of ``data/NAME.toml``."""
    return tomllib.loads(_text(f"{name}.toml"))


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """Return a pattern for any of *words*, the longest first; a space is any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in ordered) + ")"


@lru_cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of ``data/NAME.txt``, without lines of comment, in order."""
    lines = (line for line in _text(f"{name}.txt").splitlines() if not line.startswith("#"))
    return tuple(word for line in lines for word in line.split())
