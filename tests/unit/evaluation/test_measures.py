"""The arithmetic of an evaluation, and the pairing that it counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.evaluation.matching import pair
from cablegraph.evaluation.scores import (
    Alarm,
    Extract,
    Miss,
    Outcome,
    Score,
    Shown,
    compare,
    find_drops,
    measure,
)


def by_table(table: dict[str, float]) -> object:
    """Return a likeness that looks up the two letters."""
    return lambda one, other: table.get(one + other, 0.0)


def test_nothing_wanted_and_nothing_found_is_no_mistake() -> None:
    """All measures are 1 where there is nothing on either side, and 0 where on one only."""
    assert Score(1.0, 1.0, 1.0, 0) == measure([])
    assert Score(1.0, 1.0, 1.0, 0) == measure([Outcome("x", 0, 0, 0)])
    assert Score(0.0, 0.0, 0.0, 0) == measure([Outcome("x", 0, 3, 0)])
    assert Score(0.0, 0.0, 0.0, 2) == measure([Outcome("x", 0, 0, 2)])


def test_every_value_weighs_the_same() -> None:
    """Measures are made of the sums over documents, not of the means of their measures."""
    found = measure([Outcome("x", 1, 1, 1), Outcome("x", 1, 4, 9)])

    assert Score(2 / 5, 2 / 10, 4 / 15, 10) == found


def test_a_half_counts_half_and_is_told() -> None:
    """A pair of degree one half adds a half to both measures and stands among the misses."""
    table = {"aA": 0.5, "bB": 1.0}
    found = compare(
        "x",
        [Shown("a", ("words",)), Shown("b")],
        [Extract("A", 3), Extract("B", 4), Extract("C", 5)],
        lambda one, other: table.get(one.value + other.value, 0.0),
    )

    assert (
        Outcome("x", 1.5, 3, 2, (Miss("a (half right: A)", ("words",)),), (Alarm("C", 5),)) == found
    )
    assert Score(0.5, 0.75, 0.6, 2) == measure([found])


def test_an_optional_value_is_rewarded_and_never_punished() -> None:
    """An optional value counts as found only where the truth has it."""
    same = lambda one, other: float(one.value == other.value)  # noqa: E731
    extra = Extract("a", 1, optional=True)

    assert Outcome("x", 1, 1, 1) == compare("x", [Shown("a")], [extra], same)
    assert Outcome("x", 0, 0, 0) == compare("x", [], [extra], same)
    assert Outcome("x", 0, 1, 0, (), (Alarm("a", 1),)) == compare("x", [], [Extract("a", 1)], same)


def test_what_is_sure_goes_before_what_is_optional() -> None:
    """Where an optional value and another one would both do, no false alarm is left."""
    both = [Extract("1", 1, optional=True), Extract("2", 2)]

    assert Outcome("x", 1, 1, 1) == compare("x", [Shown("a")], both, lambda *_: 1.0)


def test_one_value_is_right_once() -> None:
    """Two findings of one value are one right and one false alarm."""
    found = compare("x", [Shown("a")], [Extract("1"), Extract("2")], lambda *_: 1.0)

    assert (1, 2, 1) == (found.correct, found.found, found.wanted)
    assert (Alarm("2"),) == found.alarms


def test_pairing_finds_room_for_all() -> None:
    """A first choice gives way where only so both can be paired."""
    table = {"aX": 1.0, "aY": 1.0, "bX": 1.0}

    assert [(0, 1, 1.0), (1, 0, 1.0)] == pair("ab", "XY", by_table(table))  # type: ignore[arg-type]


def test_a_full_pair_is_served_before_halves() -> None:
    """A pair in full agreement is kept, even where two halves could be made of its items."""
    table = {"aX": 1.0, "aY": 0.5, "bX": 0.5}

    assert [(0, 0, 1.0)] == pair("ab", "XY", by_table(table))  # type: ignore[arg-type]


@given(st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3), max_size=4))
def test_no_item_is_paired_twice(table: list[list[float]]) -> None:
    """Whatever the likenesses, each item stands in one pair at most and no pair is of degree 0."""
    found = pair(range(len(table)), range(3), lambda i, j: table[i][j])

    assert len({one.wanted for one in found}) == len({one.found for one in found}) == len(found)
    assert all(table[one.wanted][one.found] == one.degree > 0 for one in found)


def test_a_lower_f1_is_a_drop() -> None:
    """A field that fell or is gone is told; a higher one, a new one, a last digit is not."""
    before = {"a": Score(1, 1, 0.5, 1), "b": Score(1, 1, 0.5, 1), "c": Score(1, 1, 0.5, 1)}
    now = {"a": Score(1, 1, 0.49999, 1), "b": Score(1, 1, 0.4, 1), "d": Score(0, 0, 0, 1)}

    assert [
        "b: F1 fell from 0.5 to 0.4",
        "c: F1 was 0.5, and nothing is measured now",
    ] == find_drops(now, before)  # fmt: skip
    assert [] == find_drops(before, before)
