"""Contexts of JSON-LD documents: the project's own, or one made for the statements at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.namespaces import PREFIXES
from cablegraph.resources import ontology_path
from cablegraph.serialise.context import Context
from cablegraph.serialise.jsonld import read_context
from cablegraph.terms import RDF_TYPE, Quad

FOAF = "http://xmlns.com/foaf/0.1/"
SPDX = "http://spdx.org/rdf/terms#"
_SPACES = {**PREFIXES, "foaf": FOAF, "spdx": SPDX}
_MORE_TERMS = Path(__file__).with_name("document-context.json")


def find_context(quads: Iterable[Quad]) -> Context:
    """Return the project's context, with a key for each property that it has none for."""
    own = _own()
    known = {term.iri for term in own.terms.values()}
    missing = {quad.predicate[1:-1] for quad in quads} - known - {RDF_TYPE[1:-1]}
    return _extend(tuple(sorted(missing))) if missing else own


def make_context(quads: Iterable[Quad]) -> Context:
    """Return a context of nothing but what the statements use."""
    predicates = sorted({quad.predicate[1:-1] for quad in quads} - {RDF_TYPE[1:-1]})
    used = "\n".join(term for quad in quads for term in quad)
    spaces = {prefix: name for prefix, name in sorted(_SPACES.items()) if f"<{name}" in used}
    return Context({"id": "@id", "type": "@type", **spaces, **dict(_keys(predicates, spaces))})


@lru_cache(maxsize=1)
def _own() -> Context:
    return _extend(())


@lru_cache(maxsize=64)
def _extend(predicates: tuple[str, ...]) -> Context:
    own = read_context(ontology_path("context.jsonld")).definitions
    spaces = {name: value for name, value in own.items() if value in PREFIXES.values()}
    more = msgspec.json.decode(_MORE_TERMS.read_bytes())
    return Context({**own, **more, **dict(_keys(predicates, spaces))})


def _keys(
    predicates: Iterable[str], spaces: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a key for each property: its short name, else the IRI itself."""
    by_length = sorted(spaces.items(), key=lambda item: (-len(item[1]), item[0]))
    for predicate in predicates:
        short = (
            f"{prefix}:{predicate.removeprefix(space)}"
            for prefix, space in by_length
            if predicate.startswith(space) and predicate != space
        )
        yield next(short, predicate), {"@id": predicate}
