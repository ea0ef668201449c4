"""Own terms that the vocabulary does not have: the misspellings that SHACL never sees."""

from __future__ import annotations

from difflib import get_close_matches

from cablegraph.namespaces import CBL, DEF
from cablegraph.validation.facts import Statements, parse_statements, term_text
from cablegraph.validation.results import ShapeResult, fold

CODE = "undefined-term"


def check_terms(statements: Statements) -> list[ShapeResult]:
    """Report each term of the own namespace that is not declared, at the first node to use it."""
    known = set(CBL)
    users: dict[str, list[str]] = {}
    for statement in parse_statements(statements):
        subject = term_text(statement.subject)
        for term in (statement.predicate, statement.object):
            iri = getattr(term, "value", "")
            if iri.startswith(DEF) and iri not in known and not _is_literal(term):
                users.setdefault(iri, []).append(subject)
    return fold(_to_result(iri, min(subjects)) for iri, subjects in users.items())


def _is_literal(term: object) -> bool:
    import pyoxigraph

    return isinstance(term, pyoxigraph.Literal)


def _to_result(iri: str, subject: str) -> ShapeResult:
    name = iri.removeprefix(DEF)
    near = get_close_matches(name, [term.removeprefix(DEF) for term in CBL], n=1)
    remedy = f"write cbl:{near[0]}" if near else "use a term of the vocabulary"
    message = f"cbl:{name} is not in the vocabulary"
    return ShapeResult(subject, CODE, "violation", message, remedy, path=iri)
