"""Find out what a build in parts has to do, and why; nothing is done here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.authorities.ledger import read_decisions
from cablegraph.config import Settings, find_config, read_settings
from cablegraph.errors import CablegraphError, Faults
from cablegraph.partitions.buckets import Bucket, Slot, digest_of
from cablegraph.partitions.files import list_files
from cablegraph.partitions.fingerprints import (
    WRITING,
    describe_corpus,
    find_components,
    group_decisions,
    join,
)
from cablegraph.partitions.inventory import Inventory
from cablegraph.partitions.slots import Slots, Touched, go_beside
from cablegraph.partitions.state import DATASET, LIST, State
from cablegraph.partitions.task import Order, Task
from cablegraph.sources.remote import Remote

MANIFEST = "MANIFEST.json"
#: How the fingerprint of a bucket ends of which some may be read the next time.
UNREAD = " unread"
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

    Shape: ``todo`` begins with the largest bucket, ``size`` are the bytes of all of it; ``stale``
        are files of the output that nothing made any longer; ``lost`` files that belong to no
        bucket and are not as they were written; ``torn`` buckets that an earlier build began and
        did not enter; ``moved`` are files that can't be reached, of buckets that are gone, each
        with its bucket, digest and keys.
    """

    order: Order
    settings: Settings
    inventory: Inventory
    state: State
    components: dict[str, str]
    about: dict[str, str]
    decisions: dict[str, str]
    slots: Slots
    decided: dict[str, list[str]] = field(default_factory=dict)  # by bucket, what was known
    settled: dict[str, str] = field(default_factory=dict)  # by bucket, what the series say
    without: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)  # by bucket
    todo: list[str] = field(default_factory=list)
    size: int = 0
    missing_files: set[str] = field(default_factory=set)  # buckets whose files are not there
    gone: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)  # buckets of which a server kept some
    waiting: list[str] = field(default_factory=list)  # none of whose files can be reached
    moved: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)  # of those gone, what is still taken from
    missing: list[CablegraphError] = field(default_factory=list)
    has_manifest: bool = False
    plain: str = ""  # how fingerprints end if nothing is special about a bucket

    @property
    def said(self) -> str:
        """What all parts are made by."""
        return join({**self.about, **self.components})

    @property
    def reading(self) -> str:
        """By what all documents are read, however they are written."""
        return join(self.components, without=WRITING)

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

    def rules_of(
        self, bucket: str, keys: Iterable[str] | None = None, settled: str | None = None
    ) -> str:
        """Return by what a bucket is made, if these of its documents are in the ledger.

        Shape: *settled* is what the series of the corpus say of its documents.
        """
        more = self.settled.get(bucket, "") if settled is None else settled
        return self._with_decisions(join(self.components), bucket, keys) + more

    def reading_of(self, bucket: str, keys: Iterable[str] | None = None) -> str:
        """Return by what the documents of a bucket are read, however they are written."""
        return self._with_decisions(self.reading, bucket, keys)

    def _with_decisions(self, rules: str, bucket: str, keys: Iterable[str] | None) -> str:
        keys = self.decided.get(bucket, ()) if keys is None else keys
        return rules + "".join(f"{key}={self.decisions[key]};" for key in sorted(keys))

    def task(self, name: str, without: frozenset[tuple[str, str]] = frozenset()) -> Task:
        """Return the task of a bucket, which need not read again what did not change."""
        bucket = self.inventory.bucket(self.slots[name])
        rivals, settled = self.state.series.of_bucket(name)
        unseen, moved = self.unseen_of(bucket), self._moved_to(bucket)
        return Task(
            bucket, self.order, without, self.state.poison_of(bucket, self.reading),
            kept=self._kept(bucket, unseen) | {shown: keys for shown, (_, keys) in moved.items()},
            parts=(name, *sorted({part for part, _ in moved.values()})), unseen=unseen,
            outdated=bool(unseen) and self._is_outdated(name), rivals=rivals, settled=settled,
        )  # fmt: skip

    def unseen_of(self, bucket: Bucket) -> frozenset[str]:
        """Return the files of a bucket, as shown, that can't be reached now."""
        covers = self.inventory.unseen.covers
        return frozenset(one.shown for one in bucket.units if covers(one.path))

    def _is_outdated(self, name: str) -> bool:
        """Whether the files of a bucket were read by other rules than now, or half."""
        return name in self.torn or self.state.units_of(name)[0] != self.reading_of(name)

    def _moved_to(self, bucket: Bucket) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the files out of reach that came to a bucket from others: from where, and keys."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for unit in bucket.units if self.moved else ():
            part, sha256, keys = self.moved.get(unit.shown, ("", "", ()))
            if keys and sha256 == unit.sha256:
                found[unit.shown] = part, keys
        return found

    def _kept(self, bucket: Bucket, unseen: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """Return the files that were read whole, without a fault or double, with their keys.

        Shape: of those that can't be reached, also what was read by other rules.
        """
        _, before = self.state.units_of(bucket.name)
        summary = self.state.summary(bucket.name)
        if summary is None:
            return {}
        same = {one.shown for one in bucket.units if before.get(one.shown) == one.sha256}
        if self._is_outdated(bucket.name):
            same &= unseen
        same -= {fault.shown for fault in summary.faults}
        found: dict[str, tuple[str, ...]] = {}
        for shown, key, built in self.state.documents_of(bucket.name):
            if not built:
                same.discard(shown)
            found[shown] = (*found.get(shown, ()), key)
        return {shown: keys for shown, keys in found.items() if shown in same}


def make_plan(
    sources: Sequence[Path | Remote], order: Order, state: State, *, remember: bool = True
) -> Plan:
    """Compare the corpus with what was made of it.

    Raises:
        CablegraphError: if settings or ledger can't be read.
        Faults: if none of the URLs that are named can be: what was made of them stays.
    """
    config = Path(order.config) if order.config else None
    settings = read_settings(config)
    decisions = read_decisions(settings.decisions) if settings.decisions else ()
    components = find_components(settings, "parts", validator=order.validator, forms=order.forms)
    inventory = Inventory(state.db)
    missing = list(inventory.take(sources))
    if missing and inventory.is_empty and any(isinstance(one, Remote) for one in sources):
        raise Faults("nothing can be read", missing)
    if remember:
        inventory.remember()
    plan = Plan(
        order, settings, inventory, state, components, describe_corpus(settings),
        group_decisions(decisions), Slots(state.db), missing=list[CablegraphError](missing),
        plain=digest_of(join(components)),
    )  # fmt: skip
    _look_at_files(plan, Path(order.output))
    _look_at_buckets(plan)
    return plan


def _look_at_files(plan: Plan, output: Path) -> None:
    """Compare the files that are there with those that were made, by name and size."""
    made = ((one.path, (bucket, one.size)) for bucket, one in plan.state.files())
    for path, size, entered in go_beside(list_files(output), made):
        if path == MANIFEST:
            plan.has_manifest = True
        elif entered is None:
            plan.stale.append(path)
        elif size != entered[1]:
            if entered[0]:
                plan.missing_files.add(entered[0])
            else:
                plan.lost.append(path)


def _look_at_buckets(plan: Plan) -> None:
    """Compare the buckets that there should be with those that were made."""
    plan.decided = plan.state.buckets_of(plan.decisions)
    plan.settled = plan.state.series.said()
    plan.slots.add(plan.inventory.slots())
    touched = Touched(plan.inventory.touched())
    todo = []
    for name, slot, made in go_beside(plan.slots, plan.state.fingerprints()):
        if slot is None:
            plan.gone.append(name)
            continue
        if made == "":
            plan.torn.add(name)
        elif made and made.endswith(UNREAD):
            plan.unread.add(name)
        changed = touched.has(slot.low, slot.high) if not slot.large else True
        if not made or name in plan.missing_files or not _is_as_made(plan, slot, made, changed):
            if made and name not in plan.missing_files and _is_out_of_reach(plan, slot):
                plan.waiting.append(name)
            else:
                todo.append((-plan.inventory.size_of(slot), name))
    plan.todo = [name for _, name in sorted(todo)]
    plan.size = -sum(size for size, _ in todo)
    for name in plan.gone if plan.inventory.unseen else ():
        _take_from(plan, name)


def _take_from(plan: Plan, name: str) -> None:
    """Find the files of a bucket that is gone which other buckets have now, out of reach."""
    _, before = plan.state.units_of(name)
    unseen = {shown for shown in before if plan.inventory.is_unseen(shown)}
    keys: dict[str, list[str]] = {}
    for shown, key, built in plan.state.documents_of(name):
        if shown in unseen and built:
            keys.setdefault(shown, []).append(key)
    plan.moved |= {shown: (name, before[shown], tuple(own)) for shown, own in keys.items()}
    if keys:
        plan.leaving.add(name)


def _is_as_made(plan: Plan, slot: Slot, made: str, changed: bool) -> bool:
    """Tell whether a fingerprint is what it was; that of files which did not change is kept."""
    name = slot.name
    if changed:
        return made == plan.inventory.bucket(slot).fingerprint(plan.rules_of(name))
    special = name in plan.decided or name in plan.settled
    return made.endswith(digest_of(plan.rules_of(name)) if special else plan.plain)


def _is_out_of_reach(plan: Plan, slot: Slot) -> bool:
    """Tell whether a bucket has the files that it had, and none can be reached: it stays then."""
    if not plan.inventory.unseen:
        return False
    bucket = plan.inventory.bucket(slot)
    _, before = plan.state.units_of(slot.name)
    same = before == {unit.shown: unit.sha256 for unit in bucket.units}
    return same and len(plan.unseen_of(bucket)) == len(bucket.units)


def shard_of_file(path: str) -> int | None:
    """Return the shard that a file of shared lines, or the list of all documents, holds."""
    if path == LIST:
        return DATASET
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
        for name, value in sorted({**plan.about, **plan.components}.items())
        if before and before.get(name) != value
    ]
    left = {name: plan.state.units_of(name)[1] for name in plan.gone}
    moved = {shown: (name, sha) for name, before in left.items() for shown, sha in before.items()}
    reasons = [_reason(name, plan, changed, moved) for name in sorted(plan.todo)]
    reasons += [_reason_gone(name, left[name], plan) for name in plan.gone]
    reasons += [Reason(path, 0, ("nothing made it",)) for path in plan.stale]
    reasons += [Reason(path, 0, ("it is not as it was written",)) for path in plan.lost]
    if not reasons and plan.unwritten:
        reasons.append(Reason(MANIFEST, 0, tuple(changed or ["the last build did not end"])))
    return reasons


