"""Routes that make the names of the graph addresses: from a thing to its page or data.

A thing answers 303 to the document that the client wants; a document has an ETag, its links and
CORS. Only what a table lists is ever opened, so no path leaves the output folder.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph.namespaces import expand
from cablegraph.publication.about import Service
from cablegraph.publication.definitions import Definitions
from cablegraph.publication.entities import Description
from cablegraph.publication.forms import Form, find_form, list_data_forms, list_forms
from cablegraph.publication.front import Front
from cablegraph.publication.page import render_page
from cablegraph.publication.published import Published, find_wanted, give_site_page
from cablegraph.publication.rdf_xml import FormError
from cablegraph.publication.represent import represent
from cablegraph.publication.respond import Resource, give, redirect, refuse, tell
from cablegraph.publication.signposting import Link, data_links, page_links
from cablegraph.publication.site_files import SiteFiles
from cablegraph.terms import RDF_TYPE, parse_line

_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.~-]{0,999}")
_DEPRECATED = f"<{expand('owl:deprecated')}>"
#: Descriptions kept in each form; a long telegram has half a megabyte.
_KEPT = 64


def make_routes(
    output: Path, base: str = "/", *, site: Path | None = None, services: tuple[Service, ...] = ()
) -> list[BaseRoute]:
    """Return the routes for the things, the documents and the dataset of an output folder.

    Shape: *base* is the address that clients use, ends in a stroke, and its path goes before
        every path that is told to them; the routes themselves begin at the root. *site* is a
        folder made by ``cablegraph site``, whose pages are served where it has them; by default
        ``site`` beside the output folder, if it is there. *services* are those that run beside.
    Raises:
        DataError: if the folder has no graph.
    """
    beside = output.resolve().parent / "site"
    folder = site or (beside if beside.is_dir() else None)
    published = Published(output, base, folder, services)
    parts = Things(published), Definitions(published), Front(published), SiteFiles(published)
    return [route for part in parts for route in part.routes()]


class Things:
    """The routes of the things and of the documents about them."""

    def __init__(self, published: Published) -> None:
        self._published, self._entities = published, published.entities
        self._root = published.root
        self._kept = lru_cache(maxsize=_KEPT)(self._make)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/id/{path:path}", Resource(self._thing)),
            Route("/data/{path:path}", Resource(self._data)),
            Route("/page/{path:path}", Resource(self._page)),
        ]

    def _thing(self, request: Request) -> Response:
        found = self._describe(request.path_params["path"])
        if isinstance(found, Response):
            return found
        form = find_wanted(request, list_forms())
        if form is None:
            return refuse(self._addresses(found.path, list_forms()), self._page_links(found))
        target = self._address(found.path, form)
        return redirect(303, target, links=self._page_links(found), vary=True)

    def _data(self, request: Request) -> Response:
        path = request.path_params["path"]
        stem, _, extension = path.rpartition(".")
        named = find_form(extension)
        if named is None or named.extension == "html":
            stem, named = path, None
        found = self._describe(stem)
        if isinstance(found, Response):
            return found
        form = named or find_wanted(request, list_data_forms())
        if form is None:
            return refuse(self._addresses(stem, list_data_forms()))
        varied = {"Vary": "Accept", "Content-Location": self._address(stem, form)}
        return self._give_data(request, found, form, {} if named else varied)

    def _give_data(
        self, request: Request, found: Description, form: Form, headers: dict[str, str]
    ) -> Response:
        try:
            content = self._kept(found.path, form)
        except FormError:
            others = tuple(other for other in list_data_forms() if other != form)
            return refuse(self._addresses(found.path, others))
        licence, extension = self._published.licence, form.extension
        links = data_links(found.iri, self._root, found.path, licence=licence, extension=extension)
        return give(request, content, form.content_type, links=links, headers=headers)

    def _page(self, request: Request) -> Response:
        path = request.path_params["path"]
        whole = path.removesuffix("index.html").rstrip("/")
        found = self._describe(whole)
        if isinstance(found, Response):
            return found
        if not path.endswith(("/", "/index.html")):
            return redirect(301, f"{self._root}page/{path}/")
        if page := self._site_page(whole):
            return give_site_page(request, page, self._page_links(found))
        form = list_forms()[0]
        links = self._page_links(found)
        return give(request, self._kept(whole, form), form.content_type, links=links)

    def _describe(self, path: str) -> Description | Response:
        """Return a description, or the answer that says why there is none."""
        found = self._entities.describe(path) if _PATH.fullmatch(path) else None
        if found is None:
            return tell(404, f"There is nothing named id/{path[:100]} here.\n")
        if found.successor:
            return redirect(301, self._published.find_address(found.successor))
        if any(_DEPRECATED in line and line.startswith(f"<{found.iri}> ") for line in found.lines):
            return tell(410, f"id/{path[:100]} was withdrawn, and nothing took its place.\n")
        return found

    def _addresses(self, path: str, forms: tuple[Form, ...]) -> list[tuple[str, str]]:
        return [(form.media_type, self._address(path, form)) for form in forms]

    def _address(self, path: str, form: Form) -> str:
        """Return where a form of a thing is; a page of a site may be that of its whole."""
        if form.extension != "html":
            return f"{self._root}data/{path}.{form.extension}"
        whole = path
        while whole and self._published.site and not self._site_page(whole):
            whole = whole.rpartition("/")[0]
        if not whole or whole == path:
            return f"{self._root}page/{path}/"
        return f"{self._root}page/{whole}/#{path[len(whole) + 1 :]}"

    def _page_links(self, found: Description) -> list[Link]:
        licence, kind = self._published.licence, _find_kind(found)
        return page_links(found.iri, self._root, found.path, licence=licence, kind=kind)

    def _site_page(self, path: str) -> Path | None:
        return self._published.find_file(f"page/{path}/index.html")

    def _make(self, path: str, form: Form) -> bytes:
        found = self._entities.describe(path)
        if found is None:
            raise KeyError(path)
        if form.extension != "html":
            return represent(found.lines, form)
        links, data = self._page_links(found), f"{self._root}data/{path}"
        return render_page(found.iri, found.lines, self._published.place, links=links, data=data)


def _find_kind(found: Description) -> str:
    """Return the class of a thing, the first if it has several."""
    quads = (parse_line(line) for line in found.lines if line.startswith(f"<{found.iri}> "))
    kinds = [quad.object for quad in quads if quad.predicate == RDF_TYPE]
    return min(kinds)[1:-1] if kinds else ""
