"""A small output folder of invented graphs, a store to load it into, and the command."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from loading_sample import GRAPHS, Load, Write, write_graphs
from store_double import Double, run_double

from cablegraph.cli import main


@pytest.fixture
def double() -> Iterator[Double]:
    """Run a store on a free port."""
    with run_double() as running:
        yield running


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes an output folder with the graphs it is given."""

    def write_output(graphs: dict[str, list[str]] = GRAPHS) -> Path:
        return write_graphs(tmp_path / "output", graphs)

    return write_output


@pytest.fixture
def load(write: Write, double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Return a function that gives the command, with the graphs as they are, without waiting."""
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"CABLEGRAPH_STORE_{name}", raising=False)
    monkeypatch.delenv("NETRC", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(time, "sleep", lambda _: None)

    def give(*options: str, graphs: dict[str, list[str]] = GRAPHS, to: str = "") -> Result:
        folder = write(graphs)
        command = ["load", str(folder), "--to", to or double.url, *options]
        return CliRunner().invoke(main, command)

    return give
