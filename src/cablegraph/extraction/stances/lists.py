"""Find the items of a list to which a sentence leads: "the following requests: first, that …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cablegraph.extraction.sentences import find_sentences
from cablegraph.extraction.stances.clauses import GRAMMAR

_EDGE = " \t\n,;.:—–-"
_FIGURE = r"\(?(?P<figure>\d{1,2})[.)]\s+"
_LETTER = r"\(?(?P<letter>[a-hа-и])\)\s+"
_LETTERS = {"en": "abcdefgh", "ru": "абвгдежзи"}


@dataclass(frozen=True, slots=True)
class Item:
    """An item by its number; offsets count code points of the layer's text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Rules:
    lead: re.Pattern[str]
    mark: re.Pattern[str]
    opening: re.Pattern[str]  # words before the matter of an item
    closing: re.Pattern[str]  # a conjunction before the next item
    words: dict[str, int]


def leads_to_list(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a sentence ends with the naming of several things that are put.

    >>> leads_to_list("We make the following proposals:", 0, 32, "en")
    True
    """
    return text[:end].endswith(":") and bool(_rules(language).lead.search(text, start, end))


def find_items(text: str, start: int, end: int, language: str, number: int = 1) -> list[Item]:
    """Return the items of a stretch that begins with the item of this *number*.

    Shape: items in order, numbered without a gap and in one manner; none where the stretch
        begins otherwise. An item ends before the next, and with its sentence.

    >>> text = "first, a truce; second, an exchange of prisoners."
    >>> [text[item.start : item.end] for item in find_items(text, 0, len(text), "en")]
    ['a truce', 'an exchange of prisoners']
    """
    rules = _rules(language)
    marks: list[tuple[re.Match[str], int]] = []
    manner = ""
    for mark in rules.mark.finditer(text, start, end):
        lone = mark.lastgroup or ""
        value = _value(mark, language, rules)
        if not marks and text[start : mark.start()].strip():
            return []
        if value == number + len(marks) and lone == (manner or lone):
            marks.append((mark, value))
            manner = lone
    if not marks:
        return []
    edges = [mark.start() for mark, _ in marks[1:]] + [end]
    items = [
        _item(text, mark.end(), edge, value, rules)
        for (mark, value), edge in zip(marks, edges, strict=True)
    ]
    return [item for item in items if item.start < item.end]


def _value(mark: re.Match[str], language: str, rules: _Rules) -> int:
    if mark["figure"]:
        return int(mark["figure"])
    if mark["letter"]:
        return _LETTERS[language].find(mark["letter"]) + 1
    return rules.words[mark["word"].lower()]


def _item(text: str, start: int, end: int, number: int, rules: _Rules) -> Item:
    first = next(find_sentences(text[start:end]), (0, 0))
    end = start + first[1]
    opening = rules.opening.match(text, start, end)
    start = opening.end() if opening else start
    closing = rules.closing.search(text, max(start, end - 12), end)
    end = closing.start() if closing else end
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Item(number, start, end)


@lru_cache
def _rules(language: str) -> _Rules:
    words = GRAMMAR["lists"][language]
    ordinals = {
        word: place for place, alike in enumerate(words["ordinals"], 1) for word in alike.split("|")
    }
    word = rf"(?P<word>{'|'.join(sorted(ordinals, key=len, reverse=True))})(?:,\s+|\s+(?=that\b))"
    before = rf"(?:(?<=[:;.,\n]\s)|(?<=\s(?:{words['and']})\s)|\A|(?<=\n))"
    return _Rules(
        lead=re.compile(words["lead"], re.I),
        mark=re.compile(rf"{before}(?:{_FIGURE}|{_LETTER}|(?i:{word}))"),
        opening=re.compile(words["opening"], re.I),
        closing=re.compile(rf"[,;]?\s+(?:{words['and']})[\s,;]*$", re.I),
        words=ordinals,
    )
