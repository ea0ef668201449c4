"""The first rows of a result as an HTML table, everything in it escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

import pyoxigraph

from cablegraph.namespaces import PREFIXES

Found = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
Cell = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None

#: What a page can show and a person can read.
SHOWN = 1000
#: Bytes, after which no further row is begun.
_LONGEST = 2_000_000
_TRIPLE = ("subject", "predicate", "object")
_STRING = PREFIXES["xsd"] + "string"
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


class _Writable(Protocol):
    def write(self, data: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Links:
    """Where names lead: those that begin with *local* to the same path after *root*."""

    local: str = ""
    root: str = "/"

    def find(self, iri: str) -> str:
        """Return the address behind a name, empty if it is none of the web."""
        if self.local and iri.startswith(self.local):
            return self.root + iri.removeprefix(self.local)
        return iri if iri.startswith(("https://", "http://")) else ""


def write_table(found: Found, out: _Writable, links: Links) -> int:
    """Write a result as a table, or as a word where it is yes or no; return the rows shown."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        out.write(b'<p class="answer">yes</p>' if found else b'<p class="answer">no</p>')
        return 1
    if isinstance(found, pyoxigraph.QueryTriples):
        triples = ((t.subject, t.predicate, t.object) for t in found)
        return _write_rows(_TRIPLE, triples, out, links)
    names = [variable.value for variable in found.variables]
    return _write_rows(names, (tuple(row[name] for name in names) for row in found), out, links)


def _write_rows(
    names: Sequence[str], rows: Iterable[Sequence[Cell]], out: _Writable, links: Links
) -> int:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    out.write(f"<table><thead><tr>{heads}</tr></thead><tbody>\n".encode())
    count = 0
    size = 0
    more = False
    for row in rows:
        more = count == SHOWN or size > _LONGEST
        if more:
            break
        count += 1
        cells = "".join(f"<td>{_show(cell, links)}</td>" for cell in row)
        size += out.write(f"<tr>{cells}</tr>\n".encode())
    noun = "row" if count == 1 else "rows"
    told = f"The first {count:,} {noun}; download all below." if more else f"{count:,} {noun}."
    out.write(f"</tbody></table>\n<p>{told}</p>".encode())
    return count


def _show(cell: Cell, links: Links) -> str:
    if cell is None:
        return ""
    if isinstance(cell, pyoxigraph.NamedNode):
        return _show_iri(cell.value, links)
    if isinstance(cell, pyoxigraph.Literal):
        language = f' lang="{escape(cell.language)}"' if cell.language else ""
        kind = "" if cell.language or cell.datatype.value == _STRING else cell.datatype.value
        note = escape(cell.language or (_shorten(kind) if kind else ""))
        small = f" <small>{note}</small>" if note else ""
        # An isolated text of its own direction: marks in it turn nothing else round.
        return f'<bdi dir="auto"{language}>{escape(cell.value)}</bdi>{small}'
    return f"<bdi>{escape(str(cell))}</bdi>"


def _show_iri(iri: str, links: Links) -> str:
    text = f"<bdi>{escape(_shorten(iri))}</bdi>"
    address = links.find(iri)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{text}</a>' if address else text


def _shorten(iri: str) -> str:
    """Return an IRI by its prefix, for reading."""
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
