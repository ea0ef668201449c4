"""The parts of a text version: which line is heading, address, body, signature, mark."""

from __future__ import annotations

import pytest
from extraction_papers import ENGLISH, RUSSIAN, a_layer, names

from cablegraph.extraction.parts import Parts, find_parts


def parts_of(*lines: str, language: str = "en") -> Parts:
    """Return the parts of a text version of these lines."""
    return find_parts(a_layer("\n".join(lines), language=language), names().is_place)


def texts(lines: tuple[object, ...]) -> list[str]:
    """Return the words of lines."""
    return [getattr(line, "text") for line in lines]  # noqa: B009


@pytest.mark.parametrize(
    "line",
    [
        "To reach an agreement with Zhou Enlai is necessary.",
        "For Mao Zedong this is no question.",
        "For Peace we are ready to fight.",
        "Beijing has replied to us.",
        "Comrade Mao Zedong said no.",
        "Convey to Kim Il Sung that we agree with him.",
        "Received your telegram of 3 July.",
        "Для этого необходимо поговорить с ним.",
        "Для Мао Цзэдуна это не вопрос.",
        "Получена Ваша телеграмма от 3 июля.",
        "То же относится к Пекину.",
    ],
)
def test_a_first_paragraph_is_no_address(line: str) -> None:
    """A sentence that begins as an address line does is body all the same."""
    found = parts_of("CIPHERED TELEGRAM No. 9", "BEIJING, TO ROSHCHIN", line, ENGLISH)

    assert [line, ENGLISH] == texts(found.body)
    assert ["BEIJING, TO ROSHCHIN"] == texts(found.address)


@pytest.mark.parametrize(
    "line",
    [
        "Для тов. МАО ЦЗЕ-ДУНА.",
        "To: Cde. Vyshinsky",
        "Кому: тов. СТАЛИНУ",
        "FROM: PYONGYANG",
        "Comrade MAO ZEDONG!",
        "тт. РОЩИНУ, ШТЫКОВУ",
        "Pyongyang. Soviet Ambassador.",
        "Pass the answer below to MAO ZEDONG.",
        "Передайте Чжоу Эньлаю следующее:",
        "Послу СССР в КНР Рощину",
        "TOP PRIORITY",
    ],
)
def test_an_address_line_is_no_body(line: str) -> None:
    """Whom a line names for the message, in whatever way, it is above the message."""
    found = parts_of("CIPHERED TELEGRAM No. 9", "BEIJING, TO ROSHCHIN", line, ENGLISH)

    assert [ENGLISH] == texts(found.body)


def test_marks_of_the_wire_stand_between_heading_and_address() -> None:
    """When it was sent and who gets a copy is told from the address, stamps over lines too."""
    found = parts_of(
        "CABLE Nº 25025",
        "Copies to Cde. Stalin",
        "to Cde. Molotov",
        "from [BEIJING] received at 1135 19 October 1951",
        "[Stamp: SUBJECT TO RETURN",
        "to the IV Unit",
        "757]",
        "Series G.",
        "T",
        "to Cde. FILIPPOV",
        ENGLISH,
    )

    assert ["from [BEIJING] received at 1135 19 October 1951", "to Cde. FILIPPOV"] == texts(
        found.address
    )
    assert [ENGLISH] == texts(found.body)
    assert 7 == len(found.top)


def test_two_labels_on_one_line_are_two_lines() -> None:
    """ "Destination: X  To Whom: Y" is read as if it were broken before the second label."""
    found = parts_of("CIPHERED TELEGRAM", "Destination: PEKING  To Whom: SovAmbassador", ENGLISH)

    assert ["Destination: PEKING", "To Whom: SovAmbassador"] == texts(found.address)


