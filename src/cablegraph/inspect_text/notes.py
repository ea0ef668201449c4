"""A document and its claims, numbered in order of place: what ``cablegraph inspect`` shows."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.errors import QueryError, shown
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import (
    Claim,
    Condition,
    Evidence,
    Offer,
    Reading,
    Reason,
    Value,
    Version,
)
from cablegraph.records.kept import find_kept, list_keys

_VALUES = Path(__file__).parent / "values.toml"
_FIELD = re.compile(r"\{(\w+)\}")


class Note(msgspec.Struct, frozen=True):
    """A claim with its number in this document; ``rivals`` are numbers of others."""

    number: int
    key: str
    about: str
    kind: str
    words: str
    value: Value
    rule: str
    certainty: str
    status: str | None
    reason: str | None
    rivals: tuple[int, ...]


class Mark(msgspec.Struct, frozen=True, order=True):
    """Words that support a claim; start and end count code points of the text version."""

    start: int
    end: int
    line: int
    column: int
    number: int
    quote: str


class Marked(msgspec.Struct, frozen=True, rename={"layer": "key"}):
    """A text version with its marks; ``line`` is where it begins in the source file."""

    layer: str
    kind: str
    language: str
    line: int
    text: str
    marks: tuple[Mark, ...]


class Inspection(msgspec.Struct, frozen=True):
    """A document as it is shown.

    Units: ``uncovered`` counts characters of the file, white space apart, in no text version.
    """

    key: str
    source: str
    sha256: str
    uncovered: int
    versions: tuple[Marked, ...]
    notes: tuple[Note, ...]


def find_reading(document: str, data: Path) -> Reading:
    """Return the claims of a source file, read afresh, or of the document of that key.

    Raises:
        SourceError, LayoutError: if the source file can't be read.
        QueryError: if there is neither a file nor a record of that name.
        DataError: if the record can't be read.
    """
    if Path(document).is_file():
        from cablegraph.pipeline import read

        return read(Path(document))
    folder = data / "records"
    found = find_kept(folder, document)
    if found is None:
        raise _missing(document, list_keys(folder), folder)
    return found


def _missing(document: str, keys: list[str], folder: Path) -> QueryError:
    near = difflib.get_close_matches(document, keys, cutoff=0.5)
    return QueryError(
        f"{shown(document)} is neither a file nor the key of a document",
        where=f"{folder}:1:1",
        remedy=f"did you mean {', '.join(near)}?" if near else "give a source file",
    )


def annotate(reading: Reading, layer: str | None = None) -> Inspection:
    """Number the claims of a document in order of place and mark their words.

    Shape: the numbers are those of the whole document though only one *layer* is asked for;
        claims without words come last.
    Raises:
        QueryError: if the document has no text version of that name.
    """
    versions = {c.value.layer: c.value for c in reading.claims if isinstance(c.value, Version)}
    if layer is not None and layer not in versions:
        raise QueryError(
            f"{reading.key} has no text version {shown(layer)}",
            where=f"{reading.source}:1:1",
            remedy=f"choose one of: {', '.join(versions)}",
        )
    order = sorted(reading.claims, key=_place)
    numbers = {claim.key: number for number, claim in enumerate(order, 1)}
    marks = _marks(order, numbers)
    names = {
        claim.key: _name(claim.value, numbers[claim.key])
        for claim in order
        if isinstance(claim.value, Offer | Condition | Reason)
    }
    wanted = sorted(versions.values(), key=lambda one: one.start)
    return Inspection(
        key=reading.key,
        source=reading.source,
        sha256=reading.sha256,
        uncovered=reading.uncovered,
        versions=tuple(
            _version(one, reading.texts[one.layer], marks[one.layer])
            for one in wanted
            if layer in (None, one.layer)
        ),
        notes=tuple(_note(claim, numbers, names) for claim in order),
    )


def _place(claim: Claim) -> tuple[bool, int, int, str]:
    """Order by the first words, longer before shorter; a text version stands apart, last."""
    if not claim.evidence or isinstance(claim.value, Version):
        return True, 0, 0, claim.key
    first = min(claim.evidence)
    return False, min(one.start for one in claim.evidence), -first.end, claim.key


def _marks(
    claims: Iterable[Claim], numbers: dict[str, int]
) -> dict[str, list[tuple[Evidence, int]]]:
    found: dict[str, list[tuple[Evidence, int]]] = defaultdict(list)
    for claim in claims:
        if not isinstance(claim.value, Version):
            for one in claim.evidence:
                found[one.layer].append((one, numbers[claim.key]))
    return found


def _version(value: Version, text: str, found: Iterable[tuple[Evidence, int]]) -> Marked:
    marks = (
        Mark(
            one.start - value.start, one.end - value.start, one.line, one.column, number, one.quote
        )
        for one, number in found
    )
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    return Marked(value.layer, value.kind, value.language, value.line, text, tuple(ordered))


def _name(value: Offer | Condition | Reason, number: int) -> str:
    """Return how a stance names what it is about, or on what it rests."""
    return f"[{number}] {value.label}" if isinstance(value, Offer) else f"[{number}]"


def _note(claim: Claim, numbers: dict[str, int], names: Mapping[str, str]) -> Note:
    kind, words = describe(claim, names)
    return Note(
        number=numbers[claim.key],
        key=claim.key,
        about=claim.about,
        kind=kind,
        words=words,
        value=claim.value,
        rule=claim.rule,
        certainty=claim.certainty,
        status=claim.status,
        reason=claim.reason,
        rivals=tuple(sorted(numbers[rival] for rival in claim.rivals if rival in numbers)),
    )


def describe(claim: Claim, names: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return the kind of a claim and its value in one line; *names* are those of other claims."""
    fields: dict[str, Any] = msgspec.to_builtins(claim.value)
    kind = str(fields.pop("is"))
    said = {name: _said(value, names or {}) for name, value in fields.items()}
    said["about"] = claim.about
    first, *more = read_values().get(kind, {}).get("words", "{about}").split("|")
    more = [part for part in more if any(said[name] for name in _FIELD.findall(part))]
    return kind, " ".join("".join((first, *more)).format_map(said).split())


def _said(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return str(value.get("en") or next(iter(value.values()), ""))
    if isinstance(value, list | tuple):
        return " / ".join(_said(one, names) for one in value)
    if value is None:
        return ""
    return names.get(str(value)) or str(value).removeprefix(SCHEME)


@cache
def read_values() -> dict[str, dict[str, str]]:
    """Read how each kind of claim is told, and its colour."""
    return tomllib.loads(_VALUES.read_text(encoding="utf-8"))
