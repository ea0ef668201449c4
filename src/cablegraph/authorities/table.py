"""The authority file: entities.csv and names.csv read, checked and frozen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from cablegraph.authorities.romanise import name_key
from cablegraph.authorities.rows import Row, read_rows
from cablegraph.errors import AuthorityError, Faults, shown

EntityType = Literal["person", "body", "group", "place", "archive", "repository", "event"]
NameKind = Literal[
    "common",
    "pseudonym",
    "modern-transcription",
    "period-transcription",
    "romanised",
    "pinyin",
    "japanese-era-form",
    "misspelling",
    "abbreviation",
    "surname",
    "short-form",
    "adjective",
]

TYPES: tuple[str, ...] = get_args(EntityType)
KINDS: tuple[str, ...] = get_args(NameKind)
ENTITY_COLUMNS = ("key", "type", "label_en", "label_ru", "notation", "speaks_for", "note")
NAME_COLUMNS = ("key", "form", "language", "kind", "correct", "scope", "note")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLASSES = {
    "person": "rico:Person",
    "group": "rico:Group",
    "place": "rico:Place",
    "event": "rico:Event",
}
#: First step of the path of each type under ``{base}id/``.
_FOLDERS = {"body": "org", "repository": "org"}


class AuthorityEntity(NamedTuple):
    """A person, body, group, place, archive or event; ``key`` is its path under ``{base}id/``."""

    key: str
    type: EntityType
    label_en: str
    label_ru: str
    notation: str  # as citations abbreviate it, such as AVP RF; empty for none
    speaks_for: tuple[str, ...]  # persons whose "we" is this group
    note: str

    @property
    def labels(self) -> dict[str, str]:
        """Language to label, without the languages that have none."""
        return {tag: text for tag, text in (("en", self.label_en), ("ru", self.label_ru)) if text}

    @property
    def class_curie(self) -> str:
        """The class of the entity, such as ``rico:Person``."""
        return _CLASSES.get(self.type, "rico:CorporateBody")


class NameForm(NamedTuple):
    """One nominative written form of a name; ``entity`` is the key of whom or what it names."""

    entity: str
    form: str
    language: str  # BCP 47
    kind: NameKind
    correct: str  # for a misspelling: the form it stands for
    scope: str  # "bracket": believed only when an editor or the context confirms it
    note: str

    @property
    def key(self) -> str:
        """Last step of the IRI of the form."""
        return name_key(self.form, self.language)

    @property
    def correct_key(self) -> str | None:
        """Last step of the IRI of the correct form, where this is a misspelling."""
        return name_key(self.correct, self.language) if self.correct else None


@dataclass(frozen=True)
class Authorities:
    """All entities and names; the same rows give the same ``version``, whatever their order."""

    entities: tuple[AuthorityEntity, ...]  # by key
    forms: tuple[NameForm, ...]  # by entity, then in the order of the file
    _by_key: Mapping[str, AuthorityEntity] = field(repr=False, compare=False)
    _names: Mapping[str, tuple[NameForm, ...]] = field(repr=False, compare=False)

    @cached_property
    def version(self) -> str:
        """The digest of all rows."""
        canonical = sorted(repr(row) for row in (*self.entities, *self.forms))
        return hashlib.sha256("\n".join(canonical).encode()).hexdigest()

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        """From a person to the first group that the person speaks for."""
        spoken = [(person, one.key) for one in self.entities for person in one.speaks_for]
        return dict(reversed(spoken))

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def entity(self, key: str) -> AuthorityEntity:
        """Return the entity of that key; KeyError if there is none."""
        return self._by_key[key]

    def of_type(self, kind: EntityType) -> tuple[AuthorityEntity, ...]:
        """Return the entities of one type, by key."""
        return tuple(entity for entity in self.entities if entity.type == kind)

    def names(self, key: str) -> tuple[NameForm, ...]:
        """Return the name forms of an entity, in the order of the file."""
        return self._names.get(key, ())

    def group_of(self, person: str) -> str | None:
        """Return the key of the group that the first person plural of *person* means."""
        return self._groups.get(person)


def read_authorities(folder: Path) -> Authorities:
    """Read entities.csv and names.csv of *folder*.

    Raises:
        AuthorityError: if one row can't be used, at the cell that is to blame.
        Faults: if several can't, with one AuthorityError for each.
    """
    entity_rows = read_rows(folder / "entities.csv", ENTITY_COLUMNS)
    name_rows = read_rows(folder / "names.csv", NAME_COLUMNS)
    entities = {row.cells["key"]: _entity(row) for row in entity_rows}
    forms = [_form(row) for row in name_rows]
    faults = _entity_faults(entity_rows, entities) + _name_faults(name_rows, forms, entities)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(f"{len(faults)} faults in the authority file", faults)
    return _frozen(entities, forms)


def _frozen(entities: Mapping[str, AuthorityEntity], forms: Iterable[NameForm]) -> Authorities:
    known = tuple(entities[key] for key in sorted(entities))
    by_entity: dict[str, list[NameForm]] = {entity.key: [] for entity in known}
    for form in forms:
        by_entity[form.entity].append(form)
    names = {key: tuple(found) for key, found in by_entity.items()}
    ordered = tuple(form for key in names for form in names[key])
    return Authorities(
        entities=known,
        forms=ordered,
        _by_key={entity.key: entity for entity in known},
        _names=names,
    )


def _entity(row: Row) -> AuthorityEntity:
    cells = row.cells
    speakers = (part.strip() for part in cells["speaks_for"].split(";"))
    return AuthorityEntity(
        key=cells["key"],
        type=cast(EntityType, cells["type"]),
        label_en=cells["label_en"],
        label_ru=cells["label_ru"],
        notation=cells["notation"],
        speaks_for=tuple(part for part in speakers if part),
        note=cells["note"],
    )


def _form(row: Row) -> NameForm:
    cells = row.cells
    return NameForm(
        entity=cells["key"],
        form=cells["form"],
        language=cells["language"],
        kind=cast(NameKind, cells["kind"]),
        correct=cells["correct"],
        scope=cells["scope"],
        note=cells["note"],
    )


def _entity_faults(
    rows: Iterable[Row], entities: Mapping[str, AuthorityEntity]
) -> list[AuthorityError]:
    faults: list[AuthorityError] = []
    seen: set[str] = set()
    for row in rows:
        entity = _entity(row)
        if entity.type not in TYPES:
            faults.append(_not_listed(row, "type", TYPES))
        elif not _fits(entity):
            remedy = f"write {_FOLDERS.get(entity.type, entity.type)}/ and a-z, 0-9, hyphens"
            problem = f"key {shown(entity.key)} does not fit type {entity.type}"
            faults.append(row.fault("key", problem, remedy))
        if entity.key in seen:
            faults.append(row.fault("key", f"key {shown(entity.key)} stands twice", "keep one row"))
        seen.add(entity.key)
        if not entity.label_en:
            faults.append(row.fault("label_en", "the English label is empty", "fill it in"))
        for person in entity.speaks_for:
            if person not in entities:
                faults.append(_no_entity(row, "speaks_for", person))
    return faults


def _fits(entity: AuthorityEntity) -> bool:
    folder, _, name = entity.key.partition("/")
    return folder == _FOLDERS.get(entity.type, entity.type) and bool(_SLUG.fullmatch(name))


def _name_faults(
    rows: Iterable[Row], forms: Iterable[NameForm], entities: Mapping[str, AuthorityEntity]
) -> list[AuthorityError]:
    faults: list[AuthorityError] = []
    known = {(form.entity, form.form) for form in forms}
    seen: dict[tuple[str, str], str] = {}
    for row, form in zip(rows, forms, strict=True):
        faults += _form_faults(row, form)
        if form.entity not in entities:
            faults.append(_no_entity(row, "key", form.entity))
        if form.correct and (form.entity, form.correct) not in known:
            problem = f"{shown(form.correct)} is no form of {shown(form.entity)}"
            faults.append(row.fault("correct", problem, "add a row for it"))
        twin = seen.setdefault((form.entity, form.key), form.form) if form.form else form.form
        if twin is not form.form:
            problem = f"{shown(form.form)} gets the same key as {shown(twin)}"
            faults.append(row.fault("form", problem, "keep one of the two rows"))
    return faults


def _form_faults(row: Row, form: NameForm) -> list[AuthorityError]:
    faults: list[AuthorityError] = []
    if not any(map(str.isalnum, form.form)):
        faults.append(row.fault("form", "the form is empty", "fill it in"))
    if not form.language:
        faults.append(row.fault("language", "the language is empty", "write a tag such as ru"))
    if form.kind not in KINDS:
        faults.append(_not_listed(row, "kind", KINDS))
    if form.scope not in ("", "bracket"):
        faults.append(_not_listed(row, "scope", ("bracket",)))
    return faults


def _not_listed(row: Row, column: str, allowed: tuple[str, ...]) -> AuthorityError:
    problem = f"{column} {shown(row.cells[column])} is not known"
    return row.fault(column, problem, "use one of " + ", ".join(allowed))


def _no_entity(row: Row, column: str, key: str) -> AuthorityError:
    return row.fault(column, f"no entity {shown(key)}", "add it to entities.csv")
