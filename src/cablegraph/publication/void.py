"""The VoID description: counts, partitions, links to other datasets, dumps and examples.

See https://www.w3.org/TR/void/. Every number is counted from the data.
"""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.authorities.romanise import slug
from cablegraph.namespaces import PREFIXES, expand
from cablegraph.publication.about import About
from cablegraph.publication.contexts import FOAF
from cablegraph.terms import RDF_TYPE, iri, literal, quad_line

Pair = tuple[str, str]
Triple = tuple[str, str, str]
_SPARQL = "sparql"


def void_lines(about: About) -> list[str]:
    """Return the description as lines of N-Triples, sorted."""
    return sorted({quad_line(*triple) for triple in _triples(about)})


def term(curie: str) -> str:
    """Return the term of a CURIE."""
    return iri(expand(curie))


def count(number: int) -> str:
    """Return a number as xsd:integer."""
    return literal(str(number), datatype=expand("xsd:integer"))


def _triples(about: About) -> Iterator[Triple]:
    dataset = iri(about.iri)
    for predicate, value in (*_words(about), *_counts(about), *_ways(about)):
        yield dataset, predicate, value
    for name in ("class", "property"):
        yield from _partitions(about, name)
    yield from _linksets(about)
    document = iri(f"{about.root}void.ttl")
    yield document, RDF_TYPE, term("void:DatasetDescription")
    yield document, iri(f"{FOAF}primaryTopic"), dataset
    yield document, term("dcterms:title"), literal(f"Description of: {about.title}", language="en")


def _words(about: About) -> Iterator[Pair]:
    yield RDF_TYPE, term("void:Dataset")
    for name in ("title", "description", "rights", "publisher", "creator"):
        if text := getattr(about, name):
            yield term(f"dcterms:{name}"), literal(text, language="en")
    if about.licence:
        yield term("dcterms:license"), iri(about.licence)
    if about.source:
        yield term("dcterms:source"), iri(about.source)
    if about.issued:
        yield term("dcterms:issued"), literal(about.issued, datatype=expand("xsd:date"))
    for standard in about.conforms_to:
        yield term("dcterms:conformsTo"), iri(standard)


def _counts(about: About) -> Iterator[Pair]:
    census = about.census
    yield term("void:triples"), count(census.triples)
    yield term("void:entities"), count(census.entities)
    yield term("void:distinctSubjects"), count(census.subjects)
    yield term("void:distinctObjects"), count(census.objects)
    yield term("void:classes"), count(len(census.classes))
    yield term("void:properties"), count(len(census.properties))
    for space in census.vocabularies:
        yield term("void:vocabulary"), iri(space)


def _ways(about: About) -> Iterator[Pair]:
    """Yield how one gets at the data."""
    yield term("void:uriSpace"), literal(f"{about.base}id/")
    yield iri(f"{FOAF}homepage"), iri(about.root)
    for kind in sorted(about.census.examples):
        yield term("void:exampleResource"), iri(f"{about.base}id/{about.census.examples[kind]}")
    for dump in about.dumps:
        yield term("void:dataDump"), iri(dump.address)
    for media_type in sorted({dump.media_type for dump in about.dumps}):
        yield (
            term("void:feature"),
            iri(f"https://www.iana.org/assignments/media-types/{media_type}"),
        )
    for service in about.services:
        if service.key == _SPARQL:
            yield term("void:sparqlEndpoint"), iri(about.root + service.path)


def _partitions(about: About, name: str) -> Iterator[Triple]:
    census = about.census
    counted = census.classes if name == "class" else census.properties
    counts = "void:entities" if name == "class" else "void:triples"
    for member in sorted(counted):
        part = iri(f"{about.iri}/{name}/{_key(member)}")
        yield iri(about.iri), term(f"void:{name}Partition"), part
        yield part, term(f"void:{name}"), iri(member)
        yield part, term(counts), count(counted[member])


def _linksets(about: About) -> Iterator[Triple]:
    """Yield the link sets that the graph describes itself; else one for each host and property."""
    if about.census.linksets:
        for quad in about.census.linksets:
            yield quad.subject, quad.predicate, quad.object
            if quad.predicate == RDF_TYPE:
                yield iri(about.iri), term("void:subset"), quad.subject
        return
    for (predicate, host), number in sorted(about.census.links.items()):
        linkset = iri(f"{about.base}linkset/{_key(host)}/{_key(predicate)}")
        yield iri(about.iri), term("void:subset"), linkset
        yield linkset, RDF_TYPE, term("void:Linkset")
        yield linkset, term("void:subjectsTarget"), iri(about.iri)
        yield linkset, term("void:objectsTarget"), iri(host)
        yield linkset, term("void:linkPredicate"), iri(predicate)
        yield linkset, term("void:triples"), count(number)


def _key(address: str) -> str:
    """Return a step of a path for an IRI: its prefix and name, which keep their case, if any."""
    for prefix, space in PREFIXES.items():
        local = address.removeprefix(space)
        if local != address and local.isidentifier():
            return f"{prefix}-{local}"
    return slug(address.partition("://")[2])
