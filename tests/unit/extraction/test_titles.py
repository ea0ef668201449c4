"""tests/lines/titles.txt: catalogue titles, and the form, number and parties they give."""

from __future__ import annotations

from pathlib import Path

import pytest
from extraction_papers import a_layer, names

from cablegraph.extraction.offices import find_parties
from cablegraph.extraction.titles import read_title

LINES = Path(__file__).parents[2] / "lines" / "titles.txt"


def _cases() -> list[tuple[str, ...]]:
    lines = LINES.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


CASES = _cases()


@pytest.mark.parametrize(("title", "form", "number", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_title_gives_form_number_and_parties(
    title: str, form: str, number: str, expected: str
) -> None:
    """A title is taken apart into its form, its number and the parties and places it names."""
    layer = a_layer(title, kind="catalogue-entry")
    found = read_title(layer, 0, len(title))
    known = names()
    parties = [party for naming in found.namings for party in find_parties(naming, known)]

    assert (form, number) == (found.form or "-", found.number[0] if found.number else "-")
    assert expected == "; ".join(f"{party.hint}={party.words}" for party in parties)


def test_each_naming_has_its_words_as_evidence() -> None:
    """The evidence of a party is its words with the preposition before them."""
    title = "Ciphered Telegram No. 9, Gromyko to Roshchin, for Cde. Mao Zedong"
    found = read_title(a_layer(title, kind="catalogue-entry"), 0, len(title))

    quotes = [naming.evidence.quote for naming in found.namings]
    assert ["Gromyko", "to Roshchin", "for Cde. Mao Zedong"] == quotes


def test_a_title_over_two_bold_lines_reads_as_one() -> None:
    """Where bold type and a line break cut a title, its parties stay whole."""
    title = "Ciphered Telegram No. 9, Filippov [Stalin] to  \nKrasovsky, for Cde. Mao\nZedong"
    found = read_title(a_layer(title, kind="catalogue-entry"), 0, len(title))

    assert [("sender", "Filippov [Stalin]"), ("to", "Krasovsky"), ("for", "Cde. Mao Zedong")] == [
        (naming.hint, naming.words) for naming in found.namings
    ]
