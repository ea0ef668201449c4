"""What is told of an evaluation: a table with every mistake under it, JSON, a file of scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from cablegraph.errors import OutputError, TruthError, shown
from cablegraph.evaluation.evaluate import Evaluation, Judged
from cablegraph.evaluation.passages import find_line
from cablegraph.evaluation.scores import DECIMALS, Outcome, Score

HEADS = ("field", "precision", "recall", "F1", "support")


class Mistake(msgspec.Struct, frozen=True):
    """A value that was missed or is a false alarm, and where; ``line`` counts from 1."""

    field: str
    value: str
    path: str
    line: int | None


def find_misses(document: Judged) -> Iterator[Mistake]:
    """Yield what was not read, with the line where its words stand, if they can be found."""
    path = str(document.task.path)
    for outcome in document.outcomes:
        for miss in outcome.misses:
            line = find_line(document.task.source, miss.words)
            yield Mistake(outcome.field, miss.value, path, line)


def find_false_alarms(document: Judged) -> Iterator[Mistake]:
    """Yield what was read and is not in the truth, with the line of its evidence."""
    path = str(document.task.path)
    for outcome in document.outcomes:
        for alarm in outcome.alarms:
            yield Mistake(outcome.field, alarm.value, path, alarm.line)


def to_rows(scores: Mapping[str, Score]) -> list[tuple[str, ...]]:
    """Return one row a field, every measure with three decimals."""
    return [
        (name, *(f"{one:.3f}" for one in (s.precision, s.recall, s.f1)), str(s.support))
        for name, s in scores.items()
    ]


def to_table(scores: Mapping[str, Score]) -> str:
    """Return the measures as lines of columns, numbers to the right."""
    rows = [HEADS, *to_rows(scores)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    return "".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + "\n"
        for row in rows
    )


def to_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield one line for each mistake, document by document: place, field, what is amiss."""
    for document in evaluation.documents:
        if document.refused:
            yield f"{document.task.path}: not read, all its truth counts as missed"
        for miss in find_misses(document):
            yield f"{_where(miss)}: {miss.field}: missed {shown(miss.value, 120)}"
        for alarm in find_false_alarms(document):
            yield f"{_where(alarm)}: {alarm.field}: false alarm {shown(alarm.value, 120)}"


def to_json(evaluation: Evaluation) -> str:
    """Return everything as one JSON object; measures are rounded."""
    report = {
        "fields": {name: score.rounded for name, score in evaluation.scores.items()},
        "documents": {one.task.truth.id: _document(one) for one in evaluation.documents},
        "faults": [str(fault) for fault in evaluation.faults],
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode("utf-8") + "\n"


def write_scores(path: Path, scores: Mapping[str, Score]) -> None:
    """Write the measures that a later run is to be checked against, fields in order of name.

    Raises:
        OutputError: if the file can't be written.
    """
    rounded = {name: scores[name].rounded for name in sorted(scores)}
    text = msgspec.json.format(msgspec.json.encode(rounded), indent=1) + b"\n"
    try:
        path.write_bytes(text)
    except OSError as cause:
        remedy = "name a file in a folder that exists"
        raise OutputError("can't be written", where=f"{path}:1:1", remedy=remedy) from cause


def read_scores(path: Path) -> dict[str, Score]:
    """Read a file of measures.

    Raises:
        TruthError: if it can't be read, or holds something else.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Score])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as cause:
        said = "can't be read" if isinstance(cause, OSError) else f"no file of scores ({cause})"
        remedy = "make it with cablegraph evaluate --write"
        raise TruthError(said, where=f"{path}:1:1", remedy=remedy) from cause


def _where(mistake: Mistake) -> str:
    return mistake.path if mistake.line is None else f"{mistake.path}:{mistake.line}"


def _document(one: Judged) -> dict[str, Any]:
    return {
        "path": str(one.task.path),
        "refused": str(one.refused) if one.refused else None,
        "counts": {outcome.field: _counts(outcome) for outcome in one.outcomes},
        "misses": list(find_misses(one)),
        "false_alarms": list(find_false_alarms(one)),
    }


def _counts(outcome: Outcome) -> dict[str, float]:
    return {
        "correct": round(outcome.correct, DECIMALS),
        "found": outcome.found,
        "wanted": outcome.wanted,
    }
