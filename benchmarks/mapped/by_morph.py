"""Map the tables with Morph-KGC; prints the CPU seconds it took, its import left out."""

import json
import time
from pathlib import Path

import morph_kgc

CONFIG = """[CONFIGURATION]
number_of_processes=1
logging_level=ERROR
[tables]
mappings=telegrams.rml.ttl
"""

start = time.process_time()
lines = morph_kgc.materialize_set(CONFIG)
Path("by_morph.nt").write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
print(json.dumps({"seconds": time.process_time() - start, "lines": len(lines)}))
