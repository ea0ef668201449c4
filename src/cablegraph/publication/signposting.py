"""FAIR Signposting: typed links from pages to data and back, in headers, in HTML and as a linkset.

Level 1 is the HTTP header (and ``link`` elements for a site of plain files), level 2 the linkset
of RFC 9264. See https://signposting.org/FAIR/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cablegraph.publication.forms import list_data_forms

LINKSET_TYPE = "application/linkset+json"
ABOUT_PAGE = "https://schema.org/AboutPage"
_UNSAFE = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]")


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link; ``anchor`` is what it leads from, where that is not the document itself."""

    rel: str
    href: str
    media_type: str = ""
    anchor: str = ""


def page_links(thing: str, root: str, path: str, *, licence: str, kind: str = "") -> list[Link]:
    """Return the links of the page about one thing.

    Shape: *root* is the address of the site or service and ends in a stroke, or is a way of
        ``../`` to it; *path* is that after ``id/``; *thing* and *kind* are IRIs.
    """
    data = [
        Link("describedby", f"{root}data/{path}.{form.extension}", form.media_type)
        for form in list_data_forms()
    ]
    return [
        Link("cite-as", thing),
        *data,
        *(Link("alternate", link.href, link.media_type) for link in data),
        Link("type", ABOUT_PAGE),
        *([Link("type", kind)] if kind else []),
        Link("license", licence),
        Link("collection", root),
    ]


def data_links(thing: str, root: str, path: str, *, licence: str, extension: str) -> list[Link]:
    """Return the links of one data file of a thing."""
    others = [form for form in list_data_forms() if form.extension != extension]
    return [
        Link("describes", thing),
        Link("describes", f"{root}page/{path}/", "text/html"),
        Link("alternate", f"{root}page/{path}/", "text/html"),
        *(Link("alternate", f"{root}data/{path}.{f.extension}", f.media_type) for f in others),
        Link("license", licence),
        Link("collection", root),
    ]


def to_header(links: Iterable[Link]) -> str:
    """Return the value of a Link header (RFC 8288).

    >>> to_header([Link("describedby", "/data/a b.ttl", "text/turtle")])
    '</data/a%20b.ttl>; rel="describedby"; type="text/turtle"'
    """
    return ", ".join(
        f'<{_encode(link.href)}>; rel="{link.rel}"'
        + (f'; type="{link.media_type}"' if link.media_type else "")
        + (f'; anchor="{_encode(link.anchor)}"' if link.anchor else "")
        for link in links
    )


def to_elements(links: Iterable[Link]) -> list[str]:
    """Return ``link`` elements for the head of a page; those that leave from elsewhere are not.

    >>> to_elements([Link("cite-as", "https://example.org/?a&b")])
    ['<link rel="cite-as" href="https://example.org/?a&amp;b">']
    """
    return [
        f'<link rel="{link.rel}" href="{escape(link.href)}"'
        + (f' type="{escape(link.media_type)}"' if link.media_type else "")
        + ">"
        for link in links
        if not link.anchor
    ]


def to_linkset(by_anchor: Mapping[str, Sequence[Link]]) -> dict[str, Any]:
    """Return a linkset as JSON (RFC 9264): one object for each thing that links leave from."""
    return {"linkset": [_context(anchor, by_anchor[anchor]) for anchor in sorted(by_anchor)]}


def _context(anchor: str, links: Sequence[Link]) -> dict[str, Any]:
    found: dict[str, Any] = {"anchor": anchor}
    for link in links:
        target = {"href": link.href} | ({"type": link.media_type} if link.media_type else {})
        targets = found.setdefault(link.rel, [])
        if target not in targets:
            targets.append(target)
    return found


def _encode(iri: str) -> str:
    """Return an IRI as a URI reference that can't leave its place in a header."""
    return _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8")), iri)
