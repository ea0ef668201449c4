"""An inspected document as text: its lines, the words underlined, the claims below."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from cablegraph.inspect_text.marks import Stretch, draw, visible
from cablegraph.inspect_text.notes import Inspection, Mark, Marked, Note, read_values

_BREAK = re.compile(r"\r\n|\r|\n")
#: Narrower, a line of text is cut into pieces too short to read.
_NARROWEST = 30
#: Longest value told in a note; the words themselves stand above it.
_VALUE = 220


def to_text(found: Inspection, *, width: int = 100, colour: bool = False) -> str:
    """Return a document for reading, its claims numbered under the lines that support them."""
    return "".join(f"{line.rstrip()}\n" for line in _Page(found, width, colour).lines())


class _Page:
    def __init__(self, found: Inspection, width: int, colour: bool) -> None:
        self.found, self.colour = found, colour
        self.notes = {note.number: note for note in found.notes}
        self.told: dict[int, int] = {}  # number to the line that it is told under
        last = max((self._last(version) for version in found.versions), default=1)
        self.gutter = len(str(last))
        self.width = max(_NARROWEST, width - self.gutter - 3)

    @staticmethod
    def _last(version: Marked) -> int:
        return version.line + len(_BREAK.findall(version.text))

    def lines(self) -> Iterator[str]:
        found = self.found
        yield self._style(f"{found.key}  {visible(found.source)}", bold=True)
        for version in found.versions:
            yield ""
            head = f"{version.layer}: {version.kind}, {version.language}, line {version.line}"
            yield self._style(f"── {head} ──", bold=True)
            yield from self._version(version)
        yield ""
        yield from self._end()

    def _version(self, version: Marked) -> Iterator[str]:
        for number, (start, line) in enumerate(_lines(version.text), version.line):
            end = start + len(line)
            marks = [mark for mark in version.marks if mark.start < end and mark.end > start]
            within = [
                Stretch(max(m.start, start) - start, min(m.end, end) - start, m.number)
                for m in marks
            ]
            pieces = draw(line, within, self.width, self._paint if self.colour else None)
            for index, piece in enumerate(pieces):
                label = str(number) if index == 0 else ""
                yield f"{label:>{self.gutter}} │ {piece}"
            yield from self._notes(marks, start, number)

    def _notes(self, marks: list[Mark], start: int, line: int) -> Iterator[str]:
        """Tell the claims whose words begin in this line; in full where they are new."""
        indent = " " * self.gutter + "   "
        begun = sorted({mark.number for mark in marks if mark.start >= start})
        for number in begun:
            if number not in self.told:
                yield f"{indent}{self._note(self.notes[number])}"
        again = [f"[{n}] of line {self.told[n]}" for n in begun if n in self.told]
        if again:
            words = f"again: {', '.join(again)}"
            yield f"{indent}{self._style(words, dim=True)}"
        self.told |= {number: line for number in begun if number not in self.told}

    def _note(self, note: Note) -> str:
        head = self._style(f"[{note.number}] {note.kind}:", fg=self._colour(note.number))
        status = f" · {note.status}" if note.status else ""
        reason = f" ({visible(note.reason)})" if note.reason else ""
        rivals = ", ".join(f"[{n}] {_value(self.notes[n])}" for n in note.rivals)
        against = f" · against {rivals}" if rivals else ""
        return (
            f"{head} {_value(note)} · rule {note.rule} · {note.certainty}{status}{reason}{against}"
        )

    def _end(self) -> Iterator[str]:
        versions = [note for note in self.found.notes if note.kind == "version"]
        shown = {mark.number for version in self.found.versions for mark in version.marks}
        whole = len(self.found.versions) == len(versions)
        marked = {note.number for note in self.found.notes if note in versions} | shown
        if whole and (rest := [n for n in self.found.notes if n.number not in marked]):
            yield "without words:"
            for note in rest:
                yield f"  {self._note(note)}"
        yield (
            f"{len(shown)} of {len(self.found.notes) - len(versions)} claims shown; "
            f"{self.found.uncovered} characters of the file in no text version"
        )

    def _paint(self, words: str, number: int) -> str:
        return click.style(words, fg=self._colour(number))

    def _colour(self, number: int) -> str:
        return read_values().get(self.notes[number].kind, {}).get("colour", "white")

    def _style(self, text: str, **style: str | bool) -> str:
        return click.style(text, **style) if self.colour else text  # type: ignore[arg-type]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with the offset where it begins."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _value(note: Note) -> str:
    words = visible(note.words)
    return words if len(words) <= _VALUE else words[: _VALUE - 1] + "…"
