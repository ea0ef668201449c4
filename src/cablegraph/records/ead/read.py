"""Read a finding aid: EAD 2002 with its name space or without, and EAD 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.cmif.lines import Lines
from cablegraph.records.draft import Draft, make_key
from cablegraph.records.ead.codes import NONE, Code, read_code, terms
from cablegraph.records.ead.unit import (
    Repository,
    find_components,
    find_did,
    find_identifier,
    level_of,
    read_containers,
    read_dates,
    read_note,
    read_repository,
    read_title,
)
from cablegraph.records.model import Record
from cablegraph.records.stated import StatedText, StatedUnit
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import Node, XmlFile, is_xml, read_xml

_ROOT = re.compile(rb"<(?:[\w.-]+:)?ead[\s>]")
_USED = ("normal", "standarddate", "authfilenumber", "identifier", "countrycode",
         "repositorycode", "mainagencycode", "url", "href", "type", "localtype", "otherlevel",
         "level")  # fmt: skip
_LONGEST = 40  # of the title in the name of a unit without a reference


def read_ead(file: SourceFile) -> Iterator[Record | CablegraphError] | None:
    """Read the finding aid in a file; None if it holds none.

    Raises:
        SourceError: if the XML is malformed.
    """
    if not is_xml(file) or not _ROOT.search(file.data[: 1 << 16].replace(b"\0", b"")):
        return None
    return _read(read_xml(file))


def _read(xml: XmlFile) -> Iterator[Record | CablegraphError]:
    """Yield the record, then what of it can't be read."""
    for root in xml.root.walk():
        if root.name != "ead":
            continue
        archive = root.first("archdesc")
        if archive is None or find_did(archive) is None:
            yield LayoutError(
                "a finding aid without archdesc/did",
                where=xml.where(root.start),
                remedy="describe what is kept in archdesc/did",
            )
            continue
        draft = Draft(xml, make_key(xml.file.path.stem), kind="finding-aid")
        draft.begin("catalogue", "catalogue-entry")
        lines = Lines(xml, draft, _USED)
        lines.put(root)
        repository = read_repository(root, lines)
        if not repository.name:
            yield LayoutError(
                "a finding aid that names no archive",
                where=xml.where(archive.start),
                remedy="name it in archdesc/did/repository",
            )
            continue
        _state_aid(root, lines)
        reader = _Reader(lines, repository)
        reader.read(archive, _Place())
        yield draft.record()
        yield from reader.faults


def _state_aid(root: Node, lines: Lines) -> None:
    """State title and identifier of the finding aid itself."""
    for names, term in (
        (("titleproper",), "dcterms:title"),
        (("eadid", "recordid"), "dcterms:identifier"),
    ):
        node = root.first(*names)
        if node is not None and node.text:
            words = lines.of(node)
            lines.draft.state(StatedText(words=words, property=term, text=node.text))
            if term == "dcterms:title":
                lines.draft.mark("title", words[0])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit stands: reference and levels of the one above, its number among siblings."""

    code: Code = NONE  # of the nearest unit above that has a reference
    levels: tuple[str, ...] = ()  # of the unit directly above
    order: int = 1


@dataclass(slots=True)
class _Reader:
    """Reads the units of one finding aid, each with its place in the tree."""

    lines: Lines
    repository: Repository
    faults: list[LayoutError] = field(default_factory=list)
    _taken: set[tuple[str, ...]] = field(default_factory=set)

    def read(self, component: Node, place: _Place) -> None:
        """State a unit and those below it."""
        did = find_did(component)
        here = self._unit(component, did, place) if did is not None else None
        if here is None:
            self.faults.append(
                LayoutError(
                    f"a <{component.name}> without title, date or identifier",
                    where=self.lines.xml.where(component.start),
                    remedy="identify it in its did; what it holds is read under the unit above",
                )
            )
            here = place
        for order, child in enumerate(find_components(component), start=1):
            self.read(child, _Place(here.code, here.levels, order))

    def _unit(self, component: Node, did: Node, place: _Place) -> _Place | None:
        identifier = find_identifier(did)
        title, words = read_title(did, self.lines)
        if identifier is None and not title:
            return None
        level = level_of(component)
        code = self._code(identifier, level, place)
        levels = self._settle(code.levels if identifier else (), title, place)
        shown_by = self.lines.of(identifier) if identifier else ()
        dates, dated = read_dates(did, self.lines)
        containers, boxed = read_containers(did, self.lines)
        note, noted = read_note(component, self.lines)
        kept = self.repository.words if place.levels == () else ()
        self.lines.draft.state(
            StatedUnit(
                words=(*words, *shown_by, *dated, *boxed, *noted, *kept),
                levels=levels,
                coded=identifier is not None,
                parent=place.levels,
                kind=level,
                title=title,
                archive=self.repository.name,
                archive_refs=self.repository.refs,
                dates=dates,
                containers=containers,
                note=note,
                order=place.order,
            )
        )
        return _Place(code, levels)

    def _code(self, identifier: Node | None, level: str, place: _Place) -> Code:
        if identifier is None:
            return place.code
        codes = self.repository.codes
        whole = level in terms()["levels"]["whole"]
        return read_code(identifier.text, place.code, codes, whole=whole)

    def _settle(self, levels: tuple[str, ...], title: str, place: _Place) -> tuple[str, ...]:
        """Return levels that no other unit of the finding aid has.

        Shape: a unit without a reference is named by its title within the one above; where
            references begin anew in each part, the part is one of the levels.
        """
        name = make_key(title)[:_LONGEST].strip("-")
        found = levels or (*place.levels, f"part-{name}")
        if found in self._taken and levels:
            found = (*place.levels, levels[-1])
        number, first = 1, found
        while found in self._taken:
            number += 1
            found = (*first[:-1], f"{first[-1]}-{number}")
        self._taken.add(found)
        return found
