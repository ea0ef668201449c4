"""RDF files that anyone has written."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from cablegraph.errors import DataError
from cablegraph.validation.files import read_quads, validate_file

DEF = "https://w3id.org/cablegraph/def#"
FORMATS = {
    "a.nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "a.ttl": pyoxigraph.RdfFormat.TURTLE,
    "a.rdf": pyoxigraph.RdfFormat.RDF_XML,
    "a.jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "a.trig": pyoxigraph.RdfFormat.TRIG,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_findings(name: str, telegram: str, tmp_path: Path) -> None:
    """The ending of the name decides how the file is read."""
    quads = pyoxigraph.parse(input=telegram.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    triples = [quad.triple for quad in quads]
    path = tmp_path / name
    pyoxigraph.serialize(triples, output=str(path), format=FORMATS[name])
    findings = validate_file(path)

    assert [(f.code, f.severity, f.line) for f in findings] == [
        ("T4-sender-w", "warning", 1),
        ("T3-rivals-i", "info", 1),
        ("T3-rivals-i", "info", 1),
    ]
    assert findings[2].message.endswith(": 77 (at letter.txt:4:7)")


def test_an_undefined_term_is_reported_with_the_nearest(telegram: str, tmp_path: Path) -> None:
    """SHACL does not see a misspelt property."""
    path = tmp_path / "a.nt"
    path.write_text(telegram.replace(f"{DEF}startLine", f"{DEF}startLin"), encoding="utf-8")
    finding = next(f for f in validate_file(path) if f.code == "undefined-term")

    assert finding.message.startswith("cbl:startLin is not in the vocabulary")
    assert (finding.severity, finding.remedy) == ("violation", "write cbl:startLine")


def test_data_in_another_namespace_does_not_conform(tmp_path: Path) -> None:
    """No target is a violation, not a success."""
    path = tmp_path / "a.ttl"
    path.write_text("<https://example.org/a> a <https://example.org/B> .", encoding="utf-8")

    assert [(f.code, f.severity) for f in validate_file(path)] == [("no-target", "violation")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.ttl",
            "<https://e.org/a>\n  a b:c .",
            r"a\.ttl:2:5: DataError: The prefix b: has .*; mend",
        ),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "b">]><r/>', "declares XML entities; write their"),
        ("a.nq", "nothing", r"a\.nq:1:1: DataError"),
        ("a.jsonld", "{\n]", r"a\.jsonld:2:1: DataError: .*; mend the JSON"),
        ("a.jsonld", '{"@context": "https://example.org/c"}', "would have to be fetched"),
        ("a.doc", "", "'.doc' names no RDF format; use one of"),
    ],
)
def test_what_cannot_be_parsed_is_one_line(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    """Path, line and column stand before what was found."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=message) as caught:
        validate_file(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    """A file that is not there is a fault of the data, not a traceback."""
    with pytest.raises(DataError, match="No such file"):
        validate_file(tmp_path / "none.ttl")


@pytest.mark.parametrize(
    "context", ["https://w3id.org/cablegraph/context.jsonld", ["x/context.jsonld", {}]]
)
def test_the_own_context_is_read_from_the_package(context: object, tmp_path: Path) -> None:
    """The context's IRI is never fetched."""
    document = {"@context": context, "id": "https://example.org/t", "type": "cbl:Telegram"}
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(document), encoding="utf-8")
    (quad,) = read_quads(path)

    assert quad.object == pyoxigraph.NamedNode(f"{DEF}Telegram")


def test_a_blank_node_is_no_focus_of_a_finding(tmp_path: Path) -> None:
    """Its label means nothing outside the file."""
    path = tmp_path / "a.ttl"
    path.write_text(f"[] a <{DEF}RecordNumber> .", encoding="utf-8")
    (finding,) = validate_file(path)

    assert (finding.code, finding.focus) == ("T1-number", None)
