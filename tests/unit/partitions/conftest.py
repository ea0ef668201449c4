"""Small buckets, so that a corpus of a few dozen documents has several, and a store in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from partition_papers import FEW

from cablegraph.partitions import buckets, work


@pytest.fixture
def _small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bucket hold a few documents."""
    monkeypatch.setattr(buckets, "MOST_DOCUMENTS", FEW)
    monkeypatch.setattr(work, "MOST_DOCUMENTS", FEW)


@pytest.fixture
def memory() -> Iterator[str]:
    """A store in memory, and the URL of a folder in it."""
    store = pytest.importorskip("fsspec").filesystem("memory")
    yield "memory://bucket/corpus"
    store.store.clear()
    store.pseudo_dirs[:] = [""]
