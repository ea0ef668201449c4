"""What a document says for the pages of other things: who sent it, whom it names, what it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from cablegraph.publication.site.facts import TYPE, Facts, term
from cablegraph.publication.site.findings import key_of
from cablegraph.publication.site.passages import Passage
from cablegraph.publication.site.spill import Note
from cablegraph.publication.site.stances import read_stance
from cablegraph.publication.site.told import Teller

_EVIDENCE = term("cbl:evidence")


@cache
def list_relations() -> dict[str, str]:
    """Return the headings by the property, in the order of a page."""
    return {term(name): title for name, title in _table()["relations"].items()}


def find_day(node: str, facts: Facts) -> str:
    """Return the day of a message as EDTF, the surest kind of date first, or nothing."""
    found: dict[str, str] = {}
    for date in facts.values(node, "rico:isAssociatedWithDate"):
        kind = (facts.word(date, "cbl:kind") or "").rpartition("/")[2]
        if edtf := facts.word(date, "cbl:edtf"):
            found.setdefault(kind, edtf)
    return next((found[kind] for kind in _table()["days"] if kind in found), "")


def write_notes(
    document: str,
    lines: Iterable[str],
    passages: Mapping[str, tuple[Passage, ...]],
    teller: Teller,
) -> Iterator[Note]:
    """Yield the notes that one document leaves: the lines about other things, and its relations."""
    node = f"<{teller.addresses.base}id/{document}>"
    day = find_day(node, teller.facts)
    yield from _lines(document, lines, teller)
    proofs = _proofs(passages, teller.facts)
    relations = list_relations()
    for subject in sorted(teller.facts.said):
        for predicate, values in teller.facts.said[subject].items():
            if predicate not in relations:
                continue
            for value in values:
                page = teller.addresses.path(value)
                if page is None or page not in teller.known.labels or page == document:
                    continue
                proof = proofs.get((subject, predicate, value)) or passages.get(subject, ())
                yield _note(page, predicate, subject, document, day, proof, teller)
    yield from _stances(document, day, passages, teller)


def _note(
    page: str,
    kind: str,
    node: str,
    document: str,
    day: str,
    proof: tuple[Passage, ...],
    teller: Teller,
) -> Note:
    first = proof[0] if proof else None
    return Note(
        page=page,
        kind=kind,
        text=first.exact if first else "",
        node=node,
        document=document,
        date=day,
        title=teller.label(node),
        extra=teller.addresses.path(teller.facts.first(node, "dcterms:isPartOf") or "") or "",
        language=first.language if first else "",
    )


def _lines(document: str, lines: Iterable[str], teller: Teller) -> Iterator[Note]:
    """Yield each line whose subject is, or is a part of, a thing with another page."""
    here = f"<{teller.addresses.base}id/{document}"
    own = (f"{here}/", f"{here}>")
    for line in lines:
        if line.startswith(own):
            continue
        place = teller.addresses.place(line.partition(" ")[0])
        if place and place[0] != document:
            yield Note(page=place[0], kind="line", text=line.rstrip("\n"))


def _proofs(
    passages: Mapping[str, tuple[Passage, ...]], facts: Facts
) -> dict[tuple[str, str, str], tuple[Passage, ...]]:
    """Return the words of each statement that a claim names."""
    claims = ((facts.claim(node), words) for node, words in passages.items())
    return {claim: words for claim, words in claims if claim}


def _stances(
    document: str, day: str, passages: Mapping[str, tuple[Passage, ...]], teller: Teller
) -> Iterator[Note]:
    stance_class = term("cbl:Stance")
    for node in sorted(teller.facts.said):
        if stance_class not in teller.facts.said[node].get(TYPE, ()):
            continue
        row = read_stance(node, passages.get(node, ()), teller)
        place = key_of(teller.addresses.path(node) or "", document)
        for thing in (*row.proposals, *row.holders):
            page = teller.addresses.path(thing)
            if page in teller.known.labels:
                yield Note(
                    page=str(page), kind="stance", node=node, document=document, date=day,
                    title=teller.label(f"<{teller.addresses.base}id/{document}>"),
                    extra=place, stance=row,
                )  # fmt: skip


@cache
def _table() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("relations.toml").read_text("utf-8")
    return tomllib.loads(text)
