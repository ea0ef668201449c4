"""IRIs of things, from stable keys; nothing here counts or looks at the clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from cablegraph.namespaces import CBL, SCHEME, expand
from cablegraph.terms import iri

_PATH = re.compile(r"[a-z0-9][a-z0-9/_.-]*(?:#[a-z]+)?")
#: What nearly every path is made of, taken out of which nothing is left; a pattern is slower.
_USUAL = b"abcdefghijklmnopqrstuvwxyz0123456789/_.-"


class _Terms(dict[str, str]):
    """The terms that code names, by prefix and name: each is looked up once.

    Raises:
        AttributeError: if an own term is not in the vocabulary.

    >>> TERMS["cbl:rule"]
    '<https://w3id.org/cablegraph/def#rule>'
    """

    def __missing__(self, curie: str) -> str:
        prefix, _, name = curie.partition(":")
        term = self[curie] = iri(getattr(CBL, name) if prefix == "cbl" else expand(curie))
        return term


TERMS = _Terms()


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one collection, as N-Quads terms.

    >>> Iris("https://example.org/").node("person/mao")
    '<https://example.org/id/person/mao>'
    """

    base: str

    def node(self, path: str) -> str:
        """Name a thing by its path; an IRI is taken as it is.

        Raises:
            ValueError: if the path has other characters than a-z, 0-9 and / _ . -
        """
        return _node(self.base, path)

    def namer(self) -> Callable[[str], str]:
        """Return what names things as ``node`` does, for who names many."""
        return partial(_node, self.base)

    def graph(self, name: str) -> str:
        """Name a graph: that of a document, ``authorities``, ``dataset`` or ``vocabulary``."""
        return _graph(self.base, name)

    def source(self, sha256: str) -> str:
        """Name a source file by its content."""
        return self.node(f"source/{sha256[:12]}")

    def span(self, telegram: str, layer: str, start: int, end: int) -> str:
        """Name a stretch of a text version by its offsets in it (path, not term)."""
        return f"{telegram}/text/{layer}/span/{start}-{end}"


@lru_cache(maxsize=1 << 13)
def _node(base: str, path: str) -> str:
    if _is_usual(path):
        return f"{_stem(base, 'id')}{path}>"
    if "://" in path:
        return iri(path)
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not a path of lower-case ASCII")
    return f"{_stem(base, 'id')}{path}>"


@lru_cache(maxsize=1 << 8)
def _graph(base: str, name: str) -> str:
    return f"{_stem(base, 'graph')}{name}>" if _is_usual(name) else iri(f"{base}graph/{name}")


@lru_cache(maxsize=16)
def _stem(base: str, part: str) -> str:
    return iri(f"{base}{part}/")[:-1]


def _is_usual(path: str) -> bool:
    return path[:1].isalnum() and path.isascii() and not path.encode().translate(None, _USUAL)


@lru_cache(maxsize=1 << 12)
def concept(scheme: str, name: str) -> str:
    """Name a concept of one of our schemes.

    >>> concept("status", "preferred")
    '<https://w3id.org/cablegraph/scheme/status/preferred>'
    """
    return iri(f"{SCHEME}{scheme}/{name}")
