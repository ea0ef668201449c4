"""What checks follow where a writer keeps it is what its lines say, whatever is wrong with it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import msgspec
import pytest

from cablegraph.graph.iris import Iris
from cablegraph.graph.statements import state, to_lines
from cablegraph.records.claims import Evidence, Reading, Text, Version
from cablegraph.validation.facts import Facts
from cablegraph.validation.places import to_findings
from cablegraph.validation.results import ShapeResult, fold
from cablegraph.validation.shacl import check_shapes
from cablegraph.validation.shapes import read_shapes
from cablegraph.validation.spans import check_spans
from cablegraph.validation.written import WrittenFacts
from cablegraph.workshop import Made, Source, make, open_workshop

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "seeds" / "cablegraph.toml"
_IRIS = Iris("https://w3id.org/cablegraph/")
_SEEDS = range(40)


@cache
def readings() -> tuple[Reading, ...]:
    """What is read from the documents of the project, among them encoded ones."""
    paths = [*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/quality/*.txt"),
             *ROOT.glob("tests/**/*.xml")]  # fmt: skip
    made = (one for path in sorted(paths) for one in make(Source(path, path.name), CONFIG))
    return tuple(one.reading for one in made if isinstance(one, Made))


def spoil(reading: Reading, chance: random.Random) -> Reading:
    """Move, misquote or leave out evidence, and claim things of spans and their selectors."""
    claims = list(reading.claims)
    for _ in range(chance.choice((0, 1, 4, 12))):
        at = chance.randrange(len(claims))
        claim = claims[at]
        if not claim.evidence or isinstance(claim.value, Version):
            continue
        first, *others = claim.evidence
        span = f"{reading.path}/text/{first.layer}/span/{first.start}-{first.end}"
        word = Text("rdfs:comment", 'odd\n\u2028"words"', "en")
        source = Text("oa:exact", first.quote + "!", None)
        claims[at] = chance.choice(
            [
                msgspec.structs.replace(claim, evidence=(_move(first, chance), *others)),
                msgspec.structs.replace(claim, evidence=()),
                msgspec.structs.replace(claim, evidence=(first, first, *others)),
                msgspec.structs.replace(claim, about=span, value=word),
                msgspec.structs.replace(claim, about=f"{span}#quote", value=source),
                msgspec.structs.replace(claim, about=f"{span}#place", value=word),
            ]
        )
    return msgspec.structs.replace(reading, claims=tuple(claims))


def _move(one: Evidence, chance: random.Random) -> Evidence:
    step = chance.choice((-3, -1, 1, 40))
    return chance.choice(
        [
            msgspec.structs.replace(one, start=one.start + step),
            msgspec.structs.replace(one, end=one.end + step),
            msgspec.structs.replace(one, quote=one.quote[1:] + "?"),
        ]
    )


@pytest.mark.parametrize("seed", _SEEDS)
def test_facts_are_those_of_the_lines(seed: int) -> None:
    """Rows, look-ups, results and their places are the same as of the lines, taken apart."""
    chance = random.Random(seed)
    reading = spoil(chance.choice(readings()), chance)
    lines = to_lines(reading, _IRIS, "all rights")
    written = WrittenFacts(state(reading, _IRIS, "all rights"))
    cut = Facts.of_lines(lines)

    assert sorted(lines) == lines
    assert len(set(lines)) == len(lines)
    assert list(cut.rows) == list(written.rows)
    assert set(cut.nodes) == set(written.nodes)
    assert list(cut) == list(written)
    for node in cut:
        assert cut.words(node) == written.words(node)
        assert cut.links(node) == written.links(node)
        assert cut.sources(node) == written.sources(node)
        assert cut.properties(node) == written.properties(node)
        for property_iri in cut.properties(node):
            assert cut.values(node, property_iri) == written.values(node, property_iri)
    for value in {row[2] for row in cut.rows if row[1].endswith("#type>")}:
        assert cut.members(value) == written.members(value)
    assert results(cut) == results(written)


def results(facts: Facts) -> tuple[list[ShapeResult], list[object]]:
    background = open_workshop(CONFIG).background
    found = fold([*check_shapes(facts, background=background), *check_spans(facts)])
    return found, list(to_findings(found, facts, default="a.txt"))


def test_spoiled_spans_are_found() -> None:
    """Of what was done to the documents, some is wrong with their spans."""
    found = set()
    for seed in _SEEDS:
        chance = random.Random(seed)
        facts = WrittenFacts(state(spoil(chance.choice(readings()), chance), _IRIS))
        found |= {one.message for one in check_spans(facts)}

    assert len(found) >= 3


def test_all_is_visible_to_shapes_that_name_selectors() -> None:
    """What is said of selectors is left out only where no shape names it."""
    facts = WrittenFacts(state(readings()[0], _IRIS))
    columns, nodes = facts.visible(read_shapes().seen | {"<http://www.w3.org/ns/oa#exact>"})
    some, fewer = facts.visible(read_shapes().seen)

    assert sorted(facts.rows) == sorted(row for rows in columns.values() for row in rows)
    assert set(facts.nodes) == set(nodes) > set(fewer)
    left = set(facts.rows) - {row for rows in some.values() for row in rows}
    assert left
    assert not {row[1] for row in left} & read_shapes().seen - {
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    }
