"""The index and what is made of its hits, on invented names."""

from __future__ import annotations

import time

import pytest

from cablegraph.reconciliation.catalogue import Catalogue
from cablegraph.reconciliation.index import Index
from cablegraph.reconciliation.matching import Reconciler
from cablegraph.reconciliation.model import Candidate, Entity, Name, Query


def an_entity(identifier: str, *names: str, kind: str = "person") -> Entity:
    """Return an entity whose names are labels, Russian if they are in Cyrillic."""
    forms = tuple(Name(n, "ru" if n[0] > "z" else "en", "label") for n in names)
    return Entity(identifier, f"http://e.org/id/{identifier}", (kind,), forms, {})


def a_reconciler(*entities: Entity) -> Reconciler:
    """Return a reconciler of these entities."""
    by_id = {entity.id: entity for entity in entities}
    return Reconciler(Catalogue("x", "http://e.org/id/", by_id, {}))


def find(reconciler: Reconciler, text: str, limit: int = 5) -> list[Candidate]:
    """Return the candidates of a name."""
    return reconciler.find_candidates(Query(text, limit=limit))


@pytest.mark.parametrize(
    ("known", "asked", "rule"),
    [
        ("Чжао Вэйминь", "Chao Wei-min", "rule:chinese-loose"),
        ("Zhao Weimin", "Чжао Вэйминя", "rule:chinese"),
        ("Андрей Зарубин", "Andrei Zarubin", "rule:russian-romanisation"),
        ("Andrei Zarubin", "Zarubin, Andrei", "rule:any-order"),
        ("Andrei Zarubin", "A. Zarubin", "rule:initials"),
        ("José Álvarez", "Jose Alvarez", "rule:fold"),
    ],
)
def test_a_name_is_found_across_scripts_and_says_how(known: str, asked: str, rule: str) -> None:
    """The rule that joined the two forms is a feature of the candidate, which is no match."""
    found = find(a_reconciler(an_entity("person/a", known), an_entity("person/b", "X")), asked)[0]

    assert ("person/a", False) == (found.entity.id, found.match)
    assert rule in dict(found.features)
    assert (dict(found.features).get("similarity") == 100) == (
        rule in ("rule:fold", "rule:any-order")
    )


def test_a_likeness_is_not_lost_behind_a_weaker_key() -> None:
    """A misspelt name scores by its likeness although it shares a family name too."""
    (found,) = find(a_reconciler(an_entity("person/a", "Andrei Zarubin")), "Andrey Zarubyn")[:1]

    assert found.score > 80


def test_an_organisation_has_no_family_name() -> None:
    """Keys of persons join no bodies."""
    body = an_entity("org/a", "Ministry of Zarubin", kind="organisation")
    found = find(a_reconciler(body, an_entity("person/b", "Andrei Zarubin")), "P. Zarubin")

    assert ["person/b"] == [one.entity.id for one in found if "rule:surname" in dict(one.features)]


def test_candidates_come_by_falling_score() -> None:
    """Best first, equal ones in the order of their ids."""
    names = ("Ana Petrova", "Ana Petrov", "Anna Petrova", "Ana Petrovna", "Ana Petrova")
    reconciler = a_reconciler(*(an_entity(f"person/{n}", name) for n, name in enumerate(names)))
    scores = [one.score for one in find(reconciler, "Ana Petroba")]

    assert scores == sorted(scores, reverse=True)
    assert 4 <= len(scores)
    assert ["person/0", "person/4"] == [c.entity.id for c in find(reconciler, "Ana Petrova", 2)]


def test_two_names_of_one_entity_are_no_rivals() -> None:
    """An entity that bears the name twice is a match all the same."""
    found = find(a_reconciler(an_entity("person/a", "Ana Petrova", "ANA Petrova")), "Ana Petrova")

    assert [True] == [one.match for one in found]


def test_the_index_is_the_same_every_time() -> None:
    """The order of the answer follows from names and ids alone."""
    entities = [an_entity(f"person/{n}", f"Ana {c}etrova") for n, c in enumerate("PBDFGKLMN")]
    asked = [
        [(c.entity.id, c.score) for c in find(a_reconciler(*entities), "Ana Xetrova", 9)]
        for _ in range(2)
    ]

    assert asked[0] == asked[1]
    assert 9 == len(asked[0])


@pytest.mark.parametrize("text", ["а" * 500, "a " * 250, "-" * 500, "((((" * 125, "И. " * 166])
def test_odd_texts_cost_no_more_than_others(text: str) -> None:
    """The longest text that is let in is answered at once."""
    start = time.process_time()
    find(a_reconciler(an_entity("person/a", "Ana Petrova")), text)

    assert time.process_time() - start < 5.0


def test_a_key_that_everybody_shares_finds_nobody() -> None:
    """A family name of thousands says too little; the rest of the name still finds."""
    given = [a + b for a in "BDFGKLMNPRSTV" for b in ("an", "en", "in", "on", "un") * 4]
    entities = [an_entity(f"person/{n:04}", f"{g}{n} Petrova") for n, g in enumerate(given)]
    index = Index(entities)

    assert [] == [hit for hit in index.find_by_key("X. Petrova") if hit.rule == "surname"]
    assert [7] == [hit.entity for hit in index.find_exact(entities[7].names[0].form)]
