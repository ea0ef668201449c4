"""From source files to the files of output/: the only module that knows the order of stages."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import msgspec

from cablegraph import __version__
from cablegraph.authorities.additions import RULE
from cablegraph.config import find_config
from cablegraph.errors import CablegraphError, DuplicateError, SourceError
from cablegraph.extraction.notices import find_notices
from cablegraph.extraction.series import settle_by_series
from cablegraph.graph.external import external_lines
from cablegraph.graph.shared import dataset_lines, lines_named, settle_labels, vocabulary_lines
from cablegraph.graph.statements import state
from cablegraph.manifest import write_manifest
from cablegraph.output import Staging
from cablegraph.records.claims import Entity, Finding, Offer, Reference, Stance
from cablegraph.records.readers import find_files
from cablegraph.resources import ontology_path
from cablegraph.serialise.jsonld import write_jsonld
from cablegraph.serialise.rdf import clean_lines, write_nquads, write_trig, write_turtle
from cablegraph.validation.facts import StoreFacts
from cablegraph.validation.places import to_findings
from cablegraph.validation.report import sort_findings, write_reports
from cablegraph.validation.results import fold
from cablegraph.validation.rules import run_rules
from cablegraph.validation.shacl import Validator, check_background
from cablegraph.workshop import (
    Made,
    Source,
    Workshop,
    check,
    make,
    open_workshop,
    read,
    read_again,
)

__all__ = ["Built", "Progress", "build", "read"]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What one build made and found.

    Shape: ``entities`` counts by kind (persons, places, …); ``decided`` are the claims that an
        editor's decision changed or added, ``added`` the latter alone; ``statements_decided``
        would not be there without the ledger; ``files`` are the files written, sorted.
    """

    documents: int
    claims: int
    decided: int
    statements: int
    findings: tuple[Finding, ...]
    faults: tuple[CablegraphError, ...]
    files: tuple[Path, ...]
    entities: dict[str, int] = field(default_factory=dict)
    added: int = 0
    statements_decided: int = 0


def build(
    sources: Sequence[Path],
    output: Path,
    *,
    config: Path | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    validator: Validator = "auto",
) -> Built:
    """Read every document of *sources* and write graph, records and reports into *output*.

    Shape: a document that can't be read is a fault, and all others are built. The files are
        written beside the old ones and moved into place at the end; where not one document
        could be built, the old ones stay.
    Raises:
        CablegraphError: if settings, authority file or ledger can't be read, or *output* can't
            be written.
    """
    sources = [Path(source) for source in sources]
    config = config or find_config(sources)
    shop = open_workshop(config)
    documents, faults = _documents(sources)
    made: dict[str, Made] = {}
    with Staging(Path(output)) as staging:
        for done, results in enumerate(_made(documents, config, workers, validator), 1):
            for result in results:
                if isinstance(result, CablegraphError):
                    faults.append(result)
                elif result.reading.key in made:
                    faults.append(_duplicate(result, made[result.reading.key]))
                else:
                    made[result.reading.key] = result
            if progress:
                progress(done, len(documents), str(documents[done - 1].path))
        ordered = list(_settled([made[key] for key in sorted(made)], shop, validator))
        if not ordered and faults:
            return Built(0, 0, 0, 0, (), tuple(faults), ())
        lines = _all_lines(ordered, shop)
        findings = _findings(ordered, lines, shop, validator)
        _write(staging.folder, ordered, lines, findings, shop)
        files = staging.publish()
    return Built(
        documents=len(ordered),
        claims=sum(len(one.reading.claims) for one in ordered),
        decided=sum(len(one.reading.decisions) for one in ordered),
        statements=len(lines),
        findings=tuple(_with_paths(findings, ordered)),
        faults=tuple(faults),
        files=tuple(files),
        entities=_count(ordered),
        added=sum(claim.rule == RULE for one in ordered for claim in one.reading.claims),
        statements_decided=_count_decided(ordered, lines, shop),
    )


def _settled(
    documents: Sequence[Made], shop: Workshop, validator: Validator = "auto"
) -> Iterator[Made]:
    """Settle by their series the numbers that no single document could settle."""
    changed = {one.key: one for one in settle_by_series(made.reading for made in documents)}
    for made in documents:
        if again := changed.get(made.reading.key):
            notices = find_notices(again, made.source.shown, f"{shop.settings.base}id/")
            stale = (one for one in again.findings if one.code == "stale-decision")
            again = msgspec.structs.replace(again, findings=(*stale, *notices))
            yield check(made.source, again, shop, validator)
        else:
            yield made


def _count_decided(documents: Sequence[Made], lines: list[str], shop: Workshop) -> int:
    """Count the statements that are there only because of the ledger: those of a build without."""
    if not any(one.reading.decisions for one in documents):
        return 0
    bare = replace(shop, decisions=())
    undone = [_undone(one, bare) if one.reading.decisions else one for one in documents]
    return len(set(lines) - set(_all_lines(list(_settled(undone, bare)), bare)))


def _undone(made: Made, bare: Workshop) -> Made:
    """Return a document as the rules alone read it."""
    reading = read_again(made, bare)
    return Made(made.source, reading, state(reading, bare.iris, bare.settings.rights))


def _with_paths(findings: Iterable[Finding], documents: Iterable[Made]) -> Iterator[Finding]:
    """Name each document as the caller did, so that a terminal can open it."""
    paths = {one.source.shown: str(one.source.path) for one in documents}
    for one in findings:
        yield msgspec.structs.replace(one, path=paths.get(one.path, one.path))


