"""Apply the editors' ledger: what only an expert can know, said in the open.

A decision is applied after the rules and published with its author, day and reason. How the
ledger is read and checked is ledger.py; how a row becomes a claim is additions.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from cablegraph.authorities.additions import (
    convert,
    convert_certainty,
    field_of,
    find_words,
    make_claim,
    unquoted,
)
from cablegraph.authorities.ledger import ACTIONS as ACTIONS
from cablegraph.authorities.ledger import COLUMNS as COLUMNS
from cablegraph.authorities.ledger import read_decisions as read_decisions
from cablegraph.errors import shown
from cablegraph.records.claims import (
    Claim,
    Date,
    Decision,
    Finding,
    Mark,
    Number,
    Reading,
    Reference,
    Text,
)

# What is added can be corrected, what is corrected be rejected or preferred.
_PHASES = ("add", "correct", "reject", "prefer")
# Fields that hold the words of the document, which nobody corrects.
_AS_READ = {Date: "written", Number: "written", Reference: "written", Mark: "text"}


class _StaleError(ValueError):
    """A row that no longer fits; the words say why."""


def decide(reading: Reading, decisions: Iterable[Decision], ledger: str) -> Reading:
    """Apply the ledger's rows on one document; a row that no longer fits becomes a finding.

    Shape: the order of the rows does not matter. Claims keep their keys and, if none is added,
        their order, else they are in order of key; what was read stays beside what was decided.
    """
    claims = {claim.key: claim for claim in reading.claims}
    rows = sorted((row for row in decisions if row.document == reading.key), key=_order)
    applied, late = _apply(reading, claims, [row for row in rows if row.action == "add"])
    while late:  # what is added to something added comes after it
        again, still = _apply(reading, claims, [row for row, _ in late])
        if not again:
            break
        applied, late = applied + again, still
    others, stale = _apply(reading, claims, [row for row in rows if row.action != "add"])
    applied += others
    findings = [*reading.findings, *(_stale(row, ledger, why) for row, why in late + stale)]
    added = len(claims) > len(reading.claims)
    return msgspec.structs.replace(
        reading,
        claims=tuple(claims[key] for key in (sorted(claims) if added else claims)),
        decisions=tuple(applied),
        findings=tuple(findings),
    )


def _apply(
    reading: Reading, claims: dict[str, Claim], rows: list[Decision]
) -> tuple[list[Decision], list[tuple[Decision, str]]]:
    """Apply rows to *claims*; return those that fit, and those that do not with the reason."""
    applied: list[Decision] = []
    stale: list[tuple[Decision, str]] = []
    for decision in rows:
        try:
            changed = _changed(reading, claims, decision)
        except _StaleError as cause:
            stale.append((decision, str(cause)))
            continue
        claims.update(changed)
        applied.append(msgspec.structs.replace(decision, decides=next(iter(changed))))
    return applied, stale


def _order(decision: Decision) -> tuple[int, str, str, str, str]:
    phase = _PHASES.index(decision.action)
    return phase, decision.date, decision.claim, decision.field, decision.value


def _changed(reading: Reading, claims: dict[str, Claim], decision: Decision) -> dict[str, Claim]:
    """Return the claims that a decision changes or adds, the one it is about first."""
    reason = f"decided by {decision.by}, {decision.date}: {decision.reason}"
    if decision.action == "add":
        claim = _added(reading, claims, decision)
        return {claim.key: msgspec.structs.replace(claim, reason=reason)}
    claim = _named(claims, decision)
    if decision.action == "reject":
        return {claim.key: msgspec.structs.replace(claim, status="rejected", reason=reason)}
    if decision.action == "correct":
        return {claim.key: msgspec.structs.replace(_corrected(claim, decision), reason=reason)}
    found = {claim.key: msgspec.structs.replace(claim, status="preferred", reason=reason)}
    for key in claim.rivals:
        rival = claims[key]
        if rival.status in ("preferred", "unresolved"):
            found[key] = msgspec.structs.replace(rival, status="alternative", reason=reason)
    return found


def _named(claims: dict[str, Claim], decision: Decision) -> Claim:
    """Return the claim that a row is about, if it still has the words that the row gives."""
    claim = claims.get(decision.claim)
    if claim is None:
        raise _StaleError(f"the decision names {shown(decision.claim)}, which {decision.document} "
                     "does not have")  # fmt: skip
    words = _flat(unquoted(decision.words))
    if words and words not in [_flat(one.quote) for one in claim.evidence]:
        raise _StaleError(f"{shown(decision.claim)} no longer rests on the words {shown(words)}")
    return claim


def _flat(words: str) -> str:
    return " ".join(words.split())


def _added(reading: Reading, claims: dict[str, Claim], decision: Decision) -> Claim:
    claim = make_claim(decision)
    if claim.key in claims:
        raise _StaleError(f"the decision adds {shown(claim.key)}, which the rules read by now")
    if claim.about != claim.key and claim.about not in _things(reading, claims.values()):
        raise _StaleError(f"the decision names {shown(claim.about)}, which {decision.document} "
                     "does not have")  # fmt: skip
    if not decision.words:
        return claim
    evidence = find_words(reading, decision.words)
    if evidence is None:
        raise _StaleError(f"the words {shown(decision.words)} do not stand in {decision.document}")
    return msgspec.structs.replace(claim, evidence=(evidence,))


def _things(reading: Reading, claims: Iterable[Claim]) -> set[str]:
    """Return the paths of everything that the claims speak of."""
    found = {f"telegram/{reading.key}"}
    for claim in claims:
        found |= {claim.key, claim.about, *_paths(claim)}
    return found


def _paths(claim: Claim) -> Iterator[str]:
    if isinstance(claim.value, Text):
        return
    for value in msgspec.structs.astuple(claim.value):
        if isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, str))
        elif isinstance(value, str):
            yield value


def _corrected(claim: Claim, decision: Decision) -> Claim:
    """Return the claim with one field set; what was written stays as written."""
    name = decision.field
    kind = type(claim.value)
    if _AS_READ.get(kind) == name:
        raise _StaleError(f"{shown(name)} of {shown(claim.key)} holds the words of the document: "
                     "reject the claim and add another")  # fmt: skip
    try:
        if name == "certainty":
            certainty = convert_certainty(decision.value)
            return msgspec.structs.replace(claim, certainty=certainty)
        fields = msgspec.structs.asdict(claim.value)
        fields[name] = field_of(kind, name, decision.value)
        return msgspec.structs.replace(claim, value=convert(fields, kind))
    except ValueError as cause:
        raise _StaleError(
            f"{shown(name)} of {shown(claim.key)} can't be corrected: {cause}"
        ) from cause


def _stale(decision: Decision, ledger: str, problem: str) -> Finding:
    return Finding(
        path=ledger,
        line=decision.line,
        column=1,
        severity="warning",
        code="stale-decision",
        message=problem,
        remedy="mend the row or take it out",
    )
