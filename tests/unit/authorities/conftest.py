"""The real authority file and an index over it, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.match import Matcher
from cablegraph.authorities.table import Authorities, read_authorities

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def authorities() -> Authorities:
    """The authority file of the collection."""
    return read_authorities(ROOT / "seeds" / "authorities")


@pytest.fixture(scope="session")
def matcher(authorities: Authorities) -> Matcher:
    """An index over every name of the collection."""
    return Matcher(authorities)
