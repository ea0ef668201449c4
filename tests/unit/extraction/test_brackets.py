"""The purposes of brackets, and what a transcript brings to a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import claims_of, read_telegram, seeds_reading

from cablegraph.records.claims import Bracket, Claim

EDITORIAL = "telegram/wcda-119999/editorial/"


def _marks(folder: Path, **texts: str) -> list[tuple[str, str]]:
    """Return kind and first words of the marks in the body, without title and signature."""
    found = claims_of(read_telegram(folder, **texts), EDITORIAL).values()
    marks = [(claim.value.kind, claim.evidence[0].quote) for claim in found
             if isinstance(claim.value, Bracket)]  # fmt: skip
    return [mark for mark in marks if mark[0] != "omission" and mark[1] not in _FRAME]


_FRAME = {"Filippov [Stalin]", "FILIPPOV [Stalin]", "[...]"}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("To this Sif [Stalin] wrote.", "editorial-identification", "Sif [Stalin]"),
        ("To this Feng Xi (Stalin) wrote.", "editorial-identification", "Feng Xi (Stalin)"),
        ("He saw Zhou Enlai [Foreign Minister] there.", "editorial-identification",
         "Zhou Enlai [Foreign Minister]"),
        ("He saw Li Kenong [Vice Minister of Foreign Affairs].", "editorial-identification",
         "Li Kenong [Vice Minister of Foreign Affairs]"),
        ("He saw Ivanov [Zheng?] there.", "editorial-identification", "Ivanov [Zheng?]"),
        ("They took Anju [Korea] at once.", "editorial-identification", "Anju [Korea]"),
        ("They met in Gaeseong [Kaesong] at once.", "alternative-form", "Gaeseong [Kaesong]"),
        ("They met Pak Heon-yeong [Pak Hon Yong].", "alternative-form",
         "Pak Heon-yeong [Pak Hon Yong]"),
        ("[The] commander waits.", "supplied", "[The] commander waits."),
        ("We [would] go.", "supplied", "We [would] go."),
        ("Com[rade] Mao waits.", "supplied", "Com[rade] Mao waits."),
        ("They recieved [sic] it.", "sic", "[sic]"),
        ("See the note [1].", "footnote", "[1]"),
        ("Wait. [Translator's note: so in the text.]", "footnote",
         "[Translator's note: so in the text.]"),
        ("The word is [illegible].", "gap", "[illegible]"),
        ("Three [two words illegible] came.", "gap", "[two words illegible]"),
    ],
)  # fmt: skip
def test_a_bracket_has_a_purpose(tmp_path: Path, text: str, kind: str, words: str) -> None:
    """What a bracket does to the text is told by what stands in it and before it."""
    assert (kind, words) in _marks(tmp_path, english=text)


def test_words_of_the_original_are_what_is_meant(tmp_path: Path) -> None:
    """A bracket with words of the Russian text in Latin letters explains the translation."""
    marks = _marks(tmp_path, russian="Надо ждать решения.", english="We must wait [zhdat] for it.")

    assert ("editorial-identification", "[zhdat]") in marks


def test_an_author_may_use_round_brackets(tmp_path: Path) -> None:
    """Round brackets are an editor's only where they name who hides behind a pseudonym."""
    assert [] == _marks(tmp_path, english="Both points (on troops and on Mao Zedong) stay.")


def test_a_gap_points_at_its_sign(tmp_path: Path) -> None:
    """Dots in brackets within a line are a gap."""
    found = claims_of(read_telegram(tmp_path, english="He came [...] and left."), EDITORIAL)
    gaps = [claim for claim in found.values() if "/gap-" in claim.key]

    assert {"[...]"} == {claim.evidence[0].quote for claim in gaps}


def test_a_transcript_brought_to_a_rule() -> None:
    """The seed with scan and transcript shows ё for е and round brackets for strokes."""
    found = claims_of(seeds_reading("000"), "telegram/wcda-112147/editorial/normalisation-")
    quotes = {key.rpartition("-")[2]: _pairs(claim) for key, claim in found.items()}

    assert {"Насчет", "Насчёт", "Четвертый", "Четвёртый", "нем", "нём"} == quotes["yo"]
    assert any(quote.startswith("/о выводе") for quote in quotes["brackets"])
    assert any(quote.startswith("(о выводе") for quote in quotes["brackets"])
    assert {"transcript-normalised"} == {claim.rule for claim in found.values()}


def _pairs(claim: Claim) -> set[str]:
    return {words.quote for words in claim.evidence}


@pytest.mark.parametrize(
    ("scan", "transcript", "kinds"),
    [
        ("Он приедет скоро.", "Он приедет скоро.", set()),
        ("ОН ПРИЕДЕТ.", "Он приедет.", set()),
        ("Он придет скоро.", "Он придёт скоро.", {"yo"}),
        ("Ждите /три дня/ там.", "Ждите (три дня) там.", {"brackets"}),
        ("Тов. Цзе-дун ждет.", "Тов. Цзэдун ждёт.", {"other", "yo"}),
        ("Он приедет завтра.", "Он уедет сегодня.", set()),
    ],
)
def test_kinds_of_normalisation(
    tmp_path: Path, scan: str, transcript: str, kinds: set[str]
) -> None:
    """Only the same words in another spelling are normalised; other words are not."""
    reading = read_telegram(tmp_path, scan=scan, russian=transcript)
    found = claims_of(reading, f"{EDITORIAL}normalisation-")

    assert kinds == {key.rpartition("-")[2] for key in found}
