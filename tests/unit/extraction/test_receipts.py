"""When a wire was sent, received and deciphered, and the numbers of its receipt."""

from __future__ import annotations

import pytest
from extraction_papers import a_reading, find_days, find_numbers, findings_of

from cablegraph.records.claims import Date, Number, Reading

TITLE = "Telegram from the Danish Embassy in Prague (Hansen)"
BODY = "The minister told me yesterday that the talks will go on.\n\nHANSEN"


def read(head: str, *, title: str = TITLE, day: str = "July 3, 1951", body: str = BODY) -> Reading:
    """Return what is read from a translation with these lines above its message."""
    return a_reading(title, date=day, translation=f"{head}\n\n{body}")


def days(reading: Reading, kind: str) -> list[str | None]:
    """Return the dates of one kind, in order of key."""
    dates = [c.value for c in reading.claims if isinstance(c.value, Date)]
    return [date.edtf for date in dates if date.kind == kind]


@pytest.mark.parametrize(
    ("head", "kind", "expected"),
    [
        ("From PRAGUE Received 11:30 3.7.1951", "received", "1951-07-03T11:30:00"),
        ("Received in Copenhagen on 7/3/51 at 6:36 p.m.", "received", "1951-07-03T18:36:00"),
        ("Sent by wire on 7/3/51 at 03:15 a.m.", "sent", "1951-07-03T03:15:00"),
        ("Transmitted 22:55 3.7.51", "sent", "1951-07-03T22:55:00"),
        ("Sent on 5:30 am, 3 July 1951", "sent", "1951-07-03T05:30:00"),
        ("Received: 3.VII 51. at 7.30", "received", "1951-07-03T07:30:00"),
        ("Taken into process: 3.VII 51. at 12.45", "deciphered", "1951-07-03T12:45:00"),
        ("Completed: 3.VII 51. at 13.30", "deciphered", "1951-07-03T13:30:00"),
        ("Deciphered by Jensen on 7/3/51 at 7:45 a.m.", "deciphered", "1951-07-03T07:45:00"),
        ("Came to the Decoding Department on 03.07.1951 at 01:55", "deciphered",
         "1951-07-03T01:55:00"),
        ("From…Prague…..dispatched on 03.07. at 12:00 hours……received on 04.07. at 08:10", "sent",
         "1951-07-03T12:00:00"),
        ("Отправлена 3.7.51", "sent", "1951-07-03"),
        ("Received 23:00 3.7.1950", "received", "1950-07-03T23:00:00"),
    ],
)  # fmt: skip
def test_a_date_of_the_head_has_the_kind_its_words_say(head: str, kind: str, expected: str) -> None:
    """Sent, received and deciphered are dates of their own, whatever the catalogue says."""
    found = read(f"CABLE No. 9\n{head}")

    assert [expected] == days(found, kind)
    assert "1951-07-03" == find_days(found)["catalogue-date"][0]


def test_two_dates_of_one_line_have_a_kind_each() -> None:
    """The word before a date says what happened; American order counts beside the catalogue."""
    found = read(
        "Ciphergram No. 9\nDispatched from Prague on 11.03.1962 at 16:00 and received on "
        "04.11.1962 at 01:50",
        day="November 3, 1962",
    )

    assert ["1962-11-03T16:00:00"] == days(found, "sent")
    assert ["1962-11-04T01:50:00"] == days(found, "received")


def test_days_of_sending_and_receipt_share_month_and_year() -> None:
    """ON/26/27/X/62 was sent on the 26th and received on the 27th."""
    found = read("TELEGRAM\nRECEIVED\n12.851\nON/26/27/X/62", day="October 26, 1962")

    assert ["1962-10-26"] == days(found, "sent")
    assert ["1962-10-27"] == days(found, "received")
    assert {"12.851": None} == find_numbers(found, "incoming-number")


def test_the_labelled_date_is_the_one_of_the_text() -> None:
    """ "Date:" among the marks of receipt does not follow the mark above it."""
    found = read("Received: 4.VII 51. at 7.30\nNo. 239\nDate: 3.VII 1951\nTelegram")

    assert ["1951-07-03"] == days(found, "dated-in-translation")
    assert ["1951-07-04T07:30:00"] == days(found, "received")


@pytest.mark.parametrize(
    ("head", "kind", "number"),
    [
        ("Received: 4.VII 51. at 7.30\nNo. 239\nTelegram", "cipher-telegram-number", "239"),
        ("TELEGRAM No. 77\nReceived: 4.VII 51.\nNo. 239", "outgoing-number", "239"),
        ("TELEGRAM\nRECEIVED\n13050", "incoming-number", "13050"),
        ("Special no. 550\nCIPHERED TELEGRAM", "special-number", "550"),
        ("TELEGRAM\nCONFIDENTIAL\n\n346 – FRIDAY – 1800hs – All is quiet here.",
         "outgoing-number", "346"),
        ("TELEGRAM\n\nThe question.\n\n12 - MONDAY - All is quiet here.", "outgoing-number", "12"),
    ],
)  # fmt: skip
def test_numbers_of_the_head(head: str, kind: str, number: str) -> None:
    """A number is told by the line above it, the words before it or the hour after it."""
    assert {number: None} == find_numbers(read(head), kind)


@pytest.mark.parametrize(
    "head",
    [
        "113\nCIPHERED TELEGRAM",
        "№ 40\nCIPHERED TELEGRAM",
        "TELEGRAM\nRECEIVED\nPrague\n12.851",
        "TELEGRAM\n\n346 men have come – on Friday – from the north.",
    ],
)
def test_a_number_that_nothing_explains_is_none_of_the_wire(head: str) -> None:
    """Lone numbers among the stamps are left alone."""
    found = read(head)

    assert [{}] * 3 == [
        find_numbers(found, kind)
        for kind in ("cipher-telegram-number", "incoming-number", "outgoing-number")
    ]


def test_receipts_offend_no_shape() -> None:
    """What is read of sending and receipt gives an editor nothing to complain of."""
    found = read("TELEGRAM\nRECEIVED\n12.851\nON/26/27/X/62", day="October 26, 1962")

    assert [] == [one for one in findings_of(found) if one.severity == "violation"]


def test_a_file_number_is_no_number_of_the_wire() -> None:
    """The file of the receiving office has a number of its own kind."""
    found = read(
        "Telegram from Prague\nFile # 11.917\nArrived: 4.7.51 08:30\nProcessed: 4.7.51 09:00"
    )

    assert {"11.917": None} == find_numbers(found, "file-number")
    assert {} == find_numbers(found, "cipher-telegram-number")
    assert ["1951-07-04T08:30:00"] == days(found, "received")


def test_a_number_in_a_head_run_together_is_read() -> None:
    """Where labels, dates and number share a line, the one number there is the wire's."""
    head = "CABLE\nSending: Prague Received: 4.VII 51 at 06.00 No. 944 Completed: 4.VII 51"
    found = read(head)
    numbers = [c.value.written for c in found.claims if isinstance(c.value, Number)]

    assert "944" in numbers
