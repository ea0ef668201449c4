"""Read a document: its identity, its catalogue entry and its text versions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cablegraph.errors import LayoutError, shown
from cablegraph.records.catalogue import Catalogue, read_catalogue
from cablegraph.records.languages import find_script, find_tag, guess_language
from cablegraph.records.layout import Label, Line, find_labels, parse_label, split_lines
from cablegraph.records.model import Field, Layer, Record, VersionKind
from cablegraph.records.repositories import find_repository
from cablegraph.records.segments import find_segments
from cablegraph.records.versions import find_versions
from cablegraph.sources.text import read_source
from cablegraph.spans import SourceText

_KEYS: dict[VersionKind, str] = {
    "catalogue-entry": "catalogue",
    "scan-transcription": "scan",
    "normalised-transcript": "transcript",
    "translation": "translation",
}
_LISTING = re.compile(r"\d+\s*[-–—]\s*\d+\s+of\s+[\d,.]+|(?:search )?results:?", re.IGNORECASE)
# A listing says so at its head.
_HEAD = 50
_EXPECTED = "begin with a date and a title, then 'Citation:', 'Summary:', 'Contents:'"


def read_document(path: Path) -> Record:
    """Read one file.

    Raises:
        SourceError: if the file can't be read as text.
        LayoutError: if the text is not a document.
    """
    return read_record(read_source(path))


def read_record(source: SourceText) -> Record:
    """Divide a source into its catalogue entry and its text versions; infer nothing.

    Shape: a field that the document lacks is no key of ``fields``; ``layers`` begins with the
        catalogue entry, which is all there is where no text follows.
    Raises:
        LayoutError: if no label of a catalogue entry is found, if neither a title nor a citation
            is, or if the file holds a second document.
    """
    lines = split_lines(source.clean)
    labels = find_labels(lines)
    if not labels:
        raise _no_labels(source, lines)
    entry = read_catalogue(source.clean, lines, labels)
    _check_entry(source, lines, labels, entry)
    layers = _layers(source, lines, entry)
    fields: dict[str, tuple[Field, ...]] = {
        name: tuple(Field(name, layers[0], start, end) for start, end in places)
        for name, places in entry.places.items()
    }
    return Record(
        key=_key(source, entry),
        source=source,
        layers=layers,
        fields=fields,
        uncovered=_count_uncovered(source.clean, layers),
    )


def _layers(source: SourceText, lines: Sequence[Line], entry: Catalogue) -> tuple[Layer, ...]:
    clean = source.clean
    end = max((line.end for line in lines[: entry.end] if line.text), default=0)
    language = "en" if find_script(clean[:end]) == "Latn" else guess_language(clean[:end])
    layers = [Layer("catalogue", "catalogue-entry", language, source, 0, end)]
    named = [clean[start:end] for start, end in entry.places.get("language", ())]
    originals = [tag for name in named if (tag := find_tag(name))]
    expected = [item.language for item in entry.items if item.language]
    segments = find_segments(clean, lines[entry.end :], [*expected, *originals, "en"])
    seen: Counter[VersionKind] = Counter()
    for version in find_versions(segments, entry.items, originals):
        seen[version.kind] += 1
        key = _KEYS[version.kind]
        key = key if seen[version.kind] == 1 else f"{key}-{seen[version.kind]}"
        layers.append(
            Layer(key, version.kind, version.language, source, version.start, version.end)
        )
    return tuple(layers)


def _key(source: SourceText, entry: Catalogue) -> str:
    for start, end in entry.places.get("url", ()):
        if repository := find_repository(source.clean[start:end]):
            return repository.key
    return f"sha-{source.sha256[:12]}"


def _count_uncovered(clean: str, layers: Sequence[Layer]) -> int:
    starts = [layer.start for layer in layers[1:]] + [len(clean)]
    between = (clean[a.end : b] for a, b in zip(layers, starts, strict=True))
    return sum(len("".join(text.split())) for text in between)


def _no_labels(source: SourceText, lines: Sequence[Line]) -> LayoutError:
    first = next((line for line in lines if line.text), Line(0, 0, 0, ""))
    listing = next((line for line in lines[:_HEAD] if _LISTING.fullmatch(line.text)), None)
    if listing:
        found = f"a listing of search results ({shown(listing.text)}), not a document"
        return _error(source, listing, found, remedy="save each document that it lists")
    found = f"no label of a catalogue entry, such as 'Citation:', after {shown(first.text[:80])}"
    return _error(source, first, found, remedy=_EXPECTED)


def _check_entry(
    source: SourceText, lines: Sequence[Line], labels: Sequence[Label], entry: Catalogue
) -> None:
    first = lines[labels[0].line]
    if not {"citation", "title"} & entry.places.keys():
        found = f"neither a title nor a citation by {shown(first.text)}"
        raise _error(source, first, found, remedy="put the title above it, under the date")
    if not {"citation", "summary", "credits", "language", "contents"} & entry.places.keys():
        found = f"labels without values, from {shown(first.text)}"
        raise _error(source, first, found, remedy="put a value under each label")
    second = [line for line in lines[entry.end :] if line.text and _is_label_of_entry(line)]
    if len(second) > 1:
        found = f"a second catalogue entry, from {shown(second[0].text)}"
        raise _error(source, second[0], found, remedy="split it into one file a document")


def _is_label_of_entry(line: Line) -> bool:
    try:
        return parse_label(line, 0).name in ("citation", "language", "contents")
    except ValueError:
        return False


def _error(source: SourceText, line: Line, found: str, *, remedy: str) -> LayoutError:
    offset = source.origin[line.first] if line.text else 0
    return LayoutError(found, where=source.where(offset), remedy=remedy)
