"""A real browser for the tests, and the site of the seeds on a port of this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cablegraph.publication.site.build import build_site

HERE = Path(__file__).resolve().parent
_AXE = HERE.parents[1] / "build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the seeds, in a folder below another one."""
    folder = tmp_path_factory.mktemp("browser") / "some" / "folder"
    build_site(HERE.parents[1] / "output", folder, workers=1)
    return folder


@pytest.fixture(scope="session")
def address(site_folder: Path) -> Iterator[str]:
    """Where the site is served, not at the root of its host."""
    root = site_folder.parents[1]
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site_folder.relative_to(root).as_posix()}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of the system; without it the tests are skipped."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium")
    play = pytest.importorskip("playwright.sync_api")
    with play.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core; without it the tests are skipped."""
    if not _AXE.is_file():
        pytest.skip("axe-core is not there; run make browser")
    return _AXE.read_text("utf-8")


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens an address; a word on the console, a request away is a fault."""
    contexts, said = [], []

    def open_(address: str, host: str = "", **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        start = host or "/".join(address.split("/")[:3])
        page.on("request", lambda r: None if r.url.startswith(start) else said.append(r.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [] == said
