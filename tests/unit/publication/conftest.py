"""What the tests of publication share."""

from __future__ import annotations

from pathlib import Path

import pytest
from publication_sample import sample_lines, write_output


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with the invented graph."""
    return write_output(tmp_path_factory.mktemp("publication") / "output", sample_lines())
