"""An output without room or right to write is said in one line, and the same command goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from partition_papers import build, command, content, driver, run, write_corpus

_LIMIT = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("size", [2_000, 6_000, 70_000])
def test_a_full_disk_is_one_line_and_the_next_build_goes_on(size: int, tmp_path: Path) -> None:
    """Where a part, or the state, can't grow, the build ends with 1; later it is completed."""
    corpus, out = write_corpus(tmp_path / "corpus", 6), tmp_path / "out"
    failed = run(command(driver(tmp_path, _LIMIT.format(size=size)), corpus, out))

    lines = failed.stderr.splitlines()
    assert (1, 1) == (failed.returncode, len(lines)), failed.stderr
    assert "OutputError" in lines[0]
    assert not (out / "MANIFEST.json").exists()
    resumed = run(command(driver(tmp_path), corpus, out))
    assert 0 == resumed.returncode, resumed.stderr
    run(command(driver(tmp_path), corpus, tmp_path / "anew"))
    assert content(tmp_path / "anew") == content(out)


@pytest.mark.parametrize("size", [10, 20_000])
def test_a_site_without_room_is_one_line(size: int, tmp_path: Path) -> None:
    """Neither a page nor what is remembered of the pages can grow: no traceback is shown."""
    out = tmp_path / "out"
    build(write_corpus(tmp_path / "corpus", 1), out)
    said = ["site", str(out), "--to", str(tmp_path / "site"), "--workers", "1"]
    failed = run([sys.executable, str(driver(tmp_path, _LIMIT.format(size=size))), *said])

    lines = failed.stderr.splitlines()
    assert (1, 1) == (failed.returncode, len(lines)), failed.stderr
    assert "OutputError" in lines[0]


def test_a_folder_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    """An output below a folder without the right to write is refused, nothing is lost."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    corpus = write_corpus(tmp_path / "corpus", 2)
    (tmp_path / "closed").mkdir(mode=0o500)
    from cablegraph.errors import OutputError

    with pytest.raises(OutputError, match="can't be"):
        build(corpus, tmp_path / "closed" / "out")
