"""Rival numbers and dates: which is believed, which is left open."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cablegraph.extraction.conflicts import join_dates, settle_days, settle_numbers
from cablegraph.records.claims import Certainty, Claim, Date, Evidence, Number

PREFERRED, ALTERNATIVE, OPEN, REJECTED = "preferred", "alternative", "unresolved", "rejected"


def a_number(written: str, *layers: str, kind: str = "cipher-telegram-number") -> Claim:
    """Return a number that these text versions give."""
    return Claim(
        key=f"telegram/x/number/{kind}-{written}",
        about="telegram/x",
        value=Number(kind, written),
        evidence=evidence(layers),
        rule=kind,
    )


def a_date(
    edtf: str | None,
    *layers: str,
    kind: str = "catalogue-date",
    certainty: Certainty = "certain",
) -> Claim:
    """Return a date of one kind that these text versions give."""
    return Claim(
        key=f"telegram/x/date/{kind}-{edtf}",
        about="telegram/x",
        value=Date(kind, (str(edtf),), edtf),
        evidence=evidence(layers),
        rule=kind,
        certainty=certainty,
    )


def evidence(layers: Iterable[str]) -> tuple[Evidence, ...]:
    """Return one word of evidence in each layer."""
    return tuple(Evidence(layer, 0, 1, 1, 1, "x") for layer in layers)


def standing(claims: Iterable[Claim]) -> dict[str, str | None]:
    """Return number or day and status."""
    return {
        claim.value.written if isinstance(claim.value, Number) else claim.key.split("/")[-1]: (
            claim.status
        )
        for claim in claims
    }


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        # one value: nothing to settle
        ([("100", "catalogue", "scan")], {"100": None}),
        # more witnesses
        ([("100", "catalogue"), ("200", "scan", "translation")],
         {"100": ALTERNATIVE, "200": PREFERRED}),
        ([("100", "catalogue", "translation"), ("200", "scan")],
         {"100": PREFERRED, "200": ALTERNATIVE}),
        # scan and transcript are one witness, and the copy outranks what is said of it
        ([("100", "catalogue"), ("200", "scan", "transcript")],
         {"100": ALTERNATIVE, "200": PREFERRED}),
        ([("100", "catalogue"), ("200", "scan"), ("300", "translation")],
         {"100": ALTERNATIVE, "200": PREFERRED, "300": ALTERNATIVE}),
        # a tie without a scan
        ([("100", "catalogue"), ("200", "translation")], {"100": OPEN, "200": OPEN}),
        # a number cut short supports the one that it begins
        ([("2950", "catalogue"), ("39", "scan"), ("3950", "translation")],
         {"2950": ALTERNATIVE, "39": OPEN, "3950": PREFERRED}),
        ([("3950", "catalogue", "translation"), ("39", "scan")], {"39": OPEN, "3950": PREFERRED}),
        # cut short of two: it supports neither
        ([("3951", "catalogue"), ("39", "scan"), ("3950", "translation")],
         {"3951": OPEN, "39": OPEN, "3950": OPEN}),
        # three digits fewer is another number
        ([("39", "scan"), ("39501", "catalogue")], {"39": PREFERRED, "39501": ALTERNATIVE}),
        # without its ending
        ([("34691", "catalogue"), ("34691/sh", "translation")],
         {"34691": ALTERNATIVE, "34691/sh": PREFERRED}),
        # a known misreading
        ([("340/ш", "scan"), ("340/III", "translation")],
         {"340/ш": PREFERRED, "340/III": REJECTED}),
        ([("340/ш", "scan"), ("340/III", "catalogue", "translation")],
         {"340/ш": PREFERRED, "340/III": REJECTED}),
        ([("340/ш", "scan"), ("341/ш", "transcript"), ("340/III", "translation")],
         {"340/ш": PREFERRED, "341/ш": ALTERNATIVE, "340/III": REJECTED}),
        ([("335/III", "translation")], {"335/III": OPEN}),
        ([("335/III", "translation"), ("336/III", "catalogue")],
         {"335/III": OPEN, "336/III": OPEN}),
        # a transliteration is no misreading
        ([("72/sh", "translation")], {"72/sh": None}),
    ],
)  # fmt: skip
def test_rival_numbers(numbers: list[tuple[str, ...]], expected: dict[str, str | None]) -> None:
    """The value that most witnesses give is preferred; where nothing decides, all stay open."""
    found = list(settle_numbers(a_number(*number) for number in numbers))

    assert expected == standing(found)


def test_at_most_one_rival_is_preferred_and_the_order_does_not_matter() -> None:
    """The same claims in another order have the same standing."""
    numbers = [
        a_number("2950", "catalogue"),
        a_number("39", "scan"),
        a_number("3950", "translation"),
    ]

    assert standing(settle_numbers(numbers)) == standing(settle_numbers(numbers[::-1]))


def test_rivals_name_each_other_and_a_number_cut_short_is_none() -> None:
    """Only numbers that cannot both be right are joined."""
    found = {
        claim.key.rpartition("-")[2]: {key.rpartition("-")[2] for key in claim.rivals}
        for claim in settle_numbers(
            [a_number("2950", "catalogue"), a_number("39", "scan"), a_number("3950", "translation")]
        )
    }

    assert {"2950": {"39", "3950"}, "39": {"2950"}, "3950": {"2950"}} == found


def test_numbers_of_two_series_are_no_rivals() -> None:
    """A cipher number and an outgoing number may differ."""
    numbers = [a_number("1", "scan"), a_number("2", "scan", kind="outgoing-number")]

    assert numbers == list(settle_numbers(numbers))


def test_every_settled_number_says_why() -> None:
    """No status stands without a reason."""
    found = settle_numbers([a_number("100", "catalogue"), a_number("200", "translation")])

    assert all(claim.reason for claim in found)


CATALOGUE, CITATION = "catalogue-date", "citation-date"
TEXT, TRANSLATION = "dated-in-text", "dated-in-translation"


def days(*dates: tuple[str, str, str]) -> list[tuple[str | None, Certainty]]:
    """Return status and certainty of dates given as kind, layer and EDTF."""
    claims = [a_date(edtf, layer, kind=kind) for kind, layer, edtf in dates]
    return [(claim.status, claim.certainty) for claim in settle_days(claims)]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        # they agree, exactly or as far as they go
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-07-03")], [None, None]),
        ([(CATALOGUE, "catalogue", "1951-07"), (TEXT, "scan", "1951-07-03")], [None, None]),
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-07-03T10:00:00")],
         [None, None]),
        ([(CATALOGUE, "catalogue", "1951-07-01/1951-07-09"), (TEXT, "scan", "1951-07-03")],
         [None, None]),
        ([(CATALOGUE, "catalogue", "1951-07-XX"), (TEXT, "scan", "1951-07-03")], [None, None]),
        # the majority
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-07-04"),
          (TRANSLATION, "translation", "1951-07-04")], [ALTERNATIVE, PREFERRED, PREFERRED]),
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-07-03"),
          (TRANSLATION, "translation", "1951-07-13")], [PREFERRED, PREFERRED, ALTERNATIVE]),
        # entry and citation are one witness
        ([(CATALOGUE, "catalogue", "1951-07-03"), (CITATION, "catalogue", "1951-07-03"),
          (TEXT, "scan", "1951-07-04")], [OPEN, OPEN, OPEN]),
        # ties
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TRANSLATION, "translation", "1952-07-03")],
         [OPEN, OPEN]),
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-07-04"),
          (TRANSLATION, "translation", "1951-07-05")], [OPEN, OPEN, OPEN]),
        # a doubtful reading never wins
        ([(CATALOGUE, "catalogue", "1951-07-03"), (TEXT, "scan", "1951-08-03?")],
         [PREFERRED, ALTERNATIVE]),
        ([(CATALOGUE, "catalogue", "1951-07-03?"), (TEXT, "scan", "1951-08-03?")], [OPEN, OPEN]),
        # a month that fits every rival stays as it is
        ([(CATALOGUE, "catalogue", "1951-07"), (TEXT, "scan", "1951-07-03"),
          (TRANSLATION, "translation", "1951-07-04")], [None, OPEN, OPEN]),
    ],
)  # fmt: skip
def test_rival_days(dates: list[tuple[str, str, str]], expected: list[str | None]) -> None:
    """Catalogue and text date one thing; the day that most witnesses give is preferred."""
    assert expected == [status for status, _ in days(*dates)]


def test_rival_days_name_each_other_and_say_why() -> None:
    """Each is joined with those it differs from, and with no others."""
    claims = [
        a_date("1951-07-03", "catalogue"),
        a_date("1951-07-04", "scan", kind=TEXT),
        a_date("1951-07-04", "translation", kind=TRANSLATION),
    ]
    first, second, third = settle_days(claims)

    assert (second.key, third.key) == first.rivals
    assert ((first.key,), (first.key,)) == (second.rivals, third.rivals)
    assert all(claim.reason for claim in (first, second, third))


def test_a_date_of_the_copy_is_no_rival_of_the_message() -> None:
    """When it was typed or registered may be another day."""
    claims = [a_date("1951-07-03", "catalogue"), a_date("1951-07-04", "scan", kind="typed")]

    assert claims == list(settle_days(claims))


def test_dates_of_one_kind_that_differ_are_joined_and_left_open() -> None:
    """Two stamps of one office are rivals, and nothing says which is right."""
    claims = [
        a_date("1951-07-03", "scan", kind="typed"),
        a_date("1951-07-04", "scan", kind="typed"),
    ]
    first, second = join_dates(claims)

    assert ((second.key,), (first.key,)) == (first.rivals, second.rivals)


def test_a_date_that_could_not_be_read_is_no_rival() -> None:
    """Without a reading nothing can be compared."""
    claims = [a_date("1951-07-03", "catalogue"), a_date(None, "scan", kind=TEXT)]

    assert claims == list(settle_days(claims))
