"""An output folder in parts is validated part by part, with what its parts share."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from cablegraph.errors import DataError
from cablegraph.validation.parts import validate_parts

OUTPUT = Path(__file__).resolve().parents[3] / "output"


def put_in_parts(target: Path, *, without: str = "\0") -> list[Path]:
    """Write the graph of the seeds in a part for each document and shared parts."""
    (target / "graph").mkdir(parents=True)
    parts: dict[str, list[str]] = {}
    for line in (OUTPUT / "graph" / "cablegraph.nq").read_text("utf-8").split("\n")[:-1]:
        own = line.rpartition("/graph/telegram/")[2]
        if own != line:
            name = f"part-d{own[:-3]}"
        else:
            name = "part-dataset" if "dataset" in line else "part-authorities-00"
        if without not in line:
            parts.setdefault(name, []).append(f"{line}\n")
    for name, rows in parts.items():
        path = target / "graph" / f"{name}.nq.zst"
        path.write_bytes(zstandard.compress("".join(rows).encode()))
    return sorted((target / "graph").iterdir())


def test_a_good_graph_in_parts_has_no_violation(tmp_path: Path) -> None:
    """What one part says and another needs is known to it."""
    found = validate_parts(put_in_parts(tmp_path))

    assert [] == [one.message for one in found if one.severity == "violation"]


def test_what_is_missing_in_a_part_is_found(tmp_path: Path) -> None:
    """The finding stands in the part of its document, and the command ends with 1."""
    put_in_parts(tmp_path, without="def#evidence>")
    command = [sys.executable, "-m", "cablegraph", "validate", str(tmp_path)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)

    assert 1 == result.returncode
    assert f"{tmp_path / 'graph' / 'part-d'}" in result.stdout
    assert "violation: no evidence" in result.stdout


def test_a_part_that_cannot_be_parsed_is_told(tmp_path: Path) -> None:
    """With file, line and column."""
    path = tmp_path / "part-d0.nq.zst"
    path.write_bytes(zstandard.compress(b"<a:a> <a:b> <a:c> <a:d> .\n<a:a> nonsense\n"))

    with pytest.raises(DataError, match=r"part-d0\.nq\.zst:2:\d+: DataError"):
        validate_parts([path])


def test_a_part_that_was_cut_short_is_told(tmp_path: Path) -> None:
    """Half of the statements is no graph without violations."""
    rows = "".join(f'<a:a> <a:b> "{sha256(bytes([n])).hexdigest()}" <a:d> .\n' for n in range(200))
    path = tmp_path / "part-d0.nq.zst"
    path.write_bytes(zstandard.compress(rows.encode())[:-20])

    with pytest.raises(DataError, match=r"part-d0\.nq\.zst:1:1: DataError: the file ends in the"):
        validate_parts([path])
