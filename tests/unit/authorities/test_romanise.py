"""Latin forms of Cyrillic names."""

from __future__ import annotations

import pytest

from cablegraph.authorities.romanise import name_key, romanise, slug, strip_marks


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("Филиппов", "filippov-cyrl"),
        ("Мао Цзе-дун", "mao-cze-dun-cyrl"),
        ("Мао Цзэдун", "mao-czedun-cyrl"),
        ("Красовский", "krasovskiy-cyrl"),
        ("Кайдзио", "kaydzio-cyrl"),
        ("Риджуэй", "ridjuey-cyrl"),
        ("Пэн Дэхуай", "pen-dehuay-cyrl"),
        ("Чеснокова", "cesnokova-cyrl"),
        ("Ким Ир Сен", "kim-ir-sen-cyrl"),
        ("Гензан", "genzan-cyrl"),
        ("Mao Zedong", "mao-zedong-latn"),
        ("Gomułka", "gomulka-latn"),
        ("김일성", "uae40-uc77c-uc131-ko"),
    ],
)
def test_a_name_form_has_a_stable_key(form: str, key: str) -> None:
    """The key of a form is its letters in Latin and its script, and never changes."""
    assert key == name_key(form, "ko" if key.endswith("-ko") else "ru")


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Чеснокова", "Chesnokova"),
        ("Бобриков", "Bobrikov"),
        ("Красовский", "Krasovsky"),
        ("Рощин", "Roshchin"),
        ("Штыков", "Shtykov"),
        ("Воробьёв", "Vorobyov"),
        ("Иван Щербаков", "Ivan Shcherbakov"),
        ("Smith", "Smith"),
    ],
)
def test_a_russian_name_reads_as_english_writes_it(russian: str, english: str) -> None:
    """Readers get the usual English spelling."""
    assert english == romanise(russian)


def test_a_slug_is_plain_ascii() -> None:
    """A key for an unknown name has letters, digits and single hyphens only."""
    assert ("chesnokova", "bobrikov") == (slug("Чеснокова"), slug("БОБРИКОВ"))
    assert ("vidakovic", "340-sh") == (slug("Vidaković"), slug(" 340/ш "))
    with pytest.raises(ValueError, match="no letter"):
        slug("—")


def test_marks_are_taken_off_latin_letters_only() -> None:
    """й and ё are letters of their own, not и and е with a mark."""
    assert "drozniak й ё" == strip_marks("Drożniak Й Ё")
