"""Tell the parts of a text version apart: heading, address, body, signature, closing, registry.

Nothing is read from the parts here: that is routing, numbers, registry and the other rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cablegraph.extraction.cues import NUMBER_LINE as NUMBER_LINE
from cablegraph.extraction.cues import (
    ends_with_greeting,
    hint_of,
    is_address,
    is_closing,
    is_greeting,
    is_head,
    is_post_line,
    is_prose,
    is_registry,
    is_service,
    is_subject,
    is_unstopped,
    lists_copies,
    may_be_registry,
    signed_at,
)
from cablegraph.extraction.cues import form_of as form_of
from cablegraph.extraction.cues import is_name_line as is_name_line
from cablegraph.extraction.cues import without_honorific as without_honorific
from cablegraph.extraction.embedded import Embedded as Embedded
from cablegraph.extraction.embedded import find_quoted
from cablegraph.extraction.lines import Line as Line
from cablegraph.extraction.lines import split_lines
from cablegraph.records.model import Layer

# After the form a heading has a number, nothing, or the place: "Telegram from Havana".
_HEADING = re.compile(r"\W*(?:(?:№|N[oºr°]\.?|N\.|#)\s*\d|$)|\s+from\s+(?:[A-Z]\w+\s?){1,3}$")
_SENTENCE_END = re.compile(r"[.!]\s+(?=\S)")
_MOST_BETWEEN = 8  # lines between one of a letterhead and the next number, date or mark
_LONGEST_HEADING = 100
_LAST_HEADING = 12  # lines above the heading are stamps; more of them were not seen


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one text version; a line belongs to one of them.

    Shape: ``top`` are the lines above the heading, ``body`` the paragraphs without those of
        ``embedded`` messages, ``closing`` the numbers and dates after the signature.
    """

    layer: Layer
    form: str | None = None  # concept of scheme/form that the heading names
    heading: Line | None = None
    top: tuple[Line, ...] = ()
    address: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    signatures: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    registry: tuple[Line, ...] = ()
    markers: tuple[Line, ...] = ()

    @property
    def message_lines(self) -> Iterator[Line]:
        """Heading and message: all but the marks of registry and editors."""
        if self.heading:
            yield self.heading
        yield from self.lines

    @property
    def all_lines(self) -> Iterator[Line]:
        """Every line that holds words of the document."""
        yield from self.top
        yield from self.message_lines
        yield from self.registry

    @property
    def lines(self) -> Iterator[Line]:
        """Every line of the message: not the marks above it, not the registry's."""
        yield from self.address
        yield from self.body
        for embedded in self.embedded:
            yield from embedded.all_lines
        yield from self.signatures
        yield from self.closing


def find_parts(layer: Layer, is_place: Callable[[str], bool]) -> Parts:
    """Tell the parts of *layer* apart; *is_place* knows the places an address begins with.

    Shape: every line that is not blank goes to exactly one part.
    """
    lines, markers = split_lines(layer)
    heading, form = _heading(lines)
    top = lines[:heading] if heading is not None else []
    rest = lines[heading + 1 :] if heading is not None else lines
    head = _find_head(rest, is_place)
    rest = head.rest
    embedded = find_quoted(rest)
    cut = _registry_start(rest, embedded)
    message, registry = rest[:cut], rest[cut:]
    inside = {line.start for one in embedded for line in one.all_lines}
    end = _find_end([line for line in message if line.start not in inside])
    return Parts(
        layer=layer,
        form=form,
        heading=lines[heading] if heading is not None else None,
        top=(*top, *head.marks),
        address=tuple(head.address),
        body=tuple(end.body),
        embedded=tuple(embedded),
        signatures=tuple(end.signatures),
        closing=(*head.numbers, *end.closing),
        registry=tuple(registry),
        markers=tuple(markers),
    )


