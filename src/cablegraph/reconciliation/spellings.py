"""What two written forms of one name share: the keys that the index is built on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from cablegraph.authorities.inflect import fold

#: Rule and value, the rule as it is named in rules.toml.
Keys = Callable[[str, str], Iterable[tuple[str, str]]]

_WORD = re.compile(r"[^\W_]+")


def exact(form: str) -> str:
    """Return a form without what nobody means: case, doubled spaces, composition of letters.

    >>> exact("Mao  ZEDONG")
    'mao zedong'
    """
    return unicodedata.normalize("NFC", " ".join(form.split())).casefold()


def find_words(form: str) -> list[str]:
    """Return the words of a form, folded, in the order they are written.

    >>> find_words("Pak Hŏn-yŏng")
    ['pak', 'hon', 'yong']
    """
    return [fold(word) for word in _WORD.findall(form)]


def list_keys(form: str, language: str) -> list[tuple[str, str]]:
    """Return the keys of a form: those across scripts, and its bare words in any order.

    >>> [key for key in list_keys("Zedong, Mao", "en") if key[0] == "any-order"]
    [('any-order', 'mao zedong')]
    """
    from cablegraph.authorities.keys import keys_of

    keys = [(key.rule, key.value) for key in keys_of(form, language or None)]
    words = find_words(form)
    if len(words) > 1:
        keys.append(("any-order", " ".join(sorted(words))))
    return keys
