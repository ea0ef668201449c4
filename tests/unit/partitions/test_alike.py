"""Where many documents meet, those that are alike are compared through a few, and it is said."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from cablegraph.namespaces import PREFIXES, expand
from cablegraph.partitions import alike, compared
from cablegraph.partitions.alike import choose, leave_out, own_node
from cablegraph.partitions.meetings import Excerpt, corpus_rules, find_excerpts
from cablegraph.partitions.state import State
from cablegraph.partitions.store import open_database
from cablegraph.validation.results import ShapeResult, fold
from cablegraph.validation.rules import run_rules

_BASE = "https://example.org/"
_SCHEME = "https://w3id.org/cablegraph/scheme/"
_KEY = re.compile(r"telegram/(\d+)-\d+")


def _graph(kind: int, copy: int) -> str:
    return f"<{_BASE}graph/telegram/{kind:02d}-{copy:05d}>"


def _telegram(kind: int, copy: int) -> Iterator[str]:
    """Yield what a telegram states: copies of one kind state the same of themselves."""
    chance = random.Random(kind)
    own = f"<{_BASE}id/telegram/{kind:02d}-{copy:05d}"
    file = f"<{_BASE}id/unit/f>"
    said = [
        (f"{own}>", "rdf:type", f"<{expand('cbl:Telegram')}>"),
        (f"{own}>", "rico:hasSender", f"<{_BASE}id/person/a>"),
        (f"{own}>", "rico:hasAddressee", f"<{_BASE}id/person/{chance.choice('bc')}>"),
        (f"{own}>", "rico:isAssociatedWithDate", f"{own}/date>"),
        (f"{own}/date>", "cbl:kind", f"<{_SCHEME}date/catalogue-date>"),
        (f"{own}/date>", "cbl:edtf", f'"1953-01-{chance.randrange(10, 20)}"'),
        (f"{own}>", "rico:hasOrHadIdentifier", f"{own}/number>"),
        (f"{own}/number>", "cbl:kind", f"<{_SCHEME}number/cipher-telegram-number>"),
        (f"{own}/number>", "rico:textualValue", f'"{chance.randrange(5)}"'),
        (f"{own}>", "cbl:textVersion", f"{own}/text>"),
        (f"{own}/text>", "cbl:text", f'"{chance.choice("xyz")}"'),
        (f"{own}>", "rico:hasOrHadInstantiation", f"{own}/copy>"),
        (f"{own}/copy>", "dcterms:isPartOf", file),
        (f"{own}/copy>", "rico:hasOrHadIdentifier", f"{own}/leaf>"),
        (f"{own}/leaf>", "cbl:firstLeaf", f'"{kind}"^^<{PREFIXES["xsd"]}integer>'),
        (f"{own}/leaf>", "cbl:lastLeaf", f'"{kind + 1}"^^<{PREFIXES["xsd"]}integer>'),
    ]
    for subject, curie, value in said:
        yield f"{subject} <{expand(curie)}> {value} {_graph(kind, copy)} ."


def _corpus(copies: dict[int, int]) -> dict[str, list[str]]:
    return {
        _graph(kind, copy): sorted(_telegram(kind, copy))
        for kind, number in copies.items()
        for copy in range(number)
    }


def _found(state: State, documents: dict[str, list[str]]) -> list[ShapeResult]:
    """Return what the rules find in documents, ten a bucket, once the state has these."""
    names = sorted(documents)
    with state.transaction():
        for start in range(0, 200, 10):
            own = {name: documents[name] for name in names[start : start + 10]}
            state.compared.replace(f"d{start:03d}", find_excerpts(own))
        state.compared.compare()
    return fold(state.compared.results())


def _plainly(documents: dict[str, list[str]]) -> list[ShapeResult]:
    store = pyoxigraph.Store()
    lines = [line for own in documents.values() for line in own]
    store.load("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return run_rules(store)


def _kinds(results: list[ShapeResult]) -> set[tuple[str, frozenset[str]]]:
    """Return of which kinds the documents are that each rule names beside each other.

    Shape: documents are of one kind if the rule looks at the same in both, but for their names.
    """
    iris = {rule.code: {f"<{iri}>" for iri in rule.iris} for rule in corpus_rules()}

    def kind_of(code: str, kind: str) -> str:
        lines = (line.split(" ", 2) for line in sorted(_telegram(int(kind), 0)))
        seen = [row for row in lines if row[1] in iris[code]]
        return repr(seen).replace(f"telegram/{kind}-", "telegram/")

    return {
        (one.code, frozenset(kind_of(one.code, kind) for kind in _KEY.findall(repr(one))))
        for one in results
        if one.focus != "_:"
    }


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let six be too many to be compared one by one."""
    for module in (alike, compared):
        monkeypatch.setattr(module, "FEW", 5)
    monkeypatch.setattr(alike, "_STAND", 4)
    monkeypatch.setattr(alike, "_EACH", 2)


