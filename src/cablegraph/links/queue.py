"""What an editor has to decide: entities of a built collection without a link, and candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cablegraph.authorities.table import Authorities
from cablegraph.errors import DataError, LinkError
from cablegraph.links.model import LinkSet
from cablegraph.links.schemes import find_scheme
from cablegraph.records.claims import Claim, Entity, Evidence, Reading
from cablegraph.records.kept import read_kept

#: First steps of the paths of what may have a link; a group ("we") is nobody elsewhere.
_BEGIN = ("person/", "org/", "place/", "archive/")
#: Fields of claims that hold such a path.
_NAMING = ("target", "agent", "archive", "body")
#: Of a long list of likely names, as many are shown as an editor reads.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody or something that an entity may be, with the reason to think so."""

    object: str  # IRI
    label: str
    score: float | None
    rule: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entity to be decided on, and the words that name it first."""

    subject: str  # path under {base}id/
    label: str
    listed: bool  # in the authority file
    file: str = ""
    line: int = 0
    column: int = 0
    words: str = ""
    suggestions: tuple[Suggestion, ...] = ()


def read_records(output: Path) -> Iterator[Reading]:
    """Yield the records of a built collection, one at a time.

    Raises:
        LinkError: if there are none, or one can't be read.
    """
    folder, count = output / "records", 0
    try:
        for reading in read_kept(folder):
            count += 1
            yield reading
    except DataError as cause:
        raise LinkError(cause.problem, where=cause.where, remedy="build it anew") from cause
    if not count:
        problem, remedy = "there are no records", "run the build first, or name its folder"
        raise LinkError(problem, where=f"{folder}:1:1", remedy=remedy)


def find_items(readings: Iterable[Reading], authorities: Authorities) -> dict[str, Item]:
    """Return what the documents name, by key, each with the place that names it first."""
    found: dict[str, Item] = {}
    for reading in readings:
        for claim in reading.claims:
            first = claim.evidence[0] if claim.evidence else None
            for path in _paths(claim):
                known = found.get(path)
                if known is None or (first and not known.line):
                    item = _item(path, reading, first, authorities)
                    found[path] = replace(item, label=known.label) if known else item
            if isinstance(claim.value, Entity) and claim.key in found:
                item, label = found[claim.key], _first(claim.value.labels)
                found[claim.key] = replace(item, label=item.label or label)
    return {key: found[key] for key in sorted(found)}


def _first(labels: Mapping[str, str]) -> str:
    return labels.get("en") or next((labels[tag] for tag in sorted(labels)), "")


def _paths(claim: Claim) -> Iterator[str]:
    """Yield what a claim speaks of that may have a link."""
    value = claim.value
    named = (claim.key, claim.about, *(getattr(value, name, "") for name in _NAMING))
    for path in named:
        if isinstance(path, str) and path.count("/") == 1 and path.startswith(_BEGIN):
            yield path


def _item(path: str, reading: Reading, first: Evidence | None, authorities: Authorities) -> Item:
    listed = path in authorities
    label = _first(authorities.entity(path).labels) if listed else ""
    if first is None:
        return Item(path, label, listed, reading.source)
    return Item(path, label, listed, reading.source, first.line, first.column, first.quote)


def open_items(
    items: Iterable[Item], links: LinkSet, offered: Mapping[str, Iterable[Suggestion]]
) -> Iterator[Item]:
    """Yield what is still to be decided: undecided suggestions first, then what has no link.

    Shape: a pair that the set accepts or rejects is not offered again, nor anything of an
        authority where the entity has an identifier or where somebody found none.
    """
    bare: list[Item] = []
    for item in items:
        left = [one for one in offered.get(item.subject, ()) if _is_open(item, one, links)]
        if left:
            ordered = sorted(left, key=lambda one: (-(one.score or 0), one.object))
            yield replace(item, suggestions=tuple(ordered[:_MOST]))
        elif not any(link.decision != "rejected" for link in links.of(item.subject)):
            bare.append(item)
    yield from bare


def _is_open(item: Item, one: Suggestion, links: LinkSet) -> bool:
    if links.find(item.subject, one.object):
        return False
    found = find_scheme(one.object)
    if found is None:
        return True
    scheme = found[0]
    settled = (link for link in links.of(item.subject) if link.decision != "rejected")
    return not any(link.scheme == scheme or link.source == scheme.prefix for link in settled)


def find_namesakes(
    items: Iterable[Item], authorities: Authorities, base: str
) -> dict[str, list[Suggestion]]:
    """Return for each unlisted name whom the authority file has that it may stand for."""
    from cablegraph.authorities.candidates import IndexedName, NameIndex, find_candidates

    index = NameIndex()
    index.add(IndexedName(form.entity, form.form, form.language) for form in authorities.forms)
    found: dict[str, list[Suggestion]] = {}
    for item in items:
        if item.listed:
            continue
        folder = item.subject.partition("/")[0]
        found[item.subject] = [
            Suggestion(
                f"{base}id/{one.entity}",
                _first(authorities.entity(one.entity).labels),
                one.score,
                one.rule,
                one.explanation,
            )
            for one in find_candidates(item.label, None, index)
            if one.entity.startswith(f"{folder}/") and one.entity in authorities
        ]
    return found
