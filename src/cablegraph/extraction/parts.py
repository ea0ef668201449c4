"""Tell the parts of a text version apart: heading, address, body, signature, closing, registry.

Nothing is read from the parts here: that is routing, numbers, registry and the other rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.lexicon import any_of, settings
from cablegraph.records.claims import Evidence
from cablegraph.records.model import Layer

_WORDS = settings("layout")
_FORMS = tuple(
    (concept, re.compile(rf"{any_of(words)}(?!\w)", re.IGNORECASE))
    for concept, words in _WORDS["forms"].items()
)
_ADDRESS = {
    hint: re.compile(rf"{any_of(words)}(?![^\W_])", re.IGNORECASE)
    for hint, words in _WORDS["address"].items()
}
_REGISTRY = re.compile(
    "|".join(re.escape(cue).replace(r"\?", r"\w").replace(r"\ ", r"\s+")
             for cue in _WORDS["registry"]["cues"]),
    re.IGNORECASE,
)  # fmt: skip
_MARKER = re.compile(r"\[\s*(?:\.\.\.|…)\s*[\]\[]|#{3,}|\*{3,}")
_OPENING = '«“„"'
_QUOTED_DAY = re.compile(r"[\"«“„]\s*\d{1,2}\s*[\"»”“]|.$")
_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
NUMBER_LINE = re.compile(r"(?:№|N[oºr°]\.?|#|Номер)\s*[\w./-]+\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space and the opening quotation mark before it.

    Units: offsets count code points of the layer's text.
    """

    layer: Layer = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.layer.text[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        """Point at the line."""
        return self.layer.evidence(self.start, self.end)

    def part(self, start: int, end: int) -> Line:
        """Return a stretch of the line; offsets count from its first character."""
        return Line(self.layer, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A message that stands in quotation marks after a paragraph which announces it."""

    intro: Line
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Where its first line begins."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where its last line ends."""
        return self.lines[-1].end


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
            yield from embedded.lines
        yield from self.signatures
        yield from self.closing


def form_of(text: str) -> tuple[str, int] | None:
    """Return the documentary form that *text* begins with and where its words end."""
    found = [(m.end(), concept) for concept, pattern in _FORMS if (m := pattern.match(text))]
    return (max(found)[1], max(found)[0]) if found else None


def hint_of(text: str) -> tuple[str, int] | None:
    """Return how an address line begins (to, for, from, honorifics) and where that ends."""
    for hint in ("for", "from", "to", "honorifics"):
        if match := _ADDRESS[hint].match(text):
            return hint, match.end()
    return None


def without_honorific(text: str) -> int:
    """Return where the name begins in *text*, after titles of courtesy and rank."""
    at = 0
    while match := _ADDRESS["honorifics"].match(text, at):
        at = match.end()
        at += len(text[at:]) - len(text[at:].lstrip(" .:"))
    return at


def find_parts(layer: Layer, is_place: Callable[[str], bool]) -> Parts:
    """Tell the parts of *layer* apart; *is_place* knows the places an address begins with.

    Shape: every line that is not blank goes to exactly one part.
    """
    lines, markers = _lines(layer)
    heading, form = _heading(lines)
    top = lines[:heading] if heading is not None else []
    rest = lines[heading + 1 :] if heading is not None else lines
    count = next((i for i, line in enumerate(rest) if not is_address(line.text, is_place)), 0)
    address, rest = rest[:count], rest[count:]
    embedded = _embedded(rest)
    cut = _registry_start(rest, embedded)
    message, registry = rest[:cut], rest[cut:]
    inside = {line.start for one in embedded for line in one.lines}
    free = [line for line in message if line.start not in inside]
    closing: list[Line] = []
    while len(free) > 1 and _is_closing(free[-1].text):
        closing.insert(0, free.pop())
    signatures = _signatures(free)
    return Parts(
        layer=layer,
        form=form,
        heading=lines[heading] if heading is not None else None,
        top=tuple(top),
        address=tuple(address),
        body=tuple(free),
        embedded=tuple(embedded),
        signatures=tuple(signatures),
        closing=tuple(closing),
        registry=tuple(registry),
        markers=tuple(markers),
    )


def _lines(layer: Layer) -> tuple[list[Line], list[Line]]:
    lines, markers = [], []
    for match in re.finditer(r"[^\n]+", layer.text):
        start, end = match.span()
        words = match.group()
        start += len(words) - len(words.lstrip(" *"))
        end -= len(words) - len(words.rstrip(" *"))
        if start >= end:
            continue
        if _MARKER.fullmatch(layer.text[start:end]):
            markers.append(Line(layer, start, end))
        else:
            while layer.text[start] in _OPENING and not _QUOTED_DAY.match(layer.text, start):
                start += 1
                start += len(layer.text[start:end]) - len(layer.text[start:end].lstrip())
            lines.append(Line(layer, start, end))
    return lines, markers


def _heading(lines: list[Line]) -> tuple[int | None, str | None]:
    for index, line in enumerate(lines[:12]):
        named = form_of(line.text)
        if named and len(line.text) < 100 and not line.text.rstrip().endswith((":", "?")):
            after = line.text[named[1] :]
            if line.text.isupper() or re.match(r"\W*(?:№|N[oºr]\.?\s*\d|$)", after):
                return index, named[0]
    return None, None


def is_address(text: str, is_place: Callable[[str], bool]) -> bool:
    """Tell whether a line directs the message (or marks its handling) rather than says it."""
    if len(text) > 90:
        return False
    words = re.findall(r"\w+", text)
    if hint := hint_of(text):
        return hint[0] != "honorifics" or len(words) <= 6 or text.isupper()
    if _ADDRESS["pass_on"].match(text):
        return len(words) <= 12
    place = re.match(r"[^,.—–:-]+", text)
    if place and is_place(place.group().strip()):
        return len(words) <= 8
    return text.isupper() and len(words) <= 8


def _embedded(lines: list[Line]) -> list[Embedded]:
    found: list[Embedded] = []
    index = 1
    while index < len(lines):
        line, before = lines[index], lines[index - 1]
        mark = _opening(line)
        if mark and before.text.rstrip().endswith(":"):
            stop = _closing_line(lines, index, mark)
            if stop is not None:
                found.append(Embedded(before, tuple(lines[index : stop + 1])))
                index = stop
        index += 1
    return found


def _opening(line: Line) -> str | None:
    before = line.layer.text[: line.start].rstrip()[-1:]
    return before if before in _PAIRS else None


def _closing_line(lines: list[Line], start: int, mark: str) -> int | None:
    close = re.escape(_PAIRS[mark])
    for index in range(start, len(lines)):
        if re.search(rf"{close}[.,;!?]*\s*$", lines[index].text):
            return index
    return None


def _registry_start(lines: list[Line], embedded: list[Embedded]) -> int:
    after = max((one.end for one in embedded), default=0)
    for index, line in enumerate(lines):
        if index and line.start >= after and len(line.text) < 120 and _REGISTRY.match(line.text):
            return index
    return len(lines)


def _is_closing(text: str) -> bool:
    bare = text.strip(" .\"”»“'")
    if NUMBER_LINE.match(bare):
        return True
    dates = list(find_dates(bare))
    return len(dates) == 1 and len(bare) - (dates[0].end - dates[0].start) <= 12


def _signatures(lines: list[Line]) -> list[Line]:
    """Take the signature, with the posts above the names, off the end of *lines*."""
    taken: list[Line] = []
    while len(lines) > 1 or (lines and taken):
        if is_name_line(lines[-1].text):
            taken.insert(0, _without_quote(lines.pop()))
        else:
            break
    if not taken and lines and (tail := _tail_name(lines[-1])):
        taken.append(tail)
    return taken


def is_name_line(text: str) -> bool:
    """Tell whether a line holds a name and nothing else.

    >>> [is_name_line(t) for t in ("Ф И Л И П П О В.", "FILIPPOV [Stalin]", "Дата».", "Yes, we do.")]
    [True, True, True, False]
    """
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\)", "", text).strip(' ."”»“*/-')
    if not bare or re.search(r"[\d,:;?!]", bare):
        return False
    if re.fullmatch(r"(?:[^\W\d_] ){2,}[^\W\d_]", bare):
        return True
    words = bare.split()
    return len(words) <= 4 and all(word[0].isupper() for word in words if word[0].isalpha())


def _without_quote(line: Line) -> Line:
    return Line(line.layer, line.start, line.start + len(line.text.rstrip('"”»“ ')))


def _tail_name(line: Line) -> Line | None:
    """Return the name after a closing greeting: "Greetings. FILIPPOV [Stalin]."."""
    ends = [match.end() for match in re.finditer(r"[.!]\s+(?=\S)", line.text)]
    if not ends or not is_name_line(line.text[ends[-1] :]):
        return None
    greeting = any_of(_WORDS["closing"]["greetings"])
    greeted = re.search(rf"{greeting}\W*$", line.text[: ends[-1]], re.IGNORECASE)
    if greeted or line.text[ends[-1] :].isupper():
        return _without_quote(line.part(ends[-1], len(line.text)))
    return None
