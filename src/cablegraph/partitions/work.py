"""Make one bucket: read its documents, check them, and write their part of graph and records."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import zstandard

from cablegraph.errors import CablegraphError, DuplicateError
from cablegraph.graph.shared import find_named
from cablegraph.graph.statements import to_lines
from cablegraph.partitions.buckets import MOST_DOCUMENTS, Bucket
from cablegraph.partitions.files import write_part
from cablegraph.partitions.summary import Document, Fault, Stock, Summary
from cablegraph.records.claims import Finding, Offer, Reading, Stance
from cablegraph.records.model import Record
from cablegraph.records.readers import read_documents
from cablegraph.sources.files import read_file
from cablegraph.validation.report import sort_findings
from cablegraph.workshop import Made, Source, check, open_workshop, read_claims

#: Findings that a bucket hands on to be printed; all of them are in its report.
_SHOWN = 20
_ORDER = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Task:
    """A bucket to be made; it can be sent to any process.

    Shape: *without* are the documents, as (file shown, key), that another file has already.
    """

    bucket: Bucket
    output: str
    config: str | None
    without: frozenset[tuple[str, str]] = frozenset()
    poison: frozenset[str] = frozenset()  # files that ended a worker
    kept: frozenset[str] = frozenset()  # digests of files that did not change


@dataclass(slots=True)
class _Batch:
    """The documents of one part."""

    made: list[Made] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubles: list[Document] = field(default_factory=list)


def make_bucket(task: Task) -> Summary:
    """Make a bucket and return its summary; its files are in place then."""
    found = Summary()
    seen: dict[str, str] = {}
    for number, batch in enumerate(_batches(task, seen)):
        name = (
            f"{task.bucket.name}-{number:05d}"
            if task.bucket.lanes > 1 or number
            else (task.bucket.name)
        )
        found = _join(found, _write(task, name, batch))
    return found


def _batches(task: Task, seen: dict[str, str]) -> Iterator[_Batch]:
    """Yield the documents in stretches; a lane leaves out the stretches of the others."""
    bucket, batch, count = task.bucket, _Batch(), 0
    for source, item in _items(task, _read_kept(task)):
        stretch, count = count // MOST_DOCUMENTS, count + 1
        if stretch % bucket.lanes == bucket.lane:
            _add(task, batch, source, item, seen)
        if count % MOST_DOCUMENTS == 0 and (batch.made or batch.faults):
            yield batch
            batch = _Batch()
    if batch.made or batch.faults:
        yield batch


def _read_kept(task: Task) -> dict[str, list[Reading]]:
    """Return what was read, the last time, of the files that did not change, by their digest."""
    place = Path(task.output) / "records" / f"part-{task.bucket.name}.jsonl.zst"
    found: dict[str, list[Reading]] = {}
    if task.kept and place.is_file():
        data = zstandard.ZstdDecompressor().decompress(place.read_bytes())
        for line in data.splitlines():
            reading = msgspec.json.decode(line, type=Reading)
            if reading.sha256 in task.kept:
                found.setdefault(reading.sha256, []).append(reading)
    return found


Item = Record | Reading | CablegraphError


def _items(task: Task, kept: dict[str, list[Reading]]) -> Iterator[tuple[Source, Item]]:
    for unit in task.bucket.units:
        source = Source(Path(unit.path), unit.shown)
        if unit.sha256 in kept:
            yield from ((source, reading) for reading in kept[unit.sha256])
            continue
        if unit.shown in task.poison:
            yield source, _poisoned(unit.path)
            continue
        try:
            file = read_file(source.path)
        except CablegraphError as fault:
            yield source, fault
            continue
        for item in read_documents(file):
            yield source, item


def _add(task: Task, batch: _Batch, source: Source, item: Item, seen: dict[str, str]) -> None:
    if isinstance(item, CablegraphError):
        batch.faults.append(_to_fault(item))
        return
    if (source.shown, item.key) in task.without or item.key in seen:
        batch.faults.append(_to_fault(_duplicate(source, item.key, seen.get(item.key))))
        batch.doubles.append(Document(item.key, source.shown, ""))
        return
    seen[item.key] = source.shown
    shop = open_workshop(Path(task.config) if task.config else None)
    if isinstance(item, Reading):
        lines = to_lines(item, shop.iris, shop.settings.rights)
        batch.made.append(Made(source, item, lines))
    else:
        batch.made.append(check(source, read_claims(item, source, shop), shop))


def _write(task: Task, name: str, batch: _Batch) -> Summary:
    output = Path(task.output)
    shop = open_workshop(Path(task.config) if task.config else None)
    shared_graph = f" {shop.iris.graph('authorities')} ."
    own: set[str] = set()
    shared: set[str] = set()
    for one in batch.made:
        for line in one.lines:
            (shared if line.endswith(shared_graph) else own).add(line)
    findings = sort_findings([f for one in batch.made for f in one.reading.findings])
    files = [
        write_part(output, f"graph/part-{name}.nq.zst", map(str.encode, sorted(own))),
        write_part(output, f"graph/index/part-{name}.tsv", _index(sorted(own))),
        write_part(
            output,
            f"records/part-{name}.jsonl.zst",
            (msgspec.json.encode(one.reading) for one in sorted(batch.made, key=_key)),
        ),
    ]
    if findings:
        encoded = (msgspec.json.encode(one) for one in findings)
        files.append(write_part(output, f"reports/part-{name}.jsonl.zst", encoded))
    return Summary(
        files=tuple(files),
        documents=tuple(
            Document(one.reading.key, one.source.shown, one.reading.path) for one in batch.made
        ),
        faults=tuple(batch.faults),
        doubles=tuple(batch.doubles),
        stock=Stock(tuple(sorted(shared)), tuple(sorted(find_named(own | shared)))),
        counts=_count(batch.made, len(own)),
        codes=dict(Counter(f"{one.severity} {one.code}" for one in findings)),
        findings=_worst(findings),
    )


def _key(made: Made) -> str:
    return made.reading.key


def _index(lines: list[str]) -> Iterator[bytes]:
    """Yield a line for each graph of the part: its IRI, number of statements and digest."""
    by_graph: dict[str, list[str]] = {}
    for line in lines:
        by_graph.setdefault(line[line.rindex(" <") + 1 : -2], []).append(line)
    for graph, stated in sorted(by_graph.items()):
        digest = hashlib.sha256("".join(f"{line}\n" for line in stated).encode()).hexdigest()
        yield f"{graph}\t{len(stated)}\t{digest}".encode()


def _count(made: list[Made], statements: int) -> dict[str, int]:
    claims = [claim for one in made for claim in one.reading.claims]
    return {
        "documents": len(made),
        "claims": len(claims),
        "decisions": sum(len(one.reading.decisions) for one in made),
        "statements": statements,
        "proposals": len({claim.key for claim in claims if isinstance(claim.value, Offer)}),
        "stances": sum(isinstance(claim.value, Stance) for claim in claims),
        "uncovered": sum(one.reading.uncovered for one in made),
    }


def _join(one: Summary, other: Summary) -> Summary:
    findings = _worst([*one.findings, *other.findings])
    return Summary(
        files=(*one.files, *other.files),
        documents=(*one.documents, *other.documents),
        faults=(*one.faults, *other.faults),
        doubles=(*one.doubles, *other.doubles),
        stock=Stock(
            tuple(sorted({*one.stock.shared, *other.stock.shared})),
            tuple(sorted({*one.stock.named, *other.stock.named})),
        ),
        counts=dict(Counter(one.counts) + Counter(other.counts)),
        codes=dict(Counter(one.codes) + Counter(other.codes)),
        findings=findings,
    )


def _worst(findings: list[Finding]) -> tuple[Finding, ...]:
    ordered = sorted(findings, key=lambda one: (_ORDER[one.severity], one))
    return tuple(ordered[:_SHOWN])


def _to_fault(error: CablegraphError) -> Fault:
    return Fault(type(error).__name__, error.where, error.problem, error.remedy)


def _duplicate(source: Source, key: str, first: str | None) -> DuplicateError:
    where = f"{first} already" if first else "another file already"
    return DuplicateError(
        f"the record {key} stands in {where}",
        where=f"{source.path}:1:1",
        remedy="keep one file a record, or mend the link of one of them",
    )


def _poisoned(path: str) -> CablegraphError:
    from cablegraph.errors import SourceError

    return SourceError(
        "reading it ended the process that did so, twice",
        where=f"{path}:1:1",
        remedy="take the file out and report it; the others are built",
    )
