"""What every route of the service shares: the graph, the address, the dataset's own words."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from cablegraph.namespaces import expand
from cablegraph.publication.about import About, Service, read_about
from cablegraph.publication.entities import Entities
from cablegraph.publication.forms import Form
from cablegraph.publication.negotiate import choose_key
from cablegraph.publication.page import Place, find_label
from cablegraph.publication.respond import give
from cablegraph.publication.signposting import Link
from cablegraph.terms import parse_line, parse_literal

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:]{2,45}\](?::[0-9]{1,5})?")
_HTML = "text/html; charset=utf-8"
#: A page of a site has its own policy in itself; this can only be said in a header.
_SITE_POLICY = {"Content-Security-Policy": "frame-ancestors 'none'"}


class Published:
    """An output folder at an address; ``root`` is the path that goes before every path told."""

    def __init__(
        self, output: Path, address: str, site: Path | None, services: tuple[Service, ...] = ()
    ) -> None:
        self.output, self.address, self.services = output, address, services
        self.entities = Entities(output)
        _ = self.entities.base  # a graph that does not say where its names begin fails at once
        self.site = site.resolve() if site else None
        self.root = urlsplit(address).path.rstrip("/") + "/"
        self.label = lru_cache(maxsize=4096)(self._find_label)

    @cached_property
    def about(self) -> About:
        """What the descriptions say; the graph is counted when this is first asked for."""
        base = self.entities.base
        return read_about(self.output, base, services=self.services, entities=self.entities)

    def find_root(self, request: Request) -> str:
        """Return the address of the site: as it was set, else as this client knows it."""
        if "://" in self.address:
            return self.address
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            return self.entities.base
        return f"{request.url.scheme}://{host}{self.root}"

    @cached_property
    def licence(self) -> str:
        """The IRI of the licence of the statements."""
        return self._said("dcterms:license")[1:-1]

    @cached_property
    def place(self) -> Place:
        """Where the pages stand."""
        title, rights = self._said("dcterms:title"), self._said("dcterms:rights")
        return Place(
            self.entities.base,
            self.root,
            site=parse_literal(title).text if title else self.entities.dataset,
            rights=parse_literal(rights).text if rights else "",
            label=self.label,
        )

    def find_address(self, iri: str) -> str:
        """Return where an IRI of ours is here; another is its own address."""
        start = self.entities.base
        return self.root + iri.removeprefix(start) if iri.startswith(start) else iri

    def find_file(self, path: str) -> Path | None:
        """Return a file of the site; None where there is none, or it lies outside."""
        if self.site is None:
            return None
        file = self.site / path
        return file if file.is_file() and file.resolve().is_relative_to(self.site) else None

    def _said(self, curie: str) -> str:
        predicate = f"<{expand(curie)}>"
        said = map(parse_line, self.entities.lookup.statements(self.entities.dataset))
        return min((q.object for q in said if q.predicate == predicate), default="")

    def _find_label(self, iri: str) -> str:
        return find_label(map(parse_line, self.entities.lookup.statements(iri)))


def find_wanted(request: Request, forms: tuple[Form, ...]) -> Form | None:
    """Return the form that the client likes best; several Accept fields are one list."""
    accept = ", ".join(request.headers.getlist("accept"))
    offers = [(form.media_type, form) for form in forms]
    aliases = [(name, form) for form in forms for name in form.aliases]
    return choose_key(accept, offers, aliases)


def give_site_page(request: Request, file: Path, links: list[Link]) -> Response:
    """Return a page of a built site."""
    return give(request, file.read_bytes(), _HTML, links=links, headers=_SITE_POLICY)
