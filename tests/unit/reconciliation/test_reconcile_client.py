"""The client against services that are down, slow, wrong or hostile: a real server each time."""

from __future__ import annotations

import csv
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result

from cablegraph.cli import main
from cablegraph.errors import ServiceError
from cablegraph.reconciliation.catalogue import Catalogue
from cablegraph.reconciliation.client import fetch
from cablegraph.reconciliation.client.addresses import resolve
from cablegraph.reconciliation.client.cache import Cache
from cablegraph.reconciliation.client.fetch import Fetcher
from cablegraph.reconciliation.client.run import NOTHING, Outcome, Wish, run, write_csv

MANIFEST = {
    "versions": ["0.2"], "name": "Elsewhere", "identifierSpace": "http://elsewhere.example/",
    "schemaSpace": "http://elsewhere.example/schema", "batchSize": 3,
}  # fmt: skip
CANDIDATE = {"id": "Q1", "name": "One", "score": 88.5, "match": False, "type": [{"id": "t"}, "u"]}

Handler = BaseHTTPRequestHandler
Act = Callable[[Handler], None]


@dataclass
class Service:
    """A service that behaves as it is told; ``posts`` has the batches it got."""

    url: str = ""
    manifest: Act | None = None
    act: Act | None = None
    posts: list[dict[str, Any]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


def tell(handler: Handler, told: object, status: int = 200, **headers: str) -> None:
    """Answer with JSON."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def service() -> Iterator[Service]:
    """Run a service on a free port."""
    ours = Service()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ours.hosts.append(self.headers["Host"])
            (ours.manifest or (lambda h: tell(h, MANIFEST)))(self)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            queries = json.loads(parse_qs(body)["queries"][0])
            ours.posts.append(queries)
            good = {key: {"result": [CANDIDATE]} for key in queries}
            (ours.act or (lambda h: tell(h, good)))(self)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Answering) as server:
        ours.url = f"http://127.0.0.1:{server.server_port}/reconcile"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield ours
        server.shutdown()
        thread.join()


Run = Callable[..., Outcome]


@pytest.fixture
def ask(catalogue: Catalogue, service: Service, tmp_path: Path) -> Run:
    """Return a function that runs the client and does not really wait."""

    def go(waits: list[float] | None = None, **wish: Any) -> Outcome:
        slept = waits if waits is not None else []
        fetcher = Fetcher(service.url, rate=1e6, timeout=0.9, sleep=slept.append)
        return run(catalogue, fetcher, Cache(tmp_path), Wish(**wish), today=lambda: "2026-01-02")

    return go


def test_our_entities_are_asked_about_in_batches(ask: Run, service: Service) -> None:
    """Each name goes once, as many at a time as the service takes."""
    outcome = ask(entities="p*", limit=2)

    assert [3, 2] == [len(batch) for batch in service.posts]
    assert {"query": "Ana Nováková", "limit": 2} in service.posts[0].values() or (
        {"query": "Ana Nováková", "limit": 2} in service.posts[1].values()
    )
    assert (5, 5, None) == (outcome.answered, outcome.wanted, outcome.fault)


def test_the_table_has_everything_a_mapping_needs(ask: Run, service: Service) -> None:
    """Whole identifiers, labels, score, match, types, service and day."""
    row = next(csv.DictReader(write_csv(ask(entities="place/*").rows).splitlines()))

    assert {
        "subject_id": "https://e.org/base/id/place/strelsau",
        "subject_label": "Strelsau",
        "object_id": "http://elsewhere.example/Q1",
        "object_label": "One",
        "score": "88.5",
        "match": "false",
        "types": "t|u",
        "service": service.url,
        "date": "2026-01-02",
    } == row


def test_types_are_sent_as_wished(ask: Run, service: Service) -> None:
    """One type as a string, several as a list."""
    ask(entities="place/*", types=("t",))
    ask(entities="place/*", types=("t", "u"))

    assert ["t", ["t", "u"]] == [one["type"] for batch in service.posts for one in batch.values()]


def test_who_is_identified_already_is_not_asked_about(ask: Run, service: Service) -> None:
    """An entity with an identifier of that space is left out, be it http or https."""
    service.manifest = lambda h: tell(
        h, MANIFEST | {"identifierSpace": "https://other.example/entity/"}
    )
    outcome = ask(entities="person/*")

    assert 3 == outcome.wanted
    assert "https://e.org/base/id/person/novak" not in {row["subject_id"] for row in outcome.rows}


def test_a_service_that_found_nothing_is_told_from_one_that_failed(
    ask: Run, service: Service
) -> None:
    """An empty result is a row of its own; a fault is none."""
    service.act = lambda h: tell(h, {"q0": {"result": []}})
    found = ask(entities="place/*")
    service.act = lambda h: tell(h, {"q0": {}})
    failed = ask(entities="org/*")

    assert [NOTHING] == [row["object_id"] for row in found.rows]
    assert (0, ()) == (failed.answered, failed.rows)
    assert "no result for the query q0" in str(failed.fault)


def test_a_second_run_asks_nothing_again(ask: Run, service: Service) -> None:
    """Answers are kept with their day; --refresh asks anew."""
    first, second = ask(entities="person/*"), ask(entities="person/*")
    asked = len(service.posts)
    ask(entities="person/*", refresh=True)

    assert first.rows == second.rows
    assert (2, 4) == (asked, len(service.posts))


def test_a_run_goes_on_where_it_stopped(ask: Run, service: Service) -> None:
    """What was answered before the service failed is kept and not asked for again."""
    good = {f"q{n}": {"result": [CANDIDATE]} for n in range(3)}
    service.act = lambda h: tell(h, good) if len(service.posts) == 1 else tell(h, b"", 404)
    broken = ask(entities="p*")
    service.act = None
    whole = ask(entities="p*")

    assert (3, 5) == (broken.answered, broken.wanted)
    assert 3 == len(broken.rows)
    assert "answers 404" in str(broken.fault)
    assert (5, None) == (whole.answered, whole.fault)
    assert [3, 2, 2] == [len(batch) for batch in service.posts]


def test_the_good_answers_of_a_bad_batch_are_kept(ask: Run, service: Service) -> None:
    """One malformed candidate costs its own query alone."""
    bad = {"q0": {"result": [CANDIDATE]}, "q1": {"result": [{"id": 7}]}, "q2": {"result": []}}
    service.act = lambda h: tell(h, bad)
    outcome = ask(entities="person/*")

    assert 2 == outcome.answered
    assert "a candidate without an id" in str(outcome.fault)


def test_a_damaged_cache_is_asked_anew(ask: Run, service: Service, tmp_path: Path) -> None:
    """A file that is cut or says something else is no answer."""
    ask(entities="place/*")
    for path in tmp_path.rglob("*.json"):
        path.write_text(path.read_text()[:-9])
    outcome = ask(entities="place/*")

    assert (2, 1) == (len(service.posts), outcome.answered)


def drip(handler: Handler) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def pour(handler: Handler) -> None:
    """Send without end, as fast as it goes."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def stutter(handler: Handler) -> None:
    """Send a header that never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def hang(handler: Handler) -> None:
    """Say nothing."""
    time.sleep(3.0)


def cut(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")


HOSTILE: dict[str, tuple[Act, str]] = {
    "outage": (lambda h: tell(h, b"", 503), "answers 503"),
    "refusal": (lambda h: tell(h, b"", 403), "answers 403"),
    "too many": (lambda h: tell(h, b"", 413), "takes fewer queries"),
    "page": (lambda h: tell(h, b"<!DOCTYPE html><p>Hello", Content_Type="text/html"), "not JSON"),
    "cut JSON": (lambda h: tell(h, b'{"q0": {"result": ['), "not JSON"),
    "deep JSON": (lambda h: tell(h, b"[" * 200_000), "not JSON"),
    "long number": (lambda h: tell(h, b'{"q0": ' + b"9" * 9_999 + b"}"), "not JSON"),
    "array": (lambda h: tell(h, []), "no JSON object"),
    "nothing": (lambda h: tell(h, b""), "not JSON"),
    "bytes": (lambda h: tell(h, b"\xff\xfe\x00"), "not JSON"),
    "no keys": (lambda h: tell(h, {"status": "error"}), "no result for the query"),
    "null": (lambda h: tell(h, {"q0": {"result": None}}), "for candidates"),
    "no score": (lambda h: tell(h, {"q0": {"result": [{"id": "a", "name": "b"}]}}), "a score"),
    "nan": (lambda h: tell(h, {"q0": {"result": [CANDIDATE | {"score": float("nan")}]}}), "score"),
    "no name": (lambda h: tell(h, {"q0": {"result": [{"id": "a", "score": 1}]}}), "a name"),
    "line in id": (lambda h: tell(h, {"q0": {"result": [CANDIDATE | {"id": "a\nb"}]}}), "an id"),
    "ten million": (lambda h: tell(h, b" " * 10_000_000), "more than 8000000 bytes"),
    "gzip": (lambda h: tell(h, b"\x1f\x8b", Content_Encoding="gzip"), "compresses"),
    "endless": (pour, "more than 8000000 bytes"),
    "drip": (drip, "gives no whole answer"),
    "stutter": (stutter, "gives no whole answer"),
    "silence": (hang, "gives no whole answer"),
    "cut": (cut, "breaks off"),
    "no HTTP": (lambda h: h.wfile.write(b"SSH-2.0-x\r\n") and None, "breaks off"),
    "closed": (lambda h: None, "breaks off"),
    "file": (lambda h: tell(h, b"", 307, Location="file:///etc/passwd"), "no address of the web"),
    "no place": (lambda h: tell(h, b"", 307, Location="http://[bad"), "address"),
    "circle": (lambda h: tell(h, b"", 307, Location="/reconcile"), "more than 5 times"),
    "moved": (lambda h: tell(h, b"", 302, Location="/other"), "sends a form elsewhere"),
    "private": (lambda h: tell(h, b"", 307, Location="http://10.0.0.1/"), "a private address"),
    "metadata": (lambda h: tell(h, b"", 307, Location="http://169.254.169.254/"), "a link-local"),
    "mapped": (lambda h: tell(h, b"", 307, Location="http://[::ffff:10.0.0.1]/"), "a private"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("part", ["manifest", "answer"])
def test_a_service_that_misbehaves_is_one_clear_line(
    ask: Run, service: Service, name: str, part: str
) -> None:
    """Whatever it does ends as one error with its address, and never as "no match"."""
    act, said = HOSTILE[name]
    if part == "manifest":
        if name in ("no keys", "null", "no score", "nan", "no name", "line in id"):
            said = "no reconciliation service"
        service.manifest = act
        if name == "moved":  # a page, unlike a form, may be looked for where it went
            said = "more than 5 times"
        with pytest.raises(ServiceError) as raised:
            ask(entities="place/*")
        fault: ServiceError | None = raised.value
    else:
        service.act = act
        outcome = ask(entities="place/*")
        assert () == outcome.rows
        fault = outcome.fault

    assert said in str(fault)
    assert ": ServiceError: " in str(fault)
    assert str(fault).startswith(("http://", "file://"))
    assert "\n" not in str(fault)


def test_a_port_where_nobody_listens_is_one_line(catalogue: Catalogue, tmp_path: Path) -> None:
    """No connection is said as such."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        fetcher = Fetcher(f"http://127.0.0.1:{taken.getsockname()[1]}/", sleep=lambda _: None)
        with pytest.raises(ServiceError, match="breaks off"):
            run(catalogue, fetcher, Cache(tmp_path), Wish())


def test_what_passes_is_tried_again(ask: Run, service: Service) -> None:
    """Two outages and then an answer are an answer; each wait is longer."""
    waits: list[float] = []
    service.act = lambda h: (
        tell(h, {"q0": {"result": []}}) if len(service.posts) == 3 else tell(h, b"", 502)
    )
    outcome = ask(waits, entities="place/*")

    assert (1, None) == (outcome.answered, outcome.fault)
    assert [1.0, 2.0] == [wait for wait in waits if wait >= 1.0]


def test_retry_after_is_honoured(ask: Run, service: Service) -> None:
    """The service says how long to wait; a wait that is too long is left to the user."""
    waits: list[float] = []
    service.act = lambda h: (
        tell(h, {"q0": {"result": []}})
        if len(service.posts) == 2
        else tell(h, b"", 429, Retry_After="17")
    )
    ask(waits, entities="place/*")
    service.act = lambda h: tell(h, b"", 429, Retry_After="Fri, 31 Dec 2999 23:59:59 GMT")
    outcome = ask(entities="org/*")

    assert 17.0 in waits
    assert "try again after" in str(outcome.fault)
    assert 3 == len(service.posts)


def test_requests_keep_their_pace(service: Service) -> None:
    """At two a second, the second request waits half a second and the third a whole."""
    waits: list[float] = []
    fetcher = Fetcher(service.url, rate=2.0, sleep=waits.append)
    for _ in range(3):
        fetcher.get(service.url)

    assert 2 == len(waits)
    assert 0.3 < waits[0] <= 0.5
    assert 0.8 < waits[1] <= 1.0


def test_a_manifest_that_moved_is_followed(ask: Run, service: Service) -> None:
    """Queries go to where the manifest is now."""
    moved = {"done": False}

    def move(handler: Handler) -> None:
        if handler.path == "/reconcile":
            moved["done"] = True
            tell(handler, b"", 301, Location="/new/place")
        else:
            tell(handler, MANIFEST)

    service.manifest = move
    outcome = ask(entities="place/*")

    assert moved["done"]
    assert service.url.replace("/reconcile", "/new/place") == outcome.rows[0]["service"]


def test_a_request_goes_to_the_address_that_was_checked(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address after the check leads nowhere else."""
    real, asked = socket.getaddrinfo, []

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "name.test" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = service.url.replace("127.0.0.1", "name.test")
    Fetcher(url).get(url)

    assert ["name.test", "name.test", "127.0.0.1"] == asked
    assert [url.split("/")[2]] == service.hosts


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/", "http://10.1.2.3/",
     "http://192.168.0.1/", "http://169.254.169.254/", "http://[fe80::1]/", "http://[fd00::1]/",
     "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
     "http://100.64.0.1/", "http://224.0.0.1/", "http://2130706433/", "http://0x7f.1/"],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(url: str) -> None:
    """In any spelling, unless the user's own address is of that kind."""
    with pytest.raises(ServiceError, match=r"leads to|not found"):
        resolve(url)


@pytest.mark.parametrize("url", ["ftp://e.org/", "//e.org", "e.org", "http://", "http://e:x/", ""])
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    """Anything else is refused before a name is looked up."""
    with pytest.raises(ServiceError, match="address"):
        resolve(url)


def test_https_is_never_left(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect from https to http is refused."""
    import httpx

    moved = httpx.Response(301, headers={"location": service.url})
    monkeypatch.setattr(fetch, "_send", lambda *_: moved)
    with pytest.raises(ServiceError, match="out of https"):
        Fetcher("https://127.0.0.1/").get("https://127.0.0.1/")

    assert [] == service.hosts


def call(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["reconcile", *map(str, arguments)])


def test_the_command_writes_what_was_answered(
    service: Service, graph_file: Path, tmp_path: Path
) -> None:
    """After a fault the table has the answers so far, the exit code is 1, and one line says why."""
    table = tmp_path / "found.csv"
    options = ("-d", graph_file, "--cache", tmp_path / "kept", "--rate", 100, "-o", table)
    good = {f"q{n}": {"result": [CANDIDATE]} for n in range(3)}
    service.act = lambda h: tell(h, good) if len(service.posts) == 1 else tell(h, b"", 404)
    broken = call(service.url, *options)
    part = table.read_text("utf-8")
    service.act = None
    whole = call(service.url, *options)

    assert (1, 0) == (broken.exit_code, whole.exit_code)
    assert "3 of 8 entities answered" in broken.stderr
    assert ": ServiceError: answers 404; " in broken.stderr
    assert 4 == len(part.splitlines())
    assert 9 == len(table.read_text("utf-8").splitlines())
    assert "8 of 8 entities answered" in whole.stderr


def test_the_command_refuses_what_is_no_address(graph_file: Path, tmp_path: Path) -> None:
    """One line, exit code 1."""
    result = call("example", "-d", graph_file, "--cache", tmp_path)

    assert 1 == result.exit_code
    assert "is no address of the web" in result.stderr
