"""The landing page of a dataset: what is in it, how to get it, under which rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template

import msgspec

from cablegraph.publication.about import About
from cablegraph.publication.describe import landing_links
from cablegraph.publication.schema_org import to_schema_org
from cablegraph.publication.signposting import to_elements

_TEMPLATE = Path(__file__).with_name("landing.html")


def render_landing(about: About, root: str) -> bytes:
    """Return the page; *root* is the way to the root of the site, for links."""
    census, links = about.census, landing_links(about)
    counted = [
        *((kind, number) for kind, number in sorted(census.kinds.items())),
        ("statements", census.triples),
        ("things", census.entities),
    ]
    described = (link.href for link in links if link.rel == "describedby")
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(about.title),
        root=escape(root),
        links="\n".join(to_elements(links)),
        schema=embed_json(to_schema_org(about)),
        description=escape(about.summary),
        counts="".join(_row(name, str(number)) for name, number in counted),
        examples="".join(_examples(about, root)),
        files="".join(_files(about)),
        descriptions="".join(_items(described)),
        licence=escape(about.licence),
        rights=escape(about.rights),
    ).encode("utf-8")  # fmt: skip


def embed_json(value: object) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element."""
    text = msgspec.json.encode(value).decode("utf-8")
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _row(head: str, cell: str) -> str:
    return f'<tr><th scope="row">{escape(head)}</th><td>{escape(cell)}</td></tr>'


def _examples(about: About, root: str) -> Iterator[str]:
    for kind, path in sorted(about.census.examples.items()):
        address = escape(f"{root}page/{path}/")
        yield f'<li>{escape(kind)}: <a href="{address}">{escape(path)}</a></li>'


def _files(about: About) -> Iterator[str]:
    for file in about.dumps:
        link = f'<a href="{escape(file.address)}">{escape(file.path)}</a>'
        size = f"{file.form}, {file.size} bytes, SHA-256 {file.sha256}"
        yield f'<tr><th scope="row">{link}</th><td>{escape(size)}</td></tr>'


def _items(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        name = escape(address.rpartition("/")[2])
        yield f'<li><a href="{escape(address)}">{name}</a></li>'
