"""Read the marks that stand above and below the message in one text version.

Which copy bears them, and which marks of two versions are one, is said in marks.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cablegraph.extraction.cues import form_of
from cablegraph.extraction.dates import find_dates
from cablegraph.extraction.lexicon import any_of, settings
from cablegraph.extraction.lines import Line
from cablegraph.extraction.marks_repair import find_formula, read_incoming, write_out
from cablegraph.extraction.parts import Parts
from cablegraph.records.claims import Certainty, Status

_DATA = settings("marks")
_NUMERALS = {word: number for number, words in _DATA["numerals"].items() for word in words}
_UNITS = {word: unit for unit, words in _DATA["units"].items() for word in words}


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, words in (("NUMERAL", _NUMERALS), ("UNIT", _UNITS)):
        pattern = pattern.replace(name, any_of([re.escape(word) for word in words]))
    return re.compile(pattern, re.IGNORECASE)


_MARKS = [(row["kind"], _compiled(row["pattern"])) for row in _DATA["mark"]]
_INSIDE = [row for row in _MARKS if row[0] in ("copies-made", "copy-number")]
_WORDS = any_of([re.escape(word).replace(r"\ ", " ") for word in _DATA["handling"]["words"]])
_HANDLED = rf"{_WORDS}(?:{_DATA['handling']['between']}{_WORDS})*"
_HANDLING = re.compile(rf"{_HANDLED}(?=\W*$|[.;!]\s|\s{{2}})", re.IGNORECASE)
_HANDLING_AT_END = re.compile(rf"(?<!\w)(?P<mark>{_HANDLED})\W*$", re.IGNORECASE)
_ALL_HANDLING = re.compile(rf"\W*(?P<mark>{_HANDLED})\W*", re.IGNORECASE)
_BESIDE_NAME = re.compile(rf"[,;–—/(]\s*(?P<mark>{_HANDLED})\W*$", re.IGNORECASE)
_BEFORE_FORM = re.compile(rf"^(?P<mark>{_HANDLED})\s+(?:telegram|cable|message|ciphergram)", re.I)
_BETWEEN_COMMAS = re.compile(rf",\s+(?P<mark>{_WORDS})(?=,|\W*$)", re.IGNORECASE)
_TERM = _compiled(_DATA["return"]["term"])
_TO = re.compile(_DATA["return"]["to"], re.IGNORECASE)
_OFFICE = re.compile(rf"(?<!\w){any_of(_DATA['return']['office'])}", re.IGNORECASE)
_LONE = re.compile(_DATA["unresolved"]["pattern"])
_CODE = re.compile(_DATA["unresolved"]["code"])
_SIGNED = frozenset(_DATA["unresolved"]["signed"])
_HAND = re.compile(r"/\s*(?P<hand>[^/\n]{1,8}?)\s*/")
_LIST_GOES_ON = re.compile(r"(?:to\s+|\d{1,2}\s*[.)–-])\s*\S", re.IGNORECASE)
_STAMP = re.compile(r"\[?\s*(?:stamp|штамп)\s*(?:[:\]]|$)\s*|\[", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;\]]\s+(?=\S)")
_LONGEST = 600  # a line that is longer is no mark
_LONGEST_LONE = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A mark, with what it is proposed to say; ``inside`` tells that another mark holds it."""

    line: Line
    kind: str
    reading: str | None = None
    within: str | None = None
    certainty: Certainty = "certain"
    status: Status | None = None
    reason: str | None = None
    inside: bool = False

    @property
    def text(self) -> str:
        """The words on one line."""
        return " ".join(self.line.text.split())


@dataclass(frozen=True, slots=True)
class Office:
    """The words that say to whom the copy has to be given back."""

    line: Line

    @property
    def name(self) -> str:
        """The words without the preposition before them, on one line."""
        text = " ".join(self.line.text.split()).strip(" .,;:]")
        return text[match.end() :] if (match := _TO.match(text)) else text


