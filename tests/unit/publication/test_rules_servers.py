"""The rules for web servers, tried on the real Apache, nginx and Caddy where they are installed."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from accept_cases import CASES, EXPANDED, HTML, JSONLD, NTRIPLES, TURTLE

from cablegraph.publication.entities import Entities
from cablegraph.publication.folder import write_descriptions
from cablegraph.publication.forms import list_static_forms
from cablegraph.publication.represent import represent
from cablegraph.publication.rules import make_rules

ENDINGS = {HTML: "/page/person/ann/", TURTLE: ".ttl", JSONLD: ".jsonld", NTRIPLES: ".nt"}
#: What rules without arithmetic get wrong, by the header, with what they answer instead.
KNOWN = {
    "text/turtle;charset=koi8-r": TURTLE,
    "text/turtle;level=2": TURTLE,
    "text/html;q=0, */*": HTML,
    "text/html;q=0, text/*": HTML,
    "text/*;q=0.9, text/html;q=0.2, */*;q=0.5": HTML,
    "*/*;q=0.8, text/html;q=0.1, text/turtle;q=0.1": HTML,
    "text/turtle;q=0.500, application/n-triples;q=0.501": TURTLE,
    # A profile that we don't have counts as if it were not there.
    f"{EXPANDED}, application/ld+json;q=0.2, text/turtle;q=0.5": JSONLD,
    # A quotation mark that is never closed; and headers of which nothing can be read are refused.
    'application/n-triples, text/turtle;x="never closed, application/ld+json': JSONLD,
    "text/turtle/x": None,
    "*/turtle": None,
    "foo;;q=x": None,
    # The client names a form that a site of plain files does not have.
    "application/rdf+xml": None,
    "*/*, application/rdf+xml": HTML,
    "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1": HTML,
}
PARTS = {
    "person": ["name"],
    "place": [],
    "proposal": ["claim"],
    "telegram": ["claim", "date", "text"],
    "unit": ["claim"],
}
APACHE = """\
ServerRoot "{run}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{run}/pid"
TypesConfig /dev/null
ErrorLog "{run}/error.log"
User #{user}
Group #{group}
{modules}
DocumentRoot "{www}"
<Directory "{www}">
  AllowOverride All
  Require all granted
