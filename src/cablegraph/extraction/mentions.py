"""Find the persons, bodies, groups and places that the document names, and in which forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from cablegraph.authorities.romanise import name_key
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.names import BRACKET, Form, Known, form_of
from cablegraph.extraction.newcomers import stretches
from cablegraph.extraction.scene import Scene
from cablegraph.extraction.titles import Naming
from cablegraph.records.claims import Claim, Entity, Evidence, Link, Name
from cablegraph.records.model import Layer

_ATTRIBUTIVE = settings("people")["attributive"]
_NEXT = re.compile(r"[\s-]{1,2}(?P<word>[^\W\d_]+)")
_NOT_MENTIONED = ("archive", "repository")


def find_mentions(scene: Scene) -> Iterator[Claim]:
    """Yield an edge for each entity named in summary or body that is no party of the message.

    Shape: an adjective made of the name of a country names no place, nor does a country that
        describes what stands after it (the US Ambassador, the Asia Department).
    """
    for layer, start, end in stretches(scene):
        for match, known in scene.names.find(layer.text[start:end], layer.language):
            entity = known.entity
            if entity in scene.parties or _kind(scene, entity) in _NOT_MENTIONED:
                continue
            if not _is_name(known) or _describes(known, layer, start + match.end):
                continue
            words = layer.evidence(start + match.start, start + match.end)
            claim = mention(scene, entity, words, "named" if known.listed else "recognised")
            if known.reason:  # spelt in a way that the authority file does not have
                claim = msgspec.structs.replace(
                    claim, certainty=known.certainty, reason=known.reason
                )
            yield claim


def _describes(known: Known, layer: Layer, end: int) -> bool:
    """Tell whether a place only describes the word after it, at *end*."""
    after = _NEXT.match(layer.text, end)
    if after is None or not known.entity.startswith("place/") or known.form is None:
        return False
    word = after["word"]
    offices = word[0].isupper() and word.lower() in _ATTRIBUTIVE["offices"].split()
    if known.form.kind != "abbreviation" or known.form.language != "en":
        return offices
    return word[0].isupper() or word.lower() in _ATTRIBUTIVE["nouns"].split()


def mention(scene: Scene, entity: str, words: Evidence, rule: str) -> Claim:
    """Make the claim that the message mentions *entity* in *words*."""
    return Claim(
        key=f"{scene.telegram}/claim/mentions-{entity.replace('/', '-')}",
        about=scene.telegram,
        value=Link("schema:mentions", entity),
        evidence=(words,),
        rule=f"mention-{rule}",
    )


def _kind(scene: Scene, entity: str) -> str:
    listed = scene.names.authorities
    return listed.entity(entity).type if entity in listed else ""


def find_names(scene: Scene) -> Iterator[Claim]:
    """Yield each written form of a name, in the nominative, with every place where it stands.

    Shape: a form that stands only in an editor's bracket is the editor's; a misspelling brings
        the form that it stands for, on the same evidence.
    """
    yield from _unlisted(scene)
    for layer in scene.record.layers:
        for match, known in scene.names.find(layer.text, layer.language):
            if _kind(scene, known.entity) in _NOT_MENTIONED or not _is_name(known):
                continue
            words = layer.evidence(match.start, match.end)
            if not known.listed:
                yield unlisted(known, words, "recognised-name")
            bracketed = _is_bracketed(layer.text, match.start)
            same = bracketed and _names_same(scene, layer, match.start, known)
            yield from _forms(scene, known, words, editorial=same)


def _is_bracketed(text: str, start: int) -> bool:
    """Tell whether a bracket opens before *start*, white space left out."""
    while start and text[start - 1].isspace():
        start -= 1
    return text[start - 1 : start] == "["


def _is_name(known: Known) -> bool:
    """Tell a name from an adjective made of it ("Danish")."""
    return known.form is not None and known.form.kind != "adjective"


def _names_same(scene: Scene, layer: Layer, start: int, known: Known) -> bool:
    """Tell whether a bracket repeats, in another form, the name that stands before it."""
    before = layer.text[max(0, start - 60) : start].rstrip("[ \n")
    found = [m for m in scene.names.find(before, layer.language) if m[0].end == len(before)]
    form = found[0][1].form if found else None
    return bool(form and found[0][1].entity == known.entity and form.kind != "pseudonym")


def _forms(
    scene: Scene, known: Known, words: Evidence, *, editorial: bool = False
) -> Iterator[Claim]:
    form = known.form
    if form is None:
        return
    yield _name(known.entity, form, words, "editorial-form" if editorial else form.kind)
    if form.correct:
        correct = next(
            (
                name
                for name in scene.names.authorities.names(known.entity)
                if form.correct == name.key
            ),
            None,
        )
        if correct:
            yield _name(known.entity, form_of(correct), words, correct.kind)


def _name(entity: str, form: Form, words: Evidence, kind: str) -> Claim:
    return Claim(
        key=f"{entity}/name/{form.key}",
        about=entity,
        value=Name(form.key, form.text, form.language, kind, form.correct),
        evidence=(words,),
        rule="name-form",
    )


def _unlisted(scene: Scene) -> Iterator[Claim]:
    """Yield the parties that the authority file does not hold, and their forms."""
    for role in scene.roles:
        for naming, known in zip(role.namings, role.forms, strict=True):
            words = naming.evidence
            if not known.listed:
                yield unlisted(known, words)
            at = naming.layer.text.find(naming.words, naming.start, naming.end)
            bare = scene.names.without_bracket(naming.words)[0]
            if at >= 0 and bare:
                words = naming.layer.evidence(at, at + max(len(bare), 1))
            if not _is_listed_form(scene, known):
                yield from _forms(scene, known, words)
                yield from _explanation(naming, known)


def _explanation(naming: Naming, known: Known) -> Iterator[Claim]:
    """Yield the name by which a bracket explains the pseudonym of somebody not listed."""
    if known.listed or known.form is None or known.form.kind != "pseudonym":
        return
    for match in BRACKET.finditer(naming.layer.text, naming.start, naming.end):
        name = " ".join(match["inner"].split())
        form = Form(name_key(name, "en"), name, "en", "common")
        words = naming.layer.evidence(match.start("inner"), match.end("inner"))
        yield _name(known.entity, form, words, form.kind)


def _is_listed_form(scene: Scene, known: Known) -> bool:
    if not known.listed or known.form is None:
        return False
    names = scene.names.authorities.names(known.entity)
    return any(name.key == known.form.key for name in names)


def introduce(known: Known, words: Evidence) -> Iterator[Claim]:
    """Yield an entity that the authority file does not hold, with the form of its name."""
    if not known.listed:
        yield unlisted(known, words)
        if known.form:
            yield _name(known.entity, known.form, words, known.form.kind)


def unlisted(known: Known, words: Evidence, rule: str = "unlisted-name") -> Claim:
    """Make the claim of an entity that the authority file does not hold."""
    return Claim(
        key=known.entity,
        about=known.entity,
        value=Entity(known.type, known.labels),
        evidence=(words,),
        rule=rule,
        certainty=known.certainty,
    )
