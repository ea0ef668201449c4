"""Routes of what else a built site has: its overviews, its styles and scripts, its search."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cablegraph.publication.about import find_media_type
from cablegraph.publication.published import Published, give_site_page
from cablegraph.publication.respond import Resource, give, redirect, tell, with_charset

#: What the service answers itself, whatever a folder holds.
_OWN = frozenset({"id", "data", "page", "def", "scheme", "files", "sparql", "reconcile"})


class SiteFiles:
    """One route for each folder of the site that the service has no answer of its own for."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def routes(self) -> list[BaseRoute]:
        """Return the routes; none without a site."""
        site = self._published.site
        if site is None:
            return []
        folders = sorted(entry.name for entry in site.iterdir() if entry.is_dir())
        found: list[BaseRoute] = []
        for name in folders:
            if name not in _OWN and not name.startswith("."):
                found.append(Route(f"/{name}", Resource(self._complete)))
                found.append(Route(f"/{name}/{{path:path}}", Resource(self._give)))
        return found

    def _complete(self, request: Request) -> Response:
        name = _path(request)
        return redirect(301, f"{self._published.root}{name}/")

    def _give(self, request: Request) -> Response:
        path = _path(request)
        name = f"{path}index.html" if path.endswith("/") else path
        file = self._published.find_file(name)
        if file is None:
            return tell(404, "There is no such page here.\n")
        if file.suffix == ".html":
            return give_site_page(request, file, [])
        media_type = with_charset(find_media_type(file.name)[0])
        return give(request, file.read_bytes(), media_type)


def _path(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).removeprefix("/")
