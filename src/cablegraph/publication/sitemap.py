"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

#: The protocol allows 50,000 addresses and 50 MB in a file; ours have at most 300 characters.
MOST = 50_000
INDEX = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def make_sitemaps(
    root: str, paths: Iterable[str], *, day: str = "", most: int = MOST
) -> dict[str, str]:
    """Return the files by name: one ``sitemap.xml``, or an index with numbered files.

    Shape: *paths* follow *root*, which is absolute; *day* is when the pages last changed.
    """
    parts = list(_cut(paths, most)) or [[]]
    if len(parts) == 1:
        return {INDEX: _write("urlset", "url", root, parts[0], day)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    found = {
        name: _write("urlset", "url", root, part, day)
        for name, part in zip(names, parts, strict=True)
    }
    return {INDEX: _write("sitemapindex", "sitemap", root, names, day), **found}


def make_robots(root: str) -> str:
    """Return a robots.txt that lets everybody in, but keeps crawlers from the query services."""
    hidden = "".join(
        f"Disallow: {path}\n" for path in ("/sparql", "/rdf-graph-store", "/reconcile")
    )
    return f"User-agent: *\n{hidden}Allow: /\n\nSitemap: {root}{INDEX}\n"


def _write(outer: str, inner: str, root: str, paths: Iterable[str], day: str) -> str:
    changed = f"<lastmod>{escape(day)}</lastmod>" if day else ""
    items = "".join(
        f"  <{inner}><loc>{escape(root + quote(path, safe='/~'))}</loc>{changed}</{inner}>\n"
        for path in paths
    )
    return f"{_HEAD}<{outer} {_SPACE}>\n{items}</{outer}>\n"


def _cut(paths: Iterable[str], most: int) -> Iterator[list[str]]:
    rest = iter(paths)
    while part := list(islice(rest, most)):
        yield part
