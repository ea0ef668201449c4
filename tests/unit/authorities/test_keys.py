"""Keys that spellings of one name share across scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.authorities.keys import INITIALS, SURNAME, Key, keys_of, read_keys


def _shared(left: str, right: str) -> set[str]:
    return {key.rule for key in set(keys_of(left)) & set(keys_of(right))}


@pytest.mark.parametrize(
    ("rule", "left", "right"),
    [
        ("fold", "ГАО СЯО-МИН", "Гао Сяомин"),
        ("fold", "В О Л К О В", "Волков"),
        ("fold", "Волкoв", "Волков"),  # a Latin o
        ("fold", "Żuławski", "ZULAWSKI"),
        ("russian-case", "Волковым", "Волкову"),
        ("chinese", "Гао Сяомин", "Gao Xiaoming"),
        ("chinese", "Gāo Xiǎomíng", "Gao Xiaoming"),
        ("chinese", "Ch'ien Hsüeh-li", "Цянь Сюэли"),
        ("chinese", "高晓明", "Гао Сяомину"),
        ("chinese-loose", "Kao Hsiao-ming", "Gao Xiaoming"),
        ("chinese-loose", "Чен Сюе-фын", "Chen Xuefeng"),
        ("chinese-loose", "Дзян Сюе-лянь", "Jiang Xuelian"),
        ("chinese-loose", "Xiaoming Gao", "Gao Xiaoming"),
        ("korean", "Ким Чонхо", "Kim Chŏng-ho"),
        ("korean", "Pak Il-yong", "Пак Иллён"),
        ("korean", "Gim Jeong-ho", "Kim Chŏng-ho"),
        ("korean", "김정호", "Ким Чонхо"),
        ("korean-loose", "Ким Тен Хо", "Kim Chŏng-ho"),
        ("korean-loose", "Kim Jung Ho", "Ким Чонхо"),
        ("russian-romanisation", "Щукин", "Ščukin"),
        ("russian-romanisation", "Shchukin", "Schukin"),
        ("name-order", "Volkov, Ivan", "Иван Волков"),
        ("initials", "И. Волков", "Ivan Petrovich Volkov"),
        ("initials", "Ким Чонхо", "Ким Ч. Х."),
        ("surname", "Volkov", "И. П. Волков"),
        ("place-name", "Гензана", "Wonsan"),
        ("place-name", "Mukden", "Шэньян"),
    ],
)
def test_two_spellings_share_a_key(rule: str, left: str, right: str) -> None:
    """Two spellings of one name share a key of the rule that joins them."""
    assert rule in _shared(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Линь Чжэнь", "Ling Zheng"),
        ("Gao Xiaoming", "Gao Xiaomei"),
        ("Ким Чонхо", "Kim Chŏng-hun"),
        ("Volkov", "Volkova"),
        ("Волковой", "Волков"),
        ("Jin Yong", "Yin Yong"),
        ("Shchukin", "Shukin"),
    ],
)
def test_two_names_share_no_key(left: str, right: str) -> None:
    """Names that differ in one sound share nothing but what is left of a name cut short."""
    assert set() == _shared(left, right) - {INITIALS, SURNAME}


def test_a_key_says_by_which_scheme_it_was_read() -> None:
    """Beside each key stands the scheme that the form was written in."""
    assert "palladius" == read_keys("Гао Сяомин")[Key("chinese", "gao xiao ming")]
    assert "wade-giles" == read_keys("Kao Hsiao-ming")[Key("chinese", "gao xiao ming")]


def test_the_language_keeps_other_schemes_away() -> None:
    """A form that is said to be Korean is not read as Chinese, and the other way round."""
    assert {"fold", "korean", "korean-loose"} == {
        key.rule for key in keys_of("Han Song", "ko-Latn")
    }
    assert not {"korean", "korean-loose"} & {key.rule for key in keys_of("Han Song", "zh-Latn")}


def test_a_form_without_letters_has_no_key() -> None:
    """Punctuation names nobody."""
    assert [] == list(keys_of("— «»"))


@pytest.mark.parametrize("part", ["eu", "ang", "ан", "а-", "a'", "А. ", "сен ", "нан", "М А О "])
def test_a_long_line_is_read_at_once(part: str) -> None:
    """Neither a name at the limit of length nor 100 kB of one line are cut in every way."""
    assert 60 > len(list(keys_of(part * (199 // len(part)))))
    assert 1 == len(list(keys_of(part * (100_000 // len(part)))))


@given(st.text(alphabet="abcehiknoлоуыьэяеёнгцзжчш -'.,ŏü毛김", max_size=30))
def test_keys_are_each_given_once_and_always_the_same(form: str) -> None:
    """Whatever the letters, keys are not empty, none stands twice, and their order is fixed."""
    keys = list(keys_of(form))
    read_keys.__globals__["_read_keys"].cache_clear()

    assert keys == list(keys_of(form))
    assert len(keys) == len(set(keys))
    assert all(key.value for key in keys)
