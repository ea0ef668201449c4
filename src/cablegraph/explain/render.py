"""An explanation as text: statements, and under each the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cablegraph.explain.model import Explanation, Rival, Support, Term, Told, Words
from cablegraph.explain.nodes import short
from cablegraph.explain.words import CONTEXT

#: Longest passage shown of words, and longest literal; both keep a line readable.
_PASSAGE, _LITERAL = 160, 200
#: Nodes shown under one statement; a fond is known by every copy that lies in it.
_CARRIERS = 5
_ORIGINS = {
    "authorities": "no words: shared by all documents, as the authority file has it",
    "dataset": "no words: from the settings of the collection",
    "external": "no words: from outside the documents, as the editors' links and tables have it",
    "vocabulary": "no words: from the vocabulary",
    "file": "no words: file-level, it follows from the file and how it is laid out",
}


def to_text(found: Explanation, *, colour: bool = False) -> str:
    """Return an explanation for reading.

    Shape: words are bold and underlined in colour, else between guillemets; the evidence of a
        node is shown under the first statement that rests on it and has a number for the rest.
    """
    return "".join(f"{line}\n" for line in _Page(found, colour).lines())


def plain(text: str, limit: int | None = None) -> str:
    """Return text on one line, without control characters, cut at *limit*.

    >>> plain("one\\n two", 6)
    'one t…'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if limit is None or len(line) <= limit else line[: limit - 1] + "…"


class _Page:
    def __init__(self, found: Explanation, colour: bool) -> None:
        self.found, self.colour = found, colour
        self.numbers: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        found = self.found
        yield self._bold(plain(found.node.text, _LITERAL))
        yield found.node.iri or ""
        if found.types:
            yield f"a {', '.join(plain(one.text) for one in found.types)}"
        for told in found.statements:
            yield ""
            yield from self._told(told)
        yield ""
        yield from self._end()

    def _end(self) -> Iterator[str]:
        count, others = len(self.found.statements), self.found.others
        as_subject, as_object = "has it as subject", "has it as object"
        here, there = (as_object, as_subject) if self.found.incoming else (as_subject, as_object)
        yield f"{count} statement{_verb(count, here)}"
        if others:
            option = "leave out --incoming" if self.found.incoming else "add --incoming"
            yield f"{others} statement{_verb(others, there)}: {option} to see"
        yield from self.found.notices

    def _told(self, told: Told) -> Iterator[str]:
        subject = f"{self._term(told.subject)} " if self.found.incoming else ""
        verb = self._style(plain(told.predicate.text), fg="cyan")
        arrow = "→" if told.asserted else "⇢"
        unsaid = "" if told.asserted else "  (named, not asserted)"
        yield f"{subject}{verb} {arrow} {self._term(told.object)}{unsaid}"
        if not told.support:
            yield f"    {_ORIGINS[told.origin]}"
        for iri in told.support[:_CARRIERS]:
            yield from self._support(iri, carried=told.origin == "carried")
        if (rest := len(told.support) - _CARRIERS) > 0:
            yield f"    and {rest} more"

    def _support(self, iri: str, *, carried: bool) -> Iterator[str]:
        one = self.found.support[iri]
        by = f"carried by {self._term(one.node)}" if carried else ""
        if iri in self.numbers:
            yield f"    [{self.numbers[iri]}] as above{', ' if by else ''}{by}"
            return
        number = self.numbers[iri] = len(self.numbers) + 1
        yield f"    [{number}] " + " · ".join(part for part in (by, *_standing(one)) if part)
        if one.rule:
            defined = f": {plain(one.definition)}" if one.definition else ""
            yield f"        rule {_named(one.rule)}{defined}"
        for words in one.words:
            yield f"        {self._words(words)}"
        for rival in one.rivals:
            yield from self._rival(rival)

    def _rival(self, rival: Rival) -> Iterator[str]:
        standing = " · ".join(_standing(rival))
        yield f"        against {self._term(rival.node)}{': ' if standing else ''}{standing}"
        for words in rival.words:
            yield f"            {self._words(words)}"

    def _words(self, words: Words) -> str:
        exact = plain(words.exact, _PASSAGE)
        marked = self._style(exact, bold=True, underline=True) if self.colour else f"«{exact}»"
        before, after = _around(words)
        place = f"{plain(words.file)}:{words.line}:{words.column}"
        return f"{place}  {before}{marked}{after}  ({plain(words.version)})"

    def _term(self, term: Term) -> str:
        if term.iri is None:
            tag = f" @{term.language}" if term.language else ""
            return f'"{plain(term.text, _LITERAL)}"{tag}'
        label = plain(term.text, _LITERAL)
        path = short(term.iri)
        return label if label == path else f"{label} {self._style(f'({path})', dim=True)}"

    def _bold(self, text: str) -> str:
        return self._style(text, bold=True)

    def _style(self, text: str, **style: str | bool) -> str:
        return click.style(text, **style) if self.colour else text  # type: ignore[arg-type]


def _standing(one: Support | Rival) -> list[str]:
    """Return certainty, and status with its reason."""
    reason = f" ({plain(one.reason)})" if one.reason else ""
    status = f"{one.status}{reason}" if one.status else reason.strip()
    return [part for part in (one.certainty or "", status) if part]


def _named(term: Term) -> str:
    """Return a label, or the last step of an IRI that has none."""
    return term.text if term.iri is None or term.text != short(term.iri) else _last(term.iri)


def _last(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2]


def _around(words: Words) -> tuple[str, str]:
    """Return what stands before and after, on one line, with an ellipsis where it is cut."""
    before, after = plain(words.before), plain(words.after)
    before = f"…{before}" if len(words.before) >= CONTEXT else before
    after = f"{after}…" if len(words.after) >= CONTEXT else after
    left = " " if before and words.before[-1].isspace() else ""
    right = " " if after and words.after[0].isspace() else ""
    return before + left, right + after


def _verb(count: int, words: str) -> str:
    return f" {words}" if count == 1 else f"s {words.replace('has', 'have', 1)}"
