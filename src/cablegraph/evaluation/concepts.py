"""What the schemes of the vocabulary say of stances and forms, as the comparison needs it."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from cablegraph.namespaces import PREFIXES, SCHEME
from cablegraph.resources import ontology_path

_COARSE = f"{SCHEME}stance-coarse/"
_STANCE = f"{SCHEME}stance/"
_FORM = f"{SCHEME}form/"
_TELEGRAM = f"{_FORM}telegram"
_SKOS = PREFIXES["skos"]


@cache
def _edges(scheme: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return, for each concept of a scheme, what a SKOS property of it points to."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    found: dict[str, list[str]] = {}
    path = ontology_path("schemes", f"{scheme}.ttl")
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
        if quad.predicate == NamedNode(_SKOS + name) and isinstance(quad.object, NamedNode):
            found.setdefault(str(quad.subject.value), []).append(quad.object.value)
    return {concept: tuple(sorted(others)) for concept, others in found.items()}


def coarse_stance(kind: str, *, conditional: bool = False) -> str | None:
    """Return the coarse stance of a concept of scheme/stance, None for one that has none.

    Shape: an acceptance on which a condition is put is a conditional one.

    >>> coarse_stance("demand"), coarse_stance("accept", conditional=True)
    ('insist', 'conditional-accept')
    """
    found = next(iter(_edges("stance", "broadMatch").get(_STANCE + kind, ())), None)
    coarse = found.removeprefix(_COARSE) if found else None
    return "conditional-accept" if coarse == "accept" and conditional else coarse


def is_telegram(form: str) -> bool:
    """Say whether a concept of scheme/form, an IRI, is a telegram or a kind of one."""
    above = _edges("form", "broader").get(form, ())
    return form == _TELEGRAM or any(map(is_telegram, above))


@cache
def _near_misses() -> frozenset[frozenset[str]]:
    text = files(__package__).joinpath("near-misses.csv").read_text("utf-8")
    return frozenset(
        frozenset((row["stance"], row["other"])) for row in csv.DictReader(text.splitlines())
    )


def stance_likeness(one: str, other: str | None) -> float:
    """Return 1 for the same coarse stance, ½ for a near-miss of near-misses.csv, else 0."""
    if one == other:
        return 1.0
    return 0.5 if other and frozenset((one, other)) in _near_misses() else 0.0
