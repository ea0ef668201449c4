"""What the corpus rules look at in a document, and the keys by which it meets others.

A rule compares documents through what they have in common; its query of keys names that. So each
document leaves an excerpt, the few statements that rules look at, and only excerpts with a key in
common are ever put together (see ``compared``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
import zstandard

from cablegraph.namespaces import PREFIXES
from cablegraph.validation.rows import Row, cut_lines
from cablegraph.validation.rules import Rule, find_solutions, read_rules

if TYPE_CHECKING:
    from pyoxigraph import Store

#: Characters of a literal beyond which rules only compare it: its digest stands for it.
_LONG = 1000
_TYPE = PREFIXES["rdf"] + "type"
_SUBJECT = f"<{PREFIXES['rdf']}subject>"
#: What a node belongs to: ``person/mao`` of ``person/mao/name/mao-latn``.
_ROOT = re.compile(r"<[^<>\s]*/id/[^<>\s/]+/[^<>\s/]+")


class Key(msgspec.Struct, frozen=True, order=True):
    """Where an excerpt meets others: the code of a rule, and a digest of what it has in common.

    Shape: ``alone`` tells that the rule may find something in the excerpt by itself.
    """

    rule: str
    number: int
    alone: bool = False


class Excerpt(msgspec.Struct, frozen=True):
    """What the rules look at in one unit: a document, or an entity that documents share.

    Shape: ``name`` is the term of its graph or entity; ``lines`` are compressed; ``about`` are
        digests of the entities of which it claims something; ``part`` is the file of its
        statements, ``source`` and ``shown`` name the document.
    """

    name: str
    lines: bytes
    keys: tuple[Key, ...]
    about: tuple[int, ...] = ()
    digest: int = 0  # of all its statements
    part: str = ""
    source: str = ""
    shown: str = ""


@lru_cache(maxsize=1)
def corpus_rules() -> tuple[Rule, ...]:
    """Return the rules of the ontology."""
    return tuple(read_rules())


@lru_cache(maxsize=1)
def named_by_rules() -> frozenset[str]:
    """Return the terms that the rules name."""
    return frozenset(f"<{iri}>" for rule in corpus_rules() for iri in rule.iris)


def project(lines: Iterable[str]) -> Iterator[str]:
    """Yield the statements that rules look at, without their graphs; long words as a digest."""
    return project_rows(cut_lines(lines))


def project_rows(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the same of lines that were divided into subject, predicate and term."""
    named, a = named_by_rules(), f"<{_TYPE}>"
    for subject, predicate, term in rows:
        if predicate in named and (predicate != a or term in named):
            yield f"{subject} {predicate} {_shorten(term)} ."


def _shorten(term: str) -> str:
    if len(term) <= _LONG or term[0] != '"':
        return term
    end = term.rindex('"')
    return f'"sha256:{hashlib.sha256(term[:end].encode()).hexdigest()}{term[end:]}'


def find_excerpts(units: Mapping[str, Sequence[str]]) -> Iterator[Excerpt]:
    """Yield the excerpt of each unit on which a rule says something, by the statements of it."""
    looked = {name: sorted(project(lines)) for name, lines in units.items()}
    for found in make_excerpts(looked):
        yield msgspec.structs.replace(found, digest=digest_of(units[found.name]))


def make_excerpts(looked: Mapping[str, Sequence[str]]) -> Iterator[Excerpt]:
    """Yield the excerpts of units by what the rules look at in each, still without digests."""
    looked = {name: lines for name, lines in looked.items() if lines}
    if not looked:
        return
    texts = {name: "\n".join(lines) for name, lines in sorted(looked.items())}
    subjects = {name: {line.partition(" ")[0] for line in own} for name, own in looked.items()}
    keys = _find_keys(texts, subjects)
    packer = zstandard.ZstdCompressor(level=1)
    for name, text in texts.items():
        if name in keys:
            packed = packer.compress(text.encode())
            yield Excerpt(name, packed, tuple(sorted(keys[name])))


def _find_keys(
    texts: Mapping[str, str], subjects: Mapping[str, AbstractSet[str]]
) -> dict[str, set[Key]]:
    """Return the keys of units; of those at once, a rule that finds nothing finds none in one."""
    by_unit = open_store(_put_in_graph(text, name) for name, text in texts.items())
    union = open_store(texts.values())
    found: dict[str, set[Key]] = {}
    for rule in corpus_rules():
        met = list(_meet(rule, by_unit, texts))
        alone = _find_alone(rule, union) if met else set()
        for name, key in met:
            own = alone is None or not alone.isdisjoint(subjects[name])
            found.setdefault(name, set()).add(Key(rule.code, number_of(key), own))
    return found


def _put_in_graph(text: str, graph: str) -> str:
    r"""Return lines of N-Triples as N-Quads; no line end stands within a literal.

    >>> _put_in_graph('<a:s> <a:p> "b ." .\n<a:s> <a:q> <a:o> .', "<a:g>").split("\n")
    ['<a:s> <a:p> "b ." <a:g> .', '<a:s> <a:q> <a:o> <a:g> .']
    """
    return f"{text}\n".replace(" .\n", f" {graph} .\n")[:-1]


def _find_alone(rule: Rule, union: Store) -> set[str] | None:
    """Return the nodes on which a rule says something, or None if it may not have said all."""
    solutions = find_solutions(rule, union)
    if len(solutions) == rule.limit:
        return None
    return {f"<{values['this']}>" for values in solutions if "this" in values}


def _meet(rule: Rule, store: Store, units: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield units with their keys; those of a rule that names none all meet."""
    from pyoxigraph import QuerySolutions

    if rule.meeting is None:
        yield from ((name, "") for name in units)
        return
    solutions = store.query(rule.meeting)
    if not isinstance(solutions, QuerySolutions):
        raise ValueError(f"the keys of {rule.code} are no SELECT")
    for solution in solutions:
        if solution["key"] is not None:
            yield str(solution["unit"]), str(solution["key"])


def open_store(texts: Iterable[str]) -> Store:
    """Return a store in memory with these lines, one or more in each text, which are our own."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.load("\n".join(texts).encode(), format=RdfFormat.N_QUADS, lenient=True)
    return store


def find_entities(rows: Iterable[Sequence[str]]) -> set[str]:
    """Return what a document makes claims about, each as what it belongs to."""
    claimed = {rest for _, predicate, rest in rows if predicate == _SUBJECT}
    return {root_of(rest) for rest in claimed}


def root_of(term: str) -> str:
    """Return what the node at the beginning of a text belongs to, or the node.

    >>> root_of("<https://e.org/id/person/mao/name/mao-latn> .")
    '<https://e.org/id/person/mao>'
    """
    found = _ROOT.match(term)
    return f"{found[0]}>" if found else term.partition(" ")[0]


def number_of(text: str) -> int:
    """Return a digest as a number that a database holds."""
    return to_number(hashlib.sha256(text.encode()).digest())


def to_number(digest: bytes) -> int:
    """Return the number that stands for a digest."""
    return int.from_bytes(digest[:8], "big") >> 1


def digest_of(lines: Iterable[str]) -> int:
    """Return a digest of statements in any order."""
    return number_of("\n".join(sorted(lines)))
