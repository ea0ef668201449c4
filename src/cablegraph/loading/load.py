"""A dataset put into a store, each graph read back, those of an older version dropped at last.

Where a store takes many graphs in one request, those that it does not hold go so, the next ones on
their way while the last are read back. A graph that is not whole after that, or is to be replaced,
goes by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from cablegraph.errors import CablegraphError, ServiceError
from cablegraph.loading.client import GoneError
from cablegraph.loading.comparison import Comparison, Expected
from cablegraph.loading.graphs import Graphs, find_prefix
from cablegraph.loading.journal import Journal, Seen
from cablegraph.loading.store import Store
from cablegraph.loading.verification import Verifier

Action = Literal["load", "verify", "keep", "drop"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done.

    Shape: ``names`` are the graphs meant; with ``whole`` they are all, and others under the same
        prefix may be dropped.
    """

    names: list[str]
    whole: bool = True
    keep_old: bool = False
    verify_all: bool = False
    verify_only: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a graph, or in a plan is to be done."""

    graph: str
    action: Action
    statements: int
    hash: str = ""


@dataclass
class Outcome:
    """What a run did: graphs in order, faults beside them."""

    done: list[Done] = field(default_factory=list)
    faults: list[CablegraphError] = field(default_factory=list)
    rewritten: Counter[str] = field(default_factory=Counter)

    def count(self, action: Action) -> int:
        """Return how many graphs were treated so."""
        return sum(done.action == action for done in self.done)


@dataclass(slots=True)
class _Task:
    """A graph and what is to be done with it; ``held`` is what the store counted before."""

    name: str
    expected: Expected
    action: Action
    held: int

    def to_done(self, action: Action) -> Done:
        """Return what was done."""
        return Done(self.name, action, len(self.expected.digests), self.expected.hash)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Graphs treated together; those of ``bundle`` are on their way, if ``sent`` is not None."""

    tasks: list[_Task]
    bundle: list[_Task]
    sent: Future[None] | None


