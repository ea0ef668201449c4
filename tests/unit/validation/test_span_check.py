"""Quotations against the words of their text version."""

from __future__ import annotations

import pytest

from cablegraph.validation.spans import CODE, check_spans

SPAN = "https://example.org/id/telegram/t1/text/transcript/span/14-18"
XSD = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"


def test_a_true_quotation_is_not_reported(telegram: str) -> None:
    """Offsets count code points, and a line break of two characters counts as two."""
    assert check_spans(telegram) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"№ 77"', '"№ 78"', "quotation does not stand at the given position"),
        (f'"14"^^<{XSD}>', f'"13"^^<{XSD}>', "quotation does not stand at the given position"),
        (f'"14"^^<{XSD}>', '"fourteen"', "oa:start 'fourteen' or oa:end '18' is no offset"),
        ('"Копия "', '"Копии "', "oa:prefix does not stand before it"),
        ('"\\r\\nКопия"', '"\\nКопия"', "oa:suffix does not stand after it"),
        ("oa#exact", "oa#inexact", "span has no oa:exact"),
        ("oa#hasSource", "oa#hasNoSource", "span needs one text version as source"),
        ("def#text>", "def#words>", "the span's source has no text"),
    ],
)
def test_each_fault_has_its_own_message(telegram: str, old: str, new: str, message: str) -> None:
    """One thing wrong in the telegram, one message about it."""
    assert old in telegram
    results = check_spans(telegram.replace(old, new))

    assert {(r.code, r.severity, r.message) for r in results} == {(CODE, "violation", message)}


def test_an_empty_span_is_reported(telegram: str) -> None:
    """An end at or before the start covers nothing."""
    tampered = telegram.replace(f'"18"^^<{XSD}>', f'"14"^^<{XSD}>')

    assert "end <= start" in {r.message for r in check_spans(tampered) if r.focus == SPAN}


def test_two_sources_are_one_too_many(telegram: str) -> None:
    """A span in two text versions is in none."""
    line = f"<{SPAN}> <http://www.w3.org/ns/oa#hasSource> <https://example.org/id/other> .\n"

    assert [(r.focus, r.message) for r in check_spans(telegram + line)] == [
        (SPAN, "span needs one text version as source")
    ]
