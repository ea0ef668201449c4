"""An invented graph with hostile words, as an output folder, and a reader of built pages."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5rdf
import pyoxigraph

BASE = "https://wires.example/"
#: What no page may take for markup, a link or a direction of its own.
HOSTILE = '"/><script>alert(1)</script>\u202eevil'
LONG = "N" * 10_000
TEXT = "Ann to Bob <b>No. 7</b>\nЖдём \u202eответа & молчим\n\nI reject the plan, I reject it."

_GRAPH = """
@base <https://wires.example/id/> .
@prefix cbl: <https://w3id.org/cablegraph/def#> .
@prefix sch: <https://w3id.org/cablegraph/scheme/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .

<https://wires.example/graph/dataset> {
  <https://wires.example/dataset> void:uriSpace "https://wires.example/id/" ;
    dcterms:title "Wires <i>"@en ; dcterms:license <https://licence.example/> .
}
<https://wires.example/graph/authorities> {
  <person/ann> a rico:Person ; skos:prefLabel HOSTILE@en , "Аня"@ru ;
    rico:hasOrHadName <person/ann/name/ann> ; skos:exactMatch <https://other.example/ann> ;
    schema:url "javascript:alert(1)" , <javascript:alert(2)> .
  <person/ann/name/ann> a cbl:NameForm ; rico:textualValue HOSTILE@en ;
    cbl:kind <https://w3id.org/cablegraph/scheme/name/common> .
  <person/bob> a rico:Person ; skos:prefLabel LONG@en .
  <place/port> a rico:Place ; skos:prefLabel "Port"@en ; geo:hasGeometry <place/port/geometry> .
  <place/port/geometry> a geo:Geometry ; geo:asWKT "POINT(30.5 60)" .
  <archive/a> a rico:CorporateBody ; skos:prefLabel "Archive A"@en .
  <unit/a/1> a rico:RecordSet ; skos:prefLabel "fond 1"@en ; rico:hasOrHadHolder <archive/a> .
  <unit/a/1/2> a rico:RecordSet ; skos:prefLabel "opis 2"@en ; rico:hasOrHadHolder <archive/a> ;
    rico:isOrWasIncludedIn <unit/a/1> .
  <message/m-1> a cbl:Message ; skos:prefLabel "a lost letter"@en .
}
<https://wires.example/graph/telegram/t-1> {
  <telegram/t-1> a cbl:Telegram ; dcterms:title HOSTILE@en ; rico:hasSender <person/ann> ;
    rico:hasAddressee <person/bob> ; schema:mentions <place/port> ;
    rico:isReplyTo <message/m-1> ;
    rico:hasOrHadInstantiation <holding/a/1/2/3> , <holding/a/1/2/10> ;
    rico:isAssociatedWithDate <telegram/t-1/date/1> ; cbl:textVersion <telegram/t-1/text/one> ;
    rico:hasOrHadIdentifier <telegram/t-1/number/7> , <telegram/t-1/number/8> .
  <telegram/t-1/date/1> a rico:Date ; cbl:edtf "1951-07-03" ;
    cbl:kind <https://w3id.org/cablegraph/scheme/date/catalogue-date> .
  <telegram/t-1/number/7> a cbl:RecordNumber ; rico:textualValue "7" ;
    cbl:conflictsWith <telegram/t-1/number/8> ; cbl:evidence <telegram/t-1/text/one/span/14-19> .
  <telegram/t-1/number/8> a cbl:RecordNumber ; rico:textualValue "8" ;
    cbl:conflictsWith <telegram/t-1/number/7> ; cbl:evidence <telegram/t-1/text/one/span/18-19> .
  <telegram/t-1/claim/sender> a cbl:Claim ; rdf:subject <telegram/t-1> ;
    rdf:predicate rico:hasSender ; rdf:object <person/ann> ;
    cbl:evidence <telegram/t-1/text/one/span/0-3> .
  <telegram/t-1/claim/kin> a cbl:Claim ; rdf:subject <person/ann> ;
    rdf:predicate schema:mentions ; rdf:object <person/bob> .
  <person/ann/name/ann> cbl:evidence <telegram/t-1/text/one/span/0-3> .
  <telegram/t-1/editorial/1> a cbl:EditorialMark ; cbl:reading "ожидаем" ;
    cbl:evidence <telegram/t-1/text/one/span/24-28> .
  <proposal/t-1/plan> a cbl:Proposal ; skos:prefLabel "the plan"@en ; cbl:proposedBy <person/bob> ;
    cbl:evidence <telegram/t-1/text/one/span/47-64> .
  <telegram/t-1/stance/01> a cbl:Stance ; cbl:onProposal <proposal/t-1/plan> ;
    cbl:holder <person/ann> ; cbl:kind <https://w3id.org/cablegraph/scheme/stance/reject> ;
    cbl:evidence <telegram/t-1/text/one/span/47-64> .
  <holding/a/1/2/3> a cbl:Holding ; rico:hasOrHadHolder <archive/a> ;
    dcterms:isPartOf <unit/a/1/2> ; rico:hasOrHadIdentifier <holding/a/1/2/3/reference> .
  <holding/a/1/2/3/reference> a cbl:ArchivalReference ; rico:textualValue "A, f. 1, op. 2, l. 3" .
  <holding/a/1/2/10> a cbl:Holding ; rico:hasOrHadHolder <archive/a> ;
    dcterms:isPartOf <unit/a/1/2> ; rico:hasOrHadIdentifier <holding/a/1/2/10/reference> .
  <holding/a/1/2/10/reference> a cbl:ArchivalReference ;
    rico:textualValue "A, f. 1, op. 2, l. 10" .
  <telegram/t-1/text/one> a cbl:TextVersion ; cbl:text TEXT ; cbl:startLine 5 ;
    dcterms:language "en" ; oa:hasSource <source/s> ;
    cbl:kind <https://w3id.org/cablegraph/scheme/version/translation> .
  <source/s> a cbl:SourceFile ; dcterms:identifier "wire.txt" .
  SPANS
}
"""
_SPANS = (
    "<telegram/t-1/text/one/span/{0}-{1}> a oa:SpecificResource ; oa:hasSource"
    " <telegram/t-1/text/one> ; oa:hasSelector <telegram/t-1/text/one/span/{0}-{1}/at> .\n"
    "<telegram/t-1/text/one/span/{0}-{1}/at> a oa:TextPositionSelector ;"
    " oa:start {0} ; oa:end {1} ."
)
_PLACES = ((14, 19), (18, 19), (0, 3), (24, 28), (47, 64))


def write_hostile(output: Path) -> Path:
    """Write the invented graph into an output folder and return that."""
    spans = "\n".join(_SPANS.format(*place) for place in _PLACES)
    trig = _GRAPH.replace("SPANS", spans)
    for name, words in (("HOSTILE", HOSTILE), ("LONG", LONG), ("TEXT", TEXT)):
        trig = trig.replace(name, str(pyoxigraph.Literal(words)))
    quads = pyoxigraph.parse(input=trig.encode(), format=pyoxigraph.RdfFormat.TRIG)
    lines = sorted({f"{quad} .\n" for quad in quads})
    (output / "graph").mkdir(parents=True)
    (output / "graph" / "cablegraph.nq").write_text("".join(lines), "utf-8", newline="\n")
    return output


def read_page(path: Path):  # type: ignore[no-untyped-def]
    """Return the tree of a page and the faults that a parser of HTML 5 finds in it."""
    builder = html5rdf.getTreeBuilder("etree")
    parser = html5rdf.HTMLParser(tree=builder, namespaceHTMLElements=False)
    tree = parser.parse(path.read_text("utf-8"))
    return tree, [str(error) for error in parser.errors]


def find_faults(site: Path) -> list[str]:
    """Return what is not well formed, is named twice, or leads nowhere within a site."""
    trees, names, faults = {}, {}, []
    for path in sorted(site.rglob("*.html")):
        tree, errors = read_page(path)
        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        faults += [f"{path}: {error}" for error in errors]
        faults += [f"{path}: {name} twice" for name in sorted(set(ids)) if ids.count(name) > 1]
        trees[path], names[path.resolve()] = tree, set(ids)
    for path, tree in trees.items():
        for link in (one.get(key) for one in tree.iter() for key in ("href", "src")):
            faults += _follow(path, link, names) if link is not None else []
    return faults


def _follow(path: Path, link: str, names: dict[Path, set[str]]) -> list[str]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return [] if parts.scheme in ("http", "https") else [f"{path}: {link} is no web address"]
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
    if not target.is_file():
        return [f"{path}: {link} leads nowhere"]
    found = not parts.fragment or unquote(parts.fragment) in names.get(target, ())
    return [] if found else [f"{path}: {link} has no anchor"]
