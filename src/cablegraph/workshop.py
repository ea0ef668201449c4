"""Make one document of a collection: read it, apply the ledger, state its claims, check them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from cablegraph.authorities.decisions import decide, read_decisions
from cablegraph.authorities.match import Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.table import Authorities, read_authorities
from cablegraph.config import Settings, find_config, read_settings
from cablegraph.errors import CablegraphError
from cablegraph.extraction.extract import extract
from cablegraph.extraction.names import Names
from cablegraph.extraction.notices import find_notices
from cablegraph.graph.iris import Iris
from cablegraph.graph.shared import authority_lines
from cablegraph.graph.statements import to_lines
from cablegraph.links.external import External, read_external
from cablegraph.records.claims import Decision, Reading
from cablegraph.records.read import read_document
from cablegraph.validation.facts import Facts
from cablegraph.validation.places import to_findings
from cablegraph.validation.report import sort_findings
from cablegraph.validation.results import fold
from cablegraph.validation.shacl import check_shapes
from cablegraph.validation.spans import check_spans


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
    lines: list[str]


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
    return Workshop(settings, authorities, matcher, respelled, decisions, background, external)


def read(path: Path, *, config: Path | None = None) -> Reading:
    """Read one document into its claims; nothing is written.

    Raises:
        SourceError: if the file can't be read as text.
        LayoutError: if it is not a document of a known layout.
    """
    shop = open_workshop(config or find_config([path]))
    return read_claims(Source(path, str(path)), shop)


def read_claims(source: Source, shop: Workshop) -> Reading:
    """Read one document, apply the ledger, and add what an editor should look at.

    Raises:
        CablegraphError: if it can't be read as text, or is no document.
    """
    names = Names(shop.authorities, shop.matcher, shop.respelled)
    reading = extract(read_document(source.path), names)
    reading = decide(reading, shop.decisions, shop.shown(shop.settings.decisions))
    notices = find_notices(reading, source.shown, f"{shop.settings.base}id/")
    return msgspec.structs.replace(reading, findings=(*reading.findings, *notices))


def make(source: Source, config: Path | None) -> Made | CablegraphError:
    """Read and check one document; what is wrong with it is given back, not raised."""
    shop = open_workshop(config)
    try:
        reading = read_claims(source, shop)
    except CablegraphError as fault:
        return fault
    return check(source, reading, shop)


def check(source: Source, reading: Reading, shop: Workshop) -> Made:
    """Make the statements of one reading and check them by shapes and spans."""
    shown = source.shown
    lines = to_lines(reading, shop.iris, shop.settings.rights)
    text = "\n".join(lines)
    facts = Facts(text)
    results = fold([*check_shapes(text, background=shop.background), *check_spans(facts)])
    found = to_findings(results, facts, default=shown, paths={reading.source: shown})
    findings = tuple(sort_findings([*reading.findings, *found]))
    return Made(source, msgspec.structs.replace(reading, findings=findings), lines)
