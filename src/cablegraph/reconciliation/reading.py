"""What a client sends, read and checked: batches of queries, requests for data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from cablegraph.errors import OversizeError, RequestError, shown
from cablegraph.reconciliation.model import Hint, Query, Strictness

#: Candidates for one query, and what is given when no number is asked for.
MOST_CANDIDATES, USUAL_CANDIDATES = 100, 10
#: Longer names are none; every letter costs time.
LONGEST_TEXT = 500
MOST_HINTS, MOST_VALUES = 20, 50
_KEYS = frozenset({"query", "type", "limit", "properties", "type_strict"})
_STRICT: tuple[str, ...] = get_args(Strictness)


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for the values of properties of entities."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]  # id, and the most values wanted; 0 for all


def read_queries(text: str, most: int) -> dict[str, Query]:
    """Read a batch of queries, by the client's own keys.

    Raises:
        RequestError: at the first thing that is malformed.
        OversizeError: if there are more than *most*.
    """
    batch = _object(_parse(text, "queries"), "queries")
    _check_size(len(batch), most, "queries", "queries")
    return {_text(key, "queries"): _query(value, f"queries/{key}") for key, value in batch.items()}


def read_extension(text: str, most: int) -> Extension:
    """Read a request for data.

    Raises:
        RequestError: at the first thing that is malformed.
        OversizeError: if it names more than *most* entities or properties.
    """
    asked = _object(_parse(text, "extend"), "extend")
    ids, wanted = (_list(asked.get(name), f"extend/{name}") for name in ("ids", "properties"))
    _check_size(len(ids), most, "extend/ids", "entities")
    _check_size(len(wanted), most, "extend/properties", "properties")
    properties = (_property(one, f"extend/properties/{n}") for n, one in enumerate(wanted))
    return Extension(
        ids=tuple(_text(one, f"extend/ids/{n}") for n, one in enumerate(ids)),
        properties=tuple(properties),
    )


def _check_size(found: int, most: int, where: str, what: str) -> None:
    if found > most:
        raise OversizeError(
            f"{found} {what} at once", where=where, remedy=f"send at most {most} at a time"
        )


def _property(value: object, where: str) -> tuple[str, int]:
    row = _object(value, where)
    settings = _object(row.get("settings") or {}, f"{where}/settings")
    return _text(row.get("id"), f"{where}/id"), _count(settings.get("limit", 0), where, least=0)


def _query(value: object, where: str) -> Query:
    row = _object(value, where)
    for key in sorted(row.keys() - _KEYS):
        raise _fault(f"{where}/{key}", "not a part of a query", f"use {', '.join(sorted(_KEYS))}")
    text = _text(row.get("query", ""), f"{where}/query")
    hints = tuple(
        _hint(one, f"{where}/properties/{n}")
        for n, one in enumerate(_list(row.get("properties", []), f"{where}/properties"))
    )
    if not text.strip() and not hints:
        raise _fault(where, "nothing is asked", "give query or properties")
    if len(hints) > MOST_HINTS:
        raise _fault(
            f"{where}/properties", f"{len(hints)} properties", f"give {MOST_HINTS} at most"
        )
    strictness = row.get("type_strict", "any")
    if strictness not in _STRICT:
        raise _fault(f"{where}/type_strict", shown(strictness), f"use {', '.join(_STRICT)}")
    return Query(
        text=text,
        kinds=_kinds(row.get("type", []), f"{where}/type"),
        strictness=cast(Strictness, strictness),
        limit=min(_count(row.get("limit", USUAL_CANDIDATES), where), MOST_CANDIDATES),
        hints=hints,
    )


def _kinds(value: object, where: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(text for one in listed if (text := _text(_named(one), where)))


def _named(value: object) -> object:
    # Some clients send a type as they got it, with its name.
    return value.get("id") if isinstance(value, dict) else value


def _hint(value: object, where: str) -> Hint:
    row = _object(value, where)
    if "v" not in row:
        raise _fault(where, "the property has no v", "give the value sought as v")
    listed = row["v"] if isinstance(row["v"], list) else [row["v"]]
    if len(listed) > MOST_VALUES:
        raise _fault(f"{where}/v", f"{len(listed)} values", f"give {MOST_VALUES} at most")
    return Hint(_text(row.get("pid"), f"{where}/pid"), tuple(_scalar(v, where) for v in listed))


def _scalar(value: object, where: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:.17g}" if isinstance(value, float) else str(value)
    return _text(_named(value), f"{where}/v")


def _count(value: object, where: str, *, least: int = 1) -> int:
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    if not whole or not least <= cast(float, value) < 1e9 or cast(float, value) % 1:
        raise _fault(f"{where}/limit", shown(value), f"give a whole number from {least}")
    return int(cast(float, value))


def _parse(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as cause:
        reason = " ".join(str(cause).split())
        raise _fault(where, f"not JSON ({reason})", "send a JSON object") from cause


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _fault(where, f"{shown(value)} is no object", "send a JSON object")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _fault(where, f"{shown(value)} is no array", "send a JSON array")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _fault(where, f"{shown(value)} is no string", "send a string")
    if len(value) > LONGEST_TEXT:
        raise _fault(where, f"{len(value)} characters", f"send {LONGEST_TEXT} at most")
    try:
        value.encode()
    except UnicodeEncodeError as cause:
        raise _fault(where, f"{shown(value)} holds half a character", "send Unicode") from cause
    return value


def _fault(where: str, problem: str, remedy: str) -> RequestError:
    # The place may quote a key of the client: shortened, and never half a character.
    place = where.encode("utf-8", "backslashreplace").decode()[:120]
    return RequestError(problem, where=place, remedy=remedy)
