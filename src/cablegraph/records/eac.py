"""Read an authority file of archives: EAC-CPF 1 and 2, one record a person, family or body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.cmif.lines import Lines
from cablegraph.records.draft import Draft, make_key
from cablegraph.records.ead.dates import parse_normal, parse_words
from cablegraph.records.languages import guess_language
from cablegraph.records.model import Record
from cablegraph.records.stated import Extent, StatedEntity
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import Node, XmlFile, is_xml, read_xml

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:eac-cpf|eac)[\s>]")
_USED = ("standardDate", "cpfRelationType", "valueURI", "xlink:href", "href", "value", "localType",
         "status")  # fmt: skip
_HREF = "{http://www.w3.org/1999/xlink}href"
_IRI = re.compile(r"https?://\S+")


@cache
def _terms() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("eac-terms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_eac(file: SourceFile) -> Iterator[Record | CablegraphError] | None:
    """Read the authority files in a file; None if it holds none.

    Raises:
        SourceError: if the XML is malformed.
    """
    if not is_xml(file) or not _ROOT.search(file.data[: 1 << 16].replace(b"\0", b"")):
        return None
    return _read(read_xml(file))


def _read(xml: XmlFile) -> Iterator[Record | CablegraphError]:
    roots = [node for node in xml.root.walk() if node.name in ("eac-cpf", "eac")]
    for number, root in enumerate(roots, start=1):
        stem = xml.file.path.stem
        name = _record_id(root) or str(number)
        draft = Draft(xml, make_key(stem, name) if len(roots) > 1 else make_key(stem))
        draft.kind = "agent-file"
        draft.begin("catalogue", "catalogue-entry")
        lines = Lines(xml, draft, _USED)
        lines.put(root)
        fault = _state(root, lines)
        yield fault or draft.record()


def _record_id(root: Node) -> str:
    node = root.first("recordId")
    return node.text if node is not None else ""


def _state(root: Node, lines: Lines) -> LayoutError | None:
    """State each identity that a record describes, or say why there is none."""
    stated = False
    for identity in root.find("identity"):
        kind = _kind(identity)
        names = sorted(_names(identity), key=lambda one: not one[2])
        if kind is None or not names:
            continue
        description = identity.parent.first("description") if identity.parent else None
        about = description or identity
        dates, dated = _dates(about, lines)
        places, placed = _places(about, lines)
        note, noted = _history(about, lines)
        related, shown_by = _relations(identity.parent or root, lines)
        refs, referred = _refs(root, identity, lines)
        named = [
            place
            for node, _, _, _ in names
            for part in node.children
            if part.name == "part"
            for place in lines.of(part)
        ]
        forms = [(form, language) for _, form, _, language in names]
        lines.draft.state(
            StatedEntity(
                words=(*named, *referred, *dated, *placed, *noted, *shown_by),
                kind=kind,
                refs=refs,
                names=tuple(dict.fromkeys(forms)),
                dates=dates,
                places=places,
                note=note,
                related=related,
            )
        )
        stated = True
    if stated:
        return None
    return LayoutError(
        "an authority record without a name, or of no known kind of entity",
        where=lines.xml.where(root.start),
        remedy="give entityType and nameEntry/part in cpfDescription/identity",
    )


def _kind(identity: Node) -> Any:
    node = identity.first("entityType")
    words = (node.get("value") or node.text) if node is not None else ""
    return _terms()["kinds"].get(words.casefold().replace(" ", ""))


def _names(identity: Node) -> Iterator[tuple[Node, str, bool, str]]:
    """Yield the element, the form, whether it is preferred, and the language of each name."""
    for node in identity.find("nameEntry"):
        parts = [part.text for part in node.children if part.name == "part" and part.text]
        if not parts:
            continue
        form = ", ".join(parts)
        preferred = (
            node.get("status") == "authorized"
            or node.get("preferredForm") == "true"
            or any(one.name in ("authorizedForm", "preferredForm") for one in node.children)
        )
        yield node, form, preferred, _language(node, form)


def _language(node: Node, form: str) -> str:
    code = node.get("xml:lang") or node.get("lang") or node.get("languageOfElement") or ""
    above = node.parent
    if not code and above is not None and above.name in ("nameEntryParallel", "nameEntrySet"):
        return _language(above, form)
    primary = code.casefold().partition("-")[0]
    return str(_terms()["languages"].get(primary, code)) or guess_language(form)


def _refs(root: Node, identity: Node, lines: Lines) -> tuple[tuple[str, ...], tuple[Extent, ...]]:
    """Return the records of the entity elsewhere that have an address."""
    nodes = [
        *root.find("recordId", "otherRecordId"),
        *identity.find("entityId", "identityId", "descriptiveNote"),
    ]
    found = {node.text: lines.of(node) for node in nodes if _IRI.fullmatch(node.text)}
    return tuple(found), tuple(place for places in found.values() for place in places)


def _dates(
    about: Node, lines: Lines
) -> tuple[tuple[tuple[str, str, str | None], ...], tuple[Extent, ...]]:
    """Return when the entity lived or existed, each as written and as EDTF."""
    dates: list[tuple[str, str, str | None]] = []
    places: list[Extent] = []
    for exist in about.find("existDates"):
        for node in exist.find("date", "dateRange"):
            ends = [end for end in (node.first("fromDate"), node.first("toDate")) if end]
            written = "–".join(end.text for end in ends) if ends else node.text
            values = [end.get("standardDate") or end.text for end in ends]
            value = "/".join(values) if len(ends) > 1 else node.get("standardDate") or ""
            if len(ends) == 1:
                value = f"{values[0]}/" if ends[0].name == "fromDate" else f"/{values[0]}"
            if written:
                edtf = parse_normal(value) if value else parse_words(written)
                dates.append(("existence", written, edtf))
                shown = [place for end in ends for place in lines.of(end, "standardDate")]
                places += shown or lines.of(node, "standardDate")
    return tuple(dates), tuple(places)


def _places(about: Node, lines: Lines) -> tuple[tuple[tuple[str, str], ...], tuple[Extent, ...]]:
    """Return the places of an entity with what it did there."""
    found: list[tuple[str, str]] = []
    words: list[Extent] = []
    for node in about.find("place"):
        name = node.first("placeEntry", "placeName")
        role = node.first("placeRole")
        if name is not None and name.text:
            found.append((role.text if role is not None else "", name.text))
            words += lines.of(name)
    return tuple(found), tuple(words)


def _history(about: Node, lines: Lines) -> tuple[str | None, tuple[Extent, ...]]:
    node = about.first("biogHist")
    if node is None or not node.text:
        return None, ()
    parts = [child for child in node.children if child.name not in ("head", "citation")]
    text = " ".join(child.text for child in parts if child.text)
    if not text:
        return node.text, lines.of(node)
    return text, tuple(place for part in parts for place in lines.of(part))


def _relations(
    description: Node, lines: Lines
) -> tuple[tuple[tuple[str, str, str], ...], tuple[Extent, ...]]:
    """Return the entities that the record relates this one to: kind, name, address."""
    found: list[tuple[str, str, str]] = []
    words: list[Extent] = []
    for node in description.find("cpfRelation", "relation"):
        target = node.first("relationEntry", "targetEntity")
        if target is None or not target.text or not _is_agent(target):
            continue
        kind = node.first("relationType")
        told = node.get("cpfRelationType") or (kind.text if kind is not None else "")
        parts = [part.text for part in target.find("part") if part.text]
        href = node.element.get(_HREF) or node.get("href") or target.get("valueURI") or ""
        name = ", ".join(parts) or target.text
        found.append((told.casefold(), name, href if _IRI.fullmatch(href) else ""))
        words += lines.of(target)
    return tuple(found), tuple(words)


def _is_agent(target: Node) -> bool:
    """Tell whether a relation of version 2 leads to a person, family or body."""
    kind = (target.get("targetType") or "").casefold()
    return not kind or kind in ("agent", *_terms()["kinds"])
