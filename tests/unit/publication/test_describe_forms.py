"""RDF/XML, typed links and patterns of the rules: small parts that must hold for any input."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.publication.landing import embed_json
from cablegraph.publication.rdf_xml import FormError, to_rdf_xml
from cablegraph.publication.represent import represent_as
from cablegraph.publication.rules import make_rules
from cablegraph.publication.signposting import Link, data_links, page_links, to_elements, to_header
from cablegraph.terms import Quad, literal, parse_line, quad_line

PLAIN = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn", "Co")))


@given(PLAIN, st.sampled_from([None, "ru", "zh-hant"]))
def test_any_text_survives_rdf_xml(text: str, language: str | None) -> None:
    """Markup, quotation marks, spaces and line ends come back as they were."""
    text = f"{text}\r\n\t<&>\"'"
    line = quad_line("<a:s>", "<http://example.org/p>", literal(text, language))
    graph = rdflib.Graph().parse(data=to_rdf_xml([parse_line(line)]), format="xml")

    (found,) = graph.objects()
    assert (text, language) == (str(found), getattr(found, "language", None))


def test_what_xml_cannot_hold_is_refused() -> None:
    """A control character and a property that ends in a digit have no place in RDF/XML."""
    with pytest.raises(FormError):
        to_rdf_xml([Quad("<a:s>", "<http://example.org/p>", '"\\u0001"')])
    with pytest.raises(FormError):
        to_rdf_xml([Quad("<a:s>", "<http://example.org/1>", '"x"')])


def test_a_property_outside_the_context_is_still_said_in_json_ld() -> None:
    """A term that our context lacks gets a key of its own."""
    lines = [
        '<a:s> <http://example.org/x> "y" .',
        "<a:s> <http://www.w3.org/2002/07/owl#sameAs> <a:t> .",
    ]
    found = json.loads(represent_as(lines, "jsonld"))

    assert {"@id": "http://example.org/x"} == found["@context"]["http://example.org/x"]
    assert "y" in json.dumps(found["@graph"])


def test_the_order_of_statements_does_not_matter() -> None:
    """Shuffled and repeated lines give the same bytes in each form."""
    lines = [f'<a:{n}> <http://www.w3.org/2000/01/rdf-schema#label> "{n}"@en .' for n in range(9)]
    for extension in ("ttl", "jsonld", "nt", "rdf"):
        expected = represent_as(lines, extension)
        assert expected == represent_as([*lines[::-1], *lines], extension), extension
    assert lines == represent_as(lines[::-1], "nt").decode().splitlines()


def test_typed_links_lead_from_page_to_data_and_back() -> None:
    """One cite-as, the data as describedby, the licence; the data describe thing and page."""
    page = page_links("https://x.example/id/a/1", "/r/", "a/1", licence="https://l.example/")
    data = data_links(
        "https://x.example/id/a/1", "/r/", "a/1", licence="https://l.example/", extension="ttl"
    )

    assert 1 == sum(link.rel == "cite-as" for link in page)
    assert "/r/data/a/1.ttl" in {link.href for link in page if link.rel == "describedby"}
    assert "/r/page/a/1/" in {link.href for link in data if link.rel == "describes"}
    assert "/r/data/a/1.ttl" not in {link.href for link in data}
    assert {"https://l.example/"} == {x.href for x in [*page, *data] if x.rel == "license"}


@given(st.text())
def test_no_address_breaks_out_of_a_header_or_an_element(text: str) -> None:
    """Whatever an address holds, a header stays one line of ASCII and an attribute one value."""
    header, element = to_header([Link("item", text)]), to_elements([Link("item", text)])[0]

    assert header.isascii()
    assert header.isprintable()
    assert 1 == header.count("<") == header.count(">")
    assert 1 == element.count("<") == element.count(">")
    assert 4 == element.count('"')


def test_json_in_a_page_cannot_end_its_element() -> None:
    """A description with markup stays inside the script element and reads as it was."""
    value = {"name": "</script><script>alert(1)</script>&"}
    text = embed_json(value)

    assert "<" not in text
    assert value == json.loads(text)


def test_the_rules_stand_on_their_address() -> None:
    """A site in a folder of a host has the folder in each rule; w3id leads to the whole address."""
    rules = make_rules("https://host.example.org/wires/", {"person": ["name"]}, "/srv/x")

    assert "/wires/page/$1/ [R=303" in rules[".htaccess"]
    assert "location ~ ^/wires/id/" in rules["nginx.conf"]
    assert "root /srv/x;" in rules["nginx.conf"]
    assert "https://host.example.org/wires/page/$1/ [R=303" in rules["w3id.htaccess"]
    assert "https://host.example.org {" in rules["Caddyfile"]
    assert all("weights inside the same tenth" in text for text in rules.values())


def test_no_file_of_the_package_names_a_sample() -> None:
    """The descriptions are computed: no title, number or digest of a document is typed in."""
    folder = Path(__file__).resolve().parents[3] / "src" / "cablegraph" / "publication"
    texts = [path.read_text("utf-8") for path in folder.glob("*.*")]

    assert len(texts) > 20
    assert not [text for text in texts if "wcda" in text or "Wilson" in text]


@pytest.mark.parametrize("piece", ["text/turtle;", "text/turtle; ", ';a="', "a=b;", ", a/b;q"])
def test_a_pattern_of_the_rules_is_quick_on_long_headers(piece: str) -> None:
    """No header of eight kilobytes, which servers allow, keeps a pattern busy."""
    import re

    from cablegraph.publication.rules import _patterns

    header = piece * (8000 // len(piece))
    began = time.perf_counter()
    for pattern, _ in _patterns():
        re.search(pattern, header, re.IGNORECASE)

    assert 5 > time.perf_counter() - began
