"""The kinds of triple stores that are known, and the addresses of one of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from cablegraph.errors import ConfigError, shown

_GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the loader has to know of a kind of store; stores.toml says what each item is."""

    name: str
    title: str
    server: str = ""
    path: str = ""
    ends: tuple[str, ...] = ()
    query: str = ""
    update: str = ""
    graphs: str | None = None
    bundles: str | None = None
    bundle: int = 100_000
    counted: int = 1
    named: str = "GRAPH ?g { ?s ?p ?o }"
    parameter: str = "graph"
    media: str = "application/n-triples"
    statements: int = 50_000
    inserts: int = 5_000
    page: int = 10_000
    rewrites: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    note: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store takes what.

    Shape: ``graphs`` is None if it has no Graph Store Protocol, ``bundles`` if it takes but one
        graph at a time.
    """

    query: str
    update: str
    graphs: str | None = None
    bundles: str | None = None


@cache
def find_profiles() -> Mapping[str, Profile]:
    """Return the known kinds of stores by name, in the order of their list."""
    text = resources.files(__package__).joinpath("stores.toml").read_text(encoding="utf-8")
    return {name: _to_profile(name, values) for name, values in tomllib.loads(text).items()}


def _to_profile(name: str, values: dict[str, object]) -> Profile:
    tuples = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Profile(name, **{**values, **tuples})  # type: ignore[arg-type]


def recognise(url: str, server: str) -> Profile:
    """Return the kind of the store that answers at *url* with that Server header.

    >>> recognise("http://a.example/rdf4j-server/repositories/b", "Apache-Coyote").name
    'rdf4j'
    """
    path = urlsplit(url).path
    for profile in find_profiles().values():
        if profile.server and re.search(profile.server, server):
            return profile
    for profile in find_profiles().values():
        if profile.path and re.search(profile.path, path):
            return profile
    return find_profiles()[_GENERIC]


def find_addresses(
    url: str, profile: Profile, *, query: str = "", update: str = "", graphs: str = ""
) -> Addresses:
    """Return the addresses of a store whose base or any address is *url*.

    Shape: those named one by one stand before what the profile says.

    >>> find_addresses("http://a.example:7878/store", find_profiles()["oxigraph"]).update
    'http://a.example:7878/update'
    """
    base = url.rstrip("/")
    for end in profile.ends:
        base = base.removesuffix(f"/{end}")
    place = None if profile.graphs is None else _join(base, profile.graphs)
    found = Addresses(_join(base, profile.query), _join(base, profile.update), place)
    if profile.bundles is not None and not graphs:
        found = replace(found, bundles=_join(base, profile.bundles))
    named = {"query": query, "update": update, "graphs": graphs}
    return replace(found, **{key: check_url(value) for key, value in named.items() if value})


def _join(base: str, end: str) -> str:
    return f"{base}/{end}" if end else base


def check_url(url: str) -> str:
    """Return an address of the web that holds neither password nor query.

    Raises:
        ConfigError: if it is none; a password in it is not repeated.
    """
    remedy = "write it as http://localhost:7878/"
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ConfigError("is no address", where=f"{shown(url)}:1:1", remedy=remedy) from None
    if "@" in parts.netloc:
        raise ConfigError(
            f"the address of {parts.hostname} holds a name or a password",
            where="load:1:1",
            remedy="set CABLEGRAPH_STORE_USER and CABLEGRAPH_STORE_PASSWORD instead",
        )
    if not good or parts.query or parts.fragment:
        problem = f"{shown(url)} is no plain address of the web"
        raise ConfigError(problem, where="load:1:1", remedy=remedy)
    return url
