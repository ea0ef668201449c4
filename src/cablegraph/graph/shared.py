"""The graphs that belong to no document: authorities, vocabulary, the dataset itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from cablegraph.authorities.table import Authorities
from cablegraph.config import Settings
from cablegraph.graph.evidence import TYPE, Triple
from cablegraph.graph.iris import Iris
from cablegraph.namespaces import DEF, expand
from cablegraph.terms import iri, literal, quad_line

_KINDS = "person|org|group|position|place|archive"
_TERM = re.compile(rf"<[^<>\s\"]+/id/(?:{_KINDS})/[^<>\s\"/]+>")
#: The end of such a term: a search for its first letters is many times as fast.
_TERM_END = re.compile(rf"/id/(?:{_KINDS})/[^<>\s\"/]+>")
_PIECE = 4096

_PREFERRED, _ALTERNATIVE = iri(expand("skos:prefLabel")), iri(expand("skos:altLabel"))


def _p(curie: str) -> str:
    return iri(expand(curie))


def authority_lines(authorities: Authorities, iris: Iris) -> list[str]:
    """Return the authority file as statements: class, labels, notation, other names, note."""
    graph = iris.graph("authorities")
    return sorted({quad_line(*t, graph) for t in _entities(authorities, iris)})


def _entities(authorities: Authorities, iris: Iris) -> Iterator[Triple]:
    for entity in authorities.entities:
        node = iris.node(entity.key)
        yield node, TYPE, _p(entity.class_curie)
        for language, label in sorted(entity.labels.items()):
            yield node, _p("skos:prefLabel"), literal(label, language=language)
        if entity.notation:
            yield node, _p("skos:notation"), literal(entity.notation)
        if entity.note:
            yield node, _p("skos:scopeNote"), literal(entity.note, language="en")
        for name in authorities.names(entity.key):
            hidden = name.kind in ("misspelling", "adjective")
            term = literal(name.form, language=name.language)
            if name.form not in entity.labels.values():
                yield node, _p("skos:hiddenLabel" if hidden else "skos:altLabel"), term


def find_named(lines: Iterable[str]) -> set[str]:
    """Return the terms of persons, bodies, posts, places and archives that lines name."""
    found: set[str] = set()
    rest = iter(lines)
    while piece := list(islice(rest, _PIECE)):
        found |= name_terms(line.split(" ", 2) for line in piece)
    return found


def name_terms(rows: Iterable[Sequence[str]]) -> set[str]:
    """Return such terms as the lines name that *rows* are: subject, predicate and the rest."""
    terms = set[str]()
    for subject, _, rest in rows:
        terms.add(subject)
        terms.add(rest)
    return find_terms(terms)


def find_terms(terms: Iterable[str]) -> set[str]:
    """Return such terms as are among others, or begin them; literals name nothing.

    Shape: each term is looked at as often as it is given.
    """
    text, found = "\n".join([term for term in terms if term[0] == "<"]), set[str]()
    for end in _TERM_END.finditer(text):
        term = _TERM.match(text, text.rfind("<", 0, end.start()))
        if term:
            found.add(term[0])
    return found


def settle_labels(lines: Iterable[str]) -> list[str]:
    """Leave each thing one preferred label a language: the longest, which says most; sorted.

    Shape: what the documents call it otherwise become alternative labels.
    """
    labels: dict[tuple[str, str], list[str]] = {}
    kept: set[str] = set()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if predicate == _PREFERRED:
            tag = rest.rpartition('"')[2]
            labels.setdefault((subject, tag), []).append(line)
        else:
            kept.add(line)
    for rivals in labels.values():
        best, *others = sorted(rivals, key=lambda line: (-len(line), line))
        kept.add(best)
        kept.update(line.replace(_PREFERRED, _ALTERNATIVE, 1) for line in others)
    return sorted(kept)


def lines_named(authorities: Iterable[str], documents: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the authority file on what the documents' statements name.

    Shape: an entity that no document names is left out, though the collection knows it.
    """
    named = find_named(documents)
    yield from (line for line in authorities if line.partition(" ")[0] in named)


def vocabulary_lines(folder: Path, iris: Iris) -> list[str]:
    """Return the vocabulary and its concept schemes as statements of a graph of their own."""
    import pyoxigraph

    graph = iris.graph("vocabulary")
    lines = set()
    for path in [folder / "cablegraph.ttl", *sorted((folder / "schemes").glob("*.ttl"))]:
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            lines.add(f"{quad.triple} {graph} .")
    return sorted(lines)


def dataset_lines(settings: Settings, paths: Iterable[str], iris: Iris) -> list[str]:
    """Return what the collection says of itself: title, licence, rights, its documents."""
    graph = iris.graph("dataset")
    return sorted({quad_line(*t, graph) for t in _dataset(settings, paths, iris)})


def _dataset(settings: Settings, paths: Iterable[str], iris: Iris) -> Iterator[Triple]:
    dataset = iri(f"{settings.base}dataset")
    yield dataset, TYPE, _p("dcat:Dataset")
    yield dataset, TYPE, _p("void:Dataset")
    yield dataset, _p("dcterms:title"), literal(settings.title, language="en")
    yield dataset, _p("dcterms:license"), iri(settings.licence)
    yield dataset, _p("dcterms:conformsTo"), iri(DEF.rstrip("#"))
    yield dataset, _p("void:uriSpace"), literal(f"{settings.base}id/")
    for name, text in (
        ("description", settings.description),
        ("rights", settings.rights),
        ("publisher", settings.publisher),
        ("creator", settings.creator),
    ):
        if text:
            yield dataset, _p(f"dcterms:{name}"), literal(text, language="en")
    if settings.source:
        yield dataset, _p("dcterms:source"), iri(settings.source)
    if settings.issued:
        day = literal(settings.issued, datatype=expand("xsd:date"))
        yield dataset, _p("dcterms:issued"), day
    for path in sorted(paths):
        yield dataset, _p("dcterms:hasPart"), iris.node(path)
