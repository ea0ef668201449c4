"""The head of an SSSOM file: the little of YAML that such heads are made of.

Values, lists of values and maps of values, one a line, each line after a ``#``. Anything else of
YAML (anchors, folded text, nesting) is refused and not guessed at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cablegraph.errors import LinkError, shown
from cablegraph.links.model import Head, read_slots

_LINE = re.compile(r"#(?P<indent> *)(?P<item>- )?(?:(?P<key>[\w.-]+):(?: +|$))?(?P<value>.*)")
#: What YAML reads as the very same string without quotation marks.
_PLAIN = re.compile(r"[A-Za-z/](?:[^\s:#\"'\\]|:(?=\S)|(?<=\S)#| (?=[^\s#]))*")
_NOT_STRINGS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

Value = str | list[str] | dict[str, str]


def parse_head(lines: Iterable[str], path: Path) -> Head:
    """Read the lines of a head, each with its ``#``.

    Raises:
        LinkError: at the first line that is none of this little YAML, or of SSSOM.
    """
    head: dict[str, Value] = {}
    last, margin = "", None
    for number, raw in enumerate(lines, 1):
        found = _LINE.fullmatch(raw.rstrip())
        if found is None or not (found["key"] or found["item"] or found["value"] == ""):
            raise _fault(path, number, f"the head has {shown(raw)}", "write #key: value")
        if found["value"] == "" and not found["key"]:
            continue
        try:
            value = _parse_value(found["value"])
        except ValueError as cause:
            raise _fault(path, number, str(cause), "close the quotation marks") from cause
        margin = len(found["indent"]) if margin is None else margin
        if not found["item"] and len(found["indent"]) <= margin:
            last = _add(head, found["key"], value, path, number)
        else:
            _nest(head, last, found["key"] if not found["item"] else None, value, path, number)
    return head


def _add(head: dict[str, Value], key: str, value: str, path: Path, number: int) -> str:
    if key in head:
        raise _fault(path, number, f"{shown(key)} stands twice in the head", "keep one")
    if key not in read_slots().set:
        known = "use a slot of a mapping set of SSSOM"
        raise _fault(path, number, f"{shown(key)} is no slot of the head", known)
    head[key] = value
    return key


def _nest(
    head: dict[str, Value], last: str, key: str | None, value: str, path: Path, number: int
) -> None:
    """Add an item to the list, or a pair to the map, that the last key began."""
    holder = head.get(last)
    if holder == "":
        holder = head[last] = [] if key is None else {}
    if key is None and isinstance(holder, list):
        holder.append(value)
    elif key is not None and isinstance(holder, dict):
        if key in holder:
            raise _fault(path, number, f"{shown(key)} stands twice in {last}", "keep one")
        holder[key] = value
    else:
        remedy = "put it under a key without a value"
        raise _fault(path, number, f"{shown(key or value)} belongs to nothing", remedy)


def _parse_value(text: str) -> str:
    if text.startswith('"'):
        value = json.loads(text)
        if not isinstance(value, str):
            raise ValueError(f"{shown(text)} is no string")
        return value
    if text.startswith("'"):
        if len(text) < 2 or not text.endswith("'"):
            raise ValueError(f"{shown(text)} is no string")
        return text[1:-1].replace("''", "'")
    return text


def head_lines(head: Head) -> Iterator[str]:
    """Yield the lines of a head in canonical order."""
    for key in sorted(head, key=read_slots().set.index):
        value = head[key]
        if isinstance(value, str):
            yield f"#{key}: {_value(value)}"
            continue
        yield f"#{key}:"
        if isinstance(value, list):
            yield from (f"#  - {_value(item)}" for item in value)
        else:
            yield from (f"#  {name}: {_value(value[name])}" for name in sorted(value))


def _value(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_STRINGS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _fault(path: Path, line: int, problem: str, remedy: str) -> LinkError:
    return LinkError(problem, where=f"{path}:{line}:1", remedy=remedy)
