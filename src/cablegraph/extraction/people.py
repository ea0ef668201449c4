"""Recognise names of persons in running text by what stands with them, without any list of people.

A capitalised word is believed to be somebody's name where a title, a rank or a trade stands before
it, a post after it, a given name or initials within it, where a bracket completes it, or where its
syllables are those of a name that begins with an East Asian family name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cablegraph.authorities.romanise import is_cyrillic, strip_marks
from cablegraph.extraction.people_words import (
    Word,
    Words,
    given_names,
    lower_words,
    plain_word,
    syllables,
    titles,
    without_possessive,
    words_in,
)

_NUMERAL = re.compile(r"[ivxlc]{2,}")
# What may part two words of one name: white space, or the stop of an initial.
_SPACE = re.compile(r"\.?[ \t\u00a0]*\n?[ \t\u00a0]*")
_APPOSITION = re.compile(r",\s+")
_ITEM = re.compile(r"\s*,\s*(?:and\s+|и\s+)?|\s+(?:and|и)\s+")
_BEFORE_NAME = re.compile(r"\]\s+(?P<next>[^\W\d_a-zа-яё][^\W\d_]*)")
# "General of the Army", "Minister for Foreign Affairs": what may stand between title and name.
_OF = re.compile(
    r"(?P<title>[^\W\d_][\w'’-]*)\s+(?:of|to|for|in|at)"
    r"(?:\s+(?:of|to|for|in|at|and|the|[A-Z][\w'’-]*)){1,8}\s+$"
)
_OPENS = re.compile(r"\.?\s{1,3}|\.?\s*[\[(]")  # between a title and the name behind it
_CLOSED = re.compile(r"\[(?P<inner>[^\[\]]{2,120})\]\s*$")
_BEHIND = re.compile(r"\s\[(?P<given>[A-Z][\w'’-]+)\]")
_WINDOW = 90  # characters in which a title with its office stands
_BRACKET = 130  # characters in which a bracket before a name stands
_NEAR = 40  # words before a name among which a bracket opens or a list begins
_MOST_WORDS = 5  # of a name with its particles, as in Roberto de Oliveira Campos Neto
_WRAPPED = 45  # characters of a line that may have been broken within a name
_SHORTEST = 3  # letters of a single word that only a verb or a post shows to be a name

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name found; ``full`` is the whole name, which a bracket may bring, ``start``-``end`` stand.

    Shape: ``family`` is the part that may stand for the person later: the surname, or the whole of
        a name that begins with the family name.
    """

    start: int
    end: int
    full: str
    family: str


def find_people(text: str, taken: Sequence[Span], person: Callable[[str], bool]) -> list[Sighting]:
    """Return the names of persons in *text*, in order.

    Shape: *taken* are the places of names of places, bodies and groups, in order, which are no
        part of a person's name; *person* knows the names of persons by themselves.
    """
    words = Words(text)
    found: list[Sighting] = []
    for run in _runs(text, words, taken):
        sighting = _sight(text, words, run, person) or _item(text, words, run, found)
        if sighting is not None:
            found.append(sighting)
    return found


def _runs(text: str, words: Words, taken: Sequence[Span]) -> Iterator[range]:
    """Yield the stretches of capitalised words that can be names, by place in *words*."""
    end, covered = 0, _Covered(taken)
    for start, written in words.capitals():
        if start < end or _is_never(written):
            continue
        if _is_common(words[start]) or covered.holds(words[start]):
            continue
        end = start + 1
        while end < len(words) and _goes_on(text, words, end) and not covered.holds(words[end]):
            end += 1
        while words[end - 1].plain in words_in("between", "particles") and end > start + 1:
            end -= 1
        yield range(start, end)


class _Covered:
    """Tell which words stand in the places of names already known; asked in order."""

    def __init__(self, taken: Sequence[Span]) -> None:
        self._taken = sorted(taken)
        self._at = 0

    def holds(self, word: Word) -> bool:
        """Tell whether *word* is part of such a name."""
        while self._at < len(self._taken) and self._taken[self._at][1] <= word.start:
            self._at += 1
        return self._at < len(self._taken) and self._taken[self._at][0] < word.end


def family_of(name: str) -> str:
    """Return the part of a whole name that may stand for it later.

    >>> family_of("Luiz Leivas Bastian Pinto"), family_of("Ri Jong-mok")
    ('Bastian Pinto', 'Ri Jong-mok')
    """
    words = Words(name)
    return _family(words) if words else name


def may_be_surname(word: str, text: str) -> bool:
    """Tell whether a lone word before a verb may be somebody's name, and is no common word.

    Shape: what *text* has in small letters too only begins a sentence.

    >>> may_be_surname("Department", ""), may_be_surname("Measures", "the measures")
    (False, False)
    """
    found = Words(word)
    common = not found or _is_common(found[0])
    return not common and strip_marks(word) not in lower_words(text)


