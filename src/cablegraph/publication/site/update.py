"""One run over a site: what must be made anew is found, made, put in place, and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from cablegraph.errors import DataError
from cablegraph.publication.site.crew import Crew, write_documents, write_things
from cablegraph.publication.site.entries import Entry
from cablegraph.publication.site.facts import Facts
from cablegraph.publication.site.made import DocumentMade
from cablegraph.publication.site.news import News, read_news
from cablegraph.publication.site.overviews import Overviews
from cablegraph.publication.site.render import About, Kept, KeptPages
from cablegraph.publication.site.spill import Spill
from cablegraph.publication.site.staging import Stamp, publish, remove, to_stamp
from cablegraph.publication.site.state import Ledger, State
from cablegraph.publication.site.survey import Survey
from cablegraph.publication.site.told import Teller
from cablegraph.publication.site.watch import (
    find_changed,
    is_touched,
    list_answers,
    pack_answers,
    unpack_answers,
)
from cablegraph.publication.site.workers import Order, Task, Workshop


@dataclass(frozen=True, slots=True)
class Made:
    """How many pages the site has, and how many were made anew."""

    documents: int
    things: int
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """What a run is asked for."""

    graph: dict[Path, Stamp]  # its files, as they were before they were read
    sources: dict[str, bytes]  # a digest of each file of the graph, by its name
    folder: Path
    work: Path
    base_url: str
    workers: int


@dataclass(slots=True)
class Left:
    """The folder of a site beside what is remembered of it."""

    pages: dict[str, dict[str, Stamp]]  # the files of each page
    damaged: set[str]  # pages of which a file is gone or was touched
    overviews: dict[str, Kept]  # those that lie as they were left
    strangers: set[str]  # files that no page or overview is known to have
    is_whole: bool  # whether nothing is missing, touched or strange

    @classmethod
    def of(cls, state: State, found: Mapping[str, Stamp]) -> Left:
        """Compare what is remembered with the files that were found."""
        pages, overviews = state.files(), state.overviews()
        damaged = {
            path
            for path, files in pages.items()
            if any(found.get(file) != stamp for file, stamp in files.items())
        }
        kept = {file: one for file, one in overviews.items() if found.get(file) == one.stamp}
        strangers = set(found).difference(*pages.values(), overviews)
        is_whole = state.is_whole and not damaged and kept == overviews and not strangers
        return cls(pages, damaged, kept, strangers, is_whole)

    def forget(self) -> None:
        """Know of no file; what lies there is compared when it is made."""
        for files in self.pages.values():
            self.strangers.update(files)
        self.strangers.update(self.overviews)
        self.pages, self.damaged, self.overviews = {}, set(), {}


class Update:
    """Brings one site up to date."""

    def __init__(self, site: Site, state: State, code: bytes, left: Left, part_size: int) -> None:
        self.site, self.state, self.code, self.left = site, state, code, left
        self.part_size = part_size
        self.ledger = Ledger(site.work / "made.sqlite")
        self.stale: set[str] = set()  # pages made already that have to be made anew
        self.renewed: set[str] = set()  # documents made anew, or gone
        self.touched: set[str] = set()  # pages for which documents leave other notes now
        self.strangers = left.strangers
        self.made = 0

    def run(self) -> Made:
        """Make what is not as it should be."""
        news, workshop, answers = self._survey()
        known = news.known
        if self.state.is_known:
            changed = find_changed(unpack_answers(self.state.meta("answers")), answers)
            traces = self.state.traces()
            self.stale = {path for path, trace in traces if is_touched(trace, changed)}
            self.stale |= self.left.damaged
        same = self._find_same(known)
        news.pull(set(known.documents) - same.keys())
        order = replace(workshop.order, state=self.state.path, same=same)
        workshop.take(order)
        gone = self._find_gone(known)
        with Crew(min(self.site.workers, known.parts), order, workshop) as crew:
            entries = self._make_documents(crew, known)
            self._make_things(crew, known)
        overviews = self._make_overviews(workshop, known, entries)
        self.ledger.close()
        self._check_graph()
        self._put_in_place(overviews)
        self.state.take_over(
            self.ledger.path,
            gone,
            meta=self._meta(order, pack_answers(answers)),
            sources=[(name, self.site.sources[name], one) for name, one in news.said.items()],
            overviews=overviews,
        )
        return Made(len(entries), len(known.labels) - len(entries), self.made)

    def _survey(self) -> tuple[News, Workshop, dict[int, int]]:
        """Read what is new; all of it, if something that every page shows is another now."""
        site = self.site
        news = read_news(list(site.graph), site.sources, self.state, site.work, self.part_size)
        about = read_about(site.work, news.known.base, site.base_url)
        order = Order(site.work, site.folder, news.known, about, None, {})
        workshop = Workshop(order)
        if self.state.is_known and any(
            self.state.meta(name) != value for name, value in self._meta(order).items()
        ):
            self.state.forget()
            self.left.forget()
            return self._survey()
        known = news.known
        answers = list_answers(
            known.base, known.labels, known.documents, workshop.shared, workshop.lines
        )
        return news, workshop, answers

    def _meta(self, order: Order, answers: bytes = b"") -> dict[str, bytes]:
        found = {
            "code": self.code,
            "url": self.site.base_url.encode(),
            "base": order.known.base.encode(),
            "about": msgspec.json.encode(order.about),
        }
        return {**found, "answers": answers} if answers else found

    def _find_same(self, known: Survey) -> dict[str, bytes]:
        """Return the digests of documents that need not be made if their lines are the same."""
        digests = self.state.digests()
        made = self.left.pages.keys() & digests.keys()
        return {
            path: digests[path]
            for path in known.documents
            if path in made and path not in self.stale
        }

    def _find_gone(self, known: Survey) -> set[str]:
        """Return the pages that are no more, and those of documents that are things now."""
        documents = set(known.documents)
        former = self.state.digests().keys() - documents
        self.renewed |= former
        for path in sorted(former):
            self.touched |= self.state.leaves(path).keys()
        self.stale |= former
        # A page that was withdrawn by a run that was ended has notes, but is none any more.
        remembered = self.left.pages.keys() | self.state.noted()
        gone = {path for path in remembered if path not in known.labels} - documents
        for path in gone:
            self.strangers.update(self.left.pages.get(path, ()))
        return gone | former

    def _make_documents(self, crew: Crew, known: Survey) -> dict[str, Entry]:
        spill = Spill(self.site.work, known.parts)
        documents = set(known.documents)
        entries = {path: entry for path, entry in self.state.entries().items() if path in documents}
        for made, notes in crew.map(write_documents, range(known.parts)):
            spill.keep(notes)
            for one in made:
                self._add_document(one)
                entries[one.page.path] = one.entry
        return entries

    def _add_document(self, made: DocumentMade) -> None:
        path = made.page.path
        before = self.state.leaves(path)
        pages = before.keys() | made.leaves.keys()
        self.touched |= {one for one in pages if before.get(one) != made.leaves.get(one)}
        self.renewed.add(path)
        self.ledger.add_document(made)
        self.strangers.difference_update(made.page.files)
        self.made += 1

    def _make_things(self, crew: Crew, known: Survey) -> None:
        spill = Spill(self.site.work, known.parts)
        documents = set(known.documents)
        made = self.left.pages.keys() - self.stale - self.touched
        pages: dict[int, list[str]] = {}
        kept: dict[int, list[str]] = {}
        for path in known.labels:
            if path not in made and path not in documents:
                pages.setdefault(spill.number(path), []).append(path)
        for path in sorted(self.touched & documents):
            kept.setdefault(spill.number(path), []).append(path)
        renewed = frozenset(self.renewed) if self.state.is_known else frozenset()
        tasks = (
            Task(number, dict.fromkeys(pages.get(number, ())), kept.get(number, []), renewed)
            for number in sorted(pages.keys() | kept.keys())
        )
        for found in crew.map(write_things, tasks):
            for one in found:
                self.ledger.add_thing(one)
                if one.page:
                    self.strangers.difference_update(one.page.files)
                    self.made += 1

    def _make_overviews(
        self, workshop: Workshop, known: Survey, entries: Mapping[str, Entry]
    ) -> dict[str, Kept]:
        workshop.pages.out.take_stamps()
        pages = KeptPages(workshop.pages.out, workshop.pages.about, self.left.overviews)
        pages.copy_assets()
        overviews = Overviews(pages, known, workshop.shared, list(entries.values()))
        overviews.write(Teller(workshop.shared, known, workshop.addresses, "../"))
        return pages.list_kept()

    def _check_graph(self) -> None:
        """See that what was read is what was counted.

        Raises:
            DataError: if a file is another now: half of the site would be of an older graph.
        """
        for path, stamp in self.site.graph.items():
            if not path.is_file() or to_stamp(path.stat()) != stamp:
                raise DataError(
                    "the graph was written while it was read",
                    where=f"{path}:1:1",
                    remedy="let the build end, then run the same command",
                )

    def _put_in_place(self, overviews: Mapping[str, Kept]) -> None:
        self.strangers |= self.state.overviews().keys()
        self.strangers -= overviews.keys()
        self.state.withdraw(self.ledger.path)
        publish(self.site.work / "site", self.site.folder)
        remove(self.site.folder, self.strangers)


def read_about(work: Path, base: str, base_url: str) -> About:
    """Return what the collection says of itself."""
    node = f"<{base}dataset>"
    with (work / "shared.nq").open(encoding="utf-8", newline="\n") as file:
        facts = Facts(line for line in file if line.startswith(f"{node} "))

    def word(name: str) -> str:
        return facts.word(node, name) or ""

    return About(
        title=word("dcterms:title") or "Cablegraph",
        description=word("dcterms:description"),
        publisher=word("dcterms:publisher"),
        licence=word("dcterms:license"),
        rights=word("dcterms:rights"),
        issued=word("dcterms:issued"),
        base_url=base_url,
    )
