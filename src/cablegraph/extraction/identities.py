"""Say which of the names that no authority holds mean one party of the message.

A name that one version writes in Cyrillic and another in Latin letters need not transliterate to
the same letters; likeness, and the same side of the message, say that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from cablegraph.authorities.romanise import romanise
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import Known
from cablegraph.extraction.titles import Naming

Named = tuple[Naming, Known]

_SIDES = {"sender": "sender", "signature": "sender", "from": "sender"}
_PLACES = ("place", "origin")
# How alike two spellings must be, of 1. Unlike pairs of the same length reach 0.5 across scripts
# (Smirnov, Иванов), versions of one Chinese name seldom fall below 0.6 (Le Kedong, Ли Кэдун);
# within one script only slips of the pen are meant.
_ACROSS_SCRIPTS, _IN_ONE_SCRIPT = 0.6, 0.8


def identify(named: Sequence[Named]) -> list[Named]:
    """Join each unlisted party with the one that other namings of its side show it to be.

    Shape: in the same order; the listed one is kept, else the one named first in Latin letters.
    """
    homes: dict[str, Known] = {}
    for _, one in named:
        if not one.listed and one.entity not in homes:
            home = _home(one.entity, named)
            if home is not None:
                homes[one.entity] = home
    return [(naming, _moved(one, homes)) for naming, one in named]


def _home(entity: str, named: Sequence[Named]) -> Known | None:
    ours = [pair for pair in named if pair[1].entity == entity]
    sides = {_side(naming) for naming, _ in ours}
    scores: dict[str, tuple[float, Known]] = {}
    for naming, other in named:
        if (
            other.entity == entity
            or _side(naming) not in sides
            or not _outranks(other, ours, named)
        ):
            continue
        theirs = [pair for pair in named if pair[1].entity == other.entity]
        score = max(_likeness(one, (naming, other), ours, theirs) for one in ours)
        if score > scores.get(other.entity, (0.0, other))[0]:
            scores[other.entity] = (score, other)
    best = sorted(scores.values(), key=lambda item: -item[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _side(naming: Naming) -> str:
    if naming.hint in _PLACES:
        return naming.hint
    return _SIDES.get(naming.hint, "receiver")


def _outranks(other: Known, ours: list[Named], named: Sequence[Named]) -> bool:
    """Tell whether another party keeps its name: it is listed, Latin, or came first."""
    if other.entity.partition("/")[0] != ours[0][1].entity.partition("/")[0]:
        return False
    if other.listed:
        return True
    entities = [one.entity for _, one in named]
    latin = [one.form is None or one.form.language != "ru" for one in (other, ours[0][1])]
    if latin[0] != latin[1]:
        return latin[0]
    return entities.index(other.entity) < entities.index(ours[0][1].entity)


def _likeness(one: Named, other: Named, ours: list[Named], theirs: list[Named]) -> float:
    """Return how alike two names are where that is enough to take them for one, else 0."""
    a, b = _words(one), _words(other)
    if _same_body(one[1], other[1], a, b) or (
        a[-1:] == b[-1:] and (set(a) <= set(b) or set(a) >= set(b))
    ):
        return 1.0
    score = SequenceMatcher(None, "".join(a), "".join(b)).ratio()
    scripts = [{naming.layer.language for naming, _ in pairs} for pairs in (ours, theirs)]
    enough = _ACROSS_SCRIPTS if scripts[0].isdisjoint(scripts[1]) else _IN_ONE_SCRIPT
    return score if score >= enough else 0.0


# What a son or grandson has behind the family name; a title may leave it out.
_GENERATIONS = frozenset(settings("layout")["office"]["generations"])


def _words(pair: Named) -> list[str]:
    naming, one = pair
    text = one.form.text if one.form else naming.words
    words = re.findall(r"\w+", romanise(text).lower())
    return words[:-1] if len(words) > 2 and words[-1] in _GENERATIONS else words


def _same_body(one: Known, other: Known, a: list[str], b: list[str]) -> bool:
    """Tell whether a body named in short is the one named in full: "the Ministry of …"."""
    both = one.entity.startswith("org/") and other.entity.startswith("org/")
    return both and len({word for word in a if word in b and len(word) > 4}) >= 2


def _moved(one: Known, homes: dict[str, Known]) -> Known:
    home, seen = homes.get(one.entity), {one.entity}
    if home is None:
        return one
    while home.entity in homes and home.entity not in seen:
        seen.add(home.entity)
        home = homes[home.entity]
    form = one.form
    if form and home.form and home.form.kind == "pseudonym":
        form = replace(form, kind="pseudonym")
    return Known(home.entity, form, home.listed, "probable", one.labels)
