"""Whole documents: what is read, brought together and claimed, with the lexicon of the package."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from extraction_papers import a_reading, a_scene, findings_of
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.extract import gather
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.align_notices import VERSIONS_DIFFER
from cablegraph.extraction.stances.claims import claims_of
from cablegraph.extraction.stances.lexicon import Lexicon, load_lexicon
from cablegraph.extraction.stances.model import Utterance
from cablegraph.extraction.stances.read import read_utterances
from cablegraph.records.claims import Claim, Offer, Reading, Stance

TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
RUSSIAN = (
    "Вашу телеграмму от 1 июля получили. Первый пункт можно принять. "
    "Второй пункт следует отклонить. Третий пункт не следует выдвигать."
)
ENGLISH = (
    "We received your telegram of 1 July. The first point can be accepted. "
    "The second point should be rejected. The third point should not be advanced."
)


def stances_of(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims if isinstance(claim.value, Stance)]


def test_two_versions_that_agree_give_one_stance_each() -> None:
    """Three points, three stances with words in both languages, nothing to look at."""
    reading = a_reading(TITLE, transcript=RUSSIAN, translation=ENGLISH)
    found = stances_of(reading)

    assert ["accept", "reject", "withhold"] == [c.value.kind for c in found]  # type: ignore[union-attr]
    assert [{"transcript", "translation"}] * 3 == [
        {one.layer for one in claim.evidence} for claim in found
    ]
    assert not [f for f in findings_of(reading) if "version" in f.code]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("should be rejected", "should be accepted", "accept"),
        ("second point should be rejected", "first point should be rejected", "reject"),
    ],
)
def test_a_translation_that_says_otherwise_is_kept_and_told(
    before: str, after: str, kind: str
) -> None:
    """Another verb or another point in one version: two rivals, both open, and a warning."""
    changed = ENGLISH.replace(before, after)
    reading = a_reading(TITLE, transcript=RUSSIAN, translation=changed)
    told = [claim for claim in stances_of(reading) if claim.reason]
    rivals = [claim for claim in told if str(claim.reason).startswith(VERSIONS_DIFFER)]

    assert ["unresolved"] * 2 == [claim.status for claim in rivals]
    assert {"reject", kind} == {c.value.kind for c in rivals}  # type: ignore[union-attr]
    assert ["warning"] == [f.severity for f in findings_of(reading) if f.code == "versions-differ"]


def test_two_documents_on_one_message_share_its_points() -> None:
    """Another telegram of another day speaks of the same third point of the same message."""
    received = "We received your telegram of 1 July. The third point of your proposals "
    paths = [
        {c.key for c in reading.claims if isinstance(c.value, Offer)}
        for reading in (
            a_reading(TITLE, translation=received + "should not be advanced."),
            a_reading(TITLE, translation=received + "can be accepted.", date="July 9, 1951"),
        )
    ]

    assert "proposal/mao-1951-07-01/3" in paths[0] & paths[1]


def test_a_message_without_proposals_gives_none() -> None:
    """A congratulation has no stance, and so nothing is proposed."""
    reading = a_reading(TITLE, translation="We congratulate you on the anniversary. Good health.")

    assert [] == stances_of(reading)
    assert not [claim for claim in reading.claims if isinstance(claim.value, Offer)]


SCENE = a_scene(TITLE, transcript=RUSSIAN, translation=ENGLISH)


def read_with(scene: Scene, lexicon: Lexicon) -> list[tuple[str, list[Utterance]]]:
    return [(p.layer.key, read_utterances(scene, p, lexicon)) for p in scene.texts]


WHOLE = load_lexicon()
CUES = sorted({u.cue for _, found in read_with(SCENE, WHOLE) for u in found})


@given(st.sampled_from(CUES))
def test_without_a_cue_only_its_stances_are_gone(cue: str) -> None:
    """Taking a row out of the lexicon takes away what rests on it, and nothing else.

    Shape: where another row has the same words, the stance stays and rests on that one.
    """
    told, left = read_with(SCENE, WHOLE), read_with(SCENE, WHOLE.without(cue))
    kept = [(layer, [u for u in found if u.cue != cue]) for layer, found in told]
    gone = {u.words for _, found in told for u in found if u.cue == cue}
    again = [(layer, [u for u in found if u.words not in gone]) for layer, found in left]

    assert gone
    assert cue not in {u.cue for _, found in left for u in found}
    assert _words(claims_of(SCENE, kept)) == _words(claims_of(SCENE, again))


def _words(claims: object) -> set[tuple[str, str, str]]:
    return {
        (claim.value.kind, one.layer, one.quote)
        for claim in gather(claims)  # type: ignore[arg-type]
        if isinstance(claim.value, Stance)
        for one in claim.evidence
    }


def test_the_order_of_the_versions_does_not_matter_to_the_claims() -> None:
    """The same versions in the other order of reading give the same stances and words."""
    told = read_with(SCENE, WHOLE)

    assert _words(claims_of(SCENE, told)) == _words(claims_of(SCENE, told[::-1]))


@pytest.mark.slow
def test_a_long_message_is_brought_together_in_seconds(tmp_path: Path) -> None:
    """Three hundred stances in each of two versions: no step grows out of hand."""
    russian = "\n\n".join(RUSSIAN for _ in range(100))
    english = "\n\n".join(ENGLISH for _ in range(100))
    scene = a_scene(TITLE, transcript=russian, translation=english)
    told = read_with(scene, WHOLE)
    start = time.process_time()
    claims = list(claims_of(scene, told))

    assert time.process_time() - start < 20
    assert 300 <= sum(isinstance(claim.value, Stance) for claim in claims)
