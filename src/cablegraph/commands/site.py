"""``cablegraph site``: the written graph as pages to read, in a folder that needs no server."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.errors import ConfigError


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="The folder that the site is written into.",
)
@click.option("--base-url", default="", help="Where the site will lie, for canonical links.")
@click.option("--workers", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
def site(output: Path, folder: Path, base_url: str, workers: int) -> None:
    """Write OUTPUT as a web site of plain files.

    One page and three files of data for each telegram, person, body, place, archival unit and
    proposal, with overviews and a search. It is read from a disk as from any server, and asks no
    other host for anything.

    Run again, it makes what has changed: a file whose bytes stay is not touched, and what is gone
    is taken away. What it remembers for that lies beside FOLDER, in .FOLDER.build, which may be
    deleted at any time.

    \b
    Examples:
      cablegraph site
      cablegraph site output --to public --base-url https://example.org/telegrams/
    """
    try:
        from cablegraph.publication.site.build import build_site
    except ModuleNotFoundError as cause:
        raise ConfigError(
            f"the package {cause.name} is not installed",
            where="site:1:1",
            remedy="pip install 'cablegraph[site]'",
        ) from cause
    made = build_site(output, folder, base_url=base_url, workers=workers)
    pages = f"{made.documents} telegrams, {made.things} other pages"
    click.echo(f"{folder}: {pages}; {made.renewed} made anew", err=True)
