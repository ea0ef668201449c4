"""What is written about the code agrees with the code."""

from __future__ import annotations

import ast
import doctest
import os
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
_PROGRAM = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
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
    """An option that its help does not explain is explained in the README."""
    options = [param for param in COMMANDS[name].params if isinstance(param, click.Option)]
    silent = [option.opts[-1] for option in options if not option.help]

    assert [] == [option for option in silent if f"`{option}" not in README]


def find_examples(text: str) -> list[tuple[str, str]]:
    """Return command and answer of each ``$`` line in the console blocks of a page."""
    found = []
    for block in _FENCE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.partition("\n")
            found.append((command, answer))
    return found


EXAMPLES = [pair for pair in find_examples(README) if pair[0].startswith("cablegraph ")]


@pytest.mark.parametrize("words", [pair[0] for pair in EXAMPLES])
def test_the_readme_calls_what_exists(words: str) -> None:
    """Every command and option that the README writes exists."""
    _, first, *rest = shlex.split(words.partition(" | ")[0])
    if first.startswith("-"):
        assert first in ("--help", "--version")
        return
    accepted = {name for param in COMMANDS[first].params for name in param.opts} | {"--help"}

    assert set() == {word for word in rest if re.match(r"--?[a-z]", word)} - accepted


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the seeds and of the output, for examples to run in."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "output"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def print_example(words: str, folder: Path) -> str:
    """Return what a command of the README prints, cut by the head or tail after it."""
    command, _, cut = words.partition(" | ")
    run = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        check=False,
    )
    lines = (run.stdout + run.stderr).decode("utf-8").splitlines()
    if cut:
        way, _, count = shlex.split(cut)
        lines = lines[: int(count)] if way == "head" else lines[-int(count) :]
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize(("words", "answer"), EXAMPLES, ids=[pair[0] for pair in EXAMPLES])
def test_the_readme_shows_what_is_printed(
    words: str, answer: str, workplace: Path, request: pytest.FixtureRequest
) -> None:
    """An example of the README prints what stands under it; --rewrite puts it there."""
    found = print_example(words, workplace)
    if request.config.getoption("--rewrite") and found != answer:
        page = (ROOT / "README.md").read_text("utf-8")
        page = page.replace(f"$ {words}\n{answer}", f"$ {words}\n{found}")
        (ROOT / "README.md").write_text(page, "utf-8")
        pytest.fail("README.md was rewritten; read the difference before committing it")

    assert answer == found


@pytest.mark.slow
def test_the_readme_programs_as_it_says(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of the README gives the values that it shows."""
    monkeypatch.chdir(workplace)
    program = "".join(_PROGRAM.findall(README))
    example = doctest.DocTestParser().get_doctest(program, {}, "README.md", "README.md", 0)

    assert len(example.examples) >= 4
    assert 0 == doctest.DocTestRunner().run(example).failed


def test_an_example_is_found_with_its_answer() -> None:
    """Each command of a block comes with the lines under it."""
    page = "```console\n$ cablegraph x\na\nb\n$ cablegraph y\n```\n"

    assert [("cablegraph x", "a\nb\n"), ("cablegraph y", "")] == find_examples(page)


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
