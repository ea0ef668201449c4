"""What rules shapes out beforehand never rules out one that the engine would report."""

from __future__ import annotations

import pytest
from hypothesis import settings
from test_engines_agree import CONFIG, a_document

from cablegraph.validation import shacl as checking
from cablegraph.validation.background import read_background
from cablegraph.validation.facts import Facts
from cablegraph.validation.results import ShapeResult
from cablegraph.workshop import open_workshop

pytest.importorskip("shacl", reason="the extra fast is not installed")

CASES = 4000 if settings().max_examples > 50 else 400
_PER_TEST = 200


def both(seed: int) -> tuple[set[ShapeResult], set[ShapeResult]] | None:
    """Return what is found when shapes are ruled out first, and when the engine gets all."""
    facts = Facts(a_document(seed))
    background = read_background(open_workshop(CONFIG).background)
    if not checking._is_simple(facts, background, "shacl"):
        return None
    whole = [*facts.rows, *background.around(facts.rows)]
    found = checking._run_document(facts, background, "shacl"), checking._run(whole, "shacl")
    first, second = ({one for one in each if one.focus in facts} for each in found)
    return first, second


@pytest.mark.slow
@pytest.mark.parametrize("part", range(CASES // _PER_TEST))
def test_nothing_is_lost_by_ruling_shapes_out(part: int) -> None:
    """Whatever is done to a document, the engine finds the same with less to look at."""
    compared = 0
    for seed in range(10_000 + part * _PER_TEST, 10_000 + (part + 1) * _PER_TEST):
        found = both(seed)
        if found is not None:
            compared += 1

            assert found[1] == found[0], f"seed {seed}"

    assert compared > _PER_TEST // 2
