"""The command line: one command a module, gathered here."""

from __future__ import annotations

import click

from cablegraph import __version__
from cablegraph.commands.build import build
from cablegraph.commands.convert import convert
from cablegraph.commands.describe import describe
from cablegraph.commands.diff import diff
from cablegraph.commands.evaluate import evaluate
from cablegraph.commands.explain import explain
from cablegraph.commands.export import export
from cablegraph.commands.init import init
from cablegraph.commands.inspect_text import inspect_text
from cablegraph.commands.link import link
from cablegraph.commands.load import load
from cablegraph.commands.query import query
from cablegraph.commands.reconcile import reconcile
from cablegraph.commands.reporting import Reporting, never_choke, stop_on_terminate
from cablegraph.commands.serve import serve
from cablegraph.commands.site import site
from cablegraph.commands.table import table
from cablegraph.commands.validate import validate


@click.group(cls=Reporting, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cablegraph")
def main() -> None:
    """Read transcripts of diplomatic messages; publish them as evidenced linked data.

    \b
    Example:
      cablegraph build seeds -o output
      cablegraph query --list
      cablegraph explain person/mao --incoming
    """
    never_choke()
    stop_on_terminate()


for _command in (
    build, convert, describe, diff, evaluate, explain, export, init, inspect_text, link, load,
    query, reconcile, serve, site, table, validate,
):  # fmt: skip
    main.add_command(_command)
