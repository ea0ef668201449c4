"""The descriptions of a dataset: every number is that of the data, every right as configured."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyld.jsonld
import pytest
import rdflib
from click.testing import CliRunner
from publication_sample import BASE, LICENCE, RIGHTS, TITLE, sample_lines, write_output

from cablegraph.cli import main
from cablegraph.errors import ConfigError, DataError
from cablegraph.publication.about import About, Service, read_about
from cablegraph.publication.dcat import dcat_lines
from cablegraph.publication.describe import list_links, make_descriptions
from cablegraph.publication.entities import Entities
from cablegraph.publication.folder import write_descriptions
from cablegraph.publication.rocrate import to_ro_crate
from cablegraph.publication.schema_org import to_schema_org
from cablegraph.publication.sitemap import make_sitemaps
from cablegraph.publication.void import void_lines

ROOT = "https://host.example.org/wires/"
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = rdflib.URIRef(f"{BASE}dataset")
SPARQL = Service("sparql", "SPARQL", "sparql", "https://www.w3.org/TR/sparql11-protocol/")


@pytest.fixture(scope="module")
def about(sample_output: Path) -> About:
    """What is said of the invented graph."""
    return read_about(sample_output, ROOT)


@pytest.fixture(scope="module")
def counted(sample_output: Path) -> rdflib.Graph:
    """The same graph as another reader sees it, its graphs united."""
    found = rdflib.Graph()
    path = sample_output / "graph" / "cablegraph.ttl"
    return found.parse(path)


def _parse(lines: list[str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")


def test_void_counts_what_another_reader_counts(about: About, counted: rdflib.Graph) -> None:
    """Statements, subjects, objects, things, classes and properties are those of the data."""
    void = _parse(void_lines(about))
    things = {s for s in counted.subjects() if str(s).startswith(f"{BASE}id/")}

    def number(name: str) -> int:
        return int(void.value(DATASET, VOID[name]))

    assert len(counted) == number("triples")
    assert len(set(counted.subjects())) == number("distinctSubjects")
    assert len(set(counted.objects())) == number("distinctObjects")
    assert len(set(counted.predicates())) == number("properties")
    assert len(set(counted.objects(None, rdflib.RDF.type))) == number("classes")
    assert len(things) == number("entities")


def test_void_divides_the_data(about: About, counted: rdflib.Graph) -> None:
    """Each class and each property has its part, with the number of its members."""
    void = _parse(void_lines(about))
    properties = {
        str(void.value(part, VOID.property)): int(void.value(part, VOID.triples))
        for part in void.objects(DATASET, VOID.propertyPartition)
    }
    classes = {
        str(void.value(part, VOID["class"])): int(void.value(part, VOID.entities))
        for part in void.objects(DATASET, VOID.classPartition)
    }

    expected = {str(p): len(list(counted.triples((None, p, None)))) for p in counted.predicates()}
    assert expected == properties
    kinds = set(counted.objects(None, rdflib.RDF.type))
    assert {str(c): len(set(counted.subjects(rdflib.RDF.type, c))) for c in kinds} == classes


def test_void_tells_of_links_and_ways(about: About) -> None:
    """Links to another host are a link set of their number; dumps are those of the output."""
    void = _parse(void_lines(about))
    (links,) = void.objects(DATASET, VOID.subset)

    assert 2 == int(void.value(links, VOID.triples))
    assert "http://authority.example.net/" == str(void.value(links, VOID.objectsTarget))
    dumps = {str(dump) for dump in void.objects(DATASET, VOID.dataDump)}
    names = ("graph/cablegraph.nq", "graph/cablegraph.ttl")
    assert {f"{ROOT}files/{name}" for name in names} == dumps
    assert f"{BASE}id/" == str(void.value(DATASET, VOID.uriSpace))
    assert void.value(DATASET, VOID.sparqlEndpoint) is None


def test_a_link_set_of_the_graph_is_taken_as_it_is(tmp_path: Path) -> None:
    """What the data say of their links is not counted a second time."""
    graph, links = f"<{BASE}graph/external>", f"<{BASE}linkset/x>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [
        *sample_lines(),
        f"{links} {kind} <{VOID.Linkset}> {graph} .",
        f'{links} <{VOID.triples}> "7"^^<{rdflib.XSD.integer}> {graph} .',
    ]
    output = write_output(tmp_path / "output", lines)
    void = _parse(void_lines(read_about(output, ROOT)))

    assert [rdflib.URIRef(f"{BASE}linkset/x")] == list(void.objects(DATASET, VOID.subset))


def test_dcat_has_the_files_with_size_and_digest(about: About, sample_output: Path) -> None:
    """Every distribution is a file that is there, with its bytes, SHA-256 and media type."""
    dcat = _parse(dcat_lines(about))
    found = 0
    for node in dcat.objects(DATASET, DCAT.distribution):
        address = str(dcat.value(node, DCAT.downloadURL))
        content = (sample_output / address.removeprefix(f"{ROOT}files/")).read_bytes()
        checksum = dcat.value(node, SPDX.checksum)
        digest = dcat.value(checksum, SPDX.checksumValue)
        assert len(content) == int(dcat.value(node, DCAT.byteSize))
        assert hashlib.sha256(content).hexdigest() == str(digest)
        found += 1

    assert 2 == found
    assert rdflib.Literal("2026-01-02", datatype=rdflib.XSD.date) in dcat.objects(
        DATASET, rdflib.DCTERMS.issued
    )


def test_the_licence_is_never_claimed_for_the_texts(about: About) -> None:
    """The licence stands at what is stated; the files, which hold the texts, have the rights."""
    dcat = _parse(dcat_lines(about))
    licensed = set(dcat.subjects(rdflib.DCTERMS.license, rdflib.URIRef(LICENCE)))
    files = set(dcat.objects(DATASET, DCAT.distribution))

    assert {DATASET, rdflib.URIRef(f"{BASE}catalogue")} == licensed
    for node in [*files, DATASET]:
        rights = dcat.value(node, rdflib.DCTERMS.rights)
        assert RIGHTS == str(dcat.value(rights, rdflib.RDFS.label))


def test_services_are_described_only_where_they_run(sample_output: Path, about: About) -> None:
    """A folder of files has none; a service is named with its address."""
    running = read_about(sample_output, ROOT, services=(SPARQL,))
    dcat, void = _parse(dcat_lines(running)), _parse(void_lines(running))
    (service,) = dcat.subjects(rdflib.RDF.type, DCAT.DataService)

    assert [] == list(_parse(dcat_lines(about)).subjects(rdflib.RDF.type, DCAT.DataService))
    assert f"{ROOT}sparql" == str(dcat.value(service, DCAT.endpointURL))
    assert f"{ROOT}sparql" == str(void.value(DATASET, VOID.sparqlEndpoint))


def test_dcat_says_the_same_in_both_forms(about: About, sample_output: Path) -> None:
    """Turtle and JSON-LD are the same statements."""
    made = make_descriptions(about, Entities(sample_output).owners())
    turtle = rdflib.Graph().parse(data=made["dcat.ttl"], format="turtle")
    options = {"format": "application/n-quads"}
    again = pyld.jsonld.to_rdf(json.loads(made["dcat.jsonld"]), options)

    assert set(turtle) == set(rdflib.Graph().parse(data=again, format="nt"))
    assert set(_parse(dcat_lines(about))) == set(turtle)


def test_dcat_ap_shapes_hold(about: About) -> None:
    """DCAT-AP 3.0.1: nothing is violated (CABLEGRAPH_DCAT_AP names the folder of its shapes)."""
    folder = os.environ.get("CABLEGRAPH_DCAT_AP")
    if not folder:
        pytest.skip("CABLEGRAPH_DCAT_AP names no folder with the shapes of DCAT-AP 3.0.1")
    import pyshacl

    data = _parse(dcat_lines(about))
    for name in ("shapes.ttl", "range.ttl"):
        shapes = rdflib.Graph().parse(Path(folder) / name)
        conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, do_owl_imports=False)
        assert conforms, text
        broken = rdflib.Graph() + data
        broken.remove((None, rdflib.DCTERMS.title, None))
        if name == "shapes.ttl":
            assert not pyshacl.validate(broken, shacl_graph=shapes)[0]


def test_schema_org_has_what_a_dataset_search_needs(about: About) -> None:
    """Name, a description of at least 50 characters, licence, period, files, and no empty value."""
    found = to_schema_org(about)

    assert TITLE == found["name"]
    assert 50 <= len(found["description"]) <= 5000
    assert (LICENCE, RIGHTS) == (found["license"], found["usageInfo"])
    assert "1951-01-03/1951-02-03" == found["temporalCoverage"]
    assert 2 == len(found["distribution"])
    assert all(value not in ("", [], None) for value in found.values())


def test_the_crate_names_every_file(about: About, sample_output: Path, tmp_path: Path) -> None:
    """RO-Crate 1.3: descriptor, root with its required properties, and files that exist."""
    folder = tmp_path / "site"
    write_descriptions(sample_output, folder, ROOT)
    crate = json.loads((folder / "ro-crate-metadata.json").read_bytes())
    by_id: dict[str, Any] = {entity["@id"]: entity for entity in crate["@graph"]}

    assert to_ro_crate(about) == crate
    assert "https://w3id.org/ro/crate/1.3/context" == crate["@context"]
    descriptor = by_id["ro-crate-metadata.json"]
    assert {"@id": "https://w3id.org/ro/crate/1.3"} == descriptor["conformsTo"]
    root = by_id["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert all((folder / part["@id"]).is_file() for part in root["hasPart"])
    assert len(crate["@graph"]) == len(by_id)


def test_the_crate_is_read_by_its_library(sample_output: Path, tmp_path: Path) -> None:
    """The library rocrate finds the files and the licence."""
    library = pytest.importorskip("rocrate.rocrate", reason="pip install rocrate to try it")
    write_descriptions(sample_output, tmp_path, ROOT)
    crate = library.ROCrate(str(tmp_path))

    assert "1.3" == str(crate.version)
    assert 2 <= len(crate.data_entities)


def test_the_linkset_joins_page_data_and_files(about: About) -> None:
    """From the page to descriptions and files, and from each of them back."""
    links = list_links(about)
    landing = links[ROOT]

    assert 1 == sum(link.rel == "cite-as" for link in landing)
    for link in landing:
        if link.rel in ("item", "describedby"):
            assert ROOT in {back.href for back in links[link.href]}


def test_a_sitemap_is_split_with_an_index() -> None:
    """More addresses than a file may hold make numbered files, named in the index."""
    files = make_sitemaps(ROOT, [f"page/a&b/{n}/" for n in range(5)], day="2026-01-02", most=2)
    index = ElementTree.fromstring(files["sitemap.xml"].encode("utf-8"))
    found = [
        node.text or ""
        for name in sorted(files.keys() - {"sitemap.xml"})
        for node in ElementTree.fromstring(files[name].encode("utf-8")).iter()
        if node.tag.endswith("loc")
    ]

    assert 4 == len(files)
    assert index.tag.endswith("sitemapindex")
    assert [f"{ROOT}page/a%26b/{n}/" for n in range(5)] == found
    assert ["sitemap.xml"] == list(make_sitemaps(ROOT, ["a"]))


def test_the_command_writes_the_folder(sample_output: Path, tmp_path: Path) -> None:
    """Descriptions, vocabulary, rules and files lie in the folder; equal runs are equal."""
    for name in ("one", "two"):
        told = CliRunner().invoke(
            main,
            ["describe", str(sample_output), "--to", str(tmp_path / name), "--base-url", ROOT],
        )
        assert 0 == told.exit_code, told.output

    one = {p.relative_to(tmp_path / "one"): p for p in (tmp_path / "one").rglob("*") if p.is_file()}
    names = {path.as_posix() for path in one}
    expected = {
        "void.ttl", "dcat.ttl", "dcat.jsonld", "schema.jsonld", "ro-crate-metadata.json",
        "sitemap.xml", "robots.txt", "linkset.json", ".htaccess", "nginx.conf", "Caddyfile",
        "w3id.htaccess", "context.jsonld", "def.ttl", "scheme/act.jsonld",
        "files/graph/cablegraph.nq",
    }  # fmt: skip
    assert set() == expected - names
    for path, file in one.items():
        assert file.read_bytes() == (tmp_path / "two" / path).read_bytes(), path


@pytest.mark.parametrize("root", ["wires/", "https://host.example.org", "javascript:x/"])
def test_an_address_that_is_none_is_refused(sample_output: Path, root: str, tmp_path: Path) -> None:
    """Addresses must be absolute and end in a stroke; nothing is written otherwise."""
    with pytest.raises(ConfigError):
        write_descriptions(sample_output, tmp_path / "site", root)

    assert not (tmp_path / "site").exists()


def test_a_folder_without_a_graph_or_manifest_is_reported(
    sample_output: Path, tmp_path: Path
) -> None:
    """What is missing is named with its path."""
    with pytest.raises(DataError, match=r"cablegraph\.nq"):
        read_about(tmp_path, ROOT)
    (tmp_path / "graph").mkdir()
    text = (sample_output / "graph" / "cablegraph.nq").read_bytes()
    (tmp_path / "graph" / "cablegraph.nq").write_bytes(text)
    with pytest.raises(DataError, match="MANIFEST"):
        read_about(tmp_path, ROOT)
