"""``cablegraph init``: begin a collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cablegraph.records.tabular.propose import Proposal


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]"
)
@click.option("--title", default="Diplomatic messages", show_default=True)
@click.option(
    "--with-authorities",
    is_flag=True,
    help="Begin with the names that come with Cablegraph, not with empty tables.",
)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="TABLE",
    help="A table of letters (CSV, TSV, XLSX): propose what its columns are.",
)
def init(folder: Path | None, title: str, with_authorities: bool, table: Path | None) -> None:
    """Begin a collection in DIR.

    Writes the settings, the tables of names, the ledger of editors' decisions and a README. A
    file that exists is never overwritten.

    With --from a table of letters is copied into DIR (default: the folder where it lies), and a
    mapping of its columns is written beside it; mend that where a column was not recognised.

    \b
    Example:
      cablegraph init korea-1951 --title "Armistice talks, 1951"
      cablegraph init --from letters.csv my-letters
    """
    from cablegraph.collection import write_collection

    if folder is None and table is None:
        raise click.UsageError("Name the folder of the collection.")
    folder = folder or (table.parent if table else Path())
    proposal = _propose(table) if table else None
    for path in write_collection(
        folder,
        title=title,
        with_authorities=with_authorities,
        table=table,
        mapping=proposal.text if proposal else "",
    ):
        click.echo(path)
    if table is None or proposal is None:
        click.echo(f"put documents (*.txt) into {folder}, then run: cablegraph build {folder}")
        return
    _tell(proposal)
    mapping = folder / table.with_suffix(".toml").name
    click.echo(f"mend {mapping} where need be, then run: cablegraph build {folder}")


def _propose(table: Path) -> Proposal:
    from cablegraph.records.tabular.propose import propose
    from cablegraph.sources.files import read_file

    return propose(read_file(table))


def _tell(proposal: Proposal) -> None:
    """Print what each column was taken for."""
    for column, field, reason in proposal.columns:
        click.echo(f"{column}: {field} ({reason})" if field else f"{column}: {reason}")
