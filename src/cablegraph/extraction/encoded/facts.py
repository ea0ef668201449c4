"""Turn what the encoding states into claims, each with the words or values that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cablegraph.authorities.romanise import path_step, slug
from cablegraph.extraction.encoded.identifiers import is_iri, name_reference
from cablegraph.extraction.encoded.roles import ROUTED, namings_of
from cablegraph.extraction.encoded.who import know
from cablegraph.extraction.mentions import introduce
from cablegraph.extraction.names import Known
from cablegraph.extraction.scene import Scene
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import (
    Claim,
    Date,
    Entity,
    Evidence,
    Link,
    Message,
    Number,
    Party,
    Position,
    Reference,
    Text,
    Value,
)
from cablegraph.records.stated import (
    Stated,
    StatedAgent,
    StatedDate,
    StatedLink,
    StatedMessage,
    StatedNumber,
    StatedPlace,
    StatedReference,
    StatedText,
)

_LEVELS = ("fond", "opis", "delo")


def find_encoded(scene: Scene) -> Iterator[Claim]:
    """Yield the claims of what the encoding states of the message and of messages within it."""
    for fact in scene.record.stated:
        if rule := _RULES.get(type(fact)):
            yield from rule(scene, fact)
    if scene.record.stated:
        yield from _source_notes(scene)


def _source_notes(scene: Scene) -> Iterator[Claim]:
    """Yield the words of the editors on the source, where what is read from them is only a part."""
    whole = [one.words[0] for one in scene.record.stated if isinstance(one, StatedReference)]
    for field in scene.record.fields.get("source", ()):
        start = field.layer.start + field.start
        end = field.layer.start + field.end
        if any(one.start <= start and end <= one.end for one in whole) or is_iri(field.text):
            continue
        yield Claim(
            key=f"{scene.telegram}/claim/source-note-{path_step(field.text)}",
            about=scene.telegram,
            value=Text("skos:note", field.text, field.layer.language),
            evidence=(field.evidence,),
            rule="encoded-text",
        )


def _about(scene: Scene, fact: Stated) -> str:
    return f"{scene.telegram}/{fact.about}" if fact.about else scene.telegram


def _words(scene: Scene, fact: Stated) -> tuple[Evidence, ...]:
    return tuple(scene.record.evidence(words) for words in fact.words)


def _claim(scene: Scene, fact: Stated, key: str, value: Value, rule: str) -> Claim:
    return Claim(
        key=key,
        about=_about(scene, fact),
        value=value,
        evidence=_words(scene, fact),
        rule=f"encoded-{rule}",
        certainty=fact.certainty,
    )


def _agent(scene: Scene, fact: StatedAgent) -> Iterator[Claim]:
    known = _known(scene, fact)
    if known is None:
        return
    about, name = _about(scene, fact), slug(known.entity)
    if fact.about or fact.role not in ROUTED:
        yield from introduce(known, _words(scene, fact)[0])
        if fact.role == "mentioned":
            value: Value = Link("schema:mentions", known.entity)
        else:
            value = Party(fact.role, known.entity)
        rule = fact.role if fact.role in ROUTED else "agent"
        rule = "mention" if fact.role == "mentioned" else rule
        yield _claim(scene, fact, f"{about}/claim/{fact.role}-{name}", value, rule)
    yield from _identified(scene, fact, known)
    if fact.office and known.entity.startswith("person/"):
        yield _office(scene, fact, known)


def _known(scene: Scene, fact: StatedAgent | StatedPlace) -> Known | None:
    for naming in namings_of(scene.record, fact):
        return know(fact, scene.names, naming.layer.language)
    return None


def _office(scene: Scene, fact: StatedAgent, known: Known) -> Claim:
    """Make the claim that a person holds the post in which the encoding has them act."""
    office = " ".join(str(fact.office).split())
    key = path_step(office)
    words = fact.office_words or fact.words[:1]
    evidence = tuple(scene.record.evidence(one) for one in words)
    return Claim(
        key=f"{known.entity}/position/{key}",
        about=known.entity,
        value=Position(key, {"en": office}),
        evidence=evidence,
        rule="encoded-office",
        certainty=fact.certainty,
    )


def _identified(scene: Scene, fact: StatedAgent | StatedPlace, known: Known) -> Iterator[Claim]:
    """Yield the records elsewhere that the encoding says the bearer is."""
    for reference in fact.refs:
        if is_iri(reference):
            yield Claim(
                key=f"{scene.telegram}/claim/{slug(known.entity)}-is-{name_reference(reference)}",
                about=known.entity,
                value=Link("skos:exactMatch", reference.strip()),
                evidence=_words(scene, fact),
                rule="encoded-identifier",
                certainty=fact.certainty,
            )


def _place(scene: Scene, fact: StatedPlace) -> Iterator[Claim]:
    known = _known(scene, fact)
    if known is None:
        return
    about, name = _about(scene, fact), slug(known.entity)
    if fact.about or fact.role not in ROUTED:
        yield from introduce(known, _words(scene, fact)[0])
        value = (
            Link("schema:mentions", known.entity)
            if fact.role == "mentioned"
            else Link("rico:isAssociatedWithPlace", known.entity, fact.role)
        )
        rule = "mention" if fact.role == "mentioned" else fact.role
        yield _claim(scene, fact, f"{about}/claim/{fact.role}-{name}", value, rule)
    yield from _identified(scene, fact, known)


def _date(scene: Scene, fact: StatedDate) -> Iterator[Claim]:
    value = Date(fact.kind, (fact.written,), fact.edtf)
    yield _claim(scene, fact, f"{_about(scene, fact)}/date/{fact.kind}", value, "date")


def _number(scene: Scene, fact: StatedNumber) -> Iterator[Claim]:
    key = f"{_about(scene, fact)}/number/{fact.kind}-{path_step(fact.written)}"
    yield _claim(scene, fact, key, Number(fact.kind, fact.written), "number")


def _text(scene: Scene, fact: StatedText) -> Iterator[Claim]:
    name = slug(fact.property.rpartition(":")[2])
    key = f"{_about(scene, fact)}/claim/{name}-{path_step(fact.text)}"
    yield _claim(scene, fact, key, Text(fact.property, fact.text, fact.language), "text")


def _link(scene: Scene, fact: StatedLink) -> Iterator[Claim]:
    name = slug(fact.property.rpartition(":")[2])
    form = fact.target.startswith(f"{SCHEME}form/")
    key = f"{_about(scene, fact)}/claim/{name}-{path_step(fact.target)}"
    value = Link(fact.property, fact.target)
    yield _claim(scene, fact, key, value, "form" if form else "link")


def _reference(scene: Scene, fact: StatedReference) -> Iterator[Claim]:
    """Yield a copy with its reference, unless the shelf marks were read from the words."""
    if scene.holdings:
        return
    archive, words = _archive(scene, fact), _words(scene, fact)
    if archive not in scene.names.authorities:
        yield Claim(
            key=archive,
            about=archive,
            value=Entity("rico:CorporateBody", {"en": fact.archive}),
            evidence=words[:1],
            rule="unlisted-archive",
        )
    steps = [archive.removeprefix("archive/"), *(path_step(level) for level in fact.levels)]
    holding = f"holding/{'/'.join(steps)}/{scene.record.key}"
    levels = dict(zip(_LEVELS, fact.levels, strict=False))
    first, last = fact.leaves or (None, None)
    value = Reference(
        archive=archive, written=fact.written, first_leaf=first, last_leaf=last, **levels
    )
    yield Claim(
        key=f"{holding}/reference",
        about=holding,
        value=value,
        evidence=words,
        rule="encoded-reference",
        certainty=fact.certainty,
    )


def _archive(scene: Scene, fact: StatedReference) -> str:
    for reference in fact.archive_refs:
        entity = scene.names.linked.get(name_reference(reference))
        if entity and entity.startswith("archive/"):
            return entity
    for language in ("en", "ru", "de", "fr"):
        known = scene.names.listed(fact.archive, language, ("archive",))
        if known:
            return known.entity
    return f"archive/{path_step(fact.archive)}"


def _message(scene: Scene, fact: StatedMessage) -> Iterator[Claim]:
    path = f"{scene.telegram}/{fact.path}"
    words = _words(scene, fact)
    value = Message("cbl:EmbeddedMessage", fact.label, "extant")
    yield Claim(key=path, about=path, value=value, evidence=words, rule="encoded-enclosure")
    yield Claim(
        key=f"{path}/claim/constituent-{slug(path)}",
        about=scene.telegram,
        value=Link("rico:hasOrHadConstituent", path),
        evidence=words[:1],
        rule="encoded-enclosure",
    )


_RULES: dict[type, Callable[[Scene, Any], Iterator[Claim]]] = {
    StatedAgent: _agent,
    StatedPlace: _place,
    StatedDate: _date,
    StatedNumber: _number,
    StatedText: _text,
    StatedLink: _link,
    StatedReference: _reference,
    StatedMessage: _message,
}
