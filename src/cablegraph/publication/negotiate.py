"""Content negotiation by media type: which of our forms a client's Accept header wants.

The rules are those of RFC 9110, sections 12.4.2 and 12.5.1; where they leave a choice, it is said
at the place. Nothing here raises: a header comes from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})", re.ASCII)
_PARAMETER = re.compile(rf'({_TOKEN})=({_TOKEN}|"(?:[^"\\]|\\.)*+")', re.ASCII | re.DOTALL)
# A quoted string that is never closed runs to the end; nothing is read twice.
_QUOTED = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_ELEMENT = re.compile(rf'(?:[^",]|{_QUOTED})++', re.DOTALL)
_PIECE = re.compile(rf'(?:[^";]|{_QUOTED})++', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
#: More than three digits are not allowed, yet sent, and so is a weight that begins with a point.
_WEIGHT = re.compile(r"(?=\.?[0-9])([0-9]?)(?:\.([0-9]*))?", re.ASCII)
#: What says how the same bytes may be understood: an unknown value of it refuses nothing.
_HINTS = frozenset({"profile", "version"})
_OUR_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "*"})

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header; ``weight`` counts thousandths."""

    kind: str
    subkind: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    weight: int = 1000


def parse_accept(header: str | None) -> list[MediaRange]:
    """Return the elements of an Accept header that can be read.

    Shape: no header, an empty one and one without any readable element mean ``*/*``. The first
        two are the rule; for the third a page helps a client more than a refusal.

    >>> [(r.kind, r.subkind, r.weight) for r in parse_accept("text/turtle;q=0.5, foo, */*;q=.1")]
    [('text', 'turtle', 500), ('*', '*', 100)]
    """
    found = [r for part in _ELEMENT.findall(header or "") if (r := _parse_range(part))]
    return found or [MediaRange("*", "*")]


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offered media type that a client likes best, or None for an answer 406.

    Shape: *offers* in the order of the server, and may have parameters; of those with the same
        weight the one that the client names more exactly is taken, then the first.

    >>> choose("text/turtle;q=0, */*", ["text/turtle", "text/html"])
    'text/html'
    """
    return choose_key(accept, [(offer, offer) for offer in offers])


def choose_key(
    accept: str | None,
    offers: Sequence[tuple[str, Key]],
    aliases: Sequence[tuple[str, Key]] = (),
) -> Key | None:
    """Return what belongs to the media type that a client likes best, or None.

    Shape: *aliases* are further names of what is offered; a range with a star does not mean them.
    """
    ranges = parse_accept(accept)
    best: tuple[int, int] = (0, 0)
    chosen: Key | None = None
    named = [accepted for accepted in ranges if accepted.subkind != "*"]
    for found, listed in ((offers, ranges), (aliases, named)):
        for offer, key in found:
            parsed = _parse_range(offer)
            rank = _rank(parsed, listed) if parsed else (0, 0)
            if rank[0] and rank > best:
                best, chosen = rank, key
    return chosen


def _rank(offer: MediaRange, ranges: Sequence[MediaRange]) -> tuple[int, int]:
    """Return the weight that the most exact range gives an offer, and how exact it is."""
    exactness, weight = 0, 0
    for accepted in ranges:
        found = _measure(offer, accepted)
        # Said twice with the same exactness, the kinder weight counts.
        if found > exactness or (found == exactness and found and accepted.weight > weight):
            exactness, weight = found, accepted.weight
    return weight, exactness


def _measure(offer: MediaRange, accepted: MediaRange) -> int:
    """Return how exactly a range names an offer: 0 not at all, 1 for ``*/*``, more for more."""
    if accepted.kind == "*":
        level = 1
    elif accepted.kind != offer.kind:
        return 0
    elif accepted.subkind == "*":
        level = 2
    elif accepted.subkind == offer.subkind:
        level = 4
    else:
        return 0
    matched, hinted = 0, False
    for name, value in accepted.parameters.items():
        if _agrees(name, value, offer.parameters.get(name)):
            matched += 1
        elif name in _HINTS and accepted.weight:
            hinted = True
        else:
            return 0
    # A hint that we don't meet counts less than the bare type, so that this can outweigh it.
    return level - hinted if hinted and level == 4 else level + matched


def _agrees(name: str, wanted: str, offered: str | None) -> bool:
    if name == "charset":
        return wanted.lower() in _OUR_CHARSETS
    if offered is None:
        return False
    if name == "profile":
        return not set(wanted.split()).isdisjoint(offered.split())
    return wanted == offered


def _parse_range(text: str) -> MediaRange | None:
    head, *pieces = _PIECE.findall(text.strip()) or [""]
    # Old Java clients send a single star.
    matched = _RANGE.fullmatch("*/*" if head.strip() == "*" else head.strip())
    if matched is None:
        return None
    kind, subkind = matched[1].lower(), matched[2].lower()
    if (kind == "*" and subkind != "*") or ("*" in kind + subkind and "*" not in (kind, subkind)):
        return None
    read = list(_parse_parameters(pieces))
    if any(parameter is None for parameter in read):
        return None
    parameters = dict(parameter for parameter in read if parameter)
    weight = _parse_weight(parameters.pop("q", "1"))
    return None if weight is None else MediaRange(kind, subkind, parameters, weight)


def _parse_parameters(pieces: Sequence[str]) -> Iterator[tuple[str, str] | None]:
    # An empty piece between two semicolons is allowed.
    for piece in filter(None, map(str.strip, pieces)):
        matched = _PARAMETER.fullmatch(piece)
        if matched is None:
            yield None
            continue
        value = matched[2]
        if value.startswith('"'):
            value = _ESCAPED.sub(r"\1", value[1:-1])
        yield matched[1].lower(), value


def _parse_weight(text: str) -> int | None:
    """Return thousandths, cut after the third digit; None for what is no weight from 0 to 1."""
    matched = _WEIGHT.fullmatch(text)
    if matched is None:
        return None
    thousandths = int(matched[1] or 0) * 1000 + int((matched[2] or "").ljust(3, "0")[:3])
    return thousandths if thousandths <= 1000 else None
