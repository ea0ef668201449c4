"""The DCAT 3 description: catalogue, dataset, a distribution for each dump, the services.

It keeps to DCAT-AP 3.0.1, so that European portals take it. The licence stands at the dataset
and is that of its statements; a distribution also holds words of the documents, so it has the
statement of rights and no licence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.namespaces import expand
from cablegraph.publication.about import About, PublishedFile, Service, find_media_type
from cablegraph.publication.contexts import FOAF, SPDX
from cablegraph.publication.void import Triple, term
from cablegraph.terms import RDF_TYPE, iri, literal, quad_line

_IANA = "https://www.iana.org/assignments/media-types/"
_PACKED = ".zst"


def dcat_lines(about: About) -> list[str]:
    """Return the description as lines of N-Triples, sorted."""
    return sorted({quad_line(*triple) for triple in _triples(about)})


def catalogue_iri(about: About) -> str:
    """Return the IRI of the catalogue that holds the dataset and nothing else."""
    return f"{about.base}catalogue"


def _triples(about: About) -> Iterator[Triple]:
    yield from _catalogue(about)
    yield from _dataset(about)
    for dump in about.dumps:
        yield from _distribution(about, dump)
    for service in about.services:
        yield from _service(about, service)


def _catalogue(about: About) -> Iterator[Triple]:
    catalogue, title = iri(catalogue_iri(about)), f"Catalogue of: {about.title}"
    yield catalogue, RDF_TYPE, term("dcat:Catalog")
    yield catalogue, term("dcterms:title"), literal(title, language="en")
    yield catalogue, term("dcterms:description"), literal(about.summary, language="en")
    yield catalogue, term("dcat:dataset"), iri(about.iri)
    yield catalogue, iri(f"{FOAF}homepage"), iri(about.root)
    yield from _agents(about, catalogue, "publisher")
    yield from _terms_of_use(about, catalogue)
    for service in about.services:
        yield catalogue, term("dcat:service"), iri(_service_iri(about, service))


def _dataset(about: About) -> Iterator[Triple]:
    dataset = iri(about.iri)
    yield dataset, RDF_TYPE, term("dcat:Dataset")
    yield dataset, term("dcterms:identifier"), literal(about.iri)
    yield dataset, term("dcterms:title"), literal(about.title, language="en")
    yield dataset, term("dcterms:description"), literal(about.summary, language="en")
    yield dataset, term("dcat:version"), literal(about.version)
    yield dataset, term("dcat:landingPage"), iri(about.root)
    yield iri(about.root), RDF_TYPE, iri(f"{FOAF}Document")
    if about.issued:
        yield dataset, term("dcterms:issued"), literal(about.issued, datatype=expand("xsd:date"))
    if about.source:
        yield dataset, term("prov:wasDerivedFrom"), iri(about.source)
    for standard in about.conforms_to:
        yield dataset, term("dcterms:conformsTo"), iri(standard)
        yield iri(standard), RDF_TYPE, term("dcterms:Standard")
    for dump in about.dumps:
        yield dataset, term("dcat:distribution"), iri(_file_iri(about, dump))
    yield from _agents(about, dataset, "publisher", "creator")
    yield from _terms_of_use(about, dataset)
    yield from _period(about, dataset)


def _agents(about: About, subject: str, *roles: str) -> Iterator[Triple]:
    for role in roles:
        if name := getattr(about, role):
            agent = iri(f"{about.iri}/{role}")
            yield subject, term(f"dcterms:{role}"), agent
            yield agent, RDF_TYPE, iri(f"{FOAF}Agent")
            yield agent, iri(f"{FOAF}name"), literal(name, language="en")


def _terms_of_use(about: About, subject: str) -> Iterator[Triple]:
    if about.licence:
        yield subject, term("dcterms:license"), iri(about.licence)
        yield iri(about.licence), RDF_TYPE, term("dcterms:LicenseDocument")
    yield from _rights(about, subject)


def _rights(about: About, subject: str) -> Iterator[Triple]:
    if about.rights:
        rights = iri(f"{about.iri}/rights")
        yield subject, term("dcterms:rights"), rights
        yield rights, RDF_TYPE, term("dcterms:RightsStatement")
        yield rights, term("rdfs:label"), literal(about.rights, language="en")


def _period(about: About, dataset: str) -> Iterator[Triple]:
    """Yield from which day to which day the messages are."""
    if about.census.days:
        period = iri(f"{about.iri}/period")
        yield dataset, term("dcterms:temporal"), period
        yield period, RDF_TYPE, term("dcterms:PeriodOfTime")
        for name, day in zip(("startDate", "endDate"), about.census.days, strict=True):
            yield period, term(f"dcat:{name}"), literal(day, datatype=expand("xsd:date"))


def _distribution(about: About, file: PublishedFile) -> Iterator[Triple]:
    node, checksum = iri(_file_iri(about, file)), iri(f"{_file_iri(about, file)}#sha256")
    media_type = iri(f"{_IANA}{file.media_type}")
    size = literal(str(file.size), datatype=expand("xsd:nonNegativeInteger"))
    yield node, RDF_TYPE, term("dcat:Distribution")
    yield node, term("dcterms:title"), literal(f"{file.path}, {file.form}", language="en")
    yield node, term("dcat:accessURL"), iri(about.root)
    yield node, term("dcat:downloadURL"), iri(file.address)
    if file.path.endswith(_PACKED):  # what is in it, and how it is packed
        inside = iri(f"{_IANA}{find_media_type(file.path.removesuffix(_PACKED))[0]}")
        yield node, term("dcat:mediaType"), inside
        yield inside, RDF_TYPE, term("dcterms:MediaType")
        yield node, term("dcat:compressFormat"), media_type
    else:
        yield node, term("dcat:mediaType"), media_type
    yield media_type, RDF_TYPE, term("dcterms:MediaType")
    yield node, term("dcat:byteSize"), size
    yield node, iri(f"{SPDX}checksum"), checksum
    yield checksum, RDF_TYPE, iri(f"{SPDX}Checksum")
    yield checksum, iri(f"{SPDX}algorithm"), iri(f"{SPDX}checksumAlgorithm_sha256")
    digest = literal(file.sha256, datatype=expand("xsd:hexBinary"))
    yield checksum, iri(f"{SPDX}checksumValue"), digest
    for standard in about.conforms_to:
        yield node, term("dcterms:conformsTo"), iri(standard)
    yield from _rights(about, node)


def _service(about: About, service: Service) -> Iterator[Triple]:
    node = iri(_service_iri(about, service))
    yield node, RDF_TYPE, term("dcat:DataService")
    yield node, term("dcterms:title"), literal(service.title, language="en")
    yield node, term("dcat:endpointURL"), iri(about.root + service.path)
    yield node, term("dcat:servesDataset"), iri(about.iri)
    yield node, term("dcterms:conformsTo"), iri(service.conforms_to)
    yield iri(service.conforms_to), RDF_TYPE, term("dcterms:Standard")
    yield from _agents(about, node, "publisher")


def _service_iri(about: About, service: Service) -> str:
    return f"{about.iri}/service/{service.key}"


def _file_iri(about: About, file: PublishedFile) -> str:
    return f"{about.iri}/file/{file.path}"
