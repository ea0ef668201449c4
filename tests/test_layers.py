"""The order of stages: what a module may import, and that nothing goes in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "cablegraph"

#: First what knows nothing of the rest. A new module gets its place here before it is written.
LAYERS = [
    "errors", "namespaces", "terms", "resources", "spans", "locks", "config",
    "sources", "records", "authorities", "links", "extraction", "graph", "validation", "serialise",
    "answers", "questions", "dataset", "manifest", "output", "workshop", "comparison", "pipeline",
    "partitions",
    "explain", "inspect_text", "tables", "exchange", "collection", "library",
    "publication", "loading", "reconciliation", "service", "evaluation", "commands", "cli",
]  # fmt: skip
MODULES = sorted({*SOURCE.rglob("*.py")} - {*SOURCE.glob("_*.py")})


def _name(path: Path) -> str:
    """Return ``records.model`` for records/model.py and ``records`` for its __init__.py."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {_name(path) for path in MODULES}


def find_imports(tree: ast.AST, here: str) -> Iterator[str]:
    """Yield the modules of this package that a tree imports, without ``cablegraph.`` before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            outer = here.split(".")[: -node.level] if node.level else []
            whose = ["cablegraph", *outer] if node.level else []
            module = ".".join([*whose, *([node.module] if node.module else [])])
            whole = [f"{module}.{alias.name}" for alias in node.names]
            names = [name if name.partition(".")[2] in NAMES else module for name in whole]
        else:
            continue
        yield from (name.partition(".")[2] for name in names if name.startswith("cablegraph."))


def _at_start(tree: ast.Module) -> ast.Module:
    """Return a module without what runs later or never: functions and TYPE_CHECKING."""
    kept = [
        node
        for node in tree.body
        if not isinstance(node, ast.FunctionDef)
        and not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    ]
    return ast.Module(kept, [])


def _layer(name: str) -> int:
    stage = name.partition(".")[0]
    assert stage in LAYERS, f"{stage} has no place in LAYERS of tests/test_layers.py; give it one"
    return LAYERS.index(stage)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_no_later_stage(path: Path) -> None:
    """A module imports only its own stage or one listed before it."""
    here = _layer(_name(path))
    imported = sorted(set(find_imports(ast.parse(path.read_text("utf-8")), _name(path))))

    assert [] == [name for name in imported if _layer(name) > here]


def test_the_package_itself_imports_nothing_at_start() -> None:
    """``import cablegraph`` loads no stage until a function is asked for."""
    tree = ast.parse((SOURCE / "__init__.py").read_text("utf-8"))

    assert [] == list(find_imports(_at_start(tree), ""))


def test_no_modules_import_each_other() -> None:
    """Following the imports of a module never leads back to it."""
    graph = {}
    for path in MODULES:
        tree = _at_start(ast.parse(path.read_text("utf-8")))
        graph[_name(path)] = {name for name in find_imports(tree, _name(path)) if name in NAMES}

    assert [] == find_circle(graph)


def find_circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules that are left when those without an import are taken away in turn."""
    left = dict(graph)
    while free := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def test_the_order_can_be_broken() -> None:
    """The checks see an import of a later stage, in any spelling, and a circle."""
    ways = "import cablegraph.cli", "from cablegraph import cli", "from cablegraph.cli import main"
    found = [list(find_imports(ast.parse(way), "errors")) for way in (*ways, "from ..cli import x")]
    found[3] = list(find_imports(ast.parse("from ..cli import x"), "records.model"))

    assert [["cli"]] * 4 == found or "cli" not in NAMES
    assert ["a", "b"] == find_circle({"a": {"b"}, "b": {"a"}, "c": set()})
