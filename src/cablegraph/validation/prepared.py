"""A graph that prepares each SPARQL query once, and keeps pySHACL's messages from breaking.

Imports rdflib: load it only where a graph is needed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rdflib import Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Variable

_LOGGER = logging.getLogger(__name__)


@lru_cache(maxsize=512)
def _prepare(text: str) -> Query:
    return prepareQuery(text)


class PreparedGraph(Graph):
    """An rdflib graph for validation: the same answers, parsed queries kept."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:
        """Answer a query, preparing its text on first sight."""
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        found = super().query(prepared, *args, **options)
        if found.type == "SELECT":
            found.bindings = [{n: _escape(row[n]) for n in row} for row in _read_rows(found)]
        return found


def _read_rows(found: Result) -> Sequence[Mapping[Variable, Identifier]]:
    """Return the solutions; none where a pattern made of the data's words is no pattern.

    SPARQL has it that such an error rejects the solution; rdflib lets Python's error through,
    and one bracket in one shelf reference would end the validation of the document.
    """
    try:
        return found.bindings
    except re.error as error:
        _LOGGER.warning("a pattern of a SPARQL constraint can't be read: %s", error)
        return []


def _escape(term: Identifier) -> Identifier:
    """Double the backslashes: pySHACL fills messages by ``re.sub``, which reads them as escapes."""
    if isinstance(term, Literal) and "\\" in term:
        return Literal(str(term).replace("\\", "\\\\"), lang=term.language)
    return term
