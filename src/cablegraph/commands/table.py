"""``cablegraph table``: what the graph says, as a table for a spreadsheet or a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cablegraph.commands.terminal import has_colour, page_width
from cablegraph.errors import OutputError

TABLES = ("proposals",)
FORMATS = ("csv", "markdown", "terminal")
_ENDINGS = {".csv": "csv", ".md": "markdown", ".txt": "terminal"}


@click.command()
@click.argument("name", type=click.Choice(TABLES), metavar="TABLE")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Left out: terminal on a terminal, by the ending of FILE, else csv.",
)
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write into FILE, not on the terminal.",
)
def table(name: str, output: Path, form: str | None, file: Path | None) -> None:
    """Tell the graph as a table.

    TABLE is proposals: one row a stance, with what it is about, who takes it, on what it depends
    and the words of each language. OUTPUT is an output folder or a file of RDF. In CSV a cell
    that a spreadsheet would take for a formula begins with an apostrophe.

    \b
    Examples:
      cablegraph table proposals
      cablegraph table proposals output --to proposals.csv
    """
    from cablegraph.dataset import Dataset
    from cablegraph.tables.proposals import read_proposals
    from cablegraph.tables.write import to_csv, to_markdown, to_terminal

    found = read_proposals(Dataset.open(output))
    form = form or _form_for(file)
    if form == "terminal":
        text = to_terminal(found, page_width(), colour=has_colour() and file is None)
    else:
        text = to_csv(found) if form == "csv" else to_markdown(found)
    _write(text, file)


def _form_for(file: Path | None) -> str:
    if file is not None:
        return _ENDINGS.get(file.suffix.lower(), "csv")
    return "terminal" if sys.stdout.isatty() else "csv"


def _write(text: str, file: Path | None) -> None:
    # Bytes: a text stream would turn the line ends of CSV into those of the system.
    if file is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(text.encode("utf-8"))
    except OSError as cause:
        problem = f"the file can't be written ({cause.strerror or cause})"
        remedy = "name a file in a folder that can be written"
        raise OutputError(problem, where=f"{file}:1:1", remedy=remedy) from cause
