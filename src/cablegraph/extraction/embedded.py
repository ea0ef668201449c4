"""Find the messages that stand inside a message: where each begins and ends.

Who wrote which to whom is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cablegraph.extraction.cues import hint_of
from cablegraph.extraction.lexicon import settings
from cablegraph.extraction.lines import Line, letter_before
from cablegraph.extraction.sentences import find_sentences

_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"', "‘": "’"}
_LONGEST_SALUTATION = 14  # words of "To Comrade X, copy to Comrades Y and Z."


def _compiled() -> dict[str, re.Pattern[str]]:
    data = settings("relays")
    return {
        language: re.compile(
            "|".join(row.replace("{message}", data["message"][language]) for row in rows), re.I
        )
        for language, rows in data["passing"].items()
    }


_PASSING = _compiled()


@dataclass(frozen=True, slots=True)
class Embedded:
    """A message that stands in quotation marks after a line which announces it.

    Shape: ``lines`` are its own, without those of the messages that stand ``inside`` it in
        turn; ``is_open`` where the closing quotation mark is missing: the text breaks off in it.
    """

    intro: Line
    lines: tuple[Line, ...]
    is_open: bool = False
    inside: tuple[Embedded, ...] = ()

    @property
    def start(self) -> int:
        """Where its first line begins."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where its last line ends."""
        return max(self.lines[-1].end, *(one.end for one in self.inside), 0)

    @property
    def all_lines(self) -> Iterator[Line]:
        """Every line, also of the messages inside it."""
        yield from self.lines
        for one in self.inside:
            yield from one.all_lines


def find_quoted(lines: Sequence[Line]) -> list[Embedded]:
    """Return the quotations of one or more whole lines that the line above announces.

    Shape: a line announces with a colon or with words of passing on; a quotation that speaks
        to somebody in its first line needs no announcement. One without its closing mark runs to
        the last line, if it was announced in words or speaks to somebody.
    """
    found: list[Embedded] = []
    index = 1
    while index < len(lines):
        line, before = lines[index], lines[index - 1]
        mark = _opening(line)
        if mark and (announces(before) or _is_salutation(line.text)):
            stop = _closing_line(lines, index, mark)
            if stop is not None:
                found.append(_embedded(before, lines[index : stop + 1], mark))
                index = stop
            elif _passes_on(before) and _is_salutation(line.text):
                found.append(replace(_embedded(before, lines[index:], mark), is_open=True))
                break
        index += 1
    return found


def _embedded(intro: Line, lines: Sequence[Line], mark: str) -> Embedded:
    """Set apart the messages in other quotation marks that stand inside one."""
    inside = tuple(one for one in find_quoted(lines) if _opening(one.lines[0]) != mark)
    taken = {line.start for one in inside for line in one.all_lines}
    return Embedded(intro, tuple(x for x in lines if x.start not in taken), inside=inside)


def announces(line: Line) -> bool:
    """Tell whether a line says that somebody's words follow."""
    return line.text.rstrip().endswith(":") or _passes_on(line)


def _passes_on(line: Line) -> bool:
    pattern = _PASSING.get(line.layer.language)
    if pattern is None or not line.text.strip():
        return False
    *_, last = find_sentences(line.text)
    return pattern.search(line.text, *last) is not None


def _is_salutation(text: str) -> bool:
    """Tell whether a quotation begins by speaking to somebody: "Comrade Filippov,"."""
    first = text[: next(iter(find_sentences(text)))[1]] if text.strip() else text
    hint = hint_of(first)
    addressed = hint is not None and hint[0] in ("honorifics", "to")
    return addressed and len(first.split()) <= _LONGEST_SALUTATION


def _opening(line: Line) -> str | None:
    before = letter_before(line)
    return before if before in _PAIRS else None


def _closing_line(lines: Sequence[Line], start: int, mark: str) -> int | None:
    close = re.escape(_PAIRS[mark])
    for index in range(start, len(lines)):
        if re.search(rf"{close}[.,;!?]*\s*$", lines[index].text):
            return index
    return None
