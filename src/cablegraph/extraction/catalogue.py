"""Read the catalogue entry: title, citation, link, summary, language, form, subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from cablegraph.authorities.romanise import slug
from cablegraph.extraction.dates import FoundDate, find_dates
from cablegraph.extraction.drafts import find_embedded
from cablegraph.extraction.letter_places import Needs
from cablegraph.extraction.lexicon import table
from cablegraph.extraction.needed import find_needed, fold_case, holds_any
from cablegraph.extraction.parts import form_of
from cablegraph.extraction.scene import Scene
from cablegraph.namespaces import SCHEME
from cablegraph.records.claims import Bracket, Claim, Date, Evidence, Link, Number, Text
from cablegraph.records.languages import find_tag
from cablegraph.records.model import Field
from cablegraph.records.repositories import find_repository

_ACTS = [(row["act"], re.compile(row["pattern"], re.IGNORECASE)) for row in table("acts")]
_ACT_LETTERS = [find_needed(pattern) for _, pattern in _ACTS]
_SUBJECTS = [
    (row["subject"], row["language"], re.compile(row["pattern"].replace(" ", r"\s+"), re.I))
    for row in table("subjects")
]
_SUBJECT_LETTERS = [find_needed(pattern) for _, _, pattern in _SUBJECTS]

_QUOTED_TITLE = re.compile(r"\s*[\"“«](?P<title>.+?),?[\"”»],?\s", re.DOTALL)
_FIGURE = re.compile(r"[\d;:]")
_AFTER_TITLE = re.compile(r"[\s,\"”»]*")
# Words such as "not later than" may stand between title and date, but no name of an archive.
_NEAR = 24


def find_catalogue(scene: Scene) -> Iterator[Claim]:
    """Yield what the labelled fields of the catalogue entry say of the message."""
    yield from _texts(scene)
    yield from _dates(scene)
    yield from _link(scene)
    yield from _acts(scene)
    yield from _author(scene)


def _texts(scene: Scene) -> Iterator[Claim]:
    telegram, record = scene.telegram, scene.record
    for title in scene.titles:
        words = " ".join(title.layer.text[title.start : title.end].replace("**", "").split())
        yield Claim(
            key=f"{telegram}/claim/title-{slug(words)[:40].strip('-')}",
            about=telegram,
            value=Text("dcterms:title", words, "en"),
            evidence=(title.layer.evidence(title.start, title.end),),
            rule="catalogue-title",
        )
    for name, prop in (("citation", "bibliographicCitation"), ("summary", "abstract")):
        for field in record.fields.get(name, ()):
            yield Claim(
                key=f"{telegram}/claim/{name}",
                about=telegram,
                value=Text(f"dcterms:{prop}", field.text, "en"),
                evidence=(field.evidence,),
                rule=f"catalogue-{name}",
            )
    for field in record.fields.get("language", ()):
        if tag := find_tag(field.text):
            yield Claim(
                key=f"{telegram}/claim/language-{tag.lower()}",
                about=telegram,
                value=Text("dcterms:language", tag),
                evidence=(field.evidence,),
                rule="catalogue-language",
            )


def citation_title(field: Field) -> tuple[int, int] | None:
    """Return where, in the layer's text, the title stands in a citation's quotation marks."""
    place = _title_in(field.raw)
    return (field.start + place[0], field.start + place[1]) if place else None


@lru_cache(maxsize=16)
def _title_in(citation: str) -> tuple[int, int] | None:
    match = _QUOTED_TITLE.match(citation)
    return match.span("title") if match else None


def citation_date(field: Field) -> FoundDate | None:
    """Return the date after a citation's title; offsets are those of the citation.

    Shape: after a quoted title it stands at once, where a year alone may stand too; a citation
        without one is searched for its first date.
    """
    return _date_in(field.raw)


@lru_cache(maxsize=16)
def _date_in(citation: str) -> FoundDate | None:
    title = _title_in(citation)
    if title is None:
        return next(iter(find_dates(citation)), None)
    gap = _AFTER_TITLE.match(citation, title[1])
    start = gap.end() if gap else title[1]
    for date in find_dates(citation[start:]):
        if not _FIGURE.search(citation, start, start + date.start) and date.start < _NEAR:
            return replace(date, start=start + date.start, end=start + date.end)
        break
    for date in find_dates(citation[start:].partition(",")[0]):
        return replace(date, start=start + date.start, end=start + date.end)
    return None


def _dates(scene: Scene) -> Iterator[Claim]:
    if field := scene.record.first("date"):
        for date in find_dates(field.raw):
            yield _date(scene, "catalogue", date.written, date.edtf(), field.evidence)
    if field := scene.record.first("citation"):
        cited = citation_date(field)
        if cited:
            words = field.layer.evidence(field.start + cited.start, field.start + cited.end)
            yield _date(scene, "citation", cited.written, cited.edtf(), words)


def _date(scene: Scene, kind: str, written: str, edtf: str | None, words: Evidence) -> Claim:
    return Claim(
        key=f"{scene.telegram}/date/{kind}",
        about=scene.telegram,
        value=Date(f"{kind}-date", (written,), edtf),
        evidence=(words,),
        rule=f"{kind}-date",
    )


def _link(scene: Scene) -> Iterator[Claim]:
    field = scene.record.first("url")
    if field is None:
        yield from _record_id(scene)
        return
    telegram, url = scene.telegram, field.text
    yield Claim(
        key=f"{telegram}/claim/url",
        about=telegram,
        value=Link("schema:url", url),
        evidence=(field.evidence,),
        rule="catalogue-url",
    )
    repository = find_repository(url)
    if repository is None:
        return
    yield Claim(
        key=f"{telegram}/number/repository-record-id-{repository.record_id}",
        about=telegram,
        value=Number("repository-record-id", repository.record_id),
        evidence=(
            field.layer.evidence(field.start + repository.start, field.start + repository.end),
        ),
        rule="repository-record-id",
    )
    if repository.staging:
        host = re.match(r"\w+://([^/]+)", url)
        if host is None:
            return
        yield Claim(
            key=f"{telegram}/editorial/staging-link",
            about=telegram,
            value=Bracket("staging-link", None),
            evidence=(
                field.layer.evidence(field.start + host.start(1), field.start + host.end(1)),
            ),
            rule="staging-link",
            certainty="probable",
        )


def _record_id(scene: Scene) -> Iterator[Claim]:
    """Yield the record number that a page states, where no link has it."""
    field = scene.record.first("record-id")
    if field is not None:
        yield Claim(
            key=f"{scene.telegram}/number/repository-record-id-{slug(field.text)}",
            about=scene.telegram,
            value=Number("repository-record-id", field.text),
            evidence=(field.evidence,),
            rule="repository-record-id",
        )


def _acts(scene: Scene) -> Iterator[Claim]:
    """Say what the message does, in the cataloguer's words; the first act named counts."""
    for field in scene.record.fields.get("summary", ()):
        raw = field.raw
        folded = fold_case(raw)
        found = [
            (match.start(), act, match)
            for (act, pattern), needed in zip(_ACTS, _ACT_LETTERS, strict=True)
            if holds_any(folded, needed) and (match := pattern.search(raw))
        ]
        if found:
            _, act, match = min(found, key=lambda item: item[0])
            words = _clause(field, match)
            yield Claim(
                key=f"{scene.telegram}/claim/act-{act}",
                about=scene.telegram,
                value=Link("cbl:kind", f"{SCHEME}act/{act}"),
                evidence=(words,),
                rule="summary-act",
            )


