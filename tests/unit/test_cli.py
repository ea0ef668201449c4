"""The command line: help, errors, exit codes, what is printed where."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

import cablegraph
from cablegraph.cli import main
from cablegraph.commands.options import FAIL_ON
from cablegraph.errors import CablegraphError, DataError, Faults, LayoutError
from cablegraph.pipeline import Built
from cablegraph.records.claims import Finding
from cablegraph.validation.report import FailOn

HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "pymorphy3", "lark", "rich", "msgspec")
COMMANDS = ("build", "evaluate", "explain", "init", "inspect", "query", "validate")
FAULT = LayoutError("no title", where="a.txt:1:1", remedy="put the title under the date")
LINE = '<https://e.org/a> <http://purl.org/dc/terms/title> "One" .\n'

Fake = Callable[..., None]


def run(*arguments: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


def a_finding(severity: str) -> Finding:
    """Return a finding of that severity."""
    return Finding(
        path="a.txt", line=3, column=1, severity=severity, code="a-rule",  # type: ignore[arg-type]
        message="two numbers", remedy="choose one",
    )  # fmt: skip


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put a build in place of the real one that finds what it is told to."""

    def put(
        *severities: str,
        faults: tuple[CablegraphError, ...] = (),
        error: BaseException | None = None,
    ) -> None:
        def build(sources: object, output: Path, **_: object) -> Built:
            if error:
                raise error
            return Built(
                documents=1,
                claims=2,
                decided=1,
                statements=30,
                findings=tuple(map(a_finding, severities)),
                faults=faults,
                files=(output / "MANIFEST.json",),
                entities={"persons": 4, "places": 0},
            )

        monkeypatch.setattr("cablegraph.pipeline.build", build)

    return put


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_help_text_has_an_example(command: tuple[str, ...]) -> None:
    """Each command shows how it is called."""
    result = run(*command, "--help")

    assert 0 == result.exit_code
    assert "Example" in result.output
    assert "  cablegraph " in result.output


def test_help_loads_nothing_heavy() -> None:
    """Help is shown without any library of RDF, grammar, morphology or JSON."""
    code = (
        "import sys\nfrom cablegraph.cli import main\nmain(['--help'], standalone_mode=False)\n"
        f"print('heavy:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "heavy: []" == done.stdout.splitlines()[-1]


def test_version_is_the_package_version() -> None:
    """--version tells the version that the package tells."""
    assert f"cablegraph, version {cablegraph.__version__}\n" == run("--version").output


def test_fail_on_offers_what_the_report_knows() -> None:
    """The choices are those of the validation report."""
    assert get_args(FailOn) == FAIL_ON


def test_a_build_prints_findings_and_a_summary(fake: Fake, tmp_path: Path) -> None:
    """Findings come first, one line each, then counts and where the files are."""
    fake("info")
    result = run("build", tmp_path, "-o", tmp_path / "out")

    assert 0 == result.exit_code
    assert [
        "a.txt:3:1: info: two numbers; choose one [a-rule]",
        "1 document, 2 claims (1 decided by an editor), 30 statements",
        "persons 4",
        "0 violations, 0 warnings, 1 info",
        f"{tmp_path / 'out'}: MANIFEST.json",
    ] == result.stdout.splitlines()
    assert "" == result.stderr


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("violation", "violation", 1),
        ("warning", "violation", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("violation", "never", 0),
    ],
)
def test_the_exit_code_follows_fail_on(
    fake: Fake, tmp_path: Path, severity: str, fail_on: str, code: int
) -> None:
    """A build fails from the severity on that was named."""
    fake(severity)

    assert code == run("build", tmp_path, "--fail-on", fail_on).exit_code


def test_an_unreadable_document_is_told_on_stderr(fake: Fake, tmp_path: Path) -> None:
    """A fault goes to stderr and makes the exit code 1, whatever --fail-on says."""
    fake(faults=(FAULT,))
    result = run("build", tmp_path, "--fail-on", "never")

    assert 1 == result.exit_code
    assert f"{FAULT}\n" == result.stderr
    assert "1 fault in the sources" in result.stdout


def test_json_is_one_object_and_nothing_else(fake: Fake, tmp_path: Path) -> None:
    """With --json stdout holds one object, faults included, and stderr nothing."""
    fake("warning", faults=(FAULT,))
    result = run("build", tmp_path, "--json", "-o", "out")
    report = json.loads(result.stdout)

    assert "" == result.stderr
    assert not report["ok"]
    assert "a-rule" == report["findings"][0]["code"]
    assert "LayoutError" == report["faults"][0]["class"]
    assert ["out/MANIFEST.json"] == report["files"]


