"""The data of one page in three forms: Turtle, JSON-LD and N-Triples, with the same triples.

Written by the store's serialisers, which take a hundredth of the time that the laid-out files of
``output/`` take; a site has thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cablegraph.namespaces import PREFIXES
from cablegraph.publication.site.addresses import data_file
from cablegraph.publication.site.facts import without_graph
from cablegraph.serialise.files import write_file

ENDINGS = ("ttl", "jsonld", "nt")


def write_data(folder: Path, path: str, lines: Iterable[str]) -> None:
    """Write the statements of some lines of N-Quads without their graphs, sorted, each once."""
    import pyoxigraph

    triples = sorted({without_graph(line) for line in lines})
    text = "".join(triples)
    write_file(folder / data_file(path, "nt"), [text])
    form = pyoxigraph.RdfFormat.N_TRIPLES
    read = [quad.triple for quad in pyoxigraph.parse(input=text.encode(), format=form)]
    prefixes = {name: iri for name, iri in sorted(PREFIXES.items()) if f"<{iri}" in text}
    for ending, kind in (
        ("ttl", pyoxigraph.RdfFormat.TURTLE),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        made = pyoxigraph.serialize(read, format=kind, prefixes=prefixes)
        write_file(folder / data_file(path, ending), [made or b""])
