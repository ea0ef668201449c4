"""What is done to one graph of a store: put, counted, read back, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlencode

import msgspec

from cablegraph.errors import DataError, ServiceError
from cablegraph.loading.client import Client, Reply
from cablegraph.loading.comparison import parse_triples
from cablegraph.loading.stores import Addresses, Profile
from cablegraph.terms import iri, literal

if TYPE_CHECKING:
    import pyoxigraph

Via = Literal["gsp", "update"]

_LINES = "application/n-triples"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_ROWS = "application/sparql-results+json"
_ABSENT = (404, 410)
_QUADS = "application/n-quads"
_COUNTS = (
    "SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    " GROUP BY ?g"
)
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
# The subquery sorts, and the outer query cuts: Virtuoso refuses a sort with a far offset.
_PAGE = (
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    " ORDER BY ?s ?p ?o }} }} LIMIT {limit} OFFSET {offset}"
)
# The filter comes after DISTINCT: else each statement of the store has its name looked up.
_NAMES = (
    "SELECT ?g WHERE {{ {{ SELECT ?g WHERE {{ {{ SELECT DISTINCT ?g WHERE {{ {named} }} }} "
    "FILTER(STRSTARTS(STR(?g), {prefix})) }} ORDER BY ?g }} }} LIMIT {limit} OFFSET {offset}"
)
_STATEMENT = re.compile(rb"^[<_]", re.MULTILINE)


class Held(NamedTuple):
    """A graph as a store gave it: lines of N-Triples, or where it gave another form, triples."""

    lines: bytes = b""
    triples: list[pyoxigraph.Triple] | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """A triple store on the network, reached by what its profile says.

    Raises:
        GoneError: from any method, if the store does not answer or refuses us.
        ServiceError: from any method, if it answers what it should not.
    """

    client: Client
    profile: Profile
    addresses: Addresses
    via: Via = "gsp"

    def check(self) -> None:
        """See that there is a SPARQL endpoint."""
        self._select("ASK { ?s ?p ?o }", "boolean")

    def put(self, name: str, chunks: Iterable[bytes]) -> str:
        """Replace a graph with the statements given, and return what the store answered."""
        if self.via == "gsp":
            said = [self._send_chunk(name, chunk, first) for chunk, first in _numbered(chunks)]
        else:
            self._update(f"DROP SILENT GRAPH {iri(name)}")
            said = [self._insert(name, chunk) for chunk in chunks]
        return said[-1] if said else "nothing"

    def add(self, quads: Sequence[bytes]) -> None:
        """Add statements of many graphs, as N-Quads, in one request."""
        url = self.addresses.bundles
        if url is None:
            raise self._fault(self.addresses.update, "takes one graph at a time")
        headers = {"Content-Type": _QUADS}
        self._expect(self.client.send("POST", url, headers=headers, body=b"".join(quads)), url)

    def count_all(self, names: Sequence[str]) -> dict[str, int]:
        """Return how many statements the store says that each graph has, with few queries."""
        most = self.profile.counted
        if most < 2:
            return {name: self.count(name) for name in names}
        counts = dict.fromkeys(names, 0)
        for start in range(0, len(names), most):
            listed = " ".join(map(iri, names[start : start + most]))
            rows = self._select(_COUNTS.format(graphs=listed), "results")
            try:
                for row in rows["bindings"]:
                    if "g" in row:
                        counts[row["g"]["value"]] = int(row["n"]["value"])
            except (LookupError, TypeError, ValueError) as cause:
                raise self._fault(self.addresses.query, "gives no counts") from cause
        return counts

    def count(self, name: str) -> int:
        """Return how many statements the store says that a graph has."""
        rows = self._select(_COUNT.format(graph=iri(name)), "results")
        try:
            return int(rows["bindings"][0]["n"]["value"])
        except (LookupError, TypeError, ValueError) as cause:
            raise self._fault(self.addresses.query, "gives no count") from cause

    def fetch(self, name: str, expected: int) -> Held:
        """Return the statements of a graph: by one request, by pages where that gives too few."""
        body, media = self._get(name) if self.via == "gsp" else (b"", "")
        if len(_STATEMENT.findall(body)) != expected:
            return Held(triples=list(self._fetch_pages(name, expected)))
        if media.partition(";")[0].strip().lower() == _LINES or not body:
            return Held(body)
        return Held(triples=list(self._parse(body, media, name)))

    def find_names(self, prefix: str) -> list[str]:
        """Return the graphs of the store whose names begin so, sorted."""
        found: list[str] = []
        while True:
            asked = _NAMES.format(
                named=self.profile.named, prefix=literal(prefix), limit=self.profile.page,
                offset=len(found),
            )  # fmt: skip
            rows = self._select(asked, "results")
            try:
                names = [row["g"]["value"] for row in rows["bindings"]]
            except (LookupError, TypeError) as cause:
                raise self._fault(self.addresses.query, "lists no graphs") from cause
            found += names
            if not names:
                return sorted({name for name in found if name.startswith(prefix)})

    def drop(self, name: str) -> None:
        """Take a graph away, and see that it is gone."""
        if self.via == "gsp" and self.addresses.graphs is not None:
            reply = self.client.send(
                "DELETE", self.addresses.graphs, parameters={self.profile.parameter: name}
            )
            self._expect(reply, self.addresses.graphs, absent=True)
        else:
            self._update(f"DROP SILENT GRAPH {iri(name)}")
        if left := self.count(name):
            problem = f"still holds {left} statements of {name}, which it said was dropped"
            raise self._fault(self.addresses.update, problem)

    def _send_chunk(self, name: str, chunk: bytes, first: bool) -> str:
        url = self.addresses.graphs
        if url is None:
            raise self._fault(self.addresses.update, "has no Graph Store Protocol")
        reply = self.client.send(
            "PUT" if first else "POST",
            url,
            parameters={self.profile.parameter: name},
            headers={"Content-Type": self.profile.media},
            body=chunk,
        )
        self._expect(reply, url)
        return str(reply.status)

    def _insert(self, name: str, chunk: bytes) -> str:
        head = f"INSERT DATA {{ GRAPH {iri(name)} {{\n".encode()
        return self._update(head + chunk + b"} }")

    def _update(self, text: str | bytes) -> str:
        reply = self.client.send(
            "POST",
            self.addresses.update,
            headers={"Content-Type": "application/sparql-update"},
            body=text if isinstance(text, bytes) else text.encode(),
        )
        self._expect(reply, self.addresses.update)
        return str(reply.status)

    def _get(self, name: str) -> tuple[bytes, str]:
        url = self.addresses.graphs
        if url is None:
            return b"", ""
        reply = self.client.send(
            "GET",
            url,
            parameters={self.profile.parameter: name},
            headers={"Accept": _LINES},
        )
        return (reply.body, reply.media) if reply.status == 200 else (b"", "")

    def _fetch_pages(self, name: str, expected: int) -> Iterator[pyoxigraph.Triple]:
        """Ask for page after page, each as large as the store pleases to make it."""
        offset = 0
        while offset < expected:
            text = _PAGE.format(graph=iri(name), limit=self.profile.page, offset=offset)
            reply = self._query(text, _TRIPLES)
            page = list(self._parse(reply.body, reply.media, name))
            yield from page
            offset += len(page)
            if not page:
                return

    def _parse(self, body: bytes, media: str, name: str) -> Iterator[pyoxigraph.Triple]:
        try:
            yield from parse_triples(body, media, self.addresses.query)
        except DataError as cause:
            raise self.explain(name, cause) from cause

    def explain(self, name: str, cause: DataError) -> ServiceError:
        """Return the fault of an answer that is no graph."""
        return self._fault(self.addresses.query, f"gives {name} in a form that {cause.problem}")

    def _select(self, text: str, key: str) -> Any:
        reply = self._query(text, _ROWS)
        try:
            return msgspec.json.decode(reply.body)[key]
        except (msgspec.DecodeError, LookupError, TypeError) as cause:
            problem = f"answers a query with {reply.say()}, which is no result of SPARQL"
            raise self._fault(self.addresses.query, problem) from cause

    def _query(self, text: str, accept: str) -> Reply:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        body = urlencode({"query": text}).encode()
        reply = self.client.send("POST", self.addresses.query, headers=headers, body=body)
        self._expect(reply, self.addresses.query)
        return reply

    def _expect(self, reply: Reply, url: str, *, absent: bool = False) -> None:
        if reply.status // 100 != 2 and not (absent and reply.status in _ABSENT):
            raise self._fault(url, f"answers {reply.say()}")

    def _fault(self, url: str, problem: str) -> ServiceError:
        remedy = "see the store's log, and that --to and --store are right"
        return ServiceError(problem, where=url[:200], remedy=remedy)


def _numbered(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    for number, chunk in enumerate(chunks):
        yield chunk, number == 0
