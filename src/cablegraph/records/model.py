"""What a document holds before anything is inferred: text versions and labelled fields.

Layers stand in the order of the file. What catalogues the message is in at most two of them, both
of kind ``catalogue-entry``: ``catalogue`` before the texts and ``catalogue-2`` after them, on pages
that end with labels. Either may be missing: a document may have its words alone. The texts between
are ``scan``, ``transcript`` and ``translation`` (``translation-2`` and so on for more).

Fields are found by name, each with its own layer: ``date``, ``title``, ``citation`` (with the
title, the date and the shelf marks), ``source`` (shelf marks or provenance alone, where the page
has no citation), ``url``, ``record-id``, ``summary``, ``other-summary`` (of a related document,
before the date), ``credits`` (who paid for the edition), ``language``, ``contents``, ``type``,
``rights``. What a page does not say has no field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cablegraph.records.claims import Evidence, Kind, path_of
from cablegraph.records.stated import Extent, Stated
from cablegraph.spans import SourceText, Span

VersionKind = Literal[
    "catalogue-entry", "scan-transcription", "normalised-transcript", "translation"
]
FieldName = Literal[
    "date",
    "title",
    "citation",
    "source",
    "url",
    "record-id",
    "summary",
    "other-summary",
    "credits",
    "language",
    "contents",
    "type",
    "rights",
]


@dataclass(frozen=True, slots=True)
class Layer:
    """One text version of the message, as it stands in the source file.

    Units: ``start`` and ``end`` are offsets in ``source.clean``; every offset that a caller
        gives to a method is relative to ``text``, the cleaned words of this layer.
    """

    key: str  # unique in the record and stable: catalogue, scan, transcript, translation-2
    kind: VersionKind
    language: str  # BCP 47
    source: SourceText = field(repr=False)
    start: int
    end: int
    #: The cleaned words, the ones that rules read.
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.source.clean[self.start : self.end])

    @property
    def published(self) -> str:
        """The words as they are published: those of the file, without markup where it has any."""
        return self.text if self.source.assembled else self.span.quote(self.source.text)

    @property
    def span(self) -> Span:
        """The place of the layer in the source file as decoded."""
        return self.source.span(self.start, self.end)

    def evidence(self, start: int, end: int) -> Evidence:
        """Point at the words from *start* to *end* of ``text``."""
        source = self.source
        first, last = source.bounds(self.start + start, self.start + end)
        line, column = source.place(first)
        within = (start, end) if source.assembled else None
        return Evidence(self.key, first, last, line, column, source.text[first:last], within)

    def quote(self, start: int, end: int) -> str:
        """Return the words of the file that stand from *start* to *end* of ``text``."""
        first, last = self.source.bounds(self.start + start, self.start + end)
        return self.source.text[first:last]


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the catalogue entry; offsets are relative to the text of the layer it is in."""

    name: FieldName
    layer: Layer = field(repr=False)
    start: int
    end: int

    @property
    def raw(self) -> str:
        """The cleaned words, line breaks kept."""
        return self.layer.text[self.start : self.end]

    @property
    def text(self) -> str:
        """The words on one line: every run of white space is one space."""
        return " ".join(self.raw.split())

    @property
    def evidence(self) -> Evidence:
        """Point at the words of the value."""
        return self.layer.evidence(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its identity, its text versions, the fields of its catalogue entry.

    Shape: ``layers`` stand in the order of the file and do not overlap; ``fields`` maps a
        field's name to its values, in order (``contents`` has one item a line).
    """

    key: str  # wcda-1234, or sha- and the first 12 hex digits of the file's SHA-256
    source: SourceText = field(repr=False)
    layers: tuple[Layer, ...]
    fields: Mapping[str, tuple[Field, ...]]
    uncovered: int  # characters other than white space that no layer covers
    stated: tuple[Stated, ...] = ()  # what the encoding of the file says, in its order
    kind: Kind = "message"

    @property
    def path(self) -> str:
        """The path, under ``{base}id/``, of what the document is about."""
        return path_of(self.key, self.kind)

    def layer(self, key: str) -> Layer | None:
        """Return the layer of that key, or None."""
        return next((layer for layer in self.layers if layer.key == key), None)

    def evidence(self, words: Extent) -> Evidence:
        """Point at a stretch of the record's own source that lies in one of its layers.

        Raises:
            ValueError: if no layer holds all of it.
        """
        for layer in self.layers:
            if layer.source is self.source and layer.start <= words.start < words.end <= layer.end:
                return layer.evidence(words.start - layer.start, words.end - layer.start)
        raise ValueError(f"no layer of {self.key} holds {words.start} to {words.end}")

    def first(self, name: FieldName) -> Field | None:
        """Return the first value of a field, or None where the document has none."""
        return next(iter(self.fields.get(name, ())), None)
