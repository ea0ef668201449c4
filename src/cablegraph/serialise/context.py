"""A JSON-LD 1.1 context read backwards: which key, and which short form, says a term.

Only what the project's own context uses is understood: prefixes, terms with a type or language,
the containers @set and @language, aliases of @id and @type, @vocab and @base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cablegraph.errors import shown
from cablegraph.terms import XSD, LiteralParts, find_relative, parse_literal

_KEYWORDS = {"@id", "@type", "@graph", "@value", "@language", "@none", "@included"}
_CONTAINERS = frozenset({"@set", "@language"})


@dataclass(frozen=True, slots=True)
class Term:
    """A key of the context, and how a bare string under it is read."""

    name: str
    iri: str
    coercion: str | None = None  # "@id", "@vocab" or the IRI of a datatype
    language: str | None = None
    containers: frozenset[str] = frozenset()

    @property
    def is_set(self) -> bool:
        """Whether its values stand in an array even if there is only one."""
        return "@set" in self.containers

    @property
    def is_map(self) -> bool:
        """Whether its values stand in an object by language."""
        return "@language" in self.containers


class Context:
    """The content of a context document.

    Raises:
        ValueError: if it nests or imports another context, or sets a language for all.
    """

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        _check(definitions)
        self.definitions = definitions
        self.base: str = definitions.get("@base") or ""
        self.vocab: str = definitions.get("@vocab") or ""
        self.prefixes = dict(self._find_prefixes())
        self.terms: dict[str, Term] = {term.name: term for term in self._find_terms()}
        self._by_iri: dict[str, list[Term]] = {}
        for term in self.terms.values():
            self._by_iri.setdefault(term.iri, []).append(term)
        #: Properties that may be written backwards, at their object, and the key for it.
        self.reverse: dict[str, str] = {
            self._expand_name(value["@reverse"]): name
            for name, value in definitions.items()
            if isinstance(value, Mapping) and "@reverse" in value
        }
        self.id_key = self._alias("@id")
        self.type_key = self._alias("@type")
        self.type_is_set = "@set" in _containers(definitions.get(self.type_key))
        self._compacted: dict[tuple[str, bool], str] = {}

    def find_term(self, predicate: str, value: str) -> Term:
        """Return the term that says *value*, a term of N-Quads, most simply.

        Shape: where the only terms of the predicate are language maps and the value has no place
            in one, the term is the prefixed name of the predicate.
        Raises:
            ValueError: if no term of the context stands for the predicate.
        """
        parts = parse_literal(value) if value.startswith('"') else None
        if predicate not in self._by_iri:
            raise ValueError(f"the JSON-LD context has no term for {predicate}")
        fitting = [(_fit(term, parts), term) for term in self._by_iri[predicate]]
        usable = [(-fit, term.name, term) for fit, term in fitting if fit >= 0]
        if usable:
            return min(usable, key=lambda item: item[:2])[2]
        forms = (
            form for form in self._prefixed(predicate) if self._expand(form, True) == predicate
        )
        return Term(next(forms), predicate, containers=frozenset({"@set"}))

    def compact(self, iri: str, *, vocabulary: bool = False) -> str:
        """Return the shortest form that is read back as *iri*.

        Raises:
            ValueError: if even the whole IRI would be read as something else.
        """
        known = self._compacted.get((iri, vocabulary))
        if known is None:
            forms = (form for form in self._forms(iri, vocabulary) if form)
            known = next((f for f in forms if self._expand(f, vocabulary) == iri), None)
            if known is None:
                raise ValueError(f"the JSON-LD context reads {shown(iri)} as another IRI")
            self._compacted[iri, vocabulary] = known
        return known

    def _forms(self, iri: str, vocabulary: bool) -> Iterator[str | None]:
        if vocabulary:
            yield from sorted(term.name for term in self._by_iri.get(iri, ()))
            if self.vocab and iri.startswith(self.vocab):
                yield iri[len(self.vocab) :]
        else:
            yield find_relative(iri, self.base)
        yield from self._prefixed(iri)

    def _prefixed(self, iri: str) -> Iterator[str]:
        by_length = sorted(self.prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        for prefix, namespace in by_length:
            if iri.startswith(namespace) and len(iri) > len(namespace):
                yield f"{prefix}:{iri[len(namespace) :]}"
        yield iri

    def _expand(self, text: str, vocabulary: bool) -> str:
        if vocabulary and text in self.terms:
            return self.terms[text].iri
        prefix, colon, suffix = text.partition(":")
        if colon:
            namespace = None if suffix.startswith("//") else self.prefixes.get(prefix)
            return text if namespace is None else namespace + suffix
        return (self.vocab if vocabulary else self.base) + text

    def _find_prefixes(self) -> Iterator[tuple[str, str]]:
        for name, value in self.definitions.items():
            if isinstance(value, str) and value[-1:] in set(":/?#[]@") and name[0] != "@":
                yield name, value
            elif isinstance(value, Mapping) and value.get("@prefix") is True:
                yield name, value["@id"]

    def _find_terms(self) -> Iterator[Term]:
        for name, value in self.definitions.items():
            definition = {"@id": value} if isinstance(value, str) else value
            if name.startswith("@") or not definition or "@reverse" in definition:
                continue
            iri = self._expand_name(definition.get("@id", name))
            containers = _containers(definition)
            if iri in _KEYWORDS or not iri or not containers <= _CONTAINERS:
                continue
            coercion = definition.get("@type")
            if coercion and not coercion.startswith("@"):
                coercion = self._expand_name(coercion)
            yield Term(name, iri, coercion, definition.get("@language"), containers)

    def _expand_name(self, text: str) -> str:
        prefix, colon, suffix = text.partition(":")
        if text in _KEYWORDS or suffix.startswith("//"):
            return text
        if colon:
            return self.prefixes[prefix] + suffix if prefix in self.prefixes else text
        return self.vocab + text if self.vocab else ""

    def _alias(self, keyword: str) -> str:
        for name in sorted(self.definitions):
            value = self.definitions[name]
            if value == keyword or (isinstance(value, Mapping) and value.get("@id") == keyword):
                return name
        return keyword


def _check(definitions: Mapping[str, Any]) -> None:
    for name, value in definitions.items():
        if name in ("@import", "@language", "@direction", "@propagate"):
            raise ValueError(f"the JSON-LD context holds {name}, which the writer does not follow")
        if isinstance(value, Mapping) and "@context" in value:
            raise ValueError(f"{name!r} of the JSON-LD context holds a context of its own")


def _containers(definition: object) -> frozenset[str]:
    found = definition.get("@container") if isinstance(definition, Mapping) else None
    return frozenset([found] if isinstance(found, str) else found or ())


def _fit(term: Term, literal: LiteralParts | None) -> int:
    # 3: a bare value says it; 2: a map has a place for it; 1 or 0: an object is needed; -1: never.
    if literal is None:
        if term.is_map:
            return -1
        return 3 if term.coercion in ("@id", "@vocab") else 1 - bool(term.coercion)
    if literal.language:
        if term.is_map or (term.language or "").lower() == literal.language:
            return 3
        return 1 - bool(term.coercion)
    if literal.datatype:
        if term.is_map:
            return -1
        return 3 if term.coercion == literal.datatype else 1 - bool(term.coercion)
    if term.is_map:
        return 2
    return 3 if term.coercion in (None, XSD + "string") and not term.language else 0
