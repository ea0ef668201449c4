"""Every fact that the inventory demands of this stage is in the graph, with its words."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest

from cablegraph.namespaces import CBL, PREFIXES
from cablegraph.pipeline import Built
from cablegraph.records.claims import Claim, Reading, Version

HERE = Path(__file__).parent
BASE = "https://w3id.org/cablegraph/id/"
# Facts about the file or the reading of its layout: tested below by themselves.
ELSEWHERE = {"000-A01", "001-A01", "X-03", "X-04", "X-05", "X-06", "X-11", "X-12", "X-13"}

# The inventory gives these words the offset of "your representatives", which holds them too.
MISPLACED = {("001-P20", "our representatives")}

INVENTORY = json.loads((HERE / "seed-inventory.json").read_text(encoding="utf-8"))
FACTS = {fact["id"]: fact for fact in INVENTORY["facts"]}
DEMANDED = [fact["id"] for fact in INVENTORY["facts"] if fact["acceptance"] in ("MUST", "FLAG")]
with (HERE / "inventory-claims.csv").open(encoding="utf-8", newline="") as lines:
    CLAIMS = {row["fact"]: row for row in csv.DictReader(lines)}

Place = tuple[str, int, int, str]


@pytest.fixture(scope="session")
def store(output: tuple[Path, Built]) -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.bulk_load(path=output[0] / "graph" / "cablegraph.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return found


def places_of(store: pyoxigraph.Store, key: str) -> set[Place]:
    """Return file, start, end and words of a node's evidence, from the graph alone."""
    query = f"""
        SELECT ?file ?from ?start ?end ?exact WHERE {{
          <{BASE}{key}> <{CBL.evidence}> ?span .
          ?span oa:hasSource ?text ; oa:hasSelector ?position , ?quote .
          ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
          ?text oa:hasSource/dcterms:identifier ?file ; oa:hasSelector/oa:start ?from }}"""
    solutions = store.query(
        query,
        prefixes={name: PREFIXES[name] for name in ("oa", "dcterms")},
        use_default_graph_as_union=True,
    )
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return {
        (
            row["file"].value,
            int(row["from"].value) + int(row["start"].value),
            int(row["from"].value) + int(row["end"].value),
            row["exact"].value,
        )
        for row in solutions
    }


def claims_of(fact: str, readings: Mapping[str, Reading]) -> list[Claim]:
    """Return the claims that stand for a fact."""
    claims = {claim.key: claim for claim in readings[fact[:3]].claims}
    found = []
    for key in CLAIMS[fact]["claims"].split():
        if key.endswith("*"):
            found += [claim for name, claim in claims.items() if name.startswith(key[:-1])]
        else:
            assert key in claims, f"{fact}: no claim {key}"
            found.append(claims[key])
    return found


def test_every_demanded_fact_is_compared() -> None:
    """No fact of the inventory is passed over: it has its claims, or a test of its own."""
    missing = [fact for fact in DEMANDED if fact not in CLAIMS and fact not in ELSEWHERE]

    assert missing == []
    assert set(CLAIMS) | ELSEWHERE == set(DEMANDED)


@pytest.mark.parametrize("fact", sorted(set(DEMANDED) - ELSEWHERE))
def test_a_demanded_fact_is_in_the_graph(
    fact: str, readings: Mapping[str, Reading], store: pyoxigraph.Store
) -> None:
    """The value is the stated one, and each quotation of the fact is among its evidence."""
    claims = claims_of(fact, readings)
    assert claims, f"{fact}: {CLAIMS[fact]['claims']} is not there"
    for pair in filter(None, CLAIMS[fact]["values"].split(";")):
        name, _, expected = pair.partition("=")
        for claim in claims:
            found = getattr(claim, name, None) if name in ("status", "certainty") else None
            found = getattr(claim.value, name, found)
            shown = " ".join(found) if isinstance(found, tuple) else str(found)
            assert expected == shown, f"{fact}: {name} of {claim.key}"
    name = readings[fact[:3]].source
    text = (HERE.parents[1] / "seeds" / name).read_text(encoding="utf-8")
    places = set().union(*(places_of(store, claim.key) for claim in claims))
    for claim in claims:
        if isinstance(claim.value, Version):  # a text version is evidence of all its words
            places.add((name, claim.value.start, claim.value.end, ""))
    for quote in FACTS[fact]["quotes"]:
        start, end = quote["start"], quote["end"]
        if (fact, quote["text"]) in MISPLACED:
            start = text.index(f" {quote['text']}") + 1
            end = start + len(quote["text"])
        near = [p for p in places if p[0] == name and (p[1] <= start < end <= p[2]
                or start <= p[1] < p[2] <= end)]  # fmt: skip
        assert near, f"{fact}: {quote['text']!r} ({start}-{end}) is no evidence of {claims[0].key}"


def test_every_span_of_the_graph_reslices_exactly(
    readings: Mapping[str, Reading], store: pyoxigraph.Store
) -> None:
    """Source text, from start to end, is the quotation: for every claim, from the graph alone."""
    root = HERE.parents[1] / "seeds"
    texts = {path.name: path.read_bytes().decode("utf-8") for path in root.glob("*.txt")}
    count = 0
    for reading in readings.values():
        for claim in reading.claims:
            places = places_of(store, claim.key)
            assert places, claim.key
            for name, start, end, words in places:
                count += 1
                assert texts[name][start:end] == words

    assert count > 500


def test_the_sources_are_named_by_name_and_digest(readings: Mapping[str, Reading]) -> None:
    """A source file is known by its file name and the SHA-256 of its bytes."""
    for fact in ("000-A01", "001-A01"):
        reading = readings[fact[:3]]
        assert FACTS[fact]["value"] == reading.source
        assert FACTS[fact]["normalized"] == {"sha256": reading.sha256}


def test_facts_across_the_two_documents(
    output: tuple[Path, Built], store: pyoxigraph.Store
) -> None:
    """One file, one person behind the pseudonym, one route; leaf order against date order told."""
    ask = """ASK {
      ?a rico:hasSender ?p ; cbl:intermediary ?k ; rico:hasAddressee ?m ; rico:isAssociatedWithPlace ?b ;
         rico:isOrWasIncludedIn ?file ; cbl:participation/cbl:underName ?n .
      ?b2 rico:hasSender ?p ; cbl:intermediary ?k ; rico:hasAddressee ?m ; rico:isAssociatedWithPlace ?b ;
         rico:isOrWasIncludedIn ?file ; cbl:participation/cbl:underName ?n .
      FILTER(?a != ?b2 && CONTAINS(STR(?file), "/unit/aprf/45/1/339")) }"""  # noqa: E501
    prefixes = {name: PREFIXES[name] for name in ("rico", "cbl")}
    codes = {finding.code for finding in output[1].findings}

    assert store.query(ask, prefixes=prefixes, use_default_graph_as_union=True)
    assert "S09-leaves-in-file-i" in codes


def test_facts_about_the_layout(readings: Mapping[str, Reading]) -> None:
    """Labels bold or plain, an end mark or none, number before date or after it: all are read."""
    first, second = readings["000"], readings["001"]
    keys = {claim.key.rpartition("/")[2] for claim in first.claims}

    assert {"catalogue", "scan", "transcript", "translation"} == set(first.texts)
    assert {"catalogue", "transcript", "translation"} == set(second.texts)
    assert "record-delimiter-1" in keys
    for reading in (first, second):
        assert reading.uncovered == 0
        found = {claim.key.rpartition("/")[2] for claim in reading.claims}
        assert {"citation", "summary", "translation", "url"} <= found
