"""Hostile words in a real browser, on site and service: nothing runs, breaks or turns."""

from __future__ import annotations

import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cablegraph.publication.site.build import build_site

OpenPage = Callable[..., Any]
_SAMPLE = Path(__file__).resolve().parents[1] / "unit" / "publication" / "site_sample.py"
SAMPLE = runpy.run_path(str(_SAMPLE))

#: What a page does that should not: links that run, elements made of words, words that turn what
#: follows them. An inline element without isolation lets a mark of direction reach the next words.
FIND_FAULTS = """() => {
  const faults = [];
  for (const one of document.querySelectorAll('a[href], form[action], img[src]')) {
    const target = one.href || one.action || one.src;
    if (/^(javascript|data|vbscript):/i.test(target)) faults.push(`runs: ${target.slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll('script:not([src])')) {
    if (!/json/.test(one.type)) faults.push(`script: ${one.textContent.slice(0, 60)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const said = walker.currentNode.data.replace(/\\u2068[^\\u2069]*\\u2069/g, '');
    if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(said)) continue;
    let one = walker.currentNode.parentElement;
    // Within the text of a document a mark stands as it was found; its line ends what it turns.
    if (one.closest('script, style, template, .text')) continue;
    const style = (name) => getComputedStyle(one)[name];
    const isolates = () => /isolate|plaintext/.test(style('unicodeBidi'));
    while (style('display') === 'inline' && !isolates()) one = one.parentElement;
    const alone = one.textContent.trim() === walker.currentNode.data.trim();
    const held = style('display') === 'inline' || alone;
    if (!held) faults.push(`turns: ${walker.currentNode.data.slice(0, 60)}`);
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder whose names and texts are hostile."""
    output: Path = SAMPLE["write_hostile"](tmp_path_factory.mktemp("hostile") / "output")
    return output


@pytest.fixture(scope="module")
def hostile_site(hostile: Path) -> Path:
    """Its site."""
    folder = hostile.parent / "pages"
    build_site(hostile, folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def hostile_service(hostile: Path) -> Iterator[str]:
    """The address of its service."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = hostile.parent / "graph.nq"
    served.write_bytes((hostile / "graph" / "cablegraph.nq").read_bytes())
    command = [sys.executable, "-m", "cablegraph", "serve", str(served), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        assert process.poll() is None
        try:
            httpx.get(f"{address}/healthz")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(20)


def watch(page: Any) -> list[str]:
    """Return a list that fills with the dialogs of a page."""
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    return seen


def test_no_page_of_the_site_runs_breaks_or_turns(hostile_site: Path, open_page: OpenPage) -> None:
    """Names with markup, marks of direction, 10,000 letters; addresses that are scripts."""
    paths = sorted(hostile_site.rglob("index.html"))
    page = open_page(paths[0].as_uri(), host="file://", viewport={"width": 360, "height": 740})
    seen = watch(page)

    assert len(paths) > 10
    for path in paths:
        page.goto(path.as_uri())
        assert [] == page.evaluate(FIND_FAULTS), path
        assert 360 >= page.evaluate("document.documentElement.scrollWidth"), path
    assert [] == seen


QUERY = "SELECT * { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://wires.example/id/')) } LIMIT 900"


def test_no_result_of_the_service_runs_breaks_or_turns(
    hostile_service: str, open_page: OpenPage
) -> None:
    """All statements on things in one table, on a telephone."""
    size = {"width": 360, "height": 740}
    page = open_page(f"{hostile_service}/sparql", viewport=size)
    seen = watch(page)
    page.fill("textarea", QUERY)
    page.click('button:text-is("Ask")')
    page.wait_for_selector("tbody tr")
    words = page.inner_text("table")

    assert "<script>alert(1)</script>" in words
    assert SAMPLE["LONG"] in words
    assert "javascript:alert(2)" in words
    assert [] == page.evaluate(FIND_FAULTS)
    assert 360 >= page.evaluate("document.documentElement.scrollWidth")
    assert [] == seen


def test_a_fault_is_seen(open_page: OpenPage) -> None:
    """The script above finds what it looks for."""
    page = open_page("about:blank")
    page.set_content(
        "<p><a href='javascript:1'>a</a><span>b\u202ec</span> <b>d</b></p><div>e\u202ef</div>"
        "<p>g <bdi>h\u202ei</bdi></p>"
    )

    assert ["runs: javascript:1", "turns: b\u202ec"] == page.evaluate(FIND_FAULTS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_the_query_page(
    scheme: str, hostile_service: str, open_page: OpenPage, axe: str
) -> None:
    """With a result below the form and terms offered in it."""
    page = open_page(
        f"{hostile_service}/sparql?query=SELECT*{{?s%20?p%20?o}}LIMIT%2020", color_scheme=scheme
    )
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    page.fill("textarea", "")
    page.wait_for_selector("textarea[aria-haspopup]")
    page.type("textarea", "ASK { ?s skos:pr")
    page.wait_for_selector("#completions li")
    found += page.evaluate("axe.run()")["violations"]

    assert [] == [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
