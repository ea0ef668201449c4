"""A small ontology and a fictitious telegram, so that these tests are about the checks alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cablegraph import resources
from cablegraph.validation import background, engine_pyshacl, engine_shacl, results, shapes

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def small_ontology(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put the small ontology in the place of the project's own."""
    caches = (
        shapes.read_shapes,
        background.read_background,
        engine_shacl._compile,
        engine_pyshacl._read_graph,
        results.read_concept_labels,
    )
    monkeypatch.setattr(resources, "_folder", lambda *names: DATA / "ontology")
    for cache in caches:
        cache.cache_clear()
    yield DATA / "ontology"
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def telegram() -> str:
    """The fictitious telegram as N-Triples."""
    import pyoxigraph

    quads = pyoxigraph.parse(path=str(DATA / "telegram.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return (pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b"").decode()


@pytest.fixture
def authorities() -> str:
    """Two persons, one of them without a label."""
    return (DATA / "authorities.nq").read_text(encoding="utf-8")
