"""Find out what a build in parts has to do, and why; nothing is done here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.authorities.ledger import read_decisions
from cablegraph.config import Settings, find_config, read_settings
from cablegraph.errors import CablegraphError
from cablegraph.partitions.buckets import Bucket, Slot
from cablegraph.partitions.files import list_files
from cablegraph.partitions.fingerprints import (
    WRITING,
    describe_corpus,
    find_components,
    group_decisions,
    join,
)
from cablegraph.partitions.inventory import Inventory
from cablegraph.partitions.state import State
from cablegraph.partitions.task import Order, Task

MANIFEST = "MANIFEST.json"
_SHARD = "graph/part-authorities-"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a bucket has to be made: new, changed, or what on which all documents depend."""

    bucket: str
    documents: int
    why: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What a build has to do.

    Shape: ``stale`` are files of the output that nothing made any longer; ``lost`` files that
        belong to no bucket and are not as they were written; ``torn`` buckets that an earlier
        build began and did not enter.
    """

    order: Order
    settings: Settings
    inventory: Inventory
    state: State
    components: dict[str, str]
    about: str
    decisions: dict[str, str]
    slots: dict[str, Slot] = field(default_factory=dict)
    decided: dict[str, list[str]] = field(default_factory=dict)  # by bucket, what was known
    todo: list[str] = field(default_factory=list)
    missing_files: set[str] = field(default_factory=set)  # buckets whose files are not there
    gone: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    missing: list[CablegraphError] = field(default_factory=list)
    has_manifest: bool = False

    @property
    def said(self) -> str:
        """What all parts are made by."""
        return f"{self.about};{join(self.components)}"

    @property
    def is_other(self) -> bool:
        """Whether the last build that came to its end was made by something else."""
        return self.state.get("finished") != self.said

    @property
    def unwritten(self) -> bool:
        """Whether parts that belong to no bucket, or the manifest, are still to be written."""
        return self.is_other or bool(self.state.dirty()) or not self.has_manifest

    @property
    def is_idle(self) -> bool:
        """Whether everything is as it should be."""
        return not (self.todo or self.gone or self.stale or self.lost or self.unwritten)

    def rules_of(self, bucket: str, keys: Iterable[str] | None = None) -> str:
        """Return by what a bucket is made, if these of its documents are in the ledger."""
        return self._with_decisions(join(self.components), bucket, keys)

    def reading_of(self, bucket: str, keys: Iterable[str] | None = None) -> str:
        """Return by what the documents of a bucket are read, however they are written."""
        return self._with_decisions(join(self.components, without=WRITING), bucket, keys)

    def _with_decisions(self, rules: str, bucket: str, keys: Iterable[str] | None) -> str:
        keys = self.decided.get(bucket, ()) if keys is None else keys
        return rules + "".join(f"{key}={self.decisions[key]};" for key in sorted(keys))

    def task(self, name: str, without: frozenset[tuple[str, str]] = frozenset()) -> Task:
        """Return the task of a bucket, which need not read again what did not change."""
        bucket = self.inventory.bucket(self.slots[name])
        return Task(bucket, self.order, without, kept=self._kept(bucket))

    def _kept(self, bucket: Bucket) -> dict[str, tuple[str, ...]]:
        """Return the files that were read whole, without a fault or double, with their keys."""
        rules, before = self.state.units_of(bucket.name)
        summary = self.state.summary(bucket.name)
        if bucket.name in self.torn or summary is None or rules != self.reading_of(bucket.name):
            return {}
        same = {one.shown for one in bucket.units if before.get(one.shown) == one.sha256}
        same -= {fault.shown for fault in summary.faults}
        found: dict[str, tuple[str, ...]] = {}
        for shown, key, built in self.state.documents_of(bucket.name):
            if not built:
                same.discard(shown)
            found[shown] = (*found.get(shown, ()), key)
        return {shown: keys for shown, keys in found.items() if shown in same}


def make_plan(
    sources: Sequence[Path], order: Order, state: State, *, remember: bool = True
) -> Plan:
    """Compare the corpus with what was made of it.

    Raises:
        CablegraphError: if settings or ledger can't be read.
    """
    config = Path(order.config) if order.config else None
    settings = read_settings(config)
    decisions = read_decisions(settings.decisions) if settings.decisions else ()
    components = find_components(settings, "parts", validator=order.validator, forms=order.forms)
    inventory = Inventory(state.db)
    missing = list(inventory.take(sources))
    if remember:
        inventory.remember()
    plan = Plan(
        order, settings, inventory, state, components, describe_corpus(settings),
        group_decisions(decisions), missing=list[CablegraphError](missing),
    )  # fmt: skip
    _look_at_files(plan, Path(order.output))
    _look_at_buckets(plan)
    return plan


def _look_at_files(plan: Plan, output: Path) -> None:
    """Compare the files that are there with those that were made, by name and size."""
    present = list_files(output)
    plan.has_manifest = present.pop(MANIFEST, None) is not None
    for bucket, made in plan.state.files():
        if present.pop(made.path, None) == made.size:
            continue
        if bucket:
            plan.missing_files.add(bucket)
        else:
            plan.lost.append(made.path)
    plan.stale = sorted(present)


def _look_at_buckets(plan: Plan) -> None:
    made = plan.state.fingerprints()
    plan.torn = {name for name, fingerprint in made.items() if not fingerprint}
    plan.decided = plan.state.buckets_of(plan.decisions)
    rules = join(plan.components)
    for slot in plan.inventory.slots():
        name = slot.name
        plan.slots[name] = slot
        bucket = plan.inventory.bucket(slot)
        said = plan.rules_of(name) if name in plan.decided else rules
        if made.get(name) != bucket.fingerprint(said) or name in plan.missing_files:
            plan.todo.append(name)
    plan.gone = sorted(name for name in made if name not in plan.slots and not name.startswith("@"))


def shard_of_file(path: str) -> int | None:
    """Return the shard that a file of shared lines holds."""
    if not path.startswith(_SHARD):
        return None
    return int(path[len(_SHARD) :][:2], 16)


def explain(plan: Plan) -> list[Reason]:
    """Return what the plan would make, and why."""
    before = dict(
        part.split("=", 1) for part in (plan.state.get("components") or "").split(";") if part
    )
    changed = [
        f"{name} changed"
        for name, value in sorted(plan.components.items())
        if before and before.get(name) != value
    ]
    reasons = [_reason(name, plan, changed) for name in plan.todo]
    reasons += [Reason(name, 0, ("its files are gone",)) for name in plan.gone]
    reasons += [Reason(path, 0, ("nothing made it",)) for path in plan.stale]
    reasons += [Reason(path, 0, ("it is not as it was written",)) for path in plan.lost]
    if not reasons and plan.unwritten:
        reasons.append(Reason(MANIFEST, 0, tuple(changed or ["the last build did not end"])))
    return reasons


def _reason(name: str, plan: Plan, changed: list[str]) -> Reason:
    _, before = plan.state.units_of(name)
    now = {unit.shown: unit.sha256 for unit in plan.inventory.bucket(plan.slots[name]).units}
    why = [f"{shown} is new" for shown in sorted(now.keys() - before.keys())]
    why += [f"{shown} is gone" for shown in sorted(before.keys() - now.keys())]
    both = sorted(now.keys() & before.keys())
    why += [f"{shown} changed" for shown in both if now[shown] != before[shown]]
    if name in plan.missing_files:
        why.append("files of it are missing or changed")
    elif name in plan.torn and not why:
        why.append("the last build did not end")
    return Reason(name, len(now), tuple(why or changed or ["a decision changed"]))


def absolute_order(order: Order, sources: Sequence[Path]) -> Order:
    """Return an order that a worker understands, wherever it runs."""
    config = Path(order.config) if order.config else find_config(sources)
    output = str(Path(order.output).absolute())
    return Order(output, str(config.absolute()) if config else None, order.validator, order.forms)
