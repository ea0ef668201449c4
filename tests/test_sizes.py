"""The sizes past which a module or a function is to be divided."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "src" / "cablegraph").rglob("*.py"))

LONGEST_MODULE = 500
LONGEST_FUNCTION = 50
MOST_BRANCHES = 10


def find_long_functions(text: str) -> Iterator[str]:
    """Yield name and length of each function whose body, docstring apart, is too long."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines"


def find_branching_functions(text: str) -> list[str]:
    """Return what ruff says of functions with too many branches, whatever pyproject.toml says."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--quiet"]
    rule = ["--select", "C901", "--config", f"lint.mccabe.max-complexity={MOST_BRANCHES}"]
    form = ["--ignore-noqa", "--output-format", "concise", "-"]
    run = subprocess.run(
        [*command, *rule, *form], input=text, capture_output=True, text=True, check=False
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout.splitlines()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_keeps_to_its_size(path: Path) -> None:
    """A module has at most 500 lines, and none of its functions more than 50."""
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= LONGEST_MODULE
    assert [] == list(find_long_functions(text))


def test_no_function_branches_too_often() -> None:
    """No function has a cyclomatic complexity above 10."""
    found = {path: find_branching_functions(path.read_text("utf-8")) for path in MODULES}

    assert {} == {path: said for path, said in found.items() if said}


def test_sizes_can_be_passed() -> None:
    """The checks see a function of 51 lines and one with 11 branches."""
    long = "def read():\n" + "    a = 1\n" * 51
    branching = "def read(a):\n" + "    if a:\n        a = 1\n" * 10

    assert ["read: 51 lines"] == list(find_long_functions(long))
    assert 1 == len(find_branching_functions(branching))
