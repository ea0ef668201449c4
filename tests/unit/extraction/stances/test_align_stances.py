"""Stances of several text versions are brought together."""

from __future__ import annotations

import pytest
from extraction_papers import a_scene
from hand_read import hand_read, said, seed_scene
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align import Row, align, prepare_version
from cablegraph.extraction.stances.align_score import families
from cablegraph.extraction.stances.model import Utterance
from cablegraph.resources import ontology_path

TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
RUSSIAN = (
    "Первый пункт можно принять. Второй пункт следует отклонить. "
    "Третий пункт следует выдвинуть. Ответ пошлите Киму."
)
ENGLISH = (
    "The first point can be accepted. The second point should be rejected. "
    "The third point should be advanced. Send the answer to Kim."
)
SCENE = a_scene(TITLE, transcript=RUSSIAN, translation=ENGLISH)
RU = [
    said(SCENE, "transcript", "Первый пункт можно принять", "accept", force="permit", point="1"),
    said(SCENE, "transcript", "Второй пункт следует отклонить", "reject", point="2"),
    said(SCENE, "transcript", "Третий пункт следует выдвинуть", "propose", point="3"),
    said(SCENE, "transcript", "Ответ пошлите Киму", "instruct", force="command"),
]
EN = [
    said(SCENE, "translation", "The first point can be accepted", "accept", force="permit",
         point="1"),
    said(SCENE, "translation", "The second point should be rejected", "reject", point="2"),
    said(SCENE, "translation", "The third point should be advanced", "propose", point="3"),
    said(SCENE, "translation", "Send the answer to Kim", "instruct", force="command"),
]  # fmt: skip


def rows_of(scene: Scene, **told: list[Utterance]) -> list[Row]:
    return align([prepare_version(scene, scene.parts[layer], told[layer]) for layer in told])


def again(scene: Scene, layer: str, one: Utterance) -> Utterance:
    """Return an utterance in the same words of another document."""
    return said(scene, layer, one.words.text, one.kind, force=one.force, point=one.target.point)


def kinds_of(rows: list[Row]) -> list[list[str | None]]:
    """Return the kinds of each row, in the versions that any row has."""
    layers = list(dict.fromkeys(layer for row in rows for layer in row.told))
    return [[row.told[x].kind if x in row.told else None for x in layers] for row in rows]


@pytest.mark.parametrize(("number", "count"), [("000", 10), ("001", 13)])
def test_the_versions_of_the_seeds_tell_the_same_stances(number: str, count: int) -> None:
    """Read by hand, each stance of a seed has its words in every version that has the text."""
    scene = seed_scene(number)
    rows = rows_of(scene, **dict(hand_read(number)))

    assert count == len(rows)
    assert {frozenset(scene.parts)} == {frozenset(row.told) for row in rows}
    assert all(len({one.target.key for one in row.told.values()}) == 1 for row in rows)


def test_a_stance_that_one_version_lacks_leaves_the_others_together() -> None:
    """A gap does not push the stances after it out of step, and it is told where it is."""
    rows = rows_of(SCENE, transcript=RU, translation=[EN[0], *EN[2:]])

    assert [["accept"] * 2, ["reject", None], ["propose"] * 2, ["instruct"] * 2] == kinds_of(rows)
    assert [(), ("translation",), (), ()] == [row.missing for row in rows]


def test_a_stance_that_only_the_later_version_has_keeps_its_place() -> None:
    """Order of the text, whichever version has the stance."""
    rows = rows_of(SCENE, transcript=[RU[0], *RU[2:]], translation=EN)

    assert [["accept"] * 2, [None, "reject"], ["propose"] * 2, ["instruct"] * 2] == kinds_of(rows)


def test_points_in_another_order_are_still_the_same_points() -> None:
    """A translator may turn two clauses round: their numbers tell them apart."""
    turned = a_scene(
        TITLE,
        transcript=RUSSIAN,
        translation="The second point should be rejected. The first point can be accepted.",
    )
    russian = [again(turned, "transcript", one) for one in RU[:2]]
    english = [again(turned, "translation", one) for one in (EN[1], EN[0])]
    rows = rows_of(turned, transcript=russian, translation=english)

    assert [["accept"] * 2, ["reject"] * 2] == kinds_of(rows)


def test_another_kind_of_one_point_is_the_same_stance_told_otherwise() -> None:
    """A divergence stays in one row, so that it can be seen."""
    accepted = said(SCENE, "translation", EN[1].words.text, "accept", point="2")
    rows = rows_of(SCENE, transcript=RU, translation=[EN[0], accepted, *EN[2:]])

    assert ["reject", "accept"] == kinds_of(rows)[1]
    assert 4 == len(rows)


def test_a_version_without_the_passage_lacks_nothing() -> None:
    """What was never translated is not missing from the translation."""
    short = a_scene(TITLE, transcript=RUSSIAN, translation="The first point can be accepted.")
    russian = [again(short, "transcript", one) for one in RU]
    english = [said(short, "translation", EN[0].words.text, "accept", point="1")]
    rows = rows_of(short, transcript=russian, translation=english)

    assert 4 == len(rows)
    assert {()} == {row.missing for row in rows}


def test_one_version_alone_is_no_divergence() -> None:
    """Nothing is missing where there is nothing to compare with."""
    alone = a_scene(TITLE, translation=ENGLISH)
    english = [said(alone, "translation", one.words.text, one.kind) for one in EN]
    rows = rows_of(alone, translation=english)

    assert [["accept"], ["reject"], ["propose"], ["instruct"]] == kinds_of(rows)
    assert {()} == {row.missing for row in rows}


def test_what_stands_in_a_draft_is_never_taken_for_the_message() -> None:
    """The same words in a draft and in the message are two stances, the message first."""
    draft = f"{SCENE.telegram}/draft/1"
    inside = said(SCENE, "translation", EN[0].words.text, "accept", point="1", message=draft)
    rows = rows_of(SCENE, transcript=RU[:1], translation=[inside])

    assert [SCENE.telegram, draft] == [row.message for row in rows]


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_every_utterance_is_in_one_row(ours: set[int], theirs: set[int]) -> None:
    """Whatever each version has, nothing is lost or doubled, and like meets like."""
    russian, english = [RU[k] for k in sorted(ours)], [EN[k] for k in sorted(theirs)]
    rows = rows_of(SCENE, transcript=russian, translation=english)
    told = [one for row in rows for one in row.told.values()]

    assert sorted(map(id, [*russian, *english])) == sorted(map(id, told))
    assert len(ours | theirs) == len(rows)


def test_the_families_are_those_of_the_scheme() -> None:
    """Every kind of scheme/stance has a family: the top under which it stands."""
    import rdflib
    from rdflib.namespace import SKOS

    graph = rdflib.Graph().parse(ontology_path("schemes") / "stance.ttl")
    found = {}
    for kind in graph.subjects(SKOS.inScheme):
        tops = list(graph.transitive_objects(kind, SKOS.broader))
        top = next(t for t in tops if (t, SKOS.topConceptOf, None) in graph)
        found[str(kind).rpartition("/")[2]] = str(top).rpartition("/")[2]

    assert found == families()
