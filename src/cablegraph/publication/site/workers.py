"""The pages of one part of the documents, or of the things in one file of notes.

A worker holds what is shared and one document at a time; both jobs give the same files whichever
worker does them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cablegraph.publication.site.addresses import Addresses, page_file, root_of
from cablegraph.publication.site.data_files import write_data
from cablegraph.publication.site.document import DocumentPage, add_wordless, read_document
from cablegraph.publication.site.entries import Entry, to_entry
from cablegraph.publication.site.facts import Facts, graph_of
from cablegraph.publication.site.notes import find_day, write_notes
from cablegraph.publication.site.passages import read_passages, read_versions
from cablegraph.publication.site.render import About, Pages
from cablegraph.publication.site.schema_org import to_schema
from cablegraph.publication.site.search import find_words
from cablegraph.publication.site.spill import Note, Spill
from cablegraph.publication.site.survey import Survey, read_part
from cablegraph.publication.site.thing import StanceEntry, read_thing
from cablegraph.publication.site.told import Teller, Value

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


@dataclass(slots=True)
class Workshop:
    """What every worker needs; made once in each."""

    work: Path
    folder: Path
    known: Survey
    about: About
    pages: Pages = field(init=False)
    shared: Facts = field(init=False)
    addresses: Addresses = field(init=False)
    lines: dict[str, list[str]] = field(init=False)  # of the shared graphs, by page
    labels: dict[str, str] = field(default_factory=dict, init=False)  # of what is shared

    def __post_init__(self) -> None:
        self.pages = Pages(self.folder, self.about)
        self.addresses = Addresses(self.known.base, self.known.labels)
        with (self.work / "shared.nq").open(encoding="utf-8", newline="\n") as file:
            kept = file.readlines()
        self.shared = Facts(kept)
        self.lines = {}
        for line in kept:
            place = self.addresses.place(line.partition(" ")[0])
            if place:
                self.lines.setdefault(place[0], []).append(line)

    def write_documents(self, spill: Spill, part: int) -> tuple[list[Entry], dict[int, bytes]]:
        """Write the pages and data of one part; return what other pages need of it.

        Shape: the notes are packed, since several hundred a document pass between processes.
        """
        entries: list[Entry] = []
        packed: dict[int, bytearray] = {}
        for path, lines in read_part(self.work / f"part-{part}.nq"):
            entry, notes = self.write_document(path, lines)
            entries.append(entry)
            for number, found in spill.pack(notes).items():
                packed.setdefault(number, bytearray()).extend(found)
        return entries, {number: bytes(lines) for number, lines in packed.items()}

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
            schema=to_schema(path, teller, self.about.base_url, day),
            data=f"data/{path}",
            page=page,
            stances=_stance_entries(page, node, day),
            link=_linker(teller),
        )
        write_data(self.folder, path, lines, teller.facts, graph=graph)
        words = find_words([page.title, *(version.text for version in versions)])
        entry = to_entry(path, passages, words, teller)
        return entry, list(write_notes(path, lines, passages, teller))

    def write_things(self, spill: Spill, number: int) -> None:
        """Write the page and data of each thing whose notes lie in one file."""
        notes = spill.read(number)
        documents = set(self.known.documents)
        for path in self.known.labels:
            if spill.number(path) == number and path not in documents:
                self.write_thing(path, notes.get(path, []))

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
            schema=to_schema(path, teller, self.about.base_url, find_day(node, facts)),
            data=f"data/{path}",
            kind=kind,
            trail=[(name, teller.root + target), *self._above(path, teller)],
            page=read_thing(path, inside, notes, teller),
            link=_linker(teller),
        )
        write_data(self.folder, path, lines, facts)

    def _teller(self, facts: Facts, file: str) -> Teller:
        return Teller(facts, self.known, self.addresses, root_of(file), self.labels)

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
