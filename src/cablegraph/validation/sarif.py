"""Findings as SARIF 2.1.0, the exchange format that code hosts and editors display."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from cablegraph import __version__
from cablegraph.records.claims import Finding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://w3id.org/cablegraph/"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def to_sarif(findings: Sequence[Finding]) -> str:
    """Return one SARIF run; the results keep the order of the findings."""
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "cablegraph",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_rule(code, [f for f in findings if f.code == code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, findings: Sequence[Finding]) -> dict[str, object]:
    gravest = min((_LEVELS[f.severity] for f in findings), key=list(_LEVELS.values()).index)
    return {
        "id": code,
        "shortDescription": {"text": _describe([f.message for f in findings])},
        "help": {"text": "\n".join(sorted({f.remedy for f in findings}))},
        "defaultConfiguration": {"level": gravest},
    }


def _describe(messages: Sequence[str]) -> str:
    """Return the messages of a rule; of many, the first and how many others there are."""
    different = sorted(set(messages))
    others = len(different) - 1
    return different[0] + (f" (and {others} more)" if others else "")


def _result(finding: Finding, index: int) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _to_uri(finding.path)},
            "region": {"startLine": finding.line, "startColumn": finding.column},
        }
    }
    if finding.focus:
        name = finding.focus.rstrip("/").rpartition("/")[2]
        node = {"name": name, "fullyQualifiedName": finding.focus, "kind": "resource"}
        location["logicalLocations"] = [node]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.remedy}"},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }


def _to_uri(path: str) -> str:
    """Return a path as a URI reference, relative unless the path is absolute.

    >>> _to_uri("seeds/a letter.txt")
    'seeds/a%20letter.txt'
    """
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _fingerprint(finding: Finding) -> str:
    """Name a finding by what it says, not by its line, so that it survives an edit above it."""
    words = (finding.path, finding.code, finding.focus or "", finding.message)
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()[:32]
