"""Invented graphs to load, and the types of what the fixtures give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from store_double import BASE

Load = Callable[..., Result]
Write = Callable[..., Path]

XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPHS = {
    "dataset": ['<a:d> <a:title> "Letters of Ruritania"@en', "<a:d> <a:part> <a:t1>"],
    "telegram/one": [
        '<a:t1> <a:text> "Штрельзау, \\"3 мая\\"\\nточка . <a:g> ."@ru',
        f'<a:t1> <a:groups> "12"^^<{XSD}nonNegativeInteger>',
    ],
    "telegram/two": [f'<a:t2> <a:n> "{n}"^^<{XSD}integer>' for n in range(5)],
}


def write_graphs(folder: Path, graphs: dict[str, list[str]]) -> Path:
    """Write an output folder with the graphs."""
    (folder / "graph").mkdir(parents=True, exist_ok=True)
    lines = [f"{line} <{BASE}{name}> .\n" for name, some in graphs.items() for line in some]
    path = folder / "graph" / "cablegraph.nq"
    path.write_text("".join(sorted(lines)), encoding="utf-8", newline="")
    return folder
