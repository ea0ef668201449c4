"""Find the parties that a text names without a name: "we", "his representatives", a ship."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.drafts import find_embedded
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.mentions import mention
from cablegraph.extraction.messages import first_person
from cablegraph.extraction.needed import may_match
from cablegraph.extraction.parts import Embedded, Line
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Claim, Entity, Link
from cablegraph.records.model import Layer

_DATA = settings("groups")
_WE = {lang: re.compile(p, re.IGNORECASE if lang == "ru" else 0) for lang, p in _DATA["we"].items()}
_REPRESENTATIVES = {lang: re.compile(p, re.I) for lang, p in _DATA["representatives"].items()}
_VESSEL = {lang: re.compile(p) for lang, p in _DATA["vessel"].items()}
Draft = tuple[str, Embedded]  # path and words of a message inside the message
_OWNERS = {"your": ("ваш", "your"), "our": ("наш", "our")}


def find_groups(scene: Scene) -> Iterator[Claim]:
    """Yield the collective parties and the ships that the texts mention."""
    found = (scene.names.authorities.group_of(sender) for sender in scene.agents("sender"))
    group = next((one for one in found if one), None)
    for parts in scene.texts:
        named = _may_tell(_REPRESENTATIVES, parts.layer)
        for line in parts.body if named or group else ():
            yield from _we(scene, line, group) if group else ()
            yield from _representatives(scene, line, None) if named else ()
        for path, embedded in find_embedded(scene, parts) if named else ():
            for line in embedded.lines:
                yield from _representatives(scene, line, (path, embedded))


def _may_tell(patterns: Mapping[str, re.Pattern[str]], layer: Layer) -> bool:
    """Tell whether a text has the letters that the pattern of its language needs."""
    pattern = patterns.get(layer.language)
    return pattern is not None and may_match(pattern, layer.text)


def _we(scene: Scene, line: Line, group: str) -> Iterator[Claim]:
    """Take the first person plural of a sender for the collective that speaks in it."""
    pattern = _WE.get(line.layer.language)
    if pattern is None:
        return
    for match in pattern.finditer(line.text):
        words = line.part(match.start(), match.end()).evidence
        yield mention(scene, group, words, "first-person-plural")


def _representatives(scene: Scene, line: Line, draft: Draft | None) -> Iterator[Claim]:
    pattern = _REPRESENTATIVES.get(line.layer.language)
    if pattern is None:
        return
    for match in pattern.finditer(line.text):
        owner = _owner(scene, line, match, draft)
        if owner is None:
            continue
        words = line.part(match.start(), match.end()).evidence
        key, label = owner
        yield Claim(
            key=key,
            about=key,
            value=Entity("rico:Group", {"en": label}),
            evidence=(words,),
            rule="representatives",
        )
        yield mention(scene, key, words, "representatives")


def _owner(
    scene: Scene, line: Line, match: re.Match[str], draft: Draft | None
) -> tuple[str, str] | None:
    """Return key and label of the representatives: whose they are depends on who speaks."""
    word = match["owner"].lower()
    names = scene.names
    if word.startswith(_OWNERS["our"]):
        if draft:
            telegram, _, number = draft[0].rpartition("/draft/")
            telegram = telegram.rpartition("/")[2]
            key = f"group/{telegram}-draft-{number}-representatives"
            return key, "representatives of the signatories"
        person = next(iter(scene.agents("sender")), None)
    elif word.startswith(_OWNERS["your"]):
        person = (
            _addressed(scene, draft[1]) if draft else next(iter(scene.agents("addressee")), None)
        )
    else:
        before = [
            known.entity
            for found, known in names.find(line.text[: match.start()], line.layer.language)
            if known.entity.startswith(("person/", "group/"))
        ]
        person = before[-1] if before else None
    if person is None:
        return None
    label = names.label(person)
    return f"group/{slug(person.rpartition('/')[2])}-representatives", f"{label}'s representatives"


def _addressed(scene: Scene, embedded: Embedded) -> str | None:
    first = embedded.lines[0]
    return first_person(scene, first.layer, first.start, first.end)


def find_vessels(scene: Scene) -> Iterator[Claim]:
    """Yield ships named by country and kind ("the Danish hospital ship") as places.

    Shape: the key is taken from the English words; a Russian text that names one ship where
        the English names one too means the same one.
    """
    found = [
        (line, match)
        for parts in scene.texts
        if _may_tell(_VESSEL, parts.layer)
        for line in parts.lines
        for match in _VESSEL[line.layer.language].finditer(line.text)
    ]
    english = sorted({_english(match) for line, match in found if line.layer.language == "en"})
    for line, match in found:
        label = _english(match) if line.layer.language == "en" else None
        if label is None and len(english) == 1:
            label = english[0]
        if label is None:
            continue
        key = f"place/{slug(label)}"
        words = line.part(match.start(), match.end()).evidence
        language = line.layer.language
        labels = {"en": label}
        yield Claim(
            key=key,
            about=key,
            value=Entity("rico:Place", labels),
            evidence=(words,),
            rule="vessel-as-place",
        )
        yield mention(scene, key, words, "vessel")
        yield from _flag(scene, line, match)
        if match["place"] and (place := scene.names.place(match["place"], language)):
            yield Claim(
                key=f"{key}/claim/place-{place.entity.rpartition('/')[2]}",
                about=key,
                value=Link("rico:isAssociatedWithPlace", place.entity),
                evidence=(words,),
                rule="vessel-as-place",
            )


def _flag(scene: Scene, line: Line, match: re.Match[str]) -> Iterator[Claim]:
    """Yield the country whose ship it is, by the adjective that stands before the ship."""
    forms = scene.names.matcher.resolve(match["country"], line.layer.language)
    countries = {form.entity for form in forms if form.entity.startswith("place/")}
    if len(countries) == 1:
        words = line.part(*match.span("country")).evidence
        yield mention(scene, countries.pop(), words, "vessel")


def _english(match: re.Match[str]) -> str:
    return f"{match['country']} {match['kind'] or ''}{match['noun']}"
