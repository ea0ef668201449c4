"""The page of a person, body, place, archive, unit, copy, message or proposal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cablegraph.namespaces import expand
from cablegraph.publication.site.addresses import anchor
from cablegraph.publication.site.facts import TYPE, term
from cablegraph.publication.site.named import Form, Post, read_forms, read_posts
from cablegraph.publication.site.notes import find_day, list_relations
from cablegraph.publication.site.spill import Note
from cablegraph.publication.site.stances import StanceRow
from cablegraph.publication.site.told import Teller, Value
from cablegraph.publication.site.tree import Branch, read_tree
from cablegraph.terms import LiteralParts, natural_key

#: Rows of one table; a thing that more documents name has all of them in its data.
MOST_ROWS = 500
#: Values of one property that are shown of a thing.
_MOST_VALUES = 100
_EVIDENCE = term("cbl:evidence")
_NAME, _POST, _TENURE = (
    term(name) for name in ("cbl:NameForm", "rico:Position", "rico:PositionHoldingRelation")
)
_APART = {
    TYPE, _EVIDENCE, *(f"<{expand(name)}>" for name in (
        "skos:prefLabel", "skos:scopeNote", "rico:hasOrHadName", "rico:occupiesOrOccupied",
    )),
}  # fmt: skip
_WITH_TREE = ("archive", "unit")
_IN_TREE = (term("rico:hasOrHadHolder"), term("dcterms:isPartOf"))
_OF_CLAIM = {term(f"rdf:{name}") for name in ("subject", "predicate", "object")}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of what documents say."""

    date: str
    what: Value
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Table:
    """What documents say in one relation."""

    title: str
    rows: list[Row]
    total: int

    @property
    def has_days(self) -> bool:
        """Whether any row has a date."""
        return any(row.date for row in self.rows)

    @property
    def has_words(self) -> bool:
        """Whether any row quotes."""
        return any(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """A stance with the telegram that takes it."""

    stance: StanceRow
    date: str
    document: str  # a term
    href: str
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the thing that has no page of its own."""

    key: str
    title: Value
    kind: str
    said: list[tuple[Value, list[Value]]]


@dataclass(slots=True)
class ThingPage:
    """What the template of a thing needs."""

    other_title: LiteralParts | None
    notes: list[str]
    said: list[tuple[Value, list[Value]]]
    names: list[Form]
    posts: list[Post]
    tree: list[Branch]
    stances: list[StanceEntry]
    stance_columns: list[str]
    tables: list[Table]
    stances_left: int = 0
    parts: list[Piece] = field(default_factory=list)


def read_thing(
    path: str, inside: Sequence[str], notes: Sequence[Note], teller: Teller
) -> ThingPage:
    """Read everything that a page of a thing shows.

    Shape: *inside* are the nodes of the thing and of its parts, *notes* what documents say.
    """
    node = f"<{teller.addresses.base}id/{path}>"
    facts = teller.facts
    kind = path.partition("/")[0]
    labels = [one for one in facts.literals(node, "skos:prefLabel") if one.language != "en"]
    stances = _stances(notes, teller)
    pieces = [one for one in inside if one != node and _is_piece(one, teller)]
    return ThingPage(
        other_title=labels[0] if labels else None,
        notes=[one.text for one in facts.literals(node, "skos:scopeNote")],
        said=_said(node, teller, _APART),
        names=read_forms([n for n in inside if facts.has_type(n, "cbl:NameForm")], path, teller),
        posts=read_posts(inside, path, teller),
        tree=read_tree(node, notes, teller) if kind in _WITH_TREE else [],
        stances=stances[:MOST_ROWS],
        stances_left=max(0, len(stances) - MOST_ROWS),
        stance_columns=["date", "document", "holder" if kind == "proposal" else "proposal"],
        tables=_tables(node, notes, teller, () if kind not in _WITH_TREE else _IN_TREE),
        parts=[_piece(one, path, teller) for one in pieces],
    )


def _said(node: str, teller: Teller, apart: set[str]) -> list[tuple[Value, list[Value]]]:
    said = teller.facts.about(node)
    return [
        (teller.name(name), _values(said[name], teller))
        for name in sorted(said.keys() - apart, key=natural_key)
    ]


def _values(terms: Sequence[str], teller: Teller) -> list[Value]:
    found = sorted(terms, key=natural_key)
    shown = [teller.value(one) for one in found[:_MOST_VALUES]]
    left = len(found) - len(shown)
    return [*shown, Value(f"{left:,} more in the data of this page")] if left else shown


def _is_piece(node: str, teller: Teller) -> bool:
    types = teller.facts.about(node).get(TYPE, ())
    return bool(types) and not {_NAME, _POST, _TENURE} & set(types)


def _piece(node: str, path: str, teller: Teller) -> Piece:
    facts = teller.facts
    types = sorted(facts.about(node).get(TYPE, ()))
    predicate, value = facts.first(node, "rdf:predicate"), facts.first(node, "rdf:object")
    said = _said(node, teller, {TYPE, _EVIDENCE, *_OF_CLAIM})
    title = Value(teller.label(node))
    if predicate and value:
        title = Value(f"{teller.label(predicate)}: {teller.value(value).text}")
    own = anchor(teller.addresses.path(node) or "", path)
    return Piece(own, title, teller.label(types[0]), said)


def _stances(notes: Iterable[Note], teller: Teller) -> list[StanceEntry]:
    base = teller.addresses.base
    return [
        StanceEntry(
            stance=note.stance,
            date=note.date,
            document=f"<{base}id/{note.document}>",
            href=teller.addresses.href(note.node, teller.root) or "",
            key="",
        )
        for note in notes
        if note.kind == "stance" and note.stance
    ]


def _tables(node: str, notes: Sequence[Note], teller: Teller, apart: Sequence[str]) -> list[Table]:
    found: dict[str, list[Row]] = {}
    for note in notes:
        if note.kind in list_relations():
            found.setdefault(note.kind, []).append(_row(note, teller))
    for subject, predicate in teller.facts.behind.referring(node) if teller.facts.behind else ():
        if predicate in list_relations() and teller.addresses.place(subject):
            row = Row(find_day(subject, teller.facts), teller.value(subject), "", "")
            found.setdefault(predicate, []).append(row)
    tables = []
    for predicate, title in list_relations().items():
        rows = sorted(set(found.get(predicate, ())), key=_order)
        if rows and predicate not in apart:
            tables.append(Table(title, rows[:MOST_ROWS], len(rows)))
    return tables


def _order(row: Row) -> tuple[str, str, str, str]:
    return (row.date or "~", row.what.text, row.what.href or "", row.text)


def _row(note: Note, teller: Teller) -> Row:
    whole = f"<{teller.addresses.base}id/{note.document}>"
    text = note.title
    if note.node != whole:
        text = f"{text} (in {teller.label(whole)})"
    href = teller.addresses.href(note.node, teller.root)
    return Row(note.date, Value(text, href), note.text, note.language)