_WITH_WHOSE = re.compile(r"(?:\w+s\s+(?:his|her|their)\s+)$")
_GOVERNED = re.compile(r"(?:\s+(?!to\s+(?:the\s+)?[A-Z])(?:[a-z'-]+))*")


def _clause(field: Field, match: re.Match[str]) -> Evidence:
    """Point at the words of an act with what they govern: up to the next name or stop."""
    before = _WITH_WHOSE.search(field.raw[: match.start()])
    start = before.start() if before else match.start()
    after = _GOVERNED.match(field.raw, match.end())
    end = after.end() if after else match.end()
    return field.layer.evidence(field.start + start, field.start + end)


_FORM_BEHIND = re.compile(
    r"\s*:\s*(?:Circular\s+)?(?P<form>[^\W\d_]{3,}(?: ?gram)?)", re.IGNORECASE
)
_WROTE = re.compile(r"\s+[a-z]+s\b(?:\s+(?:his|her|their)\s+\w+)?")


def _author(scene: Scene) -> Iterator[Claim]:
    """Take the sender whom the summary names first for the author, as the cataloguer does."""
    for field in scene.record.fields.get("summary", ()):
        for match, known in scene.names.find(field.raw, field.layer.language):
            if known.entity not in scene.agents("sender"):
                break
            verb = _WROTE.match(field.raw, match.end)
            end = field.start + (verb.end() if verb else match.end)
            for prop in ("rico:hasAuthor", "rico:hasCreator"):
                yield Claim(
                    key=f"{scene.telegram}/claim/{prop[8:].lower()}-{slug(known.entity)}",
                    about=scene.telegram,
                    value=Link(prop, known.entity),
                    evidence=(field.layer.evidence(field.start + match.start, end),),
                    rule="summary-author",
                )
            break


