"""What comes from outside is published with its grounds, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.table import Authorities, read_authorities
from cablegraph.config import Settings
from cablegraph.graph.authority_file import authority_file_lines
from cablegraph.graph.external import external_lines
from cablegraph.graph.iris import Iris
from cablegraph.links.external import External, read_external
from cablegraph.namespaces import CBL, expand
from cablegraph.terms import Quad, parse_lines

from .conftest import Rows, row

BASE = "https://example.org/"
PETROV = f"<{BASE}id/person/petrov>"
PLACE = f"<{BASE}id/place/torgau>"
EXACT = f"<{expand('skos:exactMatch')}>"


def published(external: External, *named: str) -> list[Quad]:
    return parse_lines(external_lines(external, Iris(BASE), named or (PETROV, PLACE), BASE))


def of_links(write_set: Rows, *rows: dict[str, str]) -> External:
    from cablegraph.links.check import read_links

    return External(read_links(write_set(*rows)))


def test_a_row_more_is_its_statements_more(write_set: Rows) -> None:
    """One link adds its triple and its claim, and raises the count of its authority."""
    one, two = row("person/petrov", "wikidata:Q42"), row("person/petrov", "wikidata:Q43")
    before = set(published(of_links(write_set, one)))
    after = set(published(of_links(write_set, one, two)))
    claim = f"<{BASE}id/person/petrov/link/wikidata-q43>"
    count = f"<{expand('void:triples')}>"

    assert (PETROV, EXACT, "<http://www.wikidata.org/entity/Q43>") in {
        q[:3] for q in after - before
    }
    assert {PETROV, claim, f"<{BASE}linkset/wikidata-exactmatch>"} == {
        quad.subject for quad in after - before
    }
    assert {count} == {quad.predicate for quad in before - after}


def test_the_claim_names_statement_author_day_and_ground(write_set: Rows) -> None:
    """A reader finds why the two are the same, from the graph alone."""
    quads = published(of_links(write_set, row("person/petrov", "wikidata:Q42", confidence="0.8")))
    said = {q.predicate: q.object for q in quads if q.subject.endswith("/link/wikidata-q42>")}
    kept = {
        "rdf:subject": PETROV,
        "rdf:predicate": EXACT,
        "rdf:object": "<http://www.wikidata.org/entity/Q42>",
        "dcterms:creator": '"Ada Example"',
        "dcterms:date": f'"2001-02-03"^^<{expand("xsd:date")}>',
        "rdfs:comment": '"Seen on the stone."@en',
        "sssom:confidence": f'"0.8"^^<{expand("xsd:decimal")}>',
        "prov:wasDerivedFrom": f"<{BASE}links>",
    }

    assert kept == {name: said[f"<{expand(name)}>"] for name in kept}
    assert said[f"<{CBL.certainty}>"].endswith("/certainty/probable>")
    assert {f"<{BASE}graph/external>"} == {quad.graph for quad in quads}


@pytest.mark.parametrize(
    "hidden",
    [
        row("person/petrov", "wikidata:Q42", predicate_modifier="Not"),
        row("person/petrov", "sssom:NoTermFound", object_source="authority:viaf", confidence=""),
        row("person/zubov", "wikidata:Q42"),
    ],
)
def test_what_is_rejected_or_vain_or_not_named_is_not_published(
    write_set: Rows, hidden: dict[str, str]
) -> None:
    """A negative link, a search in vain and a link of somebody no document names leave no trace."""
    assert [] == published(of_links(write_set, hidden))


def test_a_doubtful_link_is_named_but_not_asserted(write_set: Rows) -> None:
    """Below 0.8 the claim stands alone, as a hypothesis, and counts in no set of links."""
    quads = published(of_links(write_set, row("person/petrov", "wikidata:Q42", confidence="0.6")))

    assert not [quad for quad in quads if quad.predicate == EXACT]
    assert any(quad.object.endswith("/status/hypothetical>") for quad in quads)
    assert not any("linkset" in quad.subject for quad in quads)


def test_a_number_without_public_iri_is_a_value(write_set: Rows) -> None:
    """An authority that promises no address gives an identifier node and no match."""
    quads = published(of_links(write_set, row("person/petrov", "hsg:123456")))
    node = f"<{BASE}id/person/petrov/identifier/hsg-123456>"

    assert (PETROV, f"<{expand('rico:hasOrHadIdentifier')}>", node) in {q[:3] for q in quads}
    assert (node, f"<{expand('rico:textualValue')}>", '"123456"') in {q[:3] for q in quads}
    assert not [quad for quad in quads if "history.state.gov" in quad.object]


def test_no_same_as_and_no_blank_node(write_set: Rows) -> None:
    """Nothing is said to be the very same resource, and every node has a name."""
    rows = [row("person/petrov", "wikidata:Q42"), row("place/torgau", "geonames:77/")]
    lines = external_lines(of_links(write_set, *rows), Iris(BASE), (PETROV, PLACE), BASE)

    assert not [line for line in lines if "sameAs" in line or "_:" in line]
    assert any("<https://sws.geonames.org/77/>" in line for line in lines)
    assert any("CC BY 4.0" in line for line in lines)


def test_identifiers_that_differ_by_case_have_nodes_of_their_own(write_set: Rows) -> None:
    """Two objects never share a claim, however alike they look in lower case."""
    head = "#curie_map:\n#  cg: https://example.org/id/\n#  x: https://x.example/\n"
    head += "#mapping_set_id: https://example.org/links\n#license: https://example.org/l\n"
    path = write_set(row("person/petrov", "x:Ab"), row("person/petrov", "x:aB"), head=head)
    quads = published(read_external(path, path.parent, read_authorities_of(path)))
    claims = {quad.subject for quad in quads if "/link/" in quad.subject}

    assert 2 == len(claims)


def read_authorities_of(path: Path) -> Authorities:
    found = path.parent / "small"
    found.mkdir(exist_ok=True)
    (found / "entities.csv").write_text("key,type,label_en,label_ru,notation,speaks_for,note\n")
    (found / "names.csv").write_text("key,form,language,kind,correct,scope,note\n")
    return read_authorities(found)


def test_a_place_has_a_point_and_a_person_a_post(folder: Path, authorities: Authorities) -> None:
    """Coordinates are GeoSPARQL, longitude first; a post has its time and its source."""
    (folder / "places.csv").write_text(
        "key,latitude,longitude,source\nplace/torgau,51.56,13.0,A map\n"
    )
    (folder / "roles.csv").write_text(
        "key,post_en,post_ru,body,from,to,source\n"
        "person/petrov,Master,Мастер,org/guild,1951-07,1953,The book\n"
    )
    found = {q[1:3] for q in published(read_external(None, folder, authorities))}
    wkt = expand("geo:wktLiteral")

    assert (f"<{expand('geo:asWKT')}>", f'"POINT(13.0 51.56)"^^<{wkt}>') in found
    assert (
        f"<{expand('rico:beginningDate')}>",
        f'"1951-07"^^<{expand("xsd:gYearMonth")}>',
    ) in found
    assert (f"<{expand('rico:endDate')}>", f'"1953"^^<{expand("xsd:gYear")}>') in found
    assert (f"<{expand('rico:relationSource')}>", '"The book"@en') in found


def test_the_authority_file_has_everybody(write_set: Rows, authorities: Authorities) -> None:
    """The SKOS file has each entity with labels and links, whether a document names it or not."""
    external = of_links(write_set, row("person/zubov", "wikidata:Q42"))
    quads = parse_lines(authority_file_lines(authorities, external, Settings(base=BASE)))
    concepts = {q.subject for q in quads if q.object == f"<{expand('skos:Concept')}>"}

    assert {f"<{BASE}id/{entity.key}>" for entity in authorities.entities} == concepts
    assert (f"<{BASE}id/event/feast>", f"<{expand('rico:Event')}>") in {(q[0], q[2]) for q in quads}
    assert (f"<{BASE}id/person/zubov>", EXACT) in {q[:2] for q in quads}
