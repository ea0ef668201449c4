"""A plain page about one thing, made of its description: every statement, linked and escaped.

It is what a browser gets of the service; the site of ``cablegraph site`` has pages for reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from cablegraph.namespaces import CBL, DEF, PREFIXES, SCHEME, expand
from cablegraph.publication.forms import list_data_forms
from cablegraph.publication.signposting import Link, to_elements
from cablegraph.terms import RDF_TYPE, Quad, natural_key, parse_lines, parse_literal

_FOLDER = Path(__file__).parent
_WEB = re.compile(r"https?://[^\s<>\"'`]+")
_OA, _EVIDENCE = f"<{PREFIXES['oa']}", f"<{CBL.evidence}>"
_EXACT, _SELECTOR = f"<{PREFIXES['oa']}exact>", f"<{PREFIXES['oa']}hasSelector>"
_LABELS = tuple(
    f"<{expand(curie)}>"
    for curie in ("skos:prefLabel", "rdfs:label", "dcterms:title", "rico:textualValue")
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: the graph's base, the way to the root, and the dataset's words."""

    base: str
    root: str
    site: str
    rights: str
    label: Callable[[str], str] = field(default=lambda iri: "")


def read_style() -> bytes:
    """Return the style sheet of the pages."""
    return (_FOLDER / "description.css").read_bytes()


def render_page(
    iri: str,
    lines: Iterable[str],
    place: Place,
    *,
    links: Sequence[Link],
    data: str,
    script: str = "",
) -> bytes:
    """Return the page about *iri*; *data* is the address of its data without the extension.

    Shape: the statements on it first, then those on its parts, then what refers to it; the words
        of evidence stand in place of the spans that mark them.
    """
    writer = _Writer(parse_lines(lines), place)
    heading = writer.name(f"<{iri}>")
    return _template().substitute(
        title=f"{escape(_cut(heading))} – {escape(place.site)}",
        heading=f'<bdi dir="auto">{escape(heading)}</bdi>',
        iri=escape(iri),
        root=escape(place.root),
        site=escape(place.site),
        links="\n".join(to_elements(links)),
        script=script,
        forms=_forms(data),
        body="\n".join(writer.sections(f"<{iri}>")),
        rights=escape(place.rights),
    ).encode("utf-8")  # fmt: skip


def find_label(lines: Iterable[Quad]) -> str:
    """Return the best name that statements on one subject give: English first, then any."""
    found = [
        (_LABELS.index(q.predicate), not q.object.endswith('"@en'), q.object)
        for q in lines
        if q.predicate in _LABELS and q.object.startswith('"')
    ]
    return parse_literal(min(found)[2]).text if found else ""


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((_FOLDER / "page.html").read_text(encoding="utf-8"))


def _forms(data: str) -> str:
    items = "".join(
        f'<li><a href="{escape(data)}.{form.extension}">{escape(form.name)}</a></li>'
        for form in list_data_forms()
    )
    return f'<nav aria-label="Data"><ul>{items}</ul></nav>'


class _Writer:
    def __init__(self, quads: Sequence[Quad], place: Place) -> None:
        self.place = place
        self.said: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            self.said[quad.subject].append(quad)

    def name(self, term: str) -> str:
        """Return what a node is called, else its short form."""
        return (
            find_label(self.said.get(term, ())) or self.place.label(term[1:-1]) or self.short(term)
        )

    def short(self, term: str) -> str:
        iri = term[1:-1]
        if iri.startswith(f"{self.place.base}id/"):
            return iri.removeprefix(f"{self.place.base}id/")
        if iri.startswith(SCHEME):
            return iri.removeprefix(SCHEME)
        for prefix, space in PREFIXES.items():
            if iri.startswith(space) and iri != space:
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def sections(self, subject: str) -> Iterator[str]:
        yield self._table(subject, "Statements")
        start = subject[:-1]
        parts = [s for s in self.said if s.startswith((f"{start}/", f"{start}#"))]
        for part in sorted(parts, key=lambda term: (natural_key(term), term)):
            if not self._is_selection(part):
                anchor = escape(part[len(start) + 1 : -1])
                label = escape(_cut(self.name(part)))
                yield f'<h2 id="{anchor}"><bdi dir="auto">{label}</bdi></h2>'
                yield self._table(part, self.short(part))
        ours = (start, f"<{self.place.base}data/")  # its parts, and the document about it
        incoming = [q for qs in self.said.values() for q in qs if q.object == subject]
        if rows := [self._incoming(q) for q in incoming if not q.subject.startswith(ours)]:
            yield f"<table><caption>Named by</caption><tbody>{''.join(rows)}</tbody></table>"

    def _is_selection(self, term: str) -> bool:
        return any(q.predicate == RDF_TYPE and q.object.startswith(_OA) for q in self.said[term])

    def _table(self, subject: str, caption: str) -> str:
        values: defaultdict[str, list[str]] = defaultdict(list)
        for quad in self.said[subject]:
            values[quad.predicate].append(quad.object)
        rows = "".join(self._row(p, values[p]) for p in sorted(values))
        return f"<table><caption>{escape(_cut(caption))}</caption><tbody>{rows}</tbody></table>"

    def _row(self, predicate: str, values: Sequence[str]) -> str:
        show = self._words if predicate == _EVIDENCE else self._value
        items = "".join(f"<li>{show(value)}</li>" for value in values)
        return f'<tr><th scope="row">{self._value(predicate)}</th><td><ul>{items}</ul></td></tr>'

    def _incoming(self, quad: Quad) -> str:
        return (
            f'<tr><th scope="row">{self._value(quad.predicate)}</th>'
            f"<td>{self._value(quad.subject)}</td></tr>"
        )

    def _words(self, span: str) -> str:
        """Return the quotation of a span, where the description has it."""
        selectors = [q.object for q in self.said.get(span, ()) if q.predicate == _SELECTOR]
        quoted = [
            q.object for s in selectors for q in self.said.get(s, ()) if q.predicate == _EXACT
        ]
        if not quoted:
            return self._value(span)
        text = escape(parse_literal(quoted[0]).text)
        return f'<q><bdi dir="auto">{text}</bdi></q> {self._value(span)}'

    def _value(self, term: str) -> str:
        if term.startswith('"'):
            text, language, _ = parse_literal(term)
            tag = f' lang="{escape(language)}"' if language else ""
            return f'<bdi dir="auto"{tag}>{escape(text)}</bdi>'
        label, href = escape(_cut(self.name(term))), self._href(term[1:-1])
        return f'<a href="{escape(href)}">{label}</a>' if href else f"<span>{label}</span>"

    def _href(self, iri: str) -> str:
        """Return the link of a node, on this host where it is ours; no scheme but http(s)."""
        root, base = self.place.root, self.place.base
        if iri.startswith(f"{base}id/"):
            path, mark, part = iri.removeprefix(f"{base}id/").partition("#")
            return f"{root}page/{path}/{mark}{part}"
        if iri.startswith((DEF, SCHEME)):
            return f"{root}{iri.removeprefix(DEF.removesuffix('def#'))}"
        return iri if _WEB.fullmatch(iri) else ""


def _cut(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
