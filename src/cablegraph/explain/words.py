"""From a node to the words it rests on: file, line, column, and what stands around them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cablegraph.explain.model import Rival, Support, Words
from cablegraph.explain.nodes import Nodes, short
from cablegraph.namespaces import CBL, expand

_BREAK = re.compile(r"\r\n|\r|\n")
#: Code points shown on either side of the words.
CONTEXT = 40


class Witness:
    """Reads the evidence of nodes from the graph alone.

    Shape: with *source*, file names lead into that folder, and ``notices`` tells which files
        are missing there or are not those that the graph was made of.
    """

    def __init__(self, nodes: Nodes, source: Path | None = None) -> None:
        self._nodes, self._source = nodes, source
        self._paths: dict[str, str] = {}
        self.notices: list[str] = []

    def support(self, node: str) -> Support:
        """Return evidence, rule, certainty, status and rivals of a node."""
        rule = self._nodes.first(node, "cbl:rule")
        rivals = self._nodes.values(node, CBL.conflictsWith)
        return Support(
            node=self._nodes.term(node),
            words=self.words(node),
            rule=self._nodes.term(rule) if rule else None,
            definition=self._definition(rule) if rule else None,
            certainty=self._concept(node, "cbl:certainty"),
            status=self._concept(node, "cbl:status"),
            reason=self._nodes.first(node, "cbl:statusReason"),
            rivals=tuple(self._rival(rival) for rival in rivals),
        )

    def words(self, node: str) -> tuple[Words, ...]:
        """Return the words that a node rests on, in order of place, each once."""
        spans = self._nodes.values(node, CBL.evidence)
        found = {words for span in spans if (words := self.span(span))}
        return tuple(sorted(found))

    def _rival(self, node: str) -> Rival:
        return Rival(
            node=self._nodes.term(node),
            certainty=self._concept(node, "cbl:certainty"),
            status=self._concept(node, "cbl:status"),
            reason=self._nodes.first(node, "cbl:statusReason"),
            words=self.words(node),
        )

    def _concept(self, node: str, curie: str) -> str | None:
        concept = self._nodes.first(node, curie)
        if concept is None:
            return None
        label = self._nodes.label(concept)
        return concept.rpartition("/")[2] if label == short(concept) else label

    def _definition(self, rule: str) -> str | None:
        return self._nodes.first(rule, "skos:definition")

    def span(self, span: str) -> Words | None:
        """Return the words of a span; without a text the quotation speaks for itself."""
        version = self._nodes.first(span, "oa:hasSource")
        if version is None:
            return None
        selectors = self._nodes.values(span, expand("oa:hasSelector"))
        said = {
            name: value
            for name in ("start", "end", "exact", "prefix", "suffix")
            for node in selectors
            if (value := self._nodes.first(node, f"oa:{name}")) is not None
        }
        text = self._nodes.first(version, "cbl:text")
        start, end = (_number(said.get(name)) for name in ("start", "end"))
        first = _number(self._nodes.first(version, "cbl:startLine")) or 1
        file, label = self._file(version), self._version(version)
        if text is None or start is None or end is None or not start < end <= len(text):
            around = (said.get("prefix", ""), said.get("exact", ""), said.get("suffix", ""))
            return Words(file, first, 1, label, *around)
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        row = _number(self._nodes.first(span, "cbl:startLine"))
        column = _number(self._nodes.first(span, "cbl:startColumn"))
        if row is None or column is None:
            breaks = list(_BREAK.finditer(text, 0, start))
            column = start - (breaks[-1].end() if breaks else 0) + 1
            row = first + len(breaks)
        return Words(file, row, column, label, before, text[start:end], after)

    def _version(self, version: str) -> str:
        kind = self._nodes.first(version, "cbl:kind")
        return self._nodes.label(kind) if kind else version.rpartition("/")[2]

    def _file(self, version: str) -> str:
        sources = self._nodes.values(version, expand("oa:hasSource"))
        return self._path(sources[0]) if sources else short(version)

    def _path(self, source: str) -> str:
        if source not in self._paths:
            name = self._nodes.first(source, "dcterms:identifier") or short(source)
            path = self._source / name if self._source else Path(name)
            if self._source:
                self._compare(path, self._nodes.first(source, "schema:sha256"))
            self._paths[source] = str(path)
        return self._paths[source]

    def _compare(self, path: Path, expected: str | None) -> None:
        if not path.is_file():
            self.notices.append(f"{path}: not there; places are those of the build")
        elif expected and hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            self.notices.append(f"{path}: changed since the build; lines may have moved")


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
