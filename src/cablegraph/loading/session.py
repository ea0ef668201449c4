"""All that a load has open: graphs on disk, journal, connection; found from what the user names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cablegraph.errors import ConfigError, DataError, ServiceError
from cablegraph.loading.client import Client, GoneError
from cablegraph.loading.credentials import Credentials, find_credentials
from cablegraph.loading.graphs import Graphs
from cablegraph.loading.journal import Journal, find_journal
from cablegraph.loading.load import Loader
from cablegraph.loading.store import Store, Via
from cablegraph.loading.stores import (
    Addresses,
    Profile,
    check_url,
    find_addresses,
    find_profiles,
    recognise,
)
from cablegraph.serialise.canonical import read_lines

_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Target:
    """The store as the user names it.

    Units: ``rate`` in requests a second, 0 for no limit; ``timeout`` in seconds; ``connections`` is
        the most requests at once that read.
    """

    url: str
    kind: str | None = None
    via: Via | None = None
    query_at: str = ""
    update_at: str = ""
    graphs_at: str = ""
    rate: float = 0.0
    timeout: float = 300.0
    connections: int = 4


@contextmanager
def open_loader(
    data: Path, target: Target, environment: Mapping[str, str], journal: Path | None = None
) -> Iterator[Loader]:
    """Open the store, its journal and the graphs of an output folder or file.

    Raises:
        ConfigError: if an address, the credentials or the journal can't be used.
        DataError: if there is no graph, or it can't be read.
        ServiceError: if the store does not answer queries.
    """
    url = check_url(target.url)
    _refuse_unfinished(data)
    found = find_credentials(url, environment)
    auth = found.to_auth() if found else None
    with Client(auth, target.rate, target.timeout) as client:
        try:
            profile = _find_profile(client, url, target.kind)
            addresses = find_addresses(
                url, profile, query=target.query_at, update=target.update_at,
                graphs=target.graphs_at,
            )  # fmt: skip
            client.passing = profile.passing
            store = Store(client, profile, addresses, _choose_via(target.via, addresses))
            store.check()
        except GoneError as error:
            raise ServiceError(error.problem, where=error.where, remedy=error.remedy) from error
        path = journal or find_journal(data, addresses)
        with (
            Journal(path, store=_name(addresses), profile=profile.name) as kept,
            Graphs(read_lines(data), path.with_suffix(".graphs"), where=str(data)) as graphs,
        ):
            notes = tuple(_find_notes(profile, store, url, found))
            yield Loader(graphs, store, kept, notes, target.connections)


def _refuse_unfinished(data: Path) -> None:
    """Refuse parts of which a build has not come to its end: graphs that lack would be dropped.

    Raises:
        DataError: if there are such parts.
    """
    if any((data / "graph").glob("part-*")) and not (data / "MANIFEST.json").is_file():
        problem = "parts without a manifest: their build has not come to its end"
        raise DataError(problem, where=f"{data}:1:1", remedy="run the build again, or wait for it")


def _find_profile(client: Client, url: str, kind: str | None) -> Profile:
    return find_profiles()[kind] if kind else recognise(url, client.read_server(url))


def _choose_via(via: Via | None, addresses: Addresses) -> Via:
    if via == "gsp" and addresses.graphs is None:
        raise ConfigError(
            "this kind of store has no Graph Store Protocol",
            where="load:1:1",
            remedy="leave --via out, or name the address with --graphs-at",
        )
    return via or ("update" if addresses.graphs is None else "gsp")


def _name(addresses: Addresses) -> str:
    return f"{addresses.query} {addresses.update} {addresses.graphs or ''}".rstrip()


def _find_notes(
    profile: Profile, store: Store, url: str, found: Credentials | None
) -> Iterator[str]:
    """Yield what the user should know before anything is sent."""
    yield f"{profile.title} at {store.addresses.query}, loaded by {store.via}"
    if profile.note:
        yield f"note: {profile.note}"
    parts = urlsplit(url)
    if found and parts.scheme == "http" and parts.hostname not in _LOCAL:
        yield f"note: {found.source} may go to {parts.hostname} unencrypted; https would hide it"
