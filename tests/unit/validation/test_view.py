"""What shapes see of a document, by paths, and what rules nodes out before an engine is asked."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from cablegraph.validation.conditions import (
    Failing,
    Shape,
    fails_not,
    has_at_least,
    has_at_most,
    has_datatype,
    has_pattern,
    has_so_many,
    is_at_most,
    is_of,
    is_one_of,
    meets_one,
    unknown,
)
from cablegraph.validation.patterns import occurs, replace
from cablegraph.validation.query import UnreadableError, parse_query
from cablegraph.validation.query_proof import Question
from cablegraph.validation.rows import Row, are_plain
from cablegraph.validation.view import SUBCLASS, TYPE, Composed, Target, View

A, B, C, D = (f"<https://example.org/{name}>" for name in "abcd")
P, Q, KIND = (f"<https://example.org/ns#{name}>" for name in ("p", "q", "Kind"))
XSD = "http://www.w3.org/2001/XMLSchema#"


def view(*rows: Row, own: Sequence[str] = (A, B, C, D)) -> View:
    return View(rows, frozenset({KIND}), own)


def fails(shape: Shape, *rows: Row) -> Failing:
    return shape.fails(view(*rows), frozenset({A, B}))


def test_a_path_goes_forth_back_and_on() -> None:
    """Steps, the way back and a step repeated lead to the nodes that SPARQL gives."""
    seen = view((A, P, B), (B, P, C), (B, Q, D))

    assert {A: (D,)} == seen.values(Composed("/", (P, Q)))
    assert {B: {A}, C: {B}} == seen.sources(P)
    assert {A: {B, C}, B: {C}} == seen.values(Composed("+", (P,)))
    assert 1 == seen.values(P).most


def test_values_are_those_of_the_statements_one_by_one() -> None:
    """Whatever nodes have several values, and however often, each has all of its own."""
    chance = random.Random(7)
    for size in range(1, 60):
        rows = [(chance.choice((A, B, C, D)), P, chance.choice((A, B, C, D, Q)))
                for _ in range(chance.randint(1, size))]  # fmt: skip
        plain: dict[str, set[str]] = {}
        for subject, _, value in rows:
            plain.setdefault(subject, set()).add(value)
        twice = {one: set().union(*(plain.get(end, ()) for end in ends))
                 for one, ends in plain.items()}  # fmt: skip
        seen = view(*rows)

        assert plain == {one: set(found) for one, found in seen.values(P).items()}
        assert max(map(len, plain.values())) == seen.values(P).most
        assert {one: found for one, found in twice.items() if found} == {
            one: set(found) for one, found in seen.values(Composed("/", (P, P))).items()
        }


def test_a_class_has_the_members_of_those_below_it() -> None:
    """Types that no shape names are not seen, unless they stand below one."""
    seen = view((A, TYPE, KIND), (B, TYPE, C), (C, SUBCLASS, KIND), (D, TYPE, P))

    assert {A, B} == seen.members(KIND)
    assert D not in seen.values(TYPE)


def test_only_nodes_of_the_document_are_looked_at_and_literals() -> None:
    """What lies behind a document is not reported."""
    seen = view((A, P, B), (C, P, '"x"'), own=[A])

    assert {A} == seen.target(Target("subjects", P))
    assert {'"x"'} == seen.target(Target("objects", P))


def test_counts_and_classes_tell_exactly_which_nodes_fail() -> None:
    """One value too few, one too many, one of no class."""
    rows = [(A, P, C), (A, P, D), (C, TYPE, KIND)]

    assert ({B}, {B}) == fails(Shape(P, (), (has_at_least(1),)), *rows)
    assert ({A}, {A}) == fails(Shape(P, (), (has_at_most(1),)), *rows)
    assert ({A}, {A}) == fails(Shape(P, (is_of(KIND),), ()), *rows)
    assert ({B}, {B}) == fails(
        Shape(P, (is_of(KIND),), (has_at_least(1),)), (A, P, C), (C, TYPE, KIND)
    )


def test_what_is_not_known_may_fail_and_so_may_its_contrary() -> None:
    """Nothing is ruled out by a guess."""
    inner = Shape(P, (unknown,), ())
    row = (A, P, C)

    assert (set(), {A}) == fails(inner, row)
    assert ({B}, {A, B}) == fails(Shape(None, (fails_not(inner),), ()), row)


def test_one_of_several_is_enough() -> None:
    """A node fails an alternative if it fails every part."""
    parts = [Shape(P, (), (has_at_least(1),)), Shape(Q, (), (has_at_least(1),))]

    assert ({B}, {B}) == fails(Shape(None, (meets_one(parts),), ()), (A, Q, C))


def test_values_are_compared_only_where_all_engines_do_it_alike() -> None:
    """A number that is none, or a date that may be none, is left to the engine."""
    three, four = (f'"{n}"^^<{XSD}integer>' for n in (3, 4))
    date = has_datatype(f"<{XSD}date>")

    assert (set(), {A}) == fails(Shape(P, (), (is_at_most(Q),)), (A, P, four), (A, Q, three))
    assert (set(), {A}) == fails(Shape(P, (), (is_at_most(Q),)), (A, P, '"x"'), (A, Q, three))
    assert (set(), {A}) == fails(Shape(P, (date,), ()), (A, P, f'"1951-02-30"^^<{XSD}date>'))
    assert not fails(Shape(P, (date,), ()), (A, P, f'"1951-02-03"^^<{XSD}date>')).perhaps


def test_values_of_a_kind_are_counted() -> None:
    """Too few and too many of those that meet a shape."""
    of_kind = Shape(None, (is_of(KIND),), ())
    rows = [(A, P, C), (B, P, C), (B, P, D), (C, TYPE, KIND), (D, TYPE, KIND)]

    assert {B} == fails(Shape(P, (), (has_so_many(of_kind, 1, 1),)), *rows).perhaps
    assert {A} == fails(Shape(P, (), (has_so_many(of_kind, 2, None),)), *rows).perhaps


def test_a_list_and_a_pattern_look_at_each_value() -> None:
    """One value that is wrong is enough."""
    assert ({A}, {A}) == fails(Shape(P, (is_one_of(frozenset({C})),), ()), (A, P, C), (A, P, D))
    assert ({A}, {A}) == fails(Shape(P, (has_pattern("^[0-9]+$"),), ()), (A, P, '"x"'))
    assert (set(), {A}) == fails(Shape(P, (has_pattern(r"^\d+$"),), ()), (A, P, '"7"'))


@pytest.mark.parametrize(
    "pattern", [r"\d", r"\w", "(?i)x", "[[:alpha:]]", "[a&&b]", "a++", "a{,3}", "[a--b]", r"\p{L}"]
)
def test_an_expression_that_engines_may_read_otherwise_says_nothing(pattern: str) -> None:
    """Classes, flags and set operations differ between Python and Rust."""
    assert occurs(pattern, "a") is None
    assert replace(pattern, "", "a") is None


def test_an_anchor_says_nothing_of_several_lines() -> None:
    """The end of a text is not the same everywhere if a line break stands there."""
    assert occurs("^a$", "a\n") is None
    assert occurs("[b-z]", "a\nb") is True


ASKING = [
    ("$this ex:p ?x", {A}),
    ("$this ex:p ?x . ?x ex:q ex:d", {A}),
    ("$this ex:p ?x . ?x ex:q ex:c", set()),
    ("$this ex:p ?x . FILTER NOT EXISTS { ?x ex:q ?y }", set()),
    ("$this ex:q ?x . FILTER NOT EXISTS { $this ex:p ?y }", {B}),
    ("$this ex:p/ex:q ?x . FILTER(?x IN (ex:c, ex:d))", {A}),
    ("{ $this ex:q ?x } UNION { $this ex:p ex:d }", {B}),
    ("$this ex:label ?x . FILTER(STR(?x) = 'no')".replace("'", '"'), set()),
    ('$this ex:label ?x . BIND(REPLACE(?x, "[0-9]+", "") AS ?y) FILTER(?y = "n. ")', {C}),
    ('$this ex:label ?x . FILTER(CONTAINS(?x, "n") && !REGEX(?x, ?unknown))', {C}),
    ("OPTIONAL { $this ex:p ?x } $this ex:q ?y . FILTER(!BOUND(?x))", {B}),
    ('$this ex:p ?x . FILTER EXISTS { $this ex:p ?y . FILTER(LANG(?y) = "en") }', {A}),
    ('$this ex:p ?x . FILTER NOT EXISTS { $this ex:p ?y . FILTER(LANG(?y) = "en") }', {A}),
    ("?s ?any $this", {A, B, C, D}),
]


@pytest.mark.parametrize(("pattern", "expected"), ASKING)
def test_a_query_is_asked_only_at_nodes_that_may_have_a_solution(
    pattern: str, expected: set[str]
) -> None:
    """What is not known keeps a node, what is known rules it out."""
    prefixes = {"ex": "https://example.org/ns#"}
    text = pattern.replace("ex:c", C).replace("ex:d", D)
    seen = view((A, P, B), (B, Q, D), (C, P.replace("#p", "#label"), '"n. 5"'))
    question = Question(parse_query(f"SELECT $this WHERE {{ {text} }}", prefixes))

    assert expected == question.may_hold(seen, frozenset({A, B, C, D}))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(?x) AS ?n) WHERE { $this <a:p> ?x }",
        "SELECT $this WHERE { $this <a:p>* ?x }",
        "SELECT $this WHERE { VALUES ?x { <a:b> } $this <a:p> ?x }",
        "SELECT $this WHERE { $this <a:p> ?x MINUS { $this <a:q> ?x } }",
        "SELECT $this WHERE { { SELECT $this WHERE { $this <a:p> ?x } } }",
        "SELECT $this WHERE { $this <a:p> ?x } LIMIT 1",
        'SELECT $this WHERE { $this <a:p> "x"@en }',
        "SELECT $this WHERE { BIND(<a:b> AS ?x) $this <a:p> ?x }",
    ],
)
def test_a_query_with_more_is_not_guessed_at(query: str) -> None:
    """The engine answers what is not known here."""
    with pytest.raises(UnreadableError):
        Question(parse_query(query, {}))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ('"x"', True),
        (f'"7"^^<{XSD}integer>', True),
        (f'"07"^^<{XSD}integer>', False),
        (f'"1"^^<{XSD}boolean>', False),
        (f'"x"^^<{XSD}string>', False),
        ('"x"@EN', False),
        (r'"\u0041"', False),
        ("_:b", False),
    ],
)
def test_what_could_be_written_otherwise_is_not_compared_by_its_words(
    value: str, plain: bool
) -> None:
    """Engines that keep values take 07 and 7 for the same."""
    assert plain == are_plain([(A, P, value)])
