"""The words that a node rests on: where they stand in a text version and in the source file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from cablegraph.publication.site.facts import Facts, term, text_of
from cablegraph.publication.site.told import Teller


class Passage(NamedTuple):
    """Words of a text version.

    Units: offsets count code points of the version; line and column count from 1 in the file.
    """

    version: str  # name of the version on the page
    label: str
    language: str
    file: str
    line: int
    column: int
    start: int
    end: int
    exact: str
    row: int  # what the line of the page is called: that of the file, where each is one


@dataclass(slots=True)
class Version:
    """A text version of a document as the page shows it."""

    node: str
    name: str  # last step of its path
    kind: str
    label: str
    language: str
    text: str
    file: str
    first_line: int
    starts: list[int] = field(default_factory=list)  # offsets at which its lines begin

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        self.starts = [0, *accumulate(lengths)][:-1]

    def place(self, start: int) -> tuple[int, int]:
        """Return line and column in the file of an offset."""
        row = bisect_right(self.starts, start) - 1
        return self.first_line + row, start - self.starts[row] + 1


def read_versions(document: str, teller: Teller) -> list[Version]:
    """Return the text versions of a document in order of their place in the file."""
    facts = teller.facts
    found = [_version(node, teller) for node in facts.values(document, "cbl:textVersion")]
    return sorted(found, key=lambda one: (one.first_line, one.name))


def _version(node: str, teller: Teller) -> Version:
    facts = teller.facts
    source = facts.first(node, "oa:hasSource")
    first = facts.word(node, "cbl:startLine") or ""
    return Version(
        node=node,
        name=node.strip("<>").rpartition("/")[2],
        kind=(facts.word(node, "cbl:kind") or "").rpartition("/")[2],
        label=teller.words(node, "cbl:kind") or node.strip("<>").rpartition("/")[2],
        language=facts.word(node, "dcterms:language") or "und",
        text=facts.word(node, "cbl:text") or "",
        file=(facts.word(source, "dcterms:identifier") if source else None) or "",
        first_line=int(first) if first.isdecimal() else 1,
    )


def read_passages(facts: Facts, versions: list[Version]) -> dict[str, tuple[Passage, ...]]:
    """Return the words of each node that has evidence in these versions, in order of place."""
    spans = _spans(facts, {version.node: version for version in versions})
    evidence = term("cbl:evidence")
    found: dict[str, tuple[Passage, ...]] = {}
    for node in sorted(one for one, said in facts.said.items() if evidence in said):
        named = facts.said[node][evidence]
        passages = sorted(
            (spans[one] for one in named if one in spans),
            key=lambda one: (one.line, one.start, one.end),
        )
        if passages:
            found[node] = tuple(passages)
    return found


def _spans(facts: Facts, versions: dict[str, Version]) -> dict[str, Passage]:
    source = term("oa:hasSource")
    found = {}
    for node, said in facts.said.items():
        named = said.get(source)
        version = next((versions[v] for v in named if v in versions), None) if named else None
        if version is None:
            continue
        ends = _offsets(facts, node)
        if ends and ends[0] < ends[1] <= len(version.text):
            found[node] = _passage(version, *ends, _own_place(facts, node))
    return found


def _own_place(facts: Facts, span: str) -> tuple[int, int] | None:
    """Return the line and column that a span of a text without its markup states itself."""
    line, column = (facts.first(span, f"cbl:start{name}") for name in ("Line", "Column"))
    if line is None or column is None:
        return None
    place = _number(line), _number(column)
    return place if place[0] and place[1] else None  # type: ignore[return-value]


def _passage(version: Version, start: int, end: int, own: tuple[int, int] | None) -> Passage:
    row, column = version.place(start)
    line, column = own or (row, column)
    return Passage(
        version.name, version.label, version.language, version.file, line, column,
        start, end, version.text[start:end], row,
    )  # fmt: skip


def _offsets(facts: Facts, span: str) -> tuple[int, int] | None:
    for selector in facts.values(span, "oa:hasSelector"):
        start, end = facts.first(selector, "oa:start"), facts.first(selector, "oa:end")
        ends = (_number(start) if start else None, _number(end) if end else None)
        if ends[0] is not None and ends[1] is not None:
            return ends[0], ends[1]
    return None


@lru_cache(maxsize=65536)
def _number(value: str) -> int | None:
    text = text_of(value)
    return int(text) if text.isdecimal() else None
