"""Work for engines that is quick, or ends the worker that does it."""

from __future__ import annotations

import os
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.partitions.summary import Document, Fault, Summary
from cablegraph.partitions.task import Task


def list_files(task: Task) -> Summary:
    """Say which files a bucket has; those that ended a worker are faults."""
    for unit in task.bucket.units:
        task.note(unit.shown)
        if unit.shown.startswith("deadly") and unit.shown not in task.poison:
            os._exit(9)
    shown = [unit.shown for unit in task.bucket.units]
    return Summary(
        documents=tuple(Document(one, one, one) for one in shown if one not in task.poison),
        faults=tuple(Fault(one, ":1:1", "SourceError", "", "") for one in sorted(task.poison)),
    )


def die_once(task: Task) -> Summary:
    """End the worker the first time that anything is asked of it."""
    mark = Path(task.order.output) / "died"
    if not mark.exists():
        mark.write_text("", "utf-8")
        os._exit(9)
    return list_files(task)


def die_writing(task: Task) -> Summary:
    """End the worker after all files are read."""
    list_files(task)
    task.note("part-x:")
    os._exit(9)


def find_no_room(task: Task) -> Summary:
    """Fail as a full disk makes a worker fail."""
    raise OutputError("no room", where=f"{task.order.output}:1:1", remedy="make room")
