"""Map the records with rdflib as a plain script would; prints the CPU seconds it took.

Run in the folder of the records: ``by_rdflib.py map`` writes N-Quads, ``check FILE...`` checks
the graph with pySHACL first, by files of shapes and beside those of the schemes that shapes name.
Reads the same claims as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SH, SKOS, XSD

ID = Namespace("https://example.org/id/")
CBL = Namespace("https://w3id.org/cablegraph/def#")
SCHEME = Namespace("https://w3id.org/cablegraph/scheme/")
OA, PROV = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/prov#")
RICO = Namespace("https://www.ica.org/standards/RiC/ontology#")
RST = Namespace("https://www.ica.org/standards/RiC/vocabularies/recordSetTypes#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
SCHEMA = Namespace("https://schema.org/")


def add_evidence(graph: Graph, node: URIRef, one: dict[str, Any], reading: dict[str, Any]) -> None:
    """Add the span of one piece of evidence."""
    version = ID[f"telegram/{reading['key']}/text/{one['layer']}"]
    start, end, text = one["start"], one["end"], reading["texts"][one["layer"]]
    span = URIRef(f"{version}/span/{start}-{end}")
    position, quote = URIRef(f"{span}#position"), URIRef(f"{span}#quote")
    graph.add((node, CBL.evidence, span))
    graph.add((span, RDF.type, OA.SpecificResource))
    graph.add((span, OA.hasSource, version))
    graph.add((span, OA.hasSelector, position))
    graph.add((span, OA.hasSelector, quote))
    graph.add((position, RDF.type, OA.TextPositionSelector))
    graph.add((position, OA.start, Literal(str(start), datatype=XSD.nonNegativeInteger)))
    graph.add((position, OA.end, Literal(str(end), datatype=XSD.nonNegativeInteger)))
    graph.add((quote, RDF.type, OA.TextQuoteSelector))
    graph.add((quote, OA.exact, Literal(one["quote"])))
    graph.add((quote, OA.prefix, Literal(text[max(0, start - 32) : start])))
    graph.add((quote, OA.suffix, Literal(text[end : end + 32])))


def add_statement(graph: Graph, node: URIRef, *triple: Any) -> None:
    """Add a statement and the claim that names it."""
    graph.add(triple)
    graph.add((node, RDF.type, CBL.Claim))
    graph.add((node, RDF.subject, triple[0]))
    graph.add((node, RDF.predicate, triple[1]))
    graph.add((node, RDF.object, triple[2]))


def add_copy(
    graph: Graph, node: URIRef, copy: URIRef, telegram: URIRef, value: dict[str, Any]
) -> None:
    """Add a copy, its reference and the units it lies in."""
    archive, path, label = ID[value["archive"]], value["archive"][8:], ""
    above = archive
    graph.add((node, RDF.type, CBL.ArchivalReference))
    graph.add((node, RICO.textualValue, Literal(value["written"])))
    graph.add((node, CBL.firstLeaf, Literal(str(value["first_leaf"]), datatype=XSD.integer)))
    graph.add((node, CBL.lastLeaf, Literal(str(value["last_leaf"]), datatype=XSD.integer)))
    graph.add((copy, RDF.type, CBL.Holding))
    graph.add((copy, RICO.hasOrHadHolder, archive))
    graph.add((copy, RICO.hasOrHadIdentifier, node))
    graph.add((telegram, RICO.hasOrHadInstantiation, copy))
    for level, kind in (("fond", "Fonds"), ("opis", "Series"), ("delo", "File")):
        number = value[level]
        path, label = f"{path}/{number}", f"{label}, {level} {number}".lstrip(", ")
        unit = ID[f"unit/{path}"]
        graph.add((node, CBL[level], Literal(number)))
        graph.add((unit, RDF.type, RICO.RecordSet))
        graph.add((unit, RICO.hasRecordSetType, RST[kind]))
        graph.add((unit, RICO.hasOrHadHolder, archive))
        graph.add((unit, RICO.identifier, Literal(number)))
        graph.add((unit, SKOS.prefLabel, Literal(label, lang="en")))
        if above != archive:
            graph.add((unit, RICO.isOrWasIncludedIn, above))
        above = unit
    graph.add((copy, DCTERMS.isPartOf, above))
    graph.add((telegram, RICO.isOrWasIncludedIn, above))


def add_version(
    graph: Graph, node: URIRef, telegram: URIRef, source: URIRef, text: str, value: dict[str, Any]
) -> None:
    """Add a text version and its place in the file."""
    place = URIRef(f"{node}#place")
    graph.add((telegram, CBL.textVersion, node))
    graph.add((node, RDF.type, CBL.TextVersion))
    graph.add((node, CBL.kind, SCHEME[f"version/{value['kind']}"]))
    graph.add((node, DCTERMS.language, Literal(value["language"])))
    graph.add((node, CBL.text, Literal(text, lang=value["language"])))
    graph.add((node, PROV.wasDerivedFrom, source))
    graph.add((node, OA.hasSource, source))
    graph.add((node, OA.hasSelector, place))
    graph.add((place, RDF.type, OA.TextPositionSelector))
    graph.add((place, OA.start, Literal(str(value["start"]), datatype=XSD.nonNegativeInteger)))
    graph.add((place, OA.end, Literal(str(value["end"]), datatype=XSD.nonNegativeInteger)))
    graph.add((node, CBL.startLine, Literal(str(value["line"]), datatype=XSD.integer)))


def add_claim(graph: Graph, claim: dict[str, Any], reading: dict[str, Any], source: URIRef) -> None:
    """Add what one claim says."""
    node, about = ID[claim["key"]], ID[claim["about"]]
    telegram, value = ID[f"telegram/{reading['key']}"], claim["value"]
    graph.add((node, CBL.certainty, SCHEME["certainty/certain"]))
    graph.add((node, CBL.rule, SCHEME[f"rule/{claim['rule']}"]))
    for one in claim["evidence"]:
        add_evidence(graph, node, one, reading)
    match value["is"]:
        case "text":
            words = Literal(value["text"], lang=value["language"])
            add_statement(graph, node, about, DCTERMS.title, words)
        case "party":
            role = RICO.hasSender if value["role"] == "sender" else RICO.hasAddressee
            add_statement(graph, node, about, role, ID[value["agent"]])
        case "date":
            graph.add((node, RDF.type, RICO.Date))
            graph.add((node, CBL.kind, SCHEME[f"date/{value['kind']}"]))
            graph.add((node, RICO.expressedDate, Literal(value["written"][0])))
            graph.add((node, CBL.edtf, Literal(value["edtf"], datatype=EDTF)))
            graph.add((about, RICO.isAssociatedWithDate, node))
        case "number":
            graph.add((node, RDF.type, CBL.RecordNumber))
            graph.add((node, CBL.kind, SCHEME[f"number/{value['kind']}"]))
            graph.add((node, RICO.textualValue, Literal(value["written"])))
            graph.add((about, RICO.hasOrHadIdentifier, node))
        case "reference":
            add_copy(graph, node, about, telegram, value)
        case "version":
            add_version(graph, node, telegram, source, reading["texts"]["transcript"], value)


def add_reading(graph: Graph, reading: dict[str, Any]) -> None:
    """Add one document."""
    telegram = ID[f"telegram/{reading['key']}"]
    source = ID[f"source/{reading['sha256'][:12]}"]
    graph.add((telegram, RDF.type, CBL.Telegram))
    graph.add((telegram, CBL.attestation, SCHEME["attestation/extant"]))
    graph.add((source, RDF.type, CBL.SourceFile))
    graph.add((source, DCTERMS.identifier, Literal(reading["source"])))
    graph.add((source, SCHEMA.sha256, Literal(reading["sha256"])))
    for claim in reading["claims"]:
        add_claim(graph, claim, reading, source)


def main(task: str, *files: str) -> None:
    """Do the task and print what it took."""
    known, schemes = Graph(), Graph()
    for path in files:
        (schemes if "/schemes/" in path else known).parse(path)
    start = time.process_time()
    graph, results = Graph(), 0
    for line in Path("readings.jsonl").read_text("utf-8").splitlines():
        add_reading(graph, json.loads(line))
    mapped = time.process_time()
    if task == "check":
        _, report, _ = pyshacl.validate(graph + schemes, shacl_graph=known, inference="none")
        results = sum(1 for _ in report.subjects(RDF.type, SH.ValidationResult))
    checked = time.process_time()
    whole = Dataset()
    whole.graph(URIRef("https://example.org/graph")).__iadd__(graph)
    whole.serialize("by_rdflib.nq", format="nquads", encoding="utf-8")
    end = time.process_time()
    print(json.dumps({"seconds": end - start, "mapped": mapped - start, "check": checked - mapped,
                      "lines": len(graph), "results": results}))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
