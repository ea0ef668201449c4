"""``cablegraph describe``: what catalogues, search engines and web servers need."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Where the files are written.",
)
@click.option(
    "--base-url",
    required=True,
    metavar="URL",
    help="The address at which the folder will be offered; ends in a stroke.",
)
@click.option("--files/--no-files", default=True, help="Copy the files of OUTPUT under files/.")
def describe(output: Path, folder: Path, base_url: str, files: bool) -> None:
    """Describe the dataset of OUTPUT for those who have to find it.

    Writes VoID, DCAT 3, schema.org, an RO-Crate, a linkset, a sitemap and robots.txt, the
    vocabulary in each form, and rules for Apache, nginx, Caddy and w3id. Numbers are counted in
    the data; licence and rights are those of the settings.

    \b
    Example:
      cablegraph describe output --to site --base-url https://example.org/cables/
    """
    from cablegraph.publication.folder import write_descriptions

    about = write_descriptions(output, folder, base_url, with_files=files)
    told = f"{about.census.triples} statements, {len(about.dumps)} dumps"
    click.echo(f"described {about.title!r} in {folder}: {told}", err=True)
