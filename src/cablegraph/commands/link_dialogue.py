"""Ask an editor, entity by entity, who somebody is elsewhere, and keep every answer at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from cablegraph.links.answers import Answer, Editor
    from cablegraph.links.model import Link, LinkSet
    from cablegraph.links.queue import Item, Suggestion

#: A key, what it means, and whether it makes sense without a suggestion.
KEYS = {
    "a": ("accept", False), "c": ("close", False), "r": ("reject", False), "n": ("none", True),
    "i": ("identifier", True), "s": ("skip", True), "q": ("quit", True),
}  # fmt: skip


class Quit(Exception):  # noqa: N818 - no error: the editor has had enough
    """The editor has had enough, or there are no more lines to read."""


@dataclass(slots=True)
class Dialogue:
    """One sitting: where the links are kept, who answers, and how many answers there were."""

    path: Path
    links: LinkSet
    editor: Editor
    authority: str
    shown: Callable[[Item], str]
    answers: int = 0

    def ask_all(self, items: Iterable[Item]) -> None:
        """Go through what is open until it ends or the editor does."""
        listed = list(items)
        try:
            for number, item in enumerate(listed, 1):
                click.echo(f"\n[{number}/{len(listed)}] {self.shown(item)}")
                self._ask(item)
        except Quit:
            click.echo("")

    def _ask(self, item: Item) -> None:
        """Ask about each suggestion until one is accepted; without any, ask for an identifier."""
        from cablegraph.links.queue import open_items

        left = list(item.suggestions)
        while left:
            one = left.pop(0)
            click.echo(tell_suggestion(one, self.links))
            if not self._decide(item, one):
                return
            offered = {item.subject: left}
            still = next(open_items([item], self.links, offered), None)
            left = list(still.suggestions) if still else []
        if not item.suggestions:
            self._decide(item, None)

    def _decide(self, item: Item, one: Suggestion | None) -> bool:
        """Ask once; return whether the next suggestion should be shown."""
        word = read_key(with_suggestion=one is not None)
        if word == "quit":
            raise Quit
        if word == "skip":
            return True
        if word == "identifier":
            return self._identify(item)
        self._keep(item, cast("Answer", word), one)
        return word != "none"

    def _identify(self, item: Item) -> bool:
        from cablegraph.links.answers import typed

        text = _read_line("identifier: ").strip()
        try:
            suggestion = typed(text, self.authority, self.links)
        except ValueError as cause:
            click.echo(f"  {cause}; nothing was kept")
            return True
        self._keep(item, "accept", suggestion)
        return False

    def _keep(self, item: Item, answer: Answer, one: Suggestion | None) -> None:
        from cablegraph.links.answers import link_of

        authority = self._searched(one)
        try:
            link = link_of(item, answer, one, self.editor, self.links, authority=authority)
        except ValueError as cause:
            click.echo(f"  {cause}; nothing was kept")
            return
        self.links = add_link(self.path, self.links, link)
        self.answers += 1

    def _searched(self, one: Suggestion | None) -> str:
        """Return the authority in which nothing is found: that of the suggestion, else the own."""
        from cablegraph.links.schemes import find_scheme

        found = find_scheme(one.object) if one else None
        return found[0].prefix if found else self.authority


def add_link(path: Path, links: LinkSet, link: Link) -> LinkSet:
    """Write one link more; what somebody else has written meanwhile is kept.

    Raises:
        CablegraphError: if the file can't be read or written.
    """
    from cablegraph.links.check import read_links
    from cablegraph.links.sssom import write_links

    current = read_links(path) if path.exists() else links
    changed = replace(current.with_link(link), path=path)
    write_links(changed, path)
    return changed


def read_key(*, with_suggestion: bool) -> str:
    """Return the word for the key that was pressed, or that the next line begins with.

    Raises:
        Quit: at the end of the input.
    """
    known = {key: word for key, (word, alone) in KEYS.items() if alone or with_suggestion}
    prompt = "  " + ", ".join(f"{word} ({key})" for key, word in known.items()) + "? "
    while True:
        if sys.stdin.isatty():
            click.echo(prompt, nl=False)
            text = click.getchar(echo=False)
            click.echo(text if text.isprintable() else "")
        else:
            text = _read_line(prompt)
        if word := known.get(text.strip().lower()[:1]):
            return word


def _read_line(prompt: str) -> str:
    click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not line:
        raise Quit
    if not sys.stdin.isatty():
        click.echo(line.rstrip("\n"))
    return line


def tell_item(item: Item, found: list[str]) -> str:
    """Return what is known of an entity, on a line or two; *found* are its paths."""
    known = "" if item.listed else "  (unlisted)"
    lines = [f"{item.subject}  {item.label}{known}".rstrip()]
    if item.line:
        words = " ".join(item.words.split())
        where = next((path for path in found if Path(path).name == item.file), item.file)
        lines.append(f"  {where}:{item.line}:{item.column}: {words}")
    return "\n".join(lines)


def tell_suggestion(one: Suggestion, links: LinkSet) -> str:
    """Return what speaks for a suggestion, on a line."""
    from cablegraph.links.sssom import shorten

    name = shorten(one.object, links.curie_map) or one.object
    return "  " + "  ".join(filter(None, _parts(name, one)))


def _parts(name: str, one: Suggestion) -> Iterator[str]:
    yield f"→ {name}"
    yield one.label
    if one.score is not None:
        yield f"score {one.score:g}"
    yield f"by {one.rule}" if one.rule else ""
    yield f"({one.explanation})" if one.explanation else ""
