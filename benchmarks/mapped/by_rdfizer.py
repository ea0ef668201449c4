"""Map the tables with SDM-RDFizer; prints the CPU seconds it took, its import left out."""

import contextlib
import json
import sys
import time
from pathlib import Path

from rdfizer import semantify

CONFIG = """[default]
main_directory: .
[datasets]
number_of_datasets: 1
output_folder: rdfizer
all_in_one_file: no
remove_duplicate: yes
enrichment: yes
name: by_rdfizer
ordered: yes
large_file: false
output_format: n-triples
[dataset1]
name: by_rdfizer
mapping: telegrams.rml.ttl
"""

Path("rdfizer.ini").write_text(CONFIG, encoding="utf-8")
start = time.process_time()
with contextlib.redirect_stdout(sys.stderr):
    semantify("rdfizer.ini")
print(json.dumps({"seconds": time.process_time() - start}))
