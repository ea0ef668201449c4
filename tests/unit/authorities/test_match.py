"""Names found in text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities, read_authorities

SEEDS = Path(__file__).parents[3] / "seeds"
MATCHER = Matcher(read_authorities(SEEDS / "authorities"))


def found(matcher: Matcher, text: str, language: str = "ru") -> list[tuple[str, str]]:
    """Return the written words and the first entity of each match."""
    return [(match.written, match.keys[0]) for match in matcher.find(text, language)]


def test_the_longest_name_wins(matcher: Matcher) -> None:
    """A name inside a longer name is not found again."""
    assert [("Ким Ир Сеном", "person/kim"), ("Ким Иром", "person/kim-il")] == found(
        matcher, "с Ким Ир Сеном и Ким Иром"
    )
    assert [("United Nations Security Council", "org/un-security-council")] == found(
        matcher, "the United Nations Security Council"[4:], "en"
    )


def test_the_spelling_decides_between_forms_of_one_name(matcher: Matcher) -> None:
    """Two transcriptions that fold together are told apart by how the text spells them."""
    period, modern = matcher.find("тов. МАО ЦЗЕ-ДУНУ и тов. МАО ЦЗЭДУНУ", "ru")

    assert ("Мао Цзе-дун", "period-transcription") == (period.form.form, period.form.kind)
    assert ("Мао Цзэдун", "modern-transcription") == (modern.form.form, modern.form.kind)


def test_a_possessive_ending_is_outside_the_span(matcher: Matcher) -> None:
    """The span covers the name only."""
    text = "requested by Mao's telegram and Stalin’s"

    assert ["Mao", "Stalin"] == [text[m.start : m.end] for m in matcher.find(text, "en")]


def test_a_name_may_be_broken_by_a_line(matcher: Matcher) -> None:
    """A line break stands for a space, or after a hyphen for nothing."""
    assert [("Mao\nZedong", "person/mao"), ("Красов-\nскому", "person/krasovsky")] == found(
        matcher, "for Mao\nZedong, Красов-\nскому"
    )


def test_spaced_out_letters_are_one_name_or_none(matcher: Matcher) -> None:
    """The letters of a longer spaced-out word do not give the name inside it."""
    assert [("Ф И Л И П П О В", "person/stalin")] == found(matcher, "их.\n\nФ И Л И П П О В.\n")
    assert [] == found(matcher, "О С Т А Л И Н")


def test_abbreviations_keep_their_capitals_and_stops(matcher: Matcher) -> None:
    """Stops belong to an abbreviation, lower case is a common word."""
    assert [("U.S.", "place/usa"), ("U.N.", "org/un"), ("ВКП/б/", "org/vkpb")] == found(
        matcher, "the U.S. told us, U.N. and ВКП/б/ (un)"
    )
    assert [("Filippov", "person/stalin"), ("Stalin", "person/stalin")] == found(
        matcher, "Filippov (Stalin)"
    )


def test_initials_of_another_person_exclude_a_surname(matcher: Matcher) -> None:
    """A surname with known initials is believed, with others it is somebody else."""
    assert [] == found(matcher, "to A. A. Roshchin", "en")
    assert [("N. V. Roshchin", "person/roshchin")] == found(matcher, "to N. V. Roshchin", "en")
    assert [("Roshchin", "person/roshchin")] == found(matcher, "to N. Roshchin", "en")
    assert [("СТАЛИНУ", "person/stalin")] == found(matcher, "т. СТАЛИНУ")


def test_a_shared_or_scoped_name_is_not_sure(matcher: Matcher) -> None:
    """A name of several people, or one that needs an editor's word, says so."""
    (shared,) = matcher.find("Comrade KUZNETSOV", "en")
    (scoped,) = matcher.find("Comrade Zhou", "en")
    (plain,) = matcher.find("Comrade Filippov", "en")

    assert ("person/kuznetsov-ff", "person/stalin") == shared.keys
    assert (False, False, True) == (shared.sure, scoped.sure, plain.sure)


def test_words_of_a_web_address_are_no_names(matcher: Matcher) -> None:
    """An address is not read."""
    address = (
        "https://wilson-center-digital-archive.example.org/Mao digitalarchive.wilsoncenter.org"
    )

    assert [] == found(matcher, f"<{address}>", "en")


def test_resolve_takes_given_names_but_no_other_words(matcher: Matcher) -> None:
    """A heading may give initials or a first name that agrees with what is known."""
    assert ["person/roshchin"] == [f.entity for f in matcher.resolve("Roshchin, N. V.", "en")]
    assert ["person/shtykov"] == [f.entity for f in matcher.resolve("Terentiy Shtykov", "en")]
    assert [] == matcher.resolve("Gleb Shtykov", "en")
    assert [] == matcher.resolve("to Shtykov", "en")


def test_forms_of_other_languages_are_kept_apart(matcher: Matcher) -> None:
    """A form tagged with another language is found in texts of that language only."""
    assert [("Bundesarchiv", "archive/barch")] == found(matcher, "im Bundesarchiv", "de-DE")
    assert [] == found(matcher, "im Bundesarchiv", "en")


def test_every_name_of_the_file_is_found(authorities: Authorities, matcher: Matcher) -> None:
    """Each form, as written in the file, gives its entity among others."""
    missed = [
        form.form
        for form in authorities.forms
        if form.entity not in [f.entity for f in matcher.resolve(form.form, form.language)]
    ]

    assert [] == missed


@given(st.text(st.sampled_from("МаоЦзедунФ ИЛПВ.-\n'(б/)UNS38й"), max_size=60))
def test_matches_are_in_order_and_cover_their_words(text: str) -> None:
    """Spans do not overlap, and each slices to the words it gives."""
    last = 0
    for match in MATCHER.find(text, "ru"):
        assert last <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.written
        last = match.end


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_the_participants_of_the_seeds_are_found(matcher: Matcher, seed: Path) -> None:
    """Sender, go-between and addressee are found in every text version of a seed."""
    keys = [key for _, key in found(matcher, seed.read_text(encoding="utf-8"))]

    assert {"person/stalin", "person/krasovsky", "person/mao"} <= set(keys)