@dataclass(frozen=True, slots=True)
class Hints:
    """What other rules read: who gets a copy is told in a line, a number was read from it."""

    names_recipient: Callable[[Line], bool]
    is_number: Callable[[Line], bool]


def read_marks(parts: Parts, hints: Hints) -> Iterator[Found | Office]:
    """Yield the marks of one text version in order, an office after the stamp that names it."""
    yield from _block([line for line in parts.top if _is_above(line, parts)], hints)
    heading = parts.heading
    named = form_of(heading.text) if heading else None
    if heading and named and (match := _HANDLING_AT_END.search(heading.text, named[1])):
        yield Found(heading.part(*match.span("mark")), "handling")
    yield from _block([line for line in parts.top if not _is_above(line, parts)], hints)
    for line in parts.address:
        text = line.text[:_LONGEST]
        if match := _ALL_HANDLING.fullmatch(text) or _BESIDE_NAME.search(text):
            yield Found(line.part(*match.span("mark")), "handling")
    yield from _block(parts.registry, hints)


def read_title_marks(title: Line) -> Iterator[Found]:
    """Yield how a title says that the message was handled: "Secret Telegram from A", "…, URGENT".

    Shape: only before the form, and between commas or at the end behind the parties.
    """
    text = title.text[:_LONGEST]
    for pattern in (_BEFORE_FORM, _BETWEEN_COMMAS):
        for match in pattern.finditer(text):
            yield Found(title.part(*match.span("mark")), "handling", certainty="probable")


def _is_above(line: Line, parts: Parts) -> bool:
    return parts.heading is None or line.start < parts.heading.start


def _block(lines: list[Line] | tuple[Line, ...], hints: Hints) -> Iterator[Found | Office]:
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if len(line.text) > _LONGEST:
            continue
        if (last := _list_end(lines, index - 1, hints)) is not None:
            whole = Line(line.layer, line.start, lines[last].end)
            yield Found(whole, "distribution-note")
            yield from _inner(whole)
            index = last + 1
            continue
        found = list(_of_line(line))
        yield from found or _lone(line, hints)
        if office := _office_below(found, lines[index:]):
            yield Office(Line(line.layer, office[0].start, office[-1].end))
            index += len(office)


def _list_end(lines: list[Line] | tuple[Line, ...], first: int, hints: Hints) -> int | None:
    """Return the last line of the list of recipients that begins at *first*, or None."""
    begins = any(
        kind == "distribution-note" and pattern.match(lines[first].text) for kind, pattern in _MARKS
    )
    if not (begins or hints.names_recipient(lines[first])) or _exact(lines[first].text, 0, True):
        return None
    last = first
    while last + 1 < len(lines) and _LIST_GOES_ON.match(lines[last + 1].text):
        last += 1
    return last


def _inner(whole: Line) -> Iterator[Found]:
    for kind, pattern in _INSIDE:
        for match in re.finditer(rf"(?<!\w){pattern.pattern}", whole.text, re.IGNORECASE):
            yield Found(whole.part(*match.span()), kind, inside=True)


def _of_line(line: Line) -> Iterator[Found | Office]:
    """Yield the marks of one line, each from where a sentence or stamp begins."""
    text, at = line.text, 0
    if opening := _STAMP.match(text):
        at = opening.end()
    while at < len(text):
        found = _exact(text, at) or _repaired(text, at)
        if found is None:
            following = _SENTENCE.search(text, at)
            at = following.end() if following else len(text)
            continue
        kind, end, make = found
        if kind == "return-stamp":
            yield from _return_stamp(line, at, end, make)
            return
        yield make(line.part(at, end))
        if kind == "certification":
            yield from _hand(line, end)
            return
        at = end + len(text[end:]) - len(text[end:].lstrip(" .,;:]"))


_Make = Callable[[Line], Found]
_At = tuple[str, int, _Make]


