"""The query page in a real browser: with its script and without, and nothing asked elsewhere."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium")


@pytest.fixture(scope="module")
def url(service_graph: Path) -> Iterator[str]:
    """Serve the invented graph; return the address of the page."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cablegraph", "serve", str(service_graph)]
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}/sparql"
    for _ in range(200):
        try:
            httpx.get(found)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield found
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Return a browser."""
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(browser: object, url: str, request: pytest.FixtureRequest) -> Iterator[object]:
    """Return an open page; afterwards its console is silent and nothing was asked elsewhere."""
    context = browser.new_context(java_script_enabled=request.param)  # type: ignore[attr-defined]
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda one: asked.append(one.url))
    opened.goto(url)
    yield opened
    context.close()

    assert [] == said
    assert [] == [one for one in asked if not one.startswith(url.removesuffix("/sparql"))]


def test_a_question_is_chosen_and_asked(page: object) -> None:
    """The link puts it into the form, the button shows a table below."""
    page.click("ol a >> nth=0")  # type: ignore[attr-defined]
    page.wait_for_url("**/sparql?question=*")  # type: ignore[attr-defined]
    chosen = page.input_value("textarea")  # type: ignore[attr-defined]
    query = "SELECT ?t { ?s dcterms:creator <https://e.org/id/ana> ; dcterms:title ?t }"
    page.fill("textarea", query)  # type: ignore[attr-defined]
    page.click('button:text-is("Ask")')  # type: ignore[attr-defined]

    assert "cbl:underName" in chosen
    assert "<script>alert(1)</script>" in page.inner_text("table")  # type: ignore[attr-defined]
    assert 3 == page.locator("tbody tr").count()  # type: ignore[attr-defined]
    assert query == page.input_value("textarea")  # type: ignore[attr-defined]


def test_a_long_query_goes_by_post(page: object) -> None:
    """The second button has the same result, and the address stays short."""
    page.fill("textarea", "ASK { ?s ?p ?o } #" + "x" * 60_000)  # type: ignore[attr-defined]
    page.click('button:text-is("Ask by POST")')  # type: ignore[attr-defined]

    assert "yes" == page.inner_text(".answer")  # type: ignore[attr-defined]
    assert "?" not in page.url  # type: ignore[attr-defined]


def test_a_result_is_downloaded(page: object) -> None:
    """In the form of the link."""
    page.fill("textarea", "SELECT ?t { ?s dcterms:title ?t }")  # type: ignore[attr-defined]
    page.click('button:text-is("Ask")')  # type: ignore[attr-defined]
    with page.expect_download() as coming:  # type: ignore[attr-defined]
        page.click("text=CSV >> nth=-1")  # type: ignore[attr-defined]

    assert "result.csv" == coming.value.suggested_filename
    assert Path(coming.value.path()).read_text("utf-8").startswith("t\n")


def test_terms_are_completed(browser: object, url: str) -> None:
    """By the keyboard alone; Escape closes the list."""
    page = browser.new_page()  # type: ignore[attr-defined]
    with page.expect_response("**/terms.json"):
        page.goto(url)
    page.fill("textarea", "")
    page.type("textarea", "SELECT * { ?s dcterms:cre")
    offered = page.inner_text("#completions")
    page.keyboard.press("Enter")
    page.type("textarea", " ?o . ?o skos:pref")
    page.keyboard.press("Escape")
    hidden = page.is_hidden("#completions")
    text = page.input_value("textarea")
    page.fill("textarea", "ASK { }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".answer")

    assert "dcterms:creator" in offered
    assert "SELECT * { ?s dcterms:creator ?o . ?o skos:pref" == text
    assert hidden
    page.close()


def test_a_concept_is_completed_by_its_scheme_and_name(browser: object, url: str) -> None:
    """What is written is its IRI, so that it needs no prefix; the arrows choose."""
    page = browser.new_page()  # type: ignore[attr-defined]
    with page.expect_response("**/terms.json"):
        page.goto(url)
    page.fill("textarea", "")
    page.type("textarea", "ASK { ?s cbl:kind stance:re")
    offered = page.locator("#completions li").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    marked = page.get_attribute("textarea", "aria-activedescendant")
    first = page.inner_text("#completions [aria-selected=true]")
    page.keyboard.press("Enter")
    text = page.input_value("textarea")

    assert "stance:reject" in offered
    assert offered[0] == first
    assert "completion-0" == marked
    name = first.partition(":")[2]
    assert f"ASK {{ ?s cbl:kind <https://w3id.org/cablegraph/scheme/stance/{name}>" == text
    page.close()
