"""What typist, registry and copying office wrote on the copy."""

from __future__ import annotations

import pytest
from extraction_papers import (
    RUSSIAN,
    a_reading,
    find_days,
    find_numbers,
    find_parties,
    find_unlisted,
)

from cablegraph.records.claims import Position, Reading

TWO_COPIES = "APRF, f. 45, op. 1, d. 339, l. 11; AVP RF, f. 059a, op. 5a, d. 4, p. 11, l. 14"


def read(*marks: str, above: str = "", citation: str = "") -> Reading:
    """Return what is read from a scan with these marks below, and *above*, the message."""
    scan = (
        f"{above}ШИФРТЕЛЕГРАММА № 9\n\nПЕКИН, РОЩИНУ\n\n{RUSSIAN}\n\nГРОМЫКО\n\n№ 12/ш\n3 июля\n\n"
    )
    more = {"citation": citation} if citation else {}
    title = "Ciphered Telegram No. 9, Gromyko to Roshchin"
    return a_reading(
        title, scan=scan + "\n".join(marks), transcript=f"{RUSSIAN}\n\nГромыко", **more
    )


@pytest.mark.parametrize(
    ("marks", "role", "persons"),
    [
        (["отп. Зуева 12.30 4.7.51"], "typist", {"zuyeva"}),
        (["печатала Орлова 4.7.51"], "typist", {"orlova"}),
        (["Напечатал Петров И.И."], "typist", {"petrov"}),
        (["Typed by Bantsekina on 4.7.51"], "typist", {"bantsekina"}),
        (["Отп. два экз. тов. МОЛОТОВУ."], "copy-recipient", {"molotov"}),
        (["Отпечатано 3 экз. т. Вышинскому"], "copy-recipient", {"vyshinsky"}),
        (["Разослано: тт. Сталину, Молотову"], "copy-recipient", {"stalin", "molotov"}),
        (["5 экз.", "1 - тов. Сталину", "2 - тов. Молотову"], "copy-recipient",
         {"stalin", "molotov"}),
        (["Copies: Stalin (2), Molotov"], "copy-recipient", {"stalin", "molotov"}),
        (["Distribution list - 11 copies: Stalin - 2, Beria-1"], "copy-recipient",
         {"stalin", "beria"}),
        (["Distribution: Stalin - 2; Molotov - 1; files - 3"], "copy-recipient",
         {"stalin", "molotov"}),
        (["Copies made: 1 - Cde. Stalin, 2 - Cde. Bulganin"], "copy-recipient",
         {"stalin", "bulganin"}),
        (["Copies:", "1. Comr. Stalin", "2. Comr. 10th department", "3. Comr. Copy"],
         "copy-recipient", {"stalin", "10th-department"}),
        (["Верно: секретарь / Яшина /"], "certifier", {"yashina"}),
        (["ВЕРНО: НАЧАЛЬНИК ОТДЕЛЕНИЯ /под/ СУСЛИКОВ"], "certifier", {"suslikov"}),
        (["ПРАВИЛЬНО: пом. начальника отдела КОРОТКОВ"], "certifier", {"korotkov"}),
    ],
)  # fmt: skip
def test_people_of_the_copy(marks: list[str], role: str, persons: set[str]) -> None:
    """Clerks and recipients that no rule knows by name are found by what stands beside them."""
    assert {role: persons} == find_parties(read(*marks), copy=True)


def test_two_clerks_of_one_office_are_two() -> None:
    """A second typist does not take the place of the first."""
    found = read("печатала Орлова 4.7.51", "отп. Зуева 5.7.51")

    assert {"orlova", "zuyeva"} == find_parties(found, copy=True)["typist"]


def test_the_post_of_who_certifies_has_its_language() -> None:
    """A post that the table does not hold is labelled in the language of the stamp."""
    found = read("Верно: старший писарь / Яшина /")

    posts = [claim.value.labels for claim in found.claims if isinstance(claim.value, Position)]
    assert [{"ru": "старший писарь"}] == posts


@pytest.mark.parametrize(
    ("mark", "kind", "number"),
    [
        ("Вх. № 2048 / ст. 4/VII 1951 г.", "incoming-number", "2048"),
        ("Входящий № 55/а", "incoming-number", "55/а"),
        ("Incoming Nº 254/3612/shs 4 July 1951", "incoming-number", "254/3612/shs"),
        ("Экз. № 2", "copy-number", "2"),
        ("Исх. № 4455", "outgoing-number", "4455"),
    ],
)
def test_numbers_of_the_copy(mark: str, kind: str, number: str) -> None:
    """Each office numbers the copy in its own series, which settles nothing in another."""
    found = find_numbers(read(mark), kind)

    assert number in found
    assert {None} == set(found.values())


def test_a_number_under_the_typist_is_the_typing_log() -> None:
    """A bare number below the typist's line is hers, possibly."""
    assert {"1341": None} == find_numbers(read("отп. Зуева 4.7.51", "№ 1341"), "typing-log-number")


@pytest.mark.parametrize(
    ("marks", "kind", "day"),
    [
        (["отп. Зуева 23.10 3.7.51."], "typed", "1951-07-03T23:10:00"),
        (["Вх. № 99 / ст. 4/VII 1951 г."], "incoming", "1951-07-04"),
        (["ВЕРНО: СУСЛИКОВ", '" 4 " июля 1951 г.'], "certified", "1951-07-04"),
        (["Принято 5.7.51"], "incoming", "1951-07-05"),
    ],
)
def test_dates_of_the_copy(marks: list[str], kind: str, day: str) -> None:
    """A date belongs to the office of its line, or of the line above where it stands alone."""
    assert day == find_days(read(*marks))[kind][0]


def test_a_date_in_a_line_of_another_office_is_not_taken_over() -> None:
    """When it was deciphered says nothing of when it was registered."""
    found = read("Вх. № 12", "Расшифровал Сомов 6.7.51")

    assert "incoming" not in find_days(found)


def test_a_misread_month_is_doubtful() -> None:
    """Arabic digits in the place of a Roman month are taken for one, and the date left open."""
    assert ("1951-07-04?", "unresolved") == find_days(read("Вх. № 2048 / ст. 4/17 1951 г."))[
        "incoming"
    ]


def test_marks_of_one_of_several_copies_are_only_possible() -> None:
    """Nothing says which of the cited copies was transcribed."""
    found = read("отп. Зуева 4.7.51", citation=TWO_COPIES)

    clerks = [c for c in found.claims if c.key.endswith("/participation/typist")]
    assert ["possible"] == [claim.certainty for claim in clerks]


def test_a_copy_without_marks_has_nobody() -> None:
    """Where no office wrote anything, nothing is claimed of the copy."""
    found = read()

    assert ({}, {}) == (find_parties(found, copy=True), find_unlisted(found))