def _is_common(word: Word) -> bool:
    """Tell whether a word is a title, a month, the beginning of a sentence: nobody's name."""
    plain = word.plain.rstrip(".")
    if len(plain) == 1 and word.dotted:
        return False
    numeral = word.text.isupper() and _NUMERAL.fullmatch(plain) and not _is_asian_family(plain)
    return _is_nobody(plain) or bool(numeral)


@lru_cache(maxsize=1 << 14)
def _is_never(written: str) -> bool:
    """Tell whether a word is a common one whatever stands behind it: all but an initial."""
    plain = plain_word(without_possessive(written)).rstrip(".")
    return len(plain) > 1 and _is_nobody(plain)


@lru_cache(maxsize=1 << 14)
def _is_nobody(plain: str) -> bool:
    """Tell whether a word is on a list of those that are nobody's name."""
    if _is_asian_family(plain):
        return plain in titles()
    stop = words_in("words", "stop")
    return (
        plain in stop
        or plain in words_in("words", "stop_ru")
        or plain in titles()
        or plain.removesuffix("s") in stop
    )


def _is_asian_family(plain: str) -> bool:
    return plain in words_in("asian", "chinese") or plain in words_in("asian", "korean")


def _goes_on(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether the word at *at* goes on with the name of the word before it."""
    before, word = words[at - 1], words[at]
    gap = text[before.end : word.start]
    if not _SPACE.fullmatch(gap) or (gap[:1] == "." and not before.initial):
        return False
    if word.plain in words_in("between", "particles") and not word.text.isupper():
        return True
    wraps = "\n" not in gap or before.end - text.rfind("\n", 0, before.end) > _WRAPPED
    return word.capital and not _is_common(word) and wraps


def _sight(
    text: str, words: Sequence[Word], run: range, person: Callable[[str], bool]
) -> Sighting | None:
    run = range(run.start, min(run.stop, run.start + _MOST_WORDS))
    one = [words[place] for place in run]
    start, end = one[0].start, one[-1].end
    written = text[start:end]
    if given := _given_behind(text, one, written):
        return given
    if completed := _completed(text, one, words, run.start):
        return completed
    if _completes(text, end, one):
        return None
    if _is_full(one) or person(written):
        return _bare(text, one)
    if _names_more(text, words, run.stop):
        return None
    if _after_title(text, words, run.start):
        return _bare(text, one)
    if len(written) >= _SHORTEST and not is_cyrillic(written) and _before_cue(text, words, run):
        return _bare(text, one)
    return None


def _bare(text: str, one: Sequence[Word]) -> Sighting:
    """Return the name that words are by themselves."""
    start, end = one[0].start, one[-1].end
    return Sighting(start, end, text[start:end], _family(one))


def _names_more(text: str, words: Sequence[Word], stop: int) -> bool:
    """Tell whether a capitalised common word goes on: "General Claims Convention" is nobody."""
    if stop >= len(words) or not words[stop].capital:
        return False
    gap = text[words[stop - 1].end : words[stop].start]
    return gap in (" ", "' ", "’ ", "\u00a0") and words[stop].plain not in titles()


def _family(one: Sequence[Word]) -> str:
    """Return the part of a name that stands for it later: what follows the given names."""
    if _is_asian(one):
        return " ".join(word.text for word in one)
    rest = list(one)
    while len(rest) > 1 and (rest[0].initial or rest[0].plain in given_names()):
        rest.pop(0)
    most = 1 if len(rest) == len(one) else 2  # a given name may be one that is not listed
    if len(rest) > most and rest[0].plain not in words_in("between", "particles"):
        rest = rest[1:]
    return " ".join(word.text for word in rest)


def _is_full(one: Sequence[Word]) -> bool:
    """Tell whether words make a whole name by themselves: given name or initials, and surname."""
    first, last = one[0], one[-1]
    if len(one) < 2:
        return False
    if last.initial or len(last.plain) < 2:
        return False
    if first.initial:
        letters = "".join(word.plain for word in one if word.initial).replace(".", "")
        return letters not in words_in("between", "no_initials") and not last.text.isdigit()
    return first.plain in given_names() or _is_asian(one)


def _is_asian(one: Sequence[Word]) -> bool:
    """Tell whether words are a family name of East Asia and the syllables of given names."""
    if not 2 <= len(one) <= 4 or any(word.initial for word in one):
        return False
    rest = [word.plain.replace("’", "'").replace("‘", "'") for word in one[1:]]
    return any(
        one[0].plain in surnames and all(map(given.fullmatch, rest))
        for surnames, given in syllables()
    )


def _completes(text: str, end: int, one: Sequence[Word]) -> bool:
    """Tell whether words are the given names that a bracket sets before a surname."""
    after = _BEFORE_NAME.match(text, end)
    if after is None or strip_marks(after["next"]) in titles() | words_in("words", "stop"):
        return False
    return one[0].initial or one[0].plain in given_names() or len(one) == 1


def is_completed(text: str, start: int) -> bool:
    """Tell whether a bracket before *start* shows the word there to be somebody's surname.

    >>> text = "Minister [Hermes] Lima flew to [the capital] Lima"
    >>> is_completed(text, 18), is_completed(text, 45)
    (True, False)
    """
    closed = _closes(text, start)
    match = _CLOSED.search(text, max(0, start - _BRACKET), start) if closed else None
    words = Words(match["inner"]) if match else ()
    if not words or not words[-1].capital:
        return False
    if words[-1].plain in given_names() or words[-1].initial:
        return True
    return len(words) > 1 and not _is_common(words[-1]) and _is_post(words[-2])


def _closes(text: str, at: int) -> bool:
    """Tell whether a bracket closes right before *at*."""
    first = max(0, at - _BRACKET)
    while at > first and text[at - 1].isspace():
        at -= 1
    return at > first and text[at - 1] == "]"


def _completed(text: str, one: Sequence[Word], words: Sequence[Word], at: int) -> Sighting | None:
    """Return the name that a bracket before it completes: "[Ambassador Edward] Drożniak"."""
    if not _closes(text, one[0].start):
        return None
    bare = _bare(text, one)
    match = _CLOSED.search(text, max(0, bare.start - _BRACKET), bare.start)
    if match is None:
        return None
    before = words[max(0, at - _NEAR) : at]
    inner: list[Word] = []
    for word in reversed(before):
        if word.start < match.start("inner"):
            break
        if not word.capital or _is_common(word):
            break
        known = word.plain in given_names() or word.initial
        if inner and not known:
            break
        inner.insert(0, word)
    last = before[-1] if before else None
    if not inner or last is None or text[last.end : match.end("inner")].strip(" ."):
        title = last is not None and last.plain in titles()
        return bare if title else None
    given = text[inner[0].start : match.end("inner")].strip()
    return replace(bare, full=f"{given} {bare.full}", family=bare.full)


def _given_behind(text: str, one: Sequence[Word], written: str) -> Sighting | None:
    """Return a family name of East Asia with the given name behind it: "Wang [Jiaxiang]"."""
    match = _BEHIND.match(text, one[-1].end)
    if match is None or " " in written:
        return None
    full = f"{written} {match['given']}"
    if not _is_asian(Words(full)):
        return None
    return Sighting(one[0].start, one[-1].end, full, written)


def _after_title(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether a title stands right before the word at *at*, or a bracket that one opens."""
    if at == 0:
        return False
    before = words[at - 1]
    gap = text[before.end : words[at].start]
    if before.plain.rstrip(".") not in titles():
        return before.capital and _after_office(text, words[at].start)
    return bool(_OPENS.fullmatch(gap)) and "\n\n" not in gap


def _after_office(text: str, at: int) -> bool:
    """Tell whether a title with its office stands right before *at*: "Minister of Trade"."""
    found = _OF.finditer(text[max(0, at - _WINDOW) : at])
    return any(strip_marks(match["title"]) in words_in("titles", "en") for match in found)


def _before_cue(text: str, words: Sequence[Word], run: range) -> bool:
    """Tell whether a verb of saying follows, or a post set off by a comma."""
    if run.stop >= len(words):
        return False
    last, after = words[run.stop - 1], words[run.stop]
    gap = text[last.end : after.start]
    if gap.isspace() and len(gap) <= 2:
        said = after.plain in words_in("after", "en")
        return said and not _is_lower_elsewhere(text, last)
    if not _APPOSITION.fullmatch(gap):
        return False
    at = run.stop
    while at < len(words) - 1 and words[at].plain in words_in("titles", "beside"):
        at += 1
    adverb = last.plain.endswith("ly") and run.stop - run.start == 1
    return _is_post(words[at]) and not adverb and not _is_lower_elsewhere(text, last)


def _is_post(word: Word) -> bool:
    parts = word.plain.split("-")
    return any(part in titles() for part in (word.plain, *parts))


def _is_lower_elsewhere(text: str, word: Word) -> bool:
    """Tell whether the text has the same word in lower case, so that it is no name."""
    return word.plain in lower_words(text)


def _item(
    text: str, words: Sequence[Word], run: range, found: Sequence[Sighting]
) -> Sighting | None:
    """Return a name that goes on a list: "Comrades A, B and C"."""
    if not found or not _ITEM.fullmatch(text[found[-1].end : words[run.start].start]):
        return None
    first = _head_of(text, found)
    near = words[max(0, run.start - _NEAR) : run.start]
    head = next((word for word in reversed(near) if word.end <= first), None)
    if head is None or head.plain.rstrip(".") not in words_in("titles", "plural"):
        return None
    return _bare(text, [words[place] for place in run])


def _head_of(text: str, found: Sequence[Sighting]) -> int:
    """Return where the list begins that the last name found belongs to."""
    first = len(found) - 1
    while first and _ITEM.fullmatch(text[found[first - 1].end : found[first].start]):
        first -= 1
    return found[first].start
