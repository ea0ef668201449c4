"""``cablegraph diff``: what differs between two builds, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.options import AS_JSON
from cablegraph.commands.reporting import print_faults
from cablegraph.errors import CablegraphError

if TYPE_CHECKING:
    from cablegraph.comparison.compare import Comparison

FORMATS = ("text", "json", "rdf-patch")
#: As diff of the system does it: 1 says that something differs, so trouble is 2.
_EQUAL, _DIFFERENT, _TROUBLE = 0, 1, 2
_CHUNK = 1000  # lines printed at once
_FOLDER = click.Path(path_type=Path, exists=True)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True)
@AS_JSON
@click.option("-s", "--statements", is_flag=True, help="List every statement (text only).")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code tells.")
@click.pass_context
def diff(
    ctx: click.Context,
    old: Path,
    new: Path,
    form: str,
    as_json: bool,
    statements: bool,
    quiet: bool,
) -> None:
    """Show what two builds say differently, by telegram, and why.

    OLD and NEW are output folders. The reason is computed: the document itself changed (source),
    the editors' ledger (decision), the authority file (authority), the links, a document of the
    same series, the settings, the vocabulary; what none of these explains is a rule of the
    program. rdf-patch is the change that makes NEW of OLD. The exit code is 0 if no statement
    differs, 1 if one does, 2 if the builds can't be compared.

    \b
    Examples:
      cablegraph diff output.old output
      cablegraph diff output.old output --format rdf-patch > change.rdfp
    """
    try:
        different = _print(old, new, "json" if as_json else form, statements, quiet=quiet)
    except CablegraphError as fault:
        print_faults([fault])
        ctx.exit(_TROUBLE)
    ctx.exit(_DIFFERENT if different else _EQUAL)


def _print(old: Path, new: Path, form: str, statements: bool, *, quiet: bool) -> bool:
    """Print the comparison; return whether a statement differs."""
    from cablegraph.comparison.compare import Comparison, have_changes
    from cablegraph.comparison.patch import make_patch
    from cablegraph.comparison.text import to_lines

    if quiet:
        return have_changes(old, new)
    if form == "rdf-patch":
        return _echo(make_patch(old, new)) > 0
    comparison = Comparison(old, new)
    _echo(_to_json(comparison) if form == "json" else to_lines(comparison, statements=statements))
    return bool(comparison.totals.added or comparison.totals.removed)


def _echo(lines: Iterable[str]) -> int:
    left, count = iter(lines), 0
    while chunk := list(islice(left, _CHUNK)):
        click.echo("\n".join(chunk))
        count += len(chunk)
    return count


def _to_json(comparison: Comparison) -> Iterator[str]:
    """Yield one JSON object in pieces: a comparison of large builds does not fit into memory."""
    import msgspec

    def encode(value: object) -> str:
        return msgspec.json.encode(value).decode("utf-8")

    yield f'{{"old":{encode(comparison.old)},"new":{encode(comparison.new)},"groups":['
    comma = ""
    for group in comparison.groups():
        yield f"{comma}{encode(group)}"
        comma = ","
    yield f'],"totals":{encode(comparison.totals)}}}'
