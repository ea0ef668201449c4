"""Read documents with the ordinary pipeline and judge each against its truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cablegraph.errors import CablegraphError, SourceError, TruthError
from cablegraph.evaluation.citations import PARTS, compare_citations
from cablegraph.evaluation.extracts import Extracts
from cablegraph.evaluation.fields import compare_fields
from cablegraph.evaluation.likeness import Likeness
from cablegraph.evaluation.proposals import FINE, compare_proposals
from cablegraph.evaluation.scores import Outcome, Score, measure
from cablegraph.evaluation.truth import Task, read_tasks
from cablegraph.records.claims import Reading
from cablegraph.records.read import read_document
from cablegraph.workshop import Source, Workshop, read_claims

#: Every field, in the order in which it is shown.
FIELDS = (
    "is-telegram",
    "date",
    "number",
    "sender",
    "addressee",
    "intermediary",
    "citation",
    "citation-archive",
    *(f"citation-{part}" for part in PARTS),
    "language",
    "classification",
    "copies",
    "sent-from",
    "received-at",
    "people",
    "places",
    "organizations",
    "embedded",
    "embedded-date",
    "proposals",
    "proposals-coarse",
    "proposals-by",
    FINE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One document with the outcome of each field; ``refused`` says why it could not be read."""

    task: Task
    outcomes: tuple[Outcome, ...]
    refused: CablegraphError | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every document judged, and what was wrong with truths and texts that were not."""

    documents: tuple[Judged, ...]
    faults: tuple[TruthError | SourceError, ...]

    @property
    def scores(self) -> dict[str, Score]:
        """The measures of each field over all documents.

        Shape: ``proposals-fine`` is there only if a truth says something of it.
        """
        by_field: dict[str, list[Outcome]] = {name: [] for name in FIELDS}
        for document in self.documents:
            for outcome in document.outcomes:
                by_field[outcome.field].append(outcome)
        return {name: measure(found) for name, found in by_field.items() if found or name != FINE}


def evaluate(
    places: Iterable[Path],
    shop: Workshop,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> Evaluation:
    """Judge every document that has its truth in *places*: files, or folders of them.

    Shape: a document that the pipeline refuses is judged as one from which nothing was read;
        a truth or text that can't be used is a fault, and is not judged.
    """
    tasks, faults = read_tasks(places)
    documents = []
    for done, task in enumerate(tasks, start=1):
        documents.append(judge_document(task, shop))
        progress(done, len(tasks), task.path.name)
    return Evaluation(tuple(documents), tuple(faults))


def judge_document(task: Task, shop: Workshop) -> Judged:
    """Read one document and judge what was read."""
    nothing = Reading(key="", source=task.path.name, sha256="", claims=(), texts={})
    try:
        reading = read_claims(read_document(task.path), Source(task.path, str(task.path)), shop)
    except CablegraphError as fault:
        return Judged(task, tuple(judge(task, nothing, shop)), fault)
    return Judged(task, tuple(judge(task, reading, shop)))


def judge(task: Task, reading: Reading, shop: Workshop) -> Iterator[Outcome]:
    """Yield the outcome of each field of one document, in the order of FIELDS."""
    read = Extracts(reading)
    like = Likeness(shop.authorities, shop.matcher, read.labels)
    truth = task.truth
    outcomes = [
        *compare_fields(truth, read, like),
        *compare_citations(truth.citations, read.copies, like),
        *compare_proposals(truth.proposals, read.stances, task.source.text, like),
    ]
    yield from sorted(outcomes, key=lambda one: FIELDS.index(one.field))
