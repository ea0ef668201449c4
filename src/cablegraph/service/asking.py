"""What a request of the SPARQL Protocol asks: the query, the dataset, the form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from cablegraph.service.limits import Limits
from cablegraph.service.messages import Outcome

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_READ_ONLY = "the graph is read-only here; there is no update"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came; ``query`` is None where the request has none."""

    query: str | None = None
    default: list[str] | None = None
    named: list[str] | None = None
    form: str = ""
    question: str = ""


async def read_request(request: Request, limits: Limits) -> Asked | Outcome:
    """Return what is asked, or why it can't be."""
    fields = parse_fields(request.url.query)
    if isinstance(fields, Outcome) or request.method in ("GET", "HEAD"):
        return fields if isinstance(fields, Outcome) else _read_fields(fields)
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        return Outcome(status=403, reason="refused", text=_READ_ONLY)
    if kind not in (FORM, QUERY):
        told = f"a query is sent as {QUERY} or {FORM}"
        return Outcome(status=415, reason="request", text=told)
    text = await _read_text(request, parameters, limits)
    if isinstance(text, Outcome):
        return text
    if kind == QUERY:
        return _read_fields([*fields, ("query", text)])
    sent = parse_fields(text)
    return sent if isinstance(sent, Outcome) else _read_fields([*fields, *sent])


def parse_fields(text: str) -> list[tuple[str, str]] | Outcome:
    """Return the fields of a query string or a form."""
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        told = "the fields can't be read; percent-encode UTF-8 and send fewer"
        return Outcome(status=400, reason="request", text=told)


def _read_fields(fields: list[tuple[str, str]]) -> Asked | Outcome:
    def find(name: str) -> list[str]:
        return [value for key, value in fields if key == name]

    if find("update") or find("using-graph-uri") or find("using-named-graph-uri"):
        return Outcome(status=403, reason="refused", text=_READ_ONLY)
    queries = find("query")
    default, named = find("default-graph-uri"), find("named-graph-uri")
    if len(queries) > 1:
        return Outcome(status=400, reason="request", text="query stands twice; send one query")
    if not queries and (default or named):
        return Outcome(status=400, reason="request", text="there is no query; send the field query")
    return Asked(
        queries[0] if queries else None,
        default if default or named else None,
        named if default or named else None,
        (find("format") or [""])[-1],
        (find("question") or [""])[-1],
    )


async def _read_text(request: Request, parameters: str, limits: Limits) -> str | Outcome:
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        return Outcome(status=415, reason="request", text="send the query in UTF-8")
    body = bytearray()
    try:
        async with asyncio.timeout(limits.patience):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.body:
                    told = f"the request is longer than {limits.body:,} bytes"
                    return Outcome(status=413, reason="request", text=told)
    except TimeoutError:
        told = f"the request was not sent within {limits.patience:g} s"
        return Outcome(status=408, reason="request", text=told)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return Outcome(status=400, reason="request", text="the request is not UTF-8")
