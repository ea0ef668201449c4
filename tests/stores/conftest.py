"""Stores that run for a whole module, and the loader as a command of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from real_stores import (
    NO_OXIGRAPH,
    NO_VIRTUOSO,
    Running,
    find_oxigraph,
    has_virtuoso,
    run_oxigraph,
    run_virtuoso,
)

Loaded = subprocess.CompletedProcess[str]
Load = Callable[..., Loaded]


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run Oxigraph."""
    if not find_oxigraph():
        pytest.skip(NO_OXIGRAPH)
    with run_oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run Virtuoso."""
    if not has_virtuoso():
        pytest.skip(NO_VIRTUOSO)
    with run_virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture(params=["oxigraph", "virtuoso"])
def real(request: pytest.FixtureRequest) -> Running:
    """Return one store after the other."""
    running: Running = request.getfixturevalue(request.param)
    return running


@pytest.fixture
def load_real(tmp_path: Path) -> Load:
    """Return a function that loads a file or folder into a store, with a journal of this test."""

    def load(store: Running, data: Path, *options: str) -> Loaded:
        kept = {key: value for key, value in os.environ.items() if "CABLEGRAPH" not in key}
        journal = tmp_path / f"{store.name}.jsonl"
        command = [sys.executable, "-m", "cablegraph", "load", str(data), "--to", store.url]
        return subprocess.run(
            [*command, "--journal", str(journal), *options],
            env={**kept, **store.environment, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return load
