"""``cablegraph load``: the written graph into a triple store, verified."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cablegraph.commands.options import AS_JSON
from cablegraph.commands.reporting import print_faults
from cablegraph.commands.terminal import Bar
from cablegraph.errors import CablegraphError, ConfigError

if TYPE_CHECKING:
    from cablegraph.loading.load import Action, Done, Outcome
    from cablegraph.loading.stores import Profile

#: The kinds of stores.toml, which costs too much to read for --help.
STORES = (
    "oxigraph", "virtuoso", "fuseki", "graphdb", "rdf4j", "blazegraph", "qlever", "generic"
)  # fmt: skip
#: Graphs that the report still names one by one.
_FEW = 20
_VERBS: dict[Action, str] = {
    "load": "loaded and verified",
    "verify": "verified",
    "keep": "kept as verified before",
    "drop": "dropped",
}
_PLANS: dict[Action, str] = {
    "load": "to be loaded",
    "verify": "to be verified",
    "keep": "to be kept as verified before",
    "drop": "to be dropped",
}


@dataclass(frozen=True, slots=True)
class _Options:
    data: Path
    to: str
    store: str | None
    via: Literal["gsp", "update"] | None
    query_at: str
    update_at: str
    graphs_at: str
    only: tuple[str, ...]
    keep_old: bool
    verify_all: bool
    verify_only: bool
    dry_run: bool
    rate: float
    timeout: float
    connections: int
    journal: Path | None
    bulk: Path | None
    dump: Path | None
    as_json: bool


@click.command()
@click.argument("data", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--to", default="", metavar="URL", help="The store: its base or any of its addresses."
)
@click.option("--store", type=click.Choice(STORES), help="Its kind; else it is asked.")
@click.option(
    "--via",
    type=click.Choice(["gsp", "update"]),
    help="Graph Store Protocol or SPARQL Update; else what the store has, the first before.",
)
@click.option("--query-at", default="", metavar="URL", help="Where it takes queries, if elsewhere.")
@click.option("--update-at", default="", metavar="URL", help="Where it takes updates.")
@click.option("--graphs-at", default="", metavar="URL", help="Where it takes graphs.")
@click.option("--only", multiple=True, metavar="GRAPH", help="A graph, as in telegram/KEY.")
@click.option("--keep-old", is_flag=True, help="Drop no graph that is no longer in the data.")
@click.option("--verify-all", is_flag=True, help="Read back also what was verified before.")
@click.option("--verify-only", is_flag=True, help="Read back everything and change nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--rate",
    type=click.FloatRange(0, 10_000),
    default=0.0,
    help="The most requests a second; 0 is no limit.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 86_400),
    default=300.0,
    show_default=True,
    help="The most seconds for one answer.",
)
@click.option(
    "--connections",
    type=click.IntRange(1, 32),
    default=4,
    show_default=True,
    help="The most requests at once that read.",
)
@click.option(
    "--journal",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file where it is kept how far a load came.",
)
@click.option(
    "--bulk",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write files for the store's own loader here, and print its commands.",
)
@click.option(
    "--dump",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Compare with what a store wrote out as N-Quads; no network is used.",
)
@AS_JSON
def load(**options: object) -> None:
    """Load DATA, an output folder or a file of N-Quads, into the triple store at --to.

    Each named graph is replaced, then counted and read back, and compared with what was sent; one
    that the store holds already, and is found the same, is not sent.
    When all are verified, graphs of the same base that are no longer in DATA are dropped; no
    other graph is touched. After a stop the same command goes on where it was: graphs that were
    verified and are unchanged stay. Name and password come from CABLEGRAPH_STORE_USER and
    CABLEGRAPH_STORE_PASSWORD, a token from CABLEGRAPH_STORE_TOKEN, or both from netrc. The exit
    code is 1 if a graph is not in the store as it should be.

    \b
    Example:
      cablegraph load output --to http://localhost:7878/
      cablegraph load output --to http://localhost:8890/sparql --dry-run
      cablegraph load output --bulk bulk --store qlever
    """
    ctx = click.get_current_context()
    chosen = _Options(**options)  # type: ignore[arg-type]
    if sum(map(bool, (chosen.to and not chosen.bulk, chosen.bulk, chosen.dump))) != 1:
        raise click.UsageError("Give --to URL, --bulk FOLDER or --dump FILE.", ctx)
    if chosen.bulk:
        _write_bulk(chosen, ctx)
        return
    outcome = _compare_dump(chosen) if chosen.dump else _load(chosen)
    _report(chosen, outcome)
    ctx.exit(1 if outcome.faults else 0)


def _load(chosen: _Options) -> Outcome:
    try:
        from cablegraph.loading.session import Target, open_loader
    except ModuleNotFoundError as cause:
        raise ConfigError(
            f"the package {cause.name} is not installed",
            where="load:1:1",
            remedy="pip install 'cablegraph[load]'",
        ) from cause
    from cablegraph.loading.graphs import choose
    from cablegraph.loading.load import Outcome, Wish

    target = Target(
        chosen.to, chosen.store, chosen.via, chosen.query_at, chosen.update_at, chosen.graphs_at,
        chosen.rate, chosen.timeout, chosen.connections,
    )  # fmt: skip
    with open_loader(chosen.data, target, os.environ, chosen.journal) as loader:
        if not chosen.as_json:
            for note in loader.notes:
                click.echo(note, err=True)
        names = choose(loader.graphs.names, chosen.only, where=str(chosen.data))
        wish = Wish(
            names, not chosen.only, chosen.keep_old, chosen.verify_all, chosen.verify_only
        )  # fmt: skip
        if chosen.dry_run:
            return Outcome(loader.plan(wish))
        with Bar(wanted=not chosen.as_json) as bar:
            return loader.run(wish, bar)


def _compare_dump(chosen: _Options) -> Outcome:
    from cablegraph.loading.dump import compare_dump

    if chosen.dump is None:
        raise RuntimeError("called without a dump")
    return compare_dump(chosen.data, chosen.dump, chosen.store or "generic", chosen.only)


def _write_bulk(chosen: _Options, ctx: click.Context) -> None:
    from cablegraph.loading.bulk import check_folder, write_bulk
    from cablegraph.loading.stores import find_profiles
    from cablegraph.serialise.canonical import read_lines

    if not chosen.store or chosen.bulk is None:
        raise click.UsageError("Name the kind of the store with --store.", ctx)
    profile: Profile = find_profiles()[chosen.store]
    folder = check_folder(chosen.bulk, chosen.data)
    commands = write_bulk(read_lines(chosen.data), profile, folder, url=chosen.to or "URL")
    click.echo(f"# {profile.title}" + (f"; {profile.note}" if profile.note else ""))
    click.echo("# into an empty store: a bulk loader adds and never replaces")
    for command in commands:
        click.echo(command)


def _report(chosen: _Options, outcome: Outcome) -> None:
    print_faults(outcome.faults)
    if chosen.as_json:
        click.echo(_to_json(outcome, planned=chosen.dry_run))
        return
    for line in _to_lines(outcome, planned=chosen.dry_run):
        click.echo(line)


def _to_lines(outcome: Outcome, *, planned: bool) -> Iterator[str]:
    verbs = _PLANS if planned else _VERBS
    for done in outcome.done if planned or len(outcome.done) <= _FEW else ():
        yield f"{verbs[done.action]}: {done.graph} ({_count(done)})"
    for name, number in sorted(outcome.rewritten.items()):
        yield f"the store keeps {name}: {number}"
    total = sum(done.statements for done in outcome.done if done.action != "drop")
    counts = [(outcome.count(action), verb) for action, verb in verbs.items()]
    listed = ", ".join(f"{number} {verb}" for number, verb in counts if number) or "none"
    yield f"graphs: {listed} ({total} statements)"
    if outcome.faults and not planned:
        yield f"{len(outcome.faults)} with faults; nothing of an older version was dropped"


def _count(done: Done) -> str:
    short = f", set hash {done.hash[:12]}" if done.hash else ""
    return f"{done.statements} statement{'' if done.statements == 1 else 's'}{short}"


def _to_json(outcome: Outcome, *, planned: bool) -> str:
    import msgspec

    report = {
        "ok": not outcome.faults,
        "planned": planned,
        "graphs": outcome.done,
        "rewritten": dict(sorted(outcome.rewritten.items())),
        "faults": [_fault(fault) for fault in outcome.faults],
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode("utf-8")


def _fault(fault: CablegraphError) -> dict[str, str]:
    return {
        "class": type(fault).__name__,
        "where": fault.where,
        "problem": fault.problem,
        "remedy": fault.remedy,
    }
