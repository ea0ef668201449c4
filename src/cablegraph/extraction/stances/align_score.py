"""How much speaks for it that two utterances of two text versions are one stance.

The score is a sum of points, above nought where more speaks for it than against:

====================================  =======================================
the kinds agree                       3; 1 within a family; else -2
the forces agree                      1
the points have the same number       4; other numbers -6; one has none -1
the same persons, bodies, places      up to 2, by their share
the same figures                      1; none of one among the other's -1
as many provisos                      1 where there are any; else -1 a piece
place in the message                  2, less 10 for the whole of its length
the words (one language only)         6 by their share, less 2
====================================  =======================================

The points were set by hand on invented pairs, not fitted to a collection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.model import Utterance

_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Features:
    """What of an utterance can be compared across languages, and its words.

    Units: ``place`` runs from 0, the first word of the message, to 1, the last.
    """

    kind: str
    force: str | None
    point: tuple[str | None, str | None]
    entities: frozenset[str]
    figures: frozenset[str]
    provisos: int
    place: float
    words: frozenset[str]


def find_features(scene: Scene, parts: Parts, one: Utterance) -> Features:
    """Return the features of an utterance of the text version *parts*."""
    line = one.words
    lines = list(parts.lines) or [line]
    first, last = min(x.start for x in lines), max(x.end for x in lines)
    target = one.target
    texts = [line.text, *(words.text for words in target.words[:1])]
    named = (
        known.entity for text in texts for _, known in scene.names.find(text, line.layer.language)
    )
    return Features(
        kind=one.kind,
        force=one.force,
        point=(target.point, target.part),
        entities=frozenset(named),
        figures=frozenset(_FIGURES.findall(" ".join(texts))),
        provisos=len(one.provisos),
        place=(line.start - first) / max(1, last - first),
        words=words_of(line.text),
    )


def score_pair(
    one: Features, other: Features, *, same_language: bool, numbers: bool = True
) -> float:
    """Return the points for one and other being the same stance; *numbers* may be left out."""
    points = _kinds(one.kind, other.kind)
    points += 1.0 if one.force == other.force else 0.0
    points += _numbers(one.point, other.point) if numbers else 0.0
    points += 2.0 * _share(one.entities, other.entities)
    points += _figures(one.figures, other.figures)
    if one.provisos or other.provisos:
        points += 1.0 if one.provisos == other.provisos else -1.0
    points += 2.0 - 10.0 * abs(one.place - other.place)
    if same_language:
        points += 6.0 * _share(one.words, other.words) - 2.0
    return points


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, for comparing: small letters, ё as е."""
    return frozenset(re.findall(r"\w+", text.lower().replace("ё", "е")))


@cache
def families() -> dict[str, str]:
    """Return the family of each kind: the top of scheme/stance under which it stands."""
    tops: dict[str, list[str]] = settings("proposals")["families"]
    return {kind: top for top, kinds in tops.items() for kind in kinds}


def _kinds(one: str, other: str) -> float:
    if one == other:
        return 3.0
    return 1.0 if families().get(one) == families().get(other) else -2.0


def _numbers(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> float:
    if one == other:
        return 4.0 if one[0] else 0.0
    return -6.0 if one[0] and other[0] else -1.0


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _figures(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return 1.0 if one & other else -1.0
