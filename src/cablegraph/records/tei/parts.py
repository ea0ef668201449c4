"""Divide a document into the message itself and the messages enclosed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cablegraph.records.draft import Draft
from cablegraph.records.stated import Extent, StatedMessage
from cablegraph.records.tei.page import Page, is_enclosed
from cablegraph.sources.xml import Node

_HEADING = re.compile(
    r"\[?\s*(?:sub-?)?(?:[ei]nclosure|attachment|annex|tab|appendix|beilage|anlage)\b[^\]]{0,120}\]?\s*",
    re.IGNORECASE,
)
_LONGEST = 160
_LARGEST = 8 * _LONGEST  # with markup
# Where the heads, lines of place and date, and signatures of a part may stand.
_FRAMES = frozenset(("opener", "closer", "body", "front", "div", "div1", "div2", "postscript"))


@dataclass(slots=True)
class Part:
    """A message: the document's own (``about`` is empty), or one within it."""

    about: str
    nodes: list[Node] = field(default_factory=list)
    label: Node | None = None

    def find(self, *wanted: str) -> Iterator[Node]:
        """Yield the nodes of the frame that have one of the names: not those in paragraphs."""
        yield from _find(self.nodes, wanted)


def _find(nodes: Sequence[Node], wanted: tuple[str, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.name in wanted:
            yield node
        elif node.name in _FRAMES and not is_enclosed(node):
            yield from _find(list(node.children), wanted)


def find_parts(page: Page) -> list[Part]:
    """Return the message itself, and then those within in the order of the document."""
    main = Part("")
    parts = _fill(main, page.document)
    for node in page.enclosed:
        parts += _fill(Part("within"), node)
    inner = [part for part in parts[1:] if part.nodes]
    for number, part in enumerate(inner, 1):
        part.about = f"enclosed/{number}"
    return [main, *inner]


def _fill(part: Part, node: Node) -> list[Part]:
    """Give a part the children of a node; a heading between them begins another part."""
    parts = [part]
    for child in node.children:
        if is_enclosed(child) or (child.name == "pb"):
            continue
        if _is_heading(child):
            if parts[-1] is part and part.about and not part.nodes:
                part.label = part.label or child
            else:
                parts.append(Part("within", label=child))
        else:
            parts[-1].nodes.append(child)
    return parts


def _is_heading(node: Node) -> bool:
    """Tell whether a line announces an enclosure: a short note or paragraph in brackets."""
    if node.name not in ("p", "note", "ab", "label", "head"):
        return False
    opening = next((run.text for run in node.runs() if not run.text.isspace()), "").lstrip()
    bracketed = opening.startswith("[")
    if not (bracketed or node.name in ("head", "label")) or node.end - node.start > _LARGEST:
        return False
    words = node.text
    return len(words) <= _LONGEST and _HEADING.fullmatch(words) is not None


def state_enclosed(draft: Draft, page: Page, part: Part) -> None:
    """State that a message stands within this one, by its heading or first line."""
    heads = [node for node in part.find("head") if node in page.placed]
    shown = [node for node in (part.label, *heads[:1]) if node is not None and node in page.placed]
    shown = shown or [node for node in part.nodes if node in page.placed][:1]
    words = tuple(_first_line(draft, page.placed[node]) for node in shown)
    if words:
        label = draft.words(words[-1]).strip("[]. ")
        draft.state(StatedMessage(path=part.about, label=label[:200], words=words))


def _first_line(draft: Draft, words: Extent) -> Extent:
    text = draft.assembly.words(words.start, words.end)
    end = text.find("\n", 1)
    return words if len(text) <= _LONGEST or end < 0 else Extent(words.start, words.start + end)
