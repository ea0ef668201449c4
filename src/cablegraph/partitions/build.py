"""Build a corpus in parts: find out what changed, make that, and put together what is shared."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.config import find_config
from cablegraph.errors import CablegraphError
from cablegraph.partitions.buckets import Bucket, divide
from cablegraph.partitions.engines import Engine, run
from cablegraph.partitions.fingerprints import find_components, group_decisions, join
from cablegraph.partitions.finish import finish
from cablegraph.partitions.inventory import Unit, is_settled, take_inventory
from cablegraph.partitions.state import State, state_folder
from cablegraph.partitions.summary import Fault, Summary
from cablegraph.partitions.work import Task
from cablegraph.records.claims import Finding
from cablegraph.workshop import Workshop, open_workshop

Progress = Callable[[int, int, str], None]
#: Findings that are printed; all of them are in the reports.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class PartsBuilt:
    """What a build in parts made and found.

    Shape: ``made`` and ``kept`` count buckets; ``codes`` counts findings by severity and code;
        ``findings`` are the worst of them.
    """

    counts: dict[str, int]
    codes: dict[str, int]
    entities: dict[str, int]
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]
    files: int
    made: int
    kept: int
    missing: tuple[CablegraphError, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a bucket has to be made: new, changed, or what on which all documents depend."""

    bucket: str
    documents: int
    why: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    """What a build has to do."""

    shop: Workshop
    config: Path | None
    components: dict[str, str]
    units: list[Unit]
    buckets: list[Bucket]
    missing: list[CablegraphError]
    decisions: dict[str, str]
    decided: dict[str, list[str]] = field(default_factory=dict)  # by bucket, what was known
    todo: list[Bucket] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def rules(self) -> str:
        return join(self.components)

    def rules_of(self, keys: Iterable[str]) -> str:
        """Return what documents are made by, if these of them are in the ledger."""
        return self.rules + "".join(f"{key}={self.decisions[key]};" for key in sorted(keys))

    def task(self, bucket: Bucket, output: Path, state: State) -> Task:
        """Return the task of a bucket, which need not read again what did not change."""
        rules, before = state.units_of(bucket.name)
        same = rules == self.rules_of(self.decided.get(bucket.name, ()))
        kept = (one.sha256 for one in bucket.units if same and before.get(one.shown) == one.sha256)
        return Task(bucket, str(output), _text(self.config), kept=frozenset(kept))


