"""``cablegraph query``: put a question to the written graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.options import DATA
from cablegraph.commands.terminal import has_colour
from cablegraph.errors import QueryError

if TYPE_CHECKING:
    from cablegraph.answers import Result

FORMATS = ("table", "csv", "tsv", "json", "turtle")


@click.command()
@click.argument("question", required=False, metavar="[QUERY]")
@DATA
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True)
@click.option("--list", "listed", is_flag=True, help="Show the canned questions and end.")
@click.pass_context
def query(ctx: click.Context, question: str | None, data: Path, form: str, listed: bool) -> None:
    """Ask the graph.

    QUERY is SPARQL text, a .rq file, - for SPARQL on stdin, or a canned question's number or
    name. The prefixes of the project need no PREFIX.

    \b
    Examples:
      cablegraph query --list
      cablegraph query 3
      cablegraph query 'SELECT ?t ?title { ?t a cbl:Telegram ; dcterms:title ?title }'
    """
    if listed:
        _print_questions()
        return
    if question is None:
        raise click.UsageError("Give a QUERY, or --list to see the canned questions.", ctx)
    from cablegraph.dataset import Dataset

    asked = sys.stdin.read() if question == "-" else question
    _print(Dataset.open(data).query(asked), form)


def _print_questions() -> None:
    from cablegraph.dataset import list_questions

    for name, wording in list_questions():
        number, _, slug = name.partition("-")
        click.echo(f"{number}  {slug:<24}  {wording}")


def _print(result: Result, form: str) -> None:
    if form == "table" and result.kind == "select" and has_colour():
        _draw(result)
        return
    if form == "turtle" and result.kind != "construct":
        raise QueryError(
            f"a {result.kind.upper()} query gives no triples",
            where="query:1:1",
            remedy="choose another --format, or ask with CONSTRUCT",
        )
    writers = {
        "table": result.to_table,
        "csv": result.to_csv,
        "tsv": result.to_tsv,
        "json": result.to_json,
        "turtle": result.to_turtle,
    }
    click.echo(writers[form](), nl=False)


def _draw(result: Result) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    table = Table(*(Column(name, overflow="fold") for name in result.columns))
    for row in result.rows:
        table.add_row(*(Text(cell or "") for cell in row))
    Console().print(table)
