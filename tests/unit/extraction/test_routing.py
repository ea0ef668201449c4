"""Who sends, receives and passes on a message, by all its witnesses together."""

from __future__ import annotations

import pytest
from extraction_papers import (
    ENGLISH,
    RUSSIAN,
    a_reading,
    find_parties,
    find_senders,
    find_unlisted,
    findings_of,
)

RUSSIAN_HEAD = "ШИФРТЕЛЕГРАММА № 9\n\n"
ENGLISH_HEAD = "CIPHERED TELEGRAM No. 9\n\n"
TITLE = "Ciphered Telegram No. 9, "


def english(*lines: str) -> str:
    """Return a translation with a heading; an empty line stands for the message."""
    return ENGLISH_HEAD + "\n\n".join(line or ENGLISH for line in lines)


def russian(*lines: str) -> str:
    """Return a Russian text with a heading; an empty line stands for the message."""
    return RUSSIAN_HEAD + "\n\n".join(line or RUSSIAN for line in lines)


@pytest.mark.parametrize("bold", [False, True])
def test_three_unlisted_parties_and_a_place_are_one_each_in_both_scripts(bold: bool) -> None:
    """Scan, transcript, translation and catalogue speak of the same three persons."""
    found = a_reading(
        TITLE + "Ivanov to Petrenko, for Cde. Sidorchuk",
        scan=russian("ТУМАНСК, ПЕТРЕНКО.", "Для тов. СИДОРЧУКА.", "", "И В А Н О В."),
        transcript=f"Тов. СИДОРЧУКУ.\n\n{RUSSIAN}\n\nИВАНОВ",
        translation=english("TUMANSK, TO PETRENKO.", "For Comrade SIDORCHUK.", "", "IVANOV."),
        bold=bold,  # type: ignore[arg-type]
    )

    assert {
        "sender": {"ivanov"},
        "intermediary": {"petrenko"},
        "addressee": {"sidorchuk"},
        "destination": {"tumansk"},
    } == find_parties(found)
    assert {
        "person/ivanov": {"en": "Ivanov", "ru": "Иванов"},
        "person/petrenko": {"en": "Petrenko", "ru": "Петренко"},
        "person/sidorchuk": {"en": "Sidorchuk", "ru": "Сидорчук"},
        "place/tumansk": {"en": "Tumansk", "ru": "Туманск"},
    } == find_unlisted(found)


def test_two_spellings_of_an_unlisted_name_in_two_scripts_are_one_person() -> None:
    """Letters need not agree where side and likeness do."""
    found = a_reading(
        TITLE + "Stalin to Le Kedong",
        scan=russian("ПЕКИН, ЛИ КЭДУНУ", "", "СТАЛИН"),
        transcript=f"Тов. Ли Кэдуну.\n\n{RUSSIAN}\n\nСталин",
        translation=english("BEIJING, TO LE KEDONG", "", "STALIN"),
    )

    assert {"le-kedong"} == find_parties(found)["addressee"]
    assert {"person/le-kedong": {"en": "Le Kedong", "ru": "Ли Кэдун"}} == find_unlisted(found)


def test_a_full_and_a_short_name_are_one_person() -> None:
    """A signature in full and a surname in the title belong together."""
    found = a_reading("Telegram, Popov to Roshchin", translation=english("", "DUMITRU POPOV"))

    assert {"popov"} == find_parties(found)["sender"]


def test_unlike_names_in_two_scripts_are_two_senders_left_open() -> None:
    """Title and signature that do not fit are kept both, less certain, and reported."""
    found = a_reading(TITLE + "Ivanov to Roshchin", transcript=russian("", "ПЕТРОВ"))

    senders = find_senders(found)
    assert {"ivanov", "petrov"} == find_parties(found)["sender"]
    assert {("possible", "unresolved")} == {(one.certainty, one.status) for one in senders}
    assert [(senders[1].key,), (senders[0].key,)] == [one.rivals for one in senders]


def test_rival_senders_are_a_finding() -> None:
    """An editor is told of both, each at its own place."""
    found = a_reading(TITLE + "Molotov to Roshchin", translation=english("", "GROMYKO"))

    told = [one for one in findings_of(found) if one.code == "rival-parties"]
    assert ["warning", "warning"] == [one.severity for one in told]
    assert 2 == len({one.line for one in told})


