"""Write the documents of one part: statements, their index, records, findings, other forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from cablegraph.partitions.files import write_part
from cablegraph.partitions.meetings import Excerpt, make_excerpts
from cablegraph.partitions.series import Standing
from cablegraph.partitions.stated import Stated, divide, look_into, merge
from cablegraph.partitions.summary import Document, Fault, MadeFile, Stock, Summary, find_worst
from cablegraph.partitions.task import Form, Order
from cablegraph.records.claims import Finding, Offer, Stance
from cablegraph.validation.report import sort_findings
from cablegraph.workshop import Made, Workshop

#: Findings that a bucket hands on to be printed; all of them are in its report.
SHOWN = 20


@dataclass(slots=True)
class Part:
    """The documents of one part."""

    made: list[Made] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    series: list[Standing] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read."""
        return not (self.documents or self.faults)


@dataclass(slots=True)
class Tally:
    """What the parts of a bucket come to."""

    files: list[MadeFile] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    series: list[Standing] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)

    def summary(self) -> Summary:
        """Return the whole, sorted."""
        return Summary(
            files=tuple(self.files),
            documents=tuple(self.documents),
            faults=tuple(self.faults),
            stock=Stock(tuple(sorted(self.shared)), tuple(sorted(self.named))),
            counts=dict(sorted(self.counts.items())),
            codes=dict(sorted(self.codes.items())),
            findings=tuple(self.findings),
            series=tuple(self.series),
            excerpts=tuple(self.excerpts),
        )


def write(part: Part, name: str, order: Order, shop: Workshop, tally: Tally) -> None:
    """Write a part and add to the tally what it holds.

    Shape: the statements of the graph of the authorities are handed on, since others share them.
    """
    tally.documents += part.documents
    tally.faults += part.faults
    tally.series += part.series
    if not part.made:
        return
    stated = [look_into(one, shop.iris) for one in part.made]
    findings = sort_findings([f for one in part.made for f in one.reading.findings])
    tally.files += _write_files(part.made, stated, findings, name, order)
    tally.excerpts += _excerpts(part.made, stated, name)
    for one in stated:
        tally.shared.update(one.shared)
        tally.named |= one.named
    tally.counts.update(_count(part.made, sum(one.count for one in stated)))
    tally.codes.update(f"{one.severity} {one.code}" for one in findings)
    tally.findings = find_worst([*tally.findings, *findings], SHOWN)


def _excerpts(made: Iterable[Made], stated: Sequence[Stated], name: str) -> Iterator[Excerpt]:
    """Yield what the corpus rules look at in documents, and where their statements are."""
    units = {said.graph: (one, said) for one, said in zip(made, stated, strict=True)}
    for found in make_excerpts({graph: said.looked for graph, (_, said) in units.items()}):
        one, said = units[found.name]
        yield msgspec.structs.replace(
            found, about=said.about, digest=said.number, part=f"graph/part-{name}.nq.zst",
            source=one.reading.source, shown=one.source.shown,
        )  # fmt: skip


def _write_files(
    made: list[Made], stated: list[Stated], findings: list[Finding], name: str, order: Order
) -> Iterator[MadeFile]:
    output = Path(order.output)
    pieces = (piece for one in stated for piece in one.own)
    lines = merge(pieces, b"\n", apart=all(one.apart for one in stated))
    yield write_part(output, f"graph/part-{name}.nq.zst", lines)
    yield write_part(output, f"graph/index/part-{name}.tsv", _index_of(stated))
    records = sorted((one.reading for one in made), key=lambda reading: reading.key)
    encoded = [msgspec.json.encode(one) for one in records]
    yield write_part(output, f"records/part-{name}.jsonl.zst", encoded)
    if findings:
        encoded = [msgspec.json.encode(one) for one in findings]
        yield write_part(output, f"reports/part-{name}.jsonl.zst", encoded)
    if order.forms:
        own = [line.decode() for line in divide(lines)]
        for path, text in forms_of(own, name, order.forms):
            yield write_part(output, path, text)


def forms_of(
    lines: list[str], name: str, forms: Iterable[Form]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield path and lines of a part in each of some forms; *lines* are sorted."""
    for form in forms:
        place = f"rdf12/part-{name}.nq.zst" if form == "rdf12" else f"part-{name}.{form}.zst"
        yield f"graph/{place}", (line.encode() for line in _FORMS[form](lines))


def _turtle(lines: list[str]) -> Iterable[str]:
    from cablegraph.serialise.turtle import to_turtle
    from cablegraph.terms import parse_lines

    return to_turtle(parse_lines(lines)).rstrip("\n").split("\n")


def _trig(lines: list[str]) -> Iterable[str]:
    from cablegraph.serialise.turtle import to_trig
    from cablegraph.terms import parse_lines

    return to_trig(parse_lines(lines)).rstrip("\n").split("\n")


def _jsonld(lines: list[str]) -> Iterable[str]:
    from cablegraph.resources import ontology_path
    from cablegraph.serialise.jsonld import read_context, to_jsonld

    text = "".join(to_jsonld(lines, read_context(ontology_path("context.jsonld"))))
    return text.rstrip("\n").split("\n")


def _rdf12(lines: list[str]) -> Iterable[str]:
    from cablegraph.serialise.rdf12 import to_rdf12

    return to_rdf12(lines)


_FORMS: dict[Form, Callable[[list[str]], Iterable[str]]] = {
    "ttl": _turtle, "trig": _trig, "jsonld": _jsonld, "rdf12": _rdf12,
}  # fmt: skip


def _index_of(stated: Iterable[Stated]) -> Iterator[bytes]:
    """Yield a line for each graph of a part: its IRI, number of statements and digest."""
    for one in sorted(stated, key=lambda one: one.graph):
        if one.own:
            yield f"{one.graph}\t{one.count}\t{one.digest}".encode()


def _count(made: list[Made], statements: int) -> dict[str, int]:
    claims = [claim for one in made for claim in one.reading.claims]
    return {
        "documents": len(made),
        "claims": len(claims),
        "decisions": sum(len(one.reading.decisions) for one in made),
        "statements": statements,
        "proposals": len({claim.key for claim in claims if isinstance(claim.value, Offer)}),
        "stances": sum(isinstance(claim.value, Stance) for claim in claims),
        "uncovered": sum(one.reading.uncovered for one in made),
    }
