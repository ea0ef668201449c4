"""The whole authority file as a SKOS scheme of RiC-O entities, named by a document or not."""

from __future__ import annotations

from cablegraph.authorities.table import Authorities
from cablegraph.config import Settings
from cablegraph.graph.evidence import TYPE
from cablegraph.graph.external import external_lines
from cablegraph.graph.iris import Iris
from cablegraph.graph.shared import authority_lines
from cablegraph.links.external import External
from cablegraph.namespaces import expand
from cablegraph.terms import iri, literal, quad_line


def authority_file_lines(
    authorities: Authorities, external: External, settings: Settings
) -> list[str]:
    """Return every entity with labels, variants, identifiers, posts and place; sorted.

    Shape: each is a concept of the scheme ``{base}authorities``, beside its class of RiC-O.
    """
    iris = Iris(settings.base)
    graph, scheme = iris.graph("authorities"), iri(f"{settings.base}authorities")
    nodes = [iris.node(entity.key) for entity in authorities.entities]
    triples = [
        (scheme, TYPE, iri(expand("skos:ConceptScheme"))),
        (scheme, iri(expand("dcterms:title")), literal(settings.title, language="en")),
        (scheme, iri(expand("dcterms:license")), iri(settings.licence)),
    ]
    for node in nodes:
        triples.append((node, TYPE, iri(expand("skos:Concept"))))
        triples.append((node, iri(expand("skos:inScheme")), scheme))
    lines = {quad_line(*triple, graph) for triple in triples}
    lines.update(authority_lines(authorities, iris))
    lines.update(external_lines(external, iris, nodes, settings.base))
    return sorted(lines)
