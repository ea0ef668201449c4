"""Settle a number by the series it belongs to: a sender's numbers rise with the days of a year.

This is the one rule that looks at several documents; it touches only what is still open. What a
document brings to it is its place, so that a corpus can be settled without its readings at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from cablegraph.records.claims import Claim, Date, Number, Party, Reading

KIND = "cipher-telegram-number"
#: Sender, and the party that a telegram goes to or through.
Way = tuple[str, str]
#: A settled number and its day; both have the order of text (see ``to_rank``).
Entry = tuple[str, str]


class Place(msgspec.Struct, frozen=True):
    """Where a document stands in the series of its sender.

    Shape: ``ranks`` are its settled numbers, ``rivals`` the claims of an open one, as they were
        before any series was asked.
    Units: ``day`` is an EDTF day.
    """

    key: str
    day: str
    ways: tuple[Way, ...]
    ranks: tuple[str, ...] = ()
    rivals: tuple[Claim, ...] = ()

    @property
    def year(self) -> str:
        """The year in which its numbers rise."""
        return self.day[:4]


class Settlement(msgspec.Struct, frozen=True):
    """Which of the rivals of a document fits its series, and why."""

    winner: str  # key of the claim
    reason: str


def settle_by_series(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings in which the series of settled numbers decides between rivals.

    Shape: where nothing is decided nothing is yielded (see ``choose``).
    """
    readings = list(readings)
    places = [place for reading in readings if (place := find_place(reading))]
    series: dict[tuple[Way, str], list[Place]] = {}
    for place in places:
        for way in place.ways if place.ranks else ():
            series.setdefault((way, place.year), []).append(place)
    chosen: dict[str, tuple[Place, Settlement]] = {}
    for place in places:
        near = chain.from_iterable(series.get((way, place.year), ()) for way in place.ways)
        found = choose(
            place, ((p.day, rank) for p in near if p.key != place.key for rank in p.ranks)
        )
        if found:
            chosen[place.key] = place, found
    for reading in readings:
        if reading.key in chosen:
            place, settlement = chosen[reading.key]
            yield settle(reading, place.rivals, settlement)


def find_place(reading: Reading) -> Place | None:
    """Return where a document stands in a series, if it has a day, a way and a number."""
    day, ways = _day(reading), tuple(dict.fromkeys(_ways(reading)))
    if day is None or not ways:
        return None
    ranks, rivals = tuple(sorted(set(_ranks(reading)))), tuple(_open_rivals(reading))
    return Place(reading.key, day, ways, ranks, rivals) if ranks or rivals else None


def choose(place: Place, near: Iterable[Entry]) -> Settlement | None:
    """Return which rival of a document is the only one that fits the numbers *near* it.

    Shape: a rival fits if it is higher than every settled number of the same way and year that
        is of an earlier day, and lower than every later one; *near* are those of other documents,
        in any order, or at least the lowest and highest of each day. None where no rival or
        several fit, or the series has no other number.
    Source: cipher offices number what goes out through the year, so that a later day has the
        higher number.
    """
    if not place.rivals:
        return None
    before, after = "", "~"  # no rank is as low, none is as high
    last: Entry = ("", "")
    first: Entry | None = None
    for entry in near:
        day, rank = entry
        if day < place.day:
            before = max(before, rank)
        elif day > place.day:
            after = min(after, rank)
            first = entry if first is None else min(first, entry)
        last = max(last, entry) if day <= place.day else last
    fitting = [one for one in place.rivals if before < _rank_of(one) <= after]
    told = [entry for entry in (last, first) if entry and entry[0]]
    if not told or len(fitting) != 1:
        return None
    said = ", ".join(f"{from_rank(rank)} on {day}" for day, rank in told)
    reason = f"only this one fits the rising series of the sender's numbers ({said})"
    return Settlement(fitting[0].key, reason)


def settle(
    reading: Reading, rivals: Sequence[Claim], settlement: Settlement | None = None
) -> Reading:
    """Return a reading in which its *rivals* are settled, or as open as they are given."""
    changed = {one.key: _settled(one, settlement) if settlement else one for one in rivals}
    claims = tuple(changed.get(claim.key, claim) for claim in reading.claims)
    return msgspec.structs.replace(reading, claims=claims)


def _settled(claim: Claim, settlement: Settlement) -> Claim:
    won = claim.key == settlement.winner
    return msgspec.structs.replace(
        claim,
        certainty="probable" if won else "doubtful",
        status="preferred" if won else "alternative",
        reason=settlement.reason if won else "does not fit the rising series",
    )


def to_rank(written: str) -> str:
    """Return a number so that the order of text is that of numbers.

    >>> to_rank("97") < to_rank("0100") < to_rank("101")
    True
    """
    digits = str(int(written))
    return f"{len(digits):05d}{digits}"


def from_rank(rank: str) -> str:
    """Return the digits of a rank.

    >>> from_rank(to_rank("0100"))
    '100'
    """
    return rank[5:]


def _rank_of(claim: Claim) -> str:
    """Return the rank of a rival, nothing if it is no number, which fits nowhere."""
    assert isinstance(claim.value, Number)
    return to_rank(claim.value.written) if claim.value.written.isdecimal() else ""


def _ranks(reading: Reading) -> Iterator[str]:
    for claim in reading.claims:
        value = claim.value
        sure = claim.status == "preferred" or (claim.status is None and not claim.rivals)
        if sure and isinstance(value, Number) and value.kind == KIND and value.written.isdecimal():
            yield to_rank(value.written)


def _day(reading: Reading) -> str | None:
    for claim in reading.claims:
        if isinstance(claim.value, Date) and claim.value.kind == "catalogue-date":
            edtf = claim.value.edtf or ""
            return edtf[:10] if len(edtf) >= 10 and edtf[:10].replace("-", "").isdecimal() else None
    return None


def _ways(reading: Reading) -> Iterator[Way]:
    parties: dict[str, list[str]] = {}
    for claim in reading.claims:
        if isinstance(claim.value, Party) and claim.about == f"telegram/{reading.key}":
            parties.setdefault(claim.value.role, []).append(claim.value.agent)
    receivers = parties.get("intermediary") or parties.get("addressee", [])
    for sender in parties.get("sender", []):
        yield from ((sender, receiver) for receiver in receivers)


def _open_rivals(reading: Reading) -> list[Claim]:
    """Return the numbers of which nobody is preferred; one cut short of another is no rival."""
    found = [
        claim
        for claim in reading.claims
        if isinstance(claim.value, Number) and claim.value.kind == KIND and claim.rivals
    ]
    if any(claim.status != "unresolved" for claim in found):
        return []
    return found
