"""Claims of stances: one for what the versions agree on, rivals where they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from extraction_papers import a_scene
from hand_read import FACTS, hand_read, line_of, said, seed_scene

from cablegraph.extraction.extract import gather
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align_notices import find_divergences
from cablegraph.extraction.stances.claims import claims_of
from cablegraph.extraction.stances.model import Ground, Proviso, Target, Utterance
from cablegraph.records.claims import Claim, Condition, Finding, Offer, Reading, Reason, Stance

V = TypeVar("V", Stance, Offer, Condition, Reason)
TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
RUSSIAN = (
    "Вашу телеграмму от 1 июля получили. Первый пункт следует принять. "
    "Если американцы предложат перемирие, его надо отклонить, так как это ловушка."
)
ENGLISH = (
    "We received your telegram of 1 July. The first point should be accepted. "
    "If the Americans propose a truce, it must be rejected, since it is a trap."
)
SCENE = a_scene(TITLE, transcript=RUSSIAN, translation=ENGLISH)
MAO = {"proposers": ("person/mao",), "put_in": "message/mao-stalin-1951-07-01"}
RU = said(SCENE, "transcript", "Первый пункт следует принять", "accept", point="1", **MAO)
EN = said(SCENE, "translation", "The first point should be accepted", "accept", point="1", **MAO)
TELEGRAM = SCENE.telegram


def claims_in(scene: Scene, **told: list[Utterance]) -> dict[str, Claim]:
    return {claim.key: claim for claim in gather(claims_of(scene, list(told.items())))}


def values_of(claims: dict[str, Claim], kind: type[V]) -> dict[str, V]:
    return {key: one.value for key, one in claims.items() if isinstance(one.value, kind)}


def findings_of(claims: dict[str, Claim]) -> list[Finding]:
    ordered = tuple(claims[key] for key in sorted(claims))
    reading = Reading(key="x", source="a.txt", sha256="0", claims=ordered, texts={})
    return list(find_divergences(reading, "a.txt", "https://example.org/id/"))


def with_condition(layer: str, words: str, clause: str, trap: str, truce: str) -> Utterance:
    """Return the second stance of the example, on condition and with a reason."""
    about = Target(truce, (line_of(SCENE, layer, truce),), truce, is_hypothetical=True,
                   proposers=("group/americans",))  # fmt: skip
    proviso = Proviso(line_of(SCENE, layer, clause), "if-opponent-proposes",
                      ("group/americans",), about)  # fmt: skip
    found = said(SCENE, layer, words, "reject", force="require", provisos=(proviso,),
                 grounds=(Ground(line_of(SCENE, layer, trap)),))  # fmt: skip
    return replace(found, target=about)


RU2 = with_condition(
    "transcript", "его надо отклонить", "Если американцы предложат перемирие",
    "так как это ловушка", "перемирие",
)  # fmt: skip
EN2 = with_condition(
    "translation", "it must be rejected", "If the Americans propose a truce",
    "since it is a trap", "a truce",
)  # fmt: skip


@pytest.mark.parametrize("number", ["000", "001"])
def test_the_seeds_read_by_hand_give_the_inventory(number: str) -> None:
    """Kind, force, holders, advised, conditions and reasons are those of the inventory."""
    claims = claims_in(seed_scene(number), **dict(hand_read(number)))
    found = list(values_of(claims, Stance).values())
    facts = [
        f["value"]
        for name, f in FACTS.items()
        if name.startswith(number) and f["property"] == "cbl:Stance"
    ]

    assert [(f["kind"], f["force"]) for f in facts] == [
        (one.kind, one.force) for one in _in_order(claims)
    ]
    assert [bool(f.get("condition")) for f in facts] == [
        bool(one.conditions) for one in _in_order(claims)
    ]
    assert [bool(f.get("reason")) for f in facts] == [
        bool(one.reasons) for one in _in_order(claims)
    ]
    assert len(facts) == len(found)


def _in_order(claims: dict[str, Claim]) -> list[Stance]:
    keys = sorted((k for k in claims if "/stance/" in k), key=lambda k: k.rpartition("/")[2])
    return [value for key in keys if isinstance(value := claims[key].value, Stance)]


def test_versions_that_agree_are_one_claim_with_the_words_of_each() -> None:
    """One stance, its evidence in both languages, no status and nothing to look at."""
    claims = claims_in(SCENE, transcript=[RU], translation=[EN])
    stance = claims[f"{TELEGRAM}/stance/01"]

    assert [RU.words.text, EN.words.text] == [one.quote for one in stance.evidence]
    assert ("certain", None, None) == (stance.certainty, stance.status, stance.reason)
    assert [] == findings_of(claims)


def test_a_point_is_keyed_by_the_message_it_was_put_in() -> None:
    """Who put it, the day and the number: any document that speaks of it says the same."""
    offers = values_of(claims_in(SCENE, translation=[EN]), Offer)

    assert {
        "proposal/mao-1951-07-01/1": Offer(
            "Mao's point 1 (1 July 1951)", ("person/mao",), "message/mao-stalin-1951-07-01", "1"
        )
    } == offers


def test_a_part_of_a_point_comes_with_the_point() -> None:
    """The second part of the first point is 1b, a part of 1; only the whole has the number."""
    part = said(SCENE, "translation", EN.words.text, "accept", point="1", part="b", **MAO)
    offers = values_of(claims_in(SCENE, translation=[part]), Offer)

    assert ["proposal/mao-1951-07-01/1", "proposal/mao-1951-07-01/1b"] == list(offers)
    assert "Mao's point 1, second part (1 July 1951)" == offers["proposal/mao-1951-07-01/1b"].label
    assert "proposal/mao-1951-07-01/1" == offers["proposal/mao-1951-07-01/1b"].part_of
    assert ["1", None] == [one.point for one in offers.values()]


def test_what_no_dated_message_holds_stays_with_its_document() -> None:
    """Two telegrams of one day never share a proposal by chance."""
    own = said(SCENE, "translation", EN.words.text, "propose", on="The first point")
    other = a_scene(TITLE, translation=ENGLISH, citation="RGASPI, f. 558, op. 11, d. 1, l. 2.")
    offers = values_of(claims_in(SCENE, translation=[own]), Offer)

    assert [f"proposal/1951-07-03-{SCENE.record.key}/first-point"] == list(offers)
    assert other.record.key in next(iter(
        values_of(claims_in(other, translation=[
            said(other, "translation", EN.words.text, "propose", on="The first point")
        ]), Offer)
    ))  # fmt: skip


def test_versions_that_differ_in_kind_are_rivals_left_open() -> None:
    """Both readings stay, joined to each other; the editor is warned at the place."""
    rejected = said(SCENE, "translation", EN.words.text, "reject", point="1", **MAO)
    claims = claims_in(SCENE, transcript=[RU], translation=[rejected])
    stances = values_of(claims, Stance)
    first, second = (claims[key] for key in sorted(stances))

    assert [f"{TELEGRAM}/stance/01", f"{TELEGRAM}/stance/01-translation"] == sorted(stances)
    assert ["accept", "reject"] == [stances[key].kind for key in sorted(stances)]
    assert [(second.key,), (first.key,)] == [first.rivals, second.rivals]
    assert {"unresolved"} == {first.status, second.status}
    (finding,) = findings_of(claims)
    assert ("warning", "versions-differ") == (finding.severity, finding.code)
    assert first.evidence[0].line == finding.line


def test_in_force_the_message_outranks_its_translation() -> None:
    """Should for must is a translator's shade: the message's word is preferred, both are kept."""
    weaker = said(SCENE, "translation", EN.words.text, "accept", point="1", force="permit", **MAO)
    claims = claims_in(SCENE, transcript=[RU], translation=[weaker])
    stances = [claims[key] for key in sorted(values_of(claims, Stance))]

    assert ["preferred", "alternative"] == [one.status for one in stances]
    assert ["info"] == [one.severity for one in findings_of(claims)]


def test_scan_and_transcript_that_differ_in_force_are_left_open() -> None:
    """Neither of two copies of the message outranks the other."""
    scene = a_scene(TITLE, scan=RUSSIAN, transcript=RUSSIAN)
    told = {
        layer: [said(scene, layer, RU.words.text, "accept", force=force, point="1")]
        for layer, force in (("scan", "permit"), ("transcript", "require"))
    }
    claims = claims_in(scene, **told)

    assert ["unresolved"] * 2 == [
        one.status for one in claims.values() if isinstance(one.value, Stance)
    ]


def test_other_points_of_one_passage_are_rivals() -> None:
    """A translator's "second" for «первый» is a divergence of the proposal meant."""
    second = said(SCENE, "translation", EN.words.text, "accept", key="2", **MAO)
    claims = claims_in(SCENE, transcript=[RU], translation=[second])
    on = {one.on for one in values_of(claims, Stance).values()}

    assert 2 == len(on)
    assert ["versions-differ"] == [one.code for one in findings_of(claims)]


