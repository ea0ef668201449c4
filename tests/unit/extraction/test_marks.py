"""Stamps, notes and lone numbers on the copy, and to whom it goes back."""

from __future__ import annotations

import time

import pytest
from extraction_papers import ENGLISH, RUSSIAN, a_reading, find_unlisted

from cablegraph.extraction.marks_repair import OPEN, SURE, find_formula
from cablegraph.records.claims import Claim, Mark, Number, Party, Reading, Reference

TITLE = "Ciphered Telegram No. 9, Gromyko to Roshchin"
TWO_COPIES = "APRF, f. 45, op. 1, d. 339, l. 11; AVP RF, f. 059a, op. 5a, d. 4, p. 11, l. 14"


def read(*below: str, above: str = "", heading: str = "", **more: str) -> Reading:
    """Return what is read from a scan with these marks below, above and in the heading."""
    scan = f"{above}ШИФРТЕЛЕГРАММА № 9{heading}\n\nПЕКИН, РОЩИНУ\n\n{RUSSIAN}\n\nГРОМЫКО\n\n"
    return a_reading(TITLE, scan=f"{scan}№ 12/ш\n3 июля\n\n" + "\n".join(below), **more)


def in_english(*below: str, above: str = "", **more: str) -> Reading:
    """Return what is read from a translation with these marks."""
    text = f"{above}CIPHERED TELEGRAM No. 9\n\nBEIJING, TO ROSHCHIN\n\n{ENGLISH}\n\nGROMYKO\n\n"
    return a_reading(TITLE, translation=text + "\n".join(below), **more)


def marks_of(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims if isinstance(claim.value, Mark)]


def pairs(reading: Reading) -> list[tuple[str, str]]:
    return [(c.value.kind, c.value.text) for c in marks_of(reading) if isinstance(c.value, Mark)]


def the_mark(reading: Reading, kind: str) -> Mark:
    (mark,) = [c.value for c in marks_of(reading) if isinstance(c.value, Mark)
               and c.value.kind == kind]  # fmt: skip
    return mark


def offices(reading: Reading) -> list[str]:
    return [c.value.agent for c in reading.claims
            if isinstance(c.value, Party) and c.value.role == "return-to"]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["СОВЕРШЕННО СЕКРЕТНО", "Строго секретно.", "Особая папка", "ВНЕ ВСЯКОЙ ОЧЕРЕДИ", "Лично",
     "Сов. секретно", "ОСОБОЙ ВАЖНОСТИ"],
)  # fmt: skip
def test_how_a_copy_is_handled_in_russian(words: str) -> None:
    """Words above the heading, in any capitals, are a mark of handling."""
    assert [("handling", words.rstrip("."))] == pairs(read(above=f"{words}\n\n"))


@pytest.mark.parametrize(
    "words",
    ["TOP SECRET", "URGENT, EYES ONLY", "CONFIDENTIAL—URGENT", "Classification: Secret",
     'Series "B" T', "SERIES “K”", "Special no. 71"],
)  # fmt: skip
def test_how_a_copy_is_handled_in_a_translation(words: str) -> None:
    """Several words that stand together are one mark."""
    assert [("handling", words)] == pairs(in_english(above=f"{words}\n\n"))


def test_handling_stands_in_the_heading_and_beside_a_name() -> None:
    """Only the words are the mark, not the number before them."""
    assert [("handling", "СРОЧНО")] == pairs(read(heading=" СРОЧНО"))
    english = in_english(above="").texts
    assert "scan" not in english
    text = f"TELEGRAM No. 9\n\nTo: ROSHCHIN, URGENT, EYES ONLY\n\n{ENGLISH}\n\nGROMYKO"
    assert [("handling", "URGENT, EYES ONLY")] == pairs(a_reading(TITLE, translation=text))


@pytest.mark.parametrize(
    ("line", "kind", "reading"),
    [
        ("КОПИЯ ВХ. ТЕЛЕГРАММЫ", "copy-status", "КОПИЯ ВХОДЯЩЕЙ ТЕЛЕГРАММЫ"),
        ("Копия", "copy-status", None),
        ("Экз. № 4", "copy-number", None),
        ("Снятие копий воспрещается", "copying-stamp", None),
        ("Подлежит возврату", "return-stamp", None),
        ("ПОДЛЕЖНТ ВОЗВРАТУ", "return-stamp", "ПОДЛЕЖИТ ВОЗВРАТУ"),
        ("Копни снимать воспрещается", "copying-stamp", "Копии снимать воспрещается"),
    ],
)
def test_marks_above_the_heading(line: str, kind: str, reading: str | None) -> None:
    """The words stay as read; what they are proposed to say stands beside them."""
    (claim,) = marks_of(read(above=f"{line}\n\n"))

    assert isinstance(claim.value, Mark)
    assert (kind, line, reading) == (claim.value.kind, claim.value.text, claim.value.reading)
    assert "certain" == claim.certainty


