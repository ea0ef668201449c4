"""Every namespace, prefix and own term, closed to misspelling.

Plain strings: no RDF library is imported here, so that the command line starts fast.
"""

from __future__ import annotations

from collections.abc import Iterator


class Vocabulary:
    """A namespace with a closed list of terms, each an attribute that holds its IRI.

    >>> Vocabulary("https://example.org/#", "Telegram").Telegram
    'https://example.org/#Telegram'
    """

    def __init__(self, namespace: str, terms: str) -> None:
        self.namespace = namespace
        self._terms = {term: namespace + term for term in terms.split()}
        self.__dict__.update(self._terms)  # found many times faster than by __getattr__

    def __getattr__(self, term: str) -> str:
        raise AttributeError(f"{self.namespace} has no term {term!r}")

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms.values()))


DEF = "https://w3id.org/cablegraph/def#"
SCHEME = "https://w3id.org/cablegraph/scheme/"
SHAPES = "https://w3id.org/cablegraph/shapes#"

#: The own vocabulary; ontology/cablegraph.ttl declares exactly these (a test).
CBL = Vocabulary(
    DEF,
    """
    ArchivalReference Claim Condition Decision EditorialMark EmbeddedMessage Holding InscribedMark
    Message NameForm Participation Proposal Reason RecordNumber SourceFile Stance Telegram
    TextVersion
    actor advises agent answers attestation bearsMark certainty condition conflictsWith decides
    delo discusses edtf evidence expresses firstLeaf fond force holder intermediary kind lastLeaf
    leafCount medium misspells onProposal opis papka participation pointNumber proposedBy
    proposedIn reading reason returnWithin role rule sameCarrierAs signatory startColumn startLine
    status statusReason text textVersion triggeredBy underName
    """,
)

#: One meaning for a prefix, in every file of the project (a test).
PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cbl": DEF,
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "rst": "https://www.ica.org/standards/RiC/vocabularies/recordSetTypes#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shp": SHAPES,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(curie: str) -> str:
    """Return the IRI of a CURIE; an IRI is returned as it is.

    Raises:
        KeyError: if the prefix is not in PREFIXES.

    >>> expand("dcterms:title")
    'http://purl.org/dc/terms/title'
    """
    if "://" in curie:
        return curie
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local
