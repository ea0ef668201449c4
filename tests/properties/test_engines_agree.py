"""pySHACL and shacl find the same in every document, good, bad or nonsense."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from damage import Damage, Triple
from hypothesis import settings

from cablegraph.namespaces import CBL
from cablegraph.terms import XSD, parse_line
from cablegraph.validation.facts import Facts
from cablegraph.validation.results import ShapeResult
from cablegraph.validation.shacl import Validator, check_background, check_shapes, engine_for
from cablegraph.validation.shapes import read_shapes
from cablegraph.workshop import Made, Source, make, open_workshop

shacl = pytest.importorskip("shacl", reason="the extra fast is not installed")

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "seeds" / "cablegraph.toml"
#: A developer's run tries an eighth of what a build machine does.
CASES = 2000 if settings().max_examples > 50 else 250
_PER_TEST = 50
#: Of longer documents a part is taken, for pySHACL's sake.
_LONG = 400


@cache
def documents() -> tuple[tuple[Triple, ...], ...]:
    """The examples of the ontology and what is read from documents, without blank nodes."""
    found = [read_example(path) for path in sorted(ROOT.glob("ontology/examples/*.ttl"))]
    for path in sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/quality/*.txt")]):
        for made in make(Source(path, path.name), CONFIG):
            assert isinstance(made, Made), made
            quads = map(parse_line, made.lines)
            found.append([(quad.subject, quad.predicate, quad.object) for quad in quads])
    return tuple(map(tuple, found))


def read_example(path: Path) -> list[Triple]:
    quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def a_document(seed: int) -> str:
    """Return a document as N-Triples: one that there is, damaged up to forty times."""
    chance = random.Random(seed)
    triples = list(chance.choice(documents()))
    if len(triples) > _LONG:
        nodes = sorted({subject for subject, _, _ in triples})
        kept = set(chance.sample(nodes, len(nodes) * _LONG // (4 * len(triples)) + 1))
        triples = [triple for triple in triples if triple[0] in kept]
    names = [f"<{name}>" for name in sorted(read_shapes().named)]
    damage = Damage(seed, [name for name in names if "/scheme/" not in name], names)
    changed = damage.damage(triples, chance.choice((0, 1, 2, 5, 15, 40)))
    return "".join(f"{' '.join(triple)} .\n" for triple in changed)


def check(text: str, validator: Validator) -> list[ShapeResult] | str:
    """Return what an engine finds, or what it says of a document that no shape looks at."""
    try:
        return check_shapes(
            Facts(text), background=open_workshop(CONFIG).background, validator=validator
        )
    except ValueError as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("part", range(CASES // _PER_TEST))
def test_both_engines_find_the_same_in_damaged_documents(part: int) -> None:
    """Whatever is done to a document, both give the same results, word for word."""
    for seed in range(part * _PER_TEST, (part + 1) * _PER_TEST):
        text = a_document(seed)

        assert check(text, "pyshacl") == check(text, "shacl"), f"seed {seed}"


def test_damage_is_found_by_most_shapes() -> None:
    """The comparison above is about something: damage makes nearly every shape report."""
    found = [check(a_document(seed), "shacl") for seed in range(300)]
    codes = {result.code for one in found if not isinstance(one, str) for result in one}
    shapes = {shape for shape in read_shapes().parents.values() if "/shapes#S" in shape}

    assert len(codes) > 0.7 * len(shapes)


def test_few_documents_are_left_to_pyshacl() -> None:
    """What the engines might take differently is rare, even after damage."""
    facts = [Facts(a_document(seed)) for seed in range(300)]

    assert 30 > sum(engine_for(one.rows, "shacl") == "pyshacl" for one in facts)


@pytest.mark.slow
def test_documents_as_they_stand_are_left_to_shacl() -> None:
    """No document that the package makes itself is one the engines might take differently."""
    for triples in documents():
        text = "".join(f"{' '.join(triple)} .\n" for triple in triples)

        assert engine_for(Facts(text).rows, "shacl") == "shacl"
        assert check(text, "pyshacl") == check(text, "shacl")


def test_both_engines_find_the_same_in_the_authority_graph() -> None:
    """The graph behind all documents is checked alike, too."""
    background = open_workshop(CONFIG).background

    assert check_background(background, validator="pyshacl") == check_background(
        background, validator="shacl"
    )


@pytest.mark.parametrize(
    ("value", "engine"),
    [
        (f'"3"^^<{XSD}integer>', "shacl"),
        (f'"x"^^<{XSD}integer>', "pyshacl"),
        (f'"3"^^<{XSD}gYear>', "pyshacl"),
        ("<https://example.org/3>", "pyshacl"),
    ],
)
def test_what_is_put_in_order_has_to_be_a_number(value: str, engine: str) -> None:
    """The engines order other values differently, so pySHACL alone decides about them."""
    facts = Facts(f"<https://example.org/r> <{CBL.firstLeaf}> {value} .")

    assert engine == engine_for(facts.rows, "shacl")
