"""Conditions and reasons: their kind, whose act they are, and what they belong to."""

from __future__ import annotations

import pytest
from invented_messages import read_in

CONDITIONS = [
    (
        "en",
        "If the Americans advance such a demand, the second point can be accepted.",
        "if-opponent-proposes",
        ("group/americans",),
    ),
    (
        "en",
        "The second point can be accepted if the British agree to it.",
        "if-opponent-agrees",
        ("group/british",),
    ),
    ("en", "Should they refuse, the second point may be dropped.", "if-opponent-refuses", ()),
    ("en", "If you do not sign it, the second point should be dropped.", "if-own-omission", ()),
    ("en", "If the river freezes, the second point may be dropped.", "if-third-party", ()),
    (
        "ru",
        "Если американцы потребуют этого, второй пункт можно принять.",
        "if-opponent-proposes",
        ("group/americans",),
    ),
    (
        "ru",
        "В случае Вашего согласия второй пункт следует выдвинуть.",
        "if-opponent-agrees",
        ("person/mao",),
    ),
    ("ru", "В случае отказа второй пункт можно снять.", "if-opponent-refuses", ()),
]


@pytest.mark.parametrize(("language", "text", "kind", "actors"), CONDITIONS)
def test_a_condition_has_a_kind_and_an_actor(
    language: str, text: str, kind: str, actors: tuple[str, ...]
) -> None:
    """What has to happen tells the kind; who is named before its verb is the actor."""
    (found,) = read_in(text, language)
    (proviso,) = found.provisos

    assert (kind, actors) == (proviso.kind, proviso.actors)


def test_a_condition_governs_what_is_joined_to_its_clause() -> None:
    """The counter-proposal after a refusal has the condition of the refusal and answers it."""
    refused, put = read_in(
        "If the British propose a committee of the Powers, this proposal should be refused, "
        "because the Powers are parties, but you should then put forward your proposal "
        "about a committee of Asian states."
    )

    assert ("reject", "counter-propose") == (refused.kind, put.kind)
    assert refused.provisos[0].words == put.provisos[0].words
    assert put.answers == refused.target
    assert refused.target.is_hypothetical
    assert not put.target.is_hypothetical


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "The second point should be rejected, because it is late.", "because it is late"),
        (
            "en",
            "The second point must be rejected. Keep in mind that they are tired.",
            "they are tired.",
        ),
        ("ru", "Второй пункт следует отклонить, так как поздно.", "так как поздно"),
        ("ru", "Второй пункт надо отклонить. Учтите, что они устали.", "они устали."),
    ],
)
def test_a_reason_belongs_to_the_stance_before_it(language: str, text: str, reason: str) -> None:
    """A subordinate clause or the next sentence may give the reason."""
    (found,) = read_in(text, language)

    assert [reason] == [ground.words.text for ground in found.grounds]


def test_what_would_follow_from_an_omission_is_a_reason() -> None:
    """ "If it is not signed, nobody will heed it" says why it must be signed."""
    (found,) = read_in(
        "The letter must be signed by both. If there is no seal, then the British will ignore it."
    )
    (ground,) = found.grounds

    assert "then the British will ignore it." == ground.words.text
    assert ["if-own-omission"] == [proviso.kind for proviso in ground.provisos]
