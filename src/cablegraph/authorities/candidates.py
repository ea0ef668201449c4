"""Whom or what a written name may stand for, each with its score, its rule and the reason.

Every rule is tried and the most trusted one counts for each entity. Namesakes stay namesakes: they
come back with one score, and only a context may tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from cablegraph.authorities.keys import (
    CASE,
    CHINESE,
    FOLD,
    INITIALS,
    KOREAN,
    KOREAN_LOOSE,
    SOUNDS,
    SURNAME,
    Key,
    is_family_first,
    read_keys,
)
from cablegraph.authorities.scripts.letters import Name, find_name
from cablegraph.authorities.scripts.misreadings import count_slips, shape
from cablegraph.authorities.scripts.tables import read_table

AS_WRITTEN = "as-written"
OCR = "ocr"
#: Rules whose keys are the letters of the name, where misread letters are looked for.
_LETTERS = (FOLD, CASE)
#: Shortest name, in letters, in which one letter, and two letters, may be misread. Swept over the
#: part "dev" of name-pairs.csv: from 5 on another name is reached, from 7 on slips are lost; for
#: two letters 8 to 12 make no difference.
ONE_SLIP, TWO_SLIPS = 6, 10
#: What is left of a score when the context speaks against the entity, or for another of the name.
_CONTRADICTED, _LESS_LIKELY = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A form of a name and the key of the entity it belongs to."""

    entity: str
    form: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the place where a name stands; whatever is not known is left empty."""

    year: int | None = None
    near: frozenset[str] = frozenset()  # entities that correspond or are named nearby
    bracket: str = ""  # the name an editor gives in brackets


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for."""

    entity: str
    score: float  # 0 to 1
    rule: str
    form: str  # the form of the entity that met
    explanation: str


@dataclass(slots=True)
class NameIndex:
    """Forms by their keys; ``periods`` has the first and last year of an entity, where known."""

    periods: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    _names: list[IndexedName] = field(default_factory=list)
    _by_key: dict[str, dict[str, list[tuple[int, str]]]] = field(default_factory=dict)
    _by_shape: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, names: Iterable[IndexedName]) -> None:
        """Add forms to the index."""
        for name in names:
            place = len(self._names)
            self._names.append(name)
            for (rule, value), system in read_keys(name.form, name.language).items():
                self._by_key.setdefault(rule, {}).setdefault(value, []).append((place, system))
                if rule in _LETTERS:
                    self._by_shape.setdefault(shape(value), []).append((place, value))

    def find(self, rule: str, value: str) -> Iterator[tuple[IndexedName, str]]:
        """Yield the forms that have a key, each with the scheme by which it was read."""
        for place, system in self._by_key.get(rule, {}).get(value, ()):
            yield self._names[place], system

    def find_shape(self, value: str) -> Iterator[tuple[IndexedName, str]]:
        """Yield the forms whose letters look like those of *value*, with their letters."""
        for place, letters in self._by_shape.get(shape(value), ()):
            yield self._names[place], letters


@cache
def _trust() -> dict[str, tuple[float, str]]:
    return {row["rule"]: (float(row["score"]), row["words"]) for row in read_table("trust.csv")}


def find_candidates(
    words: str, language: str | None, index: NameIndex, *, context: Context | None = None
) -> list[Candidate]:
    """Return whom or what a name may stand for, the most likely first, equals by key.

    Shape: one candidate for each entity, by the rule that is trusted most.
    """
    best: dict[str, Candidate] = {}
    for one in (*_by_keys(words, language, index), *_by_shape(words, language, index)):
        known = best.get(one.entity)
        if known is None or (-one.score, one.form) < (-known.score, known.form):
            best[one.entity] = one
    found = _weighed(list(best.values()), index, context or Context())
    return sorted(found, key=lambda one: (-one.score, one.entity))


