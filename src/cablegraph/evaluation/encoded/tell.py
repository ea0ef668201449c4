"""What is told of a collection that was judged by its own encoding: a table, lines, JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cablegraph.errors import shown
from cablegraph.evaluation.encoded.judge import JudgedFile, Judgement
from cablegraph.evaluation.scores import DECIMALS, Outcome, measure

HEADS = ("field", "stated", "recovered", "share", "wrong", "precision", "F1")
_LONGEST = 120


def to_rows(judgement: Judgement) -> list[tuple[str, ...]]:
    """Return one row a field: how much the encoding states, and how much of it was read."""
    return [_row(name, one) for name, one in _fields(judgement.outcomes).items()]


def _row(name: str, one: Mapping[str, float]) -> tuple[str, ...]:
    whole = (f"{one[key]:.0f}" for key in ("stated", "recovered"))
    measures = (f"{one[key]:.3f}" for key in ("precision", "f1"))
    return (name, *whole, f"{one['share']:.3f}", f"{one['wrong']:.0f}", *measures)


def _fields(outcomes: Mapping[str, list[Outcome]]) -> dict[str, dict[str, float]]:
    return {name: _measures(found) for name, found in outcomes.items() if found}


def _measures(found: list[Outcome]) -> dict[str, float]:
    score = measure(found).rounded
    met = sum(one.correct for one in found)
    return {
        "stated": score.support,
        "recovered": met,
        "share": score.recall,
        "wrong": sum(one.found for one in found) - met,
        "precision": score.precision,
        "f1": score.f1,
    }


def to_table(judgement: Judgement) -> str:
    """Return the measures as lines of columns, numbers to the right."""
    rows = [HEADS, *to_rows(judgement)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    return "".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + "\n"
        for row in rows
    )


def to_coverage(judgement: Judgement) -> Iterator[str]:
    """Yield the lines that say how much of the files became documents and claims."""
    told = _coverage(judgement.files)
    yield (
        f"{told['letters']} letters by the encoding of {told['files']} files, "
        f"{told['documents']} documents read, {told['lost']} letters lost, "
        f"{told['untold']} documents of which the encoding tells nothing"
    )
    for reason, number in told["reasons"].items():
        yield f"lost {number}: {shown(reason, _LONGEST)}"
    for reason, number in told["files-lost"].items():
        yield f"{number} files of which nothing was read: {reason}"
    yield f"{sum(told['claims'].values())} claims: " + ", ".join(
        f"{number} {kind}" for kind, number in told["claims"].items()
    )
    yield (
        f"{told['characters']} characters in texts, {told['uncovered']} of the files in none "
        f"({100 * told['uncovered-share']:.2f} %)"
    )


def to_lines(judgement: Judgement) -> Iterator[str]:
    """Yield one line for each miss and each wrong value: place, field, what is amiss."""
    for one in _mistakes(judgement):
        column = f":{one['column']}" if one["column"] else ""
        where = f"{one['path']}:{one['line']}{column}" if one["line"] else one["path"]
        kind = "missed" if one["missed"] else "wrong"
        yield f"{where}: {one['field']}: {kind} {shown(one['value'], _LONGEST)}"


def to_json(judgement: Judgement) -> str:
    """Return everything as one JSON object; measures are rounded."""
    report = {
        "fields": _fields(judgement.outcomes),
        "coverage": _coverage(judgement.files),
        "files": {
            str(file.path): {
                "fields": _fields(file.by_field),
                "coverage": _coverage([file]),
            }
            for file in judgement.files
        },
        "mistakes": list(_mistakes(judgement)),
        "faults": [str(fault) for fault in judgement.faults],
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode("utf-8") + "\n"


def _coverage(files: list[JudgedFile] | tuple[JudgedFile, ...]) -> dict[str, Any]:
    reasons = Counter(reason for file in files for reason in file.lost.values())
    claims: Counter[str] = Counter()
    for file in files:
        claims.update(file.claims)
    words, uncovered = sum(one.words for one in files), sum(one.uncovered for one in files)
    return {
        "files": len(files),
        "letters": sum(len(one.letters) for one in files),
        "documents": sum(one.documents for one in files),
        "lost": sum(len(one.lost) for one in files),
        "reasons": dict(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        "files-lost": dict(sorted(Counter(map(_why, filter(_is_lost, files))).items())),
        "untold": sum(len(one.untold) for one in files),
        "claims": dict(sorted(claims.items())),
        "characters": words,
        "uncovered": uncovered,
        "uncovered-share": round(uncovered / max(1, words + uncovered), DECIMALS),
    }


def _is_lost(file: JudgedFile) -> bool:
    return not file.documents


def _why(file: JudgedFile) -> str:
    """Return what the readers say first of a file."""
    return next((type(one).__name__ for one in file.faults), "no document in it")


def _mistakes(judgement: Judgement) -> Iterator[dict[str, Any]]:
    for file in judgement.files:
        for number, outcomes in sorted(file.outcomes.items()):
            for outcome in outcomes:
                yield from _of(file, file.letters[number].name, outcome)


def _of(file: JudgedFile, letter: str, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for miss in outcome.misses:
        line, column = map(int, miss.words)
        yield _mistake(file, letter, outcome.field, miss.value, line, column, missed=True)
    for alarm in outcome.alarms:
        yield _mistake(file, letter, outcome.field, alarm.value, alarm.line, None, missed=False)


def _mistake(
    file: JudgedFile,
    letter: str,
    field: str,
    value: str,
    line: int | None,
    column: int | None,
    *,
    missed: bool,
) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "line": line,
        "column": column,
        "letter": letter,
        "field": field,
        "missed": missed,
        "value": value,
    }
