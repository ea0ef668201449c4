"""Which things have a page of their own, and what the steps to their parts are called."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from cablegraph.namespaces import expand
from cablegraph.terms import RDF_TYPE, Quad, iri

_FILE = Path(__file__).with_name("things.toml")


@lru_cache(maxsize=1)
def read_classes() -> frozenset[str]:
    """Return the classes of things with a page, as terms of N-Quads."""
    with _FILE.open("rb") as file:
        return frozenset(iri(expand(curie)) for curie in tomllib.load(file)["classes"])


def is_thing(said: Iterable[Quad]) -> bool:
    """Whether statements on one subject make it a thing with a page."""
    return any(quad.predicate == RDF_TYPE and quad.object in read_classes() for quad in said)


def find_whole(path: str, things: Collection[str]) -> str | None:
    """Return the thing with a page to which a path belongs, by the longest beginning.

    >>> find_whole("unit/a/1/name/x", {"unit/a", "unit/a/1"})
    'unit/a/1'
    """
    whole = path.partition("#")[0]
    while whole and whole not in things:
        whole = whole.rpartition("/")[0]
    return whole or None


def find_part_steps(paths: Iterable[str], things: Collection[str]) -> dict[str, list[str]]:
    """Return for each kind of thing the steps that lead from one to its parts, sorted.

    Shape: a step that also stands in the name of a thing of the kind is left out.

    >>> find_part_steps(["unit/a/1", "unit/a/name/x"], {"unit/a", "unit/a/1"})
    {'unit': ['name']}
    """
    steps: defaultdict[str, set[str]] = defaultdict(set)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for thing in things:
        kind, *rest = thing.split("/")
        named[kind].update(rest)
        steps[kind].update(())
    for path in paths:
        whole = find_whole(path, things)
        if whole and len(path) > len(whole) and path[len(whole)] == "/":
            steps[path.split("/")[0]].add(path[len(whole) + 1 :].partition("#")[0].split("/")[0])
    return {kind: sorted(steps[kind] - named[kind]) for kind in sorted(steps)}
