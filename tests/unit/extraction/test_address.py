"""Parties and places of address lines and signatures."""

from __future__ import annotations

import pytest
from extraction_papers import ENGLISH, a_layer, names

from cablegraph.extraction.address import find_namings
from cablegraph.extraction.offices import find_parties
from cablegraph.extraction.parts import find_parts


def namings_of(*lines: str, language: str = "en") -> list[str]:
    """Return hint and words of each party and place, in order."""
    known = names()
    layer = a_layer("\n".join(["TELEGRAM No. 9", *lines]), language=language)
    parts = find_parts(layer, known.is_place)
    found = (p for n in find_namings(parts, known) for p in find_parties(n, known))
    return [f"{naming.hint}={naming.words}" for naming in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BEIJING, TO KRASOVSKY.", "place=BEIJING to=KRASOVSKY"),
        ("BEIJING—TO KRASOVSKY", "place=BEIJING to=KRASOVSKY"),
        ("BEIJING - Comrade KRASOVSKY", "place=BEIJING to=KRASOVSKY"),
        ("BEIJING - To Comrade ZAKHAROV", "place=BEIJING to=ZAKHAROV"),
        ("TUMANSK, TO PETRENKO", "place=TUMANSK to=PETRENKO"),
        ("For Comrade MAO ZEDONG.", "for=MAO ZEDONG"),
        ("Comrade MAO ZEDONG!", "salutation=MAO ZEDONG"),
        ("To: Cde. Vyshinsky", "to=Vyshinsky"),
        ("From: Shtykov", "from=Shtykov"),
        ("FROM: PYONGYANG", "origin=PYONGYANG"),
        ("From BEIJING Received 11:30 30.6.1951", "origin=BEIJING"),
        ("Sending: Havana", "origin=Havana"),
        ("Destination: PEKING", "place=PEKING"),
        ("Destination: PEKING To Whom: SovAmbassador", "place=PEKING"),
        ("Pyongyang. Soviet Ambassador.", "place=Pyongyang"),
        ("BEIJING, TO Cdes. ROSHCHIN and KRASOVSKY", "place=BEIJING to=ROSHCHIN to=KRASOVSKY"),
        ("FENG XI [STALIN]", "to=FENG XI [STALIN]"),
        ("Pass the answer below to MAO ZEDONG.", "for=MAO ZEDONG"),
        ("TO THE MINISTRY OF FOREIGN AFFAIRS", "to=MINISTRY OF FOREIGN AFFAIRS"),
        ("MOSCOW, TO Marshal VASILEVSKY", "place=MOSCOW to=VASILEVSKY"),
        ("Moscow, 3 July 1951", "origin=Moscow"),
        ("TOP PRIORITY", ""),
        ("SPECIAL", ""),
    ],
)
def test_an_english_address_line(line: str, expected: str) -> None:
    """An English line gives the parties and places it names, and nobody else."""
    assert expected == " ".join(namings_of(line, ENGLISH))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ПЕКИН, КРАСОВСКОМУ.", "place=ПЕКИН to=КРАСОВСКОМУ"),
        ("ТУМАНСК, ПЕТРЕНКО.", "place=ТУМАНСК to=ПЕТРЕНКО"),
        ("ЗАРЕЧНОЕ, БЕЛОВУ", "place=ЗАРЕЧНОЕ to=БЕЛОВУ"),
        ("БЕЛОВУ, ПЕТРЕНКО", ""),
        ("Для тов. МАО ЦЗЕ-ДУНА.", "for=МАО ЦЗЕ-ДУНА"),
        ("Тов. МАО ЦЗЕ-ДУНУ.", "salutation=МАО ЦЗЕ-ДУНУ"),
        ("тт. РОЩИНУ, ШТЫКОВУ", "salutation=РОЩИНУ salutation=ШТЫКОВУ"),
        ("тт. РОЩИНУ и ШТЫКОВУ", "salutation=РОЩИНУ salutation=ШТЫКОВУ"),
        ("Из ПЕКИНА", "origin=ПЕКИНА"),
        ("От кого: РОЩИНА", "from=РОЩИНА"),
        ("Кому: тов. СТАЛИНУ", "to=СТАЛИНУ"),
        ("ПХЕНЬЯН, СОВПОСЛУ", "place=ПХЕНЬЯН"),
        ("ПХЕНЬЯН, СОВПОСОЛ, тов. ПЕТРЕНКО", "place=ПХЕНЬЯН to=ПЕТРЕНКО"),
        ("МОСКВА, МИНИСТРУ ИНОСТРАННЫХ ДЕЛ тов. ВЫШИНСКОМУ", "place=МОСКВА to=ВЫШИНСКОМУ"),
        ("Послу СССР в КНР Рощину", "place=Beijing salutation=Рощину"),
        ("тов. ПЕТРЕНКО А.Н.", "salutation=А.Н. ПЕТРЕНКО"),
        ("Передайте Чжоу Эньлаю следующее:", "for=Чжоу Эньлаю"),
        ("МОСКВА, ГЕНШТАБ", "place=МОСКВА to=ГЕНШТАБ"),
        ("СТРОГО СЕКРЕТНО", ""),
        ("ВНЕ ОЧЕРЕДИ", ""),
    ],
)
def test_a_russian_address_line(line: str, expected: str) -> None:
    """A Russian line gives the parties and places it names, and nobody else."""
    assert expected == " ".join(namings_of(line, "Мы с вами согласны.", language="ru"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["FILIPPOV [Stalin]."], "signature=FILIPPOV [Stalin]"),
        (["S H T Y K O V"], "signature=SHTYKOV"),
        (["Signed: Dumitru Popa"], "signature=Dumitru Popa"),
        (["Marshal A. Vasilevsky"], "signature=A. Vasilevsky"),
        (["Chairman of the Cabinet", "KIM IL SUNG"], "signature=KIM IL SUNG"),
        (["Filippov and Molotov"], "signature=Filippov signature=Molotov"),
        (["Soviet Ambassador"], ""),
        (["Agreed."], ""),
        (["Filippov."], "signature=Filippov"),
    ],
)
def test_a_signature(lines: list[str], expected: str) -> None:
    """A signature gives the persons who sign; posts, and words that are none, give nobody."""
    assert expected == " ".join(namings_of("We agree with you.", *lines))


def test_place_and_person_of_a_russian_line_have_their_own_words() -> None:
    """Where place and person share a line, the evidence of each is its own words."""
    known = names()
    layer = a_layer("ТЕЛЕГРАММА № 9\nПЕКИН, КРАСОВСКОМУ.\nМы с вами согласны.", language="ru")
    found = find_namings(find_parts(layer, known.is_place), known)

    assert ["ПЕКИН", "КРАСОВСКОМУ"] == [naming.evidence.quote for naming in found]
