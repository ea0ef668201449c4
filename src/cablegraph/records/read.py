"""Read a document: its identity, its catalogue entry and its text versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cablegraph.errors import CablegraphError, LayoutError
from cablegraph.records.division import Division, divide
from cablegraph.records.languages import find_script, find_tag, guess_language
from cablegraph.records.layout import Line, split_lines
from cablegraph.records.model import Field, FieldName, Layer, Record, VersionKind
from cablegraph.records.refusals import Refusal
from cablegraph.records.repositories import find_repository, key_of
from cablegraph.records.segments import find_segments
from cablegraph.records.versions import find_versions
from cablegraph.sources.files import SourceFile, refuse
from cablegraph.sources.text import read_source, read_text
from cablegraph.sources.xml import is_xml, read_xml
from cablegraph.spans import SourceText

_KEYS: dict[VersionKind, str] = {
    "catalogue-entry": "catalogue",
    "scan-transcription": "scan",
    "normalised-transcript": "transcript",
    "translation": "translation",
}


def read_document(path: Path) -> Record:
    """Read one file.

    Raises:
        SourceError: if the file can't be read as text.
        LayoutError: if the text is not a document.
    """
    return read_record(read_source(path))


def read_plain(file: SourceFile) -> Iterator[Record | CablegraphError]:
    """Read a file of plain text, which holds one document; the last of the readers.

    Raises:
        SourceError: if the file can't be read as text, or is XML that no reader knows.
        LayoutError: if the text is not a document.
    """
    if is_xml(file):
        root = read_xml(file).root.name
        raise refuse(
            file.path,
            f"XML of no kind that a reader knows (<{root}>)",
            remedy="give TEI, CMIF, EAD or EAC-CPF, or install a reader for it",
        )
    yield read_record(read_text(file))


def read_record(source: SourceText) -> Record:
    """Divide a source into its catalogue entry and its text versions; infer nothing.

    Shape: a field that the document lacks is no key of ``fields``; see ``model`` for the layers.
    Raises:
        LayoutError: if the text is of no known layout, lists documents instead of being one,
            mixes several, or holds a second one.
    """
    lines = split_lines(source.clean)
    division = divide(source.clean, lines)
    if isinstance(division, Refusal):
        raise _error(source, division)
    layers = _layers(source, division)
    return Record(
        key=_key(source, division),
        source=source,
        layers=layers,
        fields={
            name: tuple(_field(name, layers, *place) for place in places)
            for name, places in division.entry.places.items()
        },
        uncovered=_count_uncovered(source.clean, layers),
    )


def _layers(source: SourceText, division: Division) -> tuple[Layer, ...]:
    clean, entry = source.clean, division.entry
    layers = []
    if division.head:
        layers.append(_catalogue("catalogue", source, 0, division.head))
    named = [clean[start:end] for start, end in entry.places.get("language", ())]
    originals = [tag for name in named if (tag := find_tag(name))]
    expected = [item.language for item in entry.items if item.language]
    segments = find_segments(clean, division.body, [*expected, *originals, "en"])
    seen: Counter[VersionKind] = Counter()
    for version in find_versions(segments, entry.items, originals, edition=division.is_edition):
        seen[version.kind] += 1
        key = _KEYS[version.kind]
        key = key if seen[version.kind] == 1 else f"{key}-{seen[version.kind]}"
        layers.append(
            Layer(key, version.kind, version.language, source, version.start, version.end)
        )
    if division.tail:
        layers.append(_catalogue("catalogue-2", source, *division.tail))
    return tuple(layers)


def _catalogue(key: str, source: SourceText, start: int, end: int) -> Layer:
    words = source.clean[start:end]
    language = "en" if find_script(words) == "Latn" else guess_language(words)
    return Layer(key, "catalogue-entry", language, source, start, end)


def _field(name: FieldName, layers: Sequence[Layer], start: int, end: int) -> Field:
    layer = next(layer for layer in layers if layer.start <= start and end <= layer.end)
    return Field(name, layer, start - layer.start, end - layer.start)


def _key(source: SourceText, division: Division) -> str:
    for start, end in division.entry.places.get("url", ()):
        if repository := find_repository(source.clean[start:end]):
            return repository.key
    for start, end in division.entry.places.get("record-id", ()):
        return key_of(source.clean[start:end])
    return f"sha-{source.sha256[:12]}"


def _count_uncovered(clean: str, layers: Sequence[Layer]) -> int:
    ends = [0] + [layer.end for layer in layers]
    starts = [layer.start for layer in layers] + [len(clean)]
    between = (clean[a:b] for a, b in zip(ends, starts, strict=True))
    return sum(len("".join(text.split())) for text in between)


def _error(source: SourceText, refusal: Refusal) -> LayoutError:
    line: Line = refusal.line
    offset = source.origin[line.first] if line.text else 0
    return LayoutError(refusal.found, where=source.where(offset), remedy=refusal.remedy)