</Directory>
"""
MODULES = (
    "mpm_event", "authz_core", "authz_host", "dir", "env", "filter", "headers", "mime", "rewrite",
)  # fmt: skip


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _make_site(folder: Path, output: Path, base: str) -> None:
    """Write a site: what describe makes, the data files, and a page for each thing."""
    write_descriptions(output, folder, base)
    entities = Entities(output)
    for owner in entities.owners():
        found = entities.describe(owner)
        assert found is not None
        for form in list_static_forms():
            kind = "page" if form.extension == "html" else "data"
            name = f"{owner}/index.html" if kind == "page" else f"{owner}.{form.extension}"
            file = folder / kind / name
            file.parent.mkdir(parents=True, exist_ok=True)
            content = b"<p>page</p>" if kind == "page" else represent(found.lines, form)
            file.write_bytes(content)
    (folder / "ontology").mkdir(exist_ok=True)
    (folder / "ontology" / "index.html").write_bytes(b"<p>terms</p>")


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server does not answer: {process.args}")


def _apache(run: Path, www: Path, port: int) -> list[str]:
    modules = Path("/usr/lib/apache2/modules")
    lines = "\n".join(f"LoadModule {m}_module {modules}/mod_{m}.so" for m in MODULES)
    text = APACHE.format(
        run=run, www=www, port=port, modules=lines, user=os.getuid() or 65534,
        group=os.getgid() or 65534,
    )  # fmt: skip
    (run / "httpd.conf").write_text(text, encoding="utf-8")
    return ["apache2", "-f", str(run / "httpd.conf"), "-D", "FOREGROUND"]


def _nginx(run: Path, www: Path, port: int) -> list[str]:
    rules = make_rules(f"http://127.0.0.1:{port}/", PARTS, str(www))["nginx.conf"]
    temporary = "\n".join(
        f"{kind}_temp_path {run}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = (
        f"daemon off; pid {run}/pid; error_log {run}/error.log;\nevents {{}}\n"
        f"http {{ access_log off; map_hash_bucket_size 1024;\n{temporary}\n{rules}\n}}\n"
    )
    if os.getuid() == 0:
        text = "user root;\n" + text
    (run / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-c", str(run / "nginx.conf"), "-e", str(run / "error.log")]


def _caddy(run: Path, www: Path, port: int) -> list[str]:
    rules = make_rules(f"http://127.0.0.1:{port}/", PARTS, str(www))["Caddyfile"]
    (run / "Caddyfile").write_text("{\n\tadmin off\n}\n" + rules, encoding="utf-8")
    return ["caddy", "run", "--config", str(run / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS = {"apache2": _apache, "nginx": _nginx, "caddy": _caddy}


@pytest.fixture(scope="module", params=sorted(SERVERS))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sample_output: Path
) -> Iterator[int]:
    """The port of a running server that offers the site."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed; apt-get install {name} brings it")
    run, port = tmp_path_factory.mktemp(name), _free_port()
    for folder in (run, *run.parents[:3]):
        folder.chmod(0o755)  # a server started by root reads as another user
    www = run / "www"
    _make_site(www, sample_output, f"http://127.0.0.1:{port}/")
    environment = {**os.environ, "HOME": str(run), "XDG_DATA_HOME": str(run)}
    log = (run / "out.log").open("wb")
    process = subprocess.Popen(
        SERVERS[name](run, www, port), stdout=log, stderr=log, env=environment
    )
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _ask(port: int, path: str, accept: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {} if accept is None else {"Accept": accept.encode("utf-8")}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_thing_leads_to_the_form_that_the_client_likes_best(server: int) -> None:
    """The table of Accept headers holds but for what rules can't do, and that is listed."""
    wrong = {}
    for header, expected in CASES:
        wanted = KNOWN.get(header or "", expected)
        status, headers, _ = _ask(server, "/id/person/ann", header)
        location = headers.get("location", "")
        ending = ENDINGS.get(wanted or "", "")
        good = status == 303 and location.endswith(ending) if ending else status == 406
        if not good:
            wrong[header] = status, location

    assert {} == wrong


def test_the_documents_have_their_types_and_are_open_to_scripts(server: int) -> None:
    """Each file comes with its media type, CORS, and Vary where it was negotiated."""
    for extension, kind in (("ttl", TURTLE), ("jsonld", JSONLD), ("nt", NTRIPLES)):
        status, headers, body = _ask(server, f"/data/person/ann.{extension}")
        assert (200, kind) == (status, headers["content-type"].partition(";")[0]), extension
        assert "*" == headers["access-control-allow-origin"]
        assert b"Ann" in body
    status, headers, body = _ask(server, "/data/person/ann", "application/ld+json")

    assert (200, JSONLD) == (status, headers["content-type"].partition(";")[0])
    assert "accept" in headers["vary"].lower()
    assert (200, b"<p>page</p>") == _ask(server, "/page/person/ann/")[::2]
    assert 404 == _ask(server, "/data/person/nobody.ttl")[0]


def test_parts_and_nested_things_have_their_place(server: int) -> None:
    """A part is shown on the page of its whole; a unit of an archive has its own page."""
    part = _ask(server, "/id/telegram/t-1/claim/1", HTML)[1]["location"]

    assert part.partition("#")[0].endswith("/page/telegram/t-1/")
    found = _ask(server, "/id/telegram/t-1/claim/1", TURTLE)[1]["location"]
    assert found.endswith("/data/telegram/t-1.ttl")
    unit = _ask(server, "/id/unit/a/1/2", HTML)[1]["location"]
    assert unit.endswith("/page/unit/a/1/2/")


def test_the_vocabulary_is_negotiated(server: int) -> None:
    """Terms and concepts lead to their documents, in HTML to the page of the terms."""
    assert _ask(server, "/def", HTML)[1]["location"].partition("#")[0].endswith("/ontology/")
    status, headers, body = _ask(server, "/def", TURTLE)
    assert (200, TURTLE) == (status, headers["content-type"].partition(";")[0])
    assert b"owl:Ontology" in body
    assert b"skos:ConceptScheme" in _ask(server, "/scheme/act", TURTLE)[2]
    assert 303 == _ask(server, "/scheme/act", HTML)[0]
    assert JSONLD == _ask(server, "/context.jsonld")[1]["content-type"]
    assert _ask(server, "/.well-known/void")[1]["location"].endswith("/void.ttl")
    assert 303 == _ask(server, "/dataset")[0]


@pytest.fixture(scope="module")
def w3id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an Apache that has the rules of w3id.org in the folder wires."""
    if shutil.which("apache2") is None:
        pytest.skip("apache2 is not installed; apt-get install apache2 brings it")
    run, port = tmp_path_factory.mktemp("w3id"), _free_port()
    for folder in (run, *run.parents[:3]):
        folder.chmod(0o755)
    (run / "www" / "wires").mkdir(parents=True)
    rules = make_rules("https://host.example.org/", PARTS)["w3id.htaccess"]
    (run / "www" / "wires" / ".htaccess").write_text(rules, encoding="utf-8")
    process = subprocess.Popen(_apache(run, run / "www", port))
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("id/person/ann", HTML, "page/person/ann/"),
        ("id/person/ann", None, "page/person/ann/"),
        ("id/person/ann", TURTLE, "data/person/ann.ttl"),
        ("id/person/ann", f"{JSONLD};q=0.3, {TURTLE};q=0.2", "data/person/ann.jsonld"),
        ("id/telegram/t-1/claim/1", HTML, "page/telegram/t-1/#claim/1"),
        ("id/proposal/t-1/p/claim/2", NTRIPLES, "data/proposal/t-1/p.nt"),
        ("id/unit/a/1/2", HTML, "page/unit/a/1/2/"),
        ("id/unit/a/1/2/claim/x", JSONLD, "data/unit/a/1/2.jsonld"),
        ("data/person/ann", JSONLD, "data/person/ann.jsonld"),
        ("def", HTML, "ontology/"),
        ("def", TURTLE, "def.ttl"),
        ("scheme/act/advice", HTML, "ontology/#act/advice"),
        ("scheme/act/advice", TURTLE, "scheme/act.ttl"),
        ("context.jsonld", None, "context.jsonld"),
        ("dataset", None, ""),
        ("", None, ""),
        ("id/person/ann", "image/png", None),
    ],
)
def test_the_permanent_names_lead_to_the_documents(
    w3id: int, path: str, accept: str | None, target: str | None
) -> None:
    """The rules for w3id.org negotiate themselves and name whole addresses."""
    status, headers, _ = _ask(w3id, f"/wires/{path}", accept)

    if target is None:
        assert 406 == status
        return
    assert status in (302, 303)
    assert f"https://host.example.org/{target}" == headers["location"]


def test_no_path_leaves_the_folder(server: int) -> None:
    """Steps upwards are refused, plain or encoded."""
    for path in ("/data/../../../etc/passwd", "/data/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/../x"):
        assert _ask(server, path)[0] in (400, 403, 404, 301, 308), path
