"""What is read rightly of documents with a known truth does not become less."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cablegraph.evaluation.evaluate import Evaluation, evaluate
from cablegraph.evaluation.report import read_scores
from cablegraph.evaluation.scores import find_drops
from cablegraph.workshop import open_workshop

HERE = Path(__file__).resolve().parent
SCORES = read_scores(HERE / "scores.json")


@cache
def evaluation() -> Evaluation:
    """Return the judgement on every document here, made once."""
    return evaluate([HERE], open_workshop(None))


@pytest.mark.slow
@pytest.mark.parametrize("field", sorted(SCORES))
def test_a_field_is_read_as_well_as_before(field: str) -> None:
    """The F1 of the field is not below scores.json."""
    assert [] == find_drops(evaluation().scores, {field: SCORES[field]})


@pytest.mark.slow
def test_every_field_is_guarded() -> None:
    """Every field that is measured has its score, made of as many values."""
    found = {name: score.support for name, score in evaluation().scores.items()}

    assert {name: score.support for name, score in SCORES.items()} == found


@pytest.mark.slow
def test_every_document_is_judged() -> None:
    """No truth is malformed, and none is without its text."""
    assert () == evaluation().faults
    assert len(list(HERE.glob("*.txt"))) == len(evaluation().documents)
