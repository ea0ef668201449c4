"""Which node is written inside which, so that a reader finds the parts in the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cablegraph.namespaces import CBL
from cablegraph.terms import RDF_TYPE

Nodes = dict[str, list[tuple[str, str]]]  # subject to its predicates and objects

Guests = dict[str, list[tuple[str, str]]]  # node to the nodes written at it, with their keys

#: Deeper nesting is no longer read by anyone, and JSON readers limit it.
_DEEPEST = 24


def find_roots(nodes: Nodes) -> list[str]:
    """Return the messages that the graph documents: those with text versions, telegrams first."""
    version, telegram = f"<{CBL.textVersion}>", (RDF_TYPE, f"<{CBL.Telegram}>")
    roots = [node for node, said in nodes.items() if any(p == version for p, _ in said)]
    return sorted(roots, key=lambda node: (telegram not in nodes[node], node))


def find_owners(nodes: Nodes, roots: Sequence[str]) -> dict[str, str]:
    """Return the node that each node is nested in; what is missing stands by itself.

    Shape: the owner refers to the node, and no chain of owners is a circle. It is the referring
        node whose name is the longest beginning of the node's own; if there is none, a root;
        in a graph that has roots, else the smallest referring name.
    """
    referring: defaultdict[str, set[str]] = defaultdict(set)
    for subject, said in nodes.items():
        for predicate, value in said:
            if value in nodes and value != subject and predicate != RDF_TYPE:
                referring[value].add(subject)
    owners: dict[str, str] = {}
    for node in sorted(referring):
        owner = _find_owner(node, referring[node], roots)
        if owner is not None:
            owners[node] = owner
    _cut(owners)
    return owners


def find_guests(
    nodes: Nodes, owners: dict[str, str], roots: Sequence[str], reverse: Mapping[str, str]
) -> Guests:
    """Return the nodes that nobody refers to and that are written at a node they refer to.

    Shape: only by a property that the context can turn round (a claim at its subject); in
        order of name.
    """
    found: Guests = defaultdict(list)
    keys = {f"<{iri}>": key for iri, key in reverse.items()}
    for node in sorted(nodes):
        if node in owners or node in roots:
            continue
        hosts = ((value, keys[p]) for p, value in nodes[node] if p in keys and value in nodes)
        for host, key in sorted(hosts)[:1]:
            found[host].append((node, key))
    return found


def _find_owner(node: str, referring: set[str], roots: Sequence[str]) -> str | None:
    wholes = [other for other in referring if node.startswith((other[:-1] + "/", other[:-1] + "#"))]
    if wholes:
        return max(wholes, key=len)
    if node in roots or not roots:
        return None
    return next((root for root in roots if root in referring), None) or min(referring)


def _cut(owners: dict[str, str]) -> None:
    # Free the smallest node of every circle, then whatever lies too deep.
    depth: dict[str, int] = {}
    for start in sorted(owners):
        path: list[str] = []
        node = start
        while node in owners and node not in depth:
            if node in path:
                freed = min(path[path.index(node) :])
                del owners[freed]
                path, node = [], start
                continue
            path.append(node)
            node = owners[node]
        level = depth.get(node, 0)
        for step in reversed(path):
            level += 1
            if level > _DEEPEST:
                del owners[step]
                level = 0
            depth[step] = level
