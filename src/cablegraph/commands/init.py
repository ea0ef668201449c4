"""``cablegraph init``: begin a collection."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--title", default="Diplomatic messages", show_default=True)
@click.option(
    "--with-authorities",
    is_flag=True,
    help="Begin with the names that come with Cablegraph, not with empty tables.",
)
def init(folder: Path, title: str, with_authorities: bool) -> None:
    """Begin a collection in DIR.

    Writes the settings, the tables of names, the ledger of editors' decisions and a README. A
    file that exists is never overwritten.

    \b
    Example:
      cablegraph init korea-1951 --title "Armistice talks, 1951"
    """
    from cablegraph.collection import write_collection

    for path in write_collection(folder, title=title, with_authorities=with_authorities):
        click.echo(path)
    click.echo(f"put documents (*.txt) into {folder}, then run: cablegraph build {folder}")
