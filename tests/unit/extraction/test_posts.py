"""Posts and their holders, and where a translation changes them."""

from __future__ import annotations

from pathlib import Path

from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Position

RU = "Это подпишет командующий Корейской народной армией Ким Ир Сен."
EN = "This is signed by the Commander of the Korean People's Army KIM IL SUNG."


def test_a_name_after_a_post_is_its_holder(tmp_path: Path) -> None:
    """The post of a body is held by the one named right after it."""
    reading = read_telegram(tmp_path, russian=RU, english=EN)
    found = list(claims_of(reading, "person/kim/position/").values())

    assert ["org/kpa"] == [c.value.body for c in found if isinstance(c.value, Position)]
    assert {"transcript", "translation"} == {e.layer for c in found for e in c.evidence}


def test_a_post_without_a_name_is_nobodys(tmp_path: Path) -> None:
    """No holder is made up."""
    text = "Командующий Корейской народной армией подпишет."

    assert not [c for c in read_telegram(tmp_path, russian=text).claims if "/position/" in c.key]


def test_a_changed_post_is_a_shift_of_the_translation(tmp_path: Path) -> None:
    """A commander who is a chief of staff in the translation is marked, with both places."""
    changed = EN.replace("Commander", "Chief of Staff")
    reading = read_telegram(tmp_path, russian=RU, english=changed)
    found = claims_of(reading, "telegram/wcda-119999/editorial/translation-shift-")

    assert [("transcript", "translation")] == [
        tuple(words.layer for words in claim.evidence) for claim in found.values()
    ]
    assert {} == claims_of(
        read_telegram(tmp_path, russian=RU, english=EN),
        "telegram/wcda-119999/editorial/translation-shift-",
    )
