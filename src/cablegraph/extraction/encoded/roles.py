"""Who has which role of the message by its encoding, and what the words may add to that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cablegraph.extraction.encoded.who import Named, know
from cablegraph.extraction.names import Known, Names
from cablegraph.extraction.scene import Role
from cablegraph.extraction.titles import Naming
from cablegraph.records.model import Layer, Record
from cablegraph.records.stated import Extent, StatedAgent, StatedPlace

#: Roles that the scene knows; in any other one an agent is only said to be so.
ROUTED = ("sender", "addressee", "intermediary", "origin", "destination")


def find_encoded_roles(record: Record, names: Names) -> tuple[Role, ...]:
    """Return the roles of the message itself that the encoding states, one item an entity."""
    gathered: dict[tuple[str, str], list[tuple[Naming, Known]]] = {}
    for fact in record.stated:
        if isinstance(fact, Named) and not fact.about and fact.role in ROUTED:
            for naming in namings_of(record, fact):
                if known := know(fact, names, naming.layer.language):
                    gathered.setdefault((fact.role, known.entity), []).append((naming, known))
    return tuple(
        Role(role, pairs[0][1], tuple(n for n, _ in pairs), tuple(k for _, k in pairs),
             f"encoded-{role}")
        for (role, _), pairs in gathered.items()
    )  # fmt: skip


def add_encoded(decided: Iterable[Role], encoded: tuple[Role, ...]) -> tuple[Role, ...]:
    """Put what the encoding states before what the words let one read.

    Shape: a role that the encoding fills is filled by it alone; nobody has two roles.
    """
    filled = {one.role for one in encoded}
    known = {one.known.entity for one in encoded}
    rest = (one for one in decided if one.role not in filled and one.known.entity not in known)
    return (*encoded, *rest)


def namings_of(record: Record, fact: StatedAgent | StatedPlace) -> Iterator[Naming]:
    """Yield the first place where the encoding names the bearer of a fact."""
    for words in fact.words[:1]:
        layer = layer_of(record, words)
        start = words.start - layer.start
        yield Naming(layer, fact.role, fact.name, start, words.end - layer.start)


def layer_of(record: Record, words: Extent) -> Layer:
    """Return the layer that holds a stretch of the record's source."""
    return next(
        layer
        for layer in record.layers
        if layer.source is record.source and layer.start <= words.start < words.end <= layer.end
    )
