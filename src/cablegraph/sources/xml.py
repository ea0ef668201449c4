"""Read a file of XML into a tree whose every element and letter has its place in the file.

lxml parses, and nothing is fetched: no DTD, no external entity, no XInclude. A second pass over the
text, in step with the tree, finds the offsets that no parser hands out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from cablegraph.errors import SourceError
from cablegraph.sources.files import SourceFile
from cablegraph.spans import find_breaks

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>|</(?P<close>[^\s>]+)\s*>"
    r"|<!DOCTYPE(?:[^\[\]<>\"']++|\"[^\"]*\"|'[^']*')*+(?:\[.*?\]\s*)?>"
    r"|<(?P<open>[^\s/>!?]+)(?P<inside>(?:[^>\"'/]++|\"[^\"]*\"|'[^']*'|/(?!>))*+)(?P<empty>/?)>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=]+)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')")
_REFERENCE = re.compile(r"&(?:#(?P<dec>\d+)|#x(?P<hex>[0-9A-Fa-f]+)|(?P<name>[\w.-]+));")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*')*+(?P<inside>\[)?")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
_START = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w.:-]*[\s/>])")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Run(NamedTuple):
    """Words that stand between two tags.

    Units: offsets in the decoded file.
    """

    start: int
    end: int
    text: str  # with references resolved


@dataclass(slots=True, eq=False)
class Node:
    """An element with its place; ``content`` has its words and elements in order."""

    element: etree._Element = field(repr=False)
    start: int
    inside: int  # where its start tag ends
    end: int
    name: str  # without its namespace
    parent: Node | None = field(default=None, repr=False)
    content: list[Run | Node] = field(default_factory=list, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)  # the elements of its content

    def get(self, name: str) -> str | None:
        """Return an attribute's value; ``xml:id`` and the like by their prefix ``xml``."""
        if name.startswith("xml:"):
            name = name.replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
        return self.element.get(name)

    def walk(self) -> Iterator[Node]:
        """Yield the node and those in it, in the order of the file."""
        yield self
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting += node.children[::-1]

    def find(self, *names: str) -> Iterator[Node]:
        """Yield the nodes below this one that have one of the local names."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.name in names:
                yield node
            if node.children:
                waiting += node.children[::-1]

    def first(self, *names: str) -> Node | None:
        """Return the first node below this one that has one of the local names."""
        return next(self.find(*names), None)

    def runs(self) -> Iterator[Run]:
        """Yield the words in it, in the order of the file."""
        waiting = self.content[::-1]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Run):
                yield item
            else:
                waiting += item.content[::-1]

    @property
    def text(self) -> str:
        """The words in it on one line, every run of white space one space."""
        return " ".join("".join(run.text for run in self.runs()).split())


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A parsed file; ``breaks`` serve every text that is assembled from it."""

    file: SourceFile = field(repr=False)
    text: str = field(repr=False)
    root: Node
    breaks: list[int] = field(repr=False)

    def value(self, node: Node, attribute: str) -> Run | None:
        """Return an attribute's value with its place, or None if the element lacks it."""
        for match in _ATTRIBUTE.finditer(self.text, node.start, node.inside):
            if match["name"] == attribute:
                start, end = match.span("a" if match["a"] is not None else "b")
                return Run(start, end, _resolve(self.text[start:end]))
        return None

    def where(self, offset: int) -> str:
        """Return ``path:line:column`` of an offset in the decoded file."""
        return _where(self.file.path, self.text, offset)


