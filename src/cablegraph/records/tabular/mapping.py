"""Read a mapping: which column of a table gives which field, and how its cells are written.

A mapping is a TOML file of the table's name beside it (``letters.toml`` for ``letters.csv``):

    [table]
    separator = "|"          # between several parties in one cell, and their ids in the same order
    dates = "day-first"      # or month-first, for figures that do not say it; EDTF is always read

    [columns]
    id = "No."
    sender = "From"
    sender-id = "From (GND)"
    addressee = { column = "To", separator = " and ", kind = "person" }
    sent = "Date"

The fields are those of ``fields.toml``; a column is named by its heading or by its number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

from cablegraph.errors import TableError, shown
from cablegraph.records.stated import AgentKind
from cablegraph.records.tabular.dates import Order

Rows = Literal["one", "several", "records"]

_CHOICES = {
    "dates": ("day-first", "month-first"),
    "rows": ("one", "several", "records"),
    "kind": ("person", "org", "group", "position"),
}
_USE_KEYS = ("column", "first-of", "separator", "prefix", "kind", "dates")


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column may be, as ``fields.toml`` says."""

    name: str
    what: str = ""
    value: str = ""
    of: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How a table is written as a whole.

    Units: ``header`` is the number of the row of headings, from 1; 0 where there is none.
    """

    delimiter: str | None = None
    header: int = 1
    sheet: str | None = None
    language: str | None = None
    separator: str | None = None
    dates: Order | None = None
    rows: Rows = "one"
    texts: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """The columns of one field; ``first`` takes of them the first that is filled."""

    target: Target
    columns: tuple[str | int, ...]
    place: str  # line and column in the mapping
    first: bool = False
    separator: str | None = None
    prefix: str | None = None
    kind: AgentKind | None = None
    dates: Order | None = None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping that was read, with what is wrong in it."""

    path: Path
    options: Options = Options()
    uses: tuple[Use, ...] = ()
    faults: tuple[TableError, ...] = ()
    ready: bool = False  # comes with the package: what the table lacks is no fault

    def use(self, name: str) -> Use | None:
        """Return the use of a field, or None where the mapping has none."""
        return next((use for use in self.uses if use.target.name == name), None)


@cache
def find_targets() -> Mapping[str, Target]:
    """Return the fields that a mapping may name."""
    data = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))
    return {name: Target(name, **values) for name, values in data.items()}


def read_mapping(path: Path) -> TableMapping | None:
    """Read a mapping; None where the file has no columns and so is no mapping.

    Raises:
        TableError: if it is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(cause))
        place = f"{found[1]}:{found[2]}" if found else "1:1"
        problem = str(cause).partition(" (at ")[0]
        raise TableError(
            f"no TOML here: {problem}", where=f"{path}:{place}", remedy="mend the mapping"
        ) from cause
    except (OSError, UnicodeDecodeError) as cause:
        raise TableError(
            "a mapping that can't be read", where=f"{path}:1:1", remedy="save it as UTF-8"
        ) from cause
    if not isinstance(data.get("columns"), dict):
        return None
    return _Reader(path, text).read(data)


@dataclass(slots=True)
class _Reader:
    path: Path
    text: str
    faults: list[TableError] = field(default_factory=list)

    def read(self, data: dict[str, Any]) -> TableMapping:
        options = self._options(data.get("table", {}))
        uses = tuple(self._uses(data["columns"]))
        for key in sorted(data.keys() - {"table", "columns", "match"}):
            self._unknown("", key, ("table", "columns"))
        return TableMapping(self.path, options, uses, tuple(self.faults))

    def _options(self, table: object) -> Options:
        known = {one.name for one in fields(Options)}
        values: dict[str, Any] = {}
        for key, value in (table if isinstance(table, dict) else {}).items():
            if key not in known:
                self._unknown("table", key, sorted(known))
            elif key == "header":
                if self._fits("table", key, value, isinstance(value, int) and value >= 0):
                    values[key] = int(value)
            elif key == "delimiter":
                if self._fits("table", key, value, isinstance(value, str) and len(value) == 1):
                    values[key] = value
            elif self._is_choice("table", key, value):
                values[key] = value
        return Options(**values)

    def _uses(self, columns: dict[str, Any]) -> Iterator[Use]:
        targets = find_targets()
        for name, value in columns.items():
            if name not in targets:
                self._unknown("columns", name, sorted(targets))
                continue
            if use := self._use(targets[name], value):
                yield use
        for name in columns:
            if (target := targets.get(name)) and target.of and target.of not in columns:
                self._fault("columns", name, f"{name} without {target.of}", f"name {target.of} too")

    def _use(self, target: Target, value: object) -> Use | None:
        given = value if isinstance(value, dict) else {"column": value}
        for key in sorted(given.keys() - set(_USE_KEYS)):
            self._unknown("columns", target.name, _USE_KEYS, key)
        named = given.get("first-of", given.get("column"))
        columns = named if isinstance(named, list) else [named]
        whole = all(isinstance(one, str | int) and not isinstance(one, bool) for one in columns)
        if not (columns and whole):
            found = f"{target.name} is {shown(value)}"
            self._fault("columns", target.name, found, "name a column by its heading or number")
            return None
        options = {
            key: item
            for key, item in given.items()
            if key in ("separator", "prefix", "kind", "dates")
            and self._is_choice("columns", key, item, target.name)
        }
        return Use(
            target,
            tuple(cast("list[str | int]", columns)),
            self._place("columns", target.name),
            "first-of" in given,
            **cast("dict[str, Any]", options),
        )

    def _is_choice(self, section: str, key: str, value: object, name: str = "") -> bool:
        choices = _CHOICES.get(key)
        if isinstance(value, str) and (choices is None or value in choices):
            return True
        remedy = f"write one of {', '.join(choices)}" if choices else "write it in quotation marks"
        self._fault(section, name or key, f"{key} is {shown(value)}", remedy)
        return False

    def _fits(self, section: str, key: str, value: object, fits: bool) -> bool:
        if not fits:
            self._fault(section, key, f"{key} is {shown(value)}", "see the example of a mapping")
        return fits

    def _unknown(
        self, section: str, key: str, known: tuple[str, ...] | list[str], inner: str = ""
    ) -> None:
        word = inner or key
        near = get_close_matches(word, known, n=3)
        remedy = f"did you mean {', '.join(near)}?" if near else f"use one of {', '.join(known)}"
        self._fault(section, key, f"{word!r} is nothing that a mapping knows", remedy)

    def _fault(self, section: str, key: str, found: str, remedy: str) -> None:
        where = f"{self.path}:{self._place(section, key)}"
        self.faults.append(TableError(found, where=where, remedy=remedy))

    def _place(self, section: str, key: str) -> str:
        """Return line and column at which a key of a section is set; 1:1 where it can't be told."""
        here = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if head := re.match(r"\s*\[+\s*([\w-]+)", line):
                here = head[1]
            set_here = re.match(rf"[\s\[\"']*(?P<key>{re.escape(key)})\b", line)
            if set_here and here in (section, key):
                return f"{number}:{set_here.start('key') + 1}"
        return "1:1"
