"""Mapping sets in SSSOM: read with the place of every fault, written in canonical form.

Source: SSSOM/TSV, https://mapping-commons.github.io/sssom/spec-formats-tsv/.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.errors import Faults, LinkError, OutputError, shown
from cablegraph.links.head import head_lines, parse_head
from cablegraph.links.model import Head, Link, LinkSet, read_slots
from cablegraph.links.schemes import find_schemes

#: A cell that is longer is no label or remark; csv itself stops at 131 072 characters.
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A line of the table; every column of the header, empty cells too."""

    path: Path
    line: int
    raw: str = field(repr=False)
    cells: Mapping[str, str]

    def fault(self, column: str, problem: str, remedy: str) -> LinkError:
        """Return the error to raise for the cell in *column*."""
        place = 1
        if column in self.cells:
            before = list(self.cells).index(column)
            place += sum(len(part) + 1 for part in self.raw.split("\t")[:before])
        return LinkError(problem, where=f"{self.path}:{self.line}:{place}", remedy=remedy)


def read_mappings(path: Path) -> tuple[Head, list[MappingRow]]:
    """Read head and rows of a file, not yet checked against what SSSOM means by them.

    Raises:
        LinkError: if the file can't be read or its header has no columns of SSSOM.
        Faults: if several rows can't be taken apart.
    """
    lines = _read_text(path).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    size = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = parse_head(lines[:size], path)
    header = lines[size].split("\t") if size < len(lines) else []
    _check_header(header, path, size + 1)
    rows: list[MappingRow] = []
    faults: list[LinkError] = []
    for number, raw in enumerate(lines[size + 1 :], size + 2):
        try:
            rows.append(_row(path, number, raw, header))
        except LinkError as fault:
            faults.append(fault)
    raise_faults(faults)
    return head, rows


def raise_faults(faults: Sequence[LinkError]) -> None:
    """Raise what was found wrong, one or all together; return if there is nothing."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(f"{len(faults)} faults in the links", faults)


def _read_text(path: Path) -> str:
    try:
        # The line ends are the table's own: a carriage return in a cell is a fault, not a line.
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as cause:
        problem = f"the file can't be read ({cause.strerror or cause})"
        raise LinkError(problem, where=f"{path}:1:1", remedy="name a mapping set") from cause
    except UnicodeDecodeError as cause:
        remedy = "save it as UTF-8"
        raise LinkError("the file is not UTF-8", where=f"{path}:1:1", remedy=remedy) from cause


def _check_header(header: list[str], path: Path, line: int) -> None:
    known, where = read_slots().mapping, f"{path}:{line}:1"
    for column in header:
        if column not in known:
            remedy = "name the columns as SSSOM does"
            raise LinkError(f"{shown(column)} is no slot of a mapping", where=where, remedy=remedy)
    if len(set(header)) < len(header):
        raise LinkError("a column stands twice", where=where, remedy="keep one of the two")
    if missing := [column for column in read_slots().needed if column not in header]:
        problem = f"the header lacks {', '.join(missing)}"
        raise LinkError(problem, where=where, remedy="add the column")


def _row(path: Path, line: int, raw: str, header: list[str]) -> MappingRow:
    row = MappingRow(path, line, raw, {})
    longest = max(map(len, raw.split("\t")))
    if longest > LONGEST:
        raise row.fault("", f"a cell of {longest} characters", f"keep it under {LONGEST}")
    try:
        cells = next(csv.reader([raw], delimiter="\t", strict=True), [])
    except csv.Error as cause:
        remedy = "quote a cell that has a quotation mark, and put no line break in it"
        raise row.fault("", f"the row can't be read ({cause})", remedy) from cause
    if len(cells) != len(header):
        problem = f"{len(cells)} cells, the header has {len(header)}"
        raise row.fault("", problem, "part the cells by one tab each")
    return MappingRow(path, line, raw, dict(zip(header, cells, strict=True)))


def render_links(links: LinkSet) -> str:
    """Return a set as canonical SSSOM/TSV: the slots of the schema in its order, rows sorted."""
    used = {slot for link in links.links for slot, cell in link.cells.items() if cell}
    columns = [s for s in read_slots().mapping if s in used or s in read_slots().needed]
    out = io.StringIO()
    out.writelines(line + "\n" for line in head_lines(links.head))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    for link in sorted(links.links, key=lambda one: one.order):
        writer.writerow(link.cells.get(column, "") for column in columns)
    return out.getvalue()


def write_links(links: LinkSet, path: Path) -> None:
    """Write a set; whoever reads the file meanwhile sees the old one or the new one.

    Raises:
        OutputError: if the file can't be written.
    """
    partial = ""
    try:
        handle, partial = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(render_links(links).encode("utf-8"))
            out.flush()
            os.fsync(out.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(partial).chmod(mode)
        Path(partial).replace(path)
    except OSError as cause:
        problem = f"the links can't be written ({cause.strerror or cause})"
        remedy = "make the folder writable; nothing was lost"
        raise OutputError(problem, where=f"{path}:1:1", remedy=remedy) from cause
    finally:
        if partial:
            with suppress(OSError):
                Path(partial).unlink(missing_ok=True)


def shorten(iri: str, curie_map: Mapping[str, str]) -> str | None:
    """Return the CURIE of an IRI by the longest namespace that begins it, or None.

    >>> shorten("https://example.org/a/1", {"x": "https://example.org/", "a": "https://example.org/a/"})
    'a:1'
    """
    fitting = [(len(space), prefix) for prefix, space in curie_map.items() if iri.startswith(space)]
    if not fitting:
        return None
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def empty_set(base: str, licence: str) -> LinkSet:
    """Return a set without links, whose prefixes are those of the known authorities."""
    schemes = {scheme.prefix: scheme.iri for scheme in find_schemes().values()}
    own = {
        "cg": f"{base}id/",
        "authority": "https://w3id.org/cablegraph/scheme/authority/",
        "orcid": "https://orcid.org/",
        "semapv": "https://w3id.org/semapv/vocab/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sssom": "https://w3id.org/sssom/",
    }
    head: Head = {
        "curie_map": dict(_sorted({**schemes, **own})),
        "mapping_set_id": f"{base}links",
        "license": licence,
    }
    return LinkSet(head, ())


def _sorted(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from sorted(table.items())


def new_link(cells: Mapping[str, str], subject: str, object_iri: str, source: str = "") -> Link:
    """Return a link from filled cells; empty ones are left out.

    Shape: whatever a cell holds, it is one line that is not too long to be read again.
    """
    plain = {slot: " ".join(cell.split())[:LONGEST] for slot, cell in cells.items()}
    return Link({slot: cell for slot, cell in plain.items() if cell}, subject, object_iri, source)