def local_name(tag: object) -> str:
    """Return the name of an element without its namespace; a comment has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_xml(file: SourceFile) -> bool:
    """Tell whether a file begins as XML does."""
    head = file.data[:1024]
    if head.startswith(_MARKS[1:]):
        head = head[2:].replace(b"\0", b"")
    return _START.match(head.removeprefix(_MARKS[0])) is not None


def read_xml(file: SourceFile) -> XmlFile:
    """Parse a file and find the place of everything in it.

    Raises:
        SourceError: if it is not well-formed, declares or uses entities of its own, or includes
            other files; the place is that of the fault.
    """
    _refuse_entities(file)
    try:
        root = _parse(file)
    except etree.XMLSyntaxError as fault:
        raise _malformed(file.path, fault) from fault
    info = root.getroottree().docinfo
    if info.internalDTD is not None and info.internalDTD.entities():  # type: ignore[attr-defined]  # stubs
        raise _declared(file.path, "an entity", "", 0)
    text = _decode(file, info.encoding or "utf-8")
    tree = _place(file.path, text, root)
    return XmlFile(file, text, tree, find_breaks(text))


def _parse(file: SourceFile) -> etree._Element:
    """Parse; an identifier that stands twice is a fault of one document, not of the whole file.

    Shape: without a table of identifiers the parser would fetch a document type, resolvers or no;
        so it does without one only where the file has no document type.
    """
    try:
        return etree.fromstring(file.data, _parser(collect_ids=True))
    except etree.XMLSyntaxError as fault:
        typed = b"<!DOCTYPE" in file.data.replace(b"\0", b"")
        if typed or not is_xml(file) or "already defined" not in (fault.msg or ""):
            raise
    return etree.fromstring(file.data, _parser(collect_ids=False))


def _parser(*, collect_ids: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=collect_ids,
    )  # fmt: skip


def _decode(file: SourceFile, encoding: str) -> str:
    """Decode as the parser did, so that places can be told; the byte order mark is no letter."""
    try:
        text = file.data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (LookupError, UnicodeDecodeError) as cause:
        raise SourceError(
            f"text in the encoding {encoding!r} that can't be told letter by letter",
            where=f"{file.path}:1:1",
            remedy="save the file as UTF-8",
        ) from cause
    return text.removeprefix("\ufeff")


def _refuse_entities(file: SourceFile) -> None:
    """Refuse a document type that declares anything in the file itself, before it is parsed."""
    head = file.data[: 1 << 16].replace(b"\0", b"").decode("latin-1")
    found = _DOCTYPE.search(re.sub(r"<!--.*?-->", lambda m: " " * len(m[0]), head, flags=re.DOTALL))
    if found and found["inside"]:
        end = head.find("]", found.end())
        entity = head.find("<!ENTITY", found.end(), end if end > 0 else None)
        at, what = (entity, "an entity") if entity >= 0 else (found.start(), "a document type")
        raise _declared(file.path, what, head, at)


def _declared(path: Path, what: str, text: str, at: int) -> SourceError:
    return SourceError(
        f"{what} declared in the file",
        where=_where(path, text, at),
        remedy="resolve the entities and take the declaration out",
    )


def _malformed(path: Path, fault: etree.XMLSyntaxError) -> SourceError:
    line, column = fault.position
    found = (fault.msg or "not well-formed XML").partition(", line ")[0]
    remedy = "mend the XML at that place"
    if "XML_PARSE_HUGE" in found:
        found, remedy = found.rpartition(",")[0], "divide what is so long or so deeply nested"
    return SourceError(found, where=f"{path}:{max(line, 1)}:{max(column, 1)}", remedy=remedy)


def _place(path: Path, text: str, root: etree._Element) -> Node:
    """Follow the tags of the text in step with the elements of the tree."""
    elements = root.iter("*")  # an entity or a comment is no element
    top: Node | None = None
    here: Node | None = None
    at = 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if start != at:
            break
        at = end
        kind = token.lastgroup  # of a start tag the last group tells whether it is empty
        if kind == "empty":
            node = _open(path, text, token, next(elements, None), here)
            top = top or node
            here = here if token["empty"] else node
        elif here is not None and kind == "close":
            here.end, here = end, here.parent
        elif here is not None and kind == "text":
            words = token.group()
            plain = "&" not in words
            here.content += (Run(start, end, words),) if plain else _runs(path, text, start, end)
        elif here is not None and kind == "cdata":
            here.content.append(Run(*token.span("cdata"), token["cdata"]))
    if top is None or here is not None or next(elements, None) is not None:
        raise _out_of_step(path, text, at)
    return top


def _open(
    path: Path, text: str, token: re.Match[str], element: etree._Element | None, here: Node | None
) -> Node:
    name = token["open"].rpartition(":")[2]
    tag = None if element is None else element.tag
    if element is None or local_name(tag) != name:
        raise _out_of_step(path, text, token.start())
    if tag == _XINCLUDE:
        raise SourceError(
            f"an inclusion of {element.get('href')!r}",
            where=_where(path, text, token.start()),
            remedy="name the included file as a document, or put its text here",
        )
    start, end = token.span()
    node = Node(element, start, end, end, name, here)
    if here is not None:
        here.content.append(node)
        here.children.append(node)
    return node


def _out_of_step(path: Path, text: str, at: int) -> SourceError:
    return SourceError(
        "markup whose places can't be told",
        where=_where(path, text, at),
        remedy="save the file anew with an XML editor",
    )


def _runs(path: Path, text: str, start: int, end: int) -> Iterator[Run]:
    """Cut words at references, each of which stands for a letter or so."""
    at = start
    for found in _REFERENCE.finditer(text, start, end):
        if found.start() > at:
            yield Run(at, found.start(), text[at : found.start()])
        letters = _letters(found)
        if letters is None:
            raise SourceError(
                f"the entity {found[0]}, which nothing declares here",
                where=_where(path, text, found.start()),
                remedy="put the character itself in its place",
            )
        yield Run(*found.span(), letters)
        at = found.end()
    if at < end:
        yield Run(at, end, text[at:end])


def _letters(found: re.Match[str]) -> str | None:
    if found["name"]:
        return _PREDEFINED.get(found["name"]) or html5.get(f"{found['name']};")
    return chr(int(found["dec"]) if found["dec"] else int(found["hex"], 16))


def _resolve(value: str) -> str:
    return _REFERENCE.sub(lambda found: _letters(found) or found[0], value)


def _where(path: Path, text: str, offset: int) -> str:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
