"""Map the tables with Morph-KGC; prints the seconds it took, its import left out."""

import json
import time
from pathlib import Path

import morph_kgc

CONFIG = "[CONFIGURATION]\nnumber_of_processes=1\nlogging_level=ERROR\n[tables]\nmappings=telegrams.rml.ttl\n"

start = time.perf_counter()
lines = morph_kgc.materialize_set(CONFIG)
Path("by_morph.nt").write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
print(json.dumps({"seconds": time.perf_counter() - start, "lines": len(lines)}))
