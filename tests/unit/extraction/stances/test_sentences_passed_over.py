"""Sentences that can hold nothing of a stance are passed over, and change nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_messages import read_in, scene_of

from cablegraph.extraction.stances import read
from cablegraph.extraction.stances.gates import may_tell
from cablegraph.extraction.stances.lexicon import load_lexicon
from cablegraph.extraction.stances.parties import may_name
from cablegraph.extraction.stances.speakers import Voices
from cablegraph.records.claims import Claim

SENTENCES = (
    "The river rose in the night.",
    "Roa said that the harvest was poor.",
    "He looked tired: it had been a long day.",
    "The Government of Norway is at one with him.",
    "They proposed a commission of neutral states.",
    "Roa brought a plan for the withdrawal of troops.",
    "We consider that this proposal should be rejected.",
    "If they propose a truce, we are ready to accept it.",
    "They must not agree to point 5 of your plan.",
    "The fact is that the roads are bad.",
    "We propose the following:",
    "1. To open the port. 2. To free the prisoners.",
    "In his view they cannot accept that.",
)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (False, "The river rose in the night, and Roa said so."),
        (False, "He looked tired: it had been a long day."),
        (True, "We cannot accept that."),
        (True, "Roa brought a plan for the withdrawal of troops."),
        (True, "If it rains, the roads are bad."),
        (True, "The fact is that the roads are bad."),
        (True, "The fifth point is short."),
    ],
)
def test_a_sentence_may_tell_of_a_stance_where_it_has_words_for_one(told: bool, text: str) -> None:
    """Cues, names of proposals, conditions and reasons make a sentence one to be read."""
    assert told == may_tell(text, 0, len(text), "en", load_lexicon("en"))


@settings(max_examples=40, deadline=None)
@given(
    paragraphs=st.lists(
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), min_size=1, max_size=3
    )
)
def test_what_is_passed_over_changes_nothing(paragraphs: list[list[str]]) -> None:
    """The stances are those that are read where every sentence is cut and searched."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    quick = read_in(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "may_tell", lambda *_: True)
        every = read_in(text)

    assert [str(one) for one in every] == [str(one) for one in quick]


@settings(max_examples=40, deadline=None)
@given(
    paragraphs=st.lists(
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), min_size=1, max_size=3
    )
)
def test_what_is_read_late_is_what_is_read_at_once(paragraphs: list[list[str]]) -> None:
    """Names and pronouns mean the same whether each sentence is taken in when it is passed."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    late = read_in(text)
    with pytest.MonkeyPatch.context() as patch:
        pass_by = Voices.pass_by

        def pass_at_once(voices: Voices, start: int, end: int) -> None:
            pass_by(voices, start, end)
            assert voices.present is not None

        patch.setattr(Voices, "pass_by", pass_at_once)
        at_once = read_in(text)

    assert [str(one) for one in at_once] == [str(one) for one in late]


@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_sentence_tells_among_others_what_it_tells_alone(sentences: list[str]) -> None:
    """No sentence is passed over in a text that would be read if it stood alone."""
    text, lexicon = " ".join(sentences), load_lexicon("en")
    at = 0
    for sentence in sentences:
        end = at + len(sentence)
        alone = may_tell(sentence, 0, len(sentence), "en", lexicon)

        assert may_tell(text, at, end, "en", lexicon) >= alone
        at = end + 1


def test_whom_a_sentence_passed_over_names_is_who_is_meant_later() -> None:
    """A pronoun means who was named in a sentence of which nothing else was read."""
    found = read_in("Kim Il Sung came. The river rose. He proposed a commission of neutral states.")

    assert [("propose", ("person/kim",))] == [(one.kind, one.speakers) for one in found]


@pytest.mark.parametrize(
    ("named", "text", "entity"),
    [
        (True, "The D'Arcy-Vane letters came.", "person/darcy-vane"),
        (True, "NORWEGIAN\nAMBASSADOR", "person/norwegian-ambassador-unidentified"),
        (True, "Élise came.", "person/nobody"),  # letters of another kind: not to be told
        (False, "The letters came.", "person/darcy-vane"),
        (True, "“The D’Arcy–Vane” letters…", "person/darcy-vane"),
        (False, "“The letters” — came…", "person/darcy-vane"),
    ],
)
def test_a_text_may_name_whose_letters_it_has(named: bool, text: str, entity: str) -> None:
    """A paragraph is searched for parties only where the letters of one of them stand."""
    assert named == may_name(text, {entity})


def test_a_rule_is_read_once_a_document() -> None:
    """What a rule yields is kept with its document, and only with that."""
    asked: list[str] = []

    def rule(scene: object) -> list[Claim]:
        asked.append("rule")
        return []

    scene = scene_of("We agree.")

    assert () == scene.told(rule) == scene.told(rule)
    assert ["rule"] == asked
    assert () == scene_of("We agree.").told(rule)
    assert ["rule", "rule"] == asked
