"""Statements held by subject, as terms of N-Quads; what is shared stands behind a document's own.

Nothing is parsed that is only passed on: a term is the text that stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from cablegraph.namespaces import expand
from cablegraph.terms import LiteralParts, parse_literal

_LABELS = tuple(
    f"<{expand(name)}>"
    for name in (
        "skos:prefLabel", "rdfs:label", "dcterms:title", "rico:textualValue",
        "rico:expressedDate", "rico:identifier", "dcterms:identifier",
    )
)  # fmt: skip
_LANGUAGES = ("en", None)


@cache
def term(name: str) -> str:
    """Return the term of a CURIE or an IRI.

    >>> term("skos:note")
    '<http://www.w3.org/2004/02/skos/core#note>'
    """
    return f"<{expand(name)}>"


TYPE = term("rdf:type")


def split_line(line: str) -> tuple[str, str, str, str]:
    """Take a line of N-Quads apart that a serialiser wrote: one space between terms.

    Shape: subject, predicate, object and graph; the graph is empty where the line has none.

    >>> split_line('<a:s> <a:p> "o <x> ." <a:g> .')[3]
    '<a:g>'
    """
    subject, predicate, rest = line.split(" ", 2)
    value, _, graph = rest.rstrip(" .\n").rpartition(" ")
    if not value or '"' in graph or not graph.startswith("<"):
        return subject, predicate, rest.rstrip("\n").removesuffix(" ."), ""
    return subject, predicate, value, graph


def graph_of(line: str) -> str:
    """Return the graph of a line, found from its end.

    >>> graph_of('<a:s> <a:p> <a:o> .'), graph_of('<a:s> <a:p> "o" <a:g> .')
    ('', '<a:g>')
    """
    end = len(line) - (3 if line.endswith("\n") else 2)
    cut = line.rfind(" ", 0, end) + 1
    if line[cut] != "<" or line[end - 1] != ">" or '"' in line[cut:end]:
        return ""
    is_object = line.find(" ", line.find(" ") + 1) >= cut - 1
    return "" if is_object else line[cut:end]


def without_graph(line: str) -> str:
    """Return the line of N-Triples, with its line feed.

    >>> without_graph('<a:s> <a:p> "o" <a:g> .')
    '<a:s> <a:p> "o" .\\n'
    """
    graph = graph_of(line)
    line = line.rstrip("\n")
    return f"{line[: -len(graph) - 3]} .\n" if graph else line + "\n"


def text_of(value: str) -> str:
    """Return the words of a literal, or an IRI without its brackets."""
    return parse_literal(value).text if value.startswith('"') else value.strip("<>")


def first_of(said: Mapping[str, list[str]], name: str) -> str | None:
    """Return the first value of a property among the statements on one subject, or None."""
    found = said.get(term(name))
    return min(found) if found else None


class Facts:
    """Statements of one document, or of none, indexed by subject."""

    def __init__(
        self, lines: Iterable[str] = (), *, behind: Facts | None = None, graph: str = ""
    ) -> None:
        """Hold some lines of N-Quads.

        Shape: *behind* are statements with none behind them; *graph* is the graph of every line,
            with a line feed after it, where they all have the same.
        """
        self.said: dict[str, dict[str, list[str]]] = {}
        self.behind = behind
        self._referring: dict[str, list[tuple[str, str]]] | None = None
        self._pointing: dict[str, dict[str, list[str]]] = {}
        tail = len(f" {graph} .\n")
        for line in lines:
            if graph:
                subject, predicate, value = line[:-tail].split(" ", 2)
            else:
                subject, predicate, value, _ = split_line(line)
            said = self.said.get(subject)
            if said is None:
                said = self.said[subject] = {}
            said.setdefault(predicate, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def terms(self) -> set[str]:
        """Return every term of the own statements, in no order."""
        found = set(self.said)
        for said in self.said.values():
            found.update(said)
            for values in said.values():
                found.update(values)
        return found

    def told(self, subject: str) -> dict[str, list[str]] | None:
        """Return the own statements on a subject by predicate, or None."""
        return self.said.get(subject)

    def about(self, subject: str) -> dict[str, list[str]]:
        """Return every statement on a subject by predicate, those behind with them."""
        own = self.said.get(subject)
        far = self.behind.told(subject) if self.behind is not None else None
        if not own or not far:
            return own or far or {}
        both = {key: [*own.get(key, ()), *far.get(key, ())] for key in [*own, *far]}
        return {key: list(dict.fromkeys(values)) for key, values in both.items()}

    def values(self, subject: str, name: str) -> list[str]:
        """Return the values of a property, sorted, each once."""
        key = term(name)
        said = self.said.get(subject)
        own = said.get(key) if said else None
        if self.behind is not None:
            said = self.behind.told(subject)
            far = said.get(key) if said else None
            if far:
                return sorted({*own, *far}) if own else sorted(set(far))
        if not own:
            return []
        return sorted(set(own)) if len(own) > 1 else [own[0]]

    def first(self, subject: str, name: str) -> str | None:
        """Return the first value of a property, or None."""
        found = self.values(subject, name)
        return found[0] if found else None

    def word(self, subject: str, name: str) -> str | None:
        """Return the first value of a property without quotation marks or brackets."""
        value = self.first(subject, name)
        return None if value is None else text_of(value)

    def literals(self, subject: str, name: str) -> list[LiteralParts]:
        """Return the literals of a property, those in English first."""
        found = [parse_literal(v) for v in self.values(subject, name) if v.startswith('"')]
        return sorted(found, key=lambda one: (one.language not in ("en", None), one))

    def has_type(self, subject: str, name: str) -> bool:
        """Whether a node is of a class."""
        return term(name) in self.about(subject).get(TYPE, ())

    def claim(self, node: str) -> tuple[str, str, str] | None:
        """Return the statement that a node claims, if it is a claim."""
        said = self.about(node)
        subject = first_of(said, "rdf:subject")
        if subject is None:
            return None
        predicate, value = first_of(said, "rdf:predicate"), first_of(said, "rdf:object")
        return (subject, predicate, value) if predicate and value else None

    def referring(self, value: str) -> list[tuple[str, str]]:
        """Return subject and predicate of each own statement with this object, sorted."""
        if self._referring is None:
            self._referring = {}
            for subject in sorted(self.said):
                for predicate, values in sorted(self.said[subject].items()):
                    for one in values:
                        self._referring.setdefault(one, []).append((subject, predicate))
        return self._referring.get(value, [])

    def pointing(self, value: str, name: str) -> list[str]:
        """Return the subjects of the own statements with this property and object, sorted."""
        found = self._pointing.get(name)
        if found is None:
            found = self._pointing[name] = {}
            key = term(name)
            for subject in sorted(one for one, said in self.said.items() if key in said):
                for one in dict.fromkeys(self.said[subject][key]):
                    found.setdefault(one, []).append(subject)
        return found.get(value, [])

    def label(self, subject: str) -> str | None:
        """Return what a node is called, in English where it can be, or None."""
        said = self.about(subject)
        for name in _LABELS:
            found = sorted(
                (one.language not in _LANGUAGES, one.language or "", one.text)
                for one in (parse_literal(v) for v in said.get(name, ()) if v.startswith('"'))
            )
            if found:
                return found[0][2]
        return None
