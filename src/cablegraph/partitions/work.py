"""Make one bucket: read its documents, check them, and write their part of graph and records."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import zstandard

from cablegraph.errors import CablegraphError, SourceError
from cablegraph.extraction.notices import find_notices
from cablegraph.extraction.series import find_place, settle
from cablegraph.graph.statements import state
from cablegraph.partitions.buckets import MOST_DOCUMENTS, Unit
from cablegraph.partitions.lanes import forget_file, read_lane
from cablegraph.partitions.parts import Part, Tally, write
from cablegraph.partitions.series import Standing
from cablegraph.partitions.summary import Document, Fault, Summary
from cablegraph.partitions.task import Task
from cablegraph.records.claims import Reading
from cablegraph.records.model import Record
from cablegraph.records.readers import read_documents
from cablegraph.sources.files import read_file
from cablegraph.sources.remote import is_url
from cablegraph.workshop import Made, Source, Workshop, check, open_workshop, read_claims

Item = Record | Reading | CablegraphError
#: Values made between two searches for circles. A document leaves some 500 behind, 60 kB, and each
#: search goes over all that a part holds: looking as often as Python does by itself took a tenth of
#: the time of a bucket, looking thrice a part another twentieth.
_RARELY = 300_000


@dataclass(slots=True)
class _Reader:
    """What is known while the documents of a bucket are read."""

    task: Task
    shop: Workshop
    part: Part = field(default_factory=Part)
    seen: set[str] = field(default_factory=set)
    nth: dict[tuple[str, str], int] = field(default_factory=dict)


def make_bucket(task: Task) -> Summary:
    """Make a bucket and return its summary; its files are in place then."""
    shop = open_workshop(Path(task.order.config) if task.order.config else None)
    tally = Tally()
    with _collecting_rarely():
        for number, part in enumerate(_parts(_Reader(task, shop))):
            divided = task.bucket.lanes > 1 or number
            name = f"{task.bucket.name}-{number:05d}" if divided else task.bucket.name
            task.note(f"{name}:")
            write(part, name, task.order, shop, tally)
    return tally.summary()


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    often = gc.get_threshold()
    gc.set_threshold(max(_RARELY, often[0]))
    try:
        yield
    finally:
        gc.set_threshold(*often)


def _parts(reader: _Reader) -> Iterator[Part]:
    """Yield the documents, so many at a time."""
    for count, (unit, item) in enumerate(_items(reader.task), start=1):
        _add(reader, unit, item)
        if count % MOST_DOCUMENTS == 0:
            yield reader.part
            reader.part = Part()
    if not reader.part.is_empty:
        yield reader.part


def _items(task: Task) -> Iterator[tuple[Unit, Item]]:
    kept = _read_kept(task)
    for unit in task.bucket.units:
        task.note(unit.shown)
        if unit.shown in kept:
            yield from ((unit, reading) for reading in kept[unit.shown])
        elif unit.shown in task.poison:
            yield unit, _poisoned(unit.path)
        elif task.bucket.lanes > 1:
            yield from ((unit, item) for item in read_lane(task.bucket))
        else:
            forget_file()
            yield from ((unit, item) for item in _read(unit))


def _read(unit: Unit) -> Iterator[Item]:
    if is_url(unit.path):
        from cablegraph.partitions.remote import read_unit

        yield from read_unit(unit)
        return
    try:
        file = read_file(Path(unit.path))
    except CablegraphError as fault:
        yield fault
        return
    yield from read_documents(file)


def _read_kept(task: Task) -> dict[str, list[Reading]]:
    """Return what was read, the last time, of the files that did not change.

    Shape: of a bucket of several parts, only of those that can't be reached: the order of the
        documents in a file, by which they are divided, is not kept.
    """
    folder, kept = Path(task.order.output) / "records", dict(task.kept)
    places = [folder / f"part-{task.bucket.name}.jsonl.zst"]
    if kept and not (places[0].is_file() and task.parts == (task.bucket.name,)):
        kept = {shown: kept[shown] for shown in task.unseen & kept.keys()}
        places = [one for part in task.parts for one in sorted(folder.glob(f"part-{part}[.-]*"))]
    if not kept:
        return {}
    wanted = {key for keys in kept.values() for key in keys}
    found = {one.key: one for place in places for one in _readings(place) if one.key in wanted}
    return {
        shown: [found[key] for key in keys]
        for shown, keys in kept.items()
        if all(key in found for key in keys)
    }


def _readings(place: Path) -> Iterator[Reading]:
    with place.open("rb") as file:
        data = zstandard.ZstdDecompressor().stream_reader(file).readall()
    for line in data.split(b"\n")[:-1]:
        yield msgspec.json.decode(line, type=Reading)


def _add(reader: _Reader, unit: Unit, item: Item) -> None:
    part, shown = reader.part, unit.shown
    if isinstance(item, CablegraphError):
        part.faults.append(_to_fault(item, unit))
        return
    nth = reader.nth.get((item.key, shown), 0)
    reader.nth[item.key, shown] = nth + 1
    if (shown, item.key) in reader.task.without or item.key in reader.seen:
        part.documents.append(Document(item.key, shown, "", nth))
        return
    reader.seen.add(item.key)
    made, standing = _make(reader.shop, Source(Path(unit.path), shown), item, reader.task)
    part.made.append(made)
    part.series += [standing] if standing else []
    part.documents.append(Document(item.key, shown, made.reading.path, nth))


def _make(
    shop: Workshop, source: Source, item: Record | Reading, task: Task
) -> tuple[Made, Standing | None]:
    """Make a document as the series of the corpus settle it; say where it stands in these."""
    kept = item if isinstance(item, Reading) else None
    reading = item if isinstance(item, Reading) else read_claims(item, source, shop)
    if rivals := task.rivals.get(item.key) if kept else None:
        reading = settle(reading, rivals)
    standing = _stand(reading, task)
    if standing and standing.applied:
        reading = settle(reading, standing.place.rivals, standing.applied)
    if kept and reading.claims == kept.claims:
        return Made(source, kept, state(kept, shop.iris, shop.settings.rights)), standing
    if kept or (standing and standing.applied):
        notices = find_notices(reading, source.shown, f"{shop.settings.base}id/")
        stale = (one for one in reading.findings if one.code == "stale-decision")
        reading = msgspec.structs.replace(reading, findings=(*stale, *notices))
    return check(source, reading, shop, task.order.validator), standing


def _stand(reading: Reading, task: Task) -> Standing | None:
    """Return the place of a document in its series, with what these settle of it, if it can be."""
    place, settlement = find_place(reading), task.settled.get(reading.key)
    if place is None:
        return None
    known = settlement and settlement.winner in {claim.key for claim in place.rivals}
    return Standing(place, settlement if known else None)


def _to_fault(error: CablegraphError, unit: Unit) -> Fault:
    own = error.where.startswith(f"{unit.path}:")
    place = error.where[len(unit.path) :] if own else error.where
    return Fault(unit.shown, place, type(error).__name__, error.problem, error.remedy)


def _poisoned(path: str) -> CablegraphError:
    return SourceError(
        "reading it ended the process that did so, twice",
        where=f"{path}:1:1",
        remedy="take the file out and report it; the others are built",
    )
