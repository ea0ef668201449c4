"""A name that the authority file spells in another way or script."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.table import read_authorities

ENTITIES = """key,type,label_en,label_ru,notation,speaks_for,note
person/gao-gang,person,Gao Gang,Гао Ган,,,
person/li-fuchun,person,Li Fuchun,Ли Фучунь,,,
person/one,person,Wang Ming,,,,
person/two,person,Wang Ming (general),,,,
place/wonsan,place,Wonsan,Вонсан,,,
"""
NAMES = """key,form,language,kind,correct,scope,note
person/gao-gang,Gao Gang,en,pinyin,,,
person/li-fuchun,Li Fuchun,en,pinyin,,,
person/one,Wang Ming,en,pinyin,,,
person/two,Wang Ming,en,pinyin,,,
place/wonsan,Wonsan,en,romanised,,,
"""


@cache
def _respelled(folder: Path) -> Respelled:
    (folder / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    return Respelled(read_authorities(folder))


@pytest.mark.parametrize(
    ("words", "language", "kind", "expected"),
    [
        ("Kao Kang", "en", "person", None),  # in pinyin it would be another name
        ("Гао Гану", "ru", "person", "person/gao-gang"),
        ("Li Fu-ch'un", "en", "person", "person/li-fuchun"),
        ("Ли Фу-чунь", "ru", "person", "person/li-fuchun"),
        ("Li Fuchuan", "en", "person", None),
        ("Gao", "en", "person", None),
        ("Wang Ming", "en", "person", None),
        ("Гао Ган", "ru", "place", None),
        ("Schmidt Hans", "en", "person", None),
    ],
)
def test_a_name_in_another_system_finds_the_one_that_bears_it(
    tmp_path_factory: pytest.TempPathFactory,
    words: str,
    language: str,
    kind: str,
    expected: str | None,
) -> None:
    """One entity, by a rule that keeps the sounds; namesakes and surnames stay open."""
    folder = tmp_path_factory.getbasetemp() / "respelled"
    folder.mkdir(exist_ok=True)
    found = _respelled(folder).find(words, language, kind)

    assert expected == (found.entity if found else None)
    assert found is None or words in found.explanation
