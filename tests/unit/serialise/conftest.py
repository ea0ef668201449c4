"""The sample graph and its context as fixtures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from serialise_sample import CONTEXT, sample_lines

from cablegraph.serialise.context import Context


@pytest.fixture
def lines() -> list[str]:
    """The lines of the sample, sorted."""
    return sample_lines()


@pytest.fixture
def context() -> Context:
    """The context of the sample."""
    return Context(CONTEXT)


@pytest.fixture
def context_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The context of the sample in place of the project's own."""
    path = tmp_path / "context.jsonld"
    path.write_text(json.dumps({"@context": CONTEXT}), encoding="utf-8")
    monkeypatch.setattr("cablegraph.serialise.jsonld.ontology_path", lambda *_: path)
    return path