@pytest.mark.parametrize(
    ("lines", "signatures"),
    [
        (["FILIPPOV [Stalin]"], ["FILIPPOV [Stalin]"]),
        (["Ф И Л И П П О В."], ["Ф И Л И П П О В."]),
        (["S H T Y K O V", "No. 1476/sh", "14 October 1950"], ["S H T Y K O V"]),
        (["With Communist greetings", "MAO ZEDONG"], ["MAO ZEDONG"]),
        (["All is well. Greetings. FILIPPOV [Stalin].”"], ["FILIPPOV [Stalin]."]),
        (["FILIPPOV", "Confirm receipt.", "No. 72/III"], ["FILIPPOV"]),
        (["No. 18 - TEREBIN - 14 January"], ["TEREBIN"]),
        (["Mao Zedong, 14 January 1949"], ["Mao Zedong"]),
        (["Mao Zedong", "No. 3261", "30.6"], ["Mao Zedong"]),
        (["Signed: Dumitru Popa"], ["Signed: Dumitru Popa"]),
        (["A. Gromyko", "Minister of Foreign Affairs"],
         ["A. Gromyko", "Minister of Foreign Affairs"]),
        (["Chairman of the Cabinet", "KIM IL SUNG", "Minister", "PAK HON YONG"],
         ["Chairman of the Cabinet", "KIM IL SUNG", "Minister", "PAK HON YONG"]),
        (["This is our last word."], []),
        (["Send this: “To the general. We agree.", "KIM IL SUNG”"], ["KIM IL SUNG"]),
    ],
)  # fmt: skip
def test_the_signature_is_taken_off_the_end(lines: list[str], signatures: list[str]) -> None:
    """Greetings, numbers, dates and orders to the office beside a signature are none."""
    found = parts_of("CIPHERED TELEGRAM No. 9", "TO ROSHCHIN", ENGLISH, *lines)

    assert signatures == texts(found.signatures)


def test_a_draft_keeps_its_own_signature() -> None:
    """The names under a quoted draft sign the draft, not the message."""
    found = parts_of(ENGLISH, "Send this answer:", "“To General Ridgway.", "Yes.", "KIM IL SUNG”")

    assert [] == texts(found.signatures)
    assert ["To General Ridgway.", "Yes.", "KIM IL SUNG”"] == texts(found.embedded[0].lines)


def test_a_message_passed_on_keeps_its_signature_and_date() -> None:
    """A quotation that speaks to somebody is a message of its own, announced by a colon or not."""
    found = parts_of(
        "CIPHERED TELEGRAM No. 50513",
        "Comrade KUZNETSOV",
        "I pass on one more telegram of Mao Zedong",
        '"Comrade Filippov,',
        ENGLISH,
        "Mao Zedong",
        '14 January 1949"',
        "No. 18 - TEREBIN - 14 January",
    )

    assert 1 == len(found.embedded)
    assert ["TEREBIN"] == texts(found.signatures)
    assert ["No. 18", "14 January"] == texts(found.closing)


@pytest.mark.parametrize(
    "line",
    [
        "Снять войска с этого участка нельзя.",
        "Принято решение послать 3 дивизии.",
        "Верно, что корейцы согласны.",
        "Copies of the protocol will be sent by courier.",
        "Typed texts are not needed.",
    ],
)
def test_a_paragraph_is_no_mark_of_the_registry(line: str) -> None:
    """Words of registry marks that begin a paragraph of the message leave it in the message."""
    found = parts_of("TELEGRAM No. 9", "TO ROSHCHIN", ENGLISH, line, ENGLISH, "GROMYKO")

    assert line in texts(found.body)
    assert ["GROMYKO"] == texts(found.signatures)


@pytest.mark.parametrize(
    "line",
    ["Отп. два экз. тов. МОЛОТОВУ.", "Вх. № 99 / ст. 4/VII 1951 г.", "Верно: секретарь / Яшина /",
     "Copies: Stalin (2), Molotov", "Typed by Orlova on 4.7.51", "5 copies", "ПОДЛЕЖИТ ВОЗВРАТУ"],
)  # fmt: skip
def test_marks_below_the_message_are_the_registry(line: str) -> None:
    """What typist, registry and copying office wrote below the message is told from it."""
    found = parts_of("ШИФРТЕЛЕГРАММА № 9", "ПЕКИН, РОЩИНУ", RUSSIAN, "ГРОМЫКО", "№ 12/ш", line)

    assert [line] == texts(found.registry)
    assert ["ГРОМЫКО"] == texts(found.signatures)


def test_every_line_goes_to_one_part() -> None:
    """No line of words is lost, and none is in two parts."""
    lines = [
        "Top Secret", "CIPHERED TELEGRAM No. 9", "Sent 22:03 16.2.51", "BEIJING, TO ROSHCHIN",
        ENGLISH, "Send this answer:", "“To General Ridgway.", "Yes.”", "Wait.", "GROMYKO",
        "Confirm receipt.", "No. 12", "3 July", "Typed by Orlova",
    ]  # fmt: skip
    found = parts_of(*lines)

    starts = sorted(line.start for line in found.all_lines)
    assert len(lines) == len(set(starts)) == len(starts)
