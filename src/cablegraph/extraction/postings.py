"""Say who held a post that an address names without its holder, and where it has its seat.

The holders are data/postings.csv (nation, seat, days of office), the seats data/capitals.csv. What
is told so is only probable: the words name a post, and somebody may have stood in for the holder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from cablegraph.authorities.match import Matcher
from cablegraph.extraction.cues import place_at
from cablegraph.extraction.lexicon import settings, table
from cablegraph.extraction.names import Names
from cablegraph.extraction.titles import Naming

_DATA = settings("layout")["posted"]
_POSTED = {
    nation: re.compile(rf"(?:the\s+)?{words}\s*{_DATA['post']}(?:{_DATA['seat']})?", re.IGNORECASE)
    for nation, words in _DATA["nations"].items()
}
_ACCREDITED = re.compile(_DATA["accredited"], re.IGNORECASE)
# On which side of the message the place stands that a post of that side has for its seat.
_SEAT_HINT = {"to": "place", "for": "place", "place": "place", "sender": "origin", "from": "origin"}


def find_posted(
    namings: Iterable[Naming], parties: Sequence[Naming], names: Names, date: str | None
) -> Iterator[Naming]:
    """Yield the holders of posts that *namings* name alone, and the seats of ambassadors.

    Shape: the seat of a post is the place beside it, else the only place of its side among
        *parties*; without a seat, or a holder on the day of *date*, nobody is told.
    Source: "Destination: PEKING  To Whom: SovAmbassador"; "Soviet Ambassador to the USA Name".
    """
    for naming in namings:
        if naming.layer.kind == "catalogue-entry" and naming.hint in ("sender", "origin"):
            yield replace(naming, hint="mission")
        if minister := _minister(naming, date):
            yield replace(naming, words=minister, told=True)
        elif found := _posted(naming, names):
            nation, beside = found
            entity = _seat(beside, names) if beside else _only_place(naming, parties, names)
            for person in _holders(nation, entity, names, date):
                hint = {"origin": "sender", "place": "to"}.get(naming.hint, naming.hint)
                yield replace(naming, hint=hint, words=person, told=True)
        elif (capital := _capital(naming, names)) and not _has_origin(parties):
            yield replace(naming, hint="origin", words=capital, told=True)


def _has_origin(parties: Sequence[Naming]) -> bool:
    return any(party.hint == "origin" for party in parties)


def _posted(naming: Naming, names: Names) -> tuple[str, str] | None:
    """Return the nation and the place of a post that stands without a name."""
    for nation, pattern in _POSTED.items():
        if match := pattern.fullmatch(naming.words.strip(' .,:"')):
            beside = (match["seat"] or "").strip()
            return (nation, beside) if not beside or names.is_place(beside) else None
    return None


def _minister(naming: Naming, date: str | None) -> str | None:
    """Return who headed the office that a heading names by the post of its head alone."""
    if date is None or naming.layer.kind != "catalogue-entry":
        return None
    return _minister_named(naming.words.strip(" .,:"), date[:10])


@lru_cache(maxsize=1 << 12)
def _minister_named(words: str, day: str) -> str | None:
    for row in table("ministers"):
        held = row["since"] <= day < row["until"]
        if held and re.fullmatch(row["post"], words, re.IGNORECASE):
            return row["person"]
    return None


def _seat(beside: str, names: Names) -> str | None:
    """Return the town of a post from the words beside it, which may be those of the country."""
    place = next(filter(None, (names.place(beside, language) for language in ("en", "ru"))), None)
    if place is None:
        return None
    capital = _capitals(names).get(place.entity)
    town = names.place(capital, "en") if capital else None
    return town.entity if town else place.entity


def _only_place(naming: Naming, parties: Sequence[Naming], names: Names) -> str | None:
    hint = _SEAT_HINT.get(naming.hint)
    places = [
        names.place(party.words, party.layer.language) for party in parties if party.hint == hint
    ]
    found = {place.entity for place in places if place}
    return min(found) if len(found) == 1 else None


def _holders(nation: str, seat: str | None, names: Names, date: str | None) -> Iterator[str]:
    """Yield the holder on that day; none where *date* is no whole day."""
    if seat is None or date is None or not re.match(r"\d{4}-\d\d-\d\d", date):
        return
    for row in table("postings"):
        at = names.place(row["seat"], "en")
        held = row["nation"] == nation and row["since"] <= date[:10] < row["until"]
        if held and at and at.entity == seat:
            yield row["person"]


def _capital(naming: Naming, names: Names) -> str | None:
    """Return the capital of the country to which a sender is accredited."""
    if naming.hint not in ("sender", "from", "origin"):
        return None
    found = _ACCREDITED.search(naming.words)
    place = found and place_at(naming.words[found.end() :], names.is_place)
    return (
        capital_of(naming.words[found.end() :][slice(*place)], names) if found and place else None
    )


def capital_of(country: str, names: Names) -> str | None:
    """Return the town where the missions to a country have their seat, or None."""
    place = names.place(country, "en")
    return _capitals(names).get(place.entity) if place else None


def countries_of(town: str, names: Names) -> set[str]:
    """Return the countries of which *town* is the capital."""
    place = names.place(town, "en")
    if place is None:
        return set()
    found = _capitals(names).items()
    seats = [(country, names.place(capital, "en")) for country, capital in found]
    return {country for country, seat in seats if seat and seat.entity == place.entity}


def _capitals(names: Names) -> dict[str, str]:
    """Return the capitals by country; of a name that means several, the document may tell which."""
    found: dict[str, str] = {}
    for country, capital, entity in _rows(names.matcher):
        if entity is None:
            place = names.place(country, "en")
            entity = place.entity if place else None
        if entity is not None:
            found.setdefault(entity, capital)
    return found


@lru_cache(maxsize=4)
def _rows(matcher: Matcher) -> tuple[tuple[str, str, str | None], ...]:
    """Return each country that is listed, its capital, and its entity where the name is sure."""
    found = []
    for row in table("capitals"):
        forms = [f for f in matcher.resolve(row["country"], "en") if f.entity.startswith("place/")]
        if forms:
            sure = len(forms) == 1 and not forms[0].scope
            found.append((row["country"], row["capital"], forms[0].entity if sure else None))
    return tuple(found)
