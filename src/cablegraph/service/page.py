"""The query page: a form that works without scripts, the canned questions, results as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from urllib.parse import quote, urlencode

from starlette.responses import Response

from cablegraph.questions import list_questions, read_question
from cablegraph.service.asking import Asked
from cablegraph.service.forms import FORMS, NAMES
from cablegraph.service.messages import Outcome

#: Nothing but our own two files, nothing sent elsewhere, no frame.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SLOT = re.compile(r"@(\w+)@")
_FIRST_QUERY = (
    "SELECT ?message ?title WHERE {\n  ?message a cbl:Telegram ; dcterms:title ?title .\n}"
)
#: Longer queries make addresses that servers on the way refuse.
_LONGEST_LINK = 6000
_ASSETS: Mapping[str, str] = {"query.css": "text/css", "query.js": "text/javascript"}


@cache
def read_asset(name: str) -> tuple[bytes, str] | None:
    """Return content and media type of a file that the page uses, or None for any other name."""
    if name not in _ASSETS:
        return None
    return resources.files(__package__).joinpath("data", name).read_bytes(), _ASSETS[name]


class QueryPage:
    """Renders the page at *path*."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._template = (
            resources.files(__package__).joinpath("data", "query.html").read_text(encoding="utf-8")
        )
        self._questions = dict(list_questions())

    def show_empty(self, question: str = "") -> Response:
        """Return the page without a result, with a canned question in the form if it is named."""
        if question in self._questions:
            return self._render(read_question(question).text, self._questions[question], "")
        return self._render(_FIRST_QUERY, "", "")

    def show_result(self, asked: Asked, outcome: Outcome, table: str) -> Response:
        """Return the page with a table; *table* is HTML already."""
        links = "" if asked.default or asked.named else self._link_downloads(asked, outcome)
        told = f'<p class="time">{outcome.seconds:.3f} s</p>'
        region = 'class="rows" tabindex="0" role="region" aria-labelledby="result"'
        body = f"<div {region}>{table}</div>\n{told}\n{links}"
        return self._render(asked.query or "", "Result", body)

    def show_problem(self, asked: Asked, outcome: Outcome) -> Response:
        """Return the page with the reason why there is no result."""
        body = f'<p class="problem" role="alert">{escape(outcome.text)}</p>'
        return self._render(asked.query or "", "No result", body, status=outcome.status)

    def _link_downloads(self, asked: Asked, outcome: Outcome) -> str:
        query = asked.query or ""
        if len(query) > _LONGEST_LINK:
            return ""
        links = [
            f'<a href="{escape(self._path)}?{escape(urlencode({"query": query, "format": form}))}"'
            f' download="result.{form}">{escape(NAMES[form].replace("_", " "))}</a>'
            for form in FORMS[outcome.kind]
        ]
        return f"<p>Download: {', '.join(links)}</p>"

    def _render(self, query: str, title: str, result: str, *, status: int = 200) -> Response:
        items = [
            f'<li><a href="{escape(self._path)}?question={quote(name)}">{escape(wording)}</a></li>'
            for name, wording in self._questions.items()
        ]
        heading = f'<h2 id="result">{escape(title)}</h2>' if title else ""
        slots = {
            "path": escape(self._path),
            "query": escape(query),
            "questions": "\n".join(items),
            "result": f"<section>\n{heading}\n{result}\n</section>" if heading else "",
        }
        # In one pass: a query that looks like a slot stays a query.
        text = _SLOT.sub(lambda slot: slots[slot[1]], self._template)
        headers = {
            "Content-Security-Policy": POLICY,
            "Vary": "Accept",
            "Cache-Control": "no-store",
        }
        return Response(text, status, headers, "text/html")
