"""Cleaning: line ends, spaces, composition, look-alike letters, the map back."""

from __future__ import annotations

import pytest

from cablegraph.sources.cleaning import clean_text
from cablegraph.sources.lookalikes import mend


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\x85d\u2028e\nf", "a\nb\nc\nd\ne\nf"),
        ("a\u00a0b\tc\u2009d\u3000e", "a b c d e"),
        ("теле\u00adграмма\u200b \ufeffи\u200dх", "телеграмма их"),
        ("и\u0306 e\u0301 \u212b", "й é Å"),
        ("Ким Ир Сен — «да», “yes”", "Ким Ир Сен — «да», “yes”"),
    ],
)
def test_a_text_is_cleaned(text: str, expected: str) -> None:
    """Line ends, spaces and letters are plain; dashes and quotation marks stay."""

    assert expected == clean_text(text).text


def test_a_clean_text_needs_no_table() -> None:
    """The map of an untouched text is a range."""
    found = clean_text("Тов. МАО\nд. 5")

    assert (range(13), range(1, 14)) == (found.origin, found.until)


def test_the_map_leads_back_to_the_source() -> None:
    """A line end of two characters, a letter with its mark and a left-out hyphen are crossed."""
    found = clean_text("a\r\nи\u0306b\u00adc")

    assert found.text == "a\nйbc"
    assert list(found.origin) == [0, 1, 3, 5, 7]
    assert list(found.until) == [1, 3, 5, 6, 8]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("тов. HAM ИР СЕН", "тов. НАМ ИР СЕН"),
        ("Mосква и Пекин", "Москва и Пекин"),
        ("Сomrade Stalin", "Comrade Stalin"),
        ("д. 059а и 059a", "д. 059а и 059a"),
        ("съезд XXX партии", "съезд XXX партии"),
        ("IV часть ОУ", "IV часть ОУ"),
        ("газета TACC сообщила", "газета ТАСС сообщила"),
        ("the peace of Мир", "the peace of Мир"),
        ("PEACE\nМир", "PEACE\nМир"),
        ("Wашингтон", "Wашингтон"),
        ("№ 340/ш ПЕКИН", "№ 340/ш ПЕКИН"),
        ("AAA " * 300_000 + "я", "AAA " * 300_000 + "я"),
    ],
)
def test_lookalike_letters_are_mended(text: str, expected: str) -> None:
    """A word goes to the script of its own letters, or of the words beside it."""

    assert expected == mend(text)