def build_parts(
    sources: Sequence[Path],
    output: Path,
    *,
    config: Path | None = None,
    engine: Engine = "serial",
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> PartsBuilt:
    """Bring the parts of *output* up to date with the sources.

    Shape: what did not change is not touched; the manifest is there only while all is whole.
    Raises:
        CablegraphError: if settings, authority file or ledger can't be read, or *output* or the
            state beside it can't be written.
    """
    with State(state_folder(output)) as state:
        plan = _plan(sources, output, config, state)
        if plan.todo or plan.gone or state.dirty():
            (output / "MANIFEST.json").unlink(missing_ok=True)
        for name in plan.gone:
            _remove(output, state.drop(name))
        tasks = [plan.task(bucket, output, state) for bucket in plan.todo]
        _make(tasks, plan, output, state, engine, workers, scheduler, progress)
        again = _settle_doubles(plan, output, state)
        finish(plan.shop, plan.components, output, state)
        return _built(plan, state, len(plan.todo) + again)


def explain_parts(
    sources: Sequence[Path], output: Path, *, config: Path | None = None
) -> list[Reason]:
    """Return what a build would make, and why; nothing is written but the digests of files."""
    with State(state_folder(output)) as state:
        plan = _plan(sources, output, config, state)
        before = dict(
            part.split("=", 1) for part in (state.get("components") or "").split(";") if part
        )
        changed = [
            f"{name} changed"
            for name, value in sorted(plan.components.items())
            if before and before.get(name) != value
        ]
        reasons = [_reason(bucket, state, changed) for bucket in plan.todo]
        gone = [Reason(name, 0, ("its files are gone",)) for name in plan.gone]
        return [*reasons, *gone]


def _reason(bucket: Bucket, state: State, changed: list[str]) -> Reason:
    _, before = state.units_of(bucket.name)
    now = {unit.shown: unit.sha256 for unit in bucket.units}
    why = [f"{name} is new" for name in sorted(now.keys() - before.keys())]
    why += [f"{name} is gone" for name in sorted(before.keys() - now.keys())]
    both = sorted(now.keys() & before.keys())
    why += [f"{name} changed" for name in both if now[name] != before[name]]
    return Reason(bucket.name, len(now), tuple(why or changed or ["a decision changed"]))


def _plan(sources: Sequence[Path], output: Path, config: Path | None, state: State) -> _Plan:
    config = config or find_config(sources)
    shop = open_workshop(config)
    known = state.known_files()
    units, missing = take_inventory(sources, known)
    now = time.time_ns()
    fresh = [
        unit for unit in units
        if known.get(unit.path) != (unit.stamp, unit.sha256) and is_settled(unit, now)
    ]  # fmt: skip
    gone = known.keys() - {unit.path for unit in units}
    if fresh or gone:
        state.keep_files(fresh, gone)
    plan = _Plan(
        shop, config, find_components(shop, "parts"), units, divide(units), list(missing),
        group_decisions(shop.decisions),
    )  # fmt: skip
    made = state.fingerprints()
    plan.decided = state.buckets_of(plan.decisions)
    present = {path.name for path in (output / "graph").glob("part-*.nq.zst")}
    for bucket in plan.buckets:
        there = f"part-{bucket.name}.nq.zst" in present or bucket.lanes > 1
        expected = bucket.fingerprint(plan.rules_of(plan.decided.get(bucket.name, ())))
        if made.get(bucket.name) != expected or not (there or _is_empty(state, bucket.name)):
            plan.todo.append(bucket)
    wanted = {bucket.name for bucket in plan.buckets}
    plan.gone = sorted(name for name in made if name not in wanted and not name.startswith("@"))
    return plan


def _is_empty(state: State, name: str) -> bool:
    summary = state.summary(name)
    return summary is not None and not summary.documents


def _make(
    tasks: Sequence[Task], plan: _Plan, output: Path, state: State, engine: Engine,
    workers: int, scheduler: str | None, progress: Progress | None,
) -> None:  # fmt: skip
    for done, (task, made) in enumerate(
        run(tasks, engine, workers=workers, scheduler=scheduler), start=1
    ):
        _enter(task, made, plan, output, state)
        if progress:
            progress(done, len(tasks), task.bucket.name)


def _enter(task: Task, made: Summary, plan: _Plan, output: Path, state: State) -> None:
    keys = {one.key for one in (*made.documents, *made.doubles)} & plan.decisions.keys()
    rules = plan.rules_of(keys)
    fingerprint = task.bucket.fingerprint(rules)
    _remove(output, state.enter(task.bucket, fingerprint, made, rules))


def _settle_doubles(plan: _Plan, output: Path, state: State) -> int:
    """Make buckets again so that of several files with one key the first, as shown, is built."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    stale: set[str] = set()
    for key, places in state.doubles():
        for number, (shown, bucket, built) in enumerate(places):
            if number:
                wanted.setdefault(bucket, set()).add((shown, key))
            if built != (number == 0):
                stale.add(bucket)
    by_name = {bucket.name: bucket for bucket in plan.buckets}
    tasks = [
        Task(by_name[name], str(output), _text(plan.config), frozenset(wanted.get(name, ())))
        for name in sorted(stale)
    ]
    _make(tasks, plan, output, state, "serial", 1, None, None)
    return len(tasks)


def _remove(output: Path, files: Iterable[str]) -> None:
    for name in files:
        (output / name).unlink(missing_ok=True)


def _text(path: Path | None) -> str | None:
    return str(path) if path else None


def _built(plan: _Plan, state: State, made: int) -> PartsBuilt:
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    faults: list[Fault] = []
    findings: list[Finding] = []
    files = 0
    for summary in state.summaries():
        counts.update(summary.counts)
        codes.update(summary.codes)
        faults += summary.faults
        findings += summary.findings
        files += len(summary.files)
    order = {"violation": 0, "warning": 1, "info": 2}
    findings.sort(key=lambda one: (order[one.severity], one))
    return PartsBuilt(
        counts=dict(sorted(counts.items())),
        codes=dict(sorted(codes.items())),
        entities=dict(_entities(state)),
        faults=tuple(sorted(faults, key=lambda one: (one.where, one))),
        findings=tuple(findings[:_SHOWN]),
        files=files + len(state.written()) + 1,
        made=made,
        kept=len(plan.buckets) - min(made, len(plan.buckets)),
        missing=tuple(plan.missing),
    )


def _entities(state: State) -> Iterator[tuple[str, int]]:
    kinds = Counter(term.partition("/id/")[2].partition("/")[0] for term in state.named())
    names = {"person": "persons", "org": "bodies", "group": "groups", "position": "positions",
             "place": "places", "archive": "archives"}  # fmt: skip
    for kind, name in names.items():
        if kinds[kind]:
            yield name, kinds[kind]
