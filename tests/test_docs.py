"""What is written about the code agrees with the code."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cablegraph

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "cablegraph"
README = (ROOT / "README.md").read_text("utf-8")
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.stat().st_size)

_FENCE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: Stands in an example for lines of the answer that are left out.
_LEFT_OUT = "…"
#: The home of a user or of a build, as a path in a file would begin with it.
_MACHINE = re.compile(r"(?<![\w./~-])(?:/(?:home|root|work|Users|mnt|opt)/\w|[A-Z]:\\Users\\)")
_UNREAD = {".git", ".venv", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
_UNREAD |= {"__pycache__", "build", "dist"}


def find_undocumented(tree: ast.Module) -> Iterator[str]:
    """Yield the public things of a module that have no docstring."""
    if not ast.get_docstring(tree):
        yield "the module"
    for node in tree.body:
        yield from _undocumented(node, "")


def _undocumented(node: ast.stmt, within: str) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    if node.name.startswith("_"):
        return
    if not ast.get_docstring(node):
        yield within + node.name
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _undocumented(inner, f"{node.name}.")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_is_public_has_a_docstring(path: Path) -> None:
    """Every public module, class, method and function says what it does."""
    assert [] == list(find_undocumented(ast.parse(path.read_text("utf-8"))))


def test_a_missing_docstring_is_seen() -> None:
    """The check sees a module, a function, a class and a method without one."""
    text = "def a(): ...\nclass B:\n    def c(self): ...\n    def _d(self): ...\n"

    assert ["the module", "a", "B", "B.c"] == list(find_undocumented(ast.parse(text)))


def _commands() -> dict[str, click.Command]:
    """Return every command by the words that call it."""
    from cablegraph import cli

    group = next(value for value in vars(cli).values() if isinstance(value, click.Group))
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        found[name] = command
    return found


COMMANDS = _commands()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_explained(name: str) -> None:
    """A command stands in the README with an example, and its help has one of its own."""
    command = COMMANDS[name]
    text = command.get_help(click.Context(command, info_name=f"cablegraph {name}"))

    assert f"$ cablegraph {name}" in README
    assert f"cablegraph {name} " in text.partition("Usage:")[2].partition("\n")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    """No option of a command is without a line of help."""
    options = [param for param in COMMANDS[name].params if isinstance(param, click.Option)]

    assert [] == [option.name for option in options if not option.help]


def find_examples(text: str) -> list[tuple[str, str]]:
    """Return command and answer of each ``$`` line in the console blocks of a page."""
    found = []
    for block in _FENCE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.partition("\n")
            found.append((command, answer.rstrip("\n")))
    return found


EXAMPLES = [pair for pair in find_examples(README) if pair[0].startswith("cablegraph ")]


@pytest.mark.parametrize("words", [pair[0] for pair in EXAMPLES])
def test_the_readme_calls_what_exists(words: str) -> None:
    """Every command and option that the README writes exists."""
    _, first, *rest = shlex.split(words)
    if first.startswith("-"):
        assert first in ("--help", "--version")
        return
    accepted = {name for param in COMMANDS[first].params for name in param.opts}

    assert set() == {word for word in rest if re.match(r"--?[a-z]", word)} - accepted - {"--help"}


def matches(answer: str, printed: str) -> bool:
    """Say whether an answer is what was printed, lines left out where it says so."""
    pieces = [re.escape(line.rstrip()) + "\n" for line in answer.splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if p == f"{_LEFT_OUT}\n" else p for p in pieces)
    lines = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the seeds and of the output, for examples to run in."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "output"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "answer"), [pair for pair in EXAMPLES if pair[1]], ids=lambda text: text[:40]
)
def test_the_readme_shows_what_is_printed(words: str, answer: str, workplace: Path) -> None:
    """An example of the README prints what stands under it."""
    command = [sys.executable, "-m", *shlex.split(words)]
    run = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False)

    assert matches(answer, run.stdout + run.stderr), run.stdout + run.stderr


def test_an_example_that_lies_is_seen() -> None:
    """A changed line does not match; one that is left out does."""
    assert matches("a\n…\nd", "a\nb\nc\nd\n")
    assert not matches("a\nb", "a\nc\n")
    assert [("cablegraph x", "a\nb")] == find_examples("```console\n$ cablegraph x\na\nb\n```\n")


def test_the_changelog_has_this_version() -> None:
    """The first section is the coming version or the one that the package says it is."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"^## \[?([^\]\s]+)", text, re.MULTILINE)

    assert first
    assert first[1] in ("Unreleased", cablegraph.__version__)
    assert f"## [{cablegraph.__version__}]" in text


def _find_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(part in _UNREAD for part in parts):
            yield "/".join(parts), path.read_bytes().decode("utf-8", "replace")


def test_no_file_names_a_place_of_one_machine() -> None:
    """Nothing in the repository holds a path that exists on its author's machine only."""
    found = [name for name, text in _find_texts() if _MACHINE.search(text)]

    assert [] == found
    assert _MACHINE.search("see " + "/".join(["", "home", "me"]))


def test_no_rule_names_a_document() -> None:
    """Neither code, docstrings apart, nor a word list names a record or a file of the seeds."""
    keys = {path.stem for path in (ROOT / "output" / "records").glob("*.json")}
    names = {path.stem for path in (ROOT / "seeds").glob("*.txt")}
    numbers = {key.rpartition("-")[2] for key in keys} | {name.rpartition("_")[2] for name in names}
    code = [(name, _said(name, text)) for name, text in _find_texts() if name.startswith("src/")]

    assert keys
    assert [] == [(name, number) for name, text in code for number in numbers if number in text]


def _said(name: str, text: str) -> str:
    """Return the text of a file, of a module only its code: no comment and no docstring."""
    if not name.endswith(".py"):
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            body[0] = ast.Pass()
    return ast.unparse(ast.fix_missing_locations(tree))