@pytest.mark.usefixtures("_few")
def test_no_kind_of_document_is_passed_over(tmp_path: Path) -> None:
    """Kinds that a rule names beside each other are those of the comparison of all with all."""
    for seed in range(4):
        chance = random.Random(seed)
        copies = {kind: chance.choice((1, 1, 2, 7, 15)) for kind in range(6)}
        documents = _corpus({**copies, 6: 15})
        with open_database(tmp_path / str(seed)) as db:
            found, plain = _found(State(db), documents), _plainly(documents)

            assert {one for one in found if one.focus != "_:"} < set(plain)
            assert _kinds(plain) == _kinds(found)
            assert 5 <= len(_kinds(found))
            said = [one.message for one in found if one.focus == "_:"]
            assert said
            assert all("that meet, some that state the same as others" in one for one in said)


@pytest.mark.usefixtures("_few")
def test_where_few_are_alike_all_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many documents of few copies each have the findings of the plain way, and no other."""
    for name in ("_STAND", "_EACH"):
        monkeypatch.setattr(alike, name, 16)
    documents = _corpus(dict.fromkeys(range(8), 2))
    with open_database(tmp_path) as db:
        assert _plainly(documents) == _found(State(db), documents)


@pytest.mark.usefixtures("_few")
def test_copies_that_come_and_go_leave_what_a_first_build_finds(tmp_path: Path) -> None:
    """After each change the findings are those of the same documents entered at once."""
    with open_database(tmp_path / "kept") as db:
        state = State(db)
        for turn, copies in enumerate(({0: 9, 1: 2}, {0: 3, 1: 2}, {0: 3, 1: 12, 2: 1})):
            documents = _corpus(copies)
            with open_database(tmp_path / str(turn)) as other:
                assert _found(State(other), documents) == _found(state, documents)


def _excerpts(copies: dict[int, int]) -> list[tuple[int, str, bytes]]:
    documents = sorted(_corpus(copies).items())
    found: list[Excerpt] = []
    for start in range(0, len(documents), 20):
        found += find_excerpts(dict(documents[start : start + 20]))
    return [(number, one.name, one.lines) for number, one in enumerate(found)]


def test_a_thousand_copies_are_compared_through_fifty() -> None:
    """The more kinds there are, the fewer copies of each; too many kinds are not compared."""
    rule = next(one for one in corpus_rules() if one.code == "S09-leaves-in-file-w")
    wanted = {(1000,): 50, (600, 400, 1): 33, (60,) * 30: 30 * 3}
    for copies, number in wanted.items():
        chosen = choose(rule, _excerpts(dict(enumerate(copies))), 1000)
        assert chosen is not None
        assert number == len(chosen)
        assert 0 == min(chosen)
    assert choose(rule, _excerpts(dict.fromkeys(range(30), 3)), 89) is None


def test_the_name_of_another_document_is_no_own_one() -> None:
    """What begins as the name does, and goes on, is something else; an entity is a unit too."""
    node = own_node("<https://e.org/graph/telegram/a>")

    assert "<@> <@/b>" == leave_out(node, "<https://e.org/id/telegram/a> <@/b>")
    assert "<https://e.org/id/telegram/ab>" == leave_out(node, "<https://e.org/id/telegram/ab>")
    assert "<https://e.org/id/x/y" == own_node("<https://e.org/id/x/y>")
