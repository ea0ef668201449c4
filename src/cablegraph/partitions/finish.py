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
from cablegraph.partitions.digest import find_hash
from cablegraph.partitions.files import put, remove, trial_of, write_part
from cablegraph.partitions.findings import compare, enter_entities, enter_graph
from cablegraph.partitions.parts import SHOWN, forms_of
from cablegraph.partitions.state import DATASET, LIST, SHARDS, State
from cablegraph.partitions.summary import Stock, Summary, find_worst
from cablegraph.partitions.task import Form, Order
from cablegraph.records.claims import Finding
from cablegraph.resources import ontology_path
from cablegraph.terms import iri, quad_line
from cablegraph.workshop import Workshop

LISTED, COMPARED = "@authorities", "@corpus"
#: Shards that are held at once; a corpus of a million documents has some 10,000 lines in each.
_TOGETHER = 8


@dataclass(slots=True)
class _Desk:
    """Where the parts that belong to no document are written."""

    output: Path
    state: State
    forms: tuple[Form, ...]
    written: set[str] = field(default_factory=set)


def finish(shop: Workshop, output: Path, state: State, order: Order, *, everything: bool) -> None:
    """Write what changed of the parts that belong to no document, then the manifest.

    Shape: with *everything*, parts are looked at again whose lines did not change, and what
        nothing writes any longer goes.
    """
    desk = _Desk(output, state, order.forms)
    with state.transaction():
        state.clear_counts()
    named = _find_named(shop, state)
    outside = external_lines(shop.external, shop.iris, named, shop.settings.base)
    _enter_listed(shop, named, outside, state)
    for shard in (*range(SHARDS), DATASET) if everything else ():
        state.make_dirty(shard)
    _write_shards(desk)
    vocabulary = vocabulary_lines(ontology_path(), shop.iris)
    statements = _write(desk, "external", outside)
    statements += _write(desk, "vocabulary", vocabulary)
    _write_dataset(shop, desk)
    for name, lines in (("external", outside), ("vocabulary", vocabulary)):
        enter_graph(state, name, shop.iris.graph(name), lines)
    enter_graph(
        state, "dataset", shop.iris.graph("dataset"), dataset_lines(shop.settings, [], shop.iris)
    )
    found = compare(shop, output, state, order, everything=everything)
    _write_findings(desk, found, statements)
    _write_manifest(shop, desk, everything=everything)


def _find_named(shop: Workshop, state: State) -> set[str]:
    """Return what documents name of all that the authority file and the tables beside it know."""
    outside = shop.external
    keys = {one.subject for one in outside.links.links}
    keys |= {one.key for one in outside.roles} | {one.key for one in outside.points}
    known = {line.partition(" ")[0] for line in shop.background.split("\n")}
    known |= {shop.iris.node(key) for key in keys}
    own = {shop.iris.node(key) for key in keys if state.has_path(key)}
    return own | {term for term in known if state.is_named(term)}


def _enter_listed(shop: Workshop, named: set[str], outside: Iterable[str], state: State) -> None:
    """Let the authority file state what it knows of the entities that are named."""
    background = shop.background.split("\n")
    lines = {*_of(background, named), *lines_named(background, outside)}
    stock = Stock(tuple(sorted(lines)))
    digest = hashlib.sha256("\n".join(stock.shared).encode()).hexdigest()
    if state.fingerprint(LISTED) != digest:
        state.enter(Bucket(LISTED, ()), digest, Summary(stock=stock))
        with state.transaction():
            state.clear_counts()


def _of(background: Iterable[str], named: set[str]) -> Iterator[str]:
    return (line for line in background if line.partition(" ")[0] in named)


def _write_shards(desk: _Desk) -> None:
    dirty = [shard for shard in desk.state.dirty() if shard != DATASET]
    for start in range(0, len(dirty), _TOGETHER):
        some = dirty[start : start + _TOGETHER]
        lines = {shard: settle_labels(desk.state.lines_of(shard)) for shard in some}
        counts = {shard: _write(desk, f"authorities-{shard:02x}", lines[shard]) for shard in some}
        with desk.state.transaction():
            enter_entities(desk.state, lines)
            for shard, count in counts.items():
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


def _write_dataset(shop: Workshop, desk: _Desk) -> None:
    """Write what the collection says of itself, line by line, since it names every document."""
    count = 0
    if DATASET not in desk.state.dirty():
        return

    def lines() -> Iterator[bytes]:
        nonlocal count
        dataset, has_part = iri(f"{shop.settings.base}dataset"), iri(expand("dcterms:hasPart"))
        graph = shop.iris.graph("dataset")
        paths = desk.state.document_paths()
        parts = (quad_line(dataset, has_part, shop.iris.node(path), graph) for path in paths)
        for line in merge(dataset_lines(shop.settings, [], shop.iris), parts):
            count += 1
            yield line.encode()

    _write_one(desk, LIST, lines())
    with desk.state.transaction():
        desk.state.put(f"shard-{DATASET}", str(count))
        desk.state.is_clean(DATASET)


def _write_findings(desk: _Desk, findings: list[Finding], statements: int) -> None:
    """Write what was found by comparing documents; let it and what is shared count as a bucket."""
    shards = (*range(SHARDS), DATASET)
    statements += sum(int(desk.state.get(f"shard-{one}") or 0) for one in shards)
    codes = Counter(f"{one.severity} {one.code}" for one in findings)
    worst = tuple(find_worst(findings, SHOWN))
    counts, kinds = {"statements": statements}, dict(sorted(codes.items()))
    made = Summary(counts=counts, codes=kinds, findings=worst)
    desk.state.enter(Bucket(COMPARED, ()), COMPARED, made)
    encoded = [msgspec.json.encode(one) for one in findings]
    path = "reports/part-corpus.jsonl.zst"
    if encoded:
        _write_one(desk, path, encoded)
    elif desk.state.file(path):
        desk.state.forget_file(path)
        remove(desk.output, [path])


def _write_manifest(shop: Workshop, desk: _Desk, *, everything: bool) -> None:
    state = desk.state
    counts, codes = state.totals.counts(), state.totals.codes()
    report = (f"{code}\t{number}".replace(" ", "\t", 1) for code, number in sorted(codes.items()))
    _write_one(desk, "reports/summary.tsv", map(str.encode, report))
    if everything:
        _remove_unwritten(desk)
    manifest: dict[str, object] = {
        "versions": {
            "authorities": shop.authorities.version, "tool": __version__, "vocabulary": __version__,
        },
        "counts": counts,
    }  # fmt: skip
    if known := find_hash(state):
        manifest["rdfc10_sha256"] = known
    manifest["files"] = []
    write_part(desk.output, "MANIFEST.json", _lines_of(manifest, state))


def _remove_unwritten(desk: _Desk) -> None:
    """Take away the files of no bucket that an earlier build wrote and this one did not."""
    left = [made.path for bucket, made in desk.state.files() if not bucket]
    for path in sorted(set(left) - desk.written):
        desk.state.forget_file(path)
        remove(desk.output, [path])


def _lines_of(manifest: dict[str, object], state: State) -> Iterator[bytes]:
    """Yield a manifest, which ends with its files, file by file."""
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    yield encoded.removesuffix(b"]\n}")
    comma = b""
    for _, one in state.files():
        described = {"path": one.path, "bytes": one.size, "sha256": one.sha256}
        text = msgspec.json.format(msgspec.json.encode(described), indent=2)
        if comma:
            yield comma
        comma = b"    " + text.replace(b"\n", b"\n    ") + b","
    yield comma.removesuffix(b",") + b"\n  ]\n}"