def _heading(lines: list[Line]) -> tuple[int | None, str | None]:
    for index, line in enumerate(lines[:_LAST_HEADING]):
        text = line.text
        named = form_of(text) if len(text) < _LONGEST_HEADING else None
        if named and not text.rstrip().endswith((":", "?")):
            after = text[named[1] :]
            if text.isupper() or _HEADING.match(after):
                return index, named[0]
    return None, None


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands between the heading and the message, and the lines after it."""

    address: list[Line]
    marks: list[Line]
    numbers: list[Line]
    rest: list[Line]


def _find_head(lines: list[Line], is_place: Callable[[str], bool]) -> _Head:
    head = _Head([], [], [], [])
    copies = stamp = False
    for index, line in enumerate(lines):
        text = line.text
        copied = copies and bool(re.match(r"to\s|\d+[.)]\s", text))
        if stamp or copied or (is_head(text) and hint_of(text) is None):
            head.marks.append(line)
            copies = copied or lists_copies(text)
            stamp = (stamp or text.startswith("[")) and "]" not in text
        elif is_address(text, is_place):
            head.address.append(line)
        elif is_closing(text):
            head.numbers.append(line)
        elif _is_letterhead(lines, index):
            head.marks.append(line)
        else:
            return replace(head, rest=lines[index:])
    return _Head([], [], [], lines)  # nothing but such lines: they are the words themselves


def _is_letterhead(lines: list[Line], index: int) -> bool:
    """Tell whether a line of no known kind still stands in the head: what follows it is head.

    Source: "Embassy of the X People's Republic / No. 88 / CITY, 26 May 1976 / Subject: Y" over the
        paragraphs of a report.
    """
    text = lines[index].text
    if is_prose(text) or not (is_subject(text) or is_unstopped(text) or is_registry(text)):
        return False
    first = next((at for at in range(index + 1, len(lines)) if is_prose(lines[at].text)), None)
    if first is None:
        return False
    return (is_subject(text) or is_registry(text)) or any(
        is_head(line.text) or is_closing(line.text) or is_registry(line.text)
        for line in lines[index + 1 : min(first, index + 1 + _MOST_BETWEEN)]
    )


def _registry_start(lines: list[Line], embedded: list[Embedded]) -> int:
    after = max((one.end for one in embedded), default=0)
    # Above the first paragraph stand marks above the message.
    first = next((index for index, line in enumerate(lines) if is_prose(line.text)), 0)
    for index, line in enumerate(lines[first:], first):
        if index and line.start >= after and may_be_registry(line.text):
            before = lines[index - 1].text
            ended = is_name_line(before) or is_closing(before) or bool(tail_name(before))
            if is_registry(line.text, below_end=ended):
                return index
    return len(lines)


@dataclass(frozen=True, slots=True)
class _End:
    """The body and what stands below it: who signs, numbers and dates."""

    body: list[Line]
    signatures: list[Line]
    closing: list[Line]


def _find_end(lines: list[Line]) -> _End:
    """Take the closing lines and the signature off the end; what is told to offices stays."""
    body, closing, service = list(lines), list[Line](), list[Line]()
    while len(body) > 1 and (is_closing(body[-1].text) or is_service(body[-1].text)):
        line = body.pop()
        (closing if is_closing(line.text) else service).insert(0, line)
    signatures = _signatures(body)
    while signatures and len(body) > 1 and is_closing(body[-1].text):
        closing.insert(0, body.pop())
    return _End([*body, *service], signatures, closing)


def _signatures(lines: list[Line]) -> list[Line]:
    """Take the signature, with the posts beside the names, off the end of *lines*."""
    taken: list[Line] = []
    while len(lines) > 1 or (lines and taken):
        text = lines[-1].text
        name = is_name_line(text[signed_at(text) :])
        if not (name or is_post_line(text)) or (is_greeting(text) and taken):
            break
        taken.insert(0, _without_quote(lines.pop()))
    if not taken and lines and (tail := tail_name(lines[-1].text)):
        taken.append(_without_quote(lines[-1].part(tail, len(lines[-1].text))))
    return taken


def _without_quote(line: Line) -> Line:
    return Line(line.layer, line.start, line.start + len(line.text.rstrip('"”»“ ')))


def tail_name(text: str) -> int:
    """Return where the name stands after a closing greeting, or 0: "Greetings. FILIPPOV."."""
    last = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
    if not last or not is_name_line(text[last:]):
        return 0
    greeted = ends_with_greeting(text[:last])
    return last if greeted or text[last:].rstrip('"”»“').isupper() else 0
