"""The stances of the seeds are read by the rules alone, in each text version."""

from __future__ import annotations

import pytest
from hand_read import hand_read, seed_scene

from cablegraph.extraction.stances.model import Ground, Proviso, Utterance
from cablegraph.extraction.stances.read import read_utterances

VERSIONS = [
    ("000", "scan"),
    ("000", "transcript"),
    ("000", "translation"),
    ("001", "transcript"),
    ("001", "translation"),
]
# Whose idea the meeting was stands in the summary; the text has the one who is answered.
OUTSIDE_THE_TEXT = "P.meet"


def read(number: str, layer: str) -> list[tuple[Utterance, Utterance]]:
    """Return each stance of the inventory beside the one that the rules read in its place."""
    scene = seed_scene(number)
    expected = dict(hand_read(number))[layer]
    return list(zip(expected, read_utterances(scene, scene.parts[layer]), strict=True))


@pytest.mark.parametrize(("number", "layer"), VERSIONS)
def test_every_stance_has_kind_force_holder_and_its_words(number: str, layer: str) -> None:
    """Each of the 23 stances is read once in each version, in order, with the inventory's words."""
    for expected, found in read(number, layer):
        told = (expected.kind, expected.force, expected.message, expected.speakers)

        assert told == (found.kind, found.force, found.message, found.speakers)
        assert expected.advised == found.advised
        assert expected.words.text in found.words.text


@pytest.mark.parametrize(("number", "layer"), VERSIONS)
def test_every_stance_is_on_the_proposal_of_the_inventory(number: str, layer: str) -> None:
    """Point, part, proposer, message and the words of the proposal are those of the inventory."""
    for expected, found in read(number, layer):
        there, here = expected.target, found.target

        assert (there.point, there.part) == (here.point, here.part)
        assert any(there.words[0].text in line.text for line in here.words)
        assert there.is_hypothetical == here.is_hypothetical
        if there.key != OUTSIDE_THE_TEXT:
            assert there.proposers == here.proposers
            assert there.put_in in (None, here.put_in)


@pytest.mark.parametrize(("number", "layer"), VERSIONS)
def test_two_stances_share_a_key_when_they_are_on_one_proposal(number: str, layer: str) -> None:
    """The key of a target is the same for every naming of it, and for no other."""
    pairs = {(expected.target.key, found.target.key) for expected, found in read(number, layer)}

    assert len({there for there, _ in pairs}) == len(pairs) == len({here for _, here in pairs})


@pytest.mark.parametrize(("number", "layer"), VERSIONS)
def test_conditions_and_reasons_are_those_of_the_inventory(number: str, layer: str) -> None:
    """Each condition has its kind, actor and trigger, each reason its words and condition."""
    for expected, found in read(number, layer):
        _check_provisos(expected.provisos, found.provisos)
        _check_grounds(expected.grounds, found.grounds)
        assert (expected.answers is None) == (found.answers is None)


def _check_provisos(expected: tuple[Proviso, ...], found: tuple[Proviso, ...]) -> None:
    for there, here in zip(expected, found, strict=True):
        assert (there.kind, there.actors) == (here.kind, here.actors)
        assert there.words.text in here.words.text
        assert (there.trigger is None) == (here.trigger is None)


def _check_grounds(expected: tuple[Ground, ...], found: tuple[Ground, ...]) -> None:
    for there, here in zip(expected, found, strict=True):
        assert there.words.text in here.words.text
        _check_provisos(there.provisos, here.provisos)
