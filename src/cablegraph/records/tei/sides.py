"""Read one side of a head: the parties on it, each a post, a body, a group or a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from cablegraph.records.stated import AgentKind
from cablegraph.records.tei.vocabulary import load

Stretch: TypeAlias = tuple[int, int]

_BRACKETS = re.compile(r"\(([^()]*)\)")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_WORD = r"(?:[^\W\d_a-z][\w.’'-]*|d[eu]|la|von|van|der|den|zu|[ydé]’?)"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
# "the Russian Minister, Mr. A": the honorific makes sure that it is the minister's name.
_APPOSED = re.compile(
    r"(?P<office>[^,()]+),\s+(?P<name>(?:M|Mr|Mrs|Dr|Count|Baron|Prince|General|Sir|Lord)\b\.?\s[^,()]+)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One party.

    Units: offsets in the words searched.
    """

    kind: AgentKind
    name: Stretch
    office: Stretch | None = None


@cache
def _wording(name: str) -> re.Pattern[str]:
    return re.compile(load("heads.toml")[name], re.IGNORECASE | re.VERBOSE)


@cache
def _spaced(name: str) -> re.Pattern[str]:
    return re.compile(load("heads.toml")[name], re.IGNORECASE)


def read_side(words: str, start: int, end: int) -> Iterator[Found]:
    """Yield the parties between two places of a head."""
    for first, last in _divide(words, start, end):
        yield from _party(words, *_trim(words, first, last))


def _divide(words: str, start: int, end: int) -> Iterator[Stretch]:
    """Cut at "and" where another party begins; not within brackets."""
    at = start
    for found in _spaced("and").finditer(words, start, end):
        before = words[start : found.start()]
        if before.count("(") == before.count(")"):
            yield at, found.start()
            at = found.end()
    yield at, end


def _trim(words: str, start: int, end: int) -> Stretch:
    part = words[start:end]
    start += len(part) - len(part.lstrip(" ,.;"))
    end = start + len(words[start:end].rstrip(" ,;"))
    while end > start and words[end - 1] == "." and not _is_initial(words[start:end]):
        end -= 1
    return start, end


def _is_initial(words: str) -> bool:
    """Tell whether the full stop at the end belongs to the last word."""
    return re.search(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Co|Ltd|Esq))\.$", words) is not None


def _party(words: str, start: int, end: int) -> Iterator[Found]:
    if start >= end:
        return
    article = _ARTICLE.match(words, start, end)
    bare = article.end() if article else start
    inner = _BRACKETS.search(words, bare, end)
    if inner and _is_name(inner[1]):
        office = _trim(words, bare, inner.start())
        for first, last in _names(words, *inner.span(1)):
            yield Found("person", _without(words, first, last), _filled(office))
        return
    if inner:
        end = _trim(words, bare, inner.start())[1]
    if bare >= end:
        return
    yield from (_unnamed(words, bare, end) if article else _bare(words, bare, end))


def _filled(stretch: Stretch) -> Stretch | None:
    return stretch if stretch[0] < stretch[1] else None


def _is_name(words: str) -> bool:
    return bool(words) and _NAME.match(words) is not None


def is_signature(words: str) -> bool:
    """Tell whether a line has the shape of a name alone, and not of a formula or a post.

    >>> is_signature("A. B. Clark"), is_signature("Your servant A. B. Clark")
    (True, False)
    """
    return _NAME.fullmatch(words) is not None and find_noun(words) is None


