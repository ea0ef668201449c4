"""Read a head such as "The Ambassador in Chile (Sevier) to the Secretary of State": who to whom.

The wording is in ``data/heads.toml``. A post and the person who holds it are kept apart. What a
head does not say plainly is left out: nobody is made a sender by guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cablegraph.records.stated import AgentKind
from cablegraph.records.tei.sides import Stretch, read_side
from cablegraph.records.tei.vocabulary import load

Side = Literal["sender", "addressee"]
# A head is a line or three; what is longer is a summary that stands in its place.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side of a head.

    Units: offsets in the words of the head.
    """

    side: Side
    kind: AgentKind
    name: Stretch
    office: Stretch | None = None


@cache
def wording(name: str) -> re.Pattern[str]:
    """Return an expression of the table of heads."""
    return re.compile(load("heads.toml")[name], re.IGNORECASE | re.VERBOSE)


def read_head(words: str) -> tuple[Party, ...]:
    """Return the parties that a head names, senders first.

    >>> [(p.side, words[slice(*p.name)]) for words in ["The Consul at A (B) to the Department"]
    ...  for p in read_head(words)]
    [('sender', 'B'), ('addressee', 'Department')]
    """
    if len(words) > _LONGEST:
        return ()
    flat = re.sub(r"\s", " ", words)
    number = wording("number").match(flat)
    start = number.end() if number else 0
    found = _sides(flat, start + len(flat[start:]) - len(flat[start:].lstrip()))
    return tuple(
        Party(side, one.kind, one.name, one.office)
        for side, (first, last) in sorted(found, key=lambda pair: pair[0], reverse=True)
        for one in read_side(flat, first, last)
    )


def _sides(words: str, start: int) -> list[tuple[Side, Stretch]]:
    """Return the stretches of the sides, by the way the head is put."""
    form = _form(words, start)
    if form is None:
        return _plain(words, start)
    at = form
    if found := _at("unaddressed", words, at, r"(?:of|for)\s+(?:an?\s+|the\s+)?"):
        return _written(words, found.end())
    if found := _at("passed", words, at):
        return list(_passed(words, found.end()))
    if found := _at("from", words, at):
        first = found.end() + 1
        return _pair(words, first, _end(words, first))
    letter = wording("letter").search(words[start:at])
    if _match(r"to\s|for\s" if letter else r"to\s", words, at):
        return list(_passed(words, at - 1))
    return []


def _form(words: str, start: int) -> int | None:
    """Return where the kind of document ends, if the head begins with one."""
    found = wording("form").match(words, start)
    return found.end() + 1 if found else None


def _at(name: str, words: str, at: int, before: str = "") -> re.Match[str] | None:
    if before:
        lead = _match(before, words, at)
        at = lead.end() if lead else len(words)
    return wording(name).match(words, at)


def _match(pattern: str, words: str, at: int) -> re.Match[str] | None:
    return re.compile(pattern, re.IGNORECASE).match(words, at)


def _written(words: str, at: int) -> list[tuple[Side, Stretch]]:
    """Read who wrote a record of a talk: only what follows "by" directly."""
    found = _match(r"(?:[^,;()]{0,40},)?\s*(?:prepared\s+)?by\s+", words, at)
    return [("sender", (found.end(), _end(words, found.end())))] if found else []


def _plain(words: str, start: int) -> list[tuple[Side, Stretch]]:
    """Read a head without a kind: "X to Y"."""
    end = _end(words, start)
    pair = _pair(words, start, end)
    return pair if len(pair) > 1 else []


def _passed(words: str, at: int) -> Iterator[tuple[Side, Stretch]]:
    """Read "sent to Y", "handed to Y by X", "submitted by X to Y", "for Y from X"."""
    to = _match(r"\s+(?:to|for)\s+", words, at)
    by = _match(r"\s+(?:by|from)\s+", words, at)
    if by:
        yield from _pair(words, by.end(), _end(words, by.end()))
    if to:
        end = _end(words, to.end())
        second = re.compile(r"\s+(?:by|from)\s+", re.IGNORECASE).search(words, to.end(), end)
        yield "addressee", (to.end(), second.start() if second else end)
        if second:
            yield "sender", (second.end(), end)


def _end(words: str, start: int) -> int:
    """Return where the parties end: at a date, a subject, a full stop at the end."""
    stops = (m.start() for m in wording("stop").finditer(words, start) if _outside(words, m))
    end = next(stops, len(words))
    return start + len(words[start:end].rstrip(" .,;"))


def _outside(words: str, found: re.Match[str]) -> bool:
    before = words[: found.start()]
    return before.count("(") == before.count(")")


def _pair(words: str, start: int, end: int) -> list[tuple[Side, Stretch]]:
    """Divide "X to Y" at the "to" that stands between sides, not within an office."""
    chances = [
        found for found in wording("to").finditer(words, start, end) if _outside(words, found)
    ]
    chances = [found for found in chances if found[0].split()[0].casefold() == "to"]
    best, most = None, 0
    for found in chances:
        begins = wording("begins").match(words, found.end()) is not None
        closes = words[: found.start()].endswith(")")
        capital = words[found.end() : found.end() + 1].isupper()
        office = wording("towards").search(words, 0, found.start()) is not None
        weight = 4 * begins + 4 * closes + 2 * capital - office
        if weight > most:
            best, most = found, weight
    if best is None:
        return [("sender", (start, end))]
    return [("sender", (start, best.start())), ("addressee", (best.end(), end))]
