"""Where buckets are made if nobody says it: in other processes only if there is much to make."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from partition_papers import write_corpus

from cablegraph.cli import main
from cablegraph.partitions import build as building
from cablegraph.partitions import engines
from cablegraph.partitions.build import Where
from cablegraph.partitions.plan import Plan, make_plan
from cablegraph.partitions.state import State
from cablegraph.partitions.store import open_database
from cablegraph.partitions.task import Order


@pytest.fixture
def _three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process have three processors."""
    for module in (engines, building):
        monkeypatch.setattr(module, "count_processors", lambda: 3)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The plan of a small corpus, of one bucket."""
    corpus = write_corpus(tmp_path / "corpus", 2)
    with open_database(tmp_path / ".out.build") as db:
        made = make_plan([corpus], Order(str(tmp_path / "out")), State(db))
        assert [made.size] == _sizes(db)
        return made


def _sizes(db: sqlite3.Connection) -> list[int]:
    return [int(size) for (size,) in db.execute("SELECT SUM(size) FROM file")]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no processors to choose here")
def test_the_number_of_processors_is_that_of_this_process() -> None:
    """A process that was given one processor of many counts one."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert 1 == engines.count_processors()
    finally:
        os.sched_setaffinity(0, before)
    assert len(before) == engines.count_processors()


@pytest.mark.usefixtures("_three_processors")
@pytest.mark.parametrize(
    ("where", "buckets", "size", "wanted"),
    [
        (Where(None), 9, 1 << 20, Where("processes", 3)),
        (Where(None), 2, 1 << 20, Where("processes", 2)),
        (Where(None), 9, (1 << 20) - 1, Where()),
        (Where(None), 1, 1 << 30, Where()),
        (Where("processes"), 2, 1, Where("processes")),
        (Where("processes", 7), 2, 1, Where("processes", 7)),
        (Where("processes"), 1, 1 << 30, Where()),
        (Where("serial"), 9, 1 << 30, Where("serial")),
        (Where("dask"), 1, 1, Where("dask")),
    ],
)
def test_others_are_started_only_if_they_help(
    where: Where, buckets: int, size: int, wanted: Where, plan: Plan
) -> None:
    """What is said counts; else it depends on how much there is to make."""
    plan.todo, plan.size = [str(one) for one in range(buckets)], size

    assert wanted == where.suited(plan)


@pytest.mark.usefixtures("_three_processors")
@pytest.mark.parametrize(("workers", "wanted"), [(None, 3), (1, 1), (5, 5)])
def test_as_many_workers_as_processors(
    workers: int | None, wanted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no number is said, there is one worker a processor."""
    found: list[int] = []
    monkeypatch.setattr(engines, "_choose", lambda engine, number, *rest: found.append(number))
    with pytest.raises(AttributeError), engines.hire("processes", workers=workers):
        pass

    assert [wanted] == found


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), Where(None)),
        (("-j", "1"), Where("serial", 1)),
        (("-j", "4"), Where("processes", 4)),
        (("--engine", "processes"), Where("processes")),
        (("--engine", "serial"), Where("serial")),
        (("--engine", "dask", "-j", "3"), Where("dask", 3)),
    ],
)
def test_the_command_says_where(
    options: tuple[str, ...], wanted: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The options of the command; without one the build chooses."""
    found: list[Where] = []

    def note(sources: object, order: object, where: Where, *rest: object, **more: object) -> int:
        found.append(where)
        return 0

    monkeypatch.setattr("cablegraph.commands.build_parts.build_in_parts", note)
    corpus = write_corpus(tmp_path / "corpus", 1)
    argv = ["build", str(corpus), "-o", str(tmp_path / "out"), "--layout", "parts", *options]
    done = CliRunner().invoke(main, argv)

    assert 0 == done.exit_code, done.output
    assert [wanted] == found
