"""What the rows of a mapping set mean, and which of them can't be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from cablegraph.errors import LinkError, shown
from cablegraph.links.model import Head, Link, LinkSet, read_slots
from cablegraph.links.schemes import Scheme, find_scheme, find_schemes
from cablegraph.links.sssom import MappingRow, raise_faults, read_mappings

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"0(?:\.\d{1,6})?|1(?:\.0{1,6})?")
_CURIE = re.compile(r"([A-Za-z][\w.-]*):([^\s<>\"{}|^`\\]+)", re.ASCII)
_PATH = re.compile(r"[a-z0-9][a-z0-9_.-]*(?:/[a-z0-9][a-z0-9_.-]*)+")
_JUSTIFIED = re.compile(r"semapv:[A-Z][A-Za-z]+")
_OWN = "/id/"  # what parts the base from the path of a thing


def read_links(path: Path) -> LinkSet:
    """Read a mapping set and check every row.

    Raises:
        LinkError: if the file can't be read, or one row can't be used, at the cell to blame.
        Faults: if several rows can't.
    """
    head, rows = read_mappings(path)
    _check_head(head, path)
    links, faults = check_rows(rows, _curie_map(head))
    raise_faults(faults)
    return LinkSet(head, tuple(links), path)


def check_rows(
    rows: Iterable[MappingRow], curie_map: Mapping[str, str]
) -> tuple[list[Link], list[LinkError]]:
    """Return the links of the rows, and what is wrong with the others or among them."""
    links: list[Link] = []
    faults: list[LinkError] = []
    seen: dict[tuple[str, str, str], Link] = {}
    by_subject: dict[str, list[Link]] = {}
    for row in rows:
        wrong = list(_row_faults(row, curie_map))
        if not wrong:
            link = _link(row, curie_map)
            key = (link.subject, link.object, link.source)
            first = seen.setdefault(key, link)
            others = by_subject.setdefault(link.subject, [])
            wrong = list(_clashes(row, link, first, others))
            others.append(link)
            links.append(link)
        faults += wrong
    return links, faults


def _check_head(head: Head, path: Path) -> None:
    where = f"{path}:1:1"
    if missing := [slot for slot in read_slots().needed_set if not head.get(slot)]:
        problem = f"the head lacks {', '.join(missing)}"
        raise LinkError(problem, where=where, remedy="add the line #" + f"{missing[0]}: …")
    for prefix, namespace in _curie_map(head).items():
        scheme = find_schemes().get(prefix)
        if scheme and scheme.iri != namespace:
            problem = f"{prefix} is {shown(namespace)}"
            raise LinkError(problem, where=where, remedy=f"write {scheme.iri}, or another prefix")


def _curie_map(head: Head) -> Mapping[str, str]:
    found = head.get("curie_map")
    return found if isinstance(found, dict) else {}


def _row_faults(row: MappingRow, curie_map: Mapping[str, str]) -> Iterator[LinkError]:
    cells, slots = row.cells, read_slots()
    yield from _subject_faults(row, curie_map)
    if cells["predicate_id"] not in slots.predicates:
        problem = f"predicate_id is {shown(cells['predicate_id'])}"
        yield row.fault("predicate_id", problem, f"write one of {', '.join(slots.predicates)}")
    if cells.get("predicate_modifier", "") not in ("", "Not"):
        problem = f"predicate_modifier is {shown(cells['predicate_modifier'])}"
        yield row.fault("predicate_modifier", problem, "write Not, or leave it empty")
    yield from _object_faults(row, curie_map)
    if not _JUSTIFIED.fullmatch(cells["mapping_justification"]):
        problem = f"mapping_justification is {shown(cells['mapping_justification'])}"
        remedy = "write a term such as semapv:ManualMappingCuration"
        yield row.fault("mapping_justification", problem, remedy)
    for column in ("mapping_date", "review_date", "publication_date"):
        if cells.get(column) and not is_day(cells[column]):
            problem = f"{column} is {shown(cells[column])}"
            yield row.fault(column, problem, "write it as 1951-07-03")
    if cells.get("confidence") and not _NUMBER.fullmatch(cells["confidence"]):
        problem = f"confidence is {shown(cells['confidence'])}"
        yield row.fault("confidence", problem, "write a number from 0 to 1, such as 0.8")


def _subject_faults(row: MappingRow, curie_map: Mapping[str, str]) -> Iterator[LinkError]:
    curie = row.cells["subject_id"]
    try:
        iri = expand(curie, curie_map)
    except ValueError as cause:
        yield row.fault("subject_id", str(cause), "declare the prefix in the curie_map of the head")
        return
    if not _PATH.fullmatch(iri.partition(_OWN)[2]):
        problem = f"{shown(curie)} is nothing of the collection"
        yield row.fault("subject_id", problem, "write a key of the authority file: cg:person/mao")


def _object_faults(row: MappingRow, curie_map: Mapping[str, str]) -> Iterator[LinkError]:
    curie = row.cells["object_id"]
    if curie in read_slots().nothing:
        if row.cells.get("predicate_modifier"):
            problem = "a link to nothing is denied"
            yield row.fault("predicate_modifier", problem, "leave it empty")
        if not row.cells.get("object_source"):
            problem = "the row says that none was found, but not where"
            yield row.fault("object_id", problem, "name the authority in object_source")
        return
    try:
        check_object(curie, curie_map)
    except ValueError as cause:
        problem, _, remedy = str(cause).partition("; ")
        yield row.fault("object_id", problem, remedy)


def check_object(curie: str, curie_map: Mapping[str, str]) -> str:
    """Return the IRI of an object.

    Raises:
        ValueError: if it is no CURIE of the map, or no identifier of the authority it names.
    """
    try:
        iri = expand(curie, curie_map)
    except ValueError as cause:
        raise ValueError(f"{cause}; declare the prefix in the curie_map of the head") from cause
    prefix, _, local = curie.partition(":")
    scheme = find_schemes().get(prefix)
    if scheme and not scheme.fits(local):
        problem = f"{shown(curie)} is no identifier of {scheme.title}"
        raise ValueError(f"{problem}; write {prefix}: and {scheme.pattern}")
    return iri


def is_day(text: str) -> bool:
    """Tell whether a text is a day such as 1951-07-03."""
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def expand(curie: str, curie_map: Mapping[str, str]) -> str:
    """Return the IRI of a CURIE.

    Raises:
        ValueError: if it is none, or its prefix is not in the map.

    >>> expand("x:1", {"x": "https://example.org/"})
    'https://example.org/1'
    """
    found = _CURIE.fullmatch(curie)
    if found is None:
        raise ValueError(f"{shown(curie)} is no CURIE")
    if found[1] not in curie_map:
        raise ValueError(f"the prefix of {shown(curie)} is not known")
    return curie_map[found[1]] + found[2]


def _link(row: MappingRow, curie_map: Mapping[str, str]) -> Link:
    cells = {slot: cell for slot, cell in row.cells.items() if cell}
    subject = expand(cells["subject_id"], curie_map).partition(_OWN)[2]
    if cells["object_id"] in read_slots().nothing:
        source = cells["object_source"].rpartition("/")[2].rpartition(":")[2]
        return Link(cells, subject, "", source, row.line)
    return Link(cells, subject, expand(cells["object_id"], curie_map), "", row.line)


def _clashes(row: MappingRow, link: Link, first: Link, before: list[Link]) -> Iterator[LinkError]:
    if first is not link:
        same = first.decision == link.decision
        problem = f"line {first.line} {'says' if same else 'decides otherwise on'} the same"
        yield row.fault("object_id", problem, "keep one of the two rows")
        return
    for other in before:
        if _is_against(other, link):
            problem = f"line {other.line} has an identifier, and one of the two says there is none"
            yield row.fault("object_id", problem, "take one of the two rows out")
            return


def _is_against(one: Link, two: Link) -> bool:
    nothing, other = (one, two) if not one.object else (two, one)
    return (
        not nothing.object
        and other.decision == "accepted"
        and _prefix_of(other.scheme) == nothing.source
    )


def _prefix_of(scheme: Scheme | None) -> str | None:
    return scheme.prefix if scheme else None


def find_iri(text: str, curie_map: Mapping[str, str]) -> str | None:
    """Return the IRI that an editor means by a CURIE, an IRI or an address of a known authority."""
    if find_scheme(text):
        return text
    try:
        return expand(text, curie_map)
    except ValueError:
        return text if re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", text) else None
