"""The answer to a query, as rows and as text in the usual forms."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from cablegraph.serialise.turtle import to_turtle
from cablegraph.terms import Quad, literal, parse_lines, parse_literal

Row = list[str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found.

    Shape: ``rows`` hold bare values (an IRI, the words of a literal, None where nothing is
        bound) and ``terms`` the same cells as N-Triples. Rows keep the order that the query asks
        for; without ORDER BY they are sorted. ASK gives one cell; CONSTRUCT three columns.
    """

    kind: Literal["select", "ask", "construct"]
    columns: list[str]
    rows: list[Row]
    terms: list[Row]
    encoded: bytes  # SPARQL 1.1 Query Results JSON; empty for triples

    @classmethod
    def of_json(cls, encoded: bytes, *, ordered: bool) -> Result:
        """Read SPARQL results as JSON."""
        data: dict[str, Any] = msgspec.json.decode(encoded)
        if "boolean" in data:
            text = "true" if data["boolean"] else "false"
            term = literal(text, datatype="http://www.w3.org/2001/XMLSchema#boolean")
            return cls("ask", ["answer"], [[text]], [[term]], encoded)
        columns: list[str] = data["head"]["vars"]
        bindings: list[dict[str, dict[str, Any]]] = data["results"]["bindings"]
        found = [([_term(row.get(name)) for name in columns], row) for row in bindings]
        if not ordered:
            found.sort(key=lambda pair: [term or "" for term in pair[0]])
            data["results"]["bindings"] = [row for _, row in found]
            encoded = msgspec.json.encode(data)
        rows: list[Row] = [
            [row[name].get("value") if name in row else None for name in columns]
            for _, row in found
        ]
        return cls("select", columns, rows, [terms for terms, _ in found], encoded)

    @classmethod
    def of_triples(cls, lines: Iterable[str]) -> Result:
        """Read triples as lines of N-Triples."""
        terms: list[Row] = [list(quad[:3]) for quad in parse_lines(lines)]
        rows: list[Row] = [[_value(term) for term in row if term] for row in terms]
        return cls("construct", ["subject", "predicate", "object"], rows, terms, b"")

    def to_csv(self) -> str:
        """Return SPARQL 1.1 CSV; triples likewise, under three heads."""
        if self.encoded:
            return self._written("csv")
        out = io.StringIO()
        csv.writer(out).writerows([self.columns, *self.rows])
        return out.getvalue()

    def to_tsv(self) -> str:
        """Return SPARQL 1.1 TSV; triples likewise, as N-Triples terms."""
        if self.encoded:
            return self._written("tsv")
        table: list[Row] = [[*self.columns], *self.terms]
        return "".join("\t".join(term or "" for term in row) + "\n" for row in table)

    def to_json(self) -> str:
        """Return SPARQL 1.1 JSON; triples as a list of objects."""
        if self.encoded:
            return msgspec.json.format(self.encoded, indent=2).decode("utf-8") + "\n"
        listed = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return msgspec.json.format(msgspec.json.encode(listed), indent=2).decode("utf-8") + "\n"

    def to_turtle(self) -> str:
        """Return the triples that a CONSTRUCT or DESCRIBE made.

        Raises:
            ValueError: if the query was neither.
        """
        if self.kind != "construct":
            raise ValueError(f"a {self.kind} query gives no triples")
        return to_turtle([Quad(*[term or "" for term in row]) for row in self.terms])

    def to_table(self) -> str:
        """Return a table with aligned columns, for reading; triples as Turtle."""
        if self.kind == "construct":
            return self.to_turtle()
        table: list[Row] = [[*self.columns], *self.rows]
        cells = [[_cell(value) for value in row] for row in table]
        widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(self.columns))]
        lines = [_line(row, widths) for row in cells]
        lines.insert(1, _line(["-" * width for width in widths], widths))
        return "\n".join(lines) + "\n"

    def _written(self, extension: str) -> str:
        import pyoxigraph

        if self.kind == "ask":
            return f"{self.rows[0][0]}\n"
        form = pyoxigraph.QueryResultsFormat.from_extension(extension)
        read = pyoxigraph.parse_query_results(
            self.encoded, format=pyoxigraph.QueryResultsFormat.JSON
        )
        if not isinstance(read, pyoxigraph.QuerySolutions):
            raise TypeError("only a SELECT query gives rows")
        return (read.serialize(format=form) or b"").decode("utf-8")


def _term(binding: dict[str, Any] | None) -> str | None:
    if binding is None:
        return None
    value = binding["value"]
    if not isinstance(value, str):  # a quoted triple of RDF 1.2
        return " ".join(["<<(", *(_term(value[part]) or "" for part in value), ")>>"])
    if binding["type"] == "uri":
        return f"<{value}>"
    if binding["type"] == "bnode":
        return f"_:{value}"
    return literal(value, binding.get("xml:lang"), binding.get("datatype"))


def _value(term: str) -> str:
    return parse_literal(term).text if term.startswith('"') else term.strip("<>")


def _cell(value: str | None) -> str:
    return " ".join((value or "").split()).replace("|", "\\|")


def _line(cells: list[str], widths: list[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return f"| {' | '.join(padded)} |"
