"""``cablegraph convert``: the graph of a build, or a file of RDF, in another syntax."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The endings of files, by syntax.
SYNTAXES = {
    "nquads": ".nq",
    "ntriples": ".nt",
    "turtle": ".ttl",
    "trig": ".trig",
    "jsonld": ".jsonld",
}


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True), default=Path("output"))
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write.",
)
@click.option(
    "--to",
    "syntax",
    type=click.Choice(tuple(SYNTAXES)),
    help="Left out: by the ending of the file, else nquads.",
)
@click.option("--rdf12", is_flag=True, help="Write claims with rdf:reifies and triple terms.")
@click.pass_context
def convert(ctx: click.Context, source: Path, file: Path, syntax: str | None, rdf12: bool) -> None:
    """Write the graph in another syntax or version of RDF.

    SOURCE is an output folder or a file of RDF of either version (default: output). The syntaxes
    of triples hold the union of the named graphs. A file of RDF 1.2 comes out as RDF 1.1, unless
    --rdf12 is given.

    \b
    Examples:
      cablegraph convert output -o graph.trig
      cablegraph convert output --rdf12 -o graph.ttl
    """
    form = syntax or next((name for name, end in SYNTAXES.items() if end == file.suffix), "nquads")
    if rdf12 and form == "jsonld":
        raise click.UsageError("JSON-LD has no triple terms: leave out --rdf12.", ctx)
    from cablegraph.serialise.rdf12 import write_rdf12
    from cablegraph.serialise.reading import read_any

    lines = read_any(source)
    if rdf12:
        write_rdf12(lines, file, ending=SYNTAXES[form])
    else:
        _writers()[form](lines, file)


def _writers() -> dict[str, Callable[[Iterable[str], Path], None]]:
    from cablegraph.serialise.jsonld import write_jsonld
    from cablegraph.serialise.rdf import write_nquads, write_trig, write_turtle
    from cablegraph.terms import parse_lines, quad_line

    def write_ntriples(lines: Iterable[str], path: Path) -> None:
        write_nquads((quad_line(*quad[:3]) for quad in parse_lines(lines)), path)

    return {
        "nquads": write_nquads,
        "ntriples": write_ntriples,
        "turtle": write_turtle,
        "trig": write_trig,
        "jsonld": write_jsonld,
    }
