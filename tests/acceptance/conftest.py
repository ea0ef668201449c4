"""The seeds, built once for all acceptance tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from cablegraph.pipeline import Built, build
from cablegraph.records.claims import Reading

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The folder of a build of the seeds, and what the build says of itself."""
    folder = tmp_path_factory.mktemp("seeds") / "output"
    return folder, build([ROOT / "seeds"], folder)


@pytest.fixture(scope="session")
def readings(output: tuple[Path, Built]) -> Mapping[str, Reading]:
    """The records of the seeds by the number that their file name begins with."""
    found = {}
    for path in sorted((output[0] / "records").glob("*.json")):
        reading = msgspec.json.decode(path.read_bytes(), type=Reading)
        found[reading.source[:3]] = reading
    return found


@pytest.fixture(scope="session")
def facts() -> list[dict[str, object]]:
    """The inventory of what the seeds hold, made by hand."""
    inventory = json.loads((HERE / "seed-inventory.json").read_text(encoding="utf-8"))
    return list(inventory["facts"])
