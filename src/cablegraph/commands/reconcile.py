"""``cablegraph reconcile``: ask a service elsewhere who our entities are there."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.commands.options import DATA
from cablegraph.commands.terminal import Bar
from cablegraph.errors import ConfigError, OutputError


@click.command()
@click.argument("url")
@DATA
@click.option("--type", "types", multiple=True, help="A type of the service to look among.")
@click.option("--entities", default="*", show_default=True, help="Which of ours, as in person/*.")
@click.option("--language", default="en", show_default=True, help="The language of the names sent.")
@click.option(
    "--limit",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="The most candidates for each.",
)
@click.option(
    "--batch",
    type=click.IntRange(1, 500),
    help="The most names at once, where the service would take more.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.01, 100),
    default=2.0,
    show_default=True,
    help="The most requests a second.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 600),
    default=60.0,
    show_default=True,
    help="The most seconds for one answer.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".cablegraph-cache"),
    show_default=True,
    help="The folder where answers are kept.",
)
@click.option("--refresh", is_flag=True, help="Ask again what was answered before.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The CSV file to write; without it the table is printed.",
)
def reconcile(
    url: str,
    data: Path,
    types: tuple[str, ...],
    entities: str,
    language: str,
    limit: int,
    batch: int,
    rate: float,
    timeout: float,
    cache: Path,
    refresh: bool,
    output: Path | None,
) -> None:
    """Ask the reconciliation service at URL about our entities that have no identifier there.

    It asks that service alone; only this command and load use the network. Answers are kept,
    so that a run that was stopped goes on where it was.

    \b
    Example:
      cablegraph reconcile https://example.org/reconcile --entities 'person/*' -o persons.csv
    """  # fmt: skip
    try:
        import httpx  # noqa: F401
    except ModuleNotFoundError as cause:
        raise ConfigError(
            "the package httpx is not installed",
            where="reconcile:1:1",
            remedy="pip install 'cablegraph[serve]'",
        ) from cause
    from cablegraph.reconciliation.catalogue import read_catalogue
    from cablegraph.reconciliation.client.cache import Cache
    from cablegraph.reconciliation.client.fetch import Fetcher
    from cablegraph.reconciliation.client.run import Wish, run, write_csv

    wish = Wish(types, entities, language, limit, batch or 0, refresh)
    fetcher = Fetcher(url, rate=rate, timeout=timeout)
    with Bar() as bar:
        outcome = run(read_catalogue(data), fetcher, Cache(cache), wish, progress=bar)
    _write(write_csv(outcome.rows), output)
    click.echo(f"{outcome.answered} of {outcome.wanted} entities answered", err=True)
    if outcome.fault:
        raise outcome.fault


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(output)
    except OSError as cause:
        raise OutputError(
            f"can't be written ({cause.strerror})", where=f"{output}:1:1", remedy="name another"
        ) from cause