def _names(words: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for found in _spaced("names").finditer(words, start, end):
        yield _trim(words, at, found.start())
        at = found.end()
    yield _trim(words, at, end)


def _joined(words: str, start: int, end: int) -> list[Stretch]:
    """Part names that "and" joins; a comma alone may stand before a town."""
    several = list(_names(words, start, end))
    if " and " in words[start:end] and all(_NAME.fullmatch(words, *one) for one in several):
        return several
    return [(start, end)]


def _without(words: str, start: int, end: int) -> Stretch:
    """Leave out what stands before a name: "Mr.", a rank."""
    for kind in ("honorific", "rank", "rank", "rank"):
        found = _wording(kind).match(words, start, end)
        if found and words[found.end() : found.end() + 1] == " " and found.end() + 1 < end:
            start = found.end() + 1
    return start, end


def _unnamed(words: str, start: int, end: int) -> Iterator[Found]:
    """Yield what stands under an article: a post, a body or a group, or a post with its holder."""
    if named := _APPOSED.fullmatch(words, start, end):
        yield Found("person", _without(words, *named.span("name")), named.span("office"))
        return
    if titled := _titled(words, start, end):
        yield titled
    elif not _spaced("written").search(words, start, _core(words, start, end)):
        yield Found(kind_of(words[start:end]), (start, end))


def _core(words: str, start: int, end: int) -> int:
    """Return where the noun ends that what follows only tells more of."""
    cut = _spaced("cut").search(words, start, end)
    return cut.start() if cut else end


def _bare(words: str, start: int, end: int) -> Iterator[Found]:
    """Yield what stands without an article: a name, with or without a title; a body."""
    honoured = _wording("honorific").match(words, start, end)
    if honoured:
        yield from _honoured(words, honoured.end() + 1, end)
        return
    if titled := _titled(words, start, end):
        yield titled
        return
    ranked = _without(words, start, end)
    if (
        ranked[0] > start
        and _is_name(words[slice(*ranked)])
        and not find_noun(words[slice(*ranked)])
    ):
        for first, last in _joined(words, *ranked):
            yield Found("person", _without(words, first, last))
    elif employed := _employed(words, start, end):
        yield employed
    elif _spaced("several").match(words, start, end):
        yield Found("group", (start, end))
    elif kind := find_noun(words[start:end]):
        yield Found(kind, (start, end))
    else:
        yield from (Found("person", name) for name in _joined(words, start, end))


def _honoured(words: str, start: int, end: int) -> Iterator[Found]:
    """Read "Mr. Hay", "Messrs. A and B", "Mr. Hay, Secretary of State"."""
    comma = words.find(",", start, end)
    if comma > 0 and find_noun(words[comma + 1 : end]):
        office = _trim(words, comma + 1, end)
        article = _ARTICLE.match(words, *office)
        filled = (article.end(), office[1]) if article else office
        yield Found("person", _without(words, start, comma), filled)
        return
    if of := _spaced("employed").search(words, start, end):
        yield Found("person", _without(words, start, of.start()), (of.end(), end))
        return
    for first, last in _names(words, start, end):
        yield Found("person", _without(words, first, last))


def _titled(words: str, start: int, end: int) -> Found | None:
    """Read "Secretary of State Vance", "Prime Minister Wilson": the title and who bears it."""
    title = _wording("titled").match(words, start, end)
    if title is None or words[title.end() : title.end() + 1] != " ":
        return None
    first = title.end() + 1
    name = _NAME.fullmatch(words, first, end)
    if name is None or find_noun(words[first:end]) or not words[first].isupper():
        return None
    return Found("person", _without(words, first, end), (start, title.end()))


def _employed(words: str, start: int, end: int) -> Found | None:
    """Read "A. B. Clark of the Policy Planning Staff"."""
    of = _spaced("employed").search(words, start, end)
    if of is None or find_noun(words[start : of.start()]):
        return None
    name = _NAME.fullmatch(words, start, of.start())
    if name is None or len(name[0].split()) < 2:
        return None
    return Found("person", (start, of.start()), (of.end(), end))


def kind_of(words: str) -> AgentKind:
    """Return what a description without a name stands for.

    >>> kind_of("Secretary of State"), kind_of("American Embassy"), kind_of("Powers")
    ('position', 'org', 'group')
    """
    if _spaced("several").match(words):
        return "group"
    return find_noun(words) or "position"


def find_noun(words: str) -> AgentKind | None:
    """Return the kind by the last noun before a preposition, or of any noun there is."""
    core = words[: found.start()] if (found := _spaced("cut").search(words)) else words
    for part in (core, words):
        for word in reversed(part.split()):
            plain = word.strip(".,’'()")
            if _wording("post").fullmatch(plain):
                return "position"
            if _wording("body").fullmatch(plain):
                return "org"
    return None
