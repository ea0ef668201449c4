"""Routes of the vocabulary: its terms, its concept schemes, the JSON-LD context."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph.publication import vocabulary
from cablegraph.publication.forms import Form, find_form, list_forms
from cablegraph.publication.page import render_page
from cablegraph.publication.published import Published, find_wanted
from cablegraph.publication.represent import represent
from cablegraph.publication.respond import Resource, give, redirect, refuse, tell
from cablegraph.publication.signposting import Link

#: The context changes with the vocabulary only; clients ask for it with every document.
_CONTEXT_FRESH = "public, max-age=604800"


class Definitions:
    """The routes under /def, /scheme and /context.jsonld."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/def", Resource(self._term)),
            Route("/def.{extension}", Resource(self._term)),
            Route("/def/{version:path}", Resource(self._term)),
            Route("/scheme/{rest:path}", Resource(self._term)),
            Route("/context.jsonld", Resource(_give_context)),
        ]

    def _term(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
        stem, _, extension = path.rpartition(".")
        form = find_form(extension) if stem in vocabulary.list_documents() else None
        document = vocabulary.document_of(stem if form else path)
        if document is None:
            return tell(404, "There is no such term here.\n")
        if form is None and path != document:
            # A concept, or a version of the vocabulary: described in its document.
            rest = path.removeprefix(document).strip("/")
            return redirect(303, f"{self._published.root}{document}#{rest}")
        return self._give(request, document, form)

    def _give(self, request: Request, document: str, form: Form | None) -> Response:
        root = self._published.root
        addresses = {f.media_type: f"{root}{document}.{f.extension}" for f in list_forms()}
        chosen = form or find_wanted(request, list_forms())
        if chosen is None:
            return refuse(list(addresses.items()))
        links = [Link("alternate", address, media) for media, address in addresses.items()]
        headers = {"Vary": "Accept", "Content-Location": addresses[chosen.media_type]}
        content = self._make(document, chosen)
        return give(
            request, content, chosen.content_type, links=links, headers={} if form else headers
        )

    def _make(self, document: str, form: Form) -> bytes:
        lines = vocabulary.read_document(document)
        if form.extension != "html":
            return represent(lines, form)
        data = f"{self._published.root}{document}"
        iri = vocabulary.document_iri(document)
        return render_page(iri, lines, self._published.place, links=[], data=data)


def _give_context(request: Request) -> Response:
    headers = {"Cache-Control": _CONTEXT_FRESH}
    content = vocabulary.read_context_bytes()
    return give(request, content, "application/ld+json", headers=headers)
