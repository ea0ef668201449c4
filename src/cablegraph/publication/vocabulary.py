"""The vocabulary as documents of their own: the terms under /def, each concept scheme by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cablegraph.namespaces import DEF, SCHEME
from cablegraph.resources import ontology_path

#: The document of the terms; those of the schemes have the path scheme/NAME.
TERMS = "def"


@lru_cache(maxsize=1)
def list_documents() -> tuple[str, ...]:
    """Return the paths of the documents.

    >>> "def" in list_documents() and "scheme/rule" in list_documents()
    True
    """
    return (TERMS, *(f"scheme/{path.stem}" for path in _schemes()))


@lru_cache(maxsize=64)
def read_document(path: str) -> tuple[str, ...]:
    """Return the statements of a document, as lines of N-Triples, sorted.

    Raises:
        KeyError: if there is no such document.
    """
    import pyoxigraph

    if path not in list_documents():
        raise KeyError(path)
    file = ontology_path("cablegraph.ttl")
    if path != TERMS:
        file = ontology_path("schemes", f"{path.removeprefix('scheme/')}.ttl")
    parsed = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    return tuple(sorted({f"{quad.triple} ." for quad in parsed}))


def document_of(path: str) -> str | None:
    """Return the document that describes the term at a path, such as ``scheme/rule/x``."""
    steps = path.split("/")
    wanted = TERMS if steps[0] == TERMS else "/".join(steps[:2])
    return wanted if wanted in list_documents() else None


def document_iri(path: str) -> str:
    """Return the IRI that a document is about.

    >>> document_iri("scheme/rule")
    'https://w3id.org/cablegraph/scheme/rule'
    """
    return DEF.rstrip("#") if path == TERMS else SCHEME + path.removeprefix("scheme/")


def read_context_bytes() -> bytes:
    """Return the JSON-LD context as it is published."""
    return ontology_path("context.jsonld").read_bytes()


def _schemes() -> list[Path]:
    return sorted(ontology_path("schemes").glob("*.ttl"))
