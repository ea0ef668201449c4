"""Other programs read from each form of a description exactly the statements that are in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from cablegraph.publication.about import read_about
from cablegraph.publication.describe import make_descriptions
from cablegraph.publication.entities import Entities
from cablegraph.publication.forms import list_data_forms
from cablegraph.publication.represent import represent
from cablegraph.publication.vocabulary import list_documents, read_document
from java_programs import NO_JENA, find_riot, has_jena

REPOSITORY = Path(__file__).resolve().parents[3]
NODE = Path(__file__).with_name("read_back.mjs")
MODULES = REPOSITORY / "build" / "browser" / "node_modules"
EXTENSIONS = tuple(form.extension for form in list_data_forms())
NAMES = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


def _read_rdflib(path: Path) -> str:
    import rdflib

    graph = rdflib.Graph().parse(path, format=NAMES[path.suffix[1:]])
    return str(graph.serialize(format="nt"))


def _read_pyld(path: Path) -> str:
    from pyld import jsonld

    def refuse(url: str, options: object) -> dict[str, Any]:
        raise OSError(f"nothing may be fetched, not {url}")

    options = {"format": "application/n-quads", "documentLoader": refuse}
    return str(jsonld.to_rdf(json.loads(path.read_bytes()), options))


def _read_rapper(path: Path) -> str:
    form = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"}[path.suffix[1:]]
    return _run("rapper", "-q", "-i", form, "-o", "ntriples", str(path), "https://base.example/")


def _read_riot(*paths: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return _run(*find_riot(Path(folder)), "--output=ntriples", *map(str, paths))


def _read_node(*paths: Path) -> str:
    return _run("node", str(NODE), str(MODULES), *map(str, paths))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert 0 == done.returncode, done.stderr.decode()[-2000:]
    return done.stdout.decode("utf-8")


def _has_node() -> bool:
    there = (MODULES / "n3").is_dir() and (MODULES / "jsonld").is_dir()
    return bool(shutil.which("node")) and there


#: For each reader: how it reads, the forms it knows, whether it is there, how it gets there.
#: Those of PER_FILE read one file at a time; to start the others takes too long for that.
READERS: dict[str, tuple[Callable[..., str], tuple[str, ...], bool, str]] = {
    "rdflib": (_read_rdflib, EXTENSIONS, True, ""),
    "PyLD": (_read_pyld, ("jsonld",), True, ""),
    "rapper": (
        _read_rapper, ("ttl", "nt", "rdf"), bool(shutil.which("rapper")),
        "apt-get install raptor2-utils brings rapper",
    ),
    "Jena riot": (_read_riot, EXTENSIONS, has_jena(), NO_JENA),
    "N3.js and jsonld.js": (
        _read_node, ("ttl", "nt", "jsonld"), _has_node(),
        "n3 and jsonld are not there; make browser brings them",
    ),
}  # fmt: skip
PER_FILE = {"rdflib", "PyLD", "rapper"}


def _as_set(text: str) -> set[str]:
    parsed = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)
    return {str(quad.triple) for quad in parsed}


def _collections(sample_output: Path) -> Iterable[Path]:
    yield sample_output
    if (REPOSITORY / "output" / "graph" / "cablegraph.nq").is_file():
        yield REPOSITORY / "output"


@pytest.fixture(scope="module")
def documents(
    sample_output: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, set[str]]]:
    """Files in each form with the statements they should hold: things, vocabulary, DCAT."""
    folder = tmp_path_factory.mktemp("documents")
    wanted: list[tuple[str, tuple[str, ...]]] = []
    for number, output in enumerate(_collections(sample_output)):
        entities = Entities(output)
        owners = list(entities.owners())
        kinds = {owner.split("/")[0]: owner for owner in owners}
        for kind, owner in kinds.items():
            found = entities.describe(owner)
            assert found is not None
            wanted.append((f"{number}-{kind}", found.lines))
        about = read_about(output, "https://host.example.org/wires/")
        dcat = make_descriptions(about, owners)
        wanted.append((f"{number}-dcat", tuple(_to_lines(dcat["dcat.ttl"]))))
    wanted.extend((name.replace("/", "-"), read_document(name)) for name in list_documents()[:3])
    made = []
    for name, lines in wanted:
        for form in list_data_forms():
            path = folder / f"{name}.{form.extension}"
            path.write_bytes(represent(lines, form))
            made.append((path, _as_set("\n".join(lines))))
    return made


def _to_lines(turtle: bytes) -> list[str]:
    parsed = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return [f"{quad.triple} ." for quad in parsed]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("reader", sorted(READERS))
def test_another_reader_gets_the_same_statements(
    reader: str, documents: list[tuple[Path, set[str]]]
) -> None:
    """Nothing is lost, added or changed on the way through a form and another program."""
    read, extensions, is_there, reason = READERS[reader]
    if not is_there:
        pytest.skip(reason)
    mine = [(path, wanted) for path, wanted in documents if path.suffix[1:] in extensions]

    assert len(mine) > 10
    if reader in PER_FILE:
        for path, wanted in mine:
            assert wanted == _as_set(read(path)), path.name
        return
    for extension in extensions:
        batch = [(path, wanted) for path, wanted in mine if path.suffix[1:] == extension]
        whole = set[str]().union(*(wanted for _, wanted in batch))
        assert whole == _as_set(read(*(path for path, _ in batch))), extension


def test_a_statement_too_many_is_noticed() -> None:
    """The comparison can fail."""
    one, two = "<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:q> ."

    assert _as_set(one) != _as_set(f"{one}\n{two}")
