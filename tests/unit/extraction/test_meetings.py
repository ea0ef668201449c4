"""Meetings that are proposed, never said to have been held."""

from __future__ import annotations

from pathlib import Path

from telegram_builder import claims_of, read_telegram

from cablegraph.records.claims import Date, Happening, Offer

EVENT = "telegram/wcda-119999/event/meeting"


def test_a_meeting_is_hypothetical_with_its_days(tmp_path: Path) -> None:
    """Words that agree to meet make an event; a window of days is read with its year."""
    text = "Мы согласны на встречу. Мы готовы встретиться 30 декабря - 3 января."
    found = claims_of(read_telegram(tmp_path, date="December 28, 1951", russian=text), EVENT)
    dates = [c.value for c in found.values() if isinstance(c.value, Date)]

    assert isinstance(found[EVENT].value, Happening)
    assert "hypothetical" == found[EVENT].status
    assert [("30 декабря - 3 января",)] == [date.written for date in dates]
    assert ["1951-12-30/1952-01-03"] == [date.edtf for date in dates]


def test_no_words_of_agreement_no_meeting(tmp_path: Path) -> None:
    """A place or a day alone is no event."""
    text = "We are ready to meet on July 10. We met in Beijing."

    assert {} == claims_of(read_telegram(tmp_path, english=text), EVENT)


def test_proposals_come_from_the_message_that_is_answered(tmp_path: Path) -> None:
    """ "Your proposals" are put in the one message of the correspondent, and dated by it."""
    text = "We received your telegram of 1 July. We agree with your proposals."
    found = claims_of(read_telegram(tmp_path, english=text), "proposal/")

    assert {
        "proposal/mao-1951-07-01": Offer(
            "Mao Zedong's proposals", ("person/mao",), "message/mao-stalin-1951-07-01"
        )
    } == {key: claim.value for key, claim in found.items()}


def test_proposals_without_a_date_stay_with_their_document(tmp_path: Path) -> None:
    """Where nothing gives a day, the key is the document's own."""
    found = claims_of(
        read_telegram(tmp_path, date="Undated", english="We agree with your proposals."),
        "proposal/",
    )

    assert ["proposal/wcda-119999/mao-proposals"] == list(found)
