"""What one component of a finding aid says: titles, dates, containers, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.records.cmif.lines import Lines
from cablegraph.records.ead.codes import terms
from cablegraph.records.ead.dates import parse_normal, parse_words
from cablegraph.records.stated import Extent
from cablegraph.sources.xml import Node

_COMPONENT = re.compile(r"c(?:0[1-9]|1[0-2])?|archdesc")
_IRI = re.compile(r"https?://\S+")
_NAMES = ("corpname", "name", "persname", "famname")


def is_component(node: Node) -> bool:
    """Tell whether an element describes a unit."""
    return _COMPONENT.fullmatch(node.name) is not None


def find_components(node: Node) -> Iterator[Node]:
    """Yield the components directly below one, whatever groups them."""
    for child in node.children:
        if is_component(child):
            yield child
        elif child.name in ("dsc", "descgrp", "thead"):
            yield from find_components(child)


def find_did(component: Node) -> Node | None:
    """Return the identification of a component, None where it has none."""
    return next((child for child in component.children if child.name == "did"), None)


def level_of(component: Node) -> str:
    """Return the level as the finding aid names it."""
    level = component.get("level") or ""
    return (component.get("otherlevel") or level) if level in ("otherlevel", "") else level


def find_identifier(did: Node) -> Node | None:
    """Return the identifier that citations use: the first that is not of another kind."""
    others = re.compile(terms()["identifiers"]["others"])
    for node in did.find("unitid"):
        kinds = (node.get(name) or "" for name in ("type", "localtype", "label", "identifier"))
        if node.text and not any(others.search(kind) for kind in kinds):
            return node
    return None


def read_title(did: Node, lines: Lines) -> tuple[str, tuple[Extent, ...]]:
    """Return the title of a unit, or its dates where it has no other, and their place."""
    for name in ("unittitle", "unitdate", "unitdatestructured", "abstract"):
        for node in did.find(name):
            if node.text:
                return node.text, lines.of(node)
    return "", ()


def read_dates(
    did: Node, lines: Lines
) -> tuple[tuple[tuple[str, str | None], ...], tuple[Extent, ...]]:
    """Return the dates of a unit, as written and as EDTF, and their places."""
    dates: list[tuple[str, str | None]] = []
    places: list[Extent] = []
    for node in did.find("unitdate", "unitdatestructured"):
        value = node.get("normal") or _structured(node)
        written = node.text or value
        if written:
            dates.append((written, parse_normal(value) if value else parse_words(written)))
            places += lines.of(node, "normal") or tuple(_parts(node, lines))
    return tuple(dates), tuple(places)


def _structured(node: Node) -> str:
    """Return a date of EAD 3 as one value."""
    single = node.first("datesingle")
    if single is not None:
        return single.get("standarddate") or ""
    ends = [node.first("fromdate"), node.first("todate")]
    values = [end.get("standarddate") or "" if end is not None else "" for end in ends]
    return "/".join(values) if any(values) else ""


def _parts(node: Node, lines: Lines) -> list[Extent]:
    return [place for part in node.walk() for place in lines.of(part, "standarddate")]


@dataclass(frozen=True, slots=True)
class Repository:
    """Who keeps the units: name, records elsewhere, codes that may stand before a reference."""

    name: str = ""
    refs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    words: tuple[Extent, ...] = ()


def read_repository(root: Node, lines: Lines) -> Repository:
    """Return the repository that a finding aid names; it may be named by its code alone."""
    did = next((node for node in root.find("archdesc")), root)
    did = find_did(did) or did
    codes = [
        (node, name)
        for node in root.walk()
        if node.name in ("eadid", "unitid", "repository", "agencycode", "maintenanceagency")
        for name in ("countrycode", "repositorycode", "mainagencycode")
        if node.get(name)
    ]
    values = tuple(dict.fromkeys(str(node.get(name)) for node, name in codes))
    agency = root.first("agencycode")
    values += (agency.text,) if agency is not None and agency.text else ()
    for node in (*did.find("repository"), *root.find("publisher", "agencyname")):
        named = next((one for one in node.find(*_NAMES) if one.text), node)
        if named.text:
            refs = (named.get(name) or "" for name in ("authfilenumber", "identifier"))
            kept = tuple(ref for ref in refs if _IRI.fullmatch(ref))
            words = lines.of(named, "authfilenumber", "identifier")
            return Repository(_first_line(named), kept, values, words)
    for node, name in codes:
        if name != "countrycode":
            place = lines.values.get((node, name))
            return Repository(str(node.get(name)), (), values, (place,) if place else ())
    return Repository(codes=values)


def _first_line(node: Node) -> str:
    """Return the name of a repository without the departments and the address below it."""
    parts = []
    for item in node.content:
        if isinstance(item, Node) and item.name in ("address", "subarea", "lb", "extref", "extptr"):
            break
        parts.append(item.text)
    return " ".join(" ".join(parts).split()) or node.text


def read_containers(
    did: Node, lines: Lines
) -> tuple[tuple[tuple[str, str], ...], tuple[Extent, ...]]:
    """Return boxes and folders by type and number, then where the unit stands in the house."""
    found: list[tuple[str, str]] = []
    places: list[Extent] = []
    for node in did.find("container", "physloc"):
        kind = "location" if node.name == "physloc" else "container"
        kind = node.get("type") or node.get("localtype") or node.get("label") or kind
        if node.text:
            found.append((kind.strip().casefold(), node.text))
            places += lines.of(node, "type", "localtype")
    return tuple(found), tuple(places)


def read_note(component: Node, lines: Lines) -> tuple[str | None, tuple[Extent, ...]]:
    """Return what a unit is said to hold, without the heading above it, and the place."""
    did = find_did(component)
    for node in (*component.children, *(did.children if did else ())):
        if node.name in ("scopecontent", "abstract") and node.text:
            parts = [child for child in node.children if child.name != "head"]
            text = " ".join(child.text for child in parts) if parts else node.text
            if node.name == "scopecontent" and text:
                return text, tuple(place for part in parts for place in lines.of(part))
            return node.text, lines.of(node)
    return None, ()
