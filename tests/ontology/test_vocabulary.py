"""The vocabulary agrees with the code, is documented, and says nothing absurd."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from cablegraph.namespaces import CBL, DEF

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


def terms(vocabulary: Graph) -> list[URIRef]:
    found = set(vocabulary.subjects(RDF.type)) - {URIRef(DEF.rstrip("#"))}
    return sorted(term for term in found if isinstance(term, URIRef))


def test_code_and_ontology_name_the_same_terms(vocabulary: Graph) -> None:
    """A term is declared in cablegraph.ttl exactly when the code lists it."""
    assert list(CBL) == [str(term) for term in terms(vocabulary)]


def test_every_term_is_labelled_and_defined(vocabulary: Graph) -> None:
    """A term has one label in English and one in Russian, a definition, and its ontology."""
    for term in terms(vocabulary):
        labels = [o for o in vocabulary.objects(term, RDFS.label) if isinstance(o, Literal)]
        assert ["en", "ru"] == sorted(str(label.language) for label in labels), term
        (definition,) = vocabulary.objects(term, SKOS.definition)
        assert isinstance(definition, Literal)
        assert definition.language == "en"
        assert definition.endswith(".")
        assert (term, RDFS.isDefinedBy, URIRef(DEF.rstrip("#"))) in vocabulary


def test_labels_are_words(vocabulary: Graph) -> None:
    """A label reads as words: no camel case, no two terms of one kind with one label."""
    for kind in (OWL.Class, *PROPERTIES):
        labels = [
            str(label)
            for term in vocabulary.subjects(RDF.type, kind)
            for label in vocabulary.objects(term, RDFS.label)
        ]
        assert len(set(labels)) == len(labels)
        assert all(label[1:] == label[1:].lower() or "EDTF" in label for label in labels)


def test_no_term_is_two_things(vocabulary: Graph) -> None:
    """A term is a class, an object property or a datatype property, and only one of them."""
    for term in terms(vocabulary):
        kinds = set(vocabulary.objects(term, RDF.type)) - {OWL.SymmetricProperty}
        assert len(kinds) == 1, term


def test_own_domains_and_ranges_are_declared_classes(vocabulary: Graph, alignments: Graph) -> None:
    """What an axiom names in our namespace is declared as what the axiom needs."""
    places = {
        RDFS.domain: OWL.Class,
        RDFS.range: OWL.Class,
        RDFS.subClassOf: OWL.Class,
        URIRef("https://schema.org/domainIncludes"): OWL.Class,
    }
    for predicate, kind in places.items():
        for _, value in (vocabulary + alignments).subject_objects(predicate):
            if str(value).startswith(DEF):
                assert (value, RDF.type, kind) in vocabulary, value


def test_ranges_fit_the_kind_of_property(vocabulary: Graph) -> None:
    """A datatype property has a datatype as range, an object property never has."""
    literal = ("http://www.w3.org/2001/XMLSchema#", "http://id.loc.gov/datatypes/edtf/")
    literals = {RDF.langString, RDFS.Literal}
    for property_, value in vocabulary.subject_objects(RDFS.range):
        is_literal = value in literals or str(value).startswith(literal)
        assert is_literal == ((property_, RDF.type, OWL.DatatypeProperty) in vocabulary)


def test_no_class_is_above_itself(vocabulary: Graph, alignments: Graph) -> None:
    """No chain of superclasses or superproperties is a circle."""
    graph = vocabulary + alignments
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in set(graph.subjects(predicate)):
            above = {
                upper
                for direct in graph.objects(term, predicate)
                for upper in graph.transitive_objects(direct, predicate)
            }
            assert term not in above


def test_alignments_speak_of_declared_terms(vocabulary: Graph, alignments: Graph) -> None:
    """The subject of an alignment is one of our terms, its object one of another vocabulary."""
    declared = set(terms(vocabulary))

    assert set(alignments.subjects()) <= declared
    assert not {o for o in alignments.objects() if str(o).startswith(DEF)}


def test_the_ontology_has_a_header(vocabulary: Graph) -> None:
    """Title, creator, licence and version are stated of the ontology."""
    ontology = URIRef(DEF.rstrip("#"))
    dcterms = "http://purl.org/dc/terms/"

    assert (ontology, RDF.type, OWL.Ontology) in vocabulary
    assert vocabulary.value(ontology, URIRef(dcterms + "creator"))
    assert vocabulary.value(ontology, URIRef(dcterms + "license"))
    assert Literal("0.1.0") == vocabulary.value(ontology, OWL.versionInfo)
