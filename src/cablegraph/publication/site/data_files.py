"""The data of one page in three forms: Turtle, JSON-LD and N-Triples, with the same triples.

Written by the store's serialisers, which take a hundredth of the time that the laid-out files of
``output/`` take; a site has thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from cablegraph.namespaces import PREFIXES
from cablegraph.publication.site.addresses import data_file
from cablegraph.publication.site.facts import Facts, without_graph
from cablegraph.publication.site.staging import Staging

ENDINGS = ("ttl", "jsonld", "nt")


def write_data(
    out: Staging, path: str, lines: Iterable[str], facts: Facts, *, graph: str = ""
) -> None:
    """Write the statements of some lines of N-Quads without their graphs, sorted, each once.

    Shape: *facts* has the same statements; *graph* is the graph of every line, with a line feed
        after it, where they have the same.
    """
    import pyoxigraph

    # Most lines are of ASCII alone: each by itself is encoded faster than all together.
    data = b"".join(map(str.encode, sorted(_triples(lines, graph))))
    out.write(data_file(path, "nt"), [data])
    # Quads of the default graph are as good as triples to the serialisers, and made already.
    read = list(pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.N_TRIPLES))
    terms = "\n".join(facts.terms())
    prefixes = {name: iri for name, iri in sorted(PREFIXES.items()) if f"<{iri}" in terms}
    for ending, kind in (
        ("ttl", pyoxigraph.RdfFormat.TURTLE),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        made = pyoxigraph.serialize(read, format=kind, prefixes=prefixes)
        out.write(data_file(path, ending), [made or b""])


def _triples(lines: Iterable[str], graph: str) -> Iterable[str]:
    """Return the lines of N-Triples, each once, with their line feeds."""
    if not graph:
        return {without_graph(line) for line in lines}
    tail = len(f" {graph} .\n")
    return dict.fromkeys([f"{line[:-tail]} .\n" for line in lines])
