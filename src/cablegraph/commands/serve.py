"""``cablegraph serve``: the written graph on the web."""

from __future__ import annotations

import gc
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.errors import ConfigError

if TYPE_CHECKING:
    from cablegraph.service.store import StoreKind

#: The values of StoreKind, which costs too much to import for --help.
STORES = ("auto", "memory", "disk")


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@click.option(
    "--public-url", default="", help="The address clients use, where a proxy stands before it."
)
@click.option(
    "--store",
    type=click.Choice(STORES),
    default=STORES[0],
    show_default=True,
    help="Where queries find the graph; auto: on the disk if it is large.",
)
@click.option(
    "--query-seconds",
    type=click.FloatRange(1, 3600),
    default=10.0,
    show_default=True,
    help="The longest that a query may run.",
)
@click.option(
    "--query-megabytes",
    type=click.IntRange(64),
    default=512,
    show_default=True,
    help="The most memory that a query may take.",
)
@click.option(
    "--query-rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help="The most rows or triples that a result may have.",
)
def serve(
    output: Path,
    host: str,
    port: int,
    public_url: str,
    store: StoreKind,
    query_seconds: float,
    query_megabytes: int,
    query_rows: int,
) -> None:
    """Serve OUTPUT on the web: its things, SPARQL, reconciliation.

    At / the dataset and at /id/... its things, each as page and data; at /sparql queries, and a
    page to write them; at /rdf-graph-store whole graphs; at /reconcile the Reconciliation API
    0.2, as OpenRefine wants it; at /healthz, /metrics and /openapi.json the service itself. The
    graph is read once, at the start, and OUTPUT stays as it is. Requests are logged on stderr.

    A graph of more than 2,000,000 statements, or in parts, is put in order for reading in the
    folder .cablegraph-cache beside OUTPUT; the next start finds it there.

    \b
    Example:
      cablegraph serve output --port 8000
    """
    try:
        from cablegraph.service.limits import Limits
        from cablegraph.service.mounts import open_service
        from cablegraph.service.server import run_server
    except ModuleNotFoundError as cause:
        raise ConfigError(
            f"the package {cause.name} is not installed",
            where="serve:1:1",
            remedy="pip install 'cablegraph[serve]'",
        ) from cause
    limits = Limits(seconds=query_seconds, memory=query_megabytes * 1024 * 1024, rows=query_rows)
    # First the port: a long start is not in vain.
    opened = open_service(output, limits, public=public_url, store=store)
    with _listen(host, port) as listening, opened as (app, engine):
        gc.freeze()  # what was read stays; to look through it for waste costs every answer
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"serving {output} at http://{shown}:{port}/; Ctrl-C ends it", err=True)
        run_server(app, listening, engine)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as cause:
        raise ConfigError(
            f"{host} port {port} can't be listened on ({cause.strerror})",
            where="serve:1:1",
            remedy="choose another --port or --host",
        ) from cause
