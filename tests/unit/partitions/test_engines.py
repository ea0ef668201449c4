"""Every engine makes every bucket once, and the loss of a worker costs nothing but time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from partition_papers import command, content, driver, run, write_corpus, write_paper
from partition_workers import die_once, die_writing, find_no_room, list_files

from cablegraph.errors import ConfigError, OutputError
from cablegraph.partitions import cluster, engines
from cablegraph.partitions.buckets import Bucket, Unit
from cablegraph.partitions.engines import Engine
from cablegraph.partitions.task import Order, Task


def _tasks(folder: Path, *names: str) -> list[Task]:
    units = [Unit(f"/{name}", name, 1, "0") for name in names]
    buckets = [Bucket(f"d{n}", tuple(units[n : n + 3])) for n in range(0, len(units), 3)]
    return [Task(bucket, Order(str(folder))) for bucket in buckets]


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_every_bucket_is_made_once(engine: Engine, tmp_path: Path) -> None:
    """All tasks come back, each with its own summary."""
    tasks = _tasks(tmp_path, *"abcdefghij")
    made = list(engines.run(tasks, engine, workers=2, work=list_files))

    assert {task.bucket.name for task in tasks} == {task.bucket.name for task, _ in made}
    assert sorted("abcdefghij") == sorted(one.key for _, done in made for one in done.documents)


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """A bucket whose worker was killed is made again, whole."""
    made = list(engines.run(_tasks(tmp_path, *"abcdef"), "processes", workers=2, work=die_once))

    assert sorted("abcdef") == sorted(one.key for _, done in made for one in done.documents)
    assert not [fault for _, done in made for fault in done.faults]


def test_a_file_that_ends_its_worker_is_named(tmp_path: Path) -> None:
    """A poison document is left out and named; the others of its bucket are built."""
    tasks = _tasks(tmp_path, "a", "deadly-1", "deadly-2", "b", "c")
    made = list(engines.run(tasks, "processes", workers=2, work=list_files))

    faults = [fault.shown for _, done in made for fault in done.faults]
    assert ["deadly-1", "deadly-2"] == sorted(faults)
    assert ["a", "b", "c"] == sorted(one.key for _, done in made for one in done.documents)


def test_a_worker_that_dies_writing_blames_no_file(tmp_path: Path) -> None:
    """If no file was in hand, the build ends and says so."""
    with pytest.raises(OutputError, match="twice"):
        list(engines.run(_tasks(tmp_path, "a"), "processes", workers=2, work=die_writing))


def test_a_full_disk_ends_every_worker(tmp_path: Path) -> None:
    """What a worker can't write is said by the error it raised."""
    with pytest.raises(OutputError, match="no room"):
        list(engines.run(_tasks(tmp_path, *"abcdef"), "processes", workers=2, work=find_no_room))


def test_a_scheduler_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address at which nobody listens is one line."""
    dask = pytest.importorskip("dask")
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    dask.config.refresh()
    tasks = _tasks(tmp_path, "a")
    with pytest.raises(ConfigError, match="no scheduler answers"):
        list(engines.run(tasks, "dask", scheduler="tcp://127.0.0.1:9", work=list_files))


def test_what_is_left_out_of_dask_is_something_it_does() -> None:
    """Each setting of a cluster that is started here has a name that Dask knows."""
    dask = pytest.importorskip("dask")
    pytest.importorskip("distributed")
    known = {name: dask.config.get(name) for name in cluster._QUIETLY}

    assert known != cluster._QUIETLY
    assert True is known["distributed.worker.profile.enabled"]


@pytest.mark.parametrize("order", ["flush", "print"])
def test_a_worker_that_leaves_at_once_says_what_it_had_to(order: str) -> None:
    """What was printed is not lost, and the process ends well, without what comes after."""
    program = (
        "import atexit, sys\n"
        "from cablegraph.partitions.crew import leave_at_once\n"
        "atexit.register(print, 'never')\n"
        "leave_at_once()\n"
        f"print('said', flush={order == 'flush'})\n"
    )
    done = run([sys.executable, "-c", program])

    assert (0, "said\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
def test_all_engines_give_the_same_bytes(tmp_path: Path) -> None:
    """One process, two, or Dask, under other hash seeds: the files are the same."""
    pytest.importorskip("distributed")
    corpus, program = write_corpus(tmp_path / "corpus", 12), driver(tmp_path)
    found = []
    for seed, engine in enumerate(("serial", "processes", "dask")):
        out = tmp_path / engine
        options = ("--engine", engine, "-j", "2", "-q")
        done = run(command(program, corpus, out, *options), PYTHONHASHSEED=str(seed))
        assert (0, "") == (done.returncode, done.stdout), done.stderr
        found.append(content(out))

    assert found[0] == found[1]
    assert found[0] == found[2]
    assert sum(path.startswith("records/") for path in found[0]) > 2


#: Let the reading of one document end the process.
_POISON = """
plain = work.read_documents
def read_documents(file):
    if file.name == "paper-003.txt":
        os._exit(9)
    return plain(file)
work.read_documents = read_documents
"""


@pytest.mark.slow
def test_a_poison_document_is_named_by_the_command(tmp_path: Path) -> None:
    """A document whose reading ends the process is one line, exit code 1; the rest is built."""
    corpus = write_corpus(tmp_path / "corpus", 6)
    argv = command(driver(tmp_path, _POISON), corpus, tmp_path / "out", "-j", "2")
    done = run(argv)

    assert 1 == done.returncode
    assert [f"{corpus}/b/paper-003.txt:1:1"] == _named(done.stderr)
    assert "5 documents," in done.stdout


@pytest.mark.slow
def test_a_poison_document_ends_a_build_in_one_process_once(tmp_path: Path) -> None:
    """The same command, run again, leaves the document out and names it; it is not read again."""
    corpus, out = write_corpus(tmp_path / "corpus", 6), tmp_path / "out"
    argv = command(driver(tmp_path, _POISON), corpus, out)
    codes = [run(argv).returncode]
    found = []
    for change in (None, "b/paper-001", "b/paper-005", None):
        if change:
            write_paper(corpus, change, 930000 + int(change[-3:]), turn=1)
        done = run(argv)
        codes.append(done.returncode)
        found += _named(done.stderr)

    assert [9, 1, 1, 1, 1] == codes
    assert [f"{corpus}/b/paper-003.txt:1:1"] * 4 == found
    assert not (tmp_path / ".out.build/in-hand").exists()


def test_a_build_that_was_ended_blames_no_document(tmp_path: Path) -> None:
    """A file that was in hand when the process was killed is read in another one, and stays."""
    trace = tmp_path / "in-hand"
    trace.write_text("b", "utf-8")
    with engines.hire("serial", work=list_files, trace=trace) as crew:
        made = list(crew.run(_tasks(tmp_path, *"abcd")))
        assert "d" == trace.read_text("utf-8")

    assert not trace.exists()
    assert sorted("abcd") == sorted(one.key for _, done in made for one in done.documents)
    assert not [fault for _, done in made for fault in done.faults]


def _named(said: str) -> list[str]:
    """Return the places of the documents that ended a process."""
    lines = [line for line in said.splitlines() if "ended the process" in line]
    return [line.split(": ")[0] for line in lines]
