"""BEACON files are read back by a parser of our own, written from the specification."""

from __future__ import annotations

import re

from cablegraph.links.beacon import to_beacon
from cablegraph.links.check import read_links
from cablegraph.links.schemes import find_schemes

from .conftest import Rows, row

BASE = "https://example.org/"


def parse_beacon(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the meta fields and the links, source before target, both spelt out."""
    meta: dict[str, str] = {}
    lines = text.split("\n")
    while lines and lines[0].startswith("#"):
        name, value = re.fullmatch(r"#([A-Z]+): (.+)", lines.pop(0)).groups()  # type: ignore[union-attr]
        assert name not in meta
        meta[name] = value
    links = []
    for line in filter(None, lines):
        source, _, target = line.split("|")
        links.append(
            (meta["PREFIX"].replace("{+ID}", source), meta["TARGET"].replace("{+ID}", target))
        )
    return meta, links


def test_the_sure_links_to_one_authority_are_written(write_set: Rows) -> None:
    """Rejected, close and other links are left out; each line leads back to the two IRIs."""
    links = read_links(
        write_set(
            row("person/petrov", "wikidata:Q42", mapping_date="2002-02-02"),
            row("person/zubov", "wikidata:Q7"),
            row("place/torgau", "wikidata:Q8", predicate_id="skos:closeMatch"),
            row("org/guild", "wikidata:Q9", predicate_modifier="Not"),
            row("place/torgau", "geonames:77/"),
        )
    )
    meta, found = parse_beacon(
        to_beacon(links, find_schemes()["wikidata"], BASE, "A | name\nof it")
    )

    assert ("BEACON", "2002-02-02", "A name of it") == (
        meta["FORMAT"], meta["TIMESTAMP"], meta["NAME"]
    )  # fmt: skip
    assert [
        ("http://www.wikidata.org/entity/Q42", f"{BASE}id/person/petrov"),
        ("http://www.wikidata.org/entity/Q7", f"{BASE}id/person/zubov"),
    ] == found


def test_a_slash_in_an_identifier_stays(write_set: Rows) -> None:
    """GeoNames IRIs end in a slash, which belongs to the identifier."""
    links = read_links(write_set(row("place/torgau", "geonames:77/")))
    _, found = parse_beacon(to_beacon(links, find_schemes()["geonames"], BASE, "A"))

    assert [("https://sws.geonames.org/77/", f"{BASE}id/place/torgau")] == found


def test_a_set_without_links_is_a_head(write_set: Rows) -> None:
    """A target nobody links to gives an empty dump, without a day."""
    links = read_links(write_set())
    meta, found = parse_beacon(to_beacon(links, find_schemes()["viaf"], BASE, "A"))

    assert [] == found
    assert "TIMESTAMP" not in meta
