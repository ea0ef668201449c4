"""What a stance is about: points, nouns, pronouns and what the clause says."""

from __future__ import annotations

import pytest
from invented_messages import brief, read_in

from cablegraph.extraction.stances.phrases import is_same
from cablegraph.extraction.stances.points import find_points

POINTS = [
    ("en", "the second half of the sixth point", [("6", "b")]),
    ("en", "the first three points", [("1", None), ("2", None), ("3", None)]),
    ("en", "points 2, 4 and 5", [("2", None), ("4", None), ("5", None)]),
    ("en", "items 7-9", [("7", None), ("8", None), ("9", None)]),
    ("en", "the third and fifth points of your plan", [("3", None), ("5", None)]),
    ("en", "the first half of paragraph 4", [("4", "a")]),
    ("en", "your remaining points (about ports and about mines)", [(None, None), (None, None)]),
    ("en", "on 5 June the first secretary spoke", []),
    ("ru", "Вторую часть шестого пункта", [("6", "b")]),
    ("ru", "первых трёх пунктов", [("1", None), ("2", None), ("3", None)]),
    ("ru", "пункты 2–4", [("2", None), ("3", None), ("4", None)]),
    ("ru", "третий и пятый пункты", [("3", None), ("5", None)]),
    ("ru", "остальных двух пунктов /о портах и о минах/", [(None, None), (None, None)]),
    ("ru", "первый секретарь приехал", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), POINTS)
def test_points_are_found(
    language: str, text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """Ordinals, figures, ranges, parts and lists in brackets are points; offices are none."""
    found = find_points(text, 0, len(text), language)

    assert expected == [(point.number, point.part) for one in found for point in one.points]


TARGETS = [
    (
        "en",
        "The sixth point should be rejected. It may be dropped.",
        [("reject", "recommend", "6"), ("may-drop", "permit", "6")],
    ),
    (
        "en",
        "Your plan for a truce at sea should be accepted.",
        [("accept", "recommend", "a truce at sea")],
    ),
    (
        "en",
        "Your remaining points (about ports and about mines) should be rejected.",
        [("reject", "recommend", "ports"), ("reject", "recommend", "mines")],
    ),
    (
        "en",
        "It is necessary to demand that the ships leave Dairen.",
        [("demand", "require", "that the ships leave Dairen")],
    ),
    (
        "en",
        "If the British propose a committee of experts, you should refuse.",
        [("reject", "recommend", "a committee of experts")],
    ),
    (
        "ru",
        "Шестой пункт следует отклонить. Его можно снять.",
        [("reject", "recommend", "6"), ("may-drop", "permit", "6")],
    ),
    (
        "ru",
        "Ваше предложение о мире на море можно принять.",
        [("accept", "permit", "мире на море")],
    ),
    (
        "ru",
        "Нужно потребовать, чтобы корабли ушли из Дальнего.",
        [("demand", "require", "чтобы корабли ушли из Дальнего")],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), TARGETS)
def test_a_stance_is_about_what_the_text_names(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    """A point, a noun with its topic, a pronoun for what came before, or the content."""
    assert expected == brief(read_in(text, language))


def test_what_is_put_forward_is_what_this_means() -> None:
    """ "You ask that …" names a proposal of the addressee, "this" in the next sentence means it."""
    (found,) = read_in("Вы просите, чтобы наши лётчики сели в Аньдуне. Это исключено.", "ru")

    assert ("person/mao",) == found.target.proposers
    assert "наши лётчики сели в Аньдуне" == found.target.phrase


def test_a_task_of_ours_is_not_a_task_of_yours() -> None:
    """What we refuse to do and what you have to do are two proposals, though the words agree."""
    refused, given = read_in("We cannot maintain the railways. You must maintain the railways.")

    assert ("decline", "delegate") == (refused.kind, given.kind)
    assert refused.target.key != given.target.key


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"meet", "repre", "armis"}, {"meeti", "repre", "armis", "place"}, True),
        ({"troop", "10"}, {"troop", "20"}, False),
        ({"refug"}, {"refug", "camps"}, False),
        (set(), set(), False),
    ],
)
def test_namings_are_one_by_the_words_they_share(
    one: set[str], other: set[str], expected: bool
) -> None:
    """Three quarters of the words of the shorter one, and no other number."""
    assert expected is is_same(frozenset(one), frozenset(other))
