"""Laws of cleaning and of layers that hold for any text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.errors import LayoutError
from cablegraph.records.read import read_record
from cablegraph.sources.cleaning import clean_text
from cablegraph.spans import SourceText

_PIECES = st.sampled_from(
    ["\r", "\n", "\r\n", "\u00ad", "\u200b", "\ufeff", "\u00a0", "\u0306", "\u0301", "и", "е", "y",
     "a", "o", "HAM", "PAT", "XXX", "COMе", "Сen", "Сен ", "Mао", " ", "№ 5", "ᄀ", "ᅡ", "ᆨ", "Å",
     "क़", "the "]
)  # fmt: skip
TEXTS = st.text() | st.lists(_PIECES, max_size=30).map("".join)
_LINES = st.sampled_from(
    ["", "[...]", "[…]", "###", "July 3, 1951", "**Cable, A to B**", "Citation:", "**Summary:**",
     "Contents:", "Original Scan", "Transcript - Russian", "English Translation", "Russian",
     "Original Language:", "Получена телеграмма.", "The telegram has come.", "Экз. № 1 КОПИЯ",
     '"Cable", XYZ, f. 1.', "<https://digitalarchive.wilsoncenter.org/document/1>"]
)  # fmt: skip


def source_of(text: str) -> SourceText:
    """Return a text as if it had been read from a file."""
    clean = clean_text(text)
    return SourceText("a.txt", "a.txt", "0" * 64, text, clean.text, clean.origin, clean.until)


@given(TEXTS)
def test_every_cleaned_letter_stands_for_something(text: str) -> None:
    """The map has a place in the source for each letter, in rising order."""
    found = clean_text(text)
    places = list(zip(found.origin, found.until, strict=True))

    assert len(found.text) == len(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(places))
    assert all(a == b or a[1] <= b[0] for a, b in pairwise(places))


@given(TEXTS, st.data())
def test_any_cleaned_range_gives_words_of_the_source(text: str, data: st.DataObject) -> None:
    """Cleaning the quote of a span again gives at least the words it was made of."""
    source = source_of(text)
    if not source.clean:
        return
    start = data.draw(st.integers(0, len(source.clean) - 1))
    end = data.draw(st.integers(start + 1, len(source.clean)))
    span = source.span(start, end)

    assert span.quote(text) == text[span.start : span.end] != ""
    assert source.place(span.start) <= source.place(span.end)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is, and is NFC."""
    once = clean_text(text).text

    assert once == clean_text(once).text
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(_LINES, max_size=25), st.sampled_from(["\n", "\r\n"]))
def test_layers_are_in_order_and_cover_the_text(lines: list[str], newline: str) -> None:
    """No layer overlaps another, and what none covers is counted."""
    text = newline.join(lines)
    try:
        record = read_record(source_of(text))
    except LayoutError:
        return
    places = [(layer.start, layer.end) for layer in record.layers]
    covered = sum(len("".join(layer.text.split())) for layer in record.layers)

    assert all(start < end for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert len({layer.key for layer in record.layers}) == len(places)
    assert len("".join(record.source.clean.split())) == covered + record.uncovered
    for values in record.fields.values():
        assert all(value.evidence.quote == value.evidence.quote.strip() != "" for value in values)
