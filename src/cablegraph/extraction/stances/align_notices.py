"""Say where the text versions of one message, or its stances, do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cablegraph.records.claims import Claim, Condition, Finding, Reading, Stance

#: How the reason of a claim begins that only some of the versions with the passage support.
READ_ONLY_IN = "read only in the "
#: How the reason of a claim begins that the versions tell in different ways.
VERSIONS_DIFFER = "the versions differ"

#: How the reason of a stance begins against which the same party's stance on the same stands.
OPPOSED = "for and against one proposal"


def find_divergences(reading: Reading, path: str, base: str) -> Iterator[Finding]:
    """Yield a finding for each stance or condition that not every version has, or has otherwise,
    and for each pair of stances that one party cannot well hold at once.

    Shape: one a group of rival readings, a warning where nothing settles them. Nothing where
        there is one version, or where an editor has decided.
    """
    for claim in reading.claims:
        if not isinstance(claim.value, Stance | Condition) or not claim.reason:
            continue
        if claim.reason.startswith(READ_ONLY_IN):
            yield _finding(path, base, claim, "stance-in-one-version", "info")
        elif claim.reason.startswith(VERSIONS_DIFFER) and claim.key < min(
            claim.rivals, default="~"
        ):
            severity: Literal["info", "warning"] = (
                "warning" if claim.status == "unresolved" else "info"
            )
            yield _finding(path, base, claim, "versions-differ", severity)
        elif claim.reason.startswith(OPPOSED) and claim.key < min(claim.rivals, default="~"):
            yield _finding(path, base, claim, "stances-opposed", "warning")


_REMEDIES = {"stances-opposed": "read both passages; drop or prefer one in decisions.csv"}


def _finding(
    path: str, base: str, claim: Claim, code: str, severity: Literal["info", "warning"]
) -> Finding:
    first = claim.evidence[0]
    kind = claim.value.kind if isinstance(claim.value, Stance | Condition) else ""
    return Finding(
        path=path,
        line=first.line,
        column=first.column,
        severity=severity,
        code=code,
        message=f"{kind}: {claim.reason}",
        remedy=_REMEDIES.get(code, "compare the versions there; settle it in decisions.csv")
        + " or leave it open",
        focus=base + claim.key,
    )
