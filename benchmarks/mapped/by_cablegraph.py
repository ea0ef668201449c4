"""Map the records with this package; prints the seconds of each step, start of Python left out.

Run in the folder of the records: ``by_cablegraph.py map`` writes N-Quads, ``check`` checks each
document by the shapes first, ``core`` by those in SHACL Core alone.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import msgspec
import zstandard

from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import to_lines
from cablegraph.records.claims import Reading
from cablegraph.validation.facts import Facts
from cablegraph.validation.shacl import check_shapes


def main(task: str) -> None:
    """Do the task and print what it took."""
    iris, compressor = Iris("https://example.org/"), zstandard.ZstdCompressor(level=3)
    if task != "map":  # the shapes are read once a process, whatever comes
        check_shapes('<a:t> <https://w3id.org/cablegraph/def#attestation> <a:x> .')
    start = time.perf_counter()
    data = Path("readings.jsonl").read_bytes().splitlines()
    readings = [msgspec.json.decode(line, type=Reading) for line in data]
    read = time.perf_counter()
    results, chunks = 0, []
    for reading in readings:
        lines = to_lines(reading, iris)
        if task != "map":
            facts = Facts.of_lines(lines)
            results += len(check_shapes(facts, core=task == "core"))
        chunks += lines
    mapped = time.perf_counter()
    lines = sorted(set(chunks))
    joined = b"\n".join([*map(str.encode, lines), b""])
    Path("by_cablegraph.nq.zst").write_bytes(compressor.compress(joined))
    end = time.perf_counter()
    Path("by_cablegraph.nq").write_bytes(joined)
    print(json.dumps({"seconds": end - start, "read": read - start, "claims": end - read,
                      "mapped": mapped - read, "lines": len(lines), "results": results}))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
