"""Which queries are told apart, and which are one."""

from __future__ import annotations

import time

import pytest

from cablegraph.service.shape import find_shape


@pytest.mark.parametrize(
    "other",
    [
        "SELECT ?a { ?a <x:p> 7 FILTER(?a != 'b') } # once more",
        "SELECT  $b\n{ $b <x:p> 12.5 FILTER($b != '''long ' # text''') }",
    ],
)
def test_spaces_comments_values_and_variables_make_no_difference(other: str) -> None:
    """Who varies them asks the same."""
    assert find_shape("SELECT ?a { ?a <x:p> 1 FILTER(?a != 'a') }") == find_shape(other)


@pytest.mark.parametrize(
    "other", ["ASK { ?a <x:p#b> ?a }", "ASK { ?a <x:q#a> ?b }", "ASK { ?a <x:p#a> ?b . }"]
)
def test_names_and_order_make_a_difference(other: str) -> None:
    """A stroke within an IRI begins no comment; the same variable is not another."""
    assert find_shape("ASK { ?a <x:p#a> ?b }") != find_shape(other)


@pytest.mark.parametrize("piece", ['"', "'", '"""', "'''a", "<", "#", '"\\"', "?", "1", " "])
def test_finding_a_shape_is_quick(piece: str) -> None:
    """It happens in the web process, before any limit."""
    began = time.process_time()
    find_shape(piece * (20_000 // len(piece)))
    find_shape(piece * (1_000_000 // len(piece)))

    assert time.process_time() - began < 1
