"""Read the words that name a party: one person or several, a post, a body, a place beside them.

A post without a name names nobody, and nobody is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cablegraph.extraction.cues import (
    BODY,
    BRACKETED,
    POST,
    courtesy_at,
    is_handling,
    place_at,
    signed_at,
    without_honorific,
)
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Names
from cablegraph.extraction.postings import capital_of
from cablegraph.extraction.titles import Naming, find_names

_PLACE_HINTS = {
    "sender": "origin", "from": "origin", "signature": "origin", "origin": "origin",
    "to": "place", "for": "place", "salutation": "place", "place": "place",
}  # fmt: skip
_NO_NAME = re.compile(r"\d|^[^\w]*$")
_IN = re.compile(r"\s*(?:in|at|в|to|of|при)\s+(?:the\s+)?", re.IGNORECASE)
_SEAT = re.compile(r"\s*(?:in|at|в)\s+(?:the\s+)?", re.IGNORECASE)
_SEATED = re.compile(r"(?P<name>[^\W\d_].*?)\s+(?:in|at|в)\s+(?:the\s+)?(?P<place>[^\W\d_][^,]*)")
_LOWER = re.compile(r"^(?:\s*[a-zа-яё]\S*)+")  # what a post is for: «иностранных дел»
_PARTICLES = frozenset(settings("layout")["office"]["particles"])
_INITIALS_BEHIND = re.compile(
    r"(?P<name>[^\W\d_]{3,})\s+(?P<initials>(?:[^\W\d_]\.\s?)*[^\W\d_]\.?)"
)
# "[Ambassador Edward] NAME": an editor's post and given names before a surname.
_BEFORE_NAME = re.compile(r"\[(?P<inner>[^\]]+)\]\s*(?=[^\W\d_a-zа-яё])")
_MOST_GIVEN = 3
# The number of a note after a name, glued to it or not: "NAME1", "NAME 3".
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{3})\s?\d{1,2}$")
_EDGES = ' .,:;!"”»“*-—–/'


def find_parties(naming: Naming, names: Names) -> Iterator[Naming]:
    """Yield the parties and places that the words of an address, title or signature name.

    Shape: each with bare words: a name, with the bracket that identifies its bearer, or a body
        or a place; the evidence of a place is its own words, that of a party the naming's.
    Source: "Soviet Ambassador in Pyongyang Shtykov"; "Yugoslav Embassy in Havana (Vidaković)";
        "Cdes. B and C".
    """
    if naming.hint in ("place", "origin") and names.is_place(naming.words):
        yield naming
        return
    for start, end in find_names(naming.words):
        words = naming.words[start:end].strip(_EDGES)
        yield from _read(naming, words[signed_at(words) :], names)


def _read(naming: Naming, words: str, names: Names) -> Iterator[Naming]:
    words = _completed(_FOOTNOTE.sub("", _joined_brackets(words)))
    if alone := BRACKETED.fullmatch(words[without_honorific(words) :].strip(_EDGES)):
        words = alone.group()[1:-1]
    bracket = None
    for match in BRACKETED.finditer(words):
        inner = match.group()[1:-1].strip()
        if names.is_place(inner):
            yield _place(naming, inner)
        elif bracket is None and match.start() and _is_name(inner):
            bracket = match.group()
    bare = re.sub(r"\s+", " ", BRACKETED.sub(" ", words)).strip(_EDGES)
    article = re.match(r"the\s+", bare, re.IGNORECASE)
    bare = bare[article.end() :] if article else bare
    if _is_body(bare):
        yield from _body(naming, bare, bracket, names)
        return
    post = _after_post(bare)
    if post and post == len(bare) and (before := _listed_before(bare, naming, names)):
        yield from _name(naming, before, bracket, names)
    elif post:
        yield from _holder(naming, bare[post:], bracket, names)
    else:
        yield from _name(naming, bare, bracket, names)


def _name(naming: Naming, bare: str, bracket: str | None, names: Names) -> Iterator[Naming]:
    bare = bare[without_honorific(bare) :].strip(_EDGES)
    if (seated := _SEATED.fullmatch(bare)) and names.is_place(seated["place"]):
        yield _seat(naming, seated["place"], names)  # "A. Name in Town"
        bare = seated["name"]
    if behind := _INITIALS_BEHIND.fullmatch(bare):
        bare = f"{behind['initials'].rstrip('.')}. {behind['name']}"
    if not bare or _NO_NAME.search(bare) or is_handling(bare) or not _has_capitals(bare):
        return
    if naming.hint in ("place", "origin") and not names.is_listed(bare, naming.layer.language):
        yield replace(naming, words=bare)
    elif names.is_place(bare):
        yield _place(naming, bare)
    else:
        yield replace(naming, hint=_party_hint(naming), words=f"{bare} {bracket or ''}".strip())


def _body(naming: Naming, bare: str, bracket: str | None, names: Names) -> Iterator[Naming]:
    """Yield the person who acts for a body where a bracket names one, else the body; its place."""
    inner = bracket[1:-1] if bracket else ""
    yield replace(naming, hint=_party_hint(naming), words=inner or bare)
    if naming.hint == "signature":
        return
    for seat in re.finditer(r"\b(?:in|at|в|embassy|legation|consulate|mission)\s+", bare, re.I):
        if found := place_at(bare[seat.end() :], names.is_place):
            yield _seat(naming, bare[seat.end() :][slice(*found)], names)


def _holder(naming: Naming, rest: str, bracket: str | None, names: Names) -> Iterator[Naming]:
    """Yield who holds a post, from the words after it: "in Pyongyang Shtykov"."""
    at = 0
    while found := place_at(rest[_skip(rest, at) :], names.is_place):
        start, end = (_skip(rest, at) + offset for offset in found)
        if _SEAT.fullmatch(rest[at:start]) and naming.hint != "signature":
            yield _seat(naming, rest[start:end], names)
        at = end
    after = rest[at:]
    if titled := courtesy_at(after):
        after = after[titled:]
    elif _IN.match(after) or BODY.search(after):
        after = _listed_at_end(after, naming, names)
    after = _LOWER.sub("", after)
    if bracket and not after.strip(_EDGES):
        after, bracket = bracket[1:-1], None
    if not names.is_place(after.strip(_EDGES)):
        yield from _name(naming, after, bracket, names)


def _skip(rest: str, at: int) -> int:
    """Return where the words after a preposition begin."""
    found = _IN.match(rest, at)
    return found.end() if found else at


def _listed_at_end(words: str, naming: Naming, names: Names) -> str:
    for match, known in names.find(words, naming.layer.language):
        if known.entity.startswith("person/") and match.end == len(words):
            return words[match.start :]
    return ""


def _listed_before(bare: str, naming: Naming, names: Names) -> str:
    """Return the listed person who stands before a post: "Zhou Enlai, Premier"."""
    for match, known in names.find(bare, naming.layer.language):
        if known.entity.startswith("person/") and match.start == 0:
            return bare[: match.end]
    return ""


def _after_post(bare: str) -> int:
    """Return where the words after a post begin, or 0 where *bare* has none near its beginning."""
    match = POST.search(bare)
    if match is None or len(bare[: match.start()].split()) > 3:
        return 0
    at = match.end()
    while again := POST.match(bare, at + len(bare[at:]) - len(bare[at:].lstrip())):
        at = again.end()
    return at


def _has_capitals(bare: str) -> bool:
    """Tell whether each word of a name begins with a capital, but for a particle."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", bare)
    return all(word[0].isupper() or word in _PARTICLES for word in words)