def test_a_stance_of_one_version_is_less_sure_and_told() -> None:
    """The passage is in both, the stance was read in one: an editor should look."""
    claims = claims_in(SCENE, transcript=[RU, RU2], translation=[EN])
    stance = claims[f"{TELEGRAM}/stance/02"]

    assert "probable" == stance.certainty
    assert "read only in the transcript, though the translation has the passage" == stance.reason
    assert [("info", "stance-in-one-version")] == [
        (one.severity, one.code) for one in findings_of(claims)
    ]


def test_condition_and_reason_are_one_in_all_versions() -> None:
    """Each has a number, the words of every version, and its kind, actor and trigger."""
    claims = claims_in(SCENE, transcript=[RU, RU2], translation=[EN, EN2])
    stance = values_of(claims, Stance)[f"{TELEGRAM}/stance/02"]
    condition = claims[f"{TELEGRAM}/condition/1"]

    assert (f"{TELEGRAM}/condition/1",) == stance.conditions
    assert (f"{TELEGRAM}/reason/1",) == stance.reasons
    assert Condition("if-opponent-proposes", ("group/americans",), stance.on) == condition.value
    assert ["transcript", "translation"] == [one.layer for one in condition.evidence]
    assert "it is a trap" == values_of(claims, Reason)[f"{TELEGRAM}/reason/1"].label
    assert "hypothetical" == claims[stance.on].status


