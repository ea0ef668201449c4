"""``cablegraph build``: from documents to graph, records and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cablegraph.commands.options import AS_JSON, fail_on
from cablegraph.commands.reporting import print_faults
from cablegraph.commands.terminal import Bar

if TYPE_CHECKING:
    from cablegraph.errors import CablegraphError
    from cablegraph.partitions.engines import Engine
    from cablegraph.partitions.task import Form, Order
    from cablegraph.pipeline import Built
    from cablegraph.sources.remote import Remote
    from cablegraph.validation.report import FailOn
    from cablegraph.validation.shacl import Validator

_SEEDS = Path("seeds")
#: Files of one folder that the summary still names one by one.
_FEW = 6


class _Source(click.Path):
    """A path of something that is there, or a URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path, or what a URL names."""
        if isinstance(value, str) and "://" in value:
            from cablegraph.sources.remote import Remote, is_url

            if is_url(value):
                return Remote.of(value)
        return super().convert(value, param, ctx)


@click.command()
@click.argument(
    "sources", nargs=-1, type=_Source(path_type=Path, exists=True), metavar="[SOURCE]..."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="The folder to write.",
)
@fail_on
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The settings; else the cablegraph.toml beside or above the first source.",
)
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(min=1),
    help="Processes; else one for each processor where parts are made by several. The files are "
    "the same for any number.",
)
@click.option(
    "--layout",
    type=click.Choice(["auto", "whole", "parts"]),
    default="auto",
    show_default=True,
    help="One graph in one file of each form, or parts of it for a corpus of any size.",
)
@click.option(
    "--engine",
    type=click.Choice(["serial", "processes", "dask"]),
    help="Where parts are made; else by processes, unless --workers is 1 or little is to be made.",
)
@click.option("--scheduler", help="The Dask scheduler, tcp://host:8786; else one is started.")
@click.option(
    "--validator",
    type=click.Choice(["auto", "pyshacl", "shacl"]),
    default="auto",
    show_default=True,
    help="The engine of SHACL; auto takes shacl where it is installed, which is faster.",
)
@click.option(
    "--form",
    "forms",
    type=click.Choice(["ttl", "trig", "jsonld"]),
    multiple=True,
    help="Write each part in this syntax too; the layout whole has all of them.",
)
@click.option("--rdf12", is_flag=True, help="Write each part in RDF 1.2 too, to graph/rdf12.")
@click.option(
    "--hash",
    "with_hash",
    is_flag=True,
    help="Put the hash of the whole graph into the manifest of parts, which reads all of them.",
)
@click.option("--check", is_flag=True, help="Say what would be built anew and why; build nothing.")
@AS_JSON
@click.option("-q", "--quiet", is_flag=True, help="Print only what makes the exit code 1.")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[Path | Remote, ...],
    output: Path,
    fail_on: FailOn,
    config: Path | None,
    workers: int | None,
    layout: str,
    engine: Engine | None,
    scheduler: str | None,
    validator: Validator,
    forms: tuple[Form, ...],
    rdf12: bool,
    with_hash: bool,
    check: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read documents and write their graph.

    SOURCE is a document or a folder of documents (default: seeds). Findings are printed on
    stdout, one line each, then a summary; documents that can't be read on stderr. The exit code
    is 1 if there is one of those, or a finding that --fail-on names. The old output is replaced
    only when the new one is whole.

    A corpus of more than 2,000 files or 16 MiB is built in parts: graph/part-*.nq.zst and
    records/part-*.jsonl.zst. Only what changed is made again, and a build that was ended goes on.
    The SHA-256 of the whole graph in its canonical form (RDFC-1.0) stands in the manifest only if
    --hash asks for it, and until the graph changes.

    Parts are made by as many processes as there are processors, unless --workers or --engine say
    otherwise; where less than 1 MiB is to be read, by one, since to start others takes longer.

    The rules that compare documents with each other are asked, in parts, about those that have a
    number, text or file in common. Where more than 100 do, those that state the same but for their
    names are compared through the first few, and where that leaves more than 1,000, or more than
    10,000 meet, none are: an info in reports/part-corpus.jsonl.zst says so.

    SOURCE may be a URL, as s3://bucket/cables or zip://texts/*::cables.zip, if cablegraph[remote]
    is installed and fsspec's driver of that kind, as s3fs; on the web it is one file. URLs are
    always built in parts. Settings are sought beside the first source that is a path.

    \b
    Example:
      cablegraph build seeds -o output --fail-on warning
    """
    from cablegraph.commands.build_parts import build_in_parts, is_large
    from cablegraph.partitions.build import Where
    from cablegraph.partitions.engines import count_processors
    from cablegraph.partitions.task import Order
    from cablegraph.partitions.whole import build_whole
    from cablegraph.validation.report import conforms

    chosen = sources or (_SEEDS,)
    if not sources and not _SEEDS.exists():
        raise click.UsageError(f"There is no folder {_SEEDS} here: name a SOURCE.", ctx)
    if engine is None and workers is not None:
        engine = "processes" if workers > 1 else "serial"
    paths = tuple(source for source in chosen if isinstance(source, Path))
    if layout == "whole" and len(paths) < len(chosen):
        raise click.UsageError("A URL is built in parts: leave out --layout whole.", ctx)
    in_parts = layout == "parts" or len(paths) < len(chosen)
    in_parts = in_parts or (layout == "auto" and is_large(paths))
    if rdf12 and not in_parts:
        raise click.UsageError("--rdf12 needs --layout parts; else use cablegraph convert.", ctx)
    forms = (*forms, "rdf12") if rdf12 else forms
    order = Order(str(output), str(config) if config else None, validator, forms)
    if check:
        ctx.exit(_check(chosen, paths, order, in_parts=in_parts, as_json=as_json))
    with Bar(wanted=not (as_json or quiet)) as bar:
        if in_parts:
            where = Where(engine, workers, scheduler)
            code = build_in_parts(
                chosen, order, where, bar, fail_on,
                with_hash=with_hash, as_json=as_json, quiet=quiet,
            )  # fmt: skip
            ctx.exit(code)
        many = count_processors() if engine == "processes" else 1
        built = build_whole(paths, order, workers=workers or many, progress=bar)
    good = conforms(built.findings, fail_on)
    if as_json:
        click.echo(_to_json(built, output, good=good and not built.faults))
    else:
        print_faults(built.faults)
        for line in _to_lines(built, fail_on, quiet=quiet):
            click.echo(line)
    ctx.exit(0 if good and not built.faults else 1)


