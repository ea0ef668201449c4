"""Findings for people and machines: text lines, SARIF and a SHACL validation report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from cablegraph.errors import OutputError, on_one_line
from cablegraph.records.claims import Finding
from cablegraph.validation.report_graph import to_turtle
from cablegraph.validation.results import SEVERITIES
from cablegraph.validation.sarif import to_sarif

FailOn: TypeAlias = Literal["violation", "warning", "never"]

#: Where the IRIs of reports begin unless the settings say otherwise.
_BASE = "https://w3id.org/cablegraph/"


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Drop repetitions; sort by path, line, column, severity and code."""
    return sorted(set(findings), key=_order)


def _order(finding: Finding) -> tuple[str, int, int, int, str, str, str]:
    severity = SEVERITIES.index(finding.severity)
    place = (finding.path, finding.line, finding.column)
    return (*place, severity, finding.code, finding.message, finding.focus or "")


def conforms(findings: Iterable[Finding], fail_on: FailOn = "violation") -> bool:
    """Whether the findings let the run succeed; an info never fails one.

    >>> conforms([], "warning")
    True
    """
    grave = {"violation": {"violation"}, "warning": {"violation", "warning"}, "never": set()}
    return not any(finding.severity in grave[fail_on] for finding in findings)


def to_line(finding: Finding) -> str:
    """Return one finding as one line: place, severity, what was found, remedy, code."""
    place = on_one_line(f"{finding.path}:{finding.line}:{finding.column}")
    words = " ".join(f"{finding.message}; {finding.remedy}".split())
    return f"{place}: {finding.severity}: {words} [{finding.code}]"


def summarise(findings: Iterable[Finding]) -> str:
    """Count findings by severity.

    >>> summarise([])
    '0 violations, 0 warnings, 0 infos'
    """
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in SEVERITIES)


def to_text(findings: Iterable[Finding]) -> str:
    """Return the findings as sorted lines and a closing line with the counts."""
    ordered = sort_findings(findings)
    return "".join(f"{line}\n" for line in [*map(to_line, ordered), summarise(ordered)])


def write_reports(findings: Iterable[Finding], folder: Path, *, base: str = _BASE) -> list[Path]:
    """Write validation.txt, validation.sarif and validation.ttl; return their paths.

    Raises:
        OutputError: if the folder can't be written.
    """
    ordered = sort_findings(findings)
    contents = {
        "validation.txt": to_text(ordered),
        "validation.sarif": to_sarif(ordered),
        "validation.ttl": to_turtle(ordered, base=base),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "give a folder that can be written"
        raise OutputError(reason, where=f"{folder}:1:1", remedy=remedy) from error
    return [folder / name for name in contents]
