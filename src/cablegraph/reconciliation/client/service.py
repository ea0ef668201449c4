"""What a service says of itself and answers, read with suspicion.

An answer that is not well formed is a fault; it never counts as "no match".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from cablegraph.errors import ServiceError, shown
from cablegraph.reconciliation.client.fetch import Answer, Fetcher

#: Queries at once where the service names no number, and the most we send where it does.
USUAL_BATCH, LARGEST_BATCH = 20, 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_HUGE = 1e12
_KEEPER = "ask the keeper of the service"

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A service: the address to ask, and what its identifiers begin with."""

    url: str
    name: str
    space: str
    batch: int


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate as the service gave it."""

    id: str
    name: str
    score: float
    match: bool
    types: tuple[str, ...]


def read_manifest(fetcher: Fetcher) -> Manifest:
    """Ask a service what it is.

    Raises:
        ServiceError: if it can't be asked, or is no reconciliation service.
    """
    answer = fetcher.get(fetcher.url)
    told = _parse(answer)
    name, space = told.get("name"), told.get("identifierSpace")
    if not isinstance(name, str) or not isinstance(space, str):
        raise _fault(answer.url, "is no reconciliation service: no name or identifierSpace")
    batch = told.get("batchSize", USUAL_BATCH)
    whole = isinstance(batch, int) and not isinstance(batch, bool) and batch > 0
    return Manifest(
        url=answer.url,
        name=_clean(name),
        space=_clean(space),
        batch=min(batch, LARGEST_BATCH) if whole else USUAL_BATCH,
    )


def ask(
    fetcher: Fetcher, service: Manifest, queries: Mapping[str, Asked]
) -> tuple[dict[str, Any], ServiceError | None]:
    """Send a batch; return the raw answers by key, and what is wrong with the first bad one.

    Raises:
        ServiceError: if it can't be asked, or does not answer in JSON.
    """
    form = {"queries": json.dumps(queries, ensure_ascii=False)}
    answer = fetcher.post(service.url, form)
    told = _parse(answer)
    found: dict[str, Any] = {}
    faults: list[ServiceError] = []
    for key in queries:
        one = told.get(key)
        try:
            if not isinstance(one, dict) or "result" not in one:
                raise _fault(answer.url, f"has no result for the query {key}: {shown(told)}")
            read_options(one["result"], answer.url)
            found[key] = one["result"]
        except ServiceError as error:
            faults.append(error)
    return found, faults[0] if faults else None


def read_options(listed: object, url: str) -> tuple[Option, ...]:
    """Read the candidates of one query, the best first.

    Raises:
        ServiceError: if one has no id, no name or no score.
    """
    if not isinstance(listed, list):
        raise _fault(url, f"has {shown(listed)} for candidates")
    return tuple(sorted((_option(one, url) for one in listed), key=lambda o: (-o.score, o.id)))


def _option(value: object, url: str) -> Option:
    row = value if isinstance(value, dict) else {}
    identifier, name, score = row.get("id"), row.get("name"), row.get("score")
    if not isinstance(identifier, str) or not identifier or _CONTROL.search(identifier):
        raise _fault(url, f"has a candidate without an id: {shown(value)}")
    if not isinstance(name, str):
        raise _fault(url, f"has a candidate without a name: {shown(value)}")
    if not _is_number(score):
        raise _fault(url, f"has a candidate without a score: {shown(value)}")
    types = row.get("type")
    return Option(
        id=identifier,
        name=_clean(name),
        score=float(score),
        match=row.get("match") is True,
        types=tuple(
            kind for one in (types if isinstance(types, list) else []) for kind in _type_ids(one)
        ),
    )


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < _HUGE  # not so for nan, inf and integers beyond a float


def _type_ids(value: object) -> list[str]:
    named = value.get("id") if isinstance(value, dict) else value
    return [_clean(named)] if isinstance(named, str) else []


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _parse(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError) as cause:
        begun = shown(answer.body[:40].decode("utf-8", "replace"))
        raise _fault(answer.url, f"answers with what is not JSON: {begun}") from cause
    if not isinstance(told, dict):
        raise _fault(answer.url, f"answers with {shown(told)}, which is no JSON object")
    return told


def _fault(url: str, problem: str) -> ServiceError:
    return ServiceError(problem, where=url[:200], remedy=_KEEPER)
