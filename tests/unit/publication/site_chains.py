"""Edits drawn at random of the statements of a graph, and the layouts that it is written in."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import zstandard

_OWN = re.compile(r"(/(?:id|graph)/(?:telegram|message|holding|proposal)/)")
_WORDS = re.compile(r'"[^"\\]*"')
_LABEL = "core#prefLabel>"
_TYPE = "rdf-syntax-ns#type>"
LAYOUTS = ("whole", "parts", "scattered")

Edit = Callable[[set[str], frozenset[str], random.Random], None]


def graph_of(line: str) -> str:
    """Return the graph of a line with what follows it."""
    return line.rpartition(" <")[2]


def is_own(line: str) -> bool:
    """Whether a line is a telegram's."""
    return "/graph/telegram/" in graph_of(line)


def list_telegrams(lines: set[str] | frozenset[str]) -> list[str]:
    """Return the graphs of telegrams."""
    return sorted({graph_of(line) for line in lines if is_own(line)})


def _some(lines: list[str], number: int, draw: random.Random) -> list[str]:
    return draw.sample(lines, min(number, len(lines)))


def _reword(lines: set[str], chosen: list[str], words: str) -> None:
    for line in chosen:
        lines.discard(line)
        lines.add(_WORDS.sub(f'"{words}"', line, count=1))


def change_words(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Change one literal."""
    told = [line for line in sorted(lines) if _WORDS.search(line)]
    _reword(lines, _some(told, 1, draw), draw.choice(("x", "мир", "1951-07-04")))


def rename(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Change a label that telegrams share, as a change of the authority file does."""
    told = [line for line in sorted(lines) if _LABEL in line and not is_own(line)]
    _reword(lines, _some(told, 1, draw), f"Renamed {draw.randrange(9)}")


def drop_statements(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Take some statements away."""
    lines.difference_update(_some(sorted(lines), draw.randrange(1, 9), draw))


def drop_types(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Take away what some things are: they have no page any more."""
    lines.difference_update(_some([one for one in sorted(lines) if _TYPE in one], 2, draw))


def drop_telegram(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Take a telegram away, if another is left."""
    telegrams = list_telegrams(lines)
    if len(telegrams) > 1:
        gone = draw.choice(telegrams)
        lines -= {line for line in lines if graph_of(line) == gone}


def add_telegram(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Add a copy of a telegram with things of its own under other names."""
    taken, number = draw.choice(list_telegrams(whole)), draw.randrange(4)
    copied = [line for line in whole if graph_of(line) == taken]
    lines |= {_OWN.sub(rf"\g<1>c{number}-", line) for line in copied}


def share(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Say something of a telegram in a graph that belongs to none."""
    shared = sorted({graph_of(one) for one in lines if not is_own(one)})
    for line in _some([one for one in sorted(lines) if is_own(one)], 3, draw):
        lines.add(f"{line.rpartition(' <')[0]} <{draw.choice(shared)}")


def lead_elsewhere(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Let a statement lead to another thing."""
    things = sorted({line.partition(" ")[0] for line in lines})
    links = [line for line in sorted(lines) if line.split(" ", 3)[2].startswith("<")]
    for line in _some(links, 2, draw):
        subject, predicate, _, rest = line.split(" ", 3)
        lines.discard(line)
        lines.add(f"{subject} {predicate} {draw.choice(things)} {rest}")


def restore(lines: set[str], whole: frozenset[str], draw: random.Random) -> None:
    """Take every edit back."""
    lines.clear()
    lines.update(whole)


EDITS: tuple[Edit, ...] = (
    change_words, rename, drop_statements, drop_types, drop_telegram, add_telegram, share,
    lead_elsewhere, restore,
)  # fmt: skip


def write_graph(lines: set[str], output: Path, layout: str) -> Path:
    """Write an output folder: one file, parts, or parts over which telegrams are scattered."""
    shutil.rmtree(output, ignore_errors=True)
    (output / "graph").mkdir(parents=True)
    if layout == "whole":
        path = output / "graph" / "cablegraph.nq"
        path.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8", newline="\n")
        return output
    files: dict[str, list[str]] = {}
    for line in sorted(lines):
        files.setdefault(_file_of(line, layout), []).append(line)
    for name, rows in files.items():
        data = "".join(f"{row}\n" for row in rows).encode()
        (output / "graph" / f"{name}.nq.zst").write_bytes(zstandard.compress(data))
    return output


def _file_of(line: str, layout: str) -> str:
    if not is_own(line):
        return f"part-authorities-{crc32(line.partition(' ')[0].encode()) % 3:02d}"
    if layout == "scattered" and crc32(line.encode()) % 40 == 0:
        return "part-f00000"
    return f"part-d{crc32(graph_of(line).encode()) % 3:05d}"
