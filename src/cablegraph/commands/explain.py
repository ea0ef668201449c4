"""``cablegraph explain``: why the graph says what it says of a thing."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.commands.options import AS_JSON, DATA
from cablegraph.commands.terminal import has_colour


@click.command()
@click.argument("iri")
@DATA
@click.option("--incoming", is_flag=True, help="Explain the statements that have IRI as object.")
@click.option(
    "--source",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder of the documents: paths then lead there, and changed files are noticed.",
)
@AS_JSON
def explain(iri: str, data: Path, incoming: bool, source: Path | None, as_json: bool) -> None:
    """Show the evidence of every statement about IRI.

    IRI is a full IRI, a CURIE, or the short path of a thing. Only the graph is read: file, line
    and column, the words, the rule that read them, certainty, status and rival values all come
    from there.

    \b
    Examples:
      cablegraph explain person/mao --incoming
      cablegraph explain cbl:certainty
    """
    from cablegraph.dataset import Dataset
    from cablegraph.explain.gather import explain as gather
    from cablegraph.explain.render import to_text

    found = gather(Dataset.open(data).store, iri, incoming=incoming, source=source, data=data)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode("utf-8"))
    else:
        click.echo(to_text(found, colour=has_colour()), nl=False)
