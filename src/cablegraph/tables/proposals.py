"""The table of proposals: what is wanted done about each, one row a stance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from importlib import resources

from cablegraph.dataset import Dataset
from cablegraph.explain.model import Words
from cablegraph.explain.nodes import Nodes, short
from cablegraph.explain.words import Witness
from cablegraph.namespaces import CBL, expand
from cablegraph.tables.model import Table
from cablegraph.terms import natural_key

_COLUMNS = (
    "document", "date", "proposal", "proposed by", "stance", "coarse stance", "force", "holder",
    "advises", "condition", "reason", "answers",
)  # fmt: skip
_BRIEF = (
    ("document", ("document", "date")),
    ("proposal", ("proposal", "proposed by")),
    ("stance", ("stance", "force")),
    ("condition, reason", ("condition", "reason")),
)
# The day of a message, the surest first: the archive's, then what the words give.
_DAYS = ("catalogue-date", "dated-in-text", "dated-in-translation", "citation-date", "sent")

# A message that stands inside another, by the end of its path.
_INSIDE = re.compile(r"/(?P<what>[a-z]+)/(?P<number>\d+)$")


def read_proposals(dataset: Dataset) -> Table:
    """Return one row a stance, in order of date, document and place in the text.

    Shape: then the words, in a column for each language; the last two columns are the places of
        those words in the same order, as file and line, and the status of rival readings.
    """
    found = _Stances(dataset)
    rows = [found.cells(stance) for stance in found.stances]
    languages = sorted({name for row in rows for name in row if name.startswith("words ")})
    columns = (*_COLUMNS, *languages, "file:line", "status")
    rows.sort(key=lambda row: (row["date"], row["document"], natural_key(row["key"])))
    words = (("words", (*languages, "file:line")),)
    table = tuple(tuple(row.get(column, "") for column in columns) for row in rows)
    return Table(columns, table, (*_BRIEF, *words))


class _Stances:
    """The stances of a dataset with their values, told in words."""

    def __init__(self, dataset: Dataset) -> None:
        self.nodes = Nodes(dataset.store)
        self.witness = Witness(self.nodes)
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        query = (resources.files(__package__) / "proposals.rq").read_text(encoding="utf-8")
        for stance, column, value in dataset.query(query).rows:
            if stance and column and value:
                self._values[stance][column].append(value)

    @property
    def stances(self) -> list[str]:
        """Every stance, sorted."""
        return sorted(self._values)

    def cells(self, stance: str) -> dict[str, str]:
        """Return the cells of one stance by column."""
        values = self._values[stance]
        labels = {name: self._joined(found) for name, found in values.items()}
        message = next(iter(values["message"]), stance)
        return {
            **labels,
            "key": stance,
            "document": _document(message),
            "date": self._day(message),
            "condition": "; ".join(self._condition(one) for one in values["condition"]),
            **self._words(stance),
        }

    def _joined(self, found: Iterable[str]) -> str:
        return "; ".join(self.nodes.label(one) for one in found)

    def _condition(self, node: str) -> str:
        """Tell a condition: its kind, whose act it is, and what proposal it turns on."""
        kind, *_ = [*self.nodes.values(node, CBL.kind), node]
        told = self.nodes.label(kind)
        if actors := self.nodes.values(node, CBL.actor):
            told += f" ({self._joined(actors)})"
        if triggers := self.nodes.values(node, CBL.triggeredBy):
            told += f": {self._joined(triggers)}"
        return told

    def _day(self, message: str) -> str:
        """Return the day of a message, or of the message in which it stands."""
        for node in (message, _INSIDE.sub("", message)):
            found: dict[str, str] = {}
            for date in self.nodes.values(node, expand("rico:isAssociatedWithDate")):
                kind = self.nodes.first(date, "cbl:kind") or ""
                if edtf := self.nodes.first(date, "cbl:edtf"):
                    found.setdefault(kind.rpartition("/")[2], edtf)
            if days := [found[kind] for kind in _DAYS if kind in found]:
                return days[0]
        return ""

    def _words(self, stance: str) -> dict[str, str]:
        """Return the words of the first version in each language, and where they stand."""
        first: dict[str, Words] = {}
        for language, words in self._by_language(stance):
            first.setdefault(language, words)
        cells = {f"words {name}": " ".join(first[name].exact.split()) for name in first}
        places = [f"{first[name].file}:{first[name].line}" for name in sorted(first)]
        return {**cells, "file:line": "; ".join(places)}

    def _by_language(self, stance: str) -> list[tuple[str, Words]]:
        found = []
        for span in self.nodes.values(stance, CBL.evidence):
            version = self.nodes.first(span, "oa:hasSource")
            words = self.witness.span(span)
            if version and words:
                language = self.nodes.first(version, "dcterms:language") or "und"
                found.append((words, language))
        return [(language, words) for words, language in sorted(found)]


def _document(message: str) -> str:
    """Return the key of a document, with the message inside it: ``wcda-1, draft 1``."""
    path = short(message).removeprefix("telegram/")
    inside = _INSIDE.search(path)
    return f"{path[: inside.start()]}, {inside['what']} {inside['number']}" if inside else path
