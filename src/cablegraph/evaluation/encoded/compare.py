"""Compare a reading with what the encoding tells of its letter, field by field.

A name is recovered if the agent or place of its role goes by it in the graph, or its words are the
evidence; two persons in one element are recovered by two agents. An identifier is recovered if it
is a record elsewhere of the bearer in that role. A date is recovered to the last digit. A note on
the source is recovered if a number, a reference or a text was made of words in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cablegraph.evaluation.encoded.model import FIELDS, FieldName, Letter, Place, Told
from cablegraph.evaluation.encoded.said import Said, Sayings, fold_iri, fold_name
from cablegraph.evaluation.matching import pair
from cablegraph.evaluation.scores import Alarm, Miss, Outcome

_NAMES: tuple[FieldName, ...] = ("sender", "addressee", "origin", "destination")
_DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d(?:T[\d:]+)?)?)?")


def compare_letter(letter: Letter, says: Sayings | None) -> Iterator[Outcome]:
    """Yield the outcome of each field that the encoding tells of; all is missed without *says*."""
    for field in FIELDS:
        told = [one for one in letter.told if one.field == field]
        if told:
            yield _compare(field, told, says)


def _compare(field: FieldName, told: list[Told], says: Sayings | None) -> Outcome:
    if says is None:
        return _outcome(field, told, [], [])
    if field in _NAMES:
        return _compare_names(field, told, says)
    if field in ("sent", "received"):
        return _compare_dates(field, told, says.dates(field))
    if field in ("source-note", "shelf-mark"):
        met = [one for one in told if any(_is_source(one, said) for said in says.sourced())]
    else:
        met = [one for one in told if _is_identified(one, says)]
    return _outcome(field, told, met, [])


def _outcome(field: str, told: Sequence[Told], met: Sequence[Told], rest: list[Said]) -> Outcome:
    return Outcome(
        field=field,
        correct=len(met),
        found=len(met) + len(rest),
        wanted=len(told),
        misses=tuple(Miss(_show(one), _where(one.start)) for one in told if one not in met),
        alarms=tuple(Alarm(one.shown, one.place[0] if one.place else None) for one in rest),
    )


def _show(one: Told) -> str:
    return f"{one.value} ({one.bearer})" if one.bearer else one.value


def _where(place: Place) -> tuple[str, ...]:
    return tuple(map(str, place))


def _compare_names(field: FieldName, told: list[Told], says: Sayings) -> Outcome:
    said = says.named(field)
    pairs = pair(told, said, _likeness)
    met = [told[one.wanted] for one in pairs]
    used = {one.found for one in pairs}
    for one in told:
        if one not in met and (parts := _parts(one, said)):
            met.append(one)
            used |= parts
        elif one not in met and any(_is_same(one, other, said) for other in met):
            met.append(one)
    rest = [other for number, other in enumerate(said) if number not in used]
    return _outcome(field, told, [one for one in told if one in met], rest)


def _is_same(one: Told, other: Told, said: list[Said]) -> bool:
    """Tell whether two names of one identifier are names of one agent in the reading too."""
    names = {fold_name(one.value), fold_name(other.value)}
    return bool(one.bearers & other.bearers) and any(names <= agent.keys for agent in said)


def _likeness(one: Told, other: Said) -> float:
    """Return 1 for a name that the bearer goes by, less for one that only begins or ends with it.

    Shape: "Legation, Peking" is recovered by Peking, its place, and not by "Legation".
    """
    wanted = fold_name(one.value)
    if wanted in other.keys:
        return 1.0
    if one.field in ("origin", "destination") and _lies_in(other.place, one):
        return 0.9 if any(key and key in wanted for key in other.keys) else 0.0
    return 0.0


def _parts(one: Told, said: list[Said]) -> set[int]:
    """Return the agents whose names together are the words of one element, or one of them twice."""
    inside = {
        number: [key for key in other.keys if key and key in fold_name(one.value)]
        for number, other in enumerate(said)
        if _lies_in(other.place, one)
    }
    named = {number: max(map(len, keys)) for number, keys in inside.items() if keys}
    joints = 3 * max(0, len(named) - 1)
    enough = sum(named.values()) + joints >= len(fold_name(one.value))
    return set(named) if len(named) > 1 and enough else set()


def _lies_in(place: Place | None, one: Told) -> bool:
    return place is not None and one.start <= place <= one.end


def _compare_dates(field: FieldName, told: list[Told], said: list[Said]) -> Outcome:
    pairs = pair(told, said, lambda one, other: float(_is_date(one.value, other.shown)))
    used = {one.found for one in pairs}
    rest = [other for number, other in enumerate(said) if number not in used]
    return _outcome(field, told, [told[one.wanted] for one in pairs], rest)


def _is_date(stated: str, edtf: str) -> bool:
    """Tell whether an EDTF date is what the attributes or the cell say.

    >>> _is_date("1568-03-20 1568-03-29", "1568-03-20/1568-03-29"), _is_date("1568", "1568-03")
    (True, False)
    """
    return stated == edtf or _DAY.findall(stated) == _DAY.findall(edtf)


def _is_source(one: Told, other: Said) -> bool:
    if one.field == "source-note":
        return _lies_in(other.place, one)
    return any(fold_name(one.value) in key for key in other.keys)


def _is_identified(one: Told, says: Sayings) -> bool:
    wanted = fold_iri(one.value)
    if one.field == "mention-id":
        return wanted in says.every_identifier()
    role: FieldName = one.field.removesuffix("-id")  # type: ignore[assignment]  # a field's name
    return any(wanted in says.identifiers(other.path) for other in says.named(role))