def test_a_stamp_that_reads_otherwise_than_its_formula_stays_open() -> None:
    """Both the words and the formula are kept, and neither is settled."""
    (claim,) = marks_of(read("Снятые копии разрешаются."))

    assert isinstance(claim.value, Mark)
    assert ("Снятые копии разрешаются.", "copying-stamp") == (claim.value.text, claim.value.kind)
    assert claim.value.reading
    assert ("possible", "unresolved") == (claim.certainty, claim.status)


@pytest.mark.parametrize(
    ("line", "within"),
    [
        ("Подлежит возврату через 6 суток", "P6D"),
        ("ПОДЛЕЖИТ ВОЗВРАТУ В ТЕЧЕНИЕ 48 ЧАСОВ", "PT48H"),
        ("Подлежит возврату не позднее, чем через три дня", "P3D"),
        ("Подлежит возврату через две недели", "P14D"),
        ("Подлежит возврату в двухнедельный срок", "P14D"),
        ("ПОДЛЕЖИТ ВОЗВРАТУ В 10-дневный срок", "P10D"),
        ("Подлежит возврату", None),
    ],
)
def test_the_term_of_return(line: str, within: str | None) -> None:
    """A term in digits or words is a duration; hours are told from days."""
    assert within == the_mark(read(line), "return-stamp").within


def test_the_term_of_return_in_a_translation() -> None:
    """English stamps have terms as well."""
    found = in_english("SUBJECT TO RETURN within 10 days")

    assert "P10D" == the_mark(found, "return-stamp").within


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("Вх. № 77 / ст. 4/17 1951 г.", "Вх. № 77/шс 4/VII 1951 г."),
        ("Вх. № 77 / шс 4/111 1951 г.", "Вх. № 77 / шс 4/III 1951 г."),
        ("Вх. № 77/шс 4/VII 1951 г.", None),
        ("Вх. № 77 от 4.7.51", None),
    ],
)
def test_an_incoming_stamp_is_repaired_beside_its_words(line: str, reading: str | None) -> None:
    """A month that is no month is taken for the numeral it looks like; the words stay."""
    mark = the_mark(read(line), "incoming-stamp")

    assert (line, reading) == (mark.text, mark.reading)


def test_a_lone_number_is_no_number_of_the_message() -> None:
    """What nobody can explain is kept as such, and becomes neither number nor leaf."""
    found = read("Экз. № 2", "88", above="№ 51, IV\n\n613\n\n")
    lone = [claim for claim in marks_of(found) if claim.rule == "mark-unresolved"]

    assert ["№ 51, IV", "613", "88"] == [claim.evidence[0].quote for claim in lone]
    assert {"doubtful"} == {claim.certainty for claim in lone}
    values = [c.value for c in found.claims]
    numbers = {value.written for value in values if isinstance(value, Number)}
    assert numbers.isdisjoint({"51", "51, IV", "613", "88"})
    assert {11} == {value.first_leaf for value in values if isinstance(value, Reference)}


def test_a_number_that_a_rule_reads_is_no_mark() -> None:
    """The number of the typing log and a date are read already."""
    assert [] == pairs(read("отп. Зуева 23.10 3.7.51.", "№ 1341", '" 3 " июля 1951 г.'))


def test_debris_of_a_signature_is_kept() -> None:
    """Letters between strokes that are no word are a mark; a name is the certifier's."""
    found = pairs(read("ВЕРНО: НАЧАЛЬНИК ОТДЕЛА /жк/ СУСЛИКОВ"))

    assert [("certification", "ВЕРНО:"), ("unresolved", "/жк/")] == found
    assert [("certification", "Верно:")] == pairs(read("Верно: секретарь / Яшина /"))


def test_a_list_of_recipients_is_one_mark() -> None:
    """A note of distribution goes on over its lines; the count in it is a mark of its own."""
    found = in_english("Distribution list - 3 copies: Stalin - 2, Beria - 1")
    keys = [claim.key.rpartition("/")[2] for claim in marks_of(found)]

    assert ["01", "01-copies-made"] == keys
    listed = in_english("4 copies", "Copies:", "1. Comr. Stalin", "2. Comr. Molotov")
    assert [
        ("copies-made", "4 copies"),
        ("distribution-note", "Copies: 1. Comr. Stalin 2. Comr. Molotov"),
    ] == pairs(listed)