def _check(
    sources: tuple[Path | Remote, ...],
    paths: tuple[Path, ...],
    order: Order,
    *,
    in_parts: bool,
    as_json: bool,
) -> int:
    from cablegraph.commands.build_parts import print_reasons
    from cablegraph.partitions.build import foresee_parts
    from cablegraph.partitions.whole import explain_whole

    found, missing = (
        foresee_parts(sources, order) if in_parts else (explain_whole(paths, order), [])
    )
    print_faults(missing)
    return max(print_reasons(found, as_json=as_json), 1 if missing else 0)


def _to_lines(built: Built, fail_on: FailOn, *, quiet: bool) -> Iterator[str]:
    from cablegraph.validation.report import conforms, to_line

    for finding in built.findings:
        if not quiet or not conforms([finding], fail_on):
            yield to_line(finding)
    if not quiet:
        yield from _summary(built)


def _summary(built: Built) -> Iterator[str]:
    from cablegraph.validation.report import summarise

    decided = f" ({built.decided} decided by an editor)" if built.decided else ""
    yield (
        f"{_count(built.documents, 'document')}, {_count(built.claims, 'claim')}{decided}, "
        f"{_count(built.statements, 'statement')}"
    )
    if built.statements_decided:
        yield (
            f"from rules: {_count(built.claims - built.added, 'claim')}, "
            f"{_count(built.statements - built.statements_decided, 'statement')}; from "
            f"decisions: {_count(built.added, 'claim')} added, {built.decided - built.added} "
            f"changed, {_count(built.statements_decided, 'statement')}"
        )
    entities = [f"{name} {number}" for name, number in built.entities.items() if number]
    if entities:
        yield ", ".join(entities)
    unread = f"; {_count(len(built.faults), 'fault')} in the sources" if built.faults else ""
    yield summarise(built.findings) + unread
    if not built.files:
        yield "nothing was written; what was there before is unchanged"
    yield from _places(built.files)


def _places(files: Iterable[Path]) -> Iterator[str]:
    """Say where the files are: each folder with its files, or with their number."""
    for folder, inside in groupby(files, key=lambda path: path.parent):
        names = [path.name for path in inside]
        listed = ", ".join(names) if len(names) <= _FEW else f"{len(names)} files"
        yield f"{folder}: {listed}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _to_json(built: Built, output: Path, *, good: bool) -> str:
    import msgspec

    report = {
        "ok": good,
        "output": str(output),
        "documents": built.documents,
        "claims": built.claims,
        "decided": built.decided,
        "added": built.added,
        "statements": built.statements,
        "statements_decided": built.statements_decided,
        "entities": built.entities,
        "findings": built.findings,
        "faults": [_fault(fault) for fault in built.faults],
        "files": [str(path) for path in built.files],
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode("utf-8")


def _fault(fault: CablegraphError) -> dict[str, str]:
    return {
        "class": type(fault).__name__,
        "where": fault.where,
        "problem": fault.problem,
        "remedy": fault.remedy,
    }
