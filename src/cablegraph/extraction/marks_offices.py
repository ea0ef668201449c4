"""Say which office the words of a stamp name, where letters and line ends got out of order."""

from __future__ import annotations

import re
from functools import lru_cache

from cablegraph.authorities.romanise import name_key, romanise, slug
from cablegraph.authorities.table import Authorities
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.marks_repair import distance
from cablegraph.extraction.names import Form, Known, Names

_SMALL = frozenset(settings("marks")["return"]["not_name"])
# Share of the letters that two names must have in common, and by how much the best must lead the
# second best. Measured on listed Russian names of three words and more, in chance order and with
# one letter in eight changed, 20 times each: 94 % are found and none is taken for another. At
# 0.75 a department is taken for the staff that it belongs to.
ALIKE = 0.85
_LEAD = 0.05
_NUMERAL = re.compile(r"[ivxlc]+|\d+\w*")
_SHORTEST_STEM = 3
_Words = tuple[tuple[str, bool], ...]


def find_office(words: str, language: str, names: Names) -> Known:
    """Return the listed body that *words* name best, else an unlisted one with that label.

    Shape: words may stand in any order, be cut short by a full stop, and be misread; who is
        found is never more than probable.
    """
    scores: dict[str, float] = {}
    mine = _words(words)
    for entity, form in _forms(names.authorities, language):
        theirs = _words(form)
        if _numerals(mine) == _numerals(theirs):
            scores[entity] = max(scores.get(entity, 0.0), likeness(mine, theirs))
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best = ranked[0] if ranked else ("", 0.0)
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if best[1] >= ALIKE and best[1] - second >= _LEAD:
        return Known(best[0], None, True, "probable")
    return _unlisted(words, language, names.authorities)


def _unlisted(words: str, language: str, authorities: Authorities) -> Known:
    """Make a body of words that nobody knows, as they stand."""
    latin = romanise(words) if language == "ru" else words
    entity = f"org/{slug(latin)}"
    if entity in authorities:  # the same letters, but nothing says it is the same one
        entity += "-unidentified"
    form = Form(name_key(words, language), words, language, "common")
    labels = {"en": latin, "ru": words} if language == "ru" else {"en": words}
    return Known(entity, form, False, "probable", labels)


def _forms(authorities: Authorities, language: str) -> list[tuple[str, str]]:
    found = []
    for entity in authorities.of_type("body"):
        label = entity.label_ru if language == "ru" else entity.label_en
        found.append((entity.key, label))
        found += [(entity.key, n.form) for n in authorities.names(entity.key)]
    return [(key, form) for key, form in found if form]


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> _Words:
    """Return the words of a name in small letters, each with whether a full stop cuts it."""
    plain = re.sub(r"\((\w+)\)", r"\1", text).lower().replace("ё", "е")
    found = re.findall(r"([^\W_]+)(\.?)", plain)
    return tuple((word, bool(stop)) for word, stop in found if word not in _SMALL)


def _numerals(words: _Words) -> set[str]:
    """Return the numbers in a name: the fourth part is not the fifth."""
    return {word for word, _ in words if _NUMERAL.fullmatch(word)}


def likeness(one: _Words, other: _Words) -> float:
    """Return the share of letters that two names have in common, whatever the order of words."""
    total = sum(len(word) for word, _ in one) + sum(len(word) for word, _ in other)
    left = list(other)
    shared = 0.0
    for word in one:
        best = max(left, key=lambda name: _alike(word, name), default=None)
        if best is None or (share := _alike(word, best)) <= 0:
            continue
        left.remove(best)
        shared += share * (len(word[0]) + len(best[0]))
    return shared / total if total else 0.0


def _alike(one: tuple[str, bool], other: tuple[str, bool]) -> float:
    (left, cut), (right, cut_too) = one, other
    stem, whole = sorted((left, right), key=len)
    short = cut if len(left) < len(right) else cut_too
    if short and len(stem) >= _SHORTEST_STEM and whole.startswith(stem):
        return 1.0
    if 2 * (len(whole) - len(stem)) > len(whole):
        return 0.0  # more than half of the letters differ
    share = 1 - distance(left, right) / max(len(left), len(right))
    return share if share >= 0.5 else 0.0
