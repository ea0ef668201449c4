"""What is said of one thing: the description that its data files and its page hold.

The description of a thing is
1. every statement, of whatever graph, whose subject is the thing;
2. every statement whose subject is a part of it, which is one whose name continues its name,
   unless it is, or belongs to, a thing with a page of its own, as a file in its fonds does;
3. every statement that has the thing as object, so that what refers to it is found;
4. for each claim about the thing (``rdf:subject``), the statements on the claim;
5. for each ``cbl:evidence`` met so far, the statements on the span of words, so that the words
   can be read without another request;
6. whose description it is, of what dataset, under which licence and rights.
There is no blank node to follow, and graph names are left out. A description is bounded: of more
than MOST_REFERENCES statements under 3 only the claims are kept, and more than MOST_SPANS spans
under 5 are left out; the description then says so in an ``rdfs:comment`` on itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cablegraph.errors import DataError
from cablegraph.namespaces import CBL, PREFIXES, expand
from cablegraph.publication.contexts import FOAF
from cablegraph.publication.kinds import find_part_steps, find_whole, is_thing
from cablegraph.publication.lookup import Lookup
from cablegraph.publication.whole import find_whole_graph
from cablegraph.serialise.canonical import find_graph_files
from cablegraph.terms import RDF_TYPE, Quad, iri, literal, parse_line, parse_literal, quad_line

#: A person of ten thousand telegrams is named a hundred thousand times; a reader of the data file
#: would wait for ten megabytes and more.
MOST_REFERENCES = 10_000
MOST_SPANS = 1_000
_FILES = ("cablegraph.nq", "graph/cablegraph.nq")
_EVIDENCE = f"<{CBL.evidence}>"
_SUBJECT = f"<{PREFIXES['rdf']}subject>"
_VOID_DATASET = f"<{expand('void:Dataset')}>"
_URI_SPACE = f"<{expand('void:uriSpace')}>"
#: What is true of every description because it is true of the dataset.
_TERMS_OF_USE = tuple(f"<{expand(f'dcterms:{name}')}>" for name in ("license", "rights"))


@dataclass(frozen=True, slots=True)
class Description:
    """The statements on a thing, without graph names and sorted; ``path`` follows ``id/``."""

    iri: str
    path: str
    lines: tuple[str, ...]
    successor: str | None = None


class Entities:
    """The things of a written graph, described one at a time.

    Raises:
        DataError: if the output folder has no sorted graph, or the graph describes no dataset.
    """

    def __init__(self, output: Path) -> None:
        paths = [output / name for name in _FILES] if output.is_dir() else [output]
        path = next((path for path in paths if path.is_file()), paths[-1])
        if not path.is_file() and find_graph_files(output):
            whole = find_whole_graph(output)
            self.lookup = Lookup(whole, kept=whole.with_name("references"))
        else:
            self.lookup = Lookup(path)

    @cached_property
    def dataset(self) -> str:
        """The IRI of the dataset."""
        found = [line for line in self.lookup.typed(_VOID_DATASET) if "/dataset>" in line]
        if not found:
            raise DataError(
                "the graph describes no dataset", where=f"{self.lookup.path}:1:1",
                remedy="run the build again",
            )  # fmt: skip
        return parse_line(min(found)).subject[1:-1]

    @cached_property
    def base(self) -> str:
        """Where the IRIs of the collection begin; ``id/`` follows."""
        spaces = [q.object for q in self._quads(self.dataset) if q.predicate == _URI_SPACE]
        spaces = [space for space in spaces if parse_literal(space).text.endswith("/id/")]
        return parse_literal(min(spaces)).text.removesuffix("id/") if spaces else self.dataset[:-7]

    def owners(self) -> Iterator[str]:
        """Yield the paths of all things that have a page of their own, each once, in order."""
        start = f"<{self.base}id/"
        last = ""
        for line in self.lookup.starting(start):
            if RDF_TYPE in line and is_thing([quad := parse_line(line)]) and quad.subject != last:
                last = quad.subject
                yield quad.subject[len(start) : -1]

    def part_steps(self) -> dict[str, list[str]]:
        """Return for each kind of thing the steps that lead from one to its parts."""
        start = f"{self.base}id/"
        paths = (subject.removeprefix(start) for subject in self.lookup.subjects(start))
        return find_part_steps(paths, frozenset(self.owners()))

    def describe(self, path: str) -> Description | None:
        """Return the description of the thing at a path after ``id/``; None if there is none."""
        name = f"{self.base}id/{path}"
        own = self.lookup.statements(name)
        if not own:
            return None
        # A dict keeps the order of the file, so that the sorting has little left to do.
        lines = dict.fromkeys([*leave_graphs(own), *self._parts(name)])
        notes = [self._add_around(name, lines), self._add_evidence(lines)]
        lines.update(dict.fromkeys(self.document_lines(path, [note for note in notes if note])))
        return Description(name, path, tuple(sorted(lines)), self._successor(own))

    def document_lines(self, path: str, notes: Iterable[str] = ()) -> list[str]:
        """Return what a description says of itself; *notes* tell what was left out."""
        document, thing = iri(f"{self.base}data/{path}"), iri(f"{self.base}id/{path}")
        lines = [
            quad_line(document, iri(f"{FOAF}primaryTopic"), thing),
            quad_line(document, iri(expand("void:inDataset")), iri(self.dataset)),
        ]
        lines.extend(quad_line(document, *pair) for pair in self._terms_of_use)
        comment = iri(expand("rdfs:comment"))
        lines.extend(quad_line(document, comment, literal(note, "en")) for note in notes)
        return sorted(lines)

    @cached_property
    def _terms_of_use(self) -> list[tuple[str, str]]:
        said = self._quads(self.dataset)
        return [(q.predicate, q.object) for q in said if q.predicate in _TERMS_OF_USE]

    def _parts(self, name: str) -> list[str]:
        below = leave_graphs(self.lookup.parts(name))
        typed = [parse_line(line) for line in below if RDF_TYPE in line]
        others = {quad.subject[1:-1] for quad in typed if is_thing([quad])}
        if not others:
            return below
        return [line for line in below if find_whole(_subject(line)[1:-1], others) is None]

    def _add_around(self, name: str, lines: dict[str, None]) -> str:
        """Add what refers to a thing; return a note if that is too much."""
        naming = self.lookup.references(name)
        claims = [line for line in naming if line.split(" ", 2)[1] == _SUBJECT]
        for claim in claims:
            lines.update(dict.fromkeys(self._whole(_subject(claim))))
        if len(naming) <= MOST_REFERENCES:
            lines.update(dict.fromkeys(leave_graphs(naming)))
            return ""
        left = len(naming) - len(claims)
        return f"{left} statements of other things that name this one are left out here."

    def _add_evidence(self, lines: dict[str, None]) -> str:
        """Add the spans of words that the statements rest on; return a note if they are many."""
        described = set(map(_subject, lines))
        proven = (line.split(" ", 2) for line in lines if _EVIDENCE in line)
        spans = {rest[:-2] for _, name, rest in proven if name == _EVIDENCE} - described
        if len(spans) > MOST_SPANS:
            return f"The words of {len(spans)} spans are left out here; each span has its own data."
        for span in sorted(spans):
            lines.update(dict.fromkeys(self._whole(span)))
        return ""

    def _whole(self, term: str) -> list[str]:
        name = term[1:-1]
        return leave_graphs([*self.lookup.statements(name), *self.lookup.parts(name)])

    def _quads(self, name: str) -> list[Quad]:
        return [parse_line(line) for line in self.lookup.statements(name)]

    def _successor(self, lines: Iterable[str]) -> str | None:
        replaced = f"<{expand('dcterms:isReplacedBy')}>"
        found = [q.object[1:-1] for q in map(parse_line, lines) if q.predicate == replaced]
        return min(found, default=None)


def leave_graphs(lines: Iterable[str]) -> list[str]:
    """Return lines of N-Quads as lines of N-Triples.

    >>> leave_graphs(['<a:s> <a:p> "o" <a:g> .', "<a:s> <a:p> <a:g> ."])
    ['<a:s> <a:p> "o" .', '<a:s> <a:p> <a:g> .']
    """
    found, tail = [], " ."
    for line in lines:
        if not line.endswith(tail) or len(tail) == 2 or _is_object(line, len(tail)):
            graph = parse_line(line).graph
            tail = f" {graph} ." if graph else " ."
        found.append(f"{line[: -len(tail)]} .")
    return found


def _is_object(line: str, length: int) -> bool:
    """Say whether what stands at the end is the object of a line without a graph."""
    return line.find(" ", line.find(" ") + 1) >= len(line) - length


def _subject(line: str) -> str:
    return line.partition(" ")[0]
