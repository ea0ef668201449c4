"""Triple stores that others made, started on free ports: Oxigraph of PyPI, Virtuoso of Debian."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_VIRTUOSO_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")
_HOME = "/var/lib/virtuoso-opensource-7"
NO_OXIGRAPH = "Oxigraph is not there; pip install oxigraph"
NO_VIRTUOSO = "Virtuoso is not there; apt-get install virtuoso-opensource-7"


@dataclass
class Running:
    """A store that runs; ``environment`` has what lets the loader in."""

    name: str
    url: str
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = 0  # of isql

    def ask(self, query: str) -> list[dict[str, str]]:
        """Return the rows of a query, asked by no code of ours."""
        answer = httpx.get(
            f"{self.url}{'query' if self.name == 'oxigraph' else 'sparql'}",
            params={"query": query},
            headers={"Accept": "application/sparql-results+json"},
            trust_env=False,
        )
        assert 200 == answer.status_code, answer.text
        rows = answer.json()["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in rows]

    def count(self, graph: str) -> int:
        """Return how many statements a graph has."""
        return int(
            self.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")[0]["n"]
        )

    def put(self, graph: str, turtle: str) -> None:
        """Put a graph, by no code of ours."""
        path = "store" if self.name == "oxigraph" else "sparql-graph-crud-auth"
        name = "graph" if self.name == "oxigraph" else "graph-uri"
        answer = httpx.put(
            self.url + path,
            params={name: graph},
            content=turtle,
            headers={"Content-Type": "text/turtle"},
            auth=httpx.DigestAuth("dba", "dba"),
            trust_env=False,
        )
        assert answer.is_success, answer.text


def find_oxigraph() -> str | None:
    """Return the path of the server, beside the interpreter or on the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def has_virtuoso() -> bool:
    """Say whether Virtuoso, its client and its settings are there."""
    programs = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    return all(programs) and _VIRTUOSO_INI.is_file()


@contextmanager
def run_oxigraph(folder: Path) -> Iterator[Running]:
    """Run Oxigraph on a new store."""
    port = _free_port()
    program = find_oxigraph() or "oxigraph"
    command = [program, "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with _run(command, folder, f"http://127.0.0.1:{port}/"):
        yield Running("oxigraph", f"http://127.0.0.1:{port}/", folder)


@contextmanager
def run_virtuoso(folder: Path) -> Iterator[Running]:
    """Run Virtuoso on a new database, with the settings of Debian but for places and ports."""
    sql, web = _free_port(), _free_port()
    text = _VIRTUOSO_INI.read_text(encoding="utf-8")
    text = text.replace(f"{_HOME}/db", str(folder)).replace(f"{_HOME}/vsp", str(folder))
    text = re.sub(r"(?m)^(Load[0-9]+\s*=.*)$", r";\1", text)
    text = re.sub(r"(?m)^(DirsAllowed\s*=).*$", rf"\1 {folder}", text)
    ports = iter([f"127.0.0.1:{sql}", f"127.0.0.1:{web}"])
    text = re.sub(r"(?m)^(ServerPort\s*=).*$", lambda found: f"{found[1]} {next(ports)}", text)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    user = {"CABLEGRAPH_STORE_USER": "dba", "CABLEGRAPH_STORE_PASSWORD": "dba"}
    command = ["virtuoso-t", "-f", "-c", "virtuoso.ini"]
    with _run(command, folder, f"http://127.0.0.1:{web}/sparql"):
        yield Running("virtuoso", f"http://127.0.0.1:{web}/", folder, user, sql)


@contextmanager
def _run(command: list[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "output.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            _wait(process, url)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            httpx.get(url, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