def _exact(text: str, at: int, stamps_only: bool = False) -> _At | None:
    """Return kind and end of the mark whose own words stand at *at*."""
    for kind, pattern in _MARKS:
        if stamps_only and kind not in ("copying-stamp", "return-stamp", "certification"):
            continue
        if match := pattern.match(text, at):
            return kind, match.start() + len(match.group().rstrip()), _maker(kind)
    match = None if stamps_only else _HANDLING.match(text, at)
    return ("handling", match.end(), _maker("handling")) if match else None


def _maker(kind: str) -> _Make:
    def make(line: Line) -> Found:
        found = Found(line, kind)
        read = read_incoming if kind == "incoming-stamp" else write_out
        return Found(line, kind, read(found.text))

    return make


def _repaired(text: str, at: int) -> _At | None:
    """Return the mark that the words at *at* spell with slips of the scan."""
    repair = find_formula(text, at)
    if repair is None:
        return None
    end = repair.end + (text[repair.end : repair.end + 1] == "." and not repair.is_sure)

    def make(line: Line) -> Found:
        if repair.is_sure:
            reading = repair.reading if repair.distance else None
            return Found(line, repair.kind, reading)
        return Found(
            line,
            repair.kind,
            repair.reading,
            certainty="possible",
            status="unresolved",
            reason="the words as read differ from the usual formula, and may say something else",
        )

    return repair.kind, end, make


def _return_stamp(line: Line, at: int, end: int, make: _Make) -> Iterator[Found | Office]:
    stamp = make(line.part(at, end))
    within = None
    if term := _TERM.match(line.text, end):
        end = term.end()
        within = _duration(term)
    reading = stamp.reading + line.text[at + len(stamp.line.text) : end] if stamp.reading else None
    yield Found(
        line.part(at, end), stamp.kind, reading, within, stamp.certainty, stamp.status, stamp.reason
    )
    rest = line.text[end:].rstrip(" ]")
    begin = end + len(rest) - len(rest.lstrip(" ,:;.—–-"))
    if _OFFICE.search(line.text, begin, end + len(rest)):
        yield Office(line.part(begin, end + len(rest)))


def _duration(term: re.Match[str]) -> str:
    """Write a term as xsd:duration, which knows no weeks."""
    groups = term.groupdict()
    written = (groups["number"] or groups["adjective"]).lower().rstrip("-")
    number = int(written) if written.isdigit() else int(_NUMERALS[written])
    unit = _UNITS[(groups["unit"] or groups["every"]).lower()]
    if unit == "H":
        return f"PT{number}H"
    return f"P{number * 7}D" if unit == "W" else f"P{number}{unit}"


def _office_below(marks: list[Found | Office], lines: list[Line] | tuple[Line, ...]) -> list[Line]:
    """Return the lines that name an office, where a return stamp ends the line above them."""
    found: list[Line] = []
    last = marks[-1] if marks else None
    stamped = isinstance(last, Found) and last.kind == "return-stamp"
    for line in lines[: 3 if stamped else 0]:
        text = line.text
        if len(text) > _LONGEST or not _OFFICE.search(text) or list(_of_line(line)):
            break
        found.append(line)
    return found


def _hand(line: Line, start: int) -> Iterator[Found]:
    """Yield what a scan made of the signature between strokes, in a line that certifies."""
    match = _HAND.search(line.text, start)
    if match and match["hand"].lower() not in _SIGNED and _is_lone(match["hand"], 3):
        yield _unresolved(line.part(*match.span()))


def _lone(line: Line, hints: Hints) -> Iterator[Found]:
    text = line.text.strip(" []")
    if not _is_lone(text, _LONGEST_LONE) or not re.search(r"\w", text):
        return
    if hints.is_number(line) or any(True for _ in find_dates(text)):
        return
    start = line.text.index(text)
    yield _unresolved(line.part(start, start + len(text)))


def _is_lone(text: str, most: int) -> bool:
    return len(text) <= most and bool(
        _LONE.fullmatch(text) or _CODE.fullmatch(text) or (most <= 3 and text.isalpha())
    )


def _unresolved(line: Line) -> Found:
    return Found(line, "unresolved", certainty="doubtful")
