"""Pieces of SVG without style or script: circles, lines and words, each escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

#: What turns the words after it: embeddings, overrides and isolates.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def number(value: float) -> str:
    """Return a length with one decimal, the same on every machine.

    >>> number(1.25), number(-0.04)
    ('1.2', '0.0')
    """
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text


def element(name: str, inside: Iterable[str] | str = "", /, **attributes: object) -> Markup:
    """Return an element; an underscore in the name of an attribute stands for a hyphen.

    >>> print(element("text", "a < b", x=1, text_anchor="end"))
    <text x="1" text-anchor="end">a &lt; b</text>
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    parts = [inside] if isinstance(inside, str) else inside
    body = "".join(str(escape(part)) for part in parts)
    return Markup(f"<{name}{said}>{body}</{name}>")  # every part is escaped above


def drawing(width: float, height: float, title: str, parts: Iterable[str]) -> Markup:
    """Return a whole drawing with a title for those who can't see it."""
    head = element("title", title)
    return element(
        "svg",
        [head, *parts],
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="group",
        aria_label=title,
        xmlns="http://www.w3.org/2000/svg",
    )


def isolate(text: str) -> str:
    """Return words whose marks of direction end with them, where no element can hold them.

    >>> isolate("Ann"), len(isolate("Ann\\u202e"))
    ('Ann', 6)
    """
    return f"\u2068{text}\u2069" if _TURNING.search(text) else text


def shorten(text: str, limit: int = 34) -> str:
    """Return words that fit beside a mark.

    >>> shorten("a" * 40, 5)
    'aaaa…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
