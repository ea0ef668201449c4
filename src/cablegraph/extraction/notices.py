"""Say what an editor should look at in one document: doubtful readings, words left over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cablegraph.extraction.stances.align_notices import find_divergences
from cablegraph.records.claims import Claim, Date, Finding, Number, Party, Reading, Statement


def find_notices(reading: Reading, path: str, base: str) -> Iterator[Finding]:
    """Yield a finding for each reading that is open for another reason than rival witnesses.

    Units: ``base`` is the IRI before the path of a thing, the one that ends in ``id/``.
    """
    yield from find_divergences(reading, path, base)
    for claim in reading.claims:
        if isinstance(claim.value, Party) and claim.rivals and claim.status == "unresolved":
            others = ", ".join(_agents(reading, claim))
            what = f"{claim.value.role} {claim.value.agent} against {others}"
            yield _notice(path, base, claim, "rival-parties", what, severity="warning")
        if claim.rivals or not claim.evidence:
            continue
        if isinstance(claim.value, Number | Date) and claim.status == "unresolved":
            written = claim.value.written
            words = written if isinstance(written, str) else written[0]
            yield _notice(path, base, claim, "doubtful-reading", f"{claim.value.kind} {words!r}")
        elif isinstance(claim.value, Statement) and claim.certainty != "certain":
            what = f"{claim.value.property} is suspected"
            yield _notice(path, base, claim, "unproven-statement", what)
    if reading.uncovered:
        yield Finding(
            path=path,
            line=1,
            column=1,
            severity="warning",
            code="uncovered",
            message=f"{reading.uncovered} characters belong to no text version",
            remedy="name every text in the contents list",
        )


def _agents(reading: Reading, claim: Claim) -> list[str]:
    rivals = (other.value for other in reading.claims if other.key in claim.rivals)
    return sorted(value.agent for value in rivals if isinstance(value, Party))


def _notice(
    path: str,
    base: str,
    claim: Claim,
    code: str,
    what: str,
    *,
    severity: Literal["info", "warning"] = "info",
) -> Finding:
    first = claim.evidence[0]
    return Finding(
        path=path,
        line=first.line,
        column=first.column,
        severity=severity,
        code=code,
        message=f"{what}: {claim.reason}",
        remedy="settle it in decisions.csv or leave it open",
        focus=base + claim.key,
    )
