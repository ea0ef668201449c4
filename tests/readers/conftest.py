"""The seeds served under names that are addresses on this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
_BASE = "https://w3id.org/cablegraph/"
#: What of the base belongs to the instances; vocabulary and schemes stay where they are.
_OWN = ("id/", "graph/", "dataset", "data/")


class Served(NamedTuple):
    """A running service, and the output folder that it serves."""

    url: str
    output: Path

    def move(self, text: str) -> str:
        """Return a text in which the names of the seeds are those of the service."""
        for part in _OWN:
            text = text.replace(_BASE + part, f"{self.url}/{part}")
        return text


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the seeds by command, each thing under its own address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    output = tmp_path_factory.mktemp("served") / "output"
    found = Served(f"http://127.0.0.1:{port}", output)
    shutil.copytree(ROOT / "output", output)
    for path in (output / "graph").iterdir():
        moved = found.move(path.read_text("utf-8")).split("\n")
        text = "\n".join([*sorted(moved)[1:], ""] if path.suffix == ".nq" else moved)
        path.write_text(text, "utf-8", newline="\n")
    command = [sys.executable, "-m", "cablegraph", "serve", str(output), "--port", str(port)]
    log = output.parent / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--public-url", found.url], stderr=out)
    try:
        _wait(found.url, process, log)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            httpx.get(f"{url}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the service does not begin")
