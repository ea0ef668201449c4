"""Name proposals and reasons for a reader, in a noun phrase of the message's own words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.lexicon import settings

_DATA = settings("proposals")["label"]
# A longer label no longer fits a line of a table.
LONGEST = 90
_LONGEST_KEY = 60
_PHRASES = 1 << 8  # those of one document, of which the same is asked several times
# What an editor adds in the middle of a phrase; and names in capitals, abbreviations apart.
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CAPITALS = re.compile(r"\b[^\W\d_a-zа-яё]{2,}(?: [^\W\d_a-zа-яё]{2,})+\b|\b[^\W\d_a-zа-яё]{5,}\b")
_TWO_CAPITALS = re.compile(r"[^\W\d_a-zа-яё]{2}")
_EDGES = " \t\n.,;:!?\"'«»“”„()[]—–-"


def label_phrase(phrase: str, language: str, limit: int = LONGEST) -> str:
    """Return the matter that a phrase names: no words that only lead to it, not too long.

    >>> label_phrase("your proposal about a commission of neutral states", "en")
    'commission of neutral states'
    >>> label_phrase("о выводе всех иностранных войск", "ru")
    'выводе всех иностранных войск'
    """
    words = " ".join(_BRACKETS.sub(" ", phrase).split()).strip(_EDGES)
    names_matter = not is_sentence(words, language)
    words = _without("lead", words, language)
    if names_matter and (bare := _without("article", words, language)) != words:
        words = _without("article", _without("lead", bare, language), language)
    ragged = _pattern("ragged", language)
    words = ragged.sub("", words).strip(_EDGES) if ragged else words
    if _TWO_CAPITALS.search(words):
        words = _CAPITALS.sub(lambda match: match.group().title(), words)
    return _cut(words, language, limit)


def _without(name: str, words: str, language: str) -> str:
    """Take off the beginning of a phrase what a pattern matches, as often as it does."""
    pattern = _pattern(name, language)
    while pattern and (match := pattern.match(words)) and match.end() < len(words):
        words = words[match.end() :].strip(_EDGES)
    return words


@lru_cache(maxsize=_PHRASES)
def is_sentence(words: str, language: str) -> bool:
    """Tell whether a phrase holds a verb, and so says something rather than naming it.

    >>> is_sentence("you must lead", "en"), is_sentence("a control commission", "en")
    (True, False)
    """
    pattern = _pattern("sentence", language)
    return bool(pattern and pattern.search(words))


def is_poor(label: str, language: str) -> bool:
    """Tell whether a label is only the end of a clause, or an adverb, and names no matter.

    >>> is_poor("before long", "en"), is_poor("meeting before long", "en")
    (True, False)
    """
    poor = _pattern("poor", language)
    return bool(poor and poor.fullmatch(label))


@lru_cache(maxsize=_PHRASES)
def is_bare(phrase: str, language: str) -> bool:
    """Tell whether a phrase says no more than that something was proposed.

    >>> is_bare("your proposals", "en"), is_bare("your proposal about peace", "en")
    (True, False)
    """
    bare = _pattern("bare", language)
    return bool(bare and bare.fullmatch(" ".join(phrase.split()).strip(_EDGES)))


def label_point(point: str, part: str | None, whose: str | None, day: str | None) -> str:
    """Return the label of a numbered point.

    >>> label_point("3", "b", "Mao", "1951-07-03")
    "Mao's point 3, second part (3 July 1951)"
    >>> label_point("2", None, None, None)
    'point 2'
    """
    words = f"{whose}'s point {point}" if whose else f"point {point}"
    if part:
        words += f", {_part(part)}"
    return f"{words} ({day_in_words(day)})" if day else words


def _part(part: str) -> str:
    names: list[str] = _DATA["parts"]
    index = ord(part[0].lower()) - ord("a")
    return f"{names[index]} part" if len(part) == 1 and 0 <= index < len(names) else f"part {part}"


def short_name(entity: str, label: str) -> str:
    """Return the word of a label by which the entity goes: that of its key.

    >>> short_name("person/mao", "Mao Zedong"), short_name("group/americans", "the Americans")
    ('Mao', 'the Americans')
    """
    key = entity.rpartition("/")[2]
    if not entity.startswith("person/"):
        return label
    return next((word for word in label.split() if _slug(word) == key), label)


def _slug(word: str) -> str:
    return slug(word) if re.search(r"[^\W_]", word) else ""


def day_in_words(edtf: str) -> str:
    """Return an EDTF day as English prose has it; what is no day stays as it is.

    >>> day_in_words("1951-07-03"), day_in_words("1951-07")
    ('3 July 1951', '1951-07')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", edtf)
    months: list[str] = _DATA["months"]
    if match is None or not 1 <= int(match[2]) <= len(months):
        return edtf
    return f"{int(match[3])} {months[int(match[2]) - 1]} {match[1]}"


def key_of(label: str, language: str) -> str:
    """Return the last step of the path of a proposal that goes by *label*.

    >>> key_of("commission of representatives of neutral states chosen by both of the sides", "en")
    'commission-of-representatives-of-neutral-states-chosen'
    """
    words = label if len(label) <= _LONGEST_KEY else _whole_words(label, language, _LONGEST_KEY)
    try:
        return slug(words)
    except ValueError:
        return "unnamed"


def _cut(words: str, language: str, limit: int) -> str:
    """Cut a phrase before what only adds to it, else between words."""
    if len(words) <= limit:
        return words
    cut = _pattern("cut", language)
    ends = [match.start() for match in cut.finditer(words, limit // 3)] if cut else []
    fitting = [end for end in ends if end <= limit]
    if fitting:
        return words[: fitting[-1]].strip(_EDGES)
    return _whole_words(words, language, limit)


def _whole_words(words: str, language: str, limit: int) -> str:
    """Cut a phrase between words, after one that can end it."""
    kept = words[:limit].rpartition(" ")[0].strip(_EDGES) or words[:limit]
    tail = _pattern("tail", language)
    ends = [m.start() for m in tail.finditer(kept) if m.end() == len(kept)] if tail else []
    return kept[: ends[0]] if ends else kept


@cache
def _pattern(name: str, language: str) -> re.Pattern[str] | None:
    pattern = _DATA[name].get(language)
    return re.compile(pattern) if pattern else None
