"""Map the records with this package; prints the CPU seconds of each step, start of Python left out.

Run in the folder of the records: ``by_cablegraph.py map`` writes N-Quads; ``check SHAPES`` checks
each document by the shapes of the package first, ``core SHAPES`` by a file of SHACL Core alone.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec
import shacl
import zstandard

from cablegraph.graph.iris import Iris
from cablegraph.graph.lines import Lines, Pieces
from cablegraph.graph.statements import state
from cablegraph.partitions.stated import merge
from cablegraph.records.claims import Reading
from cablegraph.terms import encode_lines
from cablegraph.validation.background import read_background
from cablegraph.validation.facts import Facts
from cablegraph.validation.shacl import check_shapes
from cablegraph.validation.shapes import read_shapes
from cablegraph.validation.written import WrittenFacts

_IRIS = Iris("https://example.org/")
_COMPRESSOR = zstandard.ZstdCompressor(level=3)


def check_core(facts: Facts, shapes: shacl.Shapes) -> int:
    """Count the results of one document by other shapes, given what they can see as always."""
    columns, _ = facts.visible(read_shapes().seen)
    own = list(chain.from_iterable(columns.values()))
    seen = read_shapes().concern([*own, *read_background("").around(own)])
    return len(shapes.validate_text(" .\n".join(map(" ".join, seen)) + " .\n", "ntriples").results)


def write_part(said: Sequence[Pieces], name: str) -> None:
    """Write what 128 documents say, as a build in parts does."""
    shared = set[str]().union(*(one.shared for one in said))
    pieces = chain(shared, *(one.own for one in said))
    data = encode_lines(merge(pieces, "\n", apart=all(one.apart for one in said)))
    Path(name).write_bytes(_COMPRESSOR.compress(data))


def make(reading: Reading, task: str, shapes: shacl.Shapes | None) -> tuple[Lines, int]:
    """Return the statements of a document, and how many results its check has."""
    said = state(reading, _IRIS)
    if task == "map":
        return said, 0
    facts = WrittenFacts(said)
    return said, check_core(facts, shapes) if shapes else len(check_shapes(facts))


def main(task: str, core: str = "") -> None:
    """Do the task and print what it took."""
    gc.set_threshold(300_000)  # as while a bucket is made
    shapes = shacl.Shapes.from_file(core) if task == "core" else None
    if task != "map":  # the shapes are read once a process, whatever comes
        check_shapes("<a:t> <https://w3id.org/cablegraph/def#attestation> <a:x> .")
    start = time.process_time()
    results, made, decoding, part = 0, 0, 0.0, list[Pieces]()
    stored = Path("readings.jsonl").read_bytes().splitlines()
    for number, line in enumerate(stored, 1):
        begin = time.process_time()
        reading = msgspec.json.decode(line, type=Reading)
        decoding += time.process_time() - begin
        said, found = make(reading, task, shapes)
        part.append(said.text())
        made += part[-1].size + len(part[-1].shared)
        results += found
        if number % 128 == 0 or number == len(stored):
            write_part(part, f"by_cablegraph-{number}.nq.zst")
            part.clear()
    seconds = time.process_time() - start
    parts = sorted(Path().glob("by_cablegraph-*.nq.zst"))
    data = (zstandard.ZstdDecompressor().decompress(part.read_bytes()) for part in parts)
    Path("by_cablegraph.nq").write_bytes(b"".join(data))
    print(json.dumps({"seconds": seconds, "decoding": decoding, "lines": made, "results": results}))


if __name__ == "__main__":
    main(*sys.argv[1:])
