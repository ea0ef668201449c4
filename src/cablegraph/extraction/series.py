"""Settle a number by the series it belongs to: a sender's numbers rise with the days of a year.

This is the one rule that looks at several documents; it touches only what is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from cablegraph.records.claims import Claim, Date, Number, Party, Reading

KIND = "cipher-telegram-number"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A settled number in a series; ``way`` is sender and the party it goes to or through."""

    way: tuple[str, str]
    day: str  # EDTF day
    number: int


def settle_by_series(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings in which the series of settled numbers decides between rivals.

    Shape: a rival fits if it is higher than every settled number of the same way and year that
        is of an earlier day, and lower than every later one. The one rival that fits is
        preferred, the others become alternatives; where none or several fit, or the series has
        no other number, nothing changes and nothing is yielded.
    Source: cipher offices number what goes out through the year, so that a later day has the
        higher number.
    """
    readings = list(readings)
    entries = {reading.key: list(_entries(reading)) for reading in readings}
    for reading in readings:
        rivals = _open_rivals(reading)
        day = _day(reading)
        if not rivals or day is None:
            continue
        ways = set(_ways(reading))
        near = [
            entry
            for key, found in entries.items()
            for entry in found
            if key != reading.key and entry.way in ways and entry.day[:4] == day[:4]
        ]
        fitting = [claim for claim in rivals if _fits(claim, day, near)]
        if near and len(fitting) == 1:
            yield _settled(reading, fitting[0], rivals, day, near)


def _entries(reading: Reading) -> Iterator[_Entry]:
    day = _day(reading)
    for claim in reading.claims:
        value = claim.value
        sure = claim.status == "preferred" or (claim.status is None and not claim.rivals)
        if day and sure and isinstance(value, Number) and value.kind == KIND:
            for way in _ways(reading) if value.written.isdecimal() else ():
                yield _Entry(way, day, int(value.written))


def _day(reading: Reading) -> str | None:
    for claim in reading.claims:
        if isinstance(claim.value, Date) and claim.value.kind == "catalogue-date":
            edtf = claim.value.edtf or ""
            return edtf[:10] if len(edtf) >= 10 and edtf[:10].replace("-", "").isdecimal() else None
    return None


def _ways(reading: Reading) -> Iterator[tuple[str, str]]:
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


def _fits(claim: Claim, day: str, near: Iterable[_Entry]) -> bool:
    assert isinstance(claim.value, Number)
    if not claim.value.written.isdecimal():
        return False
    number = int(claim.value.written)
    return all(entry.day == day or (entry.number < number) == (entry.day < day) for entry in near)


def _settled(
    reading: Reading, winner: Claim, rivals: list[Claim], day: str, near: list[_Entry]
) -> Reading:
    bounds = sorted({(entry.day, entry.number) for entry in near})
    before = [entry for entry in bounds if entry[0] <= day][-1:]
    after = [entry for entry in bounds if entry[0] > day][:1]
    told = ", ".join(f"{number} on {when}" for when, number in (*before, *after))
    reason = f"only this one fits the rising series of the sender's numbers ({told})"
    changed = {
        claim.key: msgspec.structs.replace(
            claim,
            certainty="probable" if claim.key == winner.key else "doubtful",
            status="preferred" if claim.key == winner.key else "alternative",
            reason=reason if claim.key == winner.key else "does not fit the rising series",
        )
        for claim in rivals
    }
    claims = tuple(changed.get(claim.key, claim) for claim in reading.claims)
    return msgspec.structs.replace(reading, claims=claims)