def test_a_stamp_in_brackets_is_read_line_by_line() -> None:
    """The bracket of a translator holds the stamp, its office, a lone number and the arrival."""
    stamp = "[Stamp: SUBJECT TO RETURN\nto the IV Unit OS VKP(b) CC\n381\nIncoming Nº 5/7/shs]\n\n"
    found = in_english(above=stamp)

    assert [
        ("return-stamp", "SUBJECT TO RETURN"),
        ("unresolved", "381"),
        ("incoming-stamp", "Incoming Nº 5/7/shs"),
    ] == pairs(found)
    assert ["org/iv-part-os-ck"] == offices(found)


@pytest.mark.parametrize(
    ("lines", "office"),
    [
        (["ПОДЛЕЖИТ ВОЗВРАТУ", "IV часть ОС ЦК ВКП(б)"], "org/iv-part-os-ck"),
        (["ПОДЛЕЖИТ ВОЗВРАТУ", "в IV часть ОС", "ЦК ВКП(б)"], "org/iv-part-os-ck"),
        (["Подлежит возврату в ЦК ВКП(б) IV чость ОС"], "org/iv-part-os-ck"),
        (["ПОДЛЕЖИТ ВОЗВРАТУ в VII часть ОС ЦК ВКП(б)"], "org/vii-chast-os-tsk-vkp-b"),
        (["Подлежит возврату через 3 дня в Отдел Генштаба Второго Главн. Управл. Сов. Армии"],
         "org/gru-2gu"),
    ],
)  # fmt: skip
def test_the_office_of_return(lines: list[str], office: str) -> None:
    """Words out of order, cut short or misread still name a listed office; others are unlisted."""
    assert [office] == offices(read(*lines))


def test_an_unknown_office_keeps_its_words() -> None:
    """A body that nobody listed has the words as its label, and is only probable."""
    found = read("Подлежит возврату в Секретариат тов. Громыко")

    assert ["org/sekretariat-tov-gromyko"] == offices(found)
    assert "Секретариат тов. Громыко" == find_unlisted(found)[offices(found)[0]]["ru"]
    (part,) = [c for c in found.claims if c.rule == "return-to-office"]
    assert "probable" == part.certainty


def test_marks_are_counted_once_where_two_versions_give_them() -> None:
    """A translation that renders each mark adds evidence; what it has beyond is counted after."""
    english = (
        f"TOP SECRET\n\nCIPHERED TELEGRAM No. 9\n\nBEIJING, TO ROSHCHIN\n\n{ENGLISH}\n\nGROMYKO"
    )
    found = marks_of(read(above="СОВЕРШЕННО СЕКРЕТНО\n\n", translation=english))

    assert 1 == len(found)
    assert ["scan", "translation"] == [one.layer for one in found[0].evidence]
    more = f"TOP SECRET\n\nSeries K\n\n{english.removeprefix('TOP SECRET')}"
    assert 3 == len(marks_of(read(above="СОВЕРШЕННО СЕКРЕТНО\n\n", translation=more)))


def test_marks_are_of_the_copy_and_only_possible_where_several_are_cited() -> None:
    """Nothing says which of two cited copies was transcribed."""
    one, two = read(above="Лично\n\n"), read(above="Лично\n\n", citation=TWO_COPIES)

    assert [("holding/aprf/45/1/339/11/mark/01", "certain")] == [
        (claim.key, claim.certainty) for claim in marks_of(one)
    ]
    assert {"possible"} == {claim.certainty for claim in marks_of(two)}


def test_prose_holds_no_marks() -> None:
    """Sentences that use the words of stamps are no stamps."""
    prose = "Просим вернуть документы. Копии договора переданы. Secret talks went on in Paris."
    scan = f"ШИФРТЕЛЕГРАММА № 9\n\nПЕКИН, РОЩИНУ\n\n{prose}\n\nГРОМЫКО"

    assert [] == pairs(a_reading(TITLE, scan=scan))
    for sentence in (prose, "Подлежащее возврату имущество", "Снимали копию картины в музее"):
        assert find_formula(sentence) is None


def test_one_slip_in_eight_letters_is_made_good() -> None:
    """The bound of a sure repair lets the worst measured case through, and no more."""
    assert SURE < OPEN
    found = find_formula("ПОДЛЕЖХТ ВОЗВЫАТУ")
    assert found is not None
    assert ("ПОДЛЕЖИТ ВОЗВРАТУ", True) == (found.reading, found.is_sure)
    assert find_formula("ПОХЛЕЖХТ ВОЗВЫЩТУ") is None


LONG = ["1 " * 50_000, "a/" * 50_000, "СЕКРЕТНО " * 11_000, "/" * 100_000]


@pytest.mark.parametrize("line", LONG, ids=["numbers", "strokes", "words", "stroke"])
def test_a_line_of_100_kb_takes_no_time(line: str) -> None:
    """No pattern goes back and forth over a long line."""
    start = time.perf_counter()
    read(line, above=f"{line}\n\n")

    assert time.perf_counter() - start < 20
