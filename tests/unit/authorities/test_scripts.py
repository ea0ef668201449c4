"""The tables of the transcription systems, held against libraries that know them."""

from __future__ import annotations

import csv
from importlib import resources

import iuliia
import pytest

from cablegraph.authorities.inflect import inflections
from cablegraph.authorities.scripts import chinese, korean
from cablegraph.authorities.scripts.cases import find_nominatives
from cablegraph.authorities.scripts.letters import clean, find_name
from cablegraph.authorities.scripts.misreadings import count_slips, shape
from cablegraph.authorities.scripts.russian import spell_sounds
from cablegraph.authorities.scripts.tables import read_table

#: pypinyin writes these with уо; the system has о.
_OTHERS = {"chuo", "duo", "shuo", "suo", "tuo"}
_SCHEMES = ["ALA_LC", "BGN_PCGN", "BS_2979", "GOST_16876", "GOST_52535", "GOST_779_ALT",
            "ICAO_DOC_9303", "ISO_9_1954", "MVD_310", "SCIENTIFIC", "UNGEGN_1987",
            "WIKIPEDIA", "YANDEX_MAPS"]  # fmt: skip
_NAMES = ["Щукин", "Юрьев", "Вяземский", "Хлебников", "Цыганов", "Чуковский", "Елкин",
          "Соловьева", "Жаров", "Якушев", "Мейер", "Алексеев", "Ильин", "Майский"]  # fmt: skip


def test_palladius_is_that_of_pypinyin() -> None:
    """Each syllable is spelt as pypinyin spells it, or by the variant that it has instead."""
    from pypinyin import Style
    from pypinyin.style import convert

    differing = {
        row["pinyin"]
        for row in read_table("chinese.csv")
        if row["palladius"] != convert(row["pinyin"].replace("ü", "v"), Style.CYRILLIC, strict=True)
    }

    assert _OTHERS == differing


def test_palladius_is_read_back() -> None:
    """A syllable spelt by Palladius gives itself, but for lo, which is spelt as luo."""
    for row in read_table("chinese.csv"):
        found = chinese.read_cyrillic([row["palladius"]])
        assert row["pinyin"] in [one.syllables for one in found if one.strict], row


def test_wade_giles_is_read_back() -> None:
    """A syllable in Wade-Giles with all its marks gives itself."""
    for row in read_table("chinese.csv"):
        found = chinese.read_latin([row["wade_giles"]])
        assert row["pinyin"] in [one.syllables for one in found], row


def test_a_western_name_has_no_chinese_reading() -> None:
    """A word that is no row of syllables is not read."""
    assert [] == chinese.read_latin(["fischer"]) == chinese.read_cyrillic(["фишер"])


@pytest.mark.parametrize("hangul", ["김정호", "박영철", "최현수", "신의주", "함흥", "강릉", "전주"])
def test_hangul_and_its_romanisations_sound_alike(hangul: str) -> None:
    """What ko-pron writes in two schemes is read as the hangul is."""
    import ko_pron

    expected = {one.sounds for one in korean.read_hangul(hangul)}
    for scheme in ("mr", "rr"):
        parts = [str(ko_pron.romanise(one, scheme)) for one in hangul]
        name = [parts[0], "-".join(parts[1:])]
        assert expected & {one.sounds for one in korean.read_latin(name)}, scheme


@pytest.mark.parametrize("name", _NAMES)
def test_every_romanisation_sounds_as_the_russian(name: str) -> None:
    """Published schemes of romanisation meet in the sounds of the Russian name."""
    expected = spell_sounds(name.lower())
    latin = {one: find_name(getattr(iuliia, one).translate(name)).words[0] for one in _SCHEMES}

    assert {} == {s: form for s, form in latin.items() if spell_sounds(form) != expected}


def test_each_case_of_a_name_leads_back() -> None:
    """Every case form that inflect.py makes of a surname has that surname as a nominative."""
    names = ["волков", "щукина", "вяземский", "цой", "мейер", "берия", "ильин", "шевчук", "жаров"]
    lost = [
        (name, form)
        for name in names
        for form in inflections(name.capitalize(), person=True)
        if (name,) not in find_nominatives([form])
    ]

    assert [] == lost


def test_the_classes_of_letters_are_those_of_the_paradigms() -> None:
    """Each class that paradigms.csv begins a pattern with is known."""
    path = resources.files("cablegraph.authorities").joinpath("paradigms.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    classes = {row[0][0] for row in rows if row[0][:1].isascii()}

    assert {"C", "D", "H", "K", "V"} == classes


def test_one_script_is_made_of_a_mixed_word() -> None:
    """Latin letters that look Cyrillic become Cyrillic in a Cyrillic word, and the reverse."""
    assert "Волков" == clean("Boлкoв")
    assert "Brown" == clean("Brоwn")


def test_a_name_is_taken_apart() -> None:
    """Words, initials and a comma after the family name are told apart."""
    name = find_name("Volkov, I. P.")

    assert (("volkov",), ("i", "p"), True) == (name.words, name.initials, name.turned)


def test_only_listed_letters_are_slips() -> None:
    """Letters that are confused only by way of others have one shape but are no slip."""
    assert shape("гонин") == shape("гопил")
    assert 1 == count_slips("гонин", "гопин")
    assert count_slips("седов", "недов") is None
