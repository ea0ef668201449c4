"""The page of a telegram: its texts side by side, what was read in them, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup

from cablegraph.publication.site.facts import TYPE, term
from cablegraph.publication.site.findings import Category, Finding, list_categories, to_finding
from cablegraph.publication.site.passages import Passage, Version, read_versions
from cablegraph.publication.site.stances import StanceRow, read_stance
from cablegraph.publication.site.text_html import text_html
from cablegraph.publication.site.told import Teller, Value

#: Addresses of words; the words themselves stand with what was read from them.
_SELECTORS = ("SpecificResource", "TextPositionSelector", "TextQuoteSelector")


@dataclass(frozen=True, slots=True)
class Item:
    """A value in the head of a page, with the entry that shows why, if it has one."""

    value: Value
    proof: str | None  # anchor on this page
    status: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text version to be shown."""

    version: Version
    html: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A message inside this one, or a copy of it: a name and what is said of it."""

    key: str
    title: Value
    head: list[tuple[Value, list[Item]]]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the template of a telegram needs."""

    path: str
    title: str
    summary: str
    head: list[tuple[Value, list[Item]]]
    texts: list[Text]
    stances: list[tuple[str, StanceRow]]
    disputed: list[Finding]
    parts: list[Part]
    copies: list[Part]
    groups: list[tuple[Category, list[Finding]]]
    rights: list[str]

    @property
    def message_texts(self) -> list[Text]:
        """The versions of the message itself, in order of their place in the file."""
        return [text for text in self.texts if text.version.kind not in _lists()["about"]]

    @property
    def other_texts(self) -> list[Text]:
        """What the edition says of it: read after the message."""
        return [text for text in self.texts if text.version.kind in _lists()["about"]]


def read_document(
    path: str, passages: Mapping[str, tuple[Passage, ...]], teller: Teller
) -> DocumentPage:
    """Read everything that the page of a telegram shows."""
    node = f"<{teller.addresses.base}id/{path}>"
    facts = teller.facts
    findings = {one.key: one for one in _findings(path, passages, teller)}
    keys = dict(zip(passages, findings, strict=True))
    proofs = _proofs(passages, keys, teller)
    versions = read_versions(node, teller)
    summary = facts.literals(node, "dcterms:abstract")
    head = _Head(proofs, keys, teller)
    rights = {text for one in versions if (text := facts.word(one.node, "dcterms:rights"))}
    copies = facts.values(node, "rico:hasOrHadInstantiation")
    return DocumentPage(
        path=path,
        title=teller.label(node),
        summary=summary[0].text if summary else "",
        head=head.rows(node, _lists()["document"]),
        texts=[Text(version, text_html(version, findings)) for version in versions],
        stances=_stances(passages, keys, teller),
        disputed=[one for one in findings.values() if one.rivals],
        parts=[head.part(one, "part") for one in facts.values(node, "rico:hasOrHadConstituent")],
        copies=[head.part(one, "copy") for one in copies],
        groups=_grouped(list(findings.values())),
        rights=sorted(rights),
    )


def _findings(
    path: str, passages: Mapping[str, tuple[Passage, ...]], teller: Teller
) -> list[Finding]:
    return [to_finding(node, passages[node], teller, path) for node in passages]


def add_wordless(
    path: str, passages: Mapping[str, tuple[Passage, ...]], teller: Teller
) -> dict[str, tuple[Passage, ...]]:
    """Return the nodes with words and, after them, those of the document that have none."""
    start = f"<{teller.addresses.base}id/{path}/"
    selectors = tuple(term(f"oa:{name}") for name in _SELECTORS)
    rest = [
        node
        for node in sorted(teller.facts.said)
        if node.startswith(start)
        and node not in passages
        and (types := teller.facts.said[node].get(TYPE))
        and types[0] not in selectors
    ]
    return {**passages, **dict.fromkeys(rest, ())}


def _grouped(findings: Sequence[Finding]) -> list[tuple[Category, list[Finding]]]:
    found: dict[str, list[Finding]] = {}
    for one in sorted(findings, key=_place):
        found.setdefault(one.category, []).append(one)
    return [(one, found[one.key]) for one in list_categories() if one.key in found]


def _place(finding: Finding) -> tuple[bool, int, int, str]:
    first = finding.passages[0] if finding.passages else None
    return (first is None, first.line if first else 0, first.start if first else 0, finding.key)


def _stances(
    passages: Mapping[str, tuple[Passage, ...]], keys: Mapping[str, str], teller: Teller
) -> list[tuple[str, StanceRow]]:
    kind = term("cbl:Stance")
    nodes = [n for n in passages if kind in teller.facts.about(n).get(TYPE, ())]
    rows = [(keys[node], read_stance(node, passages[node], teller)) for node in nodes]
    return sorted(rows, key=lambda row: row[0].rpartition("/")[2])


def _proofs(
    passages: Mapping[str, tuple[Passage, ...]], keys: Mapping[str, str], teller: Teller
) -> dict[tuple[str, str, str], str]:
    claims = ((teller.facts.claim(node), keys[node]) for node in passages)
    return {claim: key for claim, key in claims if claim}


def _part_played(node: str, name: str, value: str, teller: Teller) -> str | None:
    """Return the participation that tells who played the part a property is named after."""
    facts = teller.facts
    for one in facts.values(node, "cbl:participation"):
        role = (facts.word(one, "cbl:role") or "").rpartition("/")[2]
        if role and name.lower().endswith(role) and value in facts.values(one, "cbl:agent"):
            return one
    return None


class _Head:
    """Tells the properties of a thing, each value with the way to its evidence."""

    def __init__(
        self, proofs: Mapping[tuple[str, str, str], str], keys: Mapping[str, str], teller: Teller
    ) -> None:
        self.proofs, self.keys, self.teller = proofs, keys, teller

    def rows(self, node: str, names: Sequence[str]) -> list[tuple[Value, list[Item]]]:
        """Return the listed properties that have values."""
        found = []
        for name in names:
            values = self.teller.facts.values(node, name)
            if values:
                items = [self.item(node, name, value) for value in values]
                found.append((self.teller.name(term(name)), items))
        return found

    def item(self, node: str, name: str, value: str) -> Item:
        """Return one value: a node that was itself read is told by its words."""
        facts = self.teller.facts
        part = _part_played(node, name, value, self.teller)
        proof = self.proofs.get((node, term(name), value)) or self.keys.get(part or value)
        shown = self.teller.value(value)
        if value.startswith("<") and facts.first(value, "cbl:kind") and value in self.keys:
            shown = Value(self.told(value), shown.href)
        return Item(shown, proof, self.teller.words(value, "cbl:status"))

    def told(self, node: str) -> str:
        """Return a date, number or mark with its kind."""
        words = self.teller.words
        day = self.teller.facts.word(node, "cbl:edtf")
        written = words(node, "rico:textualValue", "rico:expressedDate") or self.teller.label(node)
        kind = words(node, "cbl:kind")
        return f"{day or written} ({kind})"

    def part(self, node: str, kind: str) -> Part:
        """Return a message inside the message, or a copy."""
        key = self.keys.get(node, "")
        return Part(key, self.teller.value(node), self.rows(node, _lists()[kind]))


@cache
def _lists() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("pages.toml").read_text("utf-8")
    return tomllib.loads(text)
