"""Put a record together from the stretches of a file that a reader picks out.

A reader of encoded files makes one draft a document, puts words into its layers, says which of
them are a field's value or show a stated fact, and takes the finished record.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from cablegraph.records.claims import Kind
from cablegraph.records.languages import guess_language
from cablegraph.records.model import Field, FieldName, Layer, Record, VersionKind
from cablegraph.records.stated import Extent, Stated, StatedAgent
from cablegraph.sources.assembly import Assembly
from cablegraph.sources.files import SourceFile
from cablegraph.sources.xml import Node, Run, XmlFile
from cablegraph.spans import SourceText

# Languages whose rules are the same in every country; the tag of another keeps its region.
_WRITTEN_ONE_WAY = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Manner:
    """How the elements of a markup stand on the page, by local name."""

    blocks: frozenset[str] = frozenset()  # on lines of their own
    breaks: frozenset[str] = frozenset()  # an end of line, without words
    skipped: frozenset[str] = frozenset()  # not part of the words


@dataclass(slots=True)
class _Layer:
    key: str
    kind: VersionKind
    language: str | None
    start: int
    end: int = 0


@dataclass(slots=True)
class Draft:
    """A record in the making.

    Shape: words go into the layer that was begun last; layers come in the order in which they
        were begun, and one without words is dropped. Facts need words that lie in a layer.
    """

    file: SourceFile | XmlFile
    key: str
    kind: Kind = "message"
    uncovered: int = 0  # characters of the document that the reader knew no place for
    assembly: Assembly = field(default_factory=Assembly)
    _layers: list[_Layer] = field(default_factory=list)
    _fields: list[tuple[FieldName, Extent]] = field(default_factory=list)
    _stated: list[Stated] = field(default_factory=list)

    def begin(self, key: str, kind: VersionKind, language: str | None = None) -> None:
        """Begin a layer; where its language is not known it is guessed from its words."""
        self._end()
        self._layers.append(_Layer(key, kind, language, len(self.assembly)))

    def _end(self) -> None:
        if self._layers:
            self._layers[-1].end = len(self.assembly)
            self.assembly.line()

    def put(self, text: str, start: int, end: int) -> Extent:
        """Put words that the file has from *start* to *end* of its decoded text."""
        return Extent(*self.assembly.put(text, start, end))

    def put_line(self, run: Run) -> Extent:
        """Put words on a line of their own: the value of an attribute or of a cell."""
        self.assembly.line()
        return self.put(run.text, run.start, run.end)

    def put_words(
        self,
        node: Node,
        manner: Manner,
        seen: Callable[[Node, Extent], None] | None = None,
        skip: Collection[Node] = (),
    ) -> Extent:
        """Put the words of an element, white space as on the page.

        Shape: *seen* is told of each element within that has words, with their place; nodes to
            *skip* are left out like the elements that *manner* skips.
        """
        block = node.name in manner.blocks
        if block:
            self.assembly.line()
        start = len(self.assembly)
        for item in node.content:
            if isinstance(item, Run):
                self.assembly.put_flowing(item.text, item.start, item.end)
            elif item.name in manner.breaks:
                if item.get("break") != "no":
                    self.assembly.line()
            elif item.name not in manner.skipped and item not in skip:
                self.put_words(item, manner, seen, skip)
        extent = Extent(start, len(self.assembly))
        if block:
            self.assembly.line()
        if seen and extent.start < extent.end:
            seen(node, extent)
        return extent

    def mark(self, name: FieldName, words: Extent) -> None:
        """Say that words are the value of a field."""
        if words.start < words.end:
            self._fields.append((name, words))

    def state(self, fact: Stated) -> None:
        """Hand on what the encoding states."""
        self._stated.append(fact)

    def words(self, extent: Extent) -> str:
        """Return the words that stand at a place of the draft, on one line."""
        return " ".join(self.assembly.words(extent.start, extent.end).split())

    def record(self) -> Record:
        """Return the finished record."""
        self._end()
        file = self.file if isinstance(self.file, SourceFile) else self.file.file
        xml = self.file if isinstance(self.file, XmlFile) else None
        text = xml.text if xml else file.text
        finished = self.assembly.finish(
            path=str(file.path),
            name=file.name,
            sha256=file.sha256,
            text=text,
            breaks=xml.breaks if xml else file.breaks,
        )
        source = finished.source

        def settle(extent: Extent) -> Extent:
            return _trim(source.clean, finished.at(extent.start), finished.at(extent.end))

        layers = tuple(_finish(layer, source, settle) for layer in self._layers)
        layers = tuple(layer for layer in layers if layer.start < layer.end)
        fields: dict[str, tuple[Field, ...]] = {}
        for name, words in self._fields:
            if value := _field(name, layers, settle(words)):
                fields[name] = (*fields.get(name, ()), value)
        stated = tuple(_settled(fact, settle) for fact in self._stated)
        return Record(
            key=self.key,
            source=source,
            layers=layers,
            fields=fields,
            uncovered=self.uncovered,
            stated=tuple(fact for fact in stated if fact.words),
            kind=self.kind,
        )


def _trim(text: str, start: int, end: int) -> Extent:
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return Extent(start, end)
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Extent(start, max(start, start + len(words.strip())))


def _finish(layer: _Layer, source: SourceText, settle: Callable[[Extent], Extent]) -> Layer:
    place = settle(Extent(layer.start, layer.end))
    language = layer.language or guess_language(source.clean[place.start : place.end])
    if language.partition("-")[0] in _WRITTEN_ONE_WAY:
        language = language.partition("-")[0]
    return Layer(layer.key, layer.kind, language, source, place.start, place.end)


def _field(name: FieldName, layers: Collection[Layer], words: Extent) -> Field | None:
    for layer in layers:
        if layer.start <= words.start < words.end <= layer.end:
            return Field(name, layer, words.start - layer.start, words.end - layer.start)
    return None


def _settled(fact: Stated, settle: Callable[[Extent], Extent]) -> Stated:
    places = tuple(place for words in fact.words if (place := settle(words)).start < place.end)
    if isinstance(fact, StatedAgent) and fact.office_words:
        office = (settle(words) for words in fact.office_words)
        kept = tuple(place for place in office if place.start < place.end)
        return replace(fact, words=places, office_words=kept)
    return fact if places == fact.words else replace(fact, words=places)


def make_key(*parts: str) -> str:
    """Return the key of a document from the parts that name it: file, identifier in it.

    Shape: letters of ASCII, digits and hyphens; a part in another script is told by its digest.

    >>> make_key("volume5", "d12")
    'volume5-d12'
    """
    return "-".join(_key_part(part) for part in parts)


def _key_part(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    letters = sum(c.isalnum() for c in part)
    if 2 * sum(c.isalnum() for c in name) > letters:
        return name
    return hashlib.sha256(part.encode()).hexdigest()[:12]
