"""What a written graph holds, counted in one pass: statements, things, classes, properties, links.

A statement that several graphs make is counted once. The lines are sorted, so a subject's
statements stand together and only the objects have to be remembered, as 8 bytes each.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlsplit

from cablegraph.namespaces import CBL, PREFIXES, SCHEME, expand
from cablegraph.publication.kinds import is_thing
from cablegraph.terms import RDF_TYPE, Quad, parse_line, parse_literal

#: Properties that lead from our things to the same or a like thing elsewhere.
_LINKING = tuple(
    f"<{expand(curie)}>"
    for curie in (
        "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch",
        "skos:relatedMatch", "owl:sameAs", "rdfs:seeAlso",
    )
)  # fmt: skip
_EDTF = f"<{CBL.edtf}>"
_LANGUAGE = f"<{expand('dcterms:language')}>"
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T|[?~%]?\Z)")
_DRAWERS = 256  # one for each first byte of a digest
#: Days under these steps of a path are days of a message itself, not of what it speaks of.
_OF_MESSAGES = re.compile(r"(?:telegram|message)/[^/]+/date/")


@dataclass(slots=True)
class Census:
    """The counts; terms are IRIs without brackets, ``links`` are by property and target."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    days: tuple[str, str] | None = None
    linksets: list[Quad] = field(default_factory=list)

    @property
    def vocabularies(self) -> list[str]:
        """The namespaces, of those that have a prefix with us, of all classes and properties."""
        used = [*self.classes, *self.properties]
        spaces = PREFIXES.values()
        return sorted(space for space in spaces if any(iri.startswith(space) for iri in used))


class _Distinct:
    """Counts different terms; a set of ten million of them would fill a gigabyte."""

    def __init__(self) -> None:
        self._drawers = [array("Q") for _ in range(_DRAWERS)]

    def add(self, term: str) -> None:
        digest = hashlib.blake2b(term.encode("utf-8"), digest_size=8).digest()
        self._drawers[digest[0]].append(int.from_bytes(digest, "big"))

    def count(self) -> int:
        return sum(len(set(drawer)) for drawer in self._drawers)


def count_lines(lines: Iterable[str], base: str) -> Census:
    """Count sorted lines of N-Quads; *base* is where our own IRIs begin, without ``id/``."""
    census, objects, days = Census(), _Distinct(), set[str]()
    for subject, quads in groupby(_triples(lines), key=lambda quad: quad.subject):
        said = list(quads)
        path = _path(subject, base)
        census.subjects += 1
        census.triples += len(said)
        census.entities += path is not None
        for quad in said:
            objects.add(quad.object)
            _count_statement(census, quad, path, base)
        if path is not None:
            if is_thing(said):
                _count_thing(census, path)
            days.update(_days(path, said))
        if (RDF_TYPE, f"<{expand('void:Linkset')}>") in {(q.predicate, q.object) for q in said}:
            census.linksets.extend(said)
    census.objects = objects.count()
    census.days = (min(days), max(days)) if days else None
    return census


def _triples(lines: Iterable[str]) -> Iterator[Quad]:
    """Yield each statement once; in sorted lines its repetitions follow it."""
    last = None
    for line in lines:
        quad = parse_line(line)._replace(graph="")
        if quad != last:
            last = quad
            yield quad


def _count_statement(census: Census, quad: Quad, path: str | None, base: str) -> None:
    census.properties[quad.predicate[1:-1]] += 1
    if quad.predicate == RDF_TYPE:
        census.classes[quad.object[1:-1]] += 1
    elif quad.predicate == _LANGUAGE:
        census.languages.add(quad.object)
    elif quad.predicate in _LINKING and path is not None and quad.object.startswith("<"):
        target = quad.object[1:-1]
        if not target.startswith((base, SCHEME)):
            parts = urlsplit(target)
            census.links[quad.predicate[1:-1], f"{parts.scheme}://{parts.netloc}/"] += 1


def _count_thing(census: Census, path: str) -> None:
    kind = path.split("/")[0]
    census.kinds[kind] += 1
    census.examples.setdefault(kind, path)


def _days(path: str, said: Iterable[Quad]) -> Iterator[str]:
    if _OF_MESSAGES.match(path):
        for quad in said:
            if quad.predicate == _EDTF and (day := _DAY.match(parse_literal(quad.object).text)):
                yield day[1]


def _path(subject: str, base: str) -> str | None:
    start = f"<{base}id/"
    return subject[len(start) : -1] if subject.startswith(start) else None