def test_quiet_tells_only_what_fails(fake: Fake, tmp_path: Path) -> None:
    """With -q an info is silent and a violation is not."""
    fake("info", "violation")
    result = run("build", tmp_path, "-q")

    assert ["a.txt:3:1: violation: two numbers; choose one [a-rule]"] == result.stdout.splitlines()


def test_errors_are_flattened_to_a_line_each(fake: Fake, tmp_path: Path) -> None:
    """A group of our own errors is printed line by line, without a traceback."""
    other = DataError("no triples", where="b.ttl:1:1", remedy="add some")
    fake(error=Faults("two", [FAULT, other]))
    result = run("build", tmp_path)

    assert 1 == result.exit_code
    assert [str(FAULT), str(other)] == result.stderr.splitlines()


def test_a_bug_keeps_its_traceback(fake: Fake, tmp_path: Path) -> None:
    """An error that nobody raised on purpose is not caught."""
    fake(error=ZeroDivisionError())

    assert isinstance(run("build", tmp_path).exception, ZeroDivisionError)


def test_ctrl_c_ends_with_one_line(fake: Fake, tmp_path: Path) -> None:
    """An interrupted build says so and ends with 130."""
    fake(error=KeyboardInterrupt())
    result = run("build", tmp_path)

    assert 130 == result.exit_code
    assert ["interrupted; what was written before is unchanged"] == result.stderr.splitlines()


def test_a_source_that_is_not_there_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a misspelt source nor a missing default folder starts a build."""
    monkeypatch.chdir(tmp_path)

    assert 2 == run("build", "nowhere").exit_code
    assert 2 == run("build").exit_code


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A file with one triple."""
    path = tmp_path / "one.nt"
    path.write_text(LINE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "title\nOne\n"),
        ("tsv", '?title\n"One"\n'),
        ("table", "| title |\n| ----- |\n| One   |\n"),
    ],
)
def test_a_query_is_written_as_asked(data: Path, form: str, expected: str) -> None:
    """The format decides what is printed; the project's prefixes are known."""
    asked = "SELECT ?title { ?s dcterms:title ?title FILTER(STRSTARTS(STR(?s), 'https://e.org')) }"
    result = run("query", asked, "-d", data, "--format", form)

    assert 0 == result.exit_code
    assert expected == result.output.replace("\r\n", "\n")


def test_rows_are_not_turtle(data: Path) -> None:
    """Turtle of a SELECT is refused with a remedy."""
    result = run("query", "SELECT * { ?s ?p ?o }", "-d", data, "--format", "turtle")

    assert 1 == result.exit_code
    assert result.stderr.startswith("query:1:1: QueryError: a SELECT query gives no triples; ")


def test_questions_are_listed(data: Path) -> None:
    """--list needs no query; without both the usage is wrong."""
    assert 0 == run("query", "--list").exit_code
    assert "01  " in run("query", "--list").output
    assert 2 == run("query", "-d", data).exit_code


@pytest.mark.parametrize("form", ["text", "sarif", "json"])
def test_validation_is_written_as_asked(data: Path, form: str) -> None:
    """A file whose namespace no shape knows fails in every format."""
    result = run("validate", data, "--format", form)

    assert 1 == result.exit_code
    assert "no-target" in result.stdout
    if form != "text":
        assert json.loads(result.stdout)


def test_a_file_that_cannot_be_parsed_does_not_hide_the_others(data: Path, tmp_path: Path) -> None:
    """Every file is checked; what is no RDF is told on stderr."""
    broken = tmp_path / "broken.nt"
    broken.write_text("<a", encoding="utf-8")
    result = run("validate", broken, data, "--fail-on", "never")

    assert 1 == result.exit_code
    assert result.stderr.startswith(f"{broken}:1:")
    assert "no-target" in result.stdout


def test_the_library_is_loaded_when_asked(data: Path) -> None:
    """The functions are in the package; a module of the same name does not hide one."""
    assert "no-target" == cablegraph.validate(data)[0].code
    assert [["https://e.org/a"]] == cablegraph.query(
        "SELECT ?s { ?s dcterms:title 'One' }", data
    ).rows
    assert 1 == len(cablegraph.to_rdflib(data))
    assert callable(cablegraph.read)
    assert callable(cablegraph.build)
    with pytest.raises(AttributeError, match="no attribute 'rread'"):
        _ = getattr(cablegraph, "rread")  # noqa: B009
