"""The editors' ledger, decisions.csv: what only an expert can know, said in the open.

A decision is applied after the rules and published with its author, day and reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cablegraph.authorities.rows import Row, read_rows
from cablegraph.errors import DecisionError, Faults, shown
from cablegraph.records.claims import Claim, Date, Decision, Finding, Reading

COLUMNS = ("document", "claim", "action", "field", "value", "by", "date", "reason")
ACTIONS = ("prefer", "reject", "correct")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the ledger.

    Raises:
        DecisionError: if a row lacks its author, day or reason, or has an unknown action.
        Faults: if several rows do, with one DecisionError for each.
    """
    rows = read_rows(path, COLUMNS)
    faults = [fault for row in rows for fault in _faults(row)]
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(f"{len(faults)} faults in the editors' ledger", faults)
    return tuple(msgspec.convert({**row.cells, "line": row.line}, Decision) for row in rows)


def _faults(row: Row) -> Iterable[DecisionError]:
    cells = row.cells
    if cells["action"] not in ACTIONS:
        problem = f"action is {shown(cells['action'])}"
        yield _fault(row, "action", problem, f"write one of {', '.join(ACTIONS)}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cells["date"]):
        yield _fault(row, "date", f"date is {shown(cells['date'])}", "write it as 1951-07-03")
    for column in ("document", "claim", "by", "reason"):
        if not cells[column]:
            yield _fault(row, column, f"{column} is empty", "fill it in")
    if cells["action"] == "correct" and not (cells["field"] and cells["value"]):
        yield _fault(row, "field", "a correction without field or value", "name both")


def _fault(row: Row, column: str, problem: str, remedy: str) -> DecisionError:
    plain = row.fault(column, problem, remedy)
    return DecisionError(problem, where=plain.where, remedy=remedy)


def decide(reading: Reading, decisions: Iterable[Decision], ledger: str) -> Reading:
    """Apply the ledger's rows on one document; a row that no longer fits becomes a finding.

    Shape: claims keep their order and keys; what was read stays beside what was decided.
    """
    claims = {claim.key: claim for claim in reading.claims}
    applied, findings = [], list(reading.findings)
    for decision in decisions:
        if decision.document != reading.key:
            continue
        try:
            claims.update(_changed(claims, decision))
            applied.append(decision)
        except (LookupError, msgspec.ValidationError) as cause:
            findings.append(_stale(decision, ledger, cause))
    return msgspec.structs.replace(
        reading,
        claims=tuple(claims[claim.key] for claim in reading.claims),
        decisions=tuple(applied),
        findings=tuple(findings),
    )


def _changed(claims: dict[str, Claim], decision: Decision) -> dict[str, Claim]:
    claim = claims[decision.claim]
    reason = f"decided by {decision.by}, {decision.date}: {decision.reason}"
    if decision.action == "reject":
        changed = msgspec.structs.replace(claim, status="rejected", reason=reason)
        return {claim.key: changed}
    if decision.action == "correct":
        value = _corrected(claim, decision)
        return {claim.key: msgspec.structs.replace(claim, value=value, reason=reason)}
    found = {claim.key: msgspec.structs.replace(claim, status="preferred", reason=reason)}
    for key in claim.rivals:
        rival = claims[key]
        if rival.status in ("preferred", "unresolved"):
            found[key] = msgspec.structs.replace(rival, status="alternative", reason=reason)
    return found


def _corrected(claim: Claim, decision: Decision) -> object:
    """Return the value with one field set; what was written stays as written."""
    fields = msgspec.structs.asdict(claim.value)
    protected = ("written",) if isinstance(claim.value, Date) else ()
    if decision.field not in fields or decision.field in protected:
        raise LookupError(decision.field)
    fields[decision.field] = decision.value
    return msgspec.convert(fields, type(claim.value), strict=False)


def _stale(decision: Decision, ledger: str, cause: Exception) -> Finding:
    what = decision.claim if isinstance(cause, KeyError) else decision.field
    return Finding(
        path=ledger,
        line=decision.line,
        column=1,
        severity="warning",
        code="stale-decision",
        message=f"the decision names {shown(what)}, which {decision.document} does not have",
        remedy="mend the row or take it out",
    )
