"""The pages of one part of the documents, or of the things in one file of notes.

A worker holds what is shared and one document at a time; both jobs give the same files whichever
worker does them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.publication.site.addresses import Addresses, page_file, root_of
from cablegraph.publication.site.data_files import write_data
from cablegraph.publication.site.document import DocumentPage, add_wordless, read_document
from cablegraph.publication.site.entries import Entry, to_entry
from cablegraph.publication.site.facts import Facts, graph_of
from cablegraph.publication.site.fingerprint import digest
from cablegraph.publication.site.made import DocumentMade, PageMade, ThingMade, pack_notes
from cablegraph.publication.site.notes import find_day, write_notes
from cablegraph.publication.site.passages import read_passages, read_versions
from cablegraph.publication.site.render import About, Pages
from cablegraph.publication.site.schema_org import to_schema
from cablegraph.publication.site.search import find_words
from cablegraph.publication.site.spill import Note, Spill, group_notes, read_notes
from cablegraph.publication.site.staging import Staging
from cablegraph.publication.site.state import Shelf
from cablegraph.publication.site.survey import Survey, read_part
from cablegraph.publication.site.thing import StanceEntry, read_thing
from cablegraph.publication.site.told import Common, Teller, Value
from cablegraph.publication.site.watch import OWN, Watch, WatchedFacts, WatchedLabels, to_trace

#: Where the list lies that a page belongs to, by the first step of its path.
LISTS = {
    "person": ("People and bodies", "people/index.html"),
    "org": ("People and bodies", "people/index.html"),
    "group": ("People and bodies", "people/index.html"),
    "position": ("People and bodies", "people/index.html"),
    "place": ("Places", "places/index.html"),
    "archive": ("Archives", "archives/index.html"),
    "unit": ("Archives", "archives/index.html"),
    "holding": ("Archives", "archives/index.html"),
    "proposal": ("Proposals", "proposals/index.html"),
}
_OTHERS = ("Telegrams", "telegrams/index.html")


@dataclass(frozen=True, slots=True)
class Task:
    """The pages that one file of notes is for."""

    number: int
    pages: dict[str, None]  # of things, to be made
    documents: list[str]  # pages that are not made of notes; they are only kept
    renewed: frozenset[str]  # documents whose older notes count no more


@dataclass(frozen=True, slots=True)
class Order:
    """What every worker is told; it passes between processes."""

    work: Path
    target: Path  # the folder of the site
    known: Survey
    about: About
    state: Path | None  # where notes of older runs are
    same: Mapping[str, bytes]  # digests of documents whose pages need no other making


@dataclass(slots=True)
class Workshop:
    """What every worker needs; made once in each."""

    order: Order
    known: Survey = field(init=False)
    watch: Watch = field(default_factory=Watch, init=False)
    pages: Pages = field(init=False)
    shared: WatchedFacts = field(init=False)
    addresses: Addresses = field(init=False)
    common: Common = field(init=False)
    lines: dict[str, list[str]] = field(init=False)  # of the shared graphs, by page

    def __post_init__(self) -> None:
        known = self.order.known
        labels = WatchedLabels(known.labels, self.watch)
        self.known = msgspec.structs.replace(known, labels=labels)
        out = Staging(self.order.work / "site", self.order.target)
        self.pages = Pages(out, self.order.about)
        self.addresses = Addresses(known.base, labels)
        with (self.order.work / "shared.nq").open(encoding="utf-8", newline="\n") as file:
            kept = file.readlines()
        self.shared = WatchedFacts(kept, self.watch)
        self.common = Common(self.known, self.addresses, self.shared, self.watch)
        self.lines = {}
        for line in kept:
            place = self.addresses.place(line.partition(" ")[0])
            if place:
                self.lines.setdefault(place[0], []).append(line)

    def take(self, order: Order) -> None:
        """Work by another order for the same whole, of which more has been read."""
        self.order = order
        self.known.parts = order.known.parts

    def write_documents(self, part: int) -> tuple[list[DocumentMade], dict[int, bytes]]:
        """Write the pages and data of one part; return what other pages need of it.

        Shape: the notes are packed, since several hundred a document pass between processes.
        """
        spill = Spill(self.order.work, self.known.parts)
        made: list[DocumentMade] = []
        packed: dict[int, bytearray] = {}
        for path, lines in read_part(self.order.work / f"part-{part}.nq"):
            own = digest(map(str.encode, lines))
            if self.order.same.get(path) == own:
                continue
            self._begin()
            entry, notes = self.write_document(path, lines)
            left = group_notes(notes)
            leaves = {page: digest([one]) for page, one in left.items()}
            node = f"<{self.known.base}id/{path}>"
            made.append(DocumentMade(self._end(path, node), own, entry, leaves))
            for number, rows in spill.pack(path, left).items():
                packed.setdefault(number, bytearray()).extend(rows)
        return made, {number: bytes(rows) for number, rows in packed.items()}

    def _begin(self) -> None:
        self.watch.take()
        self.pages.out.take_stamps()

    def _end(self, path: str, node: str = "") -> PageMade:
        trace = to_trace(self.watch.take(), node, path if node else "")
        return PageMade(path, trace, self.pages.out.take_stamps())

    def write_document(self, path: str, lines: list[str]) -> tuple[Entry, list[Note]]:
        """Write the page and data of one document."""
        file = page_file(path)
        graph = graph_of(lines[0])
        teller = self._teller(Facts(lines, behind=self.shared, graph=graph), file)
        node = f"<{self.known.base}id/{path}>"
        versions = read_versions(node, teller)
        passages = read_passages(teller.facts, versions)
        day = find_day(node, teller.facts)
        page = read_document(path, add_wordless(path, passages, teller), teller)
        self.pages.write(
            file,
            "telegram.html",
            title=page.title,
            schema=to_schema(path, teller, self.order.about.base_url, day),
            data=f"data/{path}",
            page=page,
            stances=_stance_entries(page, node, day),
            link=_linker(teller),
        )
        write_data(self.pages.out, path, lines, teller.facts, graph=graph)
        words = find_words([page.title, *(version.text for version in versions)])
        entry = to_entry(path, passages, words, teller)
        return entry, list(write_notes(path, lines, passages, teller))

    def write_things(self, task: Task) -> Iterator[ThingMade]:
        """Write the pages of things whose notes lie in one file; yield what was made."""
        spill = Spill(self.order.work, self.known.parts).read(task.number)
        shelf = Shelf(self.order.state)
        for path in [*task.pages, *task.documents]:
            kept = shelf.find(path)
            left = {one: kept[one] for one in kept if one not in task.renewed}
            left |= spill.get(path, {})
            page = None
            if path in task.pages:
                self._begin()
                self.watch.asked.add(OWN + path)
                self.write_thing(path, read_notes(left))
                page = self._end(path)
            yield ThingMade(path, pack_notes(left), page)

    def write_thing(self, path: str, notes: list[Note]) -> None:
        """Write the page and data of a person, place, proposal or another thing."""
        file = page_file(path)
        lines = [*self.lines.get(path, ()), *(note.text for note in notes if note.kind == "line")]
        facts = Facts(dict.fromkeys(line.rstrip("\n") for line in lines), behind=self.shared)
        teller = self._teller(facts, file)
        inside = sorted({line.partition(" ")[0] for line in lines})
        kind = path.partition("/")[0]
        name, target = LISTS.get(kind, _OTHERS)
        node = f"<{self.known.base}id/{path}>"
        self.pages.write(
            file,
            "thing.html",
            title=self.known.labels[path],
            schema=to_schema(path, teller, self.order.about.base_url, find_day(node, facts)),
            data=f"data/{path}",
            kind=kind,
            trail=[(name, teller.root + target), *self._above(path, teller)],
            page=read_thing(path, inside, notes, teller),
            link=_linker(teller),
        )
        write_data(self.pages.out, path, lines, facts)

    def _teller(self, facts: Facts, file: str) -> Teller:
        return Teller(facts, self.known, self.addresses, root_of(file), self.common)

    def _above(self, path: str, teller: Teller) -> list[tuple[str, str]]:
        """Return the units and the archive that a unit or copy lies in, the archive first."""
        found = []
        seen = {path}
        here = f"<{self.known.base}id/{path}>"
        for _ in range(8):  # no archive nests deeper; a circle ends
            up = [
                *teller.facts.values(here, "rico:isOrWasIncludedIn"),
                *teller.facts.values(here, "dcterms:isPartOf"),
                *teller.facts.values(here, "rico:hasOrHadHolder"),
            ]
            above = teller.addresses.path(up[0]) if up else None
            if above is None or above in seen or above not in self.known.labels:
                break
            found.append((self.known.labels[above], teller.root + page_file(above)))
            seen.add(above)
            here = up[0]
        return found[::-1]


def _linker(teller: Teller) -> Any:
    def link(node: str) -> Value:
        return teller.value(node)

    return link


def _stance_entries(page: DocumentPage, node: str, day: str) -> list[StanceEntry]:
    return [StanceEntry(row, day, node, f"#{key}", key) for key, row in page.stances]
