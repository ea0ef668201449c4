"""The descriptions of a dataset as files: for catalogues, search engines and harvesters."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cablegraph.errors import ConfigError, shown
from cablegraph.publication import rocrate
from cablegraph.publication.about import About, find_media_type
from cablegraph.publication.contexts import make_context
from cablegraph.publication.dcat import dcat_lines
from cablegraph.publication.schema_org import to_schema_org
from cablegraph.publication.signposting import ABOUT_PAGE, LINKSET_TYPE, Link, to_linkset
from cablegraph.publication.sitemap import make_robots, make_sitemaps
from cablegraph.publication.void import void_lines
from cablegraph.serialise.jsonld import to_jsonld
from cablegraph.serialise.turtle import to_turtle
from cablegraph.terms import parse_lines


def make_descriptions(about: About, owners: Iterable[str]) -> dict[str, bytes]:
    """Return the files by name, for the root of a site.

    Shape: *owners* are the paths of all things with a page, after ``id/``.
    Raises:
        ConfigError: if the root is not an absolute address that ends in a stroke.
    """
    check_root(about.root)
    void, dcat = void_lines(about), dcat_lines(about)
    pages = ["", *(f"page/{path}/" for path in owners)]
    texts = {
        "void.ttl": to_turtle(parse_lines(void)),
        "dcat.ttl": to_turtle(parse_lines(dcat)),
        "dcat.jsonld": "".join(to_jsonld(dcat, make_context(parse_lines(dcat)))),
        "schema.jsonld": _json(to_schema_org(about)),
        rocrate.NAME: _json(rocrate.to_ro_crate(about)),
        "linkset.json": _json(to_linkset(list_links(about))),
        "robots.txt": make_robots(about.root),
        **make_sitemaps(about.root, pages, day=about.issued),
    }
    return {name: text.encode("utf-8") for name, text in sorted(texts.items())}


def check_root(root: str) -> None:
    """Check an address.

    Raises:
        ConfigError: if it is not absolute or does not end in a stroke.
    """
    if not root.startswith(("https://", "http://")) or not root.endswith("/"):
        raise ConfigError(
            f"the address is {shown(root)}",
            where="--base-url:1:1",
            remedy="give one that begins with https:// and ends in /",
        )


def landing_links(about: About) -> list[Link]:
    """Return the typed links of the landing page of the dataset."""
    described = ("void.ttl", "dcat.ttl", "dcat.jsonld", "schema.jsonld", rocrate.NAME)
    return [
        Link("cite-as", about.iri),
        *(Link("describedby", about.root + name, find_media_type(name)[0]) for name in described),
        *(Link("item", file.address, file.media_type) for file in about.dumps),
        Link("type", ABOUT_PAGE),
        Link("type", "https://schema.org/Dataset"),
        *([Link("license", about.licence)] if about.licence else []),
        Link("linkset", f"{about.root}linkset.json", LINKSET_TYPE),
    ]


def list_links(about: About) -> dict[str, list[Link]]:
    """Return the typed links by what they leave from: the page, its data, its descriptions."""
    landing = landing_links(about)
    found = {about.root: [link for link in landing if link.rel != "linkset"]}
    for link in landing:
        if link.rel == "item":
            found[link.href] = [Link("collection", about.root, "text/html")]
        elif link.rel == "describedby":
            found[link.href] = [Link("describes", about.root, "text/html")]
    return found


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8") + "\n"
