"""Claims from finding aids and authority files: units of archives, and the agents described there.

A unit is the record set that a citation of the same archive and reference makes, so that telegrams
lie in the tree that the finding aid draws.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from cablegraph.authorities.romanise import name_key, path_step, romanise, slug
from cablegraph.extraction.citations import _LATIN, _bare_number
from cablegraph.extraction.encoded.identifiers import is_iri, name_reference
from cablegraph.extraction.encoded.who import know
from cablegraph.extraction.mentions import introduce
from cablegraph.extraction.names import Names
from cablegraph.namespaces import expand
from cablegraph.records.claims import Claim, Date, Entity, Evidence, Link, Name, Text, Value
from cablegraph.records.languages import guess_language
from cablegraph.records.model import Record
from cablegraph.records.stated import (
    Stated,
    StatedAgent,
    StatedEntity,
    StatedPlace,
    StatedText,
    StatedUnit,
)

# Archives are named in the language of the finding aid or of their own country.
_LANGUAGES = ("en", "ru", "de", "fr", "es", "pt")
_NAMED = re.compile(r"(?P<full>[^()]+?)\s*\((?P<short>[^()]+)\)\s*")
_STEP = re.compile(r"[a-z0-9][a-z0-9_.-]*")


@cache
def _words() -> dict[str, Any]:
    path = resources.files("cablegraph.extraction").joinpath("data/described.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def find_described(record: Record, names: Names) -> Iterator[Claim]:
    """Yield what a finding aid or an authority file states, in its order.

    Shape: claims about the description itself are about ``description/KEY``, the path of every
        document.
    """
    describer = _Describer(record, names)
    for fact in record.stated:
        if rule := _RULES.get(type(fact)):
            yield from rule(describer, fact)


class _Describer:
    """Makes the claims of one record."""

    def __init__(self, record: Record, names: Names) -> None:
        self.record, self.names = record, names
        self.root = record.path
        self._archives: dict[str, str] = {}
        self._last: dict[str, str] = {}  # path of a unit to that of the last unit in it

    def claim(
        self, fact: Stated, about: str, key: str, value: Value, rule: str, shown: str = ""
    ) -> Claim:
        """Make a claim that rests on the words that say *shown*, or on the first of the fact's."""
        return Claim(
            key=f"{self.root}/{key}",
            about=about,
            value=value,
            evidence=self._evidence(fact, shown),
            rule=rule,
            certainty=fact.certainty,
        )

    def _evidence(self, fact: Stated, shown: str) -> tuple[Evidence, ...]:
        clean = self.record.source.clean
        said = [" ".join(clean[words.start : words.end].split()) for words in fact.words]
        for fits in (shown.__eq__, lambda text: shown in text, lambda text: text in shown):
            found = [words for words, text in zip(fact.words, said, strict=True) if fits(text)]
            if shown and found:
                return tuple(self.record.evidence(words) for words in found)
        return (self.record.evidence(fact.words[0]),)

    def archive(self, fact: StatedUnit) -> Iterator[Claim]:
        """Find the archive of a unit; yield it once where the authority file has none such."""
        if fact.archive in self._archives:
            return
        found = self._listed_archive(fact)
        self._archives[fact.archive] = found or f"archive/{path_step(fact.archive)}"
        if found is None:
            language = guess_language(fact.archive)
            labels = {language: fact.archive, "en": romanise(fact.archive)}
            yield Claim(
                key=self._archives[fact.archive],
                about=self._archives[fact.archive],
                value=Entity("rico:CorporateBody", labels),
                evidence=self._evidence(fact, fact.archive),
                rule="unlisted-archive",
            )

    def _listed_archive(self, fact: StatedUnit) -> str | None:
        for reference in fact.archive_refs:
            entity = self.names.linked.get(name_reference(reference))
            if entity and entity.startswith("archive/"):
                return entity
        named = _NAMED.fullmatch(fact.archive)
        for form in (fact.archive, *(named.group("full", "short") if named else ())):
            for language in _LANGUAGES:
                if known := self.names.listed(form, language, ("archive",)):
                    return known.entity
        return None

    def path(self, archive: str, levels: tuple[str, ...]) -> str:
        """Return the path of a unit, the one that a citation of it has."""
        steps = [archive.removeprefix("archive/"), *(_step(level) for level in levels)]
        return f"unit/{'/'.join(steps)}"

    def unit(self, fact: StatedUnit) -> Iterator[Claim]:
        """Yield a unit with its place among the others."""
        yield from self.archive(fact)
        archive = self._archives[fact.archive]
        unit = self.path(archive, fact.levels)
        for name, value, rule, shown in self._said(fact, archive, unit):
            yield self.claim(fact, unit, f"claim/{unit}/{name}", value, rule, shown)
        for number, (written, edtf) in enumerate(fact.dates, start=1):
            date = Date("covered", (written,), edtf)
            key = f"date/{unit}-{number}" if number > 1 else f"date/{unit}"
            yield self.claim(fact, unit, key, date, "unit-date", written)

    def _said(
        self, fact: StatedUnit, archive: str, unit: str
    ) -> Iterator[tuple[str, Value, str, str]]:
        """Yield what is said of a unit: name of the claim, value, rule, words."""
        language = guess_language(fact.title) if fact.title else None
        single = fact.kind.casefold() in _words()["records"]["levels"]
        kind = expand("rico:Record" if single else "rico:RecordSet")
        yield "type", Link("rdf:type", kind), "unit-described", fact.title
        if level := _words()["levels"].get(fact.kind.casefold()):
            set_type = Link("rico:hasRecordSetType", expand(level))
            yield "level", set_type, "unit-described", fact.title
        if fact.title:
            for term in ("rico:title", "dcterms:title"):
                value = Text(term, fact.title, language)
                yield f"{term.partition(':')[0]}-title", value, "unit-described", fact.title
        if fact.coded:
            text = Text("rico:identifier", _code(fact.levels[-1]))
            yield "identifier", text, "unit-described", fact.levels[-1]
        if fact.note:
            note = Text("rico:scopeAndContent", fact.note, guess_language(fact.note))
            yield "contents", note, "unit-described", fact.note
        for kind, number in fact.containers:
            text = Text("schema:itemLocation", f"{kind} {number}", language)
            yield f"place-{path_step(text.text)}", text, "unit-container", number
        yield from self._order(fact, archive, unit)

    def _order(
        self, fact: StatedUnit, archive: str, unit: str
    ) -> Iterator[tuple[str, Value, str, str]]:
        if not fact.parent:
            holder = Link("rico:hasOrHadHolder", archive)
            yield "holder", holder, "unit-described", fact.archive
            return
        above = self.path(archive, fact.parent)
        yield "within", Link("rico:isOrWasIncludedIn", above), "unit-tree", fact.title
        if before := self._last.get(above):
            value = Link("rico:directlyFollowsInSequence", before)
            yield "follows", value, "unit-tree", fact.title
        self._last[above] = unit

    def entity(self, fact: StatedEntity) -> Iterator[Claim]:
        """Yield a described agent: names, dates, places, history, relations, other records."""
        form, language = fact.names[0]
        whole = StatedAgent(
            words=fact.words, role="mentioned", name=form, kind=fact.kind, refs=fact.refs
        )
        known = know(whole, self.names, language)
        if known is None:
            return
        agent, key = known.entity, slug(known.entity)
        yield from introduce(known, self._evidence(fact, form)[0])
        for form, language in fact.names:
            name = name_key(form, language)
            value = Name(name, form, language, "common")
            path = f"{agent}/name/{name}"
            yield Claim(
                key=path,
                about=agent,
                value=value,
                evidence=self._evidence(fact, form),
                rule="agent-described",
            )
        for reference in filter(is_iri, fact.refs):
            match = Link("skos:exactMatch", reference)
            name = f"claim/{key}-is-{name_reference(reference)}"
            yield self.claim(fact, agent, name, match, "encoded-identifier", reference)
        for number, (kind, written, edtf) in enumerate(fact.dates, start=1):
            date = Date(kind, (written,), edtf)
            name = f"date/{kind}-{number}" if number > 1 else f"date/{kind}"
            yield self.claim(fact, agent, name, date, "agent-described", written)
        if fact.note:
            text = Text("rico:history", fact.note, guess_language(fact.note))
            yield self.claim(
                fact, agent, f"claim/{key}-history", text, "agent-described", fact.note
            )
        yield from self._places(fact, agent)
        yield from self._related(fact, agent)

    def _places(self, fact: StatedEntity, agent: str) -> Iterator[Claim]:
        for role, name in fact.places:
            place = StatedPlace(words=fact.words, role="mentioned", name=name)
            known = know(place, self.names, guess_language(name))
            if known is None:
                continue
            yield from introduce(known, self._evidence(fact, name)[0])
            key = f"claim/{slug(agent)}-at-{slug(known.entity)}"
            key = f"{key}-{path_step(role)}" if role else key
            link = Link("rico:isAssociatedWithPlace", known.entity)
            yield self.claim(fact, agent, key, link, "agent-described", name)

    def _related(self, fact: StatedEntity, agent: str) -> Iterator[Claim]:
        for kind, name, address in fact.related:
            term = _words()["relations"].get(kind) or _words()["relations"]["other"]
            refs = (address,) if address else ()
            # The record says what the other one is to this one, not what it is.
            other = StatedAgent(words=fact.words, role="mentioned", name=name, refs=refs)
            known = know(other, self.names, guess_language(name))
            if known is None or known.entity == agent:
                continue
            yield from introduce(known, self._evidence(fact, name)[0])
            key = f"claim/{slug(agent)}-{path_step(kind or 'related')}-{slug(known.entity)}"
            link = Link(term, known.entity)
            yield self.claim(fact, agent, key, link, "agent-related", name)

    def text(self, fact: StatedText) -> Iterator[Claim]:
        """Yield what the description says of itself."""
        key = f"claim/{slug(fact.property)}-{path_step(fact.text)}"
        value = Text(fact.property, fact.text, fact.language)
        yield self.claim(fact, self.root, key, value, "encoded-text")


def _step(level: str) -> str:
    """Return a level as a step of a path, the same as for a citation.

    >>> _step("Р-9401"), _step("059А"), _step("784/1978"), _step("B 136")
    ('p-9401', '059a', '784-1978', 'b-136')
    """
    code = _code(level).replace("/", "-")
    return code if _STEP.fullmatch(code) else path_step(code)


def _code(level: str) -> str:
    """Return a level as a citation is read: Cyrillic letters folded, the branch left off."""
    return str(_bare_number(level.lower().translate(_LATIN)))


_RULES: dict[type, Callable[[_Describer, Any], Iterator[Claim]]] = {
    StatedUnit: _Describer.unit,
    StatedEntity: _Describer.entity,
    StatedText: _Describer.text,
}
