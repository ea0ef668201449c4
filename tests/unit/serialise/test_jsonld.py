"""JSON-LD: nested for people, the same statements for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from serialise_sample import AUTHORITIES, BASE, CONTEXT, DOCUMENT, TELEGRAM, node, statement

from cablegraph.namespaces import CBL, expand
from cablegraph.serialise.context import Context
from cablegraph.serialise.jsonld import to_jsonld, write_jsonld
from cablegraph.serialise.nesting import find_owners
from cablegraph.serialise.rdf import iri, literal, quad_line

# rdflib 7 warns of its own parts when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")

_texts = st.text(
    st.sampled_from('aЖ"\\\n\r\t\x01\x7f\x85\u2028\u2029 :{}@|𐍈<')
    | st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"),
    max_size=12,
)
_nodes = st.sampled_from([f"telegram/{key}" for key in ("a", "a/b", "a/b/c", "b", "b#x")])
_links = st.tuples(
    st.sampled_from(
        ["cbl:evidence", "cbl:kind", "schema:mentions", "cbl:textVersion", "rdf:object"]
    ),
    _nodes.map(node),
)
_words = st.tuples(
    st.sampled_from(["dcterms:title", "cbl:text", "cbl:edtf", "rico:textualValue", "oa:start"]),
    st.builds(literal, _texts, st.sampled_from([None, "en", "ru", "zh-hant"]))
    | st.builds(literal, _texts, datatype=st.just(expand("edtf:EDTF")))
    | st.builds(
        literal,
        st.sampled_from(["0", "7", "-7", "12345678901234567890"]),
        datatype=st.sampled_from([expand("xsd:integer"), expand("xsd:nonNegativeInteger")]),
    )
    | st.builds(literal, st.sampled_from(["true", "1"]), datatype=st.just(expand("xsd:boolean"))),
)
_types = st.tuples(st.just("rdf:type"), st.sampled_from([iri(CBL.Telegram), node("telegram/a")]))
_lines = st.sets(
    st.builds(
        lambda subject, said, graph: statement(subject, said[0], said[1], graph),
        _nodes,
        _links | _words | _types,
        st.sampled_from([DOCUMENT, AUTHORITIES]),
    ),
    max_size=14,
).filter(lambda lines: not any("-7" in line and "nonNegative" in line for line in lines))


def read_by_pyld(text: str) -> set[str]:
    """Expand by PyLD, without the network."""
    found = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    return {canonical(line) for line in found.split("\n") if line}


def read_by_pyoxigraph(text: str) -> set[str]:
    """Read by pyoxigraph."""
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    return {f"{quad} ." for quad in quads}


def read_by_rdflib(text: str) -> set[str]:
    """Read by rdflib, lexical forms kept."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="json-ld")
    return {quad_line(f"<{s}>", f"<{p}>", _term(o), f"<{g}>") for s, p, o, g in dataset.quads()}


def canonical(line: str) -> str:
    """Spell a line of N-Quads as the canonical form does."""
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return f"{quad} ."


def _term(term: rdflib.term.Node) -> str:
    if isinstance(term, rdflib.Literal):
        return literal(str(term), term.language, str(term.datatype) if term.datatype else None)
    return iri(str(term))


def graph_of(text: str, name: str) -> list[dict[str, Any]]:
    """Return the nodes at the top level of one graph."""
    return next(g["@graph"] for g in json.loads(text)["@graph"] if g["id"] == name)


@pytest.fixture(autouse=True)
def _keep_lexical_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.parametrize("read", [read_by_pyld, read_by_pyoxigraph, read_by_rdflib])
def test_three_readers_find_the_same_quads(lines: list[str], context: Context, read: Any) -> None:
    """Nesting and short forms add and lose no statement."""
    assert set(lines) == read("".join(to_jsonld(lines, context)))


@settings(deadline=None, max_examples=60)
@given(_lines)
def test_any_small_graph_survives(lines: set[str]) -> None:
    """Circles, awkward text and odd datatypes come back from all three readers."""
    text = "".join(to_jsonld(lines, Context(CONTEXT)))

    assert lines == read_by_pyld(text)
    assert lines == read_by_pyoxigraph(text)
    assert lines == read_by_rdflib(text)


