"""Corpus rules: SPARQL queries that compare documents with each other, run over the whole store.

A rule is a file of ontology/rules: comment lines ``# id:``, ``# severity:``, ``# message:`` and
``# remedy:``, then a SELECT that gives ?this and the variables of the message. Its LIMIT bounds
the results; what bounds the work is said in ``# cost:``. The query of the same name in the folder
meetings gives a ?key for each ?unit (a document, an entity) on which the rule says something: only
units with a key in common can have a result together, so that a corpus of any size is compared key
by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cablegraph.namespaces import PREFIXES
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
_ORDER = re.compile(r"\bORDER\s+BY((?:\s+\?\w+)+)")
_COMMENT = re.compile(r"^\s*#.*$", re.M)
_PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.I)
#: An IRI, a prefixed name or the word ``a``, none of them within quotation marks.
_NAMED = re.compile(
    r'"(?:[^"\\]|\\.)*"|<([^<>\s]*)>|(?<![\w?$])([\w.-]*):(\w[\w-]*)|(?<![\w?$])(a)\b'
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One corpus rule, as its file states it.

    Shape: ``meeting`` is the query of its keys; ``order`` the variables by which results stand.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    query: str
    limit: int | None = None
    order: tuple[str, ...] = ()
    meeting: str | None = None

    @property
    def iris(self) -> frozenset[str]:
        """The IRIs that the queries name: statements with another property say nothing to it."""
        return find_iris(self.query) | find_iris(self.meeting or "")


@lru_cache(maxsize=256)
def find_iris(query: str) -> frozenset[str]:
    """Return the IRIs that a query names, prefixed or not.

    >>> sorted(find_iris('PREFIX e: <a:> SELECT ?a { ?a e:p|e:q "e:r" ; e:s <https://e.org/C> }'))
    ['a:p', 'a:q', 'a:s', 'https://e.org/C']
    """
    text = _COMMENT.sub("", query)
    prefixes = dict(_PREFIX.findall(text))
    found = set()
    for whole, prefix, local, is_a in _NAMED.findall(_PREFIX.sub("", text)):
        if is_a:
            found.add(PREFIXES["rdf"] + "type")
        elif whole or local:
            found.add(whole or prefixes[prefix] + local)
    return frozenset(found)


def parse_rule(text: str, meeting: str | None = None) -> Rule:
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
    limit, order = _LIMIT.search(text), _ORDER.search(text)
    return Rule(
        header["id"],
        parse_severity(header["severity"]),
        header["message"],
        header["remedy"],
        text,
        limit=int(limit[1]) if limit else None,
        order=tuple(name[1:] for name in order[1].split()) if order else (),
        meeting=meeting,
    )


def _unquote(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def read_rules(folder: Path | None = None) -> list[Rule]:
    """Read the rules of a folder, by default of ontology/rules, in order of file name."""
    paths = sorted((folder or ontology_path("rules")).glob("*.rq"))
    return [_read_rule(path) for path in paths]


def _read_rule(path: Path) -> Rule:
    place = path.parent / "meetings" / path.name
    meeting = place.read_text(encoding="utf-8") if place.is_file() else None
    return parse_rule(path.read_text(encoding="utf-8"), meeting)


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
    return to_results(rule, find_solutions(rule, store))


def find_solutions(rule: Rule, store: Store) -> list[dict[str, str]]:
    """Return the values of the variables in each solution of a rule, in the order of its query.

    Raises:
        ValueError: if the rule is no SELECT.
    """
    from pyoxigraph import QuerySolutions

    solutions = store.query(rule.query)
    if not isinstance(solutions, QuerySolutions):
        raise ValueError(f"{rule.code} is no SELECT")
    names = [variable.value for variable in solutions.variables]
    return [
        {name: term_text(term) for name in names if (term := solution[name]) is not None}
        for solution in solutions
    ]


def to_results(rule: Rule, solutions: Iterable[dict[str, str]]) -> Iterator[ShapeResult]:
    """Yield the result of each solution, and an info if there may be more than are shown."""
    solutions = list(solutions)
    for values in solutions:
        if "this" in values:
            message = put_labels(fill(rule.message, values))
            yield ShapeResult(values["this"], rule.code, rule.severity, message, rule.remedy)
    if len(solutions) == rule.limit:
        problem = f"only the first {len(solutions)} results of this rule are shown"
        yield ShapeResult("_:", rule.code, "info", problem, "mend those, then check again")
