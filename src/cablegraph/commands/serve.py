"""``cablegraph serve``: the written graph, offered to other programs over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.errors import ConfigError

#: Requests answered at once; more are told to come again.
_AT_ONCE = 100


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--public-url", default="", help="The address clients use, where a proxy stands before it."
)
def serve(output: Path, host: str, port: int, public_url: str) -> None:
    """Serve OUTPUT to OpenRefine and other clients of the Reconciliation API 0.2.

    The service is at /reconcile. Files are read once, at the start.

    \b
    Example:
      cablegraph serve output --port 8000
    """
    try:
        import uvicorn

        from cablegraph.reconciliation.app import PATH, make_app, make_routes
    except ModuleNotFoundError as cause:
        raise ConfigError(
            f"the package {cause.name} is not installed",
            where="serve:1:1",
            remedy="pip install 'cablegraph[serve]'",
        ) from cause
    app = make_app(make_routes(output, public=public_url))
    click.echo(f"serving {output} at http://{host}:{port}{PATH}; Ctrl-C ends it", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", limit_concurrency=_AT_ONCE)
