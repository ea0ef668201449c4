"""Stances are read in wordings that stand in no seed; texts without proposals give none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_messages import brief, read_in

REWORDED = [
    (
        "en",
        "We have no objection to the first two points of your plan. The second half of the "
        "fifth point may be dropped, but should the Americans put forward such a demand, it may "
        "be agreed to. You ought not to submit the sixth point.",
        [
            ("no-objection", "assent", "1"),
            ("no-objection", "assent", "2"),
            ("may-drop", "permit", "5b"),
            ("accept", "permit", "5b"),
            ("withhold", "recommend", "6"),
        ],
    ),
    (
        "en",
        "The seventh point must be advanced and firmly insisted upon.",
        [("propose-and-insist", "require", "7")],
    ),
    (
        "en",
        "Point 3 should be rejected if the Americans insist on it.",
        [("reject", "recommend", "3")],
    ),
    (
        "en",
        "The utmost we can provide is two regiments.",
        [("offer-limited", "commit", "The utmost we can provide is two regiments")],
    ),
    (
        "ru",
        "Против первых двух пунктов Вашего плана мы не возражаем. Вторую часть пятого пункта "
        "можно исключить, однако если англичане внесут такое требование, то его можно принять. "
        "Шестой пункт выдвигать не следует.",
        [
            ("no-objection", "assent", "1"),
            ("no-objection", "assent", "2"),
            ("may-drop", "permit", "5b"),
            ("accept", "permit", "5b"),
            ("withhold", "recommend", "6"),
        ],
    ),
    (
        "ru",
        "Седьмой пункт надо предложить и твёрдо на нём настаивать.",
        [("propose-and-insist", "require", "7")],
    ),
    (
        "en",
        "There is no need to put forward point 4.",
        [("withhold", "recommend", "4")],
    ),
    (
        "en",
        "As concerns the last two points (about harbours and about fisheries), they must be put "
        "forward and their acceptance must be insisted on.",
        [
            ("propose-and-insist", "require", "harbours"),
            ("propose-and-insist", "require", "fisheries"),
        ],
    ),
    (
        "en",
        "If, on the other hand, the Turks propose to found a harbour council, this proposal must "
        "be refused, since it harms us, and instead of it you must put forward your proposal about "
        "free ports.",
        [
            ("reject", "require", "to found a harbour council"),
            ("counter-propose", "recommend", "free ports"),
        ],
    ),
    (
        "en",
        "If the Americans, however, propose to divide the island, you must refuse this.",
        [("reject", "require", "to divide the island")],
    ),
    (
        "ru",
        "Пункт 4 выдвигать не нужно. Шестой пункт необходимо выдвинуть и твёрдо на нём стоять.",
        [("withhold", "recommend", "4"), ("propose-and-insist", "require", "6")],
    ),
    (
        "ru",
        "Если же турки предложат создать совет гаваней, от этого предложения надо отказаться, "
        "так как он нам вреден, и вместо него выдвинуть Ваше предложение о вольных гаванях.",
        [
            ("reject", "require", "создать совет гаваней"),
            ("counter-propose", "recommend", "вольных гаванях"),
        ],
    ),
    (
        "ru",
        "Третий пункт нужно отвергнуть, если американцы будут на нём настаивать.",
        [("reject", "require", "3")],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), REWORDED)
def test_other_words_take_the_same_stances(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    """Synonyms, other ordinals and another order of clauses are read as well."""
    assert expected == brief(read_in(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We congratulate you on the anniversary of the Republic and wish you good health."),
        ("en", "Your telegram of 3 July has been received. Confirm receipt."),
        ("en", "On 4 May the delegation arrived in Moscow and was met at the station."),
        ("en", "The harvest was poor, and prices rose by a third. The schools are closed."),
        ("en", "What attitude do the British take? Has the committee met?"),
        ("ru", "Поздравляем Вас с годовщиной республики и желаем Вам здоровья."),
        ("ru", "Вашу телеграмму от 3 июля получили. Делегация прибыла в Москву."),
        ("ru", "Урожай был плохой, цены выросли на треть. Что пишут газеты?"),
    ],
)
def test_a_text_without_proposals_takes_no_stance(language: str, text: str) -> None:
    """Greetings, receipts, news and questions of fact give nothing."""
    assert [] == brief(read_in(text, language))


@dataclass(frozen=True)
class Language:
    """Words of which sentences are built, with what they mean."""

    modals: dict[str, str]  # words to force
    actions: dict[str, tuple[str, str | None]]  # words to kind, and to the kind when negated
    points: dict[str, str]
    conditions: dict[str, str]
    frame: str


ENGLISH = Language(
    {"should": "recommend", "must": "require", "may": "permit", "ought to": "recommend"},
    {
        "be accepted": ("accept", "reject"),
        "be rejected": ("reject", "no-objection"),
        "be proposed": ("propose", "withhold"),
        "be postponed": ("defer", None),
    },
    {"The fourth point": "4", "The second part of the ninth point": "9b", "Point 11": "11"},
    {
        "": "",
        " if the Americans advance it": "if-opponent-proposes",
        " if they agree": "if-opponent-agrees",
    },
    "{point} {modal} {negation}{action}{condition}.",
)
RUSSIAN = Language(
    {"следует": "recommend", "нужно": "require", "необходимо": "require", "надо": "require"},
    {
        "принять": ("accept", "reject"),
        "отклонить": ("reject", "no-objection"),
        "предложить": ("propose", "withhold"),
        "отложить": ("defer", None),
    },
    {"Четвёртый пункт": "4", "Вторую часть девятого пункта": "9b", "Пункт 11": "11"},
    {
        "": "",
        ", если американцы его выдвинут": "if-opponent-proposes",
        ", если они согласятся": "if-opponent-agrees",
    },
    "{point} {negation}{modal} {action}{condition}.",
)


@given(data=st.data(), name=st.sampled_from(["en", "ru"]), negated=st.booleans())
def test_what_is_built_of_modal_action_point_and_condition_is_read_back(
    data: st.DataObject, name: str, negated: bool
) -> None:
    """Force comes from the modal, kind from action and negation, condition from its clause."""
    language = ENGLISH if name == "en" else RUSSIAN
    modal, force = data.draw(st.sampled_from(sorted(language.modals.items())))
    action, (kind, other) = data.draw(st.sampled_from(sorted(language.actions.items(), key=str)))
    point, number = data.draw(st.sampled_from(sorted(language.points.items())))
    condition, event = data.draw(st.sampled_from(sorted(language.conditions.items())))
    negation = ("not " if name == "en" else "не ") if negated else ""
    text = language.frame.format(
        point=point, modal=modal, negation=negation, action=action, condition=condition
    )
    if negated and (other is None or modal == "may"):  # "may not" forbids
        return
    if negated and name == "ru" and force == "require":
        force = "recommend"  # "it is not necessary" forbids nothing
    (found,) = read_in(text, name)

    assert [(other if negated else kind, force, number)] == brief([found])
    assert [event] * bool(event) == [proviso.kind for proviso in found.provisos]
