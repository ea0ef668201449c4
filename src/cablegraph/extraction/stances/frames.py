"""Find whose words a stretch repeats: "Roa said that", "in his view", "Roa was firm: …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from cablegraph.extraction.stances.clauses import GRAMMAR
from cablegraph.extraction.stances.openings import Opening, opening
from cablegraph.extraction.stances.parties import is_oblique

Agents = tuple[str, ...]
Named = list[tuple[int, int, str]]

_BESIDE = 12  # characters between a pronoun and the verb that goes with it
_FAR = 90  # characters between a name and the verb of saying that goes with it
_WORD = re.compile(r"\s*(\w+)")
_COLON = re.compile(r":\s")


@cache
def _openings(language: str) -> dict[str, Opening]:
    words = GRAMMAR["parties"][language]
    kinds = ("say", "according", "opinion", "they", "subject_they", "subject_we")
    return {who: opening(words[who]) for who in kinds}


@cache
def _to_mind(language: str) -> re.Pattern[str]:
    return re.compile(GRAMMAR["parties"][language]["to_mind"])


def may_frame(text: str, language: str, start: int, end: int) -> bool:
    """Tell whether a stretch may have words that say whose words it repeats."""
    return (
        text.find(":", start, end) >= 0
        or _saying(language).may_stand(text, start, end)
        or _to_mind(language).match(text, start, end) is not None
    )


@cache
def _saying(language: str) -> Opening:
    words = GRAMMAR["parties"][language]
    return opening("|".join(words[kind] for kind in ("say", "according", "opinion")))


def find_frames(
    text: str,
    language: str,
    start: int,
    end: int,
    *,
    named: Named,
    they_at: Callable[[int, str], Agents],
    speakers: Agents,
) -> Iterator[Agents]:
    """Yield who is said to speak or think, in order of what says so, before *end*.

    Shape: *named* are the agents of the paragraph; *they_at* tells whom a pronoun at a place
        means; *speakers* are "I" and "we".
    """
    rules = _openings(language)
    found: list[tuple[int, Agents]] = []
    for verb in rules["say"].finditer(text, start, end):
        low = max(start, verb.start() - _FAR)
        names: list[tuple[int, Agents]] = [
            (b, (who,))
            for a, b, who in named
            if low <= a and b <= verb.start() and not is_oblique(text, a, language)
        ]
        for pattern, agents in (("subject_they", None), ("subject_we", speakers)):
            for match in rules[pattern].finditer(text, low, verb.start()):
                if match.end() >= verb.start() - _BESIDE:
                    who = they_at(match.start(), match.group()) if agents is None else agents
                    names.append((match.end(), who))
        if names and (said := max(names)[1]):
            found.append((verb.start(), said))
    found += _opinions(text, language, start, end, named, they_at)
    found += _colons(text, language, start, end, named)
    yield from (agents for _, agents in sorted(found, key=lambda frame: frame[0]) if agents)


def _opinions(
    text: str,
    language: str,
    start: int,
    end: int,
    named: Named,
    they_at: Callable[[int, str], Agents],
) -> Iterator[tuple[int, Agents]]:
    """Yield "according to him", "in Roa's view", and "To Roa …" where a sentence begins so."""
    rules = _openings(language)
    for match in rules["according"].finditer(text, start, end):
        word = _WORD.match(text, match.end())
        near = [who for a, _, who in named if 0 <= a - match.end() <= _BESIDE]
        if word and (pronoun := rules["they"].fullmatch(word[1])):
            yield match.start(), they_at(match.start(), pronoun.group())
        elif near:
            yield match.start(), (near[0],)
    for match in rules["opinion"].finditer(text, start, end):
        yield match.start(), they_at(match.start(), match["whose"])
    mind = _to_mind(language).match(text, start, end)
    if mind:
        near = [who for a, _, who in named if 0 <= a - mind.end() <= 1]
        yield mind.start(), tuple(near[:1])


def _colons(
    text: str, language: str, start: int, end: int, named: Named
) -> Iterator[tuple[int, Agents]]:
    """Yield who is the subject of a clause that ends in a colon: what follows is his."""
    if text.find(":", start, end) < 0:
        return
    for colon in _COLON.finditer(text, start, end):
        before = [
            who
            for a, b, who in named
            if start <= a and b < colon.start() and not is_oblique(text, a, language)
        ]
        if before and before[-1].startswith("person/"):
            yield colon.start(), (before[-1],)