def test_a_body_and_the_person_who_signs_for_it_are_no_rivals() -> None:
    """An embassy sends, its ambassador signs: both send, and nothing is open."""
    found = a_reading(
        "Telegram from the Romanian Embassy in Pyongyang to the Romanian Foreign Ministry",
        translation=f"From: the Romanian Embassy in Pyongyang\n\n{ENGLISH}\n\nSigned: Dumitru Popa",
    )

    assert {"romanian-embassy-in-pyongyang", "dumitru-popa"} == find_parties(found)["sender"]
    assert {None} == {one.status for one in find_senders(found)}


def test_the_sender_comes_from_the_title_where_nobody_signs() -> None:
    """A text without a signature has the sender of its title."""
    found = a_reading(TITLE + "Gromyko to Roshchin", translation=english("", "This is all."))

    assert {"gromyko"} == find_parties(found)["sender"]


def test_the_sender_comes_from_the_signature_where_the_title_names_none() -> None:
    """A title that is only a number leaves the sender to the text."""
    found = a_reading("Ciphered Telegram No. 9", translation=english("TO ROSHCHIN", "", "GROMYKO"))

    assert ({"gromyko"}, {"roshchin"}) == (
        find_parties(found)["sender"],
        find_parties(found)["addressee"],
    )


@pytest.mark.parametrize(
    ("title", "translation", "expected"),
    [
        ("Gromyko to Soviet Ambassador", english("PYONGYANG, TO SOVIET AMBASSADOR", "", "GROMYKO"),
         {"sender": {"gromyko"}, "addressee": {"razuvaev"}, "destination": {"pyongyang"}}),
        ("Gromyko to Soviet Ambassador", english("STOCKHOLM, TO SOVIET AMBASSADOR", "", "GROMYKO"),
         {"sender": {"gromyko"}, "destination": {"stockholm"}}),
        ("Gromyko to Soviet Ambassador in Beijing Roshchin",
         english("BEIJING, SOVIET AMBASSADOR", "", "GROMYKO"),
         {"sender": {"gromyko"}, "addressee": {"roshchin"}, "destination": {"beijing"}}),
        ("Stalin to Roshchin", english("BEIJING, TO ROSHCHIN", "Comrade MAO ZEDONG!", "", "STALIN"),
         {"sender": {"stalin"}, "intermediary": {"roshchin"}, "addressee": {"mao"},
          "destination": {"beijing"}}),
        ("Gromyko to Roshchin and Shtykov",
         english("BEIJING, TO ROSHCHIN", "PYONGYANG, TO SHTYKOV", "", "GROMYKO"),
         {"sender": {"gromyko"}, "addressee": {"roshchin", "shtykov"},
          "destination": {"beijing", "pyongyang"}}),
        ("Stalin to Mao Zedong [via Terebin]",
         english("To Comrade TEREBIN", "For MAO ZEDONG", "", "STALIN"),
         {"sender": {"stalin"}, "intermediary": {"orlov-ay"}, "addressee": {"mao"}}),
        ("Kim Il Sung and Pak Hon Yong to Stalin",
         english("MOSCOW, TO Comrade STALIN", "", "Chairman of the Cabinet of Ministers",
                 "KIM IL SUNG", "Minister of Foreign Affairs", "PAK HON YONG"),
         {"sender": {"kim", "pak-hon-yong"}, "addressee": {"stalin"}, "destination": {"moscow"}}),
        ("Politburo to Roshchin", english("", "POLITBURO"),
         {"sender": {"politburo-vkpb"}, "addressee": {"roshchin"}}),
        ("Gromyko to Roshchin", english("TOP PRIORITY", "SPECIAL", "", "GROMYKO"),
         {"sender": {"gromyko"}, "addressee": {"roshchin"}}),
    ],
)  # fmt: skip
def test_parties_of_a_translation(
    title: str, translation: str, expected: dict[str, set[str]]
) -> None:
    """Everybody has the part that title and text together give, and nobody is made up."""
    assert expected == find_parties(a_reading(TITLE + title, translation=translation))


