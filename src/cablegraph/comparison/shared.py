"""Why something differs in a graph that documents share: by the documents that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from cablegraph.comparison.causes import Inputs, tell_change
from cablegraph.comparison.lines import Place
from cablegraph.comparison.model import KINDS, Cause, Kind
from cablegraph.comparison.runs import Runs
from cablegraph.namespaces import expand

_HAS_PART = f" <{expand('dcterms:hasPart')}> "
_FEW = 3  # documents that are named, the rest counted


class Naming:
    """Which documents name a thing in claims that differ, and why those do.

    Shape: asked for things in ascending order; a smaller one begins again.
    """

    def __init__(self, records: Runs, inputs: Inputs) -> None:
        self._records, self.inputs = records, inputs
        self._here: tuple[str, list[tuple[Kind, str]]] = "", []
        self._left = self._groups()
        self._last: str | None = None

    def find(self, thing: str) -> list[tuple[Kind, str]]:
        """Return pairs of cause and key of the document, sorted."""
        if self._last is None or thing < self._last:
            self._left = self._groups()
            self._here = next(self._left, ("", []))
        self._last = thing
        while self._here[0] < thing:
            after = next(self._left, None)
            if after is None:
                return []
            self._here = after
        return self._here[1] if self._here[0] == thing else []

    def _groups(self) -> Iterator[tuple[str, list[tuple[Kind, str]]]]:
        rows = (record.decode("utf-8").split("\t") for record in self._records)
        for thing, group in groupby(rows, key=lambda row: row[0]):
            pairs = {(kind, key) for _, kind, key in group}
            yield thing, sorted((cast("Kind", kind), key) for kind, key in pairs)


def find_shared_causes(
    place: Place, lines: Iterable[str], naming: Naming, inputs: Inputs
) -> tuple[Cause, ...]:
    """Return why the statements on one thing of a shared graph differ."""
    if place.graph == "vocabulary":
        versions = tell_change(inputs.old.vocabulary, inputs.new.vocabulary)
        return (Cause("vocabulary", f"vocabulary {versions}"),)
    if place.graph == "dataset":
        return _of_dataset(list(lines), naming)
    found = [Cause(kind, detail) for kind, detail in _by_documents(place.thing, naming)]
    if inputs.authorities_differ and place.thing in inputs.entries:
        found.append(Cause("authority", f"entry {place.thing}"))
    if found:
        return tuple(sorted(found, key=lambda cause: (KINDS.index(cause.kind), cause.detail)))
    if place.graph == "external":
        return (Cause("link", "the links to other authorities, or the tables beside them"),)
    if inputs.authorities_differ:
        return (Cause("authority", "no document that names it differs"),)
    return (Cause("rule", f"cablegraph {tell_change(inputs.old.tool, inputs.new.tool)}"),)


def _by_documents(thing: str, naming: Naming) -> Iterator[tuple[Kind, str]]:
    for kind, group in groupby(naming.find(thing), key=lambda pair: pair[0]):
        keys = [key for _, key in group]
        more = f" and {len(keys) - _FEW} more" if len(keys) > _FEW else ""
        yield kind, f"of {', '.join(keys[:_FEW])}{more}"


def _of_dataset(lines: list[str], naming: Naming) -> tuple[Cause, ...]:
    found = set()
    for line in lines:
        if _HAS_PART not in line:
            found.add(Cause("settings", "cablegraph.toml"))
            continue
        key = line.split(" ")[2].rstrip(">").rpartition("/")[2]
        for kind, document in naming.find(f"telegram/{key}"):
            if document == key and kind in ("document-added", "document-removed"):
                found.add(Cause(kind, f"of {key}"))
    return tuple(sorted(found, key=lambda cause: (KINDS.index(cause.kind), cause.detail)))
