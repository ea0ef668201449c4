"""What an archive keeps, as a tree: fond, opis, delo, then its leaves in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cablegraph.publication.site.facts import term
from cablegraph.publication.site.spill import Note
from cablegraph.publication.site.told import Teller
from cablegraph.terms import natural_key

_WITHIN, _HOLDER = term("rico:isOrWasIncludedIn"), term("rico:hasOrHadHolder")
_PART = term("dcterms:isPartOf")

#: Leaves shown of one unit; more load slowly on a telephone.
_MOST_LEAVES = 500


@dataclass(slots=True)
class Branch:
    """A unit or a copy, with what lies in it."""

    node: str
    href: str
    label: str
    note: str = ""
    children: list[Branch] = field(default_factory=list)


def read_tree(node: str, notes: Sequence[Note], teller: Teller) -> list[Branch]:
    """Return what lies directly in an archive or a unit, each with what lies in it."""
    shared = teller.facts.behind
    units = shared.referring(node) if shared else []
    held = [one for one, predicate in units if predicate in (_HOLDER, _WITHIN)]
    tops = [one for one in held if _is_top(one, held, teller)]
    copies = _copies(notes)
    branches = [_branch(one, copies, teller, ()) for one in tops]
    own = teller.addresses.path(node) or ""
    return _sorted([*branches, *(_leaf(note, teller) for note in copies.get(own, []))])


def _is_top(unit: str, held: Sequence[str], teller: Teller) -> bool:
    return set(teller.facts.values(unit, "rico:isOrWasIncludedIn")).isdisjoint(held)


def _branch(
    unit: str, copies: dict[str, list[Note]], teller: Teller, above: tuple[str, ...]
) -> Branch:
    shared = teller.facts.behind
    inside = shared.referring(unit) if shared and unit not in above else []
    children = [_branch(one, copies, teller, (*above, unit)) for one, p in inside if p == _WITHIN]
    path = teller.addresses.path(unit) or ""
    children += [_leaf(note, teller) for note in copies.get(path, [])]
    level = teller.words(unit, "rico:hasRecordSetType")
    return Branch(
        unit, teller.addresses.href(unit, teller.root) or "", teller.label(unit), level,
        _sorted(children),
    )  # fmt: skip


def _leaf(note: Note, teller: Teller) -> Branch:
    telegram = teller.label(f"<{teller.addresses.base}id/{note.document}>")
    day = f"{note.date}, " if note.date else ""
    href = teller.addresses.href(note.node, teller.root) or ""
    return Branch(note.node, href, note.title, f"{day}{telegram}")


def _copies(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Return the copies by the unit that they lie in, each once."""
    found: dict[str, dict[str, Note]] = {}
    for note in notes:
        if note.kind in (_HOLDER, _PART) and note.extra:
            found.setdefault(note.extra, {}).setdefault(note.node, note)
    return {unit: list(by_node.values()) for unit, by_node in found.items()}


def _sorted(branches: Iterable[Branch]) -> list[Branch]:
    """Return branches in order; of many without anything below them the first alone."""
    found = sorted(branches, key=lambda one: natural_key(one.node))
    leaves = [one for one in found if not one.children]
    left = {one.node for one in leaves[_MOST_LEAVES:]}
    if not left:
        return found
    more = Branch("", "", f"{len(left):,} more in the data of this page")
    return [*(one for one in found if one.node not in left), more]
