"""Routes of the dataset itself: its landing page, its descriptions, its files."""

from __future__ import annotations

from functools import cached_property, lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph.publication.about import About, PublishedFile, find_media_type, move_to
from cablegraph.publication.describe import landing_links, make_descriptions
from cablegraph.publication.landing import render_landing
from cablegraph.publication.negotiate import choose_key
from cablegraph.publication.page import read_style
from cablegraph.publication.published import Published, give_site_page
from cablegraph.publication.respond import (
    Resource,
    give,
    give_file,
    redirect,
    refuse,
    tell,
    with_charset,
)
from cablegraph.publication.signposting import LINKSET_TYPE

#: The forms of the dataset's description, best first, and the file of each.
_FORMS = (("text/html", ""), ("text/turtle", "dcat.ttl"), ("application/ld+json", "dcat.jsonld"))
#: Addresses under which the descriptions are kept ready; one is usual.
_ADDRESSES = 4
_HTML = "text/html; charset=utf-8"
_NAMES = (
    "void.ttl", "dcat.ttl", "dcat.jsonld", "schema.jsonld", "ro-crate-metadata.json",
    "linkset.json", "robots.txt", "sitemap.xml", "sitemap-{number:int}.xml",
)  # fmt: skip


class Front:
    """The routes of the dataset; the descriptions are made when one is first asked for."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._described = lru_cache(maxsize=_ADDRESSES)(self._describe)

    def _describe(self, root: str) -> tuple[About, dict[str, bytes]]:
        about = move_to(self._published.about, root)
        return about, make_descriptions(about, self._published.entities.owners())

    @cached_property
    def _files(self) -> dict[str, PublishedFile]:
        return {file.path: file for file in self._published.about.files}

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        root = self._published.root
        return [
            Route("/", Resource(self._landing)),
            Route("/dataset", Resource(lambda request: redirect(303, root))),
            Route("/.well-known/void", Resource(lambda request: redirect(303, f"{root}void.ttl"))),
            *(Route(f"/{name}", Resource(self._description)) for name in _NAMES),
            Route("/files/{path:path}", Resource(self._file)),
            Route("/description.css", Resource(_give_style)),
        ]

    def _landing(self, request: Request) -> Response:
        published = self._published
        accept = ", ".join(request.headers.getlist("accept"))
        name = choose_key(accept, _FORMS)
        if name is None:
            return refuse([(media, published.root + name) for media, name in _FORMS])
        about, documents = self._described(published.find_root(request))
        links, varied = landing_links(about), {"Vary": "Accept"}
        if name:
            media, headers = find_media_type(name)[0], varied
            headers = {**varied, "Content-Location": published.root + name}
            return give(request, documents[name], media, links=links, headers=headers)
        if file := published.find_file("index.html"):
            response = give_site_page(request, file, links)
            response.headers["Vary"] = "Accept"
            return response
        content = render_landing(about, published.root)
        return give(request, content, _HTML, links=links, headers=varied)

    def _description(self, request: Request) -> Response:
        name = request.scope["path"].rpartition("/")[2]
        content = self._described(self._published.find_root(request))[1].get(name)
        if content is None:
            return tell(404, "There is no such file here.\n")
        media = LINKSET_TYPE if name == "linkset.json" else find_media_type(name)[0]
        return give(request, content, with_charset(media))

    def _file(self, request: Request) -> Response:
        listed = self._files.get(request.path_params["path"])  # nothing else is ever opened
        file = self._published.output / listed.path if listed else None
        if listed is None or file is None or not file.is_file():
            return tell(404, "There is no such file here.\n")
        return give_file(request, file, listed.media_type, f'"{listed.sha256}"')


def _give_style(request: Request) -> Response:
    return give(request, read_style(), "text/css; charset=utf-8")
