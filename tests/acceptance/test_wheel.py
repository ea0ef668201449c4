"""The package as a user installs it: outside a checkout, vocabulary and authority file inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def _run(*command: str, cwd: Path, path: Path | None = None) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    environment = kept | ({"PYTHONPATH": str(path)} if path else {})
    run = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, check=False
    )
    assert run.returncode == 0, (run.stdout + run.stderr).decode("utf-8", "replace")
    return run.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, without its dependencies, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    _run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=ROOT)
    (wheel,) = folder.glob("cablegraph-*.whl")
    quiet = ("install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    _run("-m", "pip", *quiet, "--target", str(folder / "site"), str(wheel), cwd=folder)
    return folder / "site"


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    """The tests below import the installed package, not the checkout."""
    found = _run(
        "-c", "import cablegraph; print(cablegraph.__file__)", cwd=tmp_path, path=installed
    )

    assert installed == Path(found.strip()).parents[1]


@pytest.mark.parametrize(
    ("inside", "checkout"),
    [("_ontology", ROOT / "ontology"), ("_authorities", ROOT / "seeds" / "authorities")],
)
def test_the_wheel_carries_its_data(installed: Path, inside: str, checkout: Path) -> None:
    """Vocabulary and authority file are in the wheel, file for file."""
    folder = installed / "cablegraph" / inside
    expected = sorted(p.relative_to(checkout) for p in checkout.rglob("*") if p.is_file())

    assert expected == sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert (installed / "cablegraph" / "py.typed").is_file()


def test_every_data_file_beside_the_code_is_in_the_wheel(installed: Path) -> None:
    """Word lists, tables and templates come with the modules that read them."""
    source, found = ROOT / "src" / "cablegraph", installed / "cablegraph"
    names = [p.relative_to(source) for p in source.rglob("*") if p.is_file() and p.suffix != ".pyc"]

    assert [] == sorted(str(name) for name in names if not (found / name).is_file())


def test_the_installed_command_gives_the_committed_bytes(installed: Path, tmp_path: Path) -> None:
    """Outside the repository the wheel reads the seeds into the same graph."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    _run("-m", "cablegraph", "build", "seeds", "--quiet", cwd=tmp_path, path=installed)
    graph = Path("output", "graph", "cablegraph.nq")

    assert (ROOT / graph).read_bytes() == (tmp_path / graph).read_bytes()


def test_a_question_can_be_asked_of_the_installed_package(installed: Path, tmp_path: Path) -> None:
    """The canned questions are found inside the wheel."""
    found = _run("-m", "cablegraph", "query", "--list", cwd=tmp_path, path=installed)
    numbers = [path.stem[:2] for path in sorted((ROOT / "ontology" / "questions").glob("*.rq"))]

    assert numbers
    assert numbers == [line[:2] for line in found.splitlines()]
