"""Russian case forms of names."""

from __future__ import annotations

import pytest

from cablegraph.authorities.inflect import (
    Case,
    case_forms,
    fold,
    inflections,
    letter_spaced,
    nominative,
)


@pytest.mark.parametrize(
    ("written", "hint", "expected"),
    [
        ("ИВАНОВУ", None, "Иванов"),
        ("ЧЕСНОКОВА", None, "Чеснокова"),
        ("ЧЕСНОКОВА", "nomn", "Чеснокова"),
        ("Чеснокова", "gent", "Чесноков"),
        ("Чесноковой", "datv", "Чеснокова"),
        ("КРАСОВСКОМУ", None, "Красовский"),
        ("Петренко", "datv", "Петренко"),
        ("БОБРИКОВ", None, "Бобриков"),
        ("Бобриковым", None, "Бобриков"),
        ("Ковальчуку", "datv", "Ковальчук"),
        ("Бережному", "datv", "Бережный"),
        ("А.И. ХЕГАЮ", None, "А.И. Хегай"),
        ("Чой Мин Сону", "datv", "Чой Мин Сон"),
        ("ЦЗЯН ТАЙ-МИНУ", "datv", "Цзян Тай-мин"),
        ("Г О Л У Н О В.", None, "Голунов"),
        ("Smith", "datv", "Smith"),
        ("", None, ""),
    ],
)
def test_the_nominative_of_an_unknown_name(written: str, hint: Case | None, expected: str) -> None:
    """A name in any case and any capitals gets its nominative, with usual capitals."""
    assert expected == nominative(written, hint)


@pytest.mark.parametrize(
    ("name", "person", "written"),
    [
        ("Ким Ир Сен", True, "Ким Ир Сенем"),
        ("Пэн Дэхуай", True, "Пэн Дэхуаем"),
        ("Мао Цзе-дун", True, "Мао Цзе-дуна"),
        ("Мао Цзэдун", True, "МАО ЦЗЕДУНУ"),
        ("Риджуэй", True, "Риджуэю"),
        ("Георгий Жуков", True, "Георгию Жукову"),
        ("Толстой", True, "Толстого"),
        ("Цой", True, "Цоя"),
        ("Гензан", False, "Гензана"),
        ("Корея", False, "Кореей"),
        ("Корейская народная армия", False, "Корейской народной армией"),
        ("китайские добровольческие части", False, "китайских добровольческих частей"),
        ("38-я параллель", False, "38-ю параллель"),
        ("Организация Объединённых Наций", False, "Организацией Объединенных Наций"),
        ("Красная Армия", False, "Красную Армию"),
    ],
)
def test_a_case_form_is_among_the_forms_of_a_name(name: str, person: bool, written: str) -> None:
    """Surnames, syllable names, places and phrases with agreement are inflected."""
    assert fold(written) in case_forms(name, person=person)


def test_an_indeclinable_name_has_one_form() -> None:
    """A name in -о, -и, -у or -э stays as it is, and so does a Latin one."""
    assert {"каидзио".replace("и", "й", 1)} == case_forms("Кайдзио")
    assert ["lie"] == inflections("Lie")
    assert ["громыко"] == inflections("Громыко", person=True)


def test_an_adjective_has_every_gender_and_number() -> None:
    """An adjective that names a country is found in every form."""
    forms = case_forms("датский", adjective=True)

    assert {"датского", "датская", "датское", "датскими"} <= forms


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("Ф И Л И П П О В", "ФИЛИППОВ"),
        ("Ф И Л И П П О В.", "ФИЛИППОВ"),
        ("S H T Y K O V", "SHTYKOV"),
        ("М А О  Ц З Е - Д У Н", "МАО ЦЗЕ-ДУН"),
        ("тов. С Т А Л И Н", "тов. СТАЛИН"),
        ("мы и я в Пекине.", "мы и я в Пекине."),
    ],
)
def test_spaced_out_letters_are_joined(written: str, joined: str) -> None:
    """Letters set apart become words again; ordinary words stay."""
    assert joined == letter_spaced(written)
