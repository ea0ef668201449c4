"""What the documents of one TEI file share: its identity, language, lists of persons and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from cablegraph.records.languages import guess_language
from cablegraph.sources.xml import Node, Run, XmlFile

# The header's first words are enough to know its language.
_SAMPLE = 5000
_OUTSIDE = ("http://", "https://", "urn:", "info:")
_LISTED = {"person": "persName", "personGrp": "persName", "org": "orgName", "place": "placeName"}
_BEARERS = frozenset(("persName", "orgName", "placeName"))


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody or some place in a list of the file."""

    name: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """One TEI element of a file; ``listed`` maps the identifiers in its lists."""

    xml: XmlFile = field(repr=False)
    tei: Node
    identifier: str
    language: str | None
    editors: str | None  # the language in which the editors write
    listed: Mapping[str, Listed] = field(repr=False)

    @property
    def stem(self) -> str:
        """The name of the file, without folder and ending."""
        return PurePath(self.xml.file.name).stem

    @property
    def header(self) -> Node | None:
        """The header of this TEI element."""
        return next((node for node in self.tei.children if node.name == "teiHeader"), None)

    @property
    def descriptions(self) -> list[Node]:
        """What the header says of letters, one item a letter."""
        header = self.header
        return list(header.find("correspDesc")) if header is not None else []

    @property
    def text(self) -> Node | None:
        """The text of this TEI element."""
        return next((node for node in self.tei.children if node.name == "text"), None)

    def refs(self, node: Node) -> tuple[str, ...]:
        """Return what the attributes of a name refer to, records elsewhere first.

        Shape: IRIs as they stand; one of this file as ``FILE#ID`` where a list of the file has
            it; one that leads nowhere is left out, since it would be another thing in each file.
        """
        found = [
            one for name in ("ref", "corresp", "key") for one in (node.get(name) or "").split()
        ]
        away = [one for one in found if one.startswith(_OUTSIDE)]
        home = [one[1:] for one in found if one.startswith("#") and one[1:] in self.listed]
        away += [ref for one in home for ref in self.listed[one].refs]
        return tuple(dict.fromkeys((*away, *(f"{self.stem}#{one}" for one in home))))

    def full_name(self, node: Node) -> str | None:
        """Return the name under which a list of the file has somebody."""
        for name in ("ref", "corresp"):
            for one in (node.get(name) or "").split():
                if one.startswith("#") and one[1:] in self.listed:
                    return self.listed[one[1:]].name
        return None

    def value(self, node: Node, attribute: str) -> Run | None:
        """Return an attribute's value with its place."""
        return self.xml.value(node, attribute)


def find_volumes(xml: XmlFile) -> Iterator[Volume]:
    """Yield every TEI element of a file; the lists of a corpus serve all of them."""
    listed = _find_listed(xml.root)
    tops = [xml.root] if xml.root.name != "teiCorpus" else list(xml.root.find("TEI", "TEI.2"))
    for number, tei in enumerate(tops, 1):
        identifier = PurePath(xml.file.name).stem
        if xml.root.name == "teiCorpus":
            identifier += f"-{tei.get('xml:id') or tei.get('n') or number}"
        yield Volume(xml, tei, identifier, _language(tei), _editors(tei), listed)


def _language(tei: Node) -> str | None:
    """Return the language of the text where the file says it once."""
    for node in tei.children:
        if node.name == "text" and node.get("xml:lang"):
            return node.get("xml:lang")
    used = [node.get("ident") for node in tei.find("language") if node.get("ident")]
    return used[0] if len(used) == 1 else None


def _editors(tei: Node) -> str | None:
    """Return the language of the header, which the notes of the edition are taken to have."""
    header = next((node for node in tei.children if node.name == "teiHeader"), tei)
    marked = header.get("xml:lang") or tei.get("xml:lang")
    return marked or guess_language(header.text[:_SAMPLE], ("en", "de", "fr"))


def _find_listed(root: Node) -> dict[str, Listed]:
    listed: dict[str, Listed] = {}
    for node in root.find(*_LISTED, *_BEARERS):
        identifier = node.get("xml:id")
        if not identifier:
            continue
        if node.name in _LISTED:
            named = node.first(_LISTED[node.name])
            if named is not None:
                listed[identifier] = Listed(named.text, tuple(_elsewhere(node)))
        elif node.text:
            refs = (one for one in (node.get("ref") or "").split() if one.startswith(_OUTSIDE))
            listed[identifier] = Listed(node.text.rstrip(" ,;:"), tuple(refs))
    return listed


def _elsewhere(node: Node) -> Iterator[str]:
    for found in (node, *node.find("idno", *_BEARERS)):
        for name in ("ref", "sameAs", "corresp"):
            yield from (x for x in (found.get(name) or "").split() if x.startswith(_OUTSIDE))
        if found.name == "idno" and found.text.startswith(_OUTSIDE):
            yield found.text


def find_stamps(volume: Volume, node: Node) -> Iterator[Run]:
    """Yield the attributes that bound the date of a division, whatever their prefix."""
    for wanted in ("doc-dateTime-min", "doc-dateTime-max"):
        for name in node.element.attrib:
            space, _, local = str(name).rpartition("}")
            if local == wanted:
                prefixes = (p for p, n in node.element.nsmap.items() if n == space[1:] and p)
                run = volume.value(node, f"{next(prefixes, 'frus')}:{local}")
                if run is not None:
                    yield run
