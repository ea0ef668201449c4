"""An invented corpus for builds in parts, and what a folder holds as bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cablegraph.partitions.build import PartsBuilt, build_parts
from cablegraph.partitions.task import Form, Order

ROOT = Path(__file__).resolve().parents[3]
TEXT = """March {day}, 1953
**Ciphered Telegram No. {number}, {sender} to Mao Zedong**

Citation:

"Ciphered Telegram No. {number}, {sender} to Mao Zedong", March {day}, 1953, Archive, f. 45,
<https://digitalarchive.wilsoncenter.org/document/{number}>

Contents:

Translation - English

CIPHERED TELEGRAM No. {number}

BEIJING--

TO COMRADE MAO ZEDONG

We propose that a meeting of envoys be held in Warsaw on April {day}.

{sender}
"""
SENDERS = ("Ibsley", "Marenko", "Osbert", "Tarnowsky", "Velde")
#: As many documents as make a bucket in tests; a corpus of a few dozen has several then.
FEW = 4
#: A program that builds with such buckets, in every process that it starts.
DRIVER = """
import os, sys
from cablegraph.partitions import buckets, engines, work
buckets.MOST_DOCUMENTS = work.MOST_DOCUMENTS = {few}
{more}
if __name__ == "__main__":
    from cablegraph.cli import main
    main()
"""


def write_paper(folder: Path, name: str, number: int, turn: int = 0) -> Path:
    """Write one document; *turn* changes its words, not its key."""
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    sender = SENDERS[(number + turn) % len(SENDERS)]
    path.write_text(
        TEXT.format(day=1 + (number + turn) % 28, number=number, sender=sender), "utf-8"
    )
    return path


def write_corpus(folder: Path, count: int) -> Path:
    """Write documents into two folders of a corpus."""
    for number in range(count):
        write_paper(folder, f"{'ab'[number % 2]}/paper-{number:03d}", 930000 + number)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path from there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def put(corpus: Path, url: str) -> None:
    """Copy a folder to a URL."""
    import fsspec

    for inside, data in content(corpus).items():
        with fsspec.open(f"{url}/{inside}", "wb") as file:
            file.write(data)


def driver(folder: Path, more: str = "") -> Path:
    """Write the program that builds with small buckets, with *more* said at its start."""
    path = folder / "driver.py"
    path.write_text(DRIVER.format(few=FEW, more=more), "utf-8")
    return path


def build(sources: Path | list[Path], output: Path, *, forms: tuple[Form, ...] = ()) -> PartsBuilt:
    """Build in this process."""
    named = sources if isinstance(sources, list) else [sources]
    return build_parts(named, Order(str(output), forms=forms))


def command(program: Path, sources: Path, output: Path, *options: str) -> list[str]:
    """Return the command of a build in parts."""
    said = ["build", str(sources), "-o", str(output), "--layout", "parts", *options]
    return [sys.executable, str(program), *said]


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which this checkout is the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


def run(argv: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        argv, env=environment(**more), capture_output=True, text=True, check=False, timeout=300
    )