def _reason_gone(name: str, before: Mapping[str, str], plan: Plan) -> Reason:
    """Return why there is a bucket no longer: its files are gone, or others have them."""
    gone = [shown for shown in sorted(before) if not plan.inventory.has(shown)]
    if before and len(gone) == len(before):
        return Reason(name, 0, ("its files are gone",))
    return Reason(name, 0, (*(f"{one} is gone" for one in gone), "other buckets have its files"))


def _reason(
    name: str, plan: Plan, changed: list[str], moved: Mapping[str, tuple[str, str]]
) -> Reason:
    _, before = plan.state.units_of(name)
    now = {unit.shown: unit.sha256 for unit in plan.inventory.bucket(plan.slots[name]).units}
    came = {one: moved[one] for one in now.keys() & moved.keys() - before.keys()}
    before = before | {shown: sha256 for shown, (_, sha256) in came.items()}
    why = [f"{shown} is new" for shown in sorted(now.keys() - before.keys())]
    why += [f"{shown} is gone" for shown in sorted(before.keys() - now.keys())]
    both = sorted(now.keys() & before.keys())
    why += [f"{shown} changed" for shown in both if now[shown] != before[shown]]
    if came:
        why.append(f"it has files of {', '.join(sorted({part for part, _ in came.values()}))}")
    if name in plan.missing_files:
        why.append("files of it are missing or changed")
    elif name in plan.torn and not why:
        why.append("the last build did not end")
    elif name in plan.unread and not why:
        why.append("not all of its files could be read")
    return Reason(name, len(now), tuple(why or changed or ["a decision changed"]))


def absolute_order(order: Order, sources: Sequence[Path | Remote]) -> Order:
    """Return an order that a worker understands, wherever it runs; a URL has no settings."""
    here = [source for source in sources if isinstance(source, Path)]
    config = Path(order.config) if order.config else find_config(here)
    output = str(Path(order.output).absolute())
    return Order(output, str(config.absolute()) if config else None, order.validator, order.forms)
