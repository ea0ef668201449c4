"""Which query runs, waits or is turned away; no clock and no process here."""

from __future__ import annotations

import msgspec

from cablegraph.service.lanes import Lanes
from cablegraph.service.limits import Limits

LIMITS = Limits(
    seconds=10,
    short_seconds=1,
    short_workers=2,
    long_workers=1,
    short_line=1,
    long_line=1,
    wait_seconds=5,
)


def submit(lanes: Lanes, *keys: str, now: float = 0.0) -> list[str]:
    """Submit queries whose tickets count from 1."""
    return [lanes.submit(number, key, now=now) for number, key in enumerate(keys, 1)]


def test_queries_run_then_wait_then_are_turned_away() -> None:
    """No more than the workers run, no more than the line wait."""
    assert ["run", "run", "wait", "busy"] == submit(Lanes(LIMITS), "a", "b", "c", "d")


def test_the_end_of_one_starts_the_next() -> None:
    """A line is served in order."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a", "b", "c")
    lanes.finish(1, now=0.1)

    assert [3] == lanes.start_next(now=0.1)
    assert (2, 0) == (lanes.running, lanes.waiting)


def test_a_query_that_takes_long_moves_to_the_long_lane() -> None:
    """There is room for one; the other ends."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a", "b")

    assert [(1, "demoted"), (2, "busy")] == lanes.find_overdue(now=1.0)
    assert "long" == lanes.lane_of(1)


def test_long_queries_never_take_the_place_of_short_ones() -> None:
    """What took long once goes to the long lane at once, and its line is short."""
    lanes = Lanes(LIMITS)
    submit(lanes, "slow")
    lanes.find_overdue(now=1.0)

    again = [lanes.submit(number, "slow", now=2.0) for number in (2, 3, 4)]
    short = [lanes.submit(number, "new", now=2.0) for number in (5, 6)]

    assert ["wait", "busy", "busy"] == again
    assert ["run", "run"] == short


def test_a_known_shape_goes_before_a_new_one() -> None:
    """What was answered soon before is served first, and has more time."""
    lanes = Lanes(LIMITS)
    submit(lanes, "usual")
    lanes.finish(1, now=0.1, answered=True)
    waiting = [lanes.submit(n, key, now=0.2) for n, key in ((2, "a"), (3, "b"), (4, "c"))]
    last = lanes.submit(5, "usual", now=0.2)
    lanes.finish(2, now=0.3)

    assert (["run", "run", "wait"], "wait") == (waiting, last)
    assert [5] == lanes.start_next(now=0.3)
    assert [(3, "demoted")] == lanes.find_overdue(now=1.3)


def test_a_known_shape_that_takes_long_is_known_no_more() -> None:
    """It goes to the long lane as any other."""
    lanes = Lanes(LIMITS)
    submit(lanes, "usual")
    lanes.finish(1, now=0.1, answered=True)
    lanes.submit(2, "usual", now=0.2)
    moved = lanes.find_overdue(now=3.3)
    lanes.finish(2, now=9.0, answered=True)
    lanes.submit(3, "usual", now=9.1)

    assert [(2, "demoted")] == moved
    assert "long" == lanes.lane_of(3)


def test_a_busy_machine_excuses_a_query_for_a_while() -> None:
    """It is the work that counts, up to a bound."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a")

    assert [] == lanes.find_overdue(now=1.0, find_work=lambda _: 0.25)
    assert 1.75 == lanes.find_due()
    assert [(1, "demoted")] == lanes.find_overdue(now=1.75, find_work=lambda _: 1.0)

    lanes.finish(1, now=9.0)
    lanes.submit(2, "b", now=10.0)

    assert [] == lanes.find_overdue(now=11.75, find_work=lambda _: 0.5)
    assert 2 in [ticket for ticket, _ in lanes.find_overdue(now=16.0, find_work=lambda _: 0.5)]


def test_a_crowd_makes_the_moment_shorter() -> None:
    """While more wait than run, a query must leave the short lane sooner."""
    limits = msgspec.structs.replace(LIMITS, short_line=9, crowded_seconds=0.25)
    few, many = Lanes(limits), Lanes(limits)
    submit(few, "a", "b", "c", "d")
    submit(many, "a", "b", "c", "d", "e")

    assert [] == few.find_overdue(now=0.25)
    assert [(1, "demoted"), (2, "busy")] == many.find_overdue(now=0.25)


def test_a_long_query_ends_at_its_time() -> None:
    """The time counts from its start, not from its move."""
    lanes = Lanes(LIMITS)
    submit(lanes, "slow")
    lanes.find_overdue(now=1.0)

    assert [] == lanes.find_overdue(now=9.9)
    assert 10.0 == lanes.find_due()
    assert [(1, "time")] == lanes.find_overdue(now=10.0)


def test_who_waits_too_long_is_told_to_come_again() -> None:
    """The limit is the same in both lines."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a", "b", "c")

    assert (3, "busy") in lanes.find_overdue(now=5.0)


def test_a_query_is_forgiven_that_was_only_unlucky() -> None:
    """One that ends soon in the long lane goes to the short one next time."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a")
    lanes.finish(1, now=0.5, heavy=True)
    lanes.submit(2, "a", now=1.0)
    slow = lanes.lane_of(2)
    lanes.finish(2, now=1.2)
    lanes.submit(3, "a", now=2.0)

    assert ("long", "short") == (slow, lanes.lane_of(3))


def test_a_client_that_leaves_the_line_leaves_no_trace() -> None:
    """Its place is free again."""
    lanes = Lanes(LIMITS)
    submit(lanes, "a", "b", "c")
    lanes.finish(3, now=0.1)

    assert "wait" == lanes.submit(4, "d", now=0.1)
    assert 1 == lanes.waiting
