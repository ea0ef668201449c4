"""Get to know the people of one document before its rules read it: who is named, listed or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cablegraph.authorities.inflect import nominative
from cablegraph.authorities.match import Match
from cablegraph.extraction.names import Known, Names
from cablegraph.extraction.people import find_people
from cablegraph.extraction.people_beside import is_completed
from cablegraph.extraction.people_names import Sighting, family_of
from cablegraph.extraction.scene import Scene
from cablegraph.records.model import Layer

Stretch = tuple[Layer, int, int]


def stretches(scene: Scene) -> Iterator[Stretch]:
    """Yield summary, body and embedded messages: what speaks of people."""
    for field in scene.record.fields.get("summary", ()):
        yield field.layer, field.start, field.end
    for parts in scene.texts:
        for line in parts.body:
            yield parts.layer, line.start, line.end
        for embedded in parts.embedded:
            for line in embedded.lines:
                yield parts.layer, line.start, line.end


def meet(scene: Scene) -> None:
    """Teach the names of *scene* who is in it: its parties, then everybody whom its texts name.

    Shape: whole names before single surnames, which stand for the former where they can.
    """
    names = scene.names
    for role in scene.roles:
        _greet(names, role.known)
        for one in role.forms if not role.known.listed else ():
            if one.form and " " in one.form.text:
                _greet(names, replace(role.known, form=one.form))
    for layer in scene.record.layers:
        names.keep(layer.text)
    sightings: list[tuple[Sighting, str]] = []
    for layer, start, end in _texts(scene):
        text = layer.text[start:end]
        matches = names.matcher.find(text, layer.language)
        for match in matches:
            _notice(names, match)
        sightings += [(one, layer.language) for one in _sightings(names, text, matches, layer)]
    for sighting, language in sorted(sightings, key=_order):
        _introduce(names, sighting, language)


def _texts(scene: Scene) -> Iterator[Stretch]:
    """Yield the stretches that speak of people, those of one layer as one."""
    spans: dict[str, Stretch] = {}
    for layer, start, end in stretches(scene):
        _, first, last = spans.get(layer.key, (layer, start, end))
        spans[layer.key] = layer, min(first, start), max(last, end)
    yield from spans.values()


def _order(item: tuple[Sighting, str]) -> tuple[bool, bool, str, str]:
    """Put whole names first, and of these the ones without initials."""
    full = item[0].full
    return " " not in full.strip(), "." in full, full, item[1]


def _sightings(
    names: Names, text: str, matches: Sequence[Match], layer: Layer
) -> Iterable[Sighting]:
    taken = [
        (match.start, match.end)
        for match in matches
        if not any(key.startswith("person/") for key in match.keys)
        and not is_completed(text, match.start)
    ]
    persons = {match.written for match in matches if match.sure}
    return find_people(text, taken, persons.__contains__)


def _greet(names: Names, known: Known) -> None:
    """Take a party: its whole name, and the surname that stands for it later."""
    if not known.entity.startswith("person/"):
        return
    names.present.add(known.entity)
    if not known.listed and known.form and not _holds_listed(names, known.form.text):
        names.take(known, known.form.text, full=True)
        names.take(known, family_of(known.form.text))


def _holds_listed(names: Names, words: str) -> bool:
    """Tell whether the name of a party holds that of a listed person, so that it may be more."""
    return any(match.sure for match in names.matcher.find(words, "en"))


def _notice(names: Names, match: Match) -> None:
    """Remember that a listed person is named by a form that leaves no doubt."""
    if match.sure and " " in match.form.form and match.form.entity.startswith("person/"):
        names.present.add(match.form.entity)


def _introduce(names: Names, sighting: Sighting, language: str) -> None:
    full = " ".join(sighting.full.split())
    whole = " " in full
    if names.own.entity(full):
        return
    known = names.person(full, language)
    if known is None and whole and (entity := names.own.alike(full) or _listed(names, full)):
        known = names.again(entity, full, language)
    if known is None:
        known = names.unlisted(_bare(full, language), language, certainty="probable")
    if known.listed:
        names.present.add(known.entity)
    family = sighting.family if whole else full
    names.take(known, full, full=whole)
    listed = names.person(family, language)
    if listed is None or listed.entity != known.entity:
        names.take(known, " ".join(family.split()))


def _bare(full: str, language: str) -> str:
    return nominative(full) if language == "ru" else full


def _listed(names: Names, full: str) -> str | None:
    """Return the listed person present in the document of whose name *full* is a spelling."""
    for entity in sorted(names.present):
        for form in names.authorities.names(entity) if entity in names.authorities else ():
            if " " in form.form:
                names.own.learn_spelling(form.form, entity)
    return names.own.alike(full)
