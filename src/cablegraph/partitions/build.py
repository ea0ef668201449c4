"""Build a corpus in parts: find out what changed, make that, and put together what is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from cablegraph.errors import CablegraphError, on_one_line
from cablegraph.partitions.crew import Crew
from cablegraph.partitions.digest import ensure_hash
from cablegraph.partitions.engines import Engine, count_processors, hire
from cablegraph.partitions.files import refusing, remove
from cablegraph.partitions.plan import (
    MANIFEST,
    UNREAD,
    Plan,
    Reason,
    absolute_order,
    explain,
    make_plan,
    shard_of_file,
)
from cablegraph.partitions.series import said_of
from cablegraph.partitions.state import Double, State
from cablegraph.partitions.store import open_database, state_folder
from cablegraph.partitions.summary import Fault, Summary
from cablegraph.partitions.task import Order, Task
from cablegraph.records.claims import Finding
from cablegraph.sources.remote import RETRIED, Remote

Progress = Callable[[int, int, str], None]
#: Findings that are printed; all of them are in the reports.
_SHOWN = 100
#: Bytes that take about as long to read as other processes take to start, on two processors.
_MUCH = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Where:
    """Where buckets are made: the engine, its number of workers, the scheduler of Dask.

    Shape: where no engine is said, other processes make them if there is much to make; where no
        number of workers is said, there are as many as processors.
    """

    engine: Engine | None = "serial"
    workers: int | None = None
    scheduler: str | None = None

    def suited(self, plan: Plan) -> Where:
        """Return where the buckets of a plan are made: here, if to start others takes longer."""
        if self.engine in ("serial", "dask"):
            return self
        if len(plan.todo) < 2 or (self.engine is None and plan.size < _MUCH):
            return Where()
        if self.engine is None:
            return Where("processes", min(self.workers or count_processors(), len(plan.todo)))
        return self


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document that was not built, as it is printed."""

    kind: str
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return on_one_line(f"{self.where}: {self.kind}: {self.problem}; {self.remedy}")


@dataclass(frozen=True, slots=True)
class PartsBuilt:
    """What a build in parts made and found.

    Shape: ``made`` and ``kept`` count buckets; ``codes`` counts findings by severity and code;
        ``findings`` are the worst of them.
    """

    counts: dict[str, int]
    codes: dict[str, int]
    entities: dict[str, int]
    faults: tuple[Trouble, ...]
    findings: tuple[Finding, ...]
    files: int
    made: int
    kept: int
    missing: tuple[CablegraphError, ...] = ()


def build_parts(
    sources: Sequence[Path | Remote],
    order: Order,
    *,
    where: Where = Where(),
    progress: Progress | None = None,
    with_hash: bool = False,
) -> PartsBuilt:
    """Bring the parts of the output of *order* up to date with the sources.

    Shape: what did not change is not touched; the manifest is there only while all is whole;
        *with_hash* has it say the hash of the graph.
    Raises:
        CablegraphError: if settings, authority file or ledger can't be read, or the output or the
            state beside it can't be written.
        Faults: if URLs are named and there is nothing that can be read.
    """
    order = absolute_order(_with_engine(order), sources)
    with open_database(state_folder(Path(order.output))) as db:
        state = State(db)
        with ExitStack() as hired:
            crew = hired.enter_context(_hire(where, order))
            if not state.get("finished"):
                crew.start(order.config)
            plan = make_plan(sources, order, state)
            if (suited := where.suited(plan)) != where:
                crew = hired.enter_context(_hire(suited, order))
            made = 0 if plan.is_idle else _bring_up_to_date(plan, crew, progress)
        if not made:
            plan.inventory.is_built()
        if with_hash:
            ensure_hash(Path(order.output), state)
        return _built(plan, made)


def explain_parts(sources: Sequence[Path | Remote], order: Order) -> list[Reason]:
    """Return what a build would make, and why; nothing at all is written."""
    return foresee_parts(sources, order)[0]


def foresee_parts(
    sources: Sequence[Path | Remote], order: Order
) -> tuple[list[Reason], list[CablegraphError]]:
    """Return what a build would make, and why, and the sources that it could not look into."""
    order = absolute_order(_with_engine(order), sources)
    with open_database(state_folder(Path(order.output)), look_only=True) as db:
        plan = make_plan(sources, order, State(db), remember=False)
        return explain(plan), plan.missing


def _with_engine(order: Order) -> Order:
    """Choose the engine of SHACL once, so that every worker takes the same."""
    from cablegraph.validation.shacl import choose_engine

    return replace(order, validator=choose_engine(order.validator))


def _hire(where: Where, order: Order) -> AbstractContextManager[Crew]:
    trace = state_folder(Path(order.output)) / "in-hand"
    engine = where.engine or "serial"
    return hire(engine, workers=where.workers, scheduler=where.scheduler, trace=trace)


