"""Settle rival values: which witness is to be believed, and why, without losing the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from cablegraph.extraction.lexicon import table
from cablegraph.records.claims import Certainty, Claim, Date, Number

_MISREAD = {
    row["as_read"]: row["meant"] for row in table("misreadings") if row["where"] == "number"
}
_BEHIND_DAY = re.compile(r"[?~%T].*")
# Kinds of date that are of one thing, the day of the message.
_OF_MESSAGE = ("catalogue-date", "citation-date", "dated-in-text", "dated-in-translation")


def settle_numbers(claims: Iterable[Claim]) -> list[Claim]:
    """Give rival numbers of one kind their status, each joined to its rivals.

    Shape: claims come back in order; a number without rivals is unchanged, save one whose
        ending is a known misreading.
    """
    claims = list(claims)
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.value, Number):
            groups.setdefault((claim.about, claim.value.kind), []).append(claim)
    settled = {claim.key: claim for group in groups.values() for claim in _settle(group)}
    return [settled.get(claim.key, claim) for claim in claims] if settled else claims


def _settle(group: list[Claim]) -> list[Claim]:
    if len(group) == 1:
        return [_alone(group[0])]
    written = {_written(claim) for claim in group}
    misread = [claim for claim in group if (_true_form(claim) or "") in written]
    if misread and len(misread) < len(group):
        rest = _settle_whole([claim for claim in group if claim not in misread])
        wrong = [_misread(claim, group) for claim in misread]
        return [_joined(claim, group) for claim in (*rest, *wrong)]
    return [_joined(claim, group) for claim in _settle_whole(group)]


def _alone(claim: Claim) -> Claim:
    """An ending that is a known misreading stays open where no other witness has the number."""
    if _true_form(claim) is None:
        return claim
    return msgspec.structs.replace(
        claim,
        certainty="doubtful",
        status="unresolved",
        reason=f"the ending is a known misreading of {_true_form(claim)!r}, with no second witness",
    )


def _misread(claim: Claim, group: list[Claim]) -> Claim:
    return msgspec.structs.replace(
        claim,
        certainty="doubtful",
        status="rejected",
        reason=f"misread for {_true_form(claim)}, which another witness has",
    )


def _settle_whole(group: list[Claim]) -> list[Claim]:
    if len(group) == 1:
        return [
            msgspec.structs.replace(
                group[0],
                certainty="probable",
                status="preferred",
                reason="the rival is a misreading of it",
            )
        ]
    cut_short = {
        claim.key: longer for claim in group if (longer := [c for c in group if _begins(c, claim)])
    }
    support = {
        claim.key: _witnesses(claim)
        + sum(_witnesses(c) for c in group if cut_short.get(c.key) == [claim])
        for claim in group
        if claim.key not in cut_short
    }
    best = max(support.values())
    winners = [key for key, count in support.items() if count == best]
    if len(winners) > 1:
        winners = _nearest_to_original(group, winners)
    return [_judged(claim, winners, cut_short, group) for claim in group]


def _nearest_to_original(group: list[Claim], tied: list[str]) -> list[str]:
    """Between equal support the copy itself outranks what is said about it."""
    scans = [
        claim.key
        for claim in group
        if claim.key in tied and any(e.layer.startswith("scan") for e in claim.evidence)
    ]
    return scans if len(scans) == 1 else tied


def _judged(
    claim: Claim, winners: list[str], cut_short: dict[str, list[Claim]], group: list[Claim]
) -> Claim:
    if len(winners) > 1:
        reason = "the witnesses disagree and nothing outweighs the other"
        return msgspec.structs.replace(
            claim, certainty="possible", status="unresolved", reason=reason
        )
    if claim.key in winners:
        short = [c for c in group if cut_short.get(c.key) == [claim]]
        layers = ", ".join(sorted({e.layer for e in claim.evidence}))
        reason = f"given by {layers}"
        if short:
            reason += f"; {_written(short[0])} in the {short[0].evidence[0].layer} is its beginning"
        return msgspec.structs.replace(
            claim, certainty="probable", status="preferred", reason=reason
        )
    if claim.key in cut_short and "/" in _written(cut_short[claim.key][0]):
        reason = f"without its ending: {_written(cut_short[claim.key][0])} has it"
        return msgspec.structs.replace(
            claim, certainty="probable", status="alternative", reason=reason
        )
    if claim.key in cut_short:
        reason = f"cut short: {_written(cut_short[claim.key][0])} begins with it"
        return msgspec.structs.replace(
            claim, certainty="doubtful", status="unresolved", reason=reason
        )
    return msgspec.structs.replace(
        claim, certainty="doubtful", status="alternative", reason="fewer witnesses have it"
    )


def _joined(claim: Claim, group: list[Claim]) -> Claim:
    """Join rivals; a number cut short is no rival of the one that it begins."""
    rivals = [
        other.key
        for other in group
        if other.key != claim.key and not (_begins(other, claim) or _begins(claim, other))
    ]
    return msgspec.structs.replace(claim, rivals=tuple(sorted(rivals)))


def _written(claim: Claim) -> str:
    assert isinstance(claim.value, Number)
    return claim.value.written


def _begins(longer: Claim, shorter: Claim) -> bool:
    """Tell whether a number is another one without its ending, or without its last digits.

    Source: a title gives "34691" for "34691/sh"; a scan that is cut off, "12" for "1234".
    """
    a, b = _written(longer), _written(shorter)
    if a == b or not b.isdigit():
        return False
    return a.startswith(f"{b}/") or (a.isdigit() and a.startswith(b) and len(a) - len(b) <= 2)


def _witnesses(claim: Claim) -> int:
    """Count the text versions that give a value; scan and transcript are one witness."""
    return len(_layers(claim))


def _true_form(claim: Claim) -> str | None:
    """Return the number without the misreading its ending shows, or None if it shows none."""
    head, stroke, tail = _written(claim).partition("/")
    return f"{head}/{_MISREAD[tail]}" if stroke and tail in _MISREAD else None


def join_dates(claims: Iterable[Claim]) -> list[Claim]:
    """Join the dates of one kind that differ; which is right is left open."""
    claims = list(claims)
    groups: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        if isinstance(claim.value, Date) and claim.value.edtf:
            groups.setdefault((claim.about, claim.value.kind), []).append(claim.key)
    return [_with_rivals(claim, groups) for claim in claims] if groups else claims


def _with_rivals(claim: Claim, groups: Mapping[tuple[str, str], list[str]]) -> Claim:
    if not isinstance(claim.value, Date):
        return claim
    group = groups.get((claim.about, claim.value.kind), ())
    rivals = tuple(sorted(key for key in group if key != claim.key))
    return msgspec.structs.replace(claim, rivals=rivals) if rivals else claim


def settle_days(claims: Iterable[Claim]) -> list[Claim]:
    """Give the dates that catalogue and text put on one message their status, where they differ.

    Shape: claims come back in order; the day that most witnesses give is preferred, a doubtful
        reading never; where nothing decides, all are unresolved; dates that agree are unchanged.
    """
    claims = list(claims)
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.value, Date) and claim.value.kind in _OF_MESSAGE and claim.value.edtf:
            groups.setdefault(claim.about, []).append(claim)
    groups = {about: group for about, group in groups.items() if len(group) > 1}
    settled = {claim.key: claim for group in groups.values() for claim in _settle_days(group)}
    return [settled.get(claim.key, claim) for claim in claims] if settled else claims


def _settle_days(group: list[Claim]) -> list[Claim]:
    rivals = {one.key: [o for o in group if not _agree(one, o)] for one in group}
    if not any(rivals.values()):
        return group
    support = {
        _day(one): len({layer for o in group if _agree(one, o) for layer in _layers(o)})
        for one in group
        if rivals[one.key] and not _doubtful(one)
    }
    best = [day for day, count in support.items() if count == max(support.values())]
    return [_judged_day(one, rivals[one.key], best) for one in group]


def _judged_day(one: Claim, rivals: list[Claim], best: list[str]) -> Claim:
    if not rivals:  # less exact than either rival, and at odds with neither
        return one
    keys = tuple(sorted({*one.rivals, *(other.key for other in rivals)}))
    if len(best) != 1:
        reason = "the witnesses disagree and nothing outweighs the other"
        certainty: Certainty = "doubtful" if _doubtful(one) else "possible"
        return msgspec.structs.replace(
            one, rivals=keys, certainty=certainty, status="unresolved", reason=reason
        )
    if not _doubtful(one) and _day(one) == best[0]:
        reason = "more witnesses give this day"
        return msgspec.structs.replace(
            one, rivals=keys, certainty="probable", status="preferred", reason=reason
        )
    reason = "a doubtful reading" if _doubtful(one) else f"more witnesses give {best[0]}"
    return msgspec.structs.replace(
        one, rivals=keys, certainty="doubtful", status="alternative", reason=reason
    )


def _day(claim: Claim) -> str:
    """Return the day, month or year that a date gives, without hour and mark of doubt."""
    assert isinstance(claim.value, Date)
    return _BEHIND_DAY.sub("", claim.value.edtf or "")


def _doubtful(claim: Claim) -> bool:
    assert isinstance(claim.value, Date)
    return claim.certainty == "doubtful" or bool(re.search(r"[?~%]", claim.value.edtf or ""))


def _agree(one: Claim, other: Claim) -> bool:
    """Tell whether two dates can be of one day: a month or an interval holds its days."""
    a, b = _day(one), _day(other)
    if a.startswith(b) or b.startswith(a) or "X" in a + b:
        return True
    for span, day in ((a, b), (b, a)):
        first, slash, last = span.partition("/")
        if slash and first <= day <= last:
            return True
    return False


def _layers(claim: Claim) -> set[str]:
    """Return the witnesses of a claim; scan and transcript are one."""
    return {re.sub(r"^transcript", "scan", evidence.layer) for evidence in claim.evidence}
