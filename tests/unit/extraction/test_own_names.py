"""The names that a document brings itself, and letters that editors restored."""

from __future__ import annotations

import time
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.extraction.own_names import _ALIKE, OwnNames, _may_be_alike, join_restored
from cablegraph.extraction.people import find_people


def _own(*names: tuple[str, str]) -> OwnNames:
    own = OwnNames()
    for name, entity in names:
        own.add(name, entity, full=" " in name)
    return own


def test_a_name_is_found_in_any_capitals_but_with_one() -> None:
    """Capitals throughout, marks and a possessive ending make no difference; lower case does."""
    own = _own(("Vidaković", "person/v"))

    assert [(0, 9, "person/v")] == list(own.find("VIDAKOVIC's word"))
    assert [] == list(own.find("vidaković"))


def test_the_longest_name_counts() -> None:
    """A whole name is one place, not two."""
    own = _own(("Grigore Petrescu", "person/p"), ("Petrescu", "person/p"))

    assert [(4, 20, "person/p")] == list(own.find("Yet Grigore Petrescu"))


def test_a_full_stop_ends_a_name() -> None:
    """Words of two sentences are not one name."""
    own = _own(("Ion Popa", "person/p"))

    assert [] == list(own.find("It was Ion; Popa came"))


def test_a_slip_in_a_whole_name_is_the_same_person() -> None:
    """One letter more or another one is a slip; another name is not."""
    own = _own(("Li Kenong", "person/li"))

    assert "person/li" == own.alike("Le Kenong")
    assert own.alike("Li Lisan") is None
    assert own.alike("Pak Kenong") is None


def test_restored_letters_keep_their_places() -> None:
    """Each character of the joined text knows where it stands in the text as written."""
    written = "To R.[ostow] at P[unta]. del Este [sic]"
    joined = join_restored(written)

    assert joined is not None
    assert "To Rostow at Punta del Este [sic]" == joined.text
    at = joined.text.index("Punta del Este")
    start, end = joined.places[at], joined.places[at + len("Punta del Este") - 1] + 1
    assert "P[unta]. del Este" == written[start:end]
    assert join_restored("No brackets; [Rostow], [the] end") is None


def test_long_lines_are_read_in_time() -> None:
    """A hundred thousand characters on one line take seconds at most."""
    texts = (
        "Aa " * 33_000,
        "[" * 100_000,
        "Minister of " * 8_000,
        "A." * 50_000,
        "A[bc] " * 16_000,
    )
    before = time.process_time()
    for text in texts:
        find_people(text, (), lambda words: False)
        join_restored(text)

    assert time.process_time() - before < 20


@given(one=st.text("abn", max_size=12), other=st.text("abn", max_size=12))
def test_names_that_share_too_few_letters_are_not_alike(one: str, other: str) -> None:
    """Names are compared in order of their letters only where that could find them alike."""
    if SequenceMatcher(None, one, other).ratio() >= _ALIKE:
        assert _may_be_alike(one, other)
