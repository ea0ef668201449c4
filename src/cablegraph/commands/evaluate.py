"""``cablegraph evaluate``: how much of a known truth is read, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cablegraph.commands.options import AS_JSON
from cablegraph.commands.reporting import print_faults
from cablegraph.commands.terminal import Bar, has_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cablegraph.evaluation.encoded.judge import Judgement
    from cablegraph.evaluation.evaluate import Evaluation
    from cablegraph.workshop import Workshop

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument(
    "truths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TRUTH..."
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The settings; else the cablegraph.toml beside or above the first truth.",
)
@click.option(
    "--authorities",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder of the authority file, in place of that of the settings.",
)
@AS_JSON
@click.option("-o", "--output", type=_FILE, help="Write the report there; print nothing.")
@click.option("--check", type=_FILE, help="Scores of before; a field with a lower F1 gives 1.")
@click.option("--write", type=_FILE, help="Write the scores there, for a later --check.")
@click.option("--misses", is_flag=True, help="Of encoded files: print every miss with its place.")
@click.option(
    "--untyped-heads",
    is_flag=True,
    help="Of encoded files: judge the sides by the words of heads, without their markup.",
)
@click.pass_context
def evaluate(
    ctx: click.Context,
    truths: tuple[Path, ...],
    config: Path | None,
    authorities: Path | None,
    as_json: bool,
    output: Path | None,
    check: Path | None,
    write: Path | None,
    misses: bool,
    untyped_heads: bool,
) -> None:
    """Compare what is read from documents with what a careful reader found in them.

    TRUTH is NAME.json with the document NAME.txt beside it, or a folder of such pairs. Precision,
    recall and F1 of each field are printed, then every miss and false alarm with its place.
    It may also be an encoded file (TEI, CMIF, a table of letters) or a folder of them: what the
    markup or the columns state is then the truth of what was read, and the coverage is told.
    The exit code is 1 if a truth or its text can't be used, or a field fell below --check;
    low scores alone give 0.

    \b
    Example:
      cablegraph evaluate tests/quality --check tests/quality/scores.json
      cablegraph evaluate volumes/ --misses --untyped-heads
    """
    from cablegraph.config import find_config
    from cablegraph.evaluation.encoded.truths import find_encoded
    from cablegraph.evaluation.report import read_scores, write_scores
    from cablegraph.evaluation.scores import find_drops
    from cablegraph.workshop import open_workshop

    before = read_scores(check) if check else {}
    shop = open_workshop(config or find_config(truths), authorities=authorities)
    encoded = find_encoded(truths)
    if encoded and len(encoded) < len(truths):
        raise click.UsageError("documents with a truth and encoded files are judged apart")
    if encoded:
        judged = _judge_encoded(encoded, shop, as_json=as_json, untyped=untyped_heads)
        _tell_encoded(judged, output, as_json=as_json, misses=misses)
        scores, faulty = judged.scores, bool(judged.faults)
    else:
        result = _judge(truths, shop, as_json=as_json)
        _tell(result, output, as_json=as_json)
        scores, faulty = result.scores, bool(result.faults)
    drops = find_drops(scores, before)
    for drop in drops:
        click.echo(f"{check}: {drop}", err=True)
    if write:
        write_scores(write, scores)
    ctx.exit(1 if drops or faulty else 0)


def _judge(truths: Sequence[Path], shop: Workshop, *, as_json: bool) -> Evaluation:
    from cablegraph.evaluation.evaluate import evaluate as judge

    with Bar(wanted=not as_json) as bar:
        result = judge(truths, shop, bar)
    print_faults([*result.faults, *(one.refused for one in result.documents if one.refused)])
    return result


def _judge_encoded(
    places: Sequence[Path], shop: Workshop, *, as_json: bool, untyped: bool
) -> Judgement:
    from cablegraph.evaluation.encoded.judge import judge_collection

    with Bar(wanted=not as_json) as bar:
        judged = judge_collection(places, shop, bar, untyped=untyped)
    print_faults(judged.faults)
    return judged


def _tell_encoded(judged: Judgement, output: Path | None, *, as_json: bool, misses: bool) -> None:
    from cablegraph.evaluation.encoded.tell import to_coverage, to_json, to_lines, to_table

    lines = ["", *to_coverage(judged), *(["", *to_lines(judged)] if misses else [])]
    text = to_table(judged) + "".join(f"{line}\n" for line in lines)
    text = to_json(judged) if as_json else text
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)


def _tell(result: Evaluation, output: Path | None, *, as_json: bool) -> None:
    from cablegraph.evaluation.report import to_json, to_lines, to_table

    if not as_json and output is None and has_colour():
        _draw(result)
        return
    text = to_table(result.scores) + "".join(f"{line}\n" for line in ("", *to_lines(result)))
    text = to_json(result) if as_json else text
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)


def _write(path: Path, text: str) -> None:
    from cablegraph.errors import OutputError

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as cause:
        remedy = "name a file in a folder that exists"
        raise OutputError("can't be written", where=f"{path}:1:1", remedy=remedy) from cause


def _draw(result: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Column, Table

    from cablegraph.evaluation.report import HEADS, to_lines, to_rows

    heads = (Column(HEADS[0]), *(Column(name, justify="right") for name in HEADS[1:]))
    table = Table(*heads)
    for row in to_rows(result.scores):
        table.add_row(*row)
    Console().print(table)
    for line in to_lines(result):
        click.echo(line)
