"""Compared key by key, a corpus has the results that each rule's query has of all statements."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from rdflib import URIRef, Variable
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from cablegraph.namespaces import PREFIXES, expand
from cablegraph.partitions.compared import Compared
from cablegraph.partitions.findings import enter_entities
from cablegraph.partitions.meetings import corpus_rules, find_excerpts, project
from cablegraph.partitions.state import SHARDS, State, shard_of
from cablegraph.partitions.store import open_database
from cablegraph.validation.results import fold
from cablegraph.validation.rules import find_iris, run_rules

_BASE = "https://example.org/"
_KIND, _NUMBER = "https://w3id.org/cablegraph/scheme/", "cipher-telegram-number"


def _node(path: str) -> str:
    return f"<{_BASE}id/{path}>"


def _line(subject: str, curie: str, value: str, graph: str) -> str:
    return f"{subject} <{expand(curie)}> {value} <{_BASE}graph/{graph}> ."


def _telegram(number: int, chance: random.Random) -> Iterator[str]:
    """Yield the statements of a telegram that shares much with others."""
    own = _node(f"telegram/{number}")
    pick = chance.choice
    integer = PREFIXES["xsd"] + "integer"
    name, date = f"{own[:-1]}/number>", f"{own[:-1]}/date>"
    copy = _node(f"holding/{pick('pq')}/{chance.randrange(9)}")
    first = int(copy[-2])
    said = [
        (own, "rdf:type", f"<{expand('cbl:Telegram')}>"),
        (own, "rico:hasSender", _node(f"person/{pick('ab')}")),
        (own, pick(["cbl:intermediary", "rico:hasAddressee"]), _node("person/c")),
        (own, "rico:isAssociatedWithDate", date),
        (date, "cbl:kind", f"<{_KIND}date/catalogue-date>"),
        (date, "cbl:edtf", f'"195{pick("12")}-0{pick("123")}-1{pick("123")}"'),
        (own, "rico:hasOrHadIdentifier", name),
        (name, "cbl:kind", f"<{_KIND}number/{_NUMBER}>"),
        (name, "rico:textualValue", f'"{chance.randrange(12)}"'),
        (name, "cbl:status", f"<{_KIND}status/{pick(['preferred', 'preferred', 'rejected'])}>"),
        (own, "rico:hasOrHadInstantiation", copy),
        (copy, "dcterms:isPartOf", f"{copy.rpartition('/')[0]}>".replace("holding", "unit")),
        (copy, "rico:hasOrHadIdentifier", f"{copy[:-1]}/reference>"),
        (f"{copy[:-1]}/reference>", "cbl:firstLeaf", f'"{first}"^^<{integer}>'),
        (f"{copy[:-1]}/reference>", "cbl:lastLeaf", f'"{first + pick((0, 2))}"^^<{integer}>'),
        (own, "cbl:textVersion", f"{own[:-1]}/text>"),
        (f"{own[:-1]}/text>", "cbl:text", f'"{pick("xyz") * pick((3, 1200, 1300))}"'),
        (own, "rico:isReplyTo", _node(f"telegram/{chance.randrange(14)}")),
        (_node(f"proposal/{pick('mnop')}"), "cbl:proposedIn", own),
        (own, "schema:url", f"<https://{pick(['staging.', ''])}example.org/{number}>"),
        (own, "dcterms:title", '"cbl:text"'),
    ]
    for one in said:  # a copy is described whole or not at all
        if one[0].startswith(copy[:-1]) or chance.random() < 0.95:
            yield _line(*one, f"telegram/{number}")


def _entities(chance: random.Random) -> Iterator[str]:
    """Yield what is said of persons and places, some of whom have a name in common."""
    for kind, letters in (("person", "abcdef"), ("place", "uvw")):
        for letter in letters:
            own, form = _node(f"{kind}/{letter}"), _node(f"{kind}/{letter}/name/x")
            yield _line(own, "rdf:type", f"<{expand(f'rico:{kind.title()}')}>", "authorities")
            yield _line(own, "skos:prefLabel", f'"{chance.choice("PQR")}"@en', "authorities")
            yield _line(own, "rico:hasOrHadName", form, "authorities")
            yield _line(form, "rico:textualValue", f'"{chance.choice("PQR")}"', "authorities")
            yield _line(form, "cbl:kind", f"<{_KIND}name/pseudonym>", "authorities")


def _enter(state: State, documents: dict[str, list[str]], entities: list[str]) -> None:
    """Enter documents, three a bucket, and entities, as a build does."""
    names = sorted(documents)
    for start in range(0, len(names), 3):
        own = {name: documents[name] for name in names[start : start + 3]}
        state.compared.replace(f"d{start}", find_excerpts(own))
    shards: dict[int, list[str]] = {shard: [] for shard in range(SHARDS)}
    for line in entities:
        shards[shard_of(line)].append(line)
    enter_entities(state, shards)


def test_keys_leave_no_result_out(tmp_path: Path) -> None:
    """Corpora of chance, changed twice: each time the results of the queries over all of it."""
    found: set[str] = set()
    for seed in range(6):
        with open_database(tmp_path / str(seed)) as db:
            found |= _compare_twice(State(db), random.Random(seed))

    assert {rule.code for rule in corpus_rules()} == found


def _compare_twice(state: State, chance: random.Random) -> set[str]:
    """Return the rules that found something in a corpus that loses and changes documents."""
    graph, found = f"<{_BASE}graph/telegram/{{}}>", set()
    documents = {graph.format(one): sorted(_telegram(one, chance)) for one in range(14)}
    for _ in range(3):
        entities = sorted(_entities(chance))
        with state.transaction():
            _enter(state, documents, entities)
            state.compared.compare()
        store = pyoxigraph.Store()
        lines = [line for own in documents.values() for line in own] + entities
        store.load("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
        expected = run_rules(store)
        assert expected == fold(state.compared.results())
        found |= {one.code for one in expected}
        number = chance.randrange(14)
        documents[graph.format(number)] = sorted(_telegram(number, chance))
        del documents[min(documents)]
    return found


def test_what_is_projected_is_what_the_queries_name() -> None:
    """Every property in the algebra of a rule is looked at; none is left open by a variable."""
    for rule in corpus_rules():
        named = set(_properties(prepareQuery(rule.query).algebra))
        assert named
        assert named <= rule.iris


def _properties(part: object) -> Iterator[str]:
    if isinstance(part, CompValue):
        for triples in part.get("triples") or ():  # flat where a filter has them
            for predicate in list(triples)[1::3]:
                assert not isinstance(predicate, Variable)
                yield from _steps(predicate)
        for name in part:
            yield from _properties(part[name])
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _properties(one)


def _steps(predicate: object) -> Iterator[str]:
    if isinstance(predicate, URIRef):
        yield str(predicate)
    elif isinstance(predicate, PropertyPath):
        for step in getattr(predicate, "args", None) or [predicate.arg]:  # type: ignore[attr-defined]
            yield from _steps(step)


def test_results_have_an_order() -> None:
    """Each rule orders its results by all that it selects, so that its first ones are the same."""
    for rule in corpus_rules():
        selected = re.search(r"SELECT DISTINCT((?: \?\w+)+) WHERE", rule.query)
        assert selected
        assert set(selected[1].replace("?", "").split()) == set(rule.order)
        assert rule.limit
        assert rule.meeting


def test_iris_in_words_and_comments_are_not_named() -> None:
    """A query names what stands in its patterns."""
    query = '# e:c\nPREFIX e: <a:>\nSELECT ?a { ?a e:p "e:q a <a:r>" ; <a:s> ?e }'

    assert {"a:p", "a:s"} == find_iris(query)


def test_long_words_are_only_compared() -> None:
    """A digest stands for them, another one for other words, with their language."""
    text = _line("<a:s>", "cbl:text", f'"{"x" * 5000}"@en', "g")
    other = text.replace("xx", "xy", 1)
    one, two = list(project([text, other]))

    assert one != two
    assert one.endswith('"@en .')
    assert len(one) < 200


def test_what_is_not_changed_is_not_compared(tmp_path: Path) -> None:
    """The same excerpts again touch no key."""
    documents = {f"<{_BASE}graph/telegram/1>": sorted(_telegram(1, random.Random(1)))}
    with open_database(tmp_path) as db:
        compared = Compared(db)
        touched = []
        for _ in range(2):
            compared.replace("d", find_excerpts(documents))
            touched.append(db.execute("SELECT COUNT(*) FROM touched_meeting").fetchone()[0])
            compared.compare()
    assert touched[0] > 5
    assert 0 == touched[1]