@dataclass
class Loader:
    """Brings the graphs of a dataset into a store.

    Units: ``connections`` is the most graphs read back at once.
    """

    graphs: Graphs
    store: Store
    journal: Journal
    notes: tuple[str, ...] = ()  # for the user, before anything is sent
    connections: int = 4
    _bundling: bool = field(default=True, init=False)  # until the store refuses one

    @property
    def _verifier(self) -> Verifier:
        return Verifier(self.graphs, self.store)

    def plan(self, wish: Wish) -> list[Done]:
        """Return what a run would do; the store is only read."""
        tasks = (task for names in self._part(wish.names) for task in self._prepare(names, wish))
        planned = [task.to_done(task.action) for task in tasks]
        old = [] if wish.verify_only else self._find_old(wish)
        return planned + [Done(name, "drop", self.store.count(name)) for name in old]

    def run(self, wish: Wish, progress: Progress) -> Outcome:
        """Load what is not yet there, verify it, and at last drop what is of the old version.

        Shape: a fault of one graph does not stop the others, but nothing is dropped then; a store
            that is gone ends the run.
        """
        outcome = Outcome()
        try:
            for number, name in enumerate(self._treat_all(wish, outcome), start=1):
                progress(number, len(wish.names), name)
            if not outcome.faults and not wish.verify_only:
                self._drop_old(wish, outcome)
        except GoneError as error:
            outcome.faults.append(_plain(error, len(outcome.done), len(wish.names)))
        return outcome

    def _treat_all(self, wish: Wish, outcome: Outcome) -> Iterator[str]:
        """Treat stretch after stretch, each sent before the one before it is read back."""
        with ThreadPoolExecutor(1) as sender, ThreadPoolExecutor(self.connections) as readers:
            before: _Stretch | None = None
            for names in self._part(wish.names):
                stretch = self._send(self._prepare(names, wish), sender)
                if before:
                    yield from self._finish(before, wish, outcome, readers)
                before = stretch
            if before:
                yield from self._finish(before, wish, outcome, readers)

    def _part(self, names: Iterable[str]) -> Iterator[list[str]]:
        """Yield stretches of graphs, as many as one query counts and one request brings."""
        profile = self.store.profile
        part, size = list[str](), 0
        for name in names:
            size += self.graphs.size(name)
            if part and (len(part) == profile.counted or size > profile.bundle):
                yield part
                part, size = [], self.graphs.size(name)
            part.append(name)
        if part:
            yield part

    def _prepare(self, names: list[str], wish: Wish) -> list[_Task]:
        held = self.store.count_all(names)
        found = []
        for name in names:
            expected = self._verifier.expect(name)
            found.append(
                _Task(name, expected, self._choose(name, expected, held[name], wish), held[name])
            )
        return found

    def _choose(self, name: str, expected: Expected, held: int, wish: Wish) -> Action:
        """Choose by what was verified before and is held now; what has the size may be the same."""
        seen = self.journal.seen.get(name)
        if wish.verify_only:
            return "verify"
        if seen and (seen.hash, seen.statements) == (expected.hash, held):
            return "verify" if wish.verify_all else "keep"
        return "verify" if held == len(expected.digests) else "load"

    def _send(self, tasks: list[_Task], sender: Executor) -> _Stretch:
        """Send the graphs that the store does not hold, where it takes them together."""
        if not (self._bundling and self.store.via == "gsp" and self.store.addresses.bundles):
            return _Stretch(tasks, [], None)
        most = self.store.profile.bundle
        new = [t for t in tasks if t.action == "load" and not t.held]
        bundle = [t for t in new if self.graphs.size(t.name) <= most]
        if not bundle:
            return _Stretch(tasks, [], None)
        self.journal.note_gone(task.name for task in bundle)
        quads = [self.graphs.read_quads(task.name) for task in bundle]
        return _Stretch(tasks, bundle, sender.submit(self.store.add, quads))

    def _finish(
        self, stretch: _Stretch, wish: Wish, outcome: Outcome, readers: Executor
    ) -> Iterator[str]:
        """Read back what was sent or is to be verified, and bring what is not as it should be."""
        found = self._read_back(stretch, readers)
        same = {
            name: one for name, one in found.items() if isinstance(one, Comparison) and one.is_same
        }
        self.journal.note_verified({n: Seen(one.held, one.found_hash) for n, one in same.items()})
        for task in stretch.tasks:
            if task.name in same:
                outcome.rewritten.update(same[task.name].rewritten)
            if task.name in same or task.action == "keep":
                outcome.done.append(task.to_done(task.action))
            else:
                self._bring(task, found.get(task.name), wish, outcome)
            yield task.name

    def _read_back(
        self, stretch: _Stretch, readers: Executor
    ) -> dict[str, Comparison | ServiceError]:
        counts = {task.name: task.held for task in stretch.tasks}
        wanted = {t.name: t.expected for t in stretch.tasks if t.action == "verify"}
        if stretch.sent and self._has_arrived(stretch.sent):
            counts |= self.store.count_all([task.name for task in stretch.bundle])
            wanted |= {task.name: task.expected for task in stretch.bundle}
        return dict(self._verifier.compare_all(wanted, counts, readers))

    def _has_arrived(self, sent: Future[None]) -> bool:
        """Wait for the answer; after one refusal the graphs go one by one."""
        try:
            sent.result()
        except GoneError:
            raise
        except ServiceError:
            self._bundling = False
        return self._bundling

    def _bring(
        self, task: _Task, before: Comparison | ServiceError | None, wish: Wish, outcome: Outcome
    ) -> None:
        """Put one graph, replacing what is there, and read it back."""
        self.journal.note_gone([task.name])
        try:
            if wish.verify_only and before:
                raise self._differs(task, before, "") if isinstance(before, Comparison) else before
            said = self._put(task.name)
            found = self._verifier.compare(task.name, task.expected)
            if not found.is_same:
                raise self._differs(task, found, f", though the store answered {said}")
        except GoneError:
            raise
        except ServiceError as fault:
            outcome.faults.append(_about(task.name, fault))
            return
        self.journal.note_verified({task.name: Seen(found.held, found.found_hash)})
        outcome.rewritten.update(found.rewritten)
        outcome.done.append(task.to_done("load"))

    def _put(self, name: str) -> str:
        profile = self.store.profile
        size = profile.statements if self.store.via == "gsp" else profile.inserts
        return self.store.put(name, self.graphs.chunks(name, size))

    def _find_old(self, wish: Wish) -> list[str]:
        """Return the graphs of the store that are under our prefix and no longer in the data."""
        prefix = find_prefix(self.graphs.names)
        if prefix is None or not wish.whole or wish.keep_old:
            return []
        return [n for n in self.store.find_names(prefix) if n not in set(self.graphs.names)]

    def _drop_old(self, wish: Wish, outcome: Outcome) -> None:
        try:
            old = self._find_old(wish)
        except GoneError:
            raise
        except ServiceError as fault:
            outcome.faults.append(fault)
            return
        for name in old:
            try:
                statements = self.store.count(name)
                self.store.drop(name)
            except GoneError:
                raise
            except ServiceError as fault:
                outcome.faults.append(fault)
                continue
            self.journal.note_gone([name])
            outcome.done.append(Done(name, "drop", statements))

    def _differs(self, task: _Task, found: Comparison, said: str) -> ServiceError:
        remedy = "see the store's log; then the same command loads what is not verified"
        if self.store.via == "gsp" and not found.held:
            remedy = "see that --to is right, or try --via update"
        return ServiceError(
            f"{task.name} {found.describe()}{said}", where=self._place(), remedy=remedy
        )

    def _place(self) -> str:
        addresses = self.store.addresses
        return (addresses.graphs if self.store.via == "gsp" else None) or addresses.update


def _about(name: str, fault: ServiceError) -> ServiceError:
    """Name the graph in a fault that does not."""
    if name in fault.problem:
        return fault
    return ServiceError(f"{fault.problem}, for {name}", where=fault.where, remedy=fault.remedy)


def _plain(error: GoneError, done: int, wanted: int) -> ServiceError:
    """Say how far it came; the class that is printed is the one that readers know."""
    kept = f"{min(done, wanted)} of {wanted} graphs are verified, the same command goes on there"
    return ServiceError(error.problem, where=error.where, remedy=f"{error.remedy}; {kept}")