def _documents(sources: Iterable[Path]) -> tuple[list[Source], list[CablegraphError]]:
    found: dict[Path, Source] = {}
    faults: list[CablegraphError] = []
    for source in sources:
        try:
            for path in find_files([source]):
                inside = source.is_dir()
                root = source.resolve().parent if inside else path.resolve().parent
                shown = path.resolve().relative_to(root).as_posix()
                found.setdefault(path.resolve(), Source(path, shown))
        except SourceError as fault:
            faults.append(fault)
    return list(found.values()), faults


def _made(
    sources: Sequence[Source], config: Path | None, workers: int, validator: Validator
) -> Iterator[Iterable[Made | CablegraphError]]:
    if workers <= 1 or len(sources) < 2:
        for source in sources:
            yield make(source, config, validator)
        return
    count = min(workers, len(sources), os.cpu_count() or 1)
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    try:
        with _children_deaf_to_interrupts():
            others = repeat(config), repeat(validator)
            results = pool.map(_make_all, sources, *others, chunksize=4)
        yield from results
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _make_all(
    source: Source, config: Path | None, validator: Validator
) -> list[Made | CablegraphError]:
    return list(make(source, config, validator))


@contextmanager
def _children_deaf_to_interrupts() -> Iterator[None]:
    """Start workers that leave Ctrl-C to their parent, which stops them in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _duplicate(second: Made, first: Made) -> DuplicateError:
    return DuplicateError(
        f"the record {second.reading.key} stands in {first.source.path} already",
        where=f"{second.source.path}:1:1",
        remedy="keep one file a record, or mend the link of one of them",
    )


def _all_lines(documents: Iterable[Made], shop: Workshop) -> list[str]:
    lines = {line for one in documents for line in one.lines}
    background = shop.background.split("\n")
    shared = f" {shop.iris.graph('authorities')} ."
    common = {line for line in lines if line.endswith(shared)}
    lines = (lines - common) | set(settle_labels(common))
    lines.update(lines_named(background, lines))
    named = {line.partition(" ")[0] for line in lines}
    outside = external_lines(shop.external, shop.iris, named, shop.settings.base)
    lines.update(outside, lines_named(background, outside))
    lines.update(vocabulary_lines(ontology_path(), shop.iris))
    paths = [one.reading.path for one in documents]
    lines.update(dataset_lines(shop.settings, paths, shop.iris))
    return sorted(lines)


def _findings(
    documents: Sequence[Made], lines: list[str], shop: Workshop, validator: Validator
) -> list[Finding]:
    """Gather the findings of the documents, of the authority file and of the corpus rules."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    paths = {one.reading.source: one.source.shown for one in documents}
    lookup = StoreFacts(store)
    results = fold([*run_rules(store), *check_background(shop.background, validator=validator)])
    default = shop.shown(shop.settings.authorities / "entities.csv")
    corpus = to_findings(results, lookup, default=default, paths=paths)
    own = [finding for one in documents for finding in one.reading.findings]
    return sort_findings({*own, *corpus})


def _write(
    folder: Path,
    documents: Sequence[Made],
    lines: list[str],
    findings: list[Finding],
    shop: Workshop,
) -> None:
    records, graph = folder / "records", folder / "graph"
    records.mkdir()
    graph.mkdir()
    for one in documents:
        text = msgspec.json.format(msgspec.json.encode(one.reading), indent=1)
        (records / f"{one.reading.key}.json").write_bytes(text + b"\n")
    write_nquads(lines, graph / "cablegraph.nq")
    write_turtle(lines, graph / "cablegraph.ttl")
    write_trig(lines, graph / "cablegraph.trig")
    write_jsonld(lines, graph / "cablegraph.jsonld")
    write_turtle(clean_lines(lines), graph / "clean.ttl")
    write_reports(findings, folder / "reports", base=shop.settings.base)
    counts = {
        "documents": len(documents),
        "claims": sum(len(one.reading.claims) for one in documents),
        "decisions": sum(len(one.reading.decisions) for one in documents),
        "statements": len(lines),
        **_count(documents),
    }
    versions = {
        "tool": __version__,
        "vocabulary": __version__,
        "authorities": shop.authorities.version,
    }
    write_manifest(folder, counts, versions)


def _count(documents: Sequence[Made]) -> dict[str, int]:
    """Count what the documents speak of, by kind; entities that several name count once."""
    seen: set[str] = set()
    for one in documents:
        for claim in one.reading.claims:
            seen.add(claim.about)
            if isinstance(claim.value, Entity):
                seen.add(claim.key)
            elif isinstance(claim.value, Reference):
                seen.add(claim.value.archive)
            for target in ("target", "agent"):
                path = getattr(claim.value, target, "")
                if path and "://" not in path:
                    seen.add(path)
    kinds = Counter(path.partition("/")[0] for path in seen if path.count("/") == 1)
    copies = {
        claim.about
        for one in documents
        for claim in one.reading.claims
        if isinstance(claim.value, Reference)
    }
    names = {
        "telegram": "telegrams", "message": "messages referred to", "person": "persons",
        "org": "bodies", "group": "groups", "place": "places", "archive": "archives",
    }  # fmt: skip
    keys = {claim.key for one in documents for claim in one.reading.claims
            if isinstance(claim.value, Offer)}  # fmt: skip
    stances = sum(isinstance(c.value, Stance) for one in documents for c in one.reading.claims)
    found = {label: kinds[kind] for kind, label in names.items()}
    return found | {"copies": len(copies), "proposals": len(keys), "stances": stances}
