"""The ground truth of a document: a JSON file beside its text, read and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from cablegraph.errors import SourceError, TruthError, shown
from cablegraph.evaluation.json_place import find_place
from cablegraph.evaluation.passages import find_words
from cablegraph.sources.text import read_source
from cablegraph.spans import SourceText

#: A file of measures that may lie among the truths of a folder, and is none.
SCORES = "scores.json"

_FAULT = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_REMEDY = "mend the truth as its README describes it"

Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d\d){0,2}$")]
Coarse = Literal[
    "accept",
    "conditional-accept",
    "reject",
    "counter",
    "insist",
    "withhold",
    "defer",
    "request",
    "advise",
    "propose",
    "inform-intent",
]


class Number(msgspec.Struct, frozen=True):
    """A number of this document, as it is written."""

    value: str


class Agent(msgspec.Struct, frozen=True):
    """A party: its usual name, and how the document writes it where that differs."""

    name: str
    as_written: str | None = None
    pseudonym: str | None = None


class Embedded(msgspec.Struct, frozen=True):
    """A message that stands inside the message; None for a day that nobody says."""

    senders: list[str] = msgspec.field(name="from")
    addressees: list[str] = msgspec.field(name="to")
    date: Day | None = None


class Citation(msgspec.Struct, frozen=True):
    """A copy in one archive, its shelf reference in parts; ``raw`` stands so in the text."""

    archive: str
    fond: str | None = None
    opis: str | None = None
    delo: str | None = None
    papka: str | None = None
    pages: str | None = None
    raw: str = ""


class Proposal(msgspec.Struct, frozen=True):
    """A proposal and a stance on it; ``quote`` stands so in the text, white space apart."""

    what: str
    stance: Coarse
    stance_by: list[str]
    quote: str
    fine: str | None = None  # concept of scheme/stance, where the truth goes so far


class Truth(msgspec.Struct, frozen=True):
    """What a careful reader takes from one document; other keys of the file are passed over."""

    id: str
    is_telegram: bool
    date: Day | None
    numbers: list[Number]
    senders: list[Agent]
    recipients: list[Agent]
    intermediaries: list[Agent]
    embedded_messages: list[Embedded]
    sent_from: str | None
    received_at: str | None
    citations: list[Citation]
    original_language: str | None
    classification: str | None
    copies_to: list[str]
    people_mentioned: list[str]
    organizations_mentioned: list[str]
    places_mentioned: list[str]
    proposals: list[Proposal]


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be judged: its text, and the truth of it."""

    path: Path  # of the text
    truth: Truth
    source: SourceText = field(repr=False)


def read_tasks(places: Iterable[Path]) -> tuple[list[Task], list[TruthError | SourceError]]:
    """Read every truth of files and folders; what can't be used is given back beside them."""
    tasks: dict[str, Task] = {}
    faults: list[TruthError | SourceError] = []
    for path in _find_truths(places, faults):
        try:
            task = _read_task(path)
            if task.truth.id in tasks:
                other = tasks[task.truth.id].path.with_suffix(".json")
                problem = f"id {shown(task.truth.id)} is that of {other} too"
                raise TruthError(problem, where=f"{path}:1:1", remedy="give each its own")
        except (TruthError, SourceError) as fault:
            faults.append(fault)
        else:
            tasks[task.truth.id] = task
    return list(tasks.values()), faults


def _find_truths(places: Iterable[Path], faults: list[TruthError | SourceError]) -> Iterator[Path]:
    seen: set[Path] = set()
    for place in places:
        inside = [place]
        if place.is_dir():
            inside = [path for path in sorted(place.glob("*.json")) if path.name != SCORES]
            if not inside:
                remedy = "name a folder with NAME.json beside NAME.txt"
                faults.append(TruthError("no truth in it", where=f"{place}:1:1", remedy=remedy))
        for path in inside:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path


def _read_task(path: Path) -> Task:
    text = _read_json(path)
    try:
        truth = msgspec.json.decode(text, type=Truth)
    except msgspec.ValidationError as cause:
        raise _misfit(path, text, str(cause)) from cause
    document = path.with_suffix(".txt")
    if not document.is_file():
        problem = f"no text {shown(document.name)} beside it"
        raise TruthError(problem, where=f"{path}:1:1", remedy="put the document there")
    source = read_source(document)
    for index, proposal in enumerate(truth.proposals):
        if not find_words(source.text, proposal.quote, whole=False):
            what = f"{shown(proposal.quote)} does not stand in {document.name}"
            raise _misfit(path, text, f"{what} - at `$.proposals[{index}].quote`")
    return Task(document, truth, source)


def _read_json(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        problem = "not UTF-8" if isinstance(cause, UnicodeDecodeError) else "can't be read"
        remedy = "name a file of JSON in UTF-8"
        raise TruthError(problem, where=f"{path}:1:1", remedy=remedy) from cause
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError) as cause:
        line, column = getattr(cause, "lineno", 1), getattr(cause, "colno", 1)
        problem = f"not JSON ({getattr(cause, 'msg', 'nested too deep')})"
        where = f"{path}:{line}:{column}"
        raise TruthError(problem, where=where, remedy="mend the file") from cause
    return text


def _misfit(path: Path, text: str, said: str) -> TruthError:
    """Return the fault at the place that the decoder names by its path in the file."""
    found = _FAULT.fullmatch(said)
    assert found  # every string matches: the path is optional
    steps = [name or int(index) for name, index in _STEP.findall(found["path"] or "")]
    offset = find_place(text, steps)
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return TruthError(found["what"], where=f"{path}:{line}:{column}", remedy=_REMEDY)
