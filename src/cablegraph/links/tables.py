"""What the authority file says of an entity beside its names: posts in time, and where it lies.

roles.csv and places.csv stand beside entities.csv; a collection need have neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cablegraph.authorities.rows import Row, read_rows
from cablegraph.authorities.table import Authorities
from cablegraph.errors import AuthorityError, LinkError, shown
from cablegraph.links.sssom import raise_faults

ROLE_COLUMNS = ("key", "post_en", "post_ru", "body", "from", "to", "source")
PLACE_COLUMNS = ("key", "latitude", "longitude", "source")

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,8})?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Role:
    """A post that a person held.

    Units: ``begin`` and ``end`` are a year, a month or a day of ISO 8601; empty if not known.
    """

    key: str
    post_en: str
    post_ru: str
    body: str  # key of the body in which the post is, or empty
    begin: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place lies.

    Units: degrees of WGS 84 as the source writes them, north and east positive.
    """

    key: str
    latitude: str
    longitude: str
    source: str


def read_roles(folder: Path, authorities: Authorities) -> tuple[Role, ...]:
    """Read roles.csv of an authority file, if it has one.

    Raises:
        LinkError: if a row names nobody, has no source or a day that is none.
        Faults: if several do.
    """

    def faults_of(row: Row) -> Iterator[AuthorityError]:
        return _role_faults(row, authorities)

    def role_of(row: Row) -> Role:
        return Role(*(row.cells[column] for column in ROLE_COLUMNS))

    return _read(folder / "roles.csv", ROLE_COLUMNS, faults_of, role_of)


def read_points(folder: Path, authorities: Authorities) -> tuple[Point, ...]:
    """Read places.csv of an authority file, if it has one.

    Raises:
        LinkError: if a row names no place, has no source, or lies nowhere on earth.
        Faults: if several do.
    """

    def faults_of(row: Row) -> Iterator[AuthorityError]:
        return _point_faults(row, authorities)

    def point_of(row: Row) -> Point:
        return Point(*(row.cells[column] for column in PLACE_COLUMNS))

    return _read(folder / "places.csv", PLACE_COLUMNS, faults_of, point_of)


def _read(
    path: Path,
    columns: tuple[str, ...],
    faults_of: Callable[[Row], Iterator[AuthorityError]],
    make: Callable[[Row], T],
) -> tuple[T, ...]:
    if not path.exists():
        return ()
    rows = read_rows(path, columns)
    faults = [fault for row in rows for fault in faults_of(row)]
    seen: dict[T, int] = {}
    for row in rows:
        first = seen.setdefault(make(row), row.line)
        if first != row.line:
            faults.append(row.fault("key", f"line {first} says the same", "keep one row"))
    raise_faults([LinkError(f.problem, where=f.where, remedy=f.remedy) for f in faults])
    return tuple(sorted(seen, key=repr))


def _role_faults(row: Row, authorities: Authorities) -> Iterator[AuthorityError]:
    cells = row.cells
    yield from _key_faults(row, authorities, "person")
    if cells["body"] and cells["body"] not in authorities:
        yield row.fault("body", f"no entity {shown(cells['body'])}", "add it to entities.csv")
    if not any(map(str.isalnum, cells["post_en"])):
        yield row.fault("post_en", "the English name of the post is empty", "fill it in")
    for column in ("from", "to"):
        if cells[column] and not _DAY.fullmatch(cells[column]):
            problem = f"{column} is {shown(cells[column])}"
            yield row.fault(column, problem, "write it as 1951, 1951-07 or 1951-07-03")
    size = min(len(cells["from"]), len(cells["to"]))
    if cells["from"][:size] > cells["to"][:size]:
        yield row.fault("to", f"ends {cells['to']}, before it begins", "check the two days")


def _point_faults(row: Row, authorities: Authorities) -> Iterator[AuthorityError]:
    yield from _key_faults(row, authorities, "place")
    for column, most in (("latitude", 90), ("longitude", 180)):
        text = row.cells[column]
        if not _DEGREES.fullmatch(text) or abs(float(text)) > most:
            problem = f"{column} is {shown(text)}"
            yield row.fault(column, problem, f"write degrees from -{most} to {most}, as 39.9075")


def _key_faults(row: Row, authorities: Authorities, kind: str) -> Iterator[AuthorityError]:
    key = row.cells["key"]
    if key not in authorities:
        yield row.fault("key", f"no entity {shown(key)}", "add it to entities.csv")
    elif authorities.entity(key).type != kind:
        yield row.fault("key", f"{shown(key)} is no {kind}", f"name a {kind}")
    if not row.cells["source"]:
        yield row.fault("source", "the source is empty", "say where it stands")