def test_the_telegram_comes_first_with_its_parts_inside(lines: list[str], context: Context) -> None:
    """A part stands in its whole, once; elsewhere it is named."""
    top = graph_of("".join(to_jsonld(lines, context)), DOCUMENT)
    nine, ten = top[0]["numbers"]

    assert [TELEGRAM, f"{TELEGRAM}/claim/asserted", f"{TELEGRAM}/claim/guessed"] == [
        item["id"] for item in top
    ]
    assert list(top[0])[:5] == ["id", "type", "language", "mentions", "numbers"]
    assert (f"{TELEGRAM}/number/a-9", ["9"]) == (nine["id"], nine["value"])
    assert [f"{TELEGRAM}/number/a-10"] == nine["conflictsWith"]
    assert [f"{TELEGRAM}/number/a-9"] == ten["conflictsWith"]
    assert top[0]["textVersions"][0]["firstLeaf"] == 7


def test_a_span_stands_at_the_first_that_cites_it(lines: list[str], context: Context) -> None:
    """What no whole owns is nested at the smallest name that refers to it."""
    top = graph_of("".join(to_jsonld(lines, context)), DOCUMENT)
    asserted, guessed = top[1], top[2]

    assert asserted["evidence"][0]["selector"][0]["start"] == 0
    assert [f"{TELEGRAM}/text/scan/span/0-2"] == guessed["evidence"]


def test_languages_are_a_map(lines: list[str], context: Context) -> None:
    """Every language is a key; words without one stand under @none."""
    title = graph_of("".join(to_jsonld(lines, context)), DOCUMENT)[0]["title"]

    assert title == {"@none": ["no language"], "en": ["Telegram"], "ru": ["Телеграмма"]}


def test_an_unknown_property_raises(context: Context) -> None:
    """A property that the context does not know is a fault of the context."""
    with pytest.raises(ValueError, match=r"no term for http://www\.w3\.org/ns/prov#used"):
        list(to_jsonld([statement("a", "prov:used", node("b"))], context))


def test_a_blank_node_raises(context: Context) -> None:
    """Only what has a name is published."""
    with pytest.raises(ValueError, match="not an IRI"):
        list(to_jsonld([f'_:a {iri(expand("cbl:text"))} "x" .'], context))


def test_an_iri_that_reads_like_a_prefixed_name_raises() -> None:
    """A context whose prefix hides a scheme is refused rather than written wrongly."""
    with pytest.raises(ValueError, match="as another IRI"):
        Context({"urn": "https://example.org/"}).compact("urn:x")


@pytest.mark.parametrize(
    "definitions",
    [{"@language": "en"}, {"@import": "x"}, {"kind": {"@id": "a:b", "@context": {}}}],
)
def test_a_context_that_is_not_understood_raises(definitions: dict[str, Any]) -> None:
    """What would change the meaning of a key is refused, not passed over."""
    with pytest.raises(ValueError, match="JSON-LD context"):
        Context(definitions)


def test_a_base_and_a_vocabulary_shorten_names() -> None:
    """@base serves identifiers, @vocab serves classes and concepts."""
    context = Context({"@base": BASE, "@vocab": "https://example.org/def#"})

    assert context.compact(BASE + "person/mao") == "person/mao"
    assert context.compact("https://example.org/def#Message", vocabulary=True) == "Message"
    assert context.compact("https://example.org/def#Message") == "https://example.org/def#Message"


def test_a_deep_chain_is_not_nested_without_end() -> None:
    """A long chain of references is cut, so that every JSON reader can follow."""
    said = {f"<a:{'/x' * i}>": [("<a:p>", f"<a:{'/x' * (i + 1)}>")] for i in range(1, 200)}
    owners = find_owners(said, [])
    depths = []
    for start in said:
        depth, step = 0, start
        while step in owners:
            depth, step = depth + 1, owners[step]
        depths.append(depth)

    assert max(depths) == 24


def test_the_file_holds_its_context(lines: list[str], context_file: Path, tmp_path: Path) -> None:
    """A reader needs no network; the same lines in another order give the same bytes."""
    write_jsonld(lines, tmp_path / "a.jsonld")
    write_jsonld(reversed(lines), tmp_path / "b.jsonld")
    written = (tmp_path / "a.jsonld").read_bytes()

    assert json.loads(context_file.read_bytes())["@context"] == json.loads(written)["@context"]
    assert written == (tmp_path / "b.jsonld").read_bytes()
    assert set(lines) == read_by_pyoxigraph(written.decode())


def test_the_context_of_the_project_is_enough(lines: list[str], tmp_path: Path) -> None:
    """The context that ships with the package says every statement of the sample."""
    write_jsonld(lines, tmp_path / "a.jsonld")

    assert set(lines) == read_by_pyld((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
