"""Addresses of the service: from names to documents, with everything HTTP asks for."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from accept_cases import CASES, HTML, JSONLD, NTRIPLES, RDFXML, TURTLE
from asgi_client import ROOT, Client
from publication_sample import HOSTILE, LICENCE, RIGHTS, sample_lines, write_output

from cablegraph.publication.respond import Resource, tell

ENDINGS = {HTML: "/", TURTLE: ".ttl", JSONLD: ".jsonld", NTRIPLES: ".nt", RDFXML: ".rdf"}


@pytest.fixture(scope="module")
def client(sample_output: Path) -> Client:
    """A client of a service without a site."""
    return Client(sample_output)


@pytest.mark.parametrize(("header", "expected"), CASES)
def test_a_thing_answers_303_to_the_form_wanted(
    client: Client, header: str | None, expected: str | None
) -> None:
    """Every case of the table leads to its document, or to 406 with the list of what there is."""
    headers = {} if header is None else {"Accept": header.encode("utf-8")}
    answer = client.get("/id/person/ann", headers=headers)

    assert "Accept" == answer.headers["vary"]
    if expected is None:
        assert 406 == answer.status_code
        assert all(kind in answer.text for kind in ENDINGS)
        return
    where = "page" if expected == HTML else "data"
    assert 303 == answer.status_code
    assert f"{ROOT}/{where}/person/ann{ENDINGS[expected]}" == answer.headers["location"]


@pytest.mark.parametrize("media_type", [TURTLE, JSONLD, NTRIPLES, RDFXML])
def test_a_document_comes_in_each_form(client: Client, media_type: str) -> None:
    """By extension and by negotiation come the same bytes, with type, ETag and CORS."""
    named = client.get(f"/data/person/ann{ENDINGS[media_type]}", headers={"Accept": "image/png"})
    asked = client.get("/data/person/ann", headers={"Accept": media_type})

    assert (200, 200) == (named.status_code, asked.status_code)
    assert named.content == asked.content
    assert named.headers["content-type"].startswith(media_type)
    assert f"{ROOT}/data/person/ann{ENDINGS[media_type]}" == asked.headers["content-location"]
    assert "vary" not in named.headers
    assert "Accept" == asked.headers["vary"]
    assert "*" == named.headers["access-control-allow-origin"]
    assert f'<{LICENCE}>; rel="license"' in named.headers["link"]


def test_what_the_client_has_is_not_sent_again(client: Client) -> None:
    """The ETag is strong and that of the content; another form has another."""
    turtle = client.get("/data/person/ann.ttl").headers["etag"]
    answer = client.get("/data/person/ann.ttl", headers={"If-None-Match": f'"x", W/{turtle}'})

    assert re.fullmatch('"[0-9a-f]{32}"', turtle)
    assert (304, b"") == (answer.status_code, answer.content)
    assert turtle != client.get("/data/person/ann.nt").headers["etag"]
    assert 304 == client.get("/data/person/ann.ttl", headers={"If-None-Match": "*"}).status_code
    other = client.get("/data/person/ann.ttl", headers={"If-None-Match": '"x"'})
    assert 200 == other.status_code


@pytest.mark.parametrize("path", ["/id/person/ann", "/data/person/ann.ttl", "/", "/void.ttl"])
def test_methods_are_those_of_reading(client: Client, path: str) -> None:
    """HEAD has the headers of GET and no body; what would write is refused with the list."""
    got, head = client.get(path), client.ask("HEAD", path)
    options = client.ask("OPTIONS", path)
    refused = client.ask("DELETE", path)

    assert got.status_code == head.status_code
    assert b"" == head.content
    assert got.headers["content-length"] == head.headers["content-length"]
    assert 204 == options.status_code
    assert "GET" in options.headers["access-control-allow-methods"]
    assert (405, "GET, HEAD, OPTIONS") == (refused.status_code, refused.headers["allow"])


def test_an_answer_to_head_has_no_body() -> None:
    """Not only the server drops the body: it is not sent."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "HEAD", "path": "/", "headers": [], "query_string": b""}
    asyncio.run(Resource(lambda request: tell(200, "words"))(scope, receive, send))

    assert b"" == sent[1]["body"]
    assert (b"content-length", b"5") in sent[0]["headers"]


