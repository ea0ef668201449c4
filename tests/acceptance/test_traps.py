"""What the inventory forbids is nowhere in the graph of the seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from cablegraph.namespaces import PREFIXES
from cablegraph.pipeline import Built

HERE = Path(__file__).parent
FORBIDDEN = [
    fact
    for fact in json.loads((HERE / "seed-inventory.json").read_text(encoding="utf-8"))["facts"]
    if fact["acceptance"] == "MUSTNOT"
]
T0, T1 = "id:telegram/wcda-112147", "id:telegram/wcda-110374"

# Each query finds what must not be; where it takes a positive statement too, that is in HOLDS.
ASK = {
    "000-X01": """?n a cbl:RecordNumber . <T0> rico:hasOrHadIdentifier ?n .
        ?n rico:textualValue ?v ; cbl:kind/skos:prefLabel "cipher telegram number"@en .
        FILTER NOT EXISTS { ?n cbl:conflictsWith ?rival }""",
    "000-X02": "?p cbl:pointNumber ?n . FILTER(?n IN ('6', '7'))",
    "000-X03": "?s cbl:onProposal ?p . FILTER(STRENDS(STR(?p), '/3') || STRENDS(STR(?p), '/3a'))",
    "000-X04": """?s cbl:onProposal ?p ; cbl:kind/skos:prefLabel 'reject'@en .
        FILTER(STRENDS(STR(?p), '/4'))""",
    "000-X05": "<T0> rico:hasAddressee <PERSON/krasovsky>",
    "000-X06": """?p a rico:Person .
        FILTER(CONTAINS(STR(?p), 'filip') || CONTAINS(STR(?p), '/f-i-l'))""",
    "000-X07": """?a a cbl:Telegram ; cbl:attestation/skos:prefLabel 'extant'@en .
        FILTER(?a NOT IN (<T0>, <T1>))""",
    "000-X08": "?m rico:hasSender <ID/group/americans>",
    "000-X09": """?s oa:hasSource ?t ; oa:hasSelector/oa:exact ?w . ?t dcterms:language 'ru' .
        FILTER(CONTAINS(?w, 'Stalin'))""",
    "000-X10": "<T0> ?p ?c . FILTER(CONTAINS(LCASE(STR(?c)), 'secret'))",
    "000-X11": "<T0> rico:isAssociatedWithPlace <ID/place/moscow>",
    "001-X01": "?r cbl:firstLeaf 11 ; rico:textualValue ?w . FILTER(CONTAINS(?w, 'AVP'))",
    "001-X02": "?r cbl:fond '59' . ?r a cbl:ArchivalReference",
    "001-X03": "?d a cbl:EmbeddedMessage ; rico:hasSender|rico:hasOrHadIdentifier ?x",
    "001-X04": """<ID/message/ridgway-1951-06-28> ?p ?o .
        FILTER(?o IN (cbl:Telegram, <PERSON/mao>) || STR(?o) IN ('1951-06-29', '1951-06-30'))""",
    "001-X05": """?p a rico:Person ; skos:prefLabel ?l .
        FILTER(CONTAINS(STR(?l), 'Dehui') && STR(?l) != 'Peng Dehuai')""",
    "001-X06": """?a a rico:Place ; rico:hasOrHadName/rico:textualValue ?v .
        FILTER(STR(?v) IN ('Кайдзио', 'Gaeseong', 'Gaesong', 'Kaesong', 'Гензан', 'Wonsan'))
        FILTER(?a NOT IN (<ID/place/kaesong>, <ID/place/wonsan>))""",
    "001-X07": """<T1> rico:hasSender|rico:hasAddressee|cbl:intermediary ?p .
        FILTER(?p IN (<PERSON/kim>, <PERSON/peng>, <PERSON/ridgway>))""",
    "001-X08": """<T1> rico:hasOrHadInstantiation ?a , ?b .
        ?a rico:hasOrHadHolder <ID/archive/aprf> . ?b rico:hasOrHadHolder <ID/archive/rgaspi> .
        FILTER NOT EXISTS { ?c rdf:subject ?a ; rdf:object ?b }""",
    "001-X09": "?s ?p ?o . FILTER(CONTAINS(LCASE(STR(?o)), 'jutlandia'))",
    "001-X10": """?e a rico:Event . FILTER NOT EXISTS
        { ?e cbl:status/skos:prefLabel 'hypothetical'@en }""",
    "001-X11": "?d a cbl:EmbeddedMessage ; cbl:expresses/cbl:holder <PERSON/stalin>",
    "X-09": "<T0> rico:isReplyTo <T1>",
    "X-10": """<T0> rico:isReplyTo ?m . <T1> rico:isReplyTo ?m .""",
}


@pytest.fixture(scope="module")
def store(output: tuple[Path, Built]) -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.bulk_load(path=output[0] / "graph" / "cablegraph.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return found


def ask(store: pyoxigraph.Store, pattern: str) -> bool:
    base = "https://w3id.org/cablegraph/id/"
    for short, path in (
        ("<T0>", "telegram/wcda-112147"), ("<T1>", "telegram/wcda-110374"),
        ("<PERSON/", "person/"), ("<ID/", ""),
    ):  # fmt: skip
        whole = short.endswith(">")
        pattern = pattern.replace(short, f"<{base}{path}" + (">" if whole else ""))
    return bool(
        store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES, use_default_graph_as_union=True)
    )


def test_every_trap_has_its_query() -> None:
    """No forbidden statement of the inventory is left untested."""
    assert sorted(ASK) == sorted(fact["id"] for fact in FORBIDDEN)


@pytest.mark.parametrize("fact", sorted(ASK))
def test_a_forbidden_statement_is_not_made(fact: str, store: pyoxigraph.Store) -> None:
    """The graph does not say what a hasty reader would."""
    assert not ask(store, ASK[fact]), fact


def test_a_forbidden_statement_would_be_found(store: pyoxigraph.Store) -> None:
    """The queries see what they ask for: a graph that falls into a trap fails."""
    spoilt = pyoxigraph.Store()
    spoilt.extend(store)
    base = "https://w3id.org/cablegraph/id/"
    telegram = pyoxigraph.NamedNode(f"{base}telegram/wcda-112147")
    addressee = pyoxigraph.NamedNode(PREFIXES["rico"] + "hasAddressee")
    krasovsky = pyoxigraph.NamedNode(f"{base}person/krasovsky")
    spoilt.add(pyoxigraph.Quad(telegram, addressee, krasovsky))

    assert ask(spoilt, ASK["000-X05"])
