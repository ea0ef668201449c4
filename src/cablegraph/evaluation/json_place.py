"""Find where a value of a JSON file stands, so that a fault in it can name line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def find_place(text: str, steps: Sequence[str | int]) -> int:
    """Return the offset of the value that keys and indices lead to, in well-formed JSON.

    Shape: where a step leads nowhere, the offset of the last value reached.

    >>> find_place('{"a": [1, {"b": 2}]}', ["a", 1, "b"])
    16
    """
    at = _skip(text, 0)
    for step in steps:
        inner = dict(_members(text, at)).get(step)
        if inner is None:
            break
        at = inner
    return at


def _members(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """Yield key or index and offset of every value in the object or array at an offset."""
    if text[at] not in "{[":
        return
    is_object = text[at] == "{"
    at = _skip(text, at + 1)
    index = 0
    while text[at] not in "}]":
        key: str | int = index
        if is_object:
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        yield key, at
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at
        index += 1


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
