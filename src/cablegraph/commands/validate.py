"""``cablegraph validate``: find what is wrong in files of RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.options import fail_on
from cablegraph.commands.reporting import print_faults
from cablegraph.errors import CablegraphError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cablegraph.records.claims import Finding
    from cablegraph.validation.report import FailOn

FORMATS = ("text", "sarif", "json")


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@fail_on
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True)
@click.pass_context
def validate(ctx: click.Context, files: tuple[Path, ...], fail_on: FailOn, form: str) -> None:
    """Check syntax, terms, shapes, spans and rules of RDF files.

    FILE is a file of any RDF format, or an output folder, whose graph is then checked. Findings
    are printed on stdout, files that can't be parsed on stderr; the exit code is 1 if there is
    one of those, or a finding that --fail-on names.

    \b
    Example:
      cablegraph validate output --format sarif > findings.sarif
    """
    from cablegraph.validation.report import conforms, sort_findings

    findings: list[Finding] = []
    faults: list[CablegraphError] = []
    for file in files:
        try:
            findings += _validate(file)
        except CablegraphError as fault:
            faults.append(fault)
    findings = sort_findings(findings)
    print_faults(faults)
    click.echo(_write(findings, form), nl=False)
    ctx.exit(0 if conforms(findings, fail_on) and not faults else 1)


def _validate(path: Path) -> list[Finding]:
    from cablegraph.serialise.canonical import find_graph_files
    from cablegraph.validation.files import validate_file
    from cablegraph.validation.parts import validate_parts

    files = find_graph_files(path) if path.is_dir() else []
    if files and files[0].name.startswith("part-"):
        return validate_parts(files)
    return validate_file(path / "graph" / "cablegraph.nq" if path.is_dir() else path)


def _write(findings: Sequence[Finding], form: str) -> str:
    import msgspec

    from cablegraph.validation.report import to_text
    from cablegraph.validation.sarif import to_sarif

    if form == "text":
        return to_text(findings)
    if form == "sarif":
        return to_sarif(findings)
    return msgspec.json.format(msgspec.json.encode(findings), indent=1).decode("utf-8") + "\n"
