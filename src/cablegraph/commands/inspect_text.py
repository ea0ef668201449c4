"""``cablegraph inspect``: one document with every claim marked in place."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.commands.options import AS_JSON, DATA
from cablegraph.commands.terminal import has_colour, page_width


@click.command("inspect")
@click.argument("document")
@DATA
@click.option("--layer", metavar="NAME", help="Show only one text version, such as scan.")
@AS_JSON
def inspect_text(document: str, data: Path, layer: str | None, as_json: bool) -> None:
    """Show what was read from a document, and where.

    DOCUMENT is a source file, which is read afresh, or the key of a document that was built.
    The words that support a claim are underlined with its number; under each line stand the
    claims: kind, value, rule, certainty, rivals.

    \b
    Example:
      cablegraph inspect seeds/telegram.txt --layer translation
    """
    from cablegraph.inspect_text.notes import annotate, find_reading
    from cablegraph.inspect_text.page import to_text

    found = annotate(find_reading(document, data), layer)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode("utf-8"))
    else:
        click.echo(to_text(found, width=page_width(), colour=has_colour()), nl=False)
