"""Terms told in words for one page: a label, a language, and a link where there is one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

from cablegraph.explain.nodes import short
from cablegraph.publication.site.addresses import Addresses, is_web
from cablegraph.publication.site.facts import Facts, term
from cablegraph.publication.site.survey import Survey
from cablegraph.publication.site.watch import Watch
from cablegraph.terms import parse_literal

#: Languages of the page itself; words in another one say so.
OWN_LANGUAGE = "en"


@cache
def list_words() -> dict[str, str]:
    """Return the words for terms of other vocabularies, which the graph does not label."""
    text = resources.files(__package__).joinpath("words.csv").read_text("utf-8")
    return {term(row["term"]): row["label"] for row in csv.DictReader(text.splitlines())}


class Value(NamedTuple):
    """Something to show: words, their language if not the page's, and where they lead."""

    text: str
    href: str | None = None
    language: str | None = None
    away: bool = False  # to another host


class Teller:
    """Tells the terms of one document or thing on the page that lies at *root*."""

    def __init__(
        self,
        facts: Facts,
        known: Survey,
        addresses: Addresses,
        root: str,
        common: Common | None = None,
    ) -> None:
        self.facts, self.known = facts, known
        self.addresses, self.root = addresses, root
        self._common = common
        self._labels: dict[str, str] = {}
        self._values: dict[str, Value] = {}
        self._names: dict[str, Value] = {}

    def label(self, node: str) -> str:
        """Return what a node is called; in the last resort its own name, shortened."""
        found = self._labels.get(node)
        if found is None:
            find = self.find_label
            if self._common is not None and node not in self.facts.said:
                find = self._common.label
            found = self._labels[node] = find(node)
        return found

    def find_label(self, node: str) -> str:
        """Return what a node is called, not asking what is common to all pages."""
        path = self.addresses.path(node)
        return (
            (self.known.labels.get(path) if path else None)
            or self.facts.label(node)
            or list_words().get(node)
            or self._part(node)
            or short(node.strip("<>"))
        )

    def definition(self, node: str) -> str:
        """Return the definition of a concept, or nothing."""
        if self._common is not None and node not in self.facts.said:
            return self._common.definition(node)
        found = self.facts.literals(node, "skos:definition")
        return found[0].text if found else ""

    def value(self, given: str) -> Value:
        """Return a term as something to show."""
        found = self._values.get(given)
        if found is None:
            found = self._values[given] = self._value(given)
        return found

    def _value(self, given: str) -> Value:
        if given.startswith('"'):
            parts = parse_literal(given)
            language = parts.language if parts.language != OWN_LANGUAGE else None
            return Value(parts.text, parts.text if is_web(parts.text) else None, language)
        href = self.addresses.href(given, self.root)
        away = href is not None and is_web(href)
        text = list_words().get(given, given.strip("<>")) if away else self.label(given)
        return Value(text, href, away=away)

    def name(self, given: str) -> Value:
        """Return a property or class by its label, with a link if the term is one of ours."""
        found = self._names.get(given)
        if found is None:
            href = self.addresses.href(given, self.root)
            found = Value(self.label(given), None if href and is_web(href) else href)
            self._names[given] = found
        return found

    def values(self, subject: str, name: str) -> list[Value]:
        """Return the values of a property."""
        return [self.value(one) for one in self.facts.values(subject, name)]

    def words(self, subject: str, *names: str) -> str:
        """Return the labels of the first property that has values, joined."""
        for name in names:
            found = self.facts.values(subject, name)
            if found:
                return "; ".join(self.value(one).text for one in found)
        return ""

    def _part(self, node: str) -> str | None:
        facts = self.facts
        kind = facts.first(node, "cbl:kind")
        agent, role = facts.first(node, "cbl:agent"), facts.first(node, "cbl:role")
        if agent and role:
            return f"{self.label(role)}: {self.label(agent)}"
        about = facts.first(node, "cbl:onProposal") or facts.first(node, "cbl:triggeredBy")
        if kind and about:
            return f"{self.label(kind)}: {self.label(about)}"
        return self.label(kind) if kind else None


class Common:
    """Labels and definitions of nodes that no page says anything of itself: the same on each.

    They are found once; the questions that were put for one are put again to whoever is told it.
    """

    def __init__(self, known: Survey, addresses: Addresses, shared: Facts, watch: Watch) -> None:
        self._known, self._addresses, self._shared = known, addresses, shared
        self._watch = watch
        self._labels: dict[str, tuple[str, frozenset[str]]] = {}
        self._definitions: dict[str, tuple[str, frozenset[str]]] = {}

    def label(self, node: str) -> str:
        """Return what a node is called."""
        return self._tell(node, self._labels, lambda teller: teller.find_label(node))

    def definition(self, node: str) -> str:
        """Return the definition of a concept, or nothing."""
        return self._tell(node, self._definitions, lambda teller: teller.definition(node))

    def _tell(
        self,
        node: str,
        told: dict[str, tuple[str, frozenset[str]]],
        find: Callable[[Teller], str],
    ) -> str:
        found = told.get(node)
        if found is None:
            with self._watch.apart() as asked:
                text = find(self._teller())
            found = told[node] = text, frozenset(asked)
        self._watch.asked.update(found[1])
        return found[0]

    def _teller(self) -> Teller:
        # A new one each time, since one that remembered a label would not ask for it again.
        return Teller(Facts(behind=self._shared), self._known, self._addresses, "")
