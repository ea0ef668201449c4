"""The Nu HTML checker finds no error in any page: of the site, of the service, of descriptions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import httpx
import pytest

from cablegraph.publication.entities import Entities
from cablegraph.publication.site.build import build_site
from cablegraph.publication.vocabulary import list_documents
from java_programs import NO_CHECKER, find_checker

from .conftest import ROOT, Served

QUERIES = (
    "SELECT ?s ?o { ?s skos:prefLabel ?o } LIMIT 50",
    'SELECT ("</td><script>alert(1)</script>\\u202e" AS ?hostile) {}',
    "SELECT * { ?nothing a ?nothing }",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20",
    "this is no query",
    "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }",
)


def find_errors(folder: Path) -> list[str]:
    """Return what the checker calls an error in the pages of a folder, with the place."""
    command = find_checker()
    if not command:
        pytest.skip(NO_CHECKER)
    options = "--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json"
    done = subprocess.run(
        [*command, *options, str(folder)], capture_output=True, timeout=300, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    grave = [message for message in messages if message["type"] != "info"]
    return sorted(
        f"{one.get('url', '')}:{one.get('lastLine', 0)}: {one['message']}" for one in grave
    )


@pytest.mark.slow
def test_every_page_of_the_site_is_well(tmp_path: Path) -> None:
    """Pages, styles and drawings of the site of the seeds."""
    build_site(ROOT / "output", tmp_path, workers=1)
    kinds = {path.relative_to(tmp_path).parts[:-2] for path in tmp_path.rglob("*.html")}

    assert len(kinds) > 10
    assert [] == find_errors(tmp_path)


@pytest.mark.slow
def test_every_page_of_the_service_is_well(served: Served, tmp_path: Path) -> None:
    """Things of each kind, terms, the query page with each kind of result, a preview."""
    things = {path.split("/")[0]: path for path in Entities(served.output).owners()}
    addresses = ["/", "/sparql", "/sparql?question=01-pseudonym"]
    addresses += [f"/page/{path}/" for path in things.values()]
    addresses += [
        f"/reconcile/preview?id={things[kind]}" for kind in ("archive", "person", "place")
    ]
    addresses += ["/sparql/assets/query.css", "/description.css"]
    addresses += [f"/{name}" for name in list_documents()]
    addresses += [f"/sparql?{httpx.QueryParams(query=query)}" for query in QUERIES]
    with httpx.Client(base_url=served.url, headers={"Accept": "text/html"}) as client:
        for number, address in enumerate(addresses):
            answer = client.get(address)
            kind = answer.headers["content-type"].partition(";")[0].removeprefix("text/")
            assert kind == ("css" if address.endswith(".css") else "html"), answer.text
            name = "".join(sign if sign.isalnum() else "-" for sign in address)[:60]
            (tmp_path / f"{number}{name}.{kind}").write_bytes(answer.content)

    assert len(things) > 8
    assert [] == find_errors(tmp_path)


@pytest.mark.slow
def test_the_checker_finds_an_error(tmp_path: Path) -> None:
    """A page with a table in its head is not passed over."""
    page = "<!DOCTYPE html><html lang=en><head><table></table></head></html>"
    (tmp_path / "bad.html").write_text(page, encoding="utf-8")

    assert find_errors(tmp_path)