def _bring_up_to_date(plan: Plan, crew: Crew, progress: Progress | None) -> int:
    """Make what has to be made, and return the number of buckets."""
    from cablegraph.partitions.finish import finish
    from cablegraph.workshop import open_workshop

    output, state = Path(plan.order.output), plan.state
    if plan.todo:
        crew.start(plan.order.config)
    shop = open_workshop(Path(plan.order.config) if plan.order.config else None)
    with refusing(output / MANIFEST):
        (output / MANIFEST).unlink(missing_ok=True)
    remove(output, plan.stale)
    _forget_lost(plan)
    for name in plan.gone:
        if name not in plan.leaving:
            remove(output, state.drop(name))
    if plan.is_other:
        state.put("finished", "")
    state.begin(plan.todo)
    state.mark(plan.waiting, UNREAD)
    tasks = (plan.task(name) for name in plan.todo)
    _make(tasks, plan, crew, lambda done, name: progress and progress(done, len(plan.todo), name))
    for name in sorted(plan.leaving):
        remove(output, state.drop(name))
    plan.moved.clear()
    again = _settle_doubles(plan, crew)
    again |= _settle_series(plan, crew)
    finish(shop, output, state, plan.order, everything=plan.is_other)
    with state.transaction():
        plan.inventory.is_built()
        state.is_settled()
        said = sorted({**plan.about, **plan.components}.items())
        state.put("components", ";".join(f"{name}={value}" for name, value in said))
        state.put("finished", plan.said)
    return len(again.union(plan.todo))


def _forget_lost(plan: Plan) -> None:
    """Let files that belong to no bucket, and are not as they were, be written again."""
    for path in plan.lost:
        plan.state.forget_file(path)
        if (shard := shard_of_file(path)) is not None:
            plan.state.make_dirty(shard)


def _make(
    tasks: Iterable[Task], plan: Plan, crew: Crew, told: Callable[[int, str], object]
) -> None:
    for done, (task, made) in enumerate(crew.run(tasks), start=1):
        _enter(task, made, plan)
        told(done, task.bucket.name)


def _enter(task: Task, made: Summary, plan: Plan) -> None:
    name = task.bucket.name
    keys = sorted({one.key for one in made.documents} & plan.decisions.keys())
    fingerprint = task.bucket.fingerprint(plan.rules_of(name, keys, said_of(made.series)))
    reading = plan.reading_of(name, keys)
    if any(fault.kind == "SourceError" and fault.remedy in RETRIED for fault in made.faults):
        fingerprint += UNREAD
    elif task.outdated:
        fingerprint, reading = fingerprint + UNREAD, ""
    plan.decided[name] = keys
    plan.torn.discard(name)
    plan.state.keep_poison(task.bucket, task.poison, plan.reading)
    remove(Path(plan.order.output), plan.state.enter(task.bucket, fingerprint, made, reading))


def _settle_doubles(plan: Plan, crew: Crew) -> set[str]:
    """Make buckets again so that, of documents with one key, the first as shown is built."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    stale: set[str] = set()
    for key, places in plan.state.doubles():
        first = places[0]
        for place in places:
            shown, bucket, _, built = place
            if (shown, bucket) != first[:2]:
                wanted.setdefault(bucket, set()).add((shown, key))
            if built != (place is first):
                stale.add(bucket)
    plan.without = {name: frozenset(found) for name, found in wanted.items()}
    _make_again(stale, plan, crew)
    return stale


def _settle_series(plan: Plan, crew: Crew) -> set[str]:
    """Make buckets again in which the series of the corpus settle other numbers than before."""
    with plan.state.transaction():
        plan.state.series.decide()
    stale = set(plan.state.series.stale())
    _make_again(stale, plan, crew)
    return stale


def _make_again(names: Iterable[str], plan: Plan, crew: Crew) -> None:
    names = sorted(names)
    plan.state.begin(names)
    tasks = (plan.task(name, plan.without.get(name, frozenset())) for name in names)
    _make(tasks, plan, crew, lambda done, name: None)


def _built(plan: Plan, made: int) -> PartsBuilt:
    totals = plan.state.totals
    return PartsBuilt(
        counts=totals.counts(),
        codes=totals.codes(),
        entities=dict(_entities(plan.state)),
        faults=tuple(_troubles(plan, totals.faults())),
        findings=tuple(_as_given(plan, totals.worst(_SHOWN))),
        files=plan.state.count_files() + 1,
        made=made,
        kept=len(plan.slots) - min(made, len(plan.slots)),
        missing=tuple(plan.missing),
    )


def _troubles(plan: Plan, faults: Iterable[Fault]) -> Iterator[Trouble]:
    """Yield what was not built, doubles too, with the paths of the files as they are now."""
    found = [*faults, *_faults_of(plan.state.doubles())]
    for one in sorted(found):
        yield Trouble(one.kind, one.where(plan.inventory.given(one.shown)), one.problem, one.remedy)


def _faults_of(doubles: Iterable[tuple[str, list[Double]]]) -> Iterator[Fault]:
    for key, places in doubles:
        for shown, _, _, _ in places[1:]:
            yield Fault(
                shown, ":1:1", "DuplicateError",
                f"the record {key} stands in {places[0][0]} already",
                "keep one file a record, or mend the link of one of them",
            )  # fmt: skip


def _as_given(plan: Plan, findings: Iterable[Finding]) -> Iterator[Finding]:
    for one in findings:
        yield msgspec.structs.replace(one, path=plan.inventory.given(one.path))


def _entities(state: State) -> Iterator[tuple[str, int]]:
    kinds = state.count_named()
    names = {"person": "persons", "org": "bodies", "group": "groups", "position": "positions",
             "place": "places", "archive": "archives"}  # fmt: skip
    for kind, name in names.items():
        if kind in kinds:
            yield name, kinds[kind]
