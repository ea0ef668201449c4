"""Make one document of a collection: read it, apply the ledger, state its claims, check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from cablegraph.authorities.decisions import decide, read_decisions
from cablegraph.authorities.match import Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.table import Authorities, read_authorities
from cablegraph.config import Settings, find_config, read_settings
from cablegraph.errors import CablegraphError, SourceError
from cablegraph.extraction.encoded.identifiers import name_reference
from cablegraph.extraction.extract import extract
from cablegraph.extraction.names import Names
from cablegraph.extraction.notices import find_notices
from cablegraph.graph.iris import Iris
from cablegraph.graph.lines import Lines
from cablegraph.graph.shared import authority_lines
from cablegraph.graph.statements import state
from cablegraph.links.external import External, read_external
from cablegraph.records.claims import Decision, Reading
from cablegraph.records.model import Record
from cablegraph.records.readers import read_documents
from cablegraph.sources.files import read_file
from cablegraph.validation.places import to_findings
from cablegraph.validation.report import sort_findings
from cablegraph.validation.results import fold
from cablegraph.validation.shacl import Validator, check_shapes
from cablegraph.validation.spans import check_spans
from cablegraph.validation.written import WrittenFacts


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be built: its path, and the name of it that files of output/ carry.

    Units: ``shown`` does not depend on where the collection lies: ``seeds/a.txt`` for a document
        of the folder seeds, ``a.txt`` for one named by itself.
    """

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Made:
    """One document as a worker gives it back."""

    source: Source
    reading: Reading
    said: Lines

    @property
    def lines(self) -> list[str]:
        """All that is stated, as sorted lines; they are written each time."""
        return self.said.sorted()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every document of a collection is read with."""

    settings: Settings
    authorities: Authorities
    matcher: Matcher
    respelled: Respelled
    decisions: tuple[Decision, ...]
    background: str  # the authority graph, as the shapes need it
    external: External
    #: From the name of a record elsewhere to the entity that it is.
    linked: Mapping[str, str] = field(default_factory=dict)

    def shown(self, path: Path | None) -> str:
        """Return how findings name a file of the collection, wherever it lies."""
        return f"{path.parent.name}/{path.name}" if path else ""

    @property
    def iris(self) -> Iris:
        """The IRIs of the collection."""
        return Iris(self.settings.base)


def open_workshop(config: Path | None, *, authorities: Path | None = None) -> Workshop:
    """Read settings, authority file and ledger; what has not changed since is not read again.

    Shape: a folder of *authorities* takes the place of the one that the settings name.
    Raises:
        CablegraphError: if one of them can't be used.
    """
    settings = read_settings(config)
    if authorities is not None:
        settings = replace(settings, authorities=authorities)
    files = [*sorted(settings.authorities.glob("*.csv")), settings.decisions, settings.links]
    stamps = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files if path
    )
    return _open_workshop(settings, stamps)


@lru_cache(maxsize=4)
def _open_workshop(settings: Settings, stamps: tuple[tuple[str, int, int], ...]) -> Workshop:
    authorities = read_authorities(settings.authorities)
    decisions = read_decisions(settings.decisions) if settings.decisions else ()
    lines = authority_lines(authorities, Iris(settings.base))
    external = read_external(settings.links, settings.authorities, authorities)
    background = "\n".join(lines)
    matcher, respelled = Matcher(authorities), Respelled(authorities)
    return Workshop(
        settings, authorities, matcher, respelled, decisions, background, external,
        _linked(external),
    )  # fmt: skip


def _linked(external: External) -> dict[str, str]:
    """Return which entity each accepted link says a record elsewhere is; ambiguous ones are out."""
    found: dict[str, set[str]] = {}
    for link in external.links.links:
        if link.decision == "accepted" and link.object:
            found.setdefault(name_reference(link.object), set()).add(link.subject)
    return {name: min(entities) for name, entities in found.items() if len(entities) == 1}


def read(path: Path, *, config: Path | None = None) -> Reading:
    """Read one document into its claims; nothing is written.

    Raises:
        SourceError: if the file can't be read, or holds several documents.
        LayoutError: if it is not a document of a known layout.
    """
    shop = open_workshop(config or find_config([path]))
    first, *others = read_documents(read_file(path))
    if isinstance(first, CablegraphError):
        raise first
    if others:
        raise SourceError(
            f"{len(others) + 1} documents in one file",
            where=f"{path}:1:1",
            remedy="read them with cablegraph.library.read_all, or build them",
        )
    return read_claims(first, Source(path, str(path)), shop)


def read_claims(record: Record, source: Source, shop: Workshop) -> Reading:
    """Extract the claims of one document, apply the ledger, add what an editor should look at."""
    names = Names(shop.authorities, shop.matcher, shop.respelled, shop.linked)
    reading = extract(record, names)
    reading = decide(reading, shop.decisions, shop.shown(shop.settings.decisions))
    notices = find_notices(reading, source.shown, f"{shop.settings.base}id/")
    return msgspec.structs.replace(reading, findings=(*reading.findings, *notices))


def read_again(made: Made, shop: Workshop) -> Reading:
    """Read a document that was read before once more, with another ledger."""
    for record in read_documents(read_file(made.source.path)):
        if isinstance(record, Record) and record.key == made.reading.key:
            return read_claims(record, made.source, shop)
    raise ValueError(f"{made.source.path} no longer holds {made.reading.key}")


def make(
    source: Source, config: Path | None, validator: Validator = "auto"
) -> Iterator[Made | CablegraphError]:
    """Read and check the documents of one file; what is wrong with one is given in its place."""
    shop = open_workshop(config)
    try:
        file = read_file(source.path)
    except SourceError as fault:
        yield fault
        return
    for record in read_documents(file):
        if isinstance(record, CablegraphError):
            yield record
        else:
            yield check(source, read_claims(record, source, shop), shop, validator)


def check(source: Source, reading: Reading, shop: Workshop, validator: Validator = "auto") -> Made:
    """Make the statements of one reading and check them by shapes and spans."""
    shown = source.shown
    said = state(reading, shop.iris, shop.settings.rights)
    facts = WrittenFacts(said)
    shapes = check_shapes(facts, background=shop.background, validator=validator)
    results = fold([*shapes, *check_spans(facts)])
    found = to_findings(results, facts, default=shown, paths={reading.source: shown})
    findings = tuple(sort_findings([*reading.findings, *found]))
    return Made(source, msgspec.structs.replace(reading, findings=findings), said)
