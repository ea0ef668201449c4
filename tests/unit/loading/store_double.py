"""A triple store of our own that keeps to the protocols, until a test tells it not to."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

BASE = "https://e.org/c/graph/"
Trick = Callable[["Request"], bool]


@dataclass
class Double:
    """A store; ``trick`` sees each request first and may answer it, ``told`` has them all.

    Shape: with ``password`` it lets nobody in but by basic authentication; ``most`` is the most
        statements that it gives at once; with ``bundles`` it takes many graphs in one request.
    """

    url: str = ""
    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    trick: Trick | None = None
    told: list[tuple[str, str, str]] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    password: str = ""
    server: str = "Oxigraph/0"
    most: int = 0
    bundles: bool = False

    def lines(self, name: str) -> set[str]:
        """Return the statements of one graph."""
        graph = pyoxigraph.NamedNode(BASE + name)
        return {str(quad.triple) for quad in self.store.quads_for_pattern(None, None, None, graph)}

    def writes(self) -> list[tuple[str, str]]:
        """Return method and graph of all that could change it."""
        return [(m, g) for m, path, g in self.told if m in ("PUT", "DELETE") or "update" in path]


class Request(BaseHTTPRequestHandler):
    """One request to the store."""

    double: Double
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    body = b""
    graph = ""

    def version_string(self) -> str:
        """Name the store in the Server header."""
        return self.double.server

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_one(self) -> None:
        """Treat a request as the protocols say, unless it is tricked or has no right."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        self.graph = parse_qs(parts.query).get("graph", [""])[0]
        self.double.told.append((self.command, parts.path, self.graph))
        self.double.credentials.append(self.headers.get("Authorization", ""))
        if self.double.password and not self._is_known():
            self.answer(401, WWW_Authenticate='Basic realm="store"')
        elif self.double.trick and self.double.trick(self):
            return
        elif parts.path.endswith("/store"):
            self._treat_graph()
        elif parts.path.endswith("/update"):
            self.double.store.update(self.body.decode())
            self.answer(204)
        elif self.command == "POST":
            self._treat_query(parse_qs(self.body.decode())["query"][0])
        else:
            self.answer(200)

    do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _is_known(self) -> bool:
        wanted = base64.b64encode(f"we:{self.double.password}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {wanted}"

    def _treat_graph(self) -> None:
        if not self.graph:
            self._treat_bundle()
            return
        node, store = pyoxigraph.NamedNode(self.graph), self.double.store
        if self.command == "GET":
            triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, node)]
            self._give(triples[: self.double.most or None])
            return
        if self.command in ("PUT", "DELETE"):
            store.remove_graph(node)
        if self.command != "DELETE":
            store.load(self.body, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=node)
        self.answer(204)

    def _treat_bundle(self) -> None:
        taken = self.double.bundles and self.command == "POST"
        if taken:
            self.double.store.load(self.body, format=pyoxigraph.RdfFormat.N_QUADS)
        self.answer(204 if taken else 400)

    def _treat_query(self, text: str) -> None:
        found = self.double.store.query(text)
        if isinstance(found, pyoxigraph.QueryTriples):
            self._give(list(found)[: self.double.most or None])
            return
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
        self.answer(200, body, Content_Type="application/sparql-results+json")

    def _give(self, triples: list[pyoxigraph.Triple]) -> None:
        body = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
        self.answer(200, body, Content_Type="application/n-triples")


@contextmanager
def run_double() -> Iterator[Double]:
    """Run a store on a free port."""
    double = Double()
    handler = type("Handler", (Request,), {"double": double})

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), handler) as server:
        double.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield double
        server.shutdown()
        thread.join()