def _party_hint(naming: Naming) -> str:
    return {"origin": "sender", "place": "to"}.get(naming.hint, naming.hint)


def _is_body(bare: str) -> bool:
    match = BODY.search(bare)
    post = POST.search(bare)
    return match is not None and (
        post is None or match.start() < post.start() or match.span()[0] == 0
    )


def _is_name(inner: str) -> bool:
    """Tell whether a bracket can name a person: no gloss, number, body or mark of handling."""
    if not inner[:1].isupper() or _NO_NAME.search(inner):
        return False
    return not (BODY.search(inner) or POST.search(inner) or is_handling(inner))


def _joined_brackets(words: str) -> str:
    """Take away the brackets of letters that an editor restored within a word: R.[ostow]."""
    return re.sub(r"(?<=[^\W\d_])\[(\w+)\]|\[(\w+)\](?=[^\W\d_])", r"\1\2", words)


def _completed(words: str) -> str:
    """Write out a name whose bracket before it gives post and given names.

    >>> _completed("[Foreign Ministry Director Anna] KOWALSKA"), _completed("[Jan] Nowak")
    ('Anna KOWALSKA', 'Jan Nowak')
    """
    match = _BEFORE_NAME.match(words, without_honorific(words))
    if match is None:
        return words
    inner = match["inner"]
    ends = [found.end() for pattern in (POST, BODY) for found in pattern.finditer(inner)]
    given = inner[max(ends, default=0) :].split()
    if len(given) > _MOST_GIVEN or not all(word[0].isupper() for word in given):
        given = []
    return " ".join([*given, words[match.end() :]])


def _seat(naming: Naming, words: str, names: Names) -> Naming:
    """Return the place of a mission: of one in a country, its capital."""
    capital = capital_of(words, names)
    place = _place(naming, words)
    return replace(place, words=capital, told=True) if capital else place


def _place(naming: Naming, words: str) -> Naming:
    at = naming.layer.text.find(words, naming.start, naming.end)
    start, end = (at, at + len(words)) if at >= 0 else (naming.start, naming.end)
    hint = _PLACE_HINTS.get(naming.hint, "place")
    return Naming(naming.layer, hint, words, start, end)
