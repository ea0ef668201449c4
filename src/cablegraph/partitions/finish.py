"""Put together what belongs to no document: shared lines, links, vocabulary, dataset, manifest."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path

import msgspec

from cablegraph import __version__
from cablegraph.graph.external import external_lines
from cablegraph.graph.shared import dataset_lines, lines_named, settle_labels, vocabulary_lines
from cablegraph.namespaces import expand
from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.files import put, remove, trial_of, write_part
from cablegraph.partitions.parts import forms_of
from cablegraph.partitions.state import SHARDS, State
from cablegraph.partitions.summary import MadeFile, Stock, Summary
from cablegraph.partitions.task import Form
from cablegraph.resources import ontology_path
from cablegraph.terms import iri, quad_line
from cablegraph.workshop import Workshop

LISTED = "@authorities"


@dataclass(slots=True)
class _Desk:
    """Where the parts that belong to no document are written."""

    output: Path
    state: State
    forms: tuple[Form, ...]
    written: set[str] = field(default_factory=set)


def finish(
    shop: Workshop, output: Path, state: State, forms: tuple[Form, ...], *, everything: bool
) -> None:
    """Write what changed of the parts that belong to no document, then the manifest.

    Shape: with *everything*, parts are looked at again whose lines did not change, and what
        nothing writes any longer goes.
    """
    desk = _Desk(output, state, forms)
    with state.transaction():
        state.clear_counts()
    named = state.named()
    linked = {link.subject for link in shop.external.links.links}
    own = (shop.iris.node(path) for path in state.document_paths() if path in linked)
    outside = external_lines(shop.external, shop.iris, {*named, *own}, shop.settings.base)
    _enter_listed(shop, named, outside, state)
    for shard in range(SHARDS) if everything else ():
        state.make_dirty(shard)
    _write_shards(desk)
    vocabulary = vocabulary_lines(ontology_path(), shop.iris)
    statements = _write(desk, "external", outside)
    statements += _write(desk, "vocabulary", vocabulary)
    statements += _write_dataset(shop, desk)
    _write_manifest(shop, desk, statements, everything=everything)


def _enter_listed(shop: Workshop, named: set[str], outside: Iterable[str], state: State) -> None:
    """Let the authority file state what it knows of the entities that are named."""
    background = shop.background.split("\n")
    lines = {*_of(background, named), *lines_named(background, outside)}
    stock = Stock(tuple(sorted(lines)))
    digest = hashlib.sha256("\n".join(stock.shared).encode()).hexdigest()
    if state.fingerprints().get(LISTED) != digest:
        state.enter(Bucket(LISTED, ()), digest, Summary(stock=stock))
        with state.transaction():
            state.clear_counts()


def _of(background: Iterable[str], named: set[str]) -> Iterator[str]:
    return (line for line in background if line.partition(" ")[0] in named)


def _write_shards(desk: _Desk) -> None:
    for shard in desk.state.dirty():
        lines = settle_labels(desk.state.lines_of(shard))
        count = _write(desk, f"authorities-{shard:02x}", lines)
        with desk.state.transaction():
            desk.state.put(f"shard-{shard}", str(count))
            desk.state.is_clean(shard)


def _write(desk: _Desk, name: str, lines: list[str]) -> int:
    """Write a part that no bucket has, if it is not there as it is; return its statements."""
    encoded: Iterable[bytes] = (line.encode() for line in lines)
    for path, part in [(f"graph/part-{name}.nq.zst", encoded), *forms_of(lines, name, desk.forms)]:
        if lines:
            _write_one(desk, path, part)
        elif desk.state.file(path):
            desk.state.forget_file(path)
            remove(desk.output, [path])
    return len(lines)


def _write_one(desk: _Desk, path: str, lines: Iterable[bytes]) -> None:
    """Write a file; what it was is forgotten first, in case this is the last that is done."""
    desk.written.add(path)
    with trial_of(desk.output, path, lines) as (trial, made):
        if desk.state.file(path) != made:
            desk.state.forget_file(path)
            put(trial, desk.output / path)
            desk.state.keep_file(made)


def _write_dataset(shop: Workshop, desk: _Desk) -> int:
    """Write what the collection says of itself, line by line, since it names every document."""
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        dataset, has_part = iri(f"{shop.settings.base}dataset"), iri(expand("dcterms:hasPart"))
        graph = shop.iris.graph("dataset")
        paths = desk.state.document_paths()
        parts = (quad_line(dataset, has_part, shop.iris.node(path), graph) for path in paths)
        for line in merge(dataset_lines(shop.settings, [], shop.iris), parts):
            count += 1
            yield line.encode()

    _write_one(desk, "graph/part-dataset.nq.zst", lines())
    return count


def _write_manifest(shop: Workshop, desk: _Desk, statements: int, *, everything: bool) -> None:
    state = desk.state
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for summary in state.summaries():
        counts.update(summary.counts)
        codes.update(summary.codes)
    counts["statements"] += statements
    counts["statements"] += sum(int(state.get(f"shard-{one}") or 0) for one in range(SHARDS))
    report = (f"{code}\t{number}".replace(" ", "\t", 1) for code, number in sorted(codes.items()))
    _write_one(desk, "reports/summary.tsv", map(str.encode, report))
    if everything:
        _remove_unwritten(desk)
    manifest = {
        "versions": {
            "authorities": shop.authorities.version, "tool": __version__, "vocabulary": __version__,
        },
        "counts": dict(sorted(counts.items())),
        "files": [_describe(one) for _, one in state.files()],
    }  # fmt: skip
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    write_part(desk.output, "MANIFEST.json", [encoded])


def _remove_unwritten(desk: _Desk) -> None:
    """Take away the files of no bucket that an earlier build wrote and this one did not."""
    left = [made.path for bucket, made in desk.state.files() if not bucket]
    for path in sorted(set(left) - desk.written):
        desk.state.forget_file(path)
        remove(desk.output, [path])


def _describe(file: MadeFile) -> dict[str, str | int]:
    return {"path": file.path, "bytes": file.size, "sha256": file.sha256}
