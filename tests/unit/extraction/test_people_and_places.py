"""People and places of texts about other persons than those of the seeds, many of them unlisted."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram_builder import read_telegram

from cablegraph.authorities.table import read_authorities
from cablegraph.records.claims import Entity, Link, Reading

AUTHORITIES = read_authorities(Path(__file__).parents[3] / "seeds" / "authorities")

#: What a case shows, its text, the people and the places that it mentions.
CASES = [
    (
        "post before and after an unlisted name",
        "Ambassador Grigore Petrescu called on Pak Se-chang, Deputy Minister of Foreign Trade. "
        "Petrescu asked about the railway to Hamhung; Pak Se-chang promised an answer before May.",
        {"Grigore Petrescu", "Pak Se-chang"},
        {"Hamhung"},
    ),
    (
        "brackets complete names and posts",
        "According to [Czechoslovak Chargé d'Affaires Miloslav] Hruza 2 the Foreign Minister "
        "[Carlos Olivares Sánchez] and [General Ulises] Rosales met in Santiago de Cuba. Hruza "
        "thinks that Guatemala and Costa Rica will give way.",
        {"Miloslav Hruza", "Carlos Olivares Sánchez", "Ulises Rosales"},
        {"Santiago de Cuba", "Guatemala", "Costa Rica"},
    ),
    (
        "ranks and capitals",
        "For adviser to the staff at Mukden we propose Lieutenant General PERESYPKIN, who "
        "served in Dairen under Colonel of the Guards Sidelnikov. Peresypkin leaves on Monday.",
        {"Peresypkin", "Sidelnikov"},
        {"Shenyang", "Dalian"},
    ),
    (
        "period spellings of listed people and places",
        "Chou En-lai, P'eng Teh-huai and Kao Kang left Peiping for Moukden; from Seoul comes "
        "word that Syngman Rhee has gone to Fusan.",
        {"Zhou Enlai", "Peng Dehuai", "Gao Gang", "Syngman Rhee"},
        {"Beijing", "Shenyang", "Seoul", "Pusan"},
    ),
    (
        "Vietnamese and Polish names",
        "[Mieczyslaw] Maneli was received by Ngo Dinh Nhu in Saigon; in Hanoi Pham Van Dong and "
        "General Giap spoke with Colonel Tadeusz Wojcik. Nhu did not speak of Dien Bien Phu.",
        {
            "Mieczysław Maneli",
            "Ngo Dinh Nhu",
            "Pham Van Dong",
            "Vo Nguyen Giap",
            "Tadeusz Wojcik",
        },
        {"Saigon", "Hanoi", "Dien Bien Phu"},
    ),
    (
        "demonyms, bodies and papers are neither people nor places",
        "The Chinese comrades and the Soviet Embassy think that American generals, the "
        "Washington Post and the Central Committee exaggerate. Then Yesterday's press in London "
        "said little. Nobody replied. Missiles remain.",
        set(),
        {"London"},
    ),
    (
        "initials",
        "I received V. I. Likhachev and A.P. Suvorova of Tass, who had come from Tashkent. "
        "Likhachev complained of the U.S. Embassy.",
        {"V. I. Likhachev", "A.P. Suvorova"},
        {"Tashkent"},
    ),
    (
        "a surname alone after the whole name of somebody listed",
        "Zhou Enlai opened the meeting. Zhou said that Chen Yi would go to Geneva, and Anthony "
        "Eden agreed; Eden will be in Colombo next week.",
        {"Zhou Enlai", "Chen Yi", "Anthony Eden"},
        {"Geneva", "Colombo"},
    ),
    (
        "a verb of saying",
        "Fidel thought it over, and Mendoza replied that Venezuela and Honduras were lost. "
        "Mendoza insisted.",
        {"Fidel Castro", "Mendoza"},
        {"Venezuela", "Honduras"},
    ),
    (
        "a list of comrades",
        "Present were Comrades Zhukovsky, Barabanov and Teplov. They spoke of Port Arthur.",
        {"Zhukovsky", "Barabanov", "Teplov"},
        {"Port Arthur"},
    ),
    (
        "an ambiguous surname is nobody of the list",
        "General Kuznetsov left for Vladivostok and Comrade Antonov stays in Chita.",
        {"Kuznetsov", "Antonov"},
        {"Vladivostok", "Chita"},
    ),
    (
        "two spellings of one name",
        "I telegraphed to Comrade Xu Guangda; Cde. Xu Gungda will reply. Xu Guangda agreed.",
        {"Xu Guangda"},
        set(),
    ),
    (
        "letters that an editor restored",
        "To G[romyko] the visit to P[unta] del Este said nothing new. N.[ovotny] is in Brno.",
        {"Andrei Gromyko", "Antonín Novotný"},
        {"Punta del Este", "Brno"},
    ),
    (
        "offices between title and name",
        "The Minister for Foreign Affairs Lukacs and the head of the Asia Department "
        "Istvan Garajszki saw the Ambassador to Mongolia Sandor.",
        {"Lukacs", "Istvan Garajszki", "Sandor"},
        {"Mongolia"},
    ),
    (
        "countries with old and new names",
        "Burma, Ceylon, the UAR, the GDR and West Germany abstained; South Vietnam, Formosa, "
        "the ROK and the Philippines voted with Great Britain.",
        set(),
        {
            "Burma",
            "Sri Lanka",
            "Egypt",
            "German Democratic Republic",
            "Federal Republic of Germany",
            "South Vietnam",
            "Taiwan",
            "South Korea",
            "Philippines",
            "United Kingdom",
        },
    ),
    (
        "American cables",
        "I saw Deputy Under Secretary Harlan Whitcomb with Averell Harriman and Llewellyn "
        "Thompson. Whitcomb told me that McNamara and the Joint Chiefs want Guantanamo "
        "reinforced; Kennedy has not decided.",
        {
            "Harlan Whitcomb",
            "W. Averell Harriman",
            "Llewellyn Thompson",
            "Robert McNamara",
            "John F. Kennedy",
        },
        {"Guantánamo"},
    ),
    (
        "Korean names of embassies in Pyongyang",
        "Yi Ki-sok, head of the protocol section, told First Secretary Ferenc Csatári that "
        "O Jin-u had gone to Wonsan and Sinuiju with Kim Kyong-nyon of the Women's Union.",
        {"Yi Ki-sok", "Ferenc Csatári", "O Chin-u", "Kim Kyong-nyon"},
        {"Wonsan", "Sinuiju"},
    ),
]


def _mentioned(reading: Reading, folder: str) -> set[str]:
    """Return the English labels of what a reading mentions."""
    labels = {c.about: c.value.labels["en"] for c in reading.claims if isinstance(c.value, Entity)}
    keys = {
        claim.value.target
        for claim in reading.claims
        if isinstance(claim.value, Link) and claim.value.property == "schema:mentions"
    }
    return {
        AUTHORITIES.entity(key).label_en if key in AUTHORITIES else labels[key]
        for key in keys
        if key.startswith(folder)
    }


@pytest.mark.parametrize(
    ("text", "people", "places"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_people_and_places_are_found(
    tmp_path: Path, text: str, people: set[str], places: set[str]
) -> None:
    """A text mentions the people and places that a reader would name, and nobody else."""
    reading = read_telegram(tmp_path, english=f"On the matter raised.\n\n{text}\n\nWe wait.")

    assert people == _mentioned(reading, "person/")
    assert places == _mentioned(reading, "place/")


def test_russian_people_are_found_by_rank_and_post(tmp_path: Path) -> None:
    """A title before a Russian name shows a person, who keeps one key in every case."""
    reading = read_telegram(
        tmp_path,
        russian="Вчера был генерал Пересыпкин.\n\nМы послали Пересыпкина в Читу к послу "
        "Грушецкому.\n\nЖдём ответа.",
    )

    assert {"Peresypkin", "Grushetsky"} == _mentioned(reading, "person/")
    assert {"Chita"} == _mentioned(reading, "place/")


def test_every_sighting_shows_its_words(tmp_path: Path) -> None:
    """The evidence of a person nobody listed is each place of the name, the surname alone too."""
    text = "Yesterday Ambassador Grigore Petrescu came.\n\nPetrescu left."
    reading = read_telegram(tmp_path, english=f"On the matter.\n\n{text}\n\nWe wait.")
    (found,) = (c for c in reading.claims if "mentions-person" in c.key)

    assert "mention-recognised" == found.rule
    assert ["Grigore Petrescu", "Petrescu"] == [words.quote for words in found.evidence]


def test_two_people_of_one_family_share_no_surname(tmp_path: Path) -> None:
    """A surname that two people of a text bear stands for neither."""
    text = "Ambassadors Ion Petrescu and Mihai Petrescu came.\n\nThen Petrescu left."
    reading = read_telegram(tmp_path, english=f"On the matter.\n\n{text}\n\nWe wait.")
    quotes = {w.quote for c in reading.claims if "mentions-person" in c.key for w in c.evidence}

    assert {"Ion Petrescu", "Mihai Petrescu"} == quotes


@pytest.mark.parametrize(
    ("text", "people", "places"),
    [
        ("Foreign Minister [Hermes] Lima told me so. Lima will write.", {"Hermes Lima"}, set()),
        ("[Vice Admiral R. Corbett] Hale and [Juan Pardo] Cruz sat there.",
         {"R. Corbett Hale", "Juan Pardo Cruz"}, set()),
        ("He flew to Lima [Peru] and saw Ambassador Wang [Baolin]. Wang was ill.",
         {"Wang Baolin"}, {"Lima", "Peru"}),
        ("The chancellor [Raúl] Montes came with G. Ye. Samarin.",
         {"Raúl Montes", "G. Ye. Samarin"}, set()),
    ],
)  # fmt: skip
def test_brackets_beside_a_surname_complete_it(
    tmp_path: Path, text: str, people: set[str], places: set[str]
) -> None:
    """Given names and posts in a bracket make a person of the word beside it."""
    reading = read_telegram(tmp_path, english=f"{text}\n\nI await your answer.")

    named = {
        AUTHORITIES.entity(one).label_en if one in AUTHORITIES else labels_of(reading)[one]
        for one in mentioned(reading)
    }
    assert people | places == named


def mentioned(reading: Reading) -> set[str]:
    """Return the people and places that the body names."""
    return {
        claim.value.target
        for claim in reading.claims
        if isinstance(claim.value, Link)
        and claim.value.property == "schema:mentions"
        and claim.value.target.startswith(("person/", "place/"))
    }


def labels_of(reading: Reading) -> dict[str, str]:
    """Return the label of each entity that is not listed."""
    return {
        claim.key: claim.value.labels["en"]
        for claim in reading.claims
        if isinstance(claim.value, Entity)
    }
