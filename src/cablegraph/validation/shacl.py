"""Check one document against the shapes, by whichever engine is at hand, with one result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from typing import Literal, TypeAlias

from cablegraph.errors import ConfigError
from cablegraph.validation.background import Background, read_background
from cablegraph.validation.conditions import NUMBER
from cablegraph.validation.facts import TYPE, Facts
from cablegraph.validation.results import ShapeResult, fold
from cablegraph.validation.rows import Row, Statements
from cablegraph.validation.shapes import read_shapes
from cablegraph.validation.view import SUBCLASS, View

Engine: TypeAlias = Literal["pyshacl", "shacl"]
#: ``auto`` is shacl where it is installed, else pySHACL.
Validator: TypeAlias = Literal["auto", "pyshacl", "shacl"]
_A = f"<{TYPE}>"
#: Statements of a document that is looked at first; for a larger one an engine has better means.
_MOST = 20_000


@lru_cache(maxsize=4)
def choose_engine(validator: Validator = "auto") -> Engine:
    """Return the engine that a choice stands for on this machine.

    Raises:
        ConfigError: if shacl is asked for and not installed.
    """
    if validator == "pyshacl":
        return "pyshacl"
    if find_spec("shacl") is not None:
        return "shacl"
    if validator == "auto":
        return "pyshacl"
    raise ConfigError(
        "the engine shacl is not installed",
        where="--validator",
        remedy="pip install 'cablegraph[fast]', or take --validator pyshacl",
    )


def has_target(statements: Statements | Facts) -> bool:
    """Whether any shape has a node to look at; if not, the namespace is probably wrong."""
    shapes = read_shapes()
    columns, _ = _facts(statements).visible(shapes.seen)
    types = columns.get(_A, ())
    return not shapes.properties.isdisjoint(columns) or any(
        value in shapes.classes for _, _, value in types
    )


def check_shapes(
    statements: Statements | Facts, *, background: str = "", validator: Validator = "auto"
) -> list[ShapeResult]:
    """Check the nodes of one document against the shapes.

    Shape: N-Quads or N-Triples text, or pyoxigraph quads or triples, of one document in, or the
        Facts made of it; *background* is the authority graph as N-Quads text (the schemes are
        always at hand). Only nodes of which the document states something are reported.
    Raises:
        ValueError: if no node is the target of a shape, or if SHACL could not run.
        ConfigError: if the engine asked for is not installed.
    """
    facts = _facts(statements)
    if not has_target(facts):
        raise ValueError("no node is the target of any shape; is the namespace right?")
    found = _run_document(facts, read_background(background), validator)
    return fold(r for r in found if r.focus in facts or r.focus.startswith("_:"))


def check_background(background: str, *, validator: Validator = "auto") -> list[ShapeResult]:
    """Check the nodes of the authority graph, once a build."""
    rows = read_background(background).rows
    return fold(_run([row for own in rows.values() for row in own], validator))


def _facts(statements: Statements | Facts) -> Facts:
    return statements if isinstance(statements, Facts) else Facts(statements)


def _run_document(
    facts: Facts, background: Background, validator: Validator
) -> Iterable[ShapeResult]:
    """Yield the results of a document; shacl is asked only about shapes that it may fail."""
    all_shapes = read_shapes()
    columns, nodes = facts.visible(all_shapes.seen)
    if sum(map(len, columns.values())) > _MOST or not _is_simple(facts, background, validator):
        return _run([*facts.rows, *background.around(facts.rows)], validator)
    classes = None if SUBCLASS in columns else all_shapes.seen
    known = background.by(all_shapes.looked_at, classes)
    named = {row[2] for column in columns.values() for row in column}.union(nodes)
    reached = chain.from_iterable([known[node] for node in background.reach(named)])
    view = View(reached, all_shapes.seen, nodes, columns)
    if not _are_numbers(row for one in all_shapes.ordered for row in view.column(one)):
        return _run([*facts.rows, *background.around(facts.rows)], validator)
    left = all_shapes.proof.find_open(view)
    if not left:
        return ()
    from cablegraph.validation.engine_shacl import run

    shapes = all_shapes.choose(left)
    if shapes.named is all_shapes.named or view.column(SUBCLASS):
        seen = shapes.concern([*facts.rows, *background.around(facts.rows)])
    else:
        seen = shapes.pick(view)
    return run(map(" ".join, seen), shapes)


def _is_simple(facts: Facts, background: Background, validator: Validator) -> bool:
    """Whether a document can be looked at before shacl is asked, and shacl may answer."""
    return choose_engine(validator) == "shacl" and facts.is_plain and background.is_plain


def _run(rows: Sequence[Row], validator: Validator) -> Iterator[ShapeResult]:
    seen = read_shapes().concern(rows)
    triples = map(" ".join, seen)
    if engine_for(seen, validator) == "shacl":
        from cablegraph.validation.engine_shacl import run

        return run(triples)
    from cablegraph.validation.engine_pyshacl import run as run_pyshacl

    return run_pyshacl(triples)


def engine_for(rows: Iterable[Row], validator: Validator) -> Engine:
    """Return the engine for a document: pySHACL for what shacl might take differently.

    Raises:
        ConfigError: if the engine asked for is not installed.
    """
    engine = choose_engine(validator)
    return engine if engine == "pyshacl" or _engines_agree_on(rows) else "pyshacl"


def _engines_agree_on(rows: Iterable[Row]) -> bool:
    """Whether a document has nothing that pySHACL and shacl take differently.

    Shape: every node has a name, for engines give blank nodes labels of their own; and what
        shapes compare by its size is a number, for pySHACL compares other things by their words.
    """
    ordered = read_shapes().ordered
    for subject, predicate, value in rows:
        for term in (subject, value):
            if term[0] == "_" or term[:2] == "<<":  # a blank node, or a triple term
                return False
        if predicate in ordered and not NUMBER.fullmatch(value):
            return False
    return True


def _are_numbers(rows: Iterable[Row]) -> bool:
    return all(NUMBER.fullmatch(row[2]) for row in rows)
