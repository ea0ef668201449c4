"""Names in a part of a text that is kept whole are those that the part has alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.respelled import Respelled
from cablegraph.authorities.table import Authorities, read_authorities

# Words of names and what may stand beside them: initials, hyphens, spaced letters, footnotes.
PIECES = (
    "Mao", "Mao Zedong", "МАО ЦЗЕ-ДУН", "М А О", " Ц З Е", "Zhou", "Zhou Enlai", "Чжоу", "Beijing",
    "Пекине", "N. ", "Н.В. ", "В.", "U.N.", "ВКП(б)", "Kim Il Sung", "Ким", "3", "the", " ", " ",
    "-", ".", ", ", "\n", "\n\n", ")", "1",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=4, max_size=30).map("".join)
FILLING = "Mao Zedong met Zhou Enlai in Beijing. " * 6
LANGUAGES = st.sampled_from(("en", "ru", "es", "zh-Latn"))


@settings(deadline=None)
@given(text=TEXTS, ends=st.tuples(st.integers(0, 40), st.integers(0, 40)), language=LANGUAGES)
def test_names_in_a_part_are_found_as_in_a_text_of_its_own(
    authorities: Authorities, text: str, ends: tuple[int, int], language: str
) -> None:
    """Wherever a text kept whole is cut, the part has the names that it has alone."""
    alone, kept = _matchers(authorities)
    whole = f"{text}{FILLING}{text}"
    kept.keep(whole)
    stop = len(whole) - ends[1]
    for part in (whole, whole[ends[0] : stop], whole[: len(text) + ends[0]], whole[ends[0] :]):
        assert alone.find(part, language) == kept.find(part, language)


_MADE: dict[int, tuple[Matcher, Matcher]] = {}


def _matchers(authorities: Authorities) -> tuple[Matcher, Matcher]:
    """Return a matcher that is asked for parts alone, and one that keeps whole texts."""
    made = _MADE.get(id(authorities))
    if made is None:
        made = _MADE[id(authorities)] = Matcher(authorities), Matcher(authorities)
    return made


ENTITIES = """key,type,label_en,label_ru,notation,speaks_for,note
person/hu,person,Hu,,,,
person/lisse,person,Lisse,,,,
place/lima,place,Lima,,,,
"""
NAMES = """key,form,language,kind,correct,scope,note
person/hu,胡耀邦,zh-Hans,common,,,
person/lisse,Anna Lisse,en,common,,,
place/lima,Анна Лиссе,ru,romanised,,,
"""


@pytest.mark.parametrize(
    ("words", "language", "kind", "expected"),
    [
        ("Hu Yaobang", "en", "person", "person/hu"),
        ("Ху Яо-бан", "ru", "person", "person/hu"),
        ("胡耀邦 胡", "zh", "person", None),
        ("Anna Lisse", "en", "person", "person/lisse"),
        ("Анна Лиссе", "ru", "place", "place/lima"),
        ("Anna Lisse", "en", "group", None),
    ],
)
def test_a_name_in_characters_is_reached_from_a_chinese_one_alone(
    tmp_path: Path, words: str, language: str, kind: str, expected: str | None
) -> None:
    """Other names come first or after, in one index of their kind, and change nothing."""
    (tmp_path / "entities.csv").write_text(ENTITIES, encoding="utf-8")
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    respelled = Respelled(read_authorities(tmp_path))
    for asked in (("Otto Brandt", "en"), (words, language), ("Otto Brandt", "en")):
        found = respelled.find(*asked, kind)
        assert (expected if asked[0] == words else None) == (found.entity if found else None)