def test_an_unlisted_pseudonym_is_the_person_of_its_bracket_in_both_scripts() -> None:
    """The signature of the scan is the pseudonym that the title explains."""
    found = a_reading(
        TITLE + "Orlik [Petrushev] to Roshchin",
        transcript=f"{RUSSIAN}\n\nОРЛИК",
        translation=english("BEIJING, TO ROSHCHIN", "", "ORLIK [Petrushev]"),
    )

    (sender,) = find_senders(found)
    assert "person/petrushev" == getattr(sender.value, "agent", None)
    assert "orlik-cyrl" == getattr(sender.value, "under", None)
    assert 4 == len(sender.evidence)


def test_a_message_passed_on_does_not_give_the_sender() -> None:
    """Who signs the message inside is not who sends the wire."""
    found = a_reading(
        "Ciphered Telegram No. 5, Terebin to Molotov, transmitting a Message from Mao Zedong",
        translation=f"CIPHERED TELEGRAM No. 5\n\nComrade MOLOTOV\n\nI pass on a telegram\n\n"
        f'"Comrade Filippov,\n\n{ENGLISH}\n\nMao Zedong"\n\nNo. 18 - TEREBIN - 14 January',
    )

    assert {"orlov-ay"} == find_parties(found)["sender"]
    assert {"molotov"} == find_parties(found)["addressee"]


@pytest.mark.parametrize(
    ("title", "translation", "expected"),
    [
        ("Telegram from the Danish Embassy in Prague (Hansen)",
         "MINISTRY OF FOREIGN AFFAIRS\nTELEGRAM\nRECEIVED\n12.851\nFROM THE EMBASSY IN PRAGUE\n\n"
         "The talks go on.\n\nLARS HANSEN",
         {"sender": {"hansen"}, "origin": {"prague"}, "addressee": {"danish-foreign-ministry"}}),
        ("Telegram from the Danish Embassy in Prague (Hansen)",
         "TELEGRAM\nDispatched from Prague on 3.7.51\n"
         "To: [Foreign Ministry Director Anna] LUND 1 and [Ole] KRAG, URGENT, EYES ONLY\n"
         "From: [Ambassador Lars] HANSEN2\n\nThe talks go on.",
         {"sender": {"hansen"}, "origin": {"prague"}, "addressee": {"anna-lund", "ole-krag"}}),
        ("Ciphered Telegram, Shtykov to Stalin",
         "FROM: PYONGYANG\nReceived in Moscow on 7/3/51 at 6:36 a.m.\n\nTo Comrade STALIN\n\n"
         "The talks go on.\n\nSHTYKOV",
         {"sender": {"shtykov"}, "origin": {"pyongyang"}, "destination": {"moscow"},
          "addressee": {"stalin"}}),
        ("Cable, Mao Zedong [via Terebin] to Stalin",
         "Comrade Kuznetsov\n\nI pass on the text.\n\nTEREBIN",
         {"sender": {"mao"}, "intermediary": {"orlov-ay", "kuznetsov-ff"},
          "addressee": {"stalin"}}),
        ("Ciphered Telegram, Stalin to Kim Il Sung",
         "To NORTH KOREA To KIM IL SUNG\n\nHold on.\n\nSTALIN",
         {"sender": {"stalin"}, "destination": {"north-korea"}, "addressee": {"kim"}}),
        ("Telegram from Danish Foreign Ministry to Danish Embassy in Prague",
         "TELEGRAM\nTO THE EMBASSY IN PRAGUE\nGeneral Lars Lund.\n\nPrepare the visit.",
         {"sender": {"danish-foreign-ministry"}, "destination": {"prague"},
          "addressee": {"danish-embassy-in-prague"}}),
        ("Cable from Zhou Enlai, 'Opinions'",
         "Chairman [Mao Zedong], Comrade [Liu] Shaoqi and the Central Committee:\n\nTalks go on.",
         {"sender": {"zhou-enlai"}, "addressee": {"mao", "liu-shaoqi", "central-committee"}}),
    ],
)  # fmt: skip
def test_parties_of_other_chanceries(
    title: str, translation: str, expected: dict[str, set[str]]
) -> None:
    """Receipt blocks, notes of editors and salutations give the parties that they name."""
    assert expected == find_parties(a_reading(title, translation=translation))
