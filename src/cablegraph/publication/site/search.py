"""A search index of plain files: Russian words by their dictionary form, English by their stem.

The page in the browser has no dictionary: every form that a Russian word of the collection can take
is listed with its dictionary form. Each list is a small script, so that it loads from a folder on
a disk as from a server, under a policy that lets no other code run.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from cablegraph.publication.site.staging import Staging

if TYPE_CHECKING:
    import pymorphy3

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_CYRILLIC = re.compile(r"[а-я]+")
_LONGEST = 40  # letters; longer runs are no words
#: Least letters that must be left when an English ending is taken off; shorter stems run together.
_LEAST_STEM = 3
#: Items told in one file; a search shows few of them.
_CHUNK = 500
_TITLE_WEIGHT = 5


_Shard: TypeAlias = dict[str, dict[str, object]]


class Item(msgspec.Struct, frozen=True, array_like=True):
    """Something that a search finds."""

    page: str
    title: str
    note: str


def find_words(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the stems of some texts, sorted, with their numbers; the first text is the title."""
    counted: Counter[str] = Counter()
    for number, text in enumerate(texts):
        for word, times in Counter(to_words(text)).items():
            counted[to_stem(word)] += times if number else times * _TITLE_WEIGHT
    return tuple(sorted(counted.items()))


def pack_words(words: Sequence[tuple[str, int]]) -> bytes:
    """Return words as bytes, a tenth of what they take up while a whole collection is held.

    >>> list(unpack_words(pack_words([("мир", 2)])))
    [('мир', 2)]
    """
    return msgspec.msgpack.encode(words)


def unpack_words(packed: bytes) -> list[tuple[str, int]]:
    """Return words that were packed."""
    return msgspec.msgpack.decode(packed, type=list[tuple[str, int]])


def to_words(text: str) -> Iterator[str]:
    """Yield the words of a text as they are looked up.

    >>> list(to_words("«Ещё» No. 12"))
    ['еще', 'no', '12']
    """
    for found in _WORD.findall(text.casefold().replace("ё", "е").replace("’", "'")):
        if len(found) <= _LONGEST:
            yield found.removesuffix("'s")


@cache
def to_stem(word: str) -> str:
    """Return the dictionary form of a Russian word, the stem of another.

    >>> to_stem("перемирии"), to_stem("negotiations"), to_stem("negotiating")
    ('перемирие', 'negotiat', 'negotiat')
    """
    if _CYRILLIC.fullmatch(word):
        return str(_morphology().parse(word)[0].normal_form).replace("ё", "е")
    for ending, instead in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)] + instead
            break
    return word.removesuffix("e") if len(word) > _LEAST_STEM else word


class Index:
    """Gathers words and writes the files that the search page loads."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._postings: dict[str, array[int]] = {}

    def add(self, item: Item, words: Iterable[tuple[str, int]]) -> None:
        """Add something to be found by some stems."""
        number = len(self.items)
        self.items.append(item)
        for stem, count in words:
            self._postings.setdefault(stem, array("L")).extend((number, count))

    def write(self, out: Staging, folder: str = "search") -> None:
        """Write the index into a folder of a site."""
        shards: dict[str, _Shard] = {}
        for stem in sorted(self._postings):
            _shard(shards, stem)["found"][stem] = self._postings[stem].tolist()
            for form in _forms(stem):
                stems = _shard(shards, form)["forms"].setdefault(form, [])
                assert isinstance(stems, list)
                stems.append(stem)
        for key in sorted(shards):
            out.write(f"{folder}/{key}.js", [_script(key, shards[key])])
        for start in range(0, len(self.items), _CHUNK):
            name = f"items-{start // _CHUNK}"
            chunk = self.items[start : start + _CHUNK]
            out.write(f"{folder}/{name}.js", [_script(name, msgspec.to_builtins(chunk))])
        head = {
            "endings": _endings(), "least": _LEAST_STEM, "chunk": _CHUNK,
            "items": len(self.items), "shards": sorted(shards),
        }  # fmt: skip
        out.write(f"{folder}/words.js", [f"window.cablegraphSearch={_json(head)};\n"])


def shard_of(word: str) -> str:
    """Return the file that tells of a word: the code points of its first two letters.

    >>> shard_of("мир")
    'w-43c-438'
    """
    return "w-" + "-".join(f"{ord(letter):x}" for letter in word[:2])


def _shard(
    shards: dict[str, dict[str, dict[str, object]]], word: str
) -> dict[str, dict[str, object]]:
    return shards.setdefault(shard_of(word), {"found": {}, "forms": {}})


def _forms(stem: str) -> list[str]:
    """Return the other forms of a Russian dictionary form."""
    if not _CYRILLIC.fullmatch(stem):
        return []
    lexeme = _morphology().parse(stem)[0].lexeme
    return sorted({str(one.word).replace("ё", "е") for one in lexeme} - {stem})


def _script(key: str, value: object) -> str:
    return f'window.cablegraphLoaded("{key}",{_json(value)});\n'


def _json(value: object) -> str:
    # U+2028 and U+2029 end a line in older scripts.
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _endings() -> list[list[str]]:
    file = resources.files(__package__) / "assets" / "english-endings.json"
    found: list[list[str]] = json.loads(file.read_text("utf-8"))
    return found


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
