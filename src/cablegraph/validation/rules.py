"""Corpus rules: SPARQL queries that compare documents with each other, run over the whole store.

A rule is a file of ontology/rules: comment lines ``# id:``, ``# severity:``, ``# message:`` and
``# remedy:``, then a SELECT that gives ?this and the variables of the message. Its LIMIT bounds
the results; what bounds the work is said in ``# cost:``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.resources import ontology_path
from cablegraph.validation.facts import term_text
from cablegraph.validation.results import (
    Severity,
    ShapeResult,
    fill,
    fold,
    parse_severity,
    put_labels,
)

if TYPE_CHECKING:
    from pyoxigraph import Store

_HEADER = re.compile(r"^#\s*(id|severity|message|remedy)\s*:\s*(.*?)\s*$", re.M)
_LIMIT = re.compile(r"\bLIMIT\s+([0-9]+)\s*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One corpus rule, as its file states it."""

    code: str
    severity: Severity
    message: str
    remedy: str
    query: str
    limit: int | None = None


def parse_rule(text: str) -> Rule:
    """Read the header of a rule; the query is the whole text, comments are part of SPARQL.

    Raises:
        ValueError: if the id, the severity, the message or the remedy is missing.

    >>> parse_rule('''# id: R1
    ... # severity: Info
    ... # message: "{?other} stands before"
    ... # remedy: compare the leaves
    ... SELECT ?this ?other WHERE { ?this ?p ?other }''').message
    '{?other} stands before'
    """
    header = {name: _unquote(value) for name, value in _HEADER.findall(text)}
    missing = sorted({"id", "severity", "message", "remedy"} - set(header))
    if missing:
        raise ValueError(f"the header has no {' and no '.join(missing)}")
    limit = _LIMIT.search(text)
    return Rule(
        header["id"],
        parse_severity(header["severity"]),
        header["message"],
        header["remedy"],
        text,
        limit=int(limit[1]) if limit else None,
    )


def _unquote(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def read_rules(folder: Path | None = None) -> list[Rule]:
    """Read the rules of a folder, by default of ontology/rules, in order of file name."""
    paths = sorted((folder or ontology_path("rules")).glob("*.rq"))
    return [parse_rule(path.read_text(encoding="utf-8")) for path in paths]


def run_rules(store: Store, *, folder: Path | None = None) -> list[ShapeResult]:
    """Run every rule over the union of the graphs of a store.

    Shape: a rule that was cut off by its LIMIT gives an info that says so.
    The union is made first: an engine that looks through graph after graph meets a statement of
    several documents several times, and a rule that compares pairs then takes its power.

    Raises:
        SyntaxError: if a rule is not SPARQL.
    """
    from pyoxigraph import Quad, Store

    union = Store()
    union.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return fold(result for rule in read_rules(folder) for result in _run(rule, union))


def _run(rule: Rule, store: Store) -> Iterator[ShapeResult]:
    from pyoxigraph import QuerySolutions

    solutions = store.query(rule.query)
    if not isinstance(solutions, QuerySolutions):
        raise ValueError(f"{rule.code} is no SELECT")
    names = [variable.value for variable in solutions.variables]
    rows = list(solutions)
    for solution in rows:
        values = {name: term_text(term) for name in names if (term := solution[name]) is not None}
        if "this" in values:
            message = put_labels(fill(rule.message, values))
            yield ShapeResult(values["this"], rule.code, rule.severity, message, rule.remedy)
    if len(rows) == rule.limit:
        problem = f"only the first {len(rows)} results of this rule are shown"
        yield ShapeResult("_:", rule.code, "info", problem, "mend those, then check again")
