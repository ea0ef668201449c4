"""Tell by what stands beside words whether they are somebody's name: brackets, titles, verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cablegraph.authorities.romanise import strip_marks
from cablegraph.extraction.people_names import (
    Sighting,
    bare_name,
    is_asian,
    is_common,
    is_post,
)
from cablegraph.extraction.people_words import (
    Word,
    Words,
    given_names,
    lower_words,
    titles,
    words_in,
)

_APPOSITION = re.compile(r",\s+")
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
NEAR = 40  # words before a name among which a bracket opens or a list begins


def completes(text: str, end: int, one: Sequence[Word]) -> bool:
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
    return len(words) > 1 and not is_common(words[-1]) and is_post(words[-2])


def _closes(text: str, at: int) -> bool:
    """Tell whether a bracket closes right before *at*."""
    first = max(0, at - _BRACKET)
    while at > first and text[at - 1].isspace():
        at -= 1
    return at > first and text[at - 1] == "]"


def find_completed(
    text: str, one: Sequence[Word], words: Sequence[Word], at: int
) -> Sighting | None:
    """Return the name that a bracket before it completes: "[Ambassador Edward] Drożniak"."""
    if not _closes(text, one[0].start):
        return None
    bare = bare_name(text, one)
    match = _CLOSED.search(text, max(0, bare.start - _BRACKET), bare.start)
    if match is None:
        return None
    before = words[max(0, at - NEAR) : at]
    inner: list[Word] = []
    for word in reversed(before):
        if word.start < match.start("inner"):
            break
        if not word.capital or is_common(word):
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


def find_given_behind(text: str, one: Sequence[Word], written: str) -> Sighting | None:
    """Return a family name of East Asia with the given name behind it: "Wang [Jiaxiang]"."""
    match = _BEHIND.match(text, one[-1].end)
    if match is None or " " in written:
        return None
    full = f"{written} {match['given']}"
    if not is_asian(Words(full)):
        return None
    return Sighting(one[0].start, one[-1].end, full, written)


def is_after_title(text: str, words: Sequence[Word], at: int) -> bool:
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


def is_before_cue(text: str, words: Sequence[Word], run: range) -> bool:
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
    return is_post(words[at]) and not adverb and not _is_lower_elsewhere(text, last)


def _is_lower_elsewhere(text: str, word: Word) -> bool:
    """Tell whether the text has the same word in lower case, so that it is no name."""
    return word.plain in lower_words(text)
