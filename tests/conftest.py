"""What every test may use: profiles, --rewrite, builds; no silent skip on a build machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
ON_BUILD_MACHINE = os.environ.get("CI", "").lower() in ("1", "true", "yes")

Build = Callable[..., Path]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# A build machine tries more examples, always the same ones, and may be slow.
settings.register_profile("fast", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if ON_BUILD_MACHINE else "fast"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --rewrite."""
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write what was found into the golden files that differ; their tests fail once",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[pytest.TestReport]:
    """Turn a skip for want of a package or a program into a failure on a build machine."""
    report: pytest.TestReport = yield  # type: ignore[misc,assignment]
    return _without_silent_skip(report)  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[pytest.CollectReport]:
    """Do the same where a whole file is skipped."""
    report: pytest.CollectReport = yield  # type: ignore[misc,assignment]
    return _without_silent_skip(report)  # type: ignore[return-value]


# Reasons why a test may be left out even there: data that nobody may copy, a right that root does
# not lack.
_MAY_SKIP = ("names no folder", "root may read everything")


def _without_silent_skip(report: Report) -> Report:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    missing = report.outcome == "skipped" and not any(words in reason for words in _MAY_SKIP)
    if ON_BUILD_MACHINE and missing:
        report.outcome = "failed"
        report.longrepr = f"a build machine has what tests need: {reason}"
    return report


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a function that compares words with a golden file, byte for byte."""

    def check(path: Path, found: str) -> None:
        expected = path.read_bytes().decode("utf-8") if path.exists() else None
        if request.config.getoption("--rewrite", default=False) and found != expected:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found.encode("utf-8"))
            pytest.fail(f"{path} was rewritten; read the difference before committing it")
        assert expected == found

    return check


@pytest.fixture
def build_seeds(tmp_path: Path) -> Build:
    """Return a function that builds the seeds by command into a folder of its own."""

    def build(name: str, *options: str, **environment: str) -> Path:
        output = tmp_path / name
        command = [sys.executable, "-m", "cablegraph", "build", "seeds", "--quiet"]
        kept = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        run = subprocess.run(
            [*command, "--output", str(output), *options],
            cwd=ROOT,
            env={**kept, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return output

    return build
