"""The site in a real browser: marks and their claims, search, keyboard, no word on the console."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OpenPage = Callable[..., Any]

#: One of each kind of page, by the folder it stands in.
KINDS = (
    "page/telegram", "page/person", "page/org", "page/group", "page/place", "page/archive",
    "page/unit", "page/holding", "page/message", "page/proposal", "telegrams", "people", "places",
    "archives", "proposals", "network", "timeline", "ontology", "search",
)  # fmt: skip


def _one(folder: Path, kind: str) -> str:
    found = sorted((folder / kind).rglob("index.html"))
    return found[-1].relative_to(folder).as_posix()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_opens_without_a_fault(
    kind: str, address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """Nothing on the console, no request to another host, a heading to be seen."""
    page = open_page(address + _one(site_folder, kind))

    assert page.locator("h1").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(
    kind: str, scheme: str, address: str, site_folder: Path, open_page: OpenPage, axe: str
) -> None:
    """Contrast, names, landmarks and order of headings are right in both colour schemes."""
    page = open_page(address + _one(site_folder, kind), color_scheme=scheme)
    if kind == "page/telegram":
        page.locator(".text a.m").first.click()
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]

    assert [] == [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def test_a_marked_word_opens_its_claim(
    address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """The panel shows rule, words and triples of what was read; Escape leads back to the word."""
    page = open_page(address + _one(site_folder, "page/telegram"))
    word = page.locator(".text a.m").nth(5)
    word.click()
    panel = page.locator("#panel")

    assert panel.is_visible()
    assert "Read by the rule" in panel.inner_text()
    assert "Triples" in panel.inner_text()
    assert word.inner_text().split()[0] in panel.inner_text()
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert "#panel" not in page.url
    assert word.evaluate("one => one === document.activeElement")


def test_a_mark_is_reached_by_keyboard(
    address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """The first stop leads past the head; a mark opens with Enter."""
    page = open_page(address + _one(site_folder, "page/telegram"))
    page.keyboard.press("Tab")
    assert "Skip to the content" == page.evaluate("document.activeElement.textContent")
    page.locator(".text a.m").nth(3).focus()
    page.keyboard.press("Enter")

    assert page.locator("#panel").is_visible()
    assert "What was read here" == page.evaluate("document.activeElement.textContent")


def test_without_scripts_a_mark_leads_to_its_claim(
    address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """The same link goes to the entry further down."""
    page = open_page(address + _one(site_folder, "page/telegram"), java_script_enabled=False)
    word = page.locator(".text a.m").nth(5)
    key = word.get_attribute("data-c").split()[0]
    word.click()

    assert page.locator(f'[id="{key}"]').is_visible()
    assert page.url.endswith(f"#{key}")


@pytest.mark.parametrize(("asked", "least"), [("перемирием", 1), ("negotiating", 2)])
def test_a_word_is_found_in_any_form(
    asked: str, least: int, address: str, open_page: OpenPage
) -> None:
    """A form that need not stand in any text finds the telegrams that have the word."""
    page = open_page(f"{address}search/index.html")
    page.fill("#q", asked)
    page.keyboard.press("Enter")
    page.get_by_text("found").wait_for()
    links = page.locator("#results a")

    assert least <= links.count()
    links.first.click()
    assert page.locator("h1").first.is_visible()


def test_the_search_of_the_home_page_answers(address: str, open_page: OpenPage) -> None:
    """The form of the home page leads to the answers."""
    page = open_page(f"{address}index.html")
    page.fill("#q", "Stalin")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results a")

    assert "search/index.html?q=Stalin" in page.url


def test_the_folder_works_from_a_disk(site_folder: Path, open_page: OpenPage) -> None:
    """Opened as files, pages have their styles, marks their claims, and words are found."""
    page = open_page((site_folder / _one(site_folder, "page/telegram")).as_uri(), host="file://")
    page.locator(".text a.m").first.click()
    assert page.locator("#panel").is_visible()
    page.goto((site_folder / "search" / "index.html").as_uri() + "?q=перемирие")
    page.wait_for_selector("#results a")

    assert "fixed" == page.evaluate("(()=>{const p=document.createElement('aside');"
                                    "p.className='panel';document.body.append(p);"
                                    "return getComputedStyle(p).position})()")  # fmt: skip


def test_a_narrow_page_does_not_scroll_sideways(
    address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """On a telephone only tables scroll, each in its own frame."""
    size = {"width": 360, "height": 740}
    for kind in KINDS:
        page = open_page(address + _one(site_folder, kind), viewport=size)

        assert 360 >= page.evaluate("document.documentElement.scrollWidth"), kind


def test_nothing_of_the_head_is_printed_but_the_name(
    address: str, site_folder: Path, open_page: OpenPage
) -> None:
    """On paper there is no menu."""
    page = open_page(address + _one(site_folder, "page/telegram"))
    page.emulate_media(media="print")

    assert page.locator("header nav").is_hidden()
    assert page.locator("h1").first.is_visible()
    assert re.search(r"\w", page.locator(".text").first.inner_text())
