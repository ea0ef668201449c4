"""Excerpts that state the same but for their own names, of which a few stand for all.

A rule that compares pairs takes time with the square of what meets: of a thousand copies of one
document with three numbers, minutes. What it says of one copy it says of each, so that, where more
than a few meet, it is asked about the first copies only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

import zstandard

from cablegraph.validation.rules import Rule

#: Excerpts of a key that are all compared, alike or not.
FEW = 100
#: Excerpts that stand for more than that if all are alike: the pairs of 46 are as many as the
#: results that a rule shows. Of those that are alike, so many are compared in any case.
_STAND, _EACH = 50, 3
_GRAPH = re.compile(r"<(?P<base>.*)/graph/(?P<path>[^<>]+)>")


def select(rule: Rule, lines: bytes) -> Iterator[str]:
    """Yield the statements of an excerpt that a rule looks at."""
    iris = rule.iris
    for line in zstandard.decompress(lines).decode().split("\n"):
        if line.split(" ", 2)[1][1:-1] in iris:
            yield line


def choose(
    rule: Rule, members: Iterable[tuple[int, str, bytes]], most: int
) -> dict[int, list[str]] | None:
    """Return the excerpts that stand for all, by number, with what a rule looks at in each.

    Shape: *members* are number, name and lines, in an order that no build changes; of those that
        are alike the first are taken, more of them if there are few kinds. None if these are more
        than *most*.
    """
    kinds: dict[bytes, list[tuple[int, int, bytes]]] = {}
    for order, (number, name, lines) in enumerate(members):
        found = kinds.setdefault(_digest(name, select(rule, lines)), [])
        if len(found) < _STAND:
            found.append((order, number, lines))
    each = max(_EACH, _STAND // max(1, len(kinds)))
    chosen = sorted(one for found in kinds.values() for one in found[:each])
    if len(chosen) > most:
        return None
    return {number: list(select(rule, lines)) for _, number, lines in chosen}


def _digest(name: str, lines: Iterable[str]) -> bytes:
    """Return a digest of what is stated, in which the name of the unit does not count."""
    own = own_node(name)
    said = sorted(leave_out(own, line) for line in lines)
    return hashlib.sha256("\n".join(said).encode()).digest()


def own_node(name: str) -> str:
    """Return how the nodes of a unit begin, by the term of its graph or its own.

    >>> own_node("<https://e.org/graph/telegram/a>")
    '<https://e.org/id/telegram/a'
    """
    graph = _GRAPH.fullmatch(name)
    return f"<{graph['base']}/id/{graph['path']}" if graph else name[:-1]


def leave_out(node: str, line: str) -> str:
    """Return a line with a sign in place of what the nodes of a unit have in common.

    >>> leave_out("<a:b", "<a:b/text> <a:p> <a:b> .")
    '<@/text> <a:p> <@> .'
    """
    return line.replace(f"{node}>", "<@>").replace(f"{node}/", "<@/")
