"""What the corpus rules and the shapes of the authority file find, for a corpus in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import msgspec

from cablegraph.partitions.meetings import (
    Excerpt,
    corpus_rules,
    digest_of,
    find_excerpts,
    number_of,
    root_of,
)
from cablegraph.partitions.placing import place_results
from cablegraph.partitions.state import State
from cablegraph.partitions.task import Order
from cablegraph.records.claims import Finding
from cablegraph.validation.results import ShapeResult
from cablegraph.workshop import Workshop

_NAME, _RULES = "findings of the authority file", "corpus rules"


def enter_entities(state: State, shards: Mapping[int, Iterable[str]]) -> None:
    """Let the rules look at the entities of shards, as all that is said of them was settled.

    Shape: *shards* are the lines of some; each rule is asked once about all of these.
    """
    units: dict[str, list[str]] = {}
    home: dict[str, int] = {}
    for shard, lines in shards.items():
        for root, alike in groupby(lines, key=root_of):
            units.setdefault(root, []).extend(alike)
            home[root] = shard
    found: dict[int, list[Excerpt]] = {shard: [] for shard in shards}
    for excerpt in find_excerpts(units):
        found[home[excerpt.name]].append(excerpt)
    for shard, excerpts in found.items():
        state.compared.replace(f"@{shard:02x}", excerpts)


def enter_graph(state: State, name: str, graph: str, lines: Iterable[str]) -> None:
    """Let the rules look at a graph that belongs to no document, if it is not as it was."""
    lines = list(lines)
    known, digest = f"rules on {name}", f"{digest_of(lines)} {_digest_rules()}"
    if state.get(known) != digest:
        with state.transaction():
            state.compared.replace(f"@{name}", find_excerpts({graph: lines}))
            state.put(known, digest)


def compare(
    shop: Workshop, output: Path, state: State, order: Order, *, everything: bool
) -> list[Finding]:
    """Return what the rules find in the whole corpus, sorted; only changes are compared."""
    default = shop.shown(shop.settings.authorities / "entities.csv")
    with state.transaction():
        if state.get(_RULES) != (digest := _digest_rules()):
            state.compared.touch_all()
            state.put(_RULES, digest)
        state.compared.compare()
        results = [*state.compared.results(), *_of_authorities(shop, state, order, anew=everything)]
        return place_results(results, state.compared, output, default=default)


def _digest_rules() -> str:
    return str(number_of(repr(corpus_rules())))


def _of_authorities(shop: Workshop, state: State, order: Order, *, anew: bool) -> list[ShapeResult]:
    """Return what the shapes find in the authority file; it is asked when anything else changed."""
    known = state.get(_NAME)
    if known is None or anew:
        from cablegraph.validation.shacl import check_background

        found = list(check_background(shop.background, validator=order.validator))
        state.put(_NAME, msgspec.json.encode(found).decode())
        return found
    return msgspec.json.decode(known, type=list[ShapeResult])
