"""A dataset put into a store graph by graph, each read back before the next, the old ones last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from cablegraph.errors import CablegraphError, ServiceError
from cablegraph.loading.client import GoneError
from cablegraph.loading.comparison import Comparison, Expected, parse_triples
from cablegraph.loading.graphs import Graphs, find_prefix
from cablegraph.loading.journal import Journal, Seen
from cablegraph.loading.store import Store

if TYPE_CHECKING:
    import pyoxigraph

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


@dataclass(frozen=True, slots=True)
class Loader:
    """Brings the graphs of a dataset into a store."""

    graphs: Graphs
    store: Store
    journal: Journal
    notes: tuple[str, ...] = ()  # for the user, before anything is sent

    def plan(self, wish: Wish) -> list[Done]:
        """Return what a run would do; the store is only read."""
        planned = [self._plan_one(name, wish) for name in wish.names]
        old = [] if wish.verify_only else self._find_old(wish)
        return planned + [Done(name, "drop", self.store.count(name)) for name in old]

    def run(self, wish: Wish, progress: Progress) -> Outcome:
        """Load what is not yet there, verify it, and at last drop what is of the old version.

        Shape: a fault of one graph does not stop the others, but nothing is dropped then; a store
            that is gone ends the run.
        """
        outcome = Outcome()
        try:
            for number, name in enumerate(wish.names, start=1):
                self._treat(name, wish, outcome)
                progress(number, len(wish.names), name)
            if not outcome.faults and not wish.verify_only:
                self._drop_old(wish, outcome)
        except GoneError as error:
            outcome.faults.append(_plain(error, len(outcome.done), len(wish.names)))
        return outcome

    def _plan_one(self, name: str, wish: Wish) -> Done:
        expected = self._expect(name)
        action = self._choose(name, expected, wish)
        return Done(name, action, len(expected.digests), expected.hash)

    def _choose(self, name: str, expected: Expected, wish: Wish) -> Action:
        if wish.verify_only:
            return "verify"
        if not self._is_known(name, expected):
            return "load"
        return "verify" if wish.verify_all else "keep"

    def _treat(self, name: str, wish: Wish, outcome: Outcome) -> None:
        expected = self._expect(name)
        try:
            done, found = self._bring(name, expected, wish)
        except GoneError:
            raise
        except ServiceError as fault:
            outcome.faults.append(_about(name, fault))
            return
        if found:
            outcome.rewritten.update(found.rewritten)
        outcome.done.append(done)

    def _bring(self, name: str, expected: Expected, wish: Wish) -> tuple[Done, Comparison | None]:
        """Put a graph where it is not known to be there; return what was found of it."""
        action = self._choose(name, expected, wish)
        done = Done(name, action, len(expected.digests), expected.hash)
        if action == "keep":
            return done, None
        said = ""
        if action == "verify":
            found = self._compare(name, expected)
            if found.is_same:
                self._note(name, found)
                return done, found
            self.journal.note_gone(name)
            if wish.verify_only:
                raise self._differs(name, found, said)
        said = self._put(name)
        found = self._compare(name, expected)
        if not found.is_same:
            raise self._differs(name, found, f", though the store answered {said}")
        self._note(name, found)
        return replace(done, action="load"), found

    def _put(self, name: str) -> str:
        # From here on nobody knows what is there, until it is read back.
        self.journal.note_gone(name)
        profile = self.store.profile
        size = profile.statements if self.store.via == "gsp" else profile.inserts
        return self.store.put(name, self.graphs.chunks(name, size))

    def _note(self, name: str, found: Comparison) -> None:
        self.journal.note_verified(name, Seen(found.held, found.found_hash))

    def _expect(self, name: str) -> Expected:
        return Expected(self._read(name), self.store.profile.rewrites)

    def _read(self, name: str) -> Iterator[pyoxigraph.Triple]:
        return parse_triples(self.graphs.read(name), "application/n-triples", name)

    def _is_known(self, name: str, expected: Expected) -> bool:
        """Whether the graph was verified as it is, and the store still has as many statements."""
        seen = self.journal.seen.get(name)
        if seen is None or seen.hash != expected.hash:
            return False
        return self.store.count(name) == seen.statements

    def _compare(self, name: str, expected: Expected) -> Comparison:
        return expected.compare(self.store.fetch(name), self._read(name))

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
            self.journal.note_gone(name)
            outcome.done.append(Done(name, "drop", statements))

    def _differs(self, name: str, found: Comparison, said: str) -> ServiceError:
        remedy = "see the store's log; then the same command loads what is not verified"
        if self.store.via == "gsp" and not found.held:
            remedy = "see that --to is right, or try --via update"
        return ServiceError(f"{name} {found.describe()}{said}", where=self._place(), remedy=remedy)

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
