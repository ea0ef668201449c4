"""Where each thing has its page, and how one page leads to another whatever folder they lie in."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from cablegraph.errors import DataError, shown
from cablegraph.namespaces import DEF, SCHEME

_STEP = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_WEB = re.compile(r"https?://[^\s<>\"]+")
#: Longer steps than most file systems take, with the longest ending of ours.
_LONGEST = 240
ONTOLOGY = "ontology/index.html"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of a site; a node without a page is shown on that of what it is a part of."""

    base: str  # the IRIs of the data, without ``id/``
    pages: Container[str]  # paths below ``id/``

    def path(self, node: str) -> str | None:
        """Return the path of one of our nodes below ``id/``, or None."""
        start = f"<{self.base}id/"
        return node[len(start) : -1] if node.startswith(start) else None

    def place(self, node: str) -> tuple[str, str] | None:
        """Return the path of the page that shows a node, and the node's anchor there."""
        path = self.path(node)
        if path is None:
            return None
        whole = path
        while whole and whole not in self.pages:
            whole = whole.rpartition("/")[0]
        return (whole, anchor(path, whole)) if whole else None

    def href(self, node: str, root: str) -> str | None:
        """Return the link to a node from a page whose way to the site's folder is *root*.

        Shape: to a page, to a term of the vocabulary, to another host by http or https; never
            any other scheme.
        """
        place = self.place(node)
        if place:
            page, part = place
            return f"{root}{page_file(page)}" + (f"#{quote_anchor(part)}" if part else "")
        iri = node.strip("<>")
        if iri.startswith((DEF, SCHEME)):
            return f"{root}{ONTOLOGY}#{term_anchor(iri)}"
        return iri if is_web(iri) and not iri.startswith(f"{self.base}id/") else None


@lru_cache(maxsize=65536)
def page_file(path: str) -> str:
    """Return the file of a page.

    Raises:
        DataError: if the path would lead out of the site.

    >>> page_file("telegram/x")
    'page/telegram/x/index.html'
    """
    return f"page/{safe_path(path)}/index.html"


def data_file(path: str, ending: str) -> str:
    """Return the file of a thing's data in one form."""
    return f"data/{safe_path(path)}.{ending}"


def safe_path(path: str) -> str:
    """Return a path of plain steps unchanged.

    Raises:
        DataError: if a step is empty, ``.``, ``..``, too long or holds other characters.
    """
    steps = path.split("/")
    if all(_STEP.fullmatch(step) and len(step) <= _LONGEST for step in steps):
        return path
    raise DataError(
        f"{shown(path)} can't be the name of a page",
        where="site:1:1",
        remedy="name things by letters, digits and strokes under the folder id/",
    )


def anchor(path: str, page: str) -> str:
    """Return the anchor of a part on the page of its whole.

    >>> anchor("telegram/x/stance/01", "telegram/x")
    'stance/01'
    """
    return path[len(page) :].lstrip("/").replace("#", "~")


@lru_cache(maxsize=65536)
def quote_anchor(part: str) -> str:
    """Return an anchor as it stands in a link."""
    return quote(part, safe="/~")


def term_anchor(iri: str) -> str:
    """Return the anchor of a term of the vocabulary or a concept.

    >>> term_anchor("https://w3id.org/cablegraph/scheme/rule/x")
    'rule/x'
    """
    inside = iri.removeprefix(SCHEME)
    if inside != iri and "/" not in inside:
        return f"scheme/{inside}"  # a property may have the name of a scheme
    return inside.removeprefix(DEF)


def is_web(iri: str) -> bool:
    """Whether an address may become a link: http or https, nothing else."""
    return _WEB.fullmatch(iri) is not None


def root_of(file: str) -> str:
    """Return the way from a file back to the folder of the site.

    >>> root_of("page/a/index.html")
    '../../'
    """
    return "../" * file.count("/")