@pytest.mark.parametrize(
    "path",
    [
        "/id/person/nobody", "/data/person/nobody.ttl", "/page/person/nobody/", "/id/",
        "/data/%2e%2e/%2e%2e/etc/passwd", "/id/..%2f..%2fetc", "/files/%2e%2e/secret.txt",
        "/files/MANIFEST.json", "/files//etc/passwd", "/scheme/nothing", "/id/person/%3Cscript%3E",
        "/id/person/ann%20x", "/data/person/ann.exe", "/sitemap-9.xml", "/data/.ttl",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    """Unknown names and ways out of the folder lead nowhere, and nothing is echoed as HTML."""
    answer = client.get(path)

    assert 404 == answer.status_code
    assert answer.headers["content-type"].startswith("text/plain")


def test_changed_and_withdrawn_names_say_so(client: Client) -> None:
    """A replaced thing leads to its successor for ever; a withdrawn one is gone."""
    moved = client.get("/id/person/old")

    assert (301, f"{ROOT}/id/person/ann") == (moved.status_code, moved.headers["location"])
    assert 410 == client.get("/id/person/gone").status_code
    assert 410 == client.get("/page/person/gone/").status_code


def test_a_page_shows_hostile_names_as_text(client: Client) -> None:
    """A name with markup is escaped; the page may run no script and load nothing."""
    answer = client.get("/page/person/bob/")

    assert 200 == answer.status_code
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "\u202e" in answer.text
    assert '<bdi dir="auto"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert HOSTILE not in answer.text


def test_a_page_links_to_data_and_parts(client: Client) -> None:
    """The page has its typed links in the head too, the words of evidence, and who refers to it."""
    text = client.get("/page/telegram/t-1/").text

    assert '<link rel="describedby" href="/wires/data/telegram/t-1.ttl" type="text/turtle">' in text
    assert "<q>" in text
    assert f'href="{ROOT}/page/person/ann/"' in text
    assert f'href="{ROOT}/' in client.get("/page/person/ann/").text
    assert 301 == client.get("/page/telegram/t-1").status_code


def test_a_page_of_the_site_is_served_where_there_is_one(
    sample_output: Path, tmp_path: Path
) -> None:
    """A built page goes before the plain one; a part leads to its place there."""
    page = tmp_path / "page" / "telegram" / "t-1" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>built</p>", encoding="utf-8")
    client = Client(sample_output, tmp_path)
    part = client.get("/id/telegram/t-1/claim/1", headers={"Accept": HTML})

    assert "<p>built</p>" == client.get("/page/telegram/t-1/").text
    assert f"{ROOT}/page/telegram/t-1/#claim/1" == part.headers["location"]
    assert "Wire 2" in client.get("/page/telegram/t-2/").text


def test_what_else_the_site_has_is_served(sample_output: Path, tmp_path: Path) -> None:
    """Overviews and assets of a built site have their addresses; nothing outside it has."""
    site = tmp_path / "site"
    for name, text in (("people/index.html", "<p>all</p>"), ("assets/a.css", "p {}")):
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "assets" / "out.txt").symlink_to(tmp_path / "secret.txt")
    client = Client(sample_output, site)
    style = client.get("/assets/a.css")

    assert "<p>all</p>" == client.get("/people/").text
    assert (301, f"{ROOT}/people/") == (
        client.get("/people").status_code,
        client.get("/people").headers["location"],
    )
    assert ("p {}", "text/css; charset=utf-8") == (style.text, style.headers["content-type"])
    for path in ("/assets/out.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/assets/none.css"):
        assert 404 == client.get(path).status_code, path


def test_a_page_that_leaves_the_site_by_a_link_is_not_served(
    sample_output: Path, tmp_path: Path
) -> None:
    """A symbolic link out of the folder is passed over."""
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    page = tmp_path / "site" / "page" / "telegram" / "t-1" / "index.html"
    page.parent.mkdir(parents=True)
    page.symlink_to(secret)

    assert "secret" not in Client(sample_output, tmp_path / "site").get("/page/telegram/t-1/").text


def test_the_vocabulary_has_addresses(client: Client) -> None:
    """Terms in each form; a concept leads to its scheme; the context is open and kept long."""
    terms = client.get("/def", headers={"Accept": TURTLE})
    concept = client.get("/scheme/act/advice")
    context = client.get("/context.jsonld")

    assert "owl:Ontology" in terms.text
    assert 'id="Telegram"' in client.get("/def", headers={"Accept": HTML}).text
    assert terms.content == client.get("/def.ttl").content
    assert (303, f"{ROOT}/scheme/act#advice") == (concept.status_code, concept.headers["location"])
    assert b"skos:ConceptScheme" in client.get("/scheme/act.ttl").content
    assert 406 == client.get("/def", headers={"Accept": "image/png"}).status_code
    assert (JSONLD, "*") == (
        context.headers["content-type"],
        context.headers["access-control-allow-origin"],
    )
    assert "max-age=604800" in context.headers["cache-control"]


def test_the_dataset_has_a_landing_page(client: Client) -> None:
    """The root is a page with typed links and schema.org, or the description that is wanted."""
    page = client.get("/", headers={"Accept": HTML})
    turtle = client.get("/", headers={"Accept": TURTLE})

    assert 'rel="cite-as"' in page.headers["link"]
    assert 'rel="linkset"; type="application/linkset+json"' in page.headers["link"]
    assert '"@type":"Dataset"' in page.text
    assert "<td>2</td>" in page.text
    assert RIGHTS.replace("&", "&amp;").replace("'", "&#x27;") in page.text
    assert client.get("/dcat.ttl").content == turtle.content
    assert f"{ROOT}/dcat.ttl" == turtle.headers["content-location"]
    assert f"{ROOT}/void.ttl" == client.get("/.well-known/void").headers["location"]
    assert f"{ROOT}/" == client.get("/dataset").headers["location"]
    assert 406 == client.get("/", headers={"Accept": "image/png"}).status_code


def test_without_an_address_of_its_own_it_takes_that_of_the_client(sample_output: Path) -> None:
    """Descriptions name the host that was asked; what is no host is not repeated."""
    client = Client(sample_output, address="/")
    good = client.get("/dcat.ttl", headers={"Host": "there.example.org:8080"}).text
    bad = client.get("/dcat.ttl", headers={"Host": 'x"><script>'}).text

    assert "<http://there.example.org:8080/files/graph/cablegraph.nq>" in good
    assert "<script" not in bad
    assert "<https://data.example.org/wires/files/graph/cablegraph.nq>" in bad


def test_the_files_of_the_output_are_offered(client: Client, sample_output: Path) -> None:
    """A dump comes as it is, in parts too, with its digest as ETag."""
    whole = client.get("/files/graph/cablegraph.nq")
    part = client.get("/files/graph/cablegraph.nq", headers={"Range": "bytes=0-9"})
    again = client.get(
        "/files/graph/cablegraph.nq", headers={"If-None-Match": whole.headers["etag"]}
    )

    content = (sample_output / "graph" / "cablegraph.nq").read_bytes()
    assert (content, content[:10]) == (whole.content, part.content)
    assert (206, 304) == (part.status_code, again.status_code)
    assert "application/n-quads" == whole.headers["content-type"]


def test_a_text_that_xml_cannot_hold_is_refused_in_xml_only(tmp_path: Path) -> None:
    """RDF/XML of a control character is 406 with the other forms."""
    lines = [line.replace('"Port"', '"Po\\u0001rt"') for line in sample_lines()]
    client = Client(write_output(tmp_path / "output", lines))
    answer = client.get("/data/place/port.rdf")

    assert 406 == answer.status_code
    assert TURTLE in answer.text
    assert RDFXML not in answer.text
    assert 200 == client.get("/data/place/port.ttl").status_code


def test_a_folder_without_its_manifest_still_serves_its_things(
    sample_output: Path, tmp_path: Path
) -> None:
    """What needs the manifest says 503 without a path of the machine; the rest answers."""
    (tmp_path / "graph").mkdir()
    text = (sample_output / "graph" / "cablegraph.nq").read_bytes()
    (tmp_path / "graph" / "cablegraph.nq").write_bytes(text)
    client = Client(tmp_path)
    answer = client.get("/void.ttl")

    assert 503 == answer.status_code
    assert str(tmp_path) not in answer.text
    assert 200 == client.get("/data/person/ann.ttl").status_code


def test_two_services_give_the_same_bytes(sample_output: Path) -> None:
    """Nothing of an answer depends on the process or the order of requests."""
    paths = ["/", "/void.ttl", "/data/telegram/t-1.jsonld", "/page/person/ann/", "/linkset.json"]
    first, second = Client(sample_output), Client(sample_output)
    found = [second.get(path).content for path in reversed(paths)]

    assert [first.get(path).content for path in paths] == found[::-1]
