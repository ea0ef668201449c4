"""Put together what belongs to no document: shared lines, links, vocabulary, dataset, manifest."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from cablegraph import __version__
from cablegraph.graph.external import external_lines
from cablegraph.graph.shared import (
    dataset_lines,
    lines_named,
    settle_labels,
    vocabulary_lines,
)
from cablegraph.partitions.buckets import Bucket
from cablegraph.partitions.files import put_file, write_part
from cablegraph.partitions.state import SHARDS, State
from cablegraph.partitions.summary import MadeFile, Stock, Summary
from cablegraph.resources import ontology_path
from cablegraph.workshop import Workshop

_LISTED = "@authorities"


def finish(shop: Workshop, components: Mapping[str, str], output: Path, state: State) -> None:
    """Write what changed of the parts that belong to no document, then the manifest."""
    whole = (output / "MANIFEST.json").is_file()
    dirty = bool(state.dirty())
    said = ";".join(f"{name}={value}" for name, value in sorted(components.items()))
    about = _about(shop)
    if whole and not dirty and state.get("components") == said and state.get("about") == about:
        return
    with state.transaction():
        state.clear_counts()
    named = state.named()
    outside = external_lines(shop.external, shop.iris, named, shop.settings.base)
    _enter_listed(shop, named, outside, state)
    _write_shards(output, state)
    _write(output, state, "graph/part-external.nq.zst", outside)
    vocabulary = vocabulary_lines(ontology_path(), shop.iris)
    _write(output, state, "graph/part-vocabulary.nq.zst", vocabulary)
    dataset = dataset_lines(shop.settings, state.document_paths(), shop.iris)
    _write(output, state, "graph/part-dataset.nq.zst", dataset)
    _write_manifest(shop, output, state, len(outside) + len(vocabulary) + len(dataset))
    state.put("components", said)
    state.put("about", about)


def _about(shop: Workshop) -> str:
    """Return what the description of the dataset depends on, beside its documents."""
    return hashlib.sha256(repr((shop.settings, __version__)).encode()).hexdigest()


def _enter_listed(shop: Workshop, named: set[str], outside: Iterable[str], state: State) -> None:
    """Let the authority file state what it knows of the entities that are named."""
    background = shop.background.split("\n")
    lines = {*_of(background, named), *lines_named(background, outside)}
    stock = Stock(tuple(sorted(lines)))
    digest = hashlib.sha256("\n".join(stock.shared).encode()).hexdigest()
    if state.fingerprints().get(_LISTED) != digest:
        state.enter(Bucket(_LISTED, ()), digest, Summary(stock=stock))
        with state.transaction():
            state.clear_counts()


def _of(background: Iterable[str], named: set[str]) -> Iterator[str]:
    return (line for line in background if line.partition(" ")[0] in named)


def _write_shards(output: Path, state: State) -> None:
    for shard in state.dirty():
        lines = settle_labels(sorted(state.lines_of(shard)))
        name = f"graph/part-authorities-{shard:02x}.nq.zst"
        _write(output, state, name, lines)
        state.put(f"shard-{shard}", str(len(lines)))
        state.is_clean(shard)


def _write(output: Path, state: State, name: str, lines: list[str]) -> None:
    """Write a part that no bucket has, if it is not there as it is."""
    before = state.written().get(name)
    if not lines:
        (output / name).unlink(missing_ok=True)
        state.keep_written({name: None})
        return
    made = write_part(output, name, (line.encode() for line in lines))
    if before != (made.size, made.sha256):
        state.keep_written({name: (made.size, made.sha256)})


def _write_manifest(shop: Workshop, output: Path, state: State, statements: int) -> None:
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    files: list[MadeFile] = [MadeFile(path, *said) for path, said in state.written().items()]
    for summary in state.summaries():
        counts.update(summary.counts)
        codes.update(summary.codes)
        files += summary.files
    counts["statements"] += statements
    counts["statements"] += sum(int(state.get(f"shard-{one}") or 0) for one in range(SHARDS))
    report = "".join(
        f"{code.replace(' ', chr(9))}\t{number}\n" for code, number in sorted(codes.items())
    )
    files = [one for one in files if one.path != "reports/summary.tsv"]
    files.append(put_file(output, "reports/summary.tsv", report.encode()))
    manifest = {
        "versions": {
            "authorities": shop.authorities.version, "tool": __version__, "vocabulary": __version__,
        },
        "counts": dict(sorted(counts.items())),
        "files": [
            {"path": one.path, "bytes": one.size, "sha256": one.sha256}
            for one in sorted(files, key=lambda one: one.path)
        ],
    }  # fmt: skip
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    put_file(output, "MANIFEST.json", encoded)