def test_a_counter_proposal_to_nothing_is_a_proposal() -> None:
    """What the words do not name cannot be answered."""
    counter = said(SCENE, "translation", EN.words.text, "counter-propose", point="1")
    stances = values_of(claims_in(SCENE, translation=[counter]), Stance)

    assert [("propose", None)] == [(one.kind, one.answers) for one in stances.values()]


def test_a_force_that_no_word_gives_is_that_of_the_kind() -> None:
    """It is less sure, and says why."""
    bare = said(SCENE, "translation", EN.words.text, "reject", force=None, point="1")
    (claim,) = [
        c for c in claims_in(SCENE, translation=[bare]).values() if isinstance(c.value, Stance)
    ]

    assert ("refuse", "probable") == (claim.value.force, claim.certainty)  # type: ignore[union-attr]
    assert claim.reason


def test_nobody_advises_himself_and_no_opponent_is_advised() -> None:
    """If the one spoken to is the other side of the condition, the stance advises nobody."""
    proviso = Proviso(
        line_of(SCENE, "translation", "If the Americans"), "if-opponent-agrees", ("person/mao",)
    )
    one = said(SCENE, "translation", EN.words.text, "propose", point="1", provisos=(proviso,),
               advised=("person/mao", "person/stalin"))  # fmt: skip
    stances = values_of(claims_in(SCENE, translation=[one]), Stance)

    assert [()] == [value.advises for value in stances.values()]


def test_the_summary_tells_who_puts_what_the_text_gives_to_nobody() -> None:
    """Only where its words for the matter all stand in the text's; the claim says so."""
    scene = seed_scene("001")
    claims = claims_in(scene, **dict(hand_read("001")))
    (meeting,) = [
        c for c in claims.values()
        if isinstance(c.value, Offer) and "to meet" in c.value.label and c.value.proposed_by
        and c.value.proposed_by[0].startswith("group/")
    ]  # fmt: skip

    assert ("group/americans",) == meeting.value.proposed_by  # type: ignore[union-attr]
    assert "catalogue" in {one.layer for one in meeting.evidence}
    assert "probable" == meeting.certainty


def test_what_a_draft_proposes_its_author_proposes() -> None:
    """The signatories take the stance; who wrote the draft puts the proposal."""
    claims = claims_in(seed_scene("001"), **dict(hand_read("001")))
    draft = [c.value for k, c in claims.items() if "/draft/1/stance/" in k]

    assert {("person/kim", "person/peng")} == {s.holders for s in draft if isinstance(s, Stance)}
    assert all(
        ("person/kim", "person/peng") != one.proposed_by
        for one in values_of(claims, Offer).values()
    )


def test_a_russian_text_alone_gives_a_russian_label() -> None:
    """The label has the language of its words."""
    scene = a_scene(TITLE, transcript=RUSSIAN)
    one = said(scene, "transcript", "его надо отклонить", "reject", on="перемирие")
    (offer,) = values_of(claims_in(scene, transcript=[one]), Offer).values()

    assert ("перемирие", "ru") == (offer.label, offer.language)
