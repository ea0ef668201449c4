"""Candidates for a written name: their order, their reasons, and what a context may do."""

from __future__ import annotations

import pytest

from cablegraph.authorities.candidates import (
    Candidate,
    Context,
    IndexedName,
    NameIndex,
    find_candidates,
    may_join,
)

NAMES = [
    ("person/gao", "Gao Xiaoming", "en"),
    ("person/volkov-ivan", "Иван Волков", "ru"),
    ("person/volkov-petr", "Пётр Волков", "ru"),
    ("person/kim-chong-ho", "Kim Chŏng-ho", "en"),
    ("person/kim-chong-hun", "Kim Chŏng-hun", "en"),
    ("person/semenova", "Semenova", "en"),
]
PERIODS: dict[str, tuple[int | None, int | None]] = {
    "person/volkov-ivan": (1900, 1949),
    "person/volkov-petr": (1920, None),
}


@pytest.fixture(scope="module")
def index() -> NameIndex:
    """An index over a few invented people."""
    found = NameIndex(PERIODS)
    found.add(IndexedName(*name) for name in NAMES)
    return found


def _ranked(found: list[Candidate]) -> list[tuple[str, float]]:
    return [(one.entity, one.score) for one in found]


@pytest.mark.parametrize(
    ("written", "entity", "rule"),
    [
        ("Gao Xiaoming", "person/gao", "as-written"),
        ("GAO XIAO-MING", "person/gao", "fold"),
        ("Гао Сяомину", "person/gao", "chinese"),
        ("Kao Hsiao-ming", "person/gao", "chinese"),
        ("Ким Тен Хо", "person/kim-chong-ho", "korean-loose"),
        ("Семёновой", "person/semenova", "russian-romanisation"),
        ("Ивану Волкову", "person/volkov-ivan", "russian-case"),
        ("П. Волкова", "person/volkov-petr", "initials"),
        ("Иван Вслков", "person/volkov-ivan", "ocr"),
    ],
)
def test_the_most_trusted_rule_finds_the_entity(
    index: NameIndex, written: str, entity: str, rule: str
) -> None:
    """A name in another script, case or spelling finds its entity by the rule that it needs."""
    best = find_candidates(written, None, index)[0]

    assert (entity, rule) == (best.entity, best.rule)


@pytest.mark.parametrize("written", ["Semenov", "Gao Xiaomei", "Ким Чон Хи", "С. Волков", "", "?"])
def test_another_name_finds_nobody(index: NameIndex, written: str) -> None:
    """A name that is one sound, one ending or one initial away is nobody's."""
    assert [] == [one for one in find_candidates(written, None, index) if one.score > 0.5]


def test_namesakes_come_back_with_one_score(index: NameIndex) -> None:
    """A bare family name gives everybody who has it, none before the other."""
    found = find_candidates("Волковым", "ru", index)

    assert [("person/volkov-ivan", 0.5), ("person/volkov-petr", 0.5)] == _ranked(found)


def test_a_candidate_says_why(index: NameIndex) -> None:
    """The explanation has both forms, the scheme of each and what they share."""
    expected = (
        "«Гао Сяомин» has the same Chinese syllables: «Gao Xiaoming» "
        "(palladius and pinyin: gao xiao ming)"
    )

    assert expected == find_candidates("Гао Сяомин", "ru", index)[0].explanation


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (Context(year=1955), [("person/volkov-petr", 0.5), ("person/volkov-ivan", 0.25)]),
        (Context(year=1930), [("person/volkov-ivan", 0.5), ("person/volkov-petr", 0.5)]),
        (
            Context(near=frozenset({"person/volkov-petr"})),
            [("person/volkov-petr", 0.5), ("person/volkov-ivan", 0.45)],
        ),
        (
            Context(bracket="Ivan Volkov"),
            [("person/volkov-ivan", 0.5), ("person/volkov-petr", 0.45)],
        ),
        (
            Context(near=frozenset({"person/gao"})),
            [("person/volkov-ivan", 0.5), ("person/volkov-petr", 0.5)],
        ),
    ],
)
def test_a_context_may_decide_or_nobody(
    index: NameIndex, context: Context, expected: list[tuple[str, float]]
) -> None:
    """A year, a neighbour or a bracket parts namesakes; what does not concern them does not."""
    assert expected == _ranked(find_candidates("Волков", "ru", index, context=context))


@pytest.mark.parametrize(
    ("expected", "rule", "left", "right"),
    [
        (True, "initials", "И. П. Волков", "Иван Петрович Волков"),
        (False, "initials", "И. С. Волков", "Иван Петрович Волков"),
        (False, "initials", "Иван Волков", "Игорь Волков"),
        (True, "surname", "Волков", "Иван Волков"),
        (False, "surname", "Пётр Волков", "Иван Волков"),
        (False, "korean", "Li Dan", "Li Tan"),
        (True, "korean", "Ли Чонхо", "Yi Chŏng-ho"),
        (False, "russian-romanisation", "Лин Чжэн", "Линь Чжэнь"),
    ],
)
def test_a_shared_key_joins_only_what_may_be_one(
    expected: bool, rule: str, left: str, right: str
) -> None:
    """Keys of names cut short, and coarse ones, count only where nothing speaks against them."""
    assert expected == may_join(rule, left, right)
