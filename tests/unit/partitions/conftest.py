"""Small buckets, so that a corpus of a few dozen documents has several."""

from __future__ import annotations

import pytest
from partition_papers import FEW

from cablegraph.partitions import buckets, work


@pytest.fixture
def _small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bucket hold a few documents."""
    monkeypatch.setattr(buckets, "MOST_DOCUMENTS", FEW)
    monkeypatch.setattr(work, "MOST_DOCUMENTS", FEW)
