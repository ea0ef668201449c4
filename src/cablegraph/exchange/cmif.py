"""Write the correspondence of a graph in the Correspondence Metadata Interchange Format.

Source: the customisation of TEI by its Correspondence SIG, version 1: senders and addressees with
place and date, each with its records elsewhere; what the format has no element for, such as those
who pass a message on, stands in a note.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from cablegraph.errors import DataError
from cablegraph.exchange.letters import Collection, Letter, Named

TEI = "http://www.tei-c.org/ns/1.0"
UNKNOWN = "http://correspSearch.net/unknown"
_ELEMENTS = {"person": "persName", "org": "orgName", "place": "placeName"}
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DATING = ("when", "from", "to", "notBefore", "notAfter", "cert")


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself beyond what the collection says."""

    url: str  # where the file is to be found
    date: str
    own_pages: bool = False  # whether letters refer to the collection, not to their source


def to_cmif(letters: Iterable[Letter], collection: Collection, head: Head) -> bytes:
    """Return the file; the same letters give the same bytes.

    Raises:
        DataError: if the collection does not say what the format asks for.
    """
    _check(collection, head)
    tei = etree.Element(_tag("TEI"), nsmap={None: TEI})  # type: ignore[dict-item]  # stubs
    header = etree.SubElement(tei, _tag("teiHeader"))
    source = f"c{uuid.uuid5(uuid.NAMESPACE_URL, collection.iri)}"
    _describe(etree.SubElement(header, _tag("fileDesc")), collection, head, source)
    profile = etree.SubElement(header, _tag("profileDesc"))
    for letter in letters:
        _put_letter(profile, letter, head, source)
    body = etree.SubElement(etree.SubElement(tei, _tag("text")), _tag("body"))
    etree.SubElement(body, _tag("p"))
    etree.indent(tei)
    text: bytes = etree.tostring(tei, xml_declaration=True, encoding="UTF-8")
    return text + b"\n"


def _check(collection: Collection, head: Head) -> None:
    wanted = {
        "title": collection.title,
        "publisher": collection.publishers,
        "licence": collection.licence,
        "issued": head.date,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise DataError(
            f"the data set does not say its {', '.join(missing)}",
            where=f"{collection.iri or 'dataset'}:1:1",
            remedy="state it in cablegraph.toml and build again; --date gives a date",
        )


def _describe(file: etree._Element, collection: Collection, head: Head, source: str) -> None:
    titles = etree.SubElement(file, _tag("titleStmt"))
    _put(titles, "title", collection.title)
    for editor in collection.editors or collection.publishers:
        _put(titles, "editor", editor)
    published = etree.SubElement(file, _tag("publicationStmt"))
    for publisher in collection.publishers:
        _put(published, "publisher", publisher)
    _put(published, "idno", head.url, type="url")
    _put(published, "date", "", when=head.date)
    licence = f"This file is licensed under the terms of {collection.licence}"
    available = etree.SubElement(published, _tag("availability"))
    _put(available, "licence", licence, target=collection.licence)
    described = etree.SubElement(file, _tag("sourceDesc"))
    bibl = _put(described, "bibl", f"{collection.title}. ", type="online")
    bibl.set(_XML_ID, source)
    _put(bibl, "ref", collection.iri, target=collection.iri)


def _put_letter(profile: etree._Element, letter: Letter, head: Head, source: str) -> None:
    page = letter.iri if head.own_pages or not letter.page else letter.page
    entry = etree.SubElement(profile, _tag("correspDesc"))
    if letter.number:
        entry.set("key", letter.number)
    entry.set("ref", page)
    entry.set("source", f"#{source}")
    for kind, role, place, dates in (
        ("sent", "sender", "origin", letter.sent),
        ("received", "addressee", "destination", letter.received),
    ):
        action = etree.SubElement(entry, _tag("correspAction"), type=kind)
        nobody = [Named("person", "Unknown", (UNKNOWN,))]
        for named in letter.agents.get(role) or nobody:
            _put_named(action, named)
        for named in letter.places.get(place, []):
            _put_named(action, named)
        for date in dates:
            _put(action, "date", "", **{name: date[name] for name in _DATING if name in date})
    for text in _notes(letter):
        _put(entry, "note", text)


def _notes(letter: Letter) -> Iterator[str]:
    """Yield in words what the format has no element for."""
    passed = [named.name for named in letter.agents.get("intermediary", [])]
    if passed:
        yield f"Passed on by: {'; '.join(passed)}"


def _put_named(action: etree._Element, named: Named) -> None:
    found = {"ref": " ".join(named.refs), "cert": named.cert}
    attributes = {name: value for name, value in found.items() if value}
    _put(action, _ELEMENTS[named.kind], named.name, **attributes)


def _put(above: etree._Element, name: str, text: str, **attributes: str) -> etree._Element:
    node = etree.SubElement(above, _tag(name), attributes)
    node.text = _clean(text) or None
    return node


def _clean(text: str) -> str:
    """Leave out the control characters that XML can't hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r").replace("\ufffe", "")


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"
