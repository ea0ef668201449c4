"""Say what the markup of a TEI or CMIF file tells of each letter: parties, dates, places, sources.

A second, smaller reader: it shares no code with the one that it judges, and knows only what an
element or attribute says outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cablegraph.evaluation.encoded.markup import Element, read_elements
from cablegraph.evaluation.encoded.model import FieldName, Letter, Told

_TEI = ("TEI", "TEI.2")
_DATES = ("when", "when-iso", "from", "notBefore", "to", "notAfter")
_ACTIONS: dict[str, tuple[FieldName, FieldName, FieldName]] = {
    "sent": ("sender", "sent", "origin"),
    "received": ("addressee", "received", "destination"),
}
_WITH_ID: dict[FieldName, FieldName] = {
    "sender": "sender-id",
    "addressee": "addressee-id",
    "origin": "origin-id",
    "destination": "destination-id",
}
_RECEIVED = re.compile(r"\breceived\b[^\]]*$", re.IGNORECASE)


@cache
def wording() -> dict[str, Any]:
    """Return the names of elements and columns that the reader of the truth knows."""
    import tomllib

    return tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


def find_letters(data: bytes, path: Path) -> list[Letter]:
    """Return the letters of a file of TEI, none of any other XML.

    Raises:
        SourceError: if it is not well-formed.
    """
    root = next(iter(read_elements(data, path).children))
    tops = [root] if root.name in _TEI else []
    if root.name == "teiCorpus":
        tops = list(root.find(*_TEI))
    return [letter for tei in tops for letter in _letters(tei, path)]


def _letters(tei: Element, path: Path) -> Iterator[Letter]:
    """Yield the divisions that are documents, else the entries of a list, else the one letter."""
    described = list(tei.find("correspDesc"))
    divisions = list(_outermost(tei)) if len(described) != 1 else []
    if divisions:
        for number, division in enumerate(divisions, 1):
            letter = _letter(division, path, division.get("id", "n") or str(number))
            letter.told += _division(division)
            yield letter
    elif described and not _has_text(tei):
        for number, entry in enumerate(described, 1):
            letter = _letter(entry, path, entry.get("id", "key", "ref") or str(number))
            letter.told += _described(entry)
            yield letter
    else:
        letter = _letter(tei, path, tei.get("id") or path.stem)
        for entry in described:
            letter.told += _described(entry)
        letter.told += [*_shelf_marks(tei), *_mentions(tei)]
        yield letter


def _letter(element: Element, path: Path, name: str) -> Letter:
    return Letter(path, name, element.start, element.end)


def _outermost(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name.startswith("div") and child.get("type") in wording()["documents"]:
            yield child
        elif child.name != "teiHeader":
            yield from _outermost(child)


def _has_text(tei: Element) -> bool:
    return any(one.name in ("text", "sourceDoc") and one.text for one in tei.children)


def _told(field: FieldName, element: Element, value: str = "") -> Told:
    return Told(field, value or element.text, element.start, element.end)


def _named(field: FieldName, element: Element) -> Iterator[Told]:
    """Yield a name and the records elsewhere that its element refers to."""
    iris = _iris(element)
    if is_name(element.text) and not any(one.endswith(wording()["nobody"]) for one in iris):
        yield Told(field, element.text, element.start, element.end, "", frozenset(iris))
        for iri in iris:
            yield Told(_WITH_ID[field], iri, element.start, element.end, element.text)


def is_name(words: str) -> bool:
    """Tell whether words name somebody or some place, and do not say that nobody knows."""
    return bool(words) and words.casefold().strip(" []()") not in wording()["unknown"]


def _iris(element: Element) -> list[str]:
    return [one for one in element.get("ref").split() if one.startswith(("http://", "https://"))]


def _described(entry: Element) -> Iterator[Told]:
    """Yield what a correspDesc says in its two main actions."""
    for action in entry.find("correspAction"):
        if action.get("type") not in _ACTIONS:
            continue
        agent, date, place = _ACTIONS[action.get("type")]
        for element in action.walk("note"):
            if element.name in ("persName", "orgName", "name"):
                yield from _named(agent, element)
            elif element.name in wording()["places"]:
                yield from _named(place, element)
            elif element.name == "date" and (value := _day(element)):
                yield _told(date, element, value)


def _day(element: Element) -> str:
    """Return the days that the attributes of a date name, earlier ones first."""
    return " ".join(value for name in _DATES if (value := element.get(name)))


def _division(division: Element) -> Iterator[Told]:
    """Yield what the frame of a document in a volume says: head, first date and place, source."""
    frame = [one for one in division.children if one.name not in wording()["apart"]]
    inner = [one for part in frame for one in (part, *part.walk(*wording()["apart"]))]
    head = next((one for one in inner if one.name == "head"), None)
    if head is not None:
        yield from _sides(head)
    lines = [one for one in inner if one.name == "dateline"]
    yield from _first_date(lines)
    places = (one for line in lines for one in line.find(*wording()["places"]) if one.text)
    for place in places:
        yield from _named("origin", place)
        break
    for note in division.children:
        if note.name == "note" and note.get("type") == "source" and note.text:
            yield _told("source-note", note)
    yield from _mentions(division)


def _sides(head: Element) -> Iterator[Told]:
    for element in head.walk("note"):
        if element.name in wording()["agents"]:
            side = element.get("type", "role")
            if side in wording()["senders"]:
                yield from _named("sender", element)
            elif side in wording()["addressees"]:
                yield from _named("addressee", element)


def _first_date(lines: list[Element]) -> Iterator[Told]:
    for line in lines:
        for date in line.find("date"):
            if (value := _day(date)) and not _RECEIVED.search(_before(line, date)):
                yield _told("sent", date, value)
                return


def _before(line: Element, date: Element) -> str:
    """Return the words of a line that stand before one of its elements."""
    words = ""
    for one in line.content:
        if one is date:
            break
        if isinstance(one, str):
            words += one
        elif any(inner is date for inner in one.walk()):
            return words + _before(one, date)
        else:
            words += one.text
    return words


def _shelf_marks(tei: Element) -> Iterator[Told]:
    """Yield the reference under which the archive keeps the letter."""
    mark = tei.first("teiHeader", "msIdentifier", "idno")
    if mark is not None and mark.text and "://" not in mark.text:
        yield _told("shelf-mark", mark)


def _mentions(element: Element) -> Iterator[Told]:
    """Yield each record elsewhere that a name in the text refers to, once."""
    texts = [element] if element.name.startswith("div") else element.find("body")
    seen: set[str] = set()
    for text in texts:
        for one in text.find(*wording()["referring"]):
            for iri in _iris(one) if one.text else ():
                if iri not in seen:
                    seen.add(iri)
                    yield Told("mention-id", iri, one.start, one.end, one.text)