def find_forms(scene: Scene) -> Iterator[Claim]:
    """Yield the documentary form, as title and headings name it."""
    named: list[tuple[str, Evidence]] = []
    for title in scene.titles:
        if title.form:
            form = form_of(title.layer.text[title.start : title.end])
            if form:
                words = title.layer.evidence(title.start, title.start + form[1])
                named.append((title.form, words))
    for parts in scene.texts:
        if parts.heading and parts.form and (form := form_of(parts.heading.text)):
            named.append((parts.form, parts.heading.part(0, form[1]).evidence))
    for field in scene.record.fields.get("source", ()):
        # The file number of an edition has the form behind it: "795.00/6-2750: Telegram".
        behind = _FORM_BEHIND.match(field.layer.text, field.end)
        if behind and (form := form_of(behind["form"])):
            named.append((form[0], field.layer.evidence(*behind.span("form"))))
    for concept, words in named:
        yield Claim(
            key=f"{scene.telegram}/claim/form-{concept}",
            about=scene.telegram,
            value=Link("rico:hasDocumentaryFormType", f"{SCHEME}form/{concept}"),
            evidence=(words,),
            rule="documentary-form",
        )


def find_subjects(scene: Scene) -> Iterator[Claim]:
    """Yield the subjects that summary and text name in words of the subject list.

    Shape: what stands in a message inside the message is a subject of both.
    """
    told = scene.telegram
    places = [(told, f.layer, f.start, f.end) for f in scene.record.fields.get("summary", ())]
    for parts in scene.texts:
        places += [(told, parts.layer, line.start, line.end) for line in parts.lines]
        for path, embedded in find_embedded(scene, parts):
            places += [(path, parts.layer, line.start, line.end) for line in embedded.lines]
    layers = {layer.key: layer for _, layer, _, _ in places}
    possible = {key: _subjects(layer.language).chances(layer.text) for key, layer in layers.items()}
    for about, layer, start, end in places:
        for subject, pattern in possible[layer.key].within(start, end):
            for match in pattern.finditer(layer.text, start, end):
                yield Claim(
                    key=f"{about}/claim/subject-{subject}",
                    about=about,
                    value=Link("dcterms:subject", f"{SCHEME}subject/{subject}"),
                    evidence=(layer.evidence(match.start(), match.end()),),
                    rule="subject-words",
                )


@lru_cache
def _subjects(language: str) -> Needs[tuple[str, re.Pattern[str]]]:
    """Return the subjects of the list in a language, in its order."""
    rows = zip(_SUBJECTS, _SUBJECT_LETTERS, strict=True)
    return Needs(((row[0], row[2]), needed) for row, needed in rows if row[1] == language)
