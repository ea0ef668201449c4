"""Recognise bodies that no list has, by the nouns of their names: government, mission, ministry.

English only: the names are capitalised there. The patterns are data/bodies.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from cablegraph.extraction.cues import POST
from cablegraph.extraction.home_offices import country_of, names_ministry, names_nation
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import Line
from cablegraph.extraction.mentions import introduce, mention
from cablegraph.extraction.newcomers import stretches
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim

_DATA = settings("bodies")
_BEFORE = frozenset(_DATA["words"]["before"])
_ALONE = frozenset(_DATA["words"]["alone"])
_GENERIC = frozenset(_DATA["words"]["generic"])
_NATIONAL = re.compile(_DATA["words"]["national"])
# "of the" that is left where a listed name is cut off: "Relief Committee of the United Nations".
_TRAILING = re.compile(r"(?:\s+(?:of|for|the|and|in))*\s*$")
_SHORTEST = 8  # letters: "UN Party" is the least that was seen
_LEAST = 2  # words of a body's name


class _Pattern(NamedTuple):
    """How bodies of one kind are named: the words of which a text needs one, the gate, all of it.

    Shape: every match of ``whole`` holds one of ``needs`` where ``gate`` lets it pass.
    """

    needs: tuple[str, ...]
    gate: Callable[[str, int], object]
    whole: re.Pattern[str]

    def places(self, text: str) -> Iterator[int]:
        """Yield where a word that is needed stands and may belong to a match."""
        for word in self.needs:
            at = text.find(word)
            while at >= 0:
                if self.gate(text, at):
                    yield at
                at = text.find(word, at + 1)


def _is_named(text: str, at: int) -> bool:
    """Tell whether one of the two words before a noun may be a word of a name."""
    apart = at > 0 and text[at - 1].isspace()
    return apart and not all(map(str.islower, text[:at].rsplit(None, 2)[-2:]))


@cache
def _patterns() -> tuple[_Pattern, ...]:
    words = _DATA["words"]
    return tuple(
        _Pattern(
            tuple(row["needs"]),
            _is_named if row["gate"] == "named" else re.compile(row["gate"]).match,
            re.compile(
                r"(?<![\w’'-])(?:"
                + row["pattern"].replace("NATION", words["nation"]).replace("NAME", words["name"])
                + r")(?![\w-])"
            ),
        )
        for row in _DATA["body"]
    )


@lru_cache(maxsize=8)
def _gates_in(text: str) -> tuple[tuple[re.Pattern[str], list[int]], ...]:
    """Return the patterns that a whole text may match, each with the places its gate lets pass."""
    found = ((one.whole, sorted(one.places(text))) for one in _patterns())
    return tuple((whole, places) for whole, places in found if places)


def _patterns_in(text: str, start: int, end: int) -> list[re.Pattern[str]]:
    """Return the patterns that a stretch of a whole text may match."""
    return [
        whole
        for whole, places in _gates_in(text)
        if bisect_left(places, start) < bisect_left(places, end)
    ]


def find_bodies(scene: Scene) -> Iterator[Claim]:
    """Yield the bodies that summary and body name and nobody lists, each with its name.

    Shape: only where no listed body stands in the same words; the longest name counts.
    """
    for layer, start, end in stretches(scene):
        if layer.language != "en":
            continue
        patterns = _patterns_in(layer.text, start, end)
        if not patterns:
            continue
        line = Line(layer, start, end)
        places = _find(line, patterns, scene)
        if not places:
            continue
        listed = [
            (match.start, match.end)
            for match, known in scene.names.find(line.text, "en")
            if known.entity.startswith(("org/", "person/", "group/"))
        ]
        for first, last in places:
            last = min([last, *(begin for begin, _ in listed if first < begin < last)])
            last = first + len(_TRAILING.sub("", line.text[first:last]))
            if any(first < stop and begin < last for begin, stop in listed):
                continue
            if last - first < _SHORTEST or " " not in line.text[first:last]:
                continue
            label = _label(" ".join(line.text[first:last].split()), scene)
            known = scene.names.unlisted(label, "en", "org", certainty="probable")
            if known.entity in scene.parties:
                continue
            evidence = line.part(first, last).evidence
            yield mention(scene, known.entity, evidence, "recognised")
            yield from introduce(known, evidence)


def _label(words: str, scene: Scene) -> str:
    """Return the name with its nation behind, as the authority file has those of ministries.

    Source: "American Ministry of National Defense", like "Ministry of National Defense of the USA".
    """
    match = _NATIONAL.fullmatch(words)
    country = match and country_of(match["nation"], scene.names)
    if match is None or country is None or country not in scene.names.authorities:
        return words[0].upper() + words[1:]
    forms = [one for one in scene.names.authorities.names(country) if one.language == "en"]
    short = [one.form for one in forms if one.kind == "abbreviation" and one.form.isalpha()]
    name = max(short, key=lambda form: (len(form), form), default=None)
    behind = f"the {name}" if name else scene.names.label(country)
    return f"{match['body']} of {behind}"


def _find(line: Line, patterns: Iterable[re.Pattern[str]], scene: Scene) -> list[tuple[int, int]]:
    """Return where bodies are named, none overlapping, the longest first taken."""
    found = []
    for pattern in patterns:
        for match in pattern.finditer(line.text):
            if (place := _place(match, scene)) is not None:
                found.append(place)
    kept: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(last <= begin or stop <= first for begin, stop in kept):
            kept.append((first, last))
    return sorted(kept)


def _place(match: re.Match[str], scene: Scene) -> tuple[int, int] | None:
    """Return where the name stands without the words before it; None where it names no body."""
    groups = match.groupdict()
    if groups.get("title"):
        return match.span("title")
    start, end = _trimmed(match)
    words = match.string[start:end].split()
    if nation := groups.get("nation"):
        begin = _nation_at(nation, scene)
        return None if begin is None else (match.start("nation") + begin, end)
    if groups.get("country") and country_of(groups["country"] or "", scene.names) is None:
        return None
    name = " ".join(words)
    if (
        POST.search(name)
        or names_ministry(name)
        or name.lower() in _GENERIC
        or scene.names.is_place(name)
    ):
        return None
    if len(words) < _LEAST or all(word.lower() in _ALONE for word in words):
        return None
    return start, end


def _nation_at(words: str, scene: Scene) -> int | None:
    """Return where in *words* the adjective of a country begins that ends them."""
    for match in re.finditer(r"\S+", words):
        forms = scene.names.matcher.resolve(words[match.start() :], "en")
        if any(form.entity.startswith("place/") for form in forms):
            return match.start()
        if names_nation(words[match.start() :]):
            return match.start()
    return None


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    start = match.start()
    for word in re.finditer(r"\S+\s*", match.group()):
        if word.group().strip(" .,").lower() not in _BEFORE:
            break
        start = match.start() + word.end()
    return start, match.end()
