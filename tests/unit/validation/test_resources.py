"""Where the ontology is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph import resources


def test_a_wheel_carries_its_own_ontology(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder inside the package wins over the one beside src."""
    monkeypatch.undo()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    monkeypatch.setattr(resources, "_REPOSITORY", tmp_path / "checkout")
    outside = resources.ontology_path("shapes")
    (tmp_path / "_ontology").mkdir()

    assert outside == tmp_path / "checkout" / "ontology" / "shapes"
    assert resources.ontology_path("shapes") == tmp_path / "_ontology" / "shapes"
    assert resources.authorities_path() == tmp_path / "checkout" / "seeds" / "authorities"