def _by_keys(words: str, language: str | None, index: NameIndex) -> Iterator[Candidate]:
    for key, mine in read_keys(words, language).items():
        for name, yours in index.find(*key):
            if may_join(key.rule, words, name.form):
                yield _candidate(words, key, name, (mine, yours))


def may_join(rule: str, left: str, right: str) -> bool:
    """Say whether two forms that share a key of *rule* may name the same.

    Shape: initials join a short form with a full one, or with initials that agree as far as both
        go; a family name joins only a form that is nothing more.
    """
    one, other = find_name(left), find_name(right)
    if rule in (KOREAN, KOREAN_LOOSE):  # Chinese names tell more by their syllables
        return not (_is_chinese(left) and _is_chinese(right))
    if rule == SOUNDS:  # within Cyrillic the letters themselves say more
        return not one.script == other.script == "cyrl"
    if rule == SURNAME:
        return any(len(name.words) == 1 and not name.initials for name in (one, other))
    if rule != INITIALS:
        return True
    if not one.initials and not other.initials:
        return False
    if one.script != other.script:
        return True  # the key has compared the first of them
    return all(a == b for a, b in zip(_initials(one), _initials(other), strict=False))


def _is_chinese(form: str) -> bool:
    found = read_keys(form).items()
    return any(rule == CHINESE and by in ("pinyin", "palladius") for (rule, _), by in found)


def _initials(name: Name) -> list[str]:
    """Return the initials of a name: its own, or those of its given names where it has several."""
    if name.initials:
        return [initial[0] for initial in name.initials]
    given = name.words[1:] if is_family_first(name) else name.words[:-1]
    return [word[0] for word in given] if len(given) > 1 else []


def _candidate(words: str, key: Key, name: IndexedName, systems: tuple[str, str]) -> Candidate:
    rule = key.rule
    if rule == FOLD and words == name.form:
        rule = AS_WRITTEN
    score, reason = _trust()[rule]
    explanation = f"«{words}» {reason}: «{name.form}»"
    if rule not in (AS_WRITTEN, FOLD):
        explanation += f" ({' and '.join(dict.fromkeys(systems))}: {key.value})"
    return Candidate(name.entity, score, rule, name.form, explanation)


def _by_shape(words: str, language: str | None, index: NameIndex) -> Iterator[Candidate]:
    score, reason = _trust()[OCR]
    for rule, mine in read_keys(words, language):
        if rule not in _LETTERS or len(mine) < ONE_SLIP:
            continue
        for name, letters in index.find_shape(mine):
            slips = count_slips(mine, letters)
            if slips and slips <= (2 if len(mine) >= TWO_SLIPS else 1):
                part = round(score - 0.05 * (slips - 1), 2)
                explanation = f"«{words}» {reason}: «{name.form}» ({mine} read for {letters})"
                yield Candidate(name.entity, part, OCR, name.form, explanation)


def _weighed(candidates: list[Candidate], index: NameIndex, context: Context) -> list[Candidate]:
    """Let the context lower what it speaks against; without one all stays as it is."""
    found = [_dated(one, index, context.year) for one in candidates]
    favoured = {one.entity for one in found if one.entity in context.near}
    if context.bracket:
        named = find_candidates(context.bracket, None, index)
        favoured = {one.entity for one in named if one.score == named[0].score} or favoured
    if not favoured & {one.entity for one in found}:
        return found
    return [
        one
        if one.entity in favoured
        else replace(
            one,
            score=round(one.score * _LESS_LIKELY, 3),
            explanation=one.explanation + "; the context names another of that name",
        )
        for one in found
    ]


def _dated(one: Candidate, index: NameIndex, year: int | None) -> Candidate:
    first, last = index.periods.get(one.entity, (None, None))
    if year is None or ((first is None or first <= year) and (last is None or year <= last)):
        return one
    reason = f"; {year} is not in its time, {first or ''}/{last or ''}"
    score = round(one.score * _CONTRADICTED, 3)
    return replace(one, score=score, explanation=one.explanation + reason)
