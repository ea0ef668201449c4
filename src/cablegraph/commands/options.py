"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

#: The values of FailOn in validation/report.py, which costs too much to import for --help.
FAIL_ON = ("violation", "warning", "never")

DATA = click.option(
    "-d",
    "--data",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="An output folder, or a file of RDF.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")


def fail_on(command: F) -> F:
    """Add --fail-on."""
    option = click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        default=FAIL_ON[0],
        show_default=True,
        help="The least severity of a finding that makes the exit code 1.",
    )
    return option(command)
