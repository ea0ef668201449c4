"""Say whose foreign ministry a wire home is for, where the text does not name the nation.

An embassy's wire is headed "To the Ministry of Foreign Affairs", or by the name of the ministry
alone; a title may give two towns and no party: "Telegram from Pyongyang to Bucharest". The forms
of a ministry's name are in data/layout.toml, the capitals in data/capitals.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Names
from cablegraph.extraction.postings import capital_of, countries_of
from cablegraph.extraction.titles import Naming

_DATA = settings("layout")["ministry"]
_MISSIONS = [re.compile(_DATA[name]) for name in ("mission", "mission_of")]
_FOREIGN = re.compile(_DATA["foreign"], re.IGNORECASE)
_AT_HOME = re.compile(_DATA["at_home"], re.IGNORECASE)
_ADJECTIVE = re.compile(_DATA["adjective"])
_NAMES: list[str] = _DATA["names"]
_PARTIES = ("to", "for", "salutation")
_BY_MISSION = ("sender", "origin", "mission")
_SENDERS = ("sender", "from", "signature")


def names_ministry(words: str) -> bool:
    """Tell whether *words* are those of a foreign ministry without its nation.

    >>> names_ministry("MINISTRY OF FOREIGN AFFAIRS"), names_ministry("Ministry of Trade")
    (True, False)
    """
    return bool(_FOREIGN.fullmatch(words.strip(" .,:")))


def settle_ministries(namings: Iterable[Naming], names: Names) -> list[Naming]:
    """Write out the foreign ministries that *namings* name without their nation.

    Shape: a heading that is such a name alone (hint ``home``) is the addressee of a mission's
        wire, else nobody; where the title gives two towns only, the ministry of the country whose
        capital the second one is, and the mission there, are told by that.
    """
    everything = list(namings)
    namings = [naming for naming in everything if naming.hint != "mission"]
    shown = [(naming.hint, _nations(naming, names)) for naming in everything]
    nations = {nation for _, found in shown for nation in found}
    ministry = ministry_of(min(nations), names) if len(nations) == 1 else None
    sent = any(found for hint, found in shown if hint in _BY_MISSION)
    settled = [
        naming for one in namings if (naming := _settled(one, ministry, at_home=sent)) is not None
    ]
    settled += _between_towns(settled, names)
    return _without_countries(settled, names)


def _settled(naming: Naming, ministry: str | None, *, at_home: bool) -> Naming | None:
    words = naming.words.strip(" .,:")
    if naming.hint == "home":
        naming = replace(naming, hint="to")
        return replace(naming, words=ministry) if ministry and at_home else None
    bare = names_ministry(words) or (at_home and _AT_HOME.fullmatch(words))
    if ministry and bare and naming.hint in (*_PARTIES, *_SENDERS):
        return replace(naming, words=ministry)
    return naming


def _nations(naming: Naming, names: Names) -> set[str]:
    """Return the countries whose mission or ministry the words of a title name."""
    if naming.layer.kind != "catalogue-entry":
        return set()
    quote = naming.quote
    found = [match for pattern in _MISSIONS for match in pattern.finditer(quote)]
    return {one for match in found if (one := _nation(match["nation"], names))}


def _nation(words: str, names: Names) -> str | None:
    """Return the country of an adjective or name, or an adjective that no list has as it is."""
    last = words.split()[-1]
    return country_of(words, names) or (last if names_nation(last) else None)


def names_nation(word: str) -> bool:
    """Tell whether a word ends as the adjectives of countries do.

    >>> names_nation("Chilean"), names_nation("Foreign")
    (True, False)
    """
    return bool(_ADJECTIVE.fullmatch(word))


def country_of(words: str, names: Names) -> str | None:
    """Return the country that the last of *words* name, or whose adjective they are."""
    parts = words.split()
    for first in range(len(parts)):
        forms = names.matcher.resolve(" ".join(parts[first:]), "en")
        found = {form.entity for form in forms if form.entity.startswith("place/")}
        if len(found) == 1:
            return found.pop()
    return None


def ministry_of(country: str, names: Names) -> str | None:
    """Return the listed name of a country's foreign ministry, else one made of its adjective."""
    if names_nation(country):
        return _NAMES[0].format(country)
    forms = [form for form in names.authorities.names(country) if form.language == "en"]
    adjectives = [form.form for form in forms if form.kind == "adjective"]
    for pattern in _NAMES:
        for form in (*adjectives, *(form.form for form in forms)):
            if names.is_listed(words := pattern.format(form), "en"):
                return words
    return _NAMES[0].format(adjectives[0]) if adjectives else None


def _between_towns(namings: Sequence[Naming], names: Names) -> list[Naming]:
    """Tell the parties of a wire whose title names two towns and nobody.

    Source: "Telegram from Pyongyang to Bucharest", signed by the ambassador.
    """
    titled = [one for one in namings if one.layer.kind == "catalogue-entry"]
    if {one.hint for one in titled} != {"origin", "place"}:
        return []
    if any(one.hint in _PARTIES for one in namings):
        return []
    homes = {
        (country, town.words, town.start)
        for town in titled
        for country in countries_of(town.words, names)
        if town.hint == "place"
    }
    if len({country for country, _, _ in homes}) != 1:
        return []
    country = min(homes)[0]
    ministry = ministry_of(country, names)
    place = next(one for one in titled if one.hint == "place")
    if ministry is None:
        return []
    told = [replace(place, hint="to", words=ministry, told=True)]
    origin = next(one for one in titled if one.hint == "origin")
    adjective = _adjective(country, names)
    if adjective and not any(one.hint in _SENDERS for one in namings):
        mission = _DATA["embassy"].format(adjective, origin.words)
        told.append(replace(origin, hint="sender", words=mission, told=True))
    return told


def _adjective(country: str, names: Names) -> str | None:
    forms = names.authorities.names(country)
    return next((f.form for f in forms if f.kind == "adjective" and f.language == "en"), None)


def _without_countries(namings: list[Naming], names: Names) -> list[Naming]:
    """Leave out the country of a post where its town is known: "Ambassador in Korea", "Seoul"."""
    towns = {one.hint for one in namings if one.hint in ("origin", "place")
             and not _is_country(one, names)}  # fmt: skip
    origins = {one.words.casefold() for one in namings if one.hint == "origin"}
    kept = []
    for one in namings:
        if one.hint in ("origin", "place") and _is_country(one, names):
            seat = capital_of(one.words, names)
            posted = seat is not None and seat.casefold() in origins and one.hint == "place"
            if one.hint in towns or posted:
                continue
        kept.append(one)
    return kept


def _is_country(naming: Naming, names: Names) -> bool:
    place = names.place(naming.words, "en")
    return place is not None and _adjective(place.entity, names) is not None
