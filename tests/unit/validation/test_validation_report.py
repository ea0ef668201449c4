"""The three reports."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pyoxigraph
import pytest

from cablegraph.errors import OutputError
from cablegraph.namespaces import PREFIXES
from cablegraph.records.claims import Finding
from cablegraph.validation.report import FailOn, conforms, to_text, write_reports

SCHEMA = Path(__file__).parents[2] / "data" / "sarif-parts.schema.json"
SH = PREFIXES["sh"]


def a_finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "path": "seeds/a letter.txt",
        "line": 4,
        "column": 7,
        "severity": "warning",
        "code": "S99-test",
        "message": "«№ 77» stands\nalone",
        "remedy": "look again",
        "focus": "https://example.org/id/telegram/t1",
    }
    return Finding(**(values | changes))  # type: ignore[arg-type]


FINDINGS = [
    a_finding(line=9, severity="info", focus=None),
    a_finding(),
    a_finding(severity="violation", code="S98-other"),
    a_finding(),
]


def test_text_has_one_line_a_finding_and_the_counts() -> None:
    """Sorted by place and gravity, repetitions dropped, line breaks folded."""
    assert to_text(FINDINGS) == (
        "seeds/a letter.txt:4:7: violation: «№ 77» stands alone; look again [S98-other]\n"
        "seeds/a letter.txt:4:7: warning: «№ 77» stands alone; look again [S99-test]\n"
        "seeds/a letter.txt:9:7: info: «№ 77» stands alone; look again [S99-test]\n"
        "1 violation, 1 warning, 1 info\n"
    )


def test_sarif_keeps_to_the_schema(tmp_path: Path) -> None:
    """The parts of SARIF 2.1.0 that are used are valid, and the results point to their rules."""
    write_reports(FINDINGS, tmp_path)
    log = json.loads((tmp_path / "validation.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, json.loads(SCHEMA.read_text(encoding="utf-8")))
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]

    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "seeds/a%20letter.txt"
    assert place["region"] == {"startLine": 4, "startColumn": 7}


def test_the_schema_of_the_test_can_refuse() -> None:
    """A column of zero is no SARIF."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    region = schema["$defs"]["region"]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"startLine": 1, "startColumn": 0}, region)


def test_the_report_graph_has_a_result_for_each_node(tmp_path: Path) -> None:
    """No blank node; every result has a focus, a severity, a message and a shape."""
    write_reports(FINDINGS, tmp_path, base="https://example.org/")
    path = str(tmp_path / "validation.ttl")
    quads = list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    focus = [q.object for q in quads if q.predicate.value == SH + "focusNode"]

    assert not any(isinstance(q.subject, pyoxigraph.BlankNode) for q in quads)
    assert [node.value for node in focus] == ["https://example.org/id/telegram/t1"] * 2
    for name in ("resultSeverity", "resultMessage", "sourceShape", "result"):
        assert sum(q.predicate.value == SH + name for q in quads) == 2
    assert [q.object.value for q in quads if q.predicate.value == SH + "conforms"] == ["false"]


def test_reports_do_not_depend_on_the_order_of_findings(tmp_path: Path) -> None:
    """Equal findings, equal bytes."""
    first = [p.read_bytes() for p in write_reports(FINDINGS, tmp_path / "a")]
    second = [p.read_bytes() for p in write_reports(FINDINGS[::-1], tmp_path / "b")]

    assert first == second


def test_no_finding_conforms(tmp_path: Path) -> None:
    """Without findings the three reports say so and are still well formed."""
    text, sarif, turtle = write_reports([], tmp_path)

    assert text.read_text(encoding="utf-8") == "0 violations, 0 warnings, 0 infos\n"
    assert json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"] == []
    assert "true" in turtle.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        ("violation", "violation", False),
        ("warning", "violation", True),
        ("warning", "warning", False),
        ("info", "warning", True),
        ("violation", "never", True),
    ],
)
def test_only_what_is_grave_enough_fails(severity: str, fail_on: FailOn, expected: bool) -> None:
    """An info fails nothing; 'never' lets everything pass."""
    assert conforms([a_finding(severity=severity)], fail_on) is expected


def test_a_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    """The place, the class and the remedy."""
    (tmp_path / "x").write_text("")

    with pytest.raises(OutputError, match=r"x:1:1: OutputError: .*; give a folder"):
        write_reports([], tmp_path / "x")
